/**
 * One paired device with its line, its driver, and how it stands. A printer is looked at while it is idle: what a technician would see on
 * its panel, the cashier's screen knows too.
 */
import type { ByteTransport } from '../../adapters/devices/transports/byte-transport.ts';
import type { CashDrawer } from '../../core/application/ports/cash-drawer.ts';
import type { CustomerDisplay } from '../../core/application/ports/customer-display.ts';
import type { DeviceFault } from '../../core/application/ports/device-fault.ts';
import type { DeviceState } from '../../core/application/ports/device-rack.ts';
import type { PrinterStatus, SlipPrinter } from '../../core/application/ports/slip-printer.ts';
import type { Clock, Log, Timers } from '../../core/application/ports/system.ts';
import { canonical } from '../../core/domain/canonical.ts';
import { ok } from '../../core/domain/result.ts';
import type { Result } from '../../core/domain/result.ts';
import { reach } from '../../adapters/devices/workshop/line-talk.ts';
import { lineText } from '../../core/domain/devices/device.ts';
import type { PairedDevice } from '../../core/domain/devices/device.ts';

/** What drives a device; `close` does not close the line. */
export type DeviceDriver = Readonly<{
  printer?: SlipPrinter;
  drawer?: CashDrawer;
  display?: CustomerDisplay;
  /** Why a printer in this state would not print. */
  obstacle?: (status: PrinterStatus) => DeviceFault['code'] | undefined;
  /** What a scanner reads, until the answer is called. */
  onScan?: (listener: (text: string) => void) => () => void;
  close(): Promise<void>;
}>;

export interface HeldDevice {
  readonly device: PairedDevice;
  readonly driver: DeviceDriver;
  state(): DeviceState;
  /** Asks it now, unless it is printing; resolves when it has answered or has not in time. */
  look(): Promise<void>;
  /** Looks again and again while it is idle. */
  keepLooking(): void;
  /** Waits for its line to be open; at once when it is. */
  ready(): Promise<Result<void, DeviceFault>>;
  /** Runs a job of it; no look comes in between. */
  busy<Answer>(run: () => Promise<Answer>): Promise<Answer>;
  close(): Promise<void>;
}

type HoldParts = Readonly<{
  transport: ByteTransport;
  driver: DeviceDriver;
  clock: Clock;
  timers: Timers;
  log: Log;
  onChange: () => void;
}>;

/** Four questions of three bytes: nothing to a serial line, and soon enough for an open cover. */
const LOOK_EVERY_MS = 5_000;
/** A network printer serves one at a time: the others of the shop want their turn. */
const LOOK_AT_NETWORK_EVERY_MS = 30_000;

export function holdDevice(device: PairedDevice, parts: HoldParts): HeldDevice {
  const { transport, driver } = parts;
  const live = createLiveState(device, parts);
  let jobs = 0;
  let isClosed = false;
  const ready: HeldDevice['ready'] = () =>
    live.state().connected === 'yes' ? Promise.resolve(ok(undefined)) : reach(transport);
  const look = createLook(
    async () => {
      await ready();
      const status = await driver.printer?.status();
      const drawer = await driver.drawer?.state();
      if (!isClosed) live.told(status, drawer);
    },
    { ...parts, isFree: () => !isClosed && jobs === 0 && driver.printer !== undefined },
  );
  const everyMs = device.line.kind === 'tcp' ? LOOK_AT_NETWORK_EVERY_MS : LOOK_EVERY_MS;
  return {
    device,
    driver,
    state: live.state,
    look: look.now,
    ready,
    keepLooking: () => look.every(everyMs),
    async busy(run) {
      jobs += 1;
      try {
        await look.ended();
        return await run();
      } finally {
        jobs -= 1;
      }
    },
    async close() {
      isClosed = true;
      look.stop();
      live.end();
      await look.ended();
      await driver.close();
      await transport.close();
    },
  };
}

/** What is known of a device; told on when it changes. */
function createLiveState(device: PairedDevice, { transport, driver, clock, log, onChange }: HoldParts) {
  let state: DeviceState = { connected: 'unknown', sinceMs: clock.nowMs() };

  function become(next: Omit<DeviceState, 'sinceMs'>): void {
    const { sinceMs: _before, ...known } = state;
    if (canonical(known) === canonical(next)) return;
    state = { ...next, sinceMs: clock.nowMs() };
    const { connected, fault } = next;
    const facts = { role: device.role, line: lineText(device.line), connected };
    log.info('device', { ...facts, ...(fault && { fault: fault.code, detail: fault.detail }) });
    onChange();
  }

  const end = transport.onState?.(({ connected, fault }) => {
    // What a printer told before the cable was pulled is not known any more.
    if (connected === 'no') return become({ connected, ...(fault && { fault }) });
    const { sinceMs: _since, fault: before, ...known } = state;
    return become({ ...known, connected, ...(before && known.connected === 'yes' && { fault: before }) });
  });

  return {
    state: () => state,
    end: () => end?.(),
    told(status: PrinterStatus | undefined, drawer: DeviceState['drawer']): void {
      const { connected } = state;
      if (connected === 'no') return;
      const code = status && driver.obstacle?.(status);
      const fault = code && ({ code, sent: 'none', detail: `${device.name} says so` } as const);
      become({ connected, ...(status && { status }), ...(drawer && { drawer }), ...(fault && { fault }) });
    },
  };
}

type LookParts = Pick<HoldParts, 'timers' | 'log'> & Readonly<{ isFree: () => boolean }>;

/** One look at a time, now or again and again. */
function createLook(ask: () => Promise<void>, { timers, log, isFree }: LookParts) {
  let looking: Promise<void> | undefined;
  let cancel: (() => void) | undefined;
  let isStopped = false;

  function now(): Promise<void> {
    if (!isFree()) return Promise.resolve();
    looking ??= ask()
      .catch((error: unknown) => log.error('looking at a device failed', { error: String(error) }))
      .finally(() => {
        looking = undefined;
      });
    return looking;
  }

  function every(ms: number): void {
    cancel?.();
    void now().finally(() => {
      if (!isStopped) cancel = timers.after(ms, () => every(ms));
    });
  }

  return {
    now,
    every,
    ended: () => looking ?? Promise.resolve(),
    stop(): void {
      isStopped = true;
      cancel?.();
    },
  };
}
