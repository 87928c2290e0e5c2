/** Store, line and devices that work, but for the one call that a fuse names. */
import type { Exchange, Exchanged } from '../../../src-main/adapters/networks/http/exchange.ts';
import type { CashDrawer } from '../../../src-main/core/application/ports/cash-drawer.ts';
import type { DeviceFault } from '../../../src-main/core/application/ports/device-fault.ts';
import type { SlipPrinter } from '../../../src-main/core/application/ports/slip-printer.ts';
import type { TillStore } from '../../../src-main/core/application/ports/till-store.ts';
import { fault, FaultError } from '../../../src-main/core/domain/fault.ts';
import { exchangedOf, simulated } from '../../simulation/simulated-line.ts';
import type { FarSide } from '../../simulation/simulated-line.ts';
import type { ProgramLife } from '../../simulation/process.ts';
import { Death } from '../../simulation/process.ts';
import type { SimulatedTime } from '../../simulation/simulated-time.ts';
import { unreachable } from '../../../src-main/core/domain/result.ts';
import type { Fuse, HOWS } from './fuse.ts';

const diskFailed = (detail: string): FaultError => new FaultError(fault('storage.failed', detail, { reason: 'io' }));

export function faultyStore(store: TillStore, fuse: Fuse, life: ProgramLife): TillStore {
  let isFailing = false;
  const listeners = new Set<Parameters<TillStore['onCommit']>[0]>();
  const tellOfFailure = (): void => listeners.forEach((listener) => listener([]));
  const counted = Object.fromEntries(
    Object.entries(store).map(([name, call]: [string, (...given: never[]) => unknown]) => [
      name,
      (...given: never[]) => {
        if (fuse.burns('read')) throw diskFailed(`${name} could not be read`);
        return call(...given);
      },
    ]),
  ) as unknown as TillStore;
  return {
    ...counted,
    commit(events) {
      if (!life.isAlive) throw new Death('this process has ended');
      switch (fuse.burns('commit')) {
        case 'fails':
          tellOfFailure();
          throw diskFailed('nothing was written');
        case 'written but fails':
          // Whoever listens hears of a failure, and of nothing that was written.
          isFailing = true;
          store.commit(events);
          isFailing = false;
          tellOfFailure();
          throw diskFailed('the disk did not answer');
        default:
          return store.commit(events);
      }
    },
    onCommit(listener) {
      const hear = (entries: Parameters<typeof listener>[0]): void => {
        if (life.isAlive && !isFailing) listener(entries);
      };
      listeners.add(hear);
      const forget = store.onCommit(hear);
      return () => {
        listeners.delete(hear);
        forget();
      };
    },
  };
}

type LineNeeds = Readonly<{
  time: SimulatedTime;
  fuse: Fuse;
  life: ProgramLife;
  farSide: (host: string) => FarSide;
}>;

const THERE_MS = 40;
const BACK_MS = 40;
const TOO_LATE_MS = 2_000;
const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

type Trip = Readonly<{
  /** When the request arrives over there; undefined: never. */
  thereMs: number | undefined;
  /** When the till hears, and of what. */
  backMs: number;
  heard: (honest: Exchanged | undefined) => Exchanged;
}>;

/** A line to the engines of the simulated networks. */
export function faultyExchange({ time, fuse, life, farSide }: LineNeeds): Exchange {
  return (request) =>
    new Promise((resolve) => {
      if (!life.isAlive) return;
      const far = farSide(request.url.host);
      const trip = tripOf(fuse.burns('network'), request.deadlineMs);
      let honest: Exchanged | undefined;
      if (trip.thereMs !== undefined) {
        time.after(trip.thereMs, () => void (honest = exchangedOf(far(simulated(request)))));
      }
      time.after(trip.backMs, () => void (life.isAlive && resolve(trip.heard(honest))));
    });
}

const SOON = THERE_MS + BACK_MS;
const hears = (exchanged: Exchanged): Pick<Trip, 'heard'> => ({ heard: () => exchanged });

function tripOf(how: (typeof HOWS)['network'][number] | undefined, deadlineMs: number): Trip {
  switch (how) {
    case undefined:
      return { thereMs: THERE_MS, backMs: SOON, heard: (honest) => honest ?? reset() };
    case 'not sent':
      return { thereMs: undefined, backMs: THERE_MS, ...hears({ kind: 'not-sent', cause: 'no-route' }) };
    case 'lost on the way':
      return { thereMs: undefined, backMs: THERE_MS, ...hears(reset()) };
    case 'answer lost':
      return { thereMs: THERE_MS, backMs: SOON, ...hears(reset()) };
    case '500':
      return { thereMs: undefined, backMs: SOON, ...hears(whole(500, '{"message":"internal error"}')) };
    case '500 after it was done':
      return { thereMs: THERE_MS, backMs: SOON, ...hears(whole(500, '{"message":"internal error"}')) };
    case '429':
      return { thereMs: undefined, backMs: SOON, ...hears(whole(429, '{"message":"too many requests"}')) };
    case 'garbage':
      return { thereMs: THERE_MS, backMs: SOON, ...hears(whole(200, '<html>welcome to this hotel</html>')) };
    case 'cut':
      return { thereMs: THERE_MS, backMs: SOON, heard: (honest) => halfOf(honest ?? reset()) };
    case 'timeout':
      return { thereMs: THERE_MS, backMs: deadlineMs, ...hears({ kind: 'no-answer', cause: 'timeout' }) };
    case 'arrives after the till gave up': {
      const late = { thereMs: deadlineMs + TOO_LATE_MS, backMs: deadlineMs };
      return { ...late, ...hears({ kind: 'no-answer', cause: 'timeout' }) };
    }
    default:
      return unreachable(how);
  }
}

function reset(): Exchanged {
  return { kind: 'no-answer', cause: 'reset' };
}

function whole(status: number, text: string): Exchanged {
  return { kind: 'whole', status, headers: JSON_HEADERS, body: Buffer.from(text) };
}

function halfOf(honest: Exchanged): Exchanged {
  if (honest.kind !== 'whole') return honest;
  const { status, headers, body } = honest;
  return { kind: 'broken', cause: 'answer-cut', status, headers, body: body.subarray(0, body.length >> 1) };
}

/** What the devices did, in the order in which they did it. */
export type Done = Readonly<{ pulses: string[]; papers: string[] }>;

type DeviceNeeds = Readonly<{ time: SimulatedTime; fuse: Fuse; life: ProgramLife; done: Done }>;

const NOT_LEFT: DeviceFault = { code: 'offline', sent: 'none', detail: 'the device does not answer' };
const IN_DOUBT: DeviceFault = { code: 'timeout', sent: 'some', detail: 'the line went quiet in the middle' };

type DeviceEnd = Readonly<{ state: 'sent' } | { state: 'refused' | 'unknown'; fault: DeviceFault }>;

/** One job of a device: done, or gone wrong as the fuse says. In doubt, it was done. */
function job(
  { time, life }: Omit<DeviceNeeds, 'done' | 'fuse'>,
  how: (typeof HOWS)['drawer'][number] | undefined,
  work: () => void,
): Promise<DeviceEnd> {
  return new Promise((resolve, reject) => {
    if (how === 'never answers') return;
    time.after(THERE_MS, () => {
      if (how !== 'refuses' && how !== 'throws') work();
      if (!life.isAlive) return;
      if (how === 'throws') reject(new Error('the driver fell over'));
      else if (how === 'refuses') resolve({ state: 'refused', fault: NOT_LEFT });
      else resolve(how === 'in doubt' ? { state: 'unknown', fault: IN_DOUBT } : { state: 'sent' });
    });
  });
}

export function faultyDrawer({ fuse, done, ...world }: DeviceNeeds): CashDrawer {
  return {
    open: ({ reason }) => job(world, fuse.burns('drawer'), () => void done.pulses.push(reason)),
    state: async () => 'unknown',
  };
}

export function faultyPrinter({ fuse, done, ...world }: DeviceNeeds): SlipPrinter {
  return {
    name: 'faulty',
    columns: 42,
    codePageName: 'CP858',
    preview: async () => ({ ok: true, value: { columns: 42, lines: [] } }),
    print: ({ id }) => job(world, fuse.burns('printer'), () => void done.papers.push(id)),
    status: async () => ({ online: 'unknown', paper: 'unknown', cover: 'unknown' }),
    close: async () => undefined,
  };
}
