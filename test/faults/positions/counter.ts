/** A till's printer, a cable and a virtual printer in one virtual time, and a mishap at one byte of one job. */
import { createEscPosPrinter } from '../../../src-main/adapters/devices/printers/escpos-printer.ts';
import type { PrinterProfile } from '../../../src-main/adapters/devices/printers/printer-profile.ts';
import type { ByteTransport, LineState } from '../../../src-main/adapters/devices/transports/byte-transport.ts';
import type { SlipPrinter } from '../../../src-main/core/application/ports/slip-printer.ts';
import { err, ok } from '../../../src-main/core/domain/result.ts';
import { createManualTime } from '../../../src-main/simulators/devices/device-time.ts';
import type { ManualTime } from '../../../src-main/simulators/devices/device-time.ts';
import type { PrinterModel } from '../../../src-main/simulators/devices/virtual-printer/printer-model.ts';
import { createVirtualPrinter } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';
import type { VirtualPrinter } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';

/** 9600 baud, as near as whole milliseconds come. */
const MS_PER_BYTE = 1;

export type Counter = Readonly<{ time: ManualTime; device: VirtualPrinter; printer: SlipPrinter; cable: Cable }>;

export type Cable = ByteTransport &
  Readonly<{
    /** Happens right before that byte of the next job goes over the wire; at its length: right after the last. */
    beforeByte: (position: number, run: () => void) => void;
    plug: (state: 'in' | 'out') => void;
    isBusy: () => boolean;
    /** Of the job that went over it last. */
    jobLength: () => number;
  }>;

export function setUpCounter(profile: PrinterProfile, model: PrinterModel): Counter {
  const time = createManualTime();
  const device = createVirtualPrinter({ ...model, time });
  const cable = createCable(device, time);
  const timers = { after: (delayMs: number, run: () => void) => time.after(delayMs, run) };
  return { time, device, cable, printer: createEscPosPrinter(profile, cable, { timers, bitsPerSecond: 9_600 }) };
}

/** Byte by byte; what is on the wire when the cable is pulled is lost, and the line knows what it had sent. */
function createCable(device: VirtualPrinter, time: ManualTime): Cable {
  const stateListeners = new Set<(state: LineState) => void>();
  let isIn = true;
  let mishap: Readonly<{ position: number; run: () => void }> | undefined;
  let jobLength = 0;
  let underWay = 0;
  let last: Promise<unknown> = Promise.resolve();

  function strike(position: number): void {
    if (mishap?.position !== position) return;
    const { run } = mishap;
    mishap = undefined;
    run();
  }

  async function send(bytes: Uint8Array, isJob: boolean): ReturnType<ByteTransport['write']> {
    if (!isJob) {
      if (!isIn) return err({ code: 'unplugged', sent: 'none', detail: 'the cable was pulled' });
      device.write(bytes);
      return ok(undefined);
    }
    jobLength = bytes.length;
    for (const [index, byte] of bytes.entries()) {
      strike(index);
      if (!isIn) return err({ code: 'unplugged', sent: index === 0 ? 'none' : 'some', detail: 'the cable was pulled' });
      device.write(Uint8Array.of(byte));
      await new Promise<void>((resolve) => void time.after(MS_PER_BYTE, resolve));
    }
    strike(bytes.length);
    return ok(undefined);
  }

  return {
    id: 'cable',
    kind: 'serial',
    canRead: true,
    write(bytes, { label }) {
      underWay += 1;
      const turn = last.then(() => send(bytes, !label.startsWith('status') && label !== 'flush'));
      last = turn.finally(() => (underWay -= 1));
      return turn;
    },
    onData: (listener) => device.onReply((bytes) => void (isIn && listener(bytes))),
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    close: async () => undefined,
    beforeByte: (position, run) => void (mishap = { position, run }),
    plug(state) {
      isIn = state === 'in';
      const told: LineState = isIn
        ? { connected: 'yes' }
        : { connected: 'no', fault: { code: 'unplugged', sent: 'none', detail: 'the cable was pulled' } };
      stateListeners.forEach((listener) => listener(told));
    },
    isBusy: () => underWay > 0,
    jobLength: () => jobLength,
  };
}

const FINE_STEP_MS = 1;
/** Nothing is on the wire: shorter than any wait of the till. */
const COARSE_STEP_MS = 100;
const NEVER_MS = 700_000;

/** Lets time pass until it is done. Throws when it never is: every wait has an end. */
export async function inTime<Value>({ time, cable }: Counter, asked: Promise<Value>): Promise<Value> {
  const progress = { isDone: false };
  void asked.finally(() => (progress.isDone = true));
  const startMs = time.nowMs();
  while (!progress.isDone) {
    if (time.nowMs() - startMs > NEVER_MS) throw new Error('the job never ended');
    await flush();
    time.advance(cable.isBusy() ? FINE_STEP_MS : COARSE_STEP_MS);
  }
  return asked;
}

/** Every promise that can settle by now has settled. */
function flush(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
