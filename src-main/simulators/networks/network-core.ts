/**
 * What every simulated network holds in its head, whatever it trades in: settings, script and weather, what is due, and what it has told.
 * Each network's own state is this and its orders or payouts.
 *
 * Errors  RangeError for weather whose rates make no sense.
 */
import type { SeededRandom } from '../seeded-random.ts';
import { createDueQueue } from './due-queue.ts';
import type { DueQueue } from './due-queue.ts';
import { createScript } from './script.ts';
import type { ChosenFault, Script } from './script.ts';
import { createWeatherVane } from './weather.ts';
import type { Weather, WeatherVane } from './weather.ts';

/** A notification on its way. */
export type DueNotice<Notice> = Readonly<{ kind: 'notice'; notice: Notice }>;

export type NetworkCore<Settings, Fault extends string, Operation extends string, Due, Notice> = {
  settings: Settings;
  readonly due: DueQueue<Due | DueNotice<Notice>>;
  readonly script: Script<Fault, Operation>;
  vane: WeatherVane<Fault, Operation>;
  isUp: boolean;
  notices: Notice[];
  unsentNotices: Notice[];
  noticeCount: number;
  readonly keepNotices: number;
  /** Time as the network has seen it: never backwards. */
  now: () => number;
};

/** Streams of chance that every network draws from. */
export type CoreChance = Readonly<{ random: Readonly<Record<'weather' | 'noticeWeather', SeededRandom>> }>;

export type CoreOptions<Settings, Fault extends string> = Readonly<{
  seed: number;
  /** Epoch milliseconds; the only clock there is. */
  nowMs: () => number;
  settings?: Partial<Settings>;
  weather?: Weather<Fault>;
  /** How many requests are kept for reading; 1000 when absent, 0 for none. */
  keepRequests?: number;
  /** How many notifications are kept; 1000 when absent, 0 for none (then none are made that nobody is posted). */
  keepNotices?: number;
}>;

/** The operations of a network, and to which of them each fault can happen. */
export type FaultMap<Fault extends string, Operation extends string> = Readonly<{
  operations: readonly Operation[];
  faultApplies: (fault: Fault, operation: Operation) => boolean;
}>;

export function createCore<Settings, Fault extends string, Operation extends string, Due, Notice>(
  options: CoreOptions<Settings, Fault>,
  settings: Settings,
  faults: FaultMap<Fault, Operation>,
): NetworkCore<Settings, Fault, Operation, Due, Notice> {
  let latestMs = Number.NEGATIVE_INFINITY;
  return {
    settings,
    due: createDueQueue(),
    script: createScript<Fault, Operation>(faults.faultApplies),
    vane: vaneOf(options.weather ?? { rates: {} as Weather<Fault>['rates'] }, faults),
    isUp: true,
    notices: [],
    unsentNotices: [],
    noticeCount: 0,
    keepNotices: options.keepNotices ?? 1_000,
    now() {
      latestMs = Math.max(latestMs, options.nowMs());
      return latestMs;
    },
  };
}

export function vaneOf<Fault extends string, Operation extends string>(
  weather: Weather<Fault>,
  { operations, faultApplies }: FaultMap<Fault, Operation>,
): WeatherVane<Fault, Operation> {
  return createWeatherVane(weather, operations, faultApplies);
}

/** Brings the network to the present: everything that was due comes, in its order and at its own time. */
export function advanceCore<Due>(
  state: Readonly<{ due: DueQueue<Due>; now: () => number }>,
  come: (thing: Due, atMs: number) => void,
): number {
  const nowMs = state.now();
  for (let next = state.due.takeDue(nowMs); next !== undefined; next = state.due.takeDue(nowMs)) {
    come(next.item, next.atMs);
  }
  return nowMs;
}

type Telling<Fault extends string, Notice> = Readonly<{
  /** Ids and references that a script may have named. */
  refs: readonly string[];
  atMs: number;
  /** Made only where it is told at all. */
  make: (chosen: ChosenFault<Fault> | undefined) => Notice;
  /** Whether there is an address to post it to. */
  isPosted: (notice: Notice) => boolean;
}>;

const LATE_BY_MS = 30_000;

/** Tells of something as well as the weather allows. */
export function tellBy<Settings, Fault extends string, Operation extends string, Due, Notice>(
  state: NetworkCore<Settings, Fault, Operation | 'notify', Due, Notice> & CoreChance,
  { refs, atMs, make, isPosted }: Telling<Fault, Notice>,
): void {
  const chosen =
    state.script.take({ operation: 'notify', refs }) ?? state.vane.draw('notify', state.random.noticeWeather);
  const fault: string | undefined = chosen?.fault;
  if (fault === 'notice-lost') return;
  const notice = make(chosen);
  if (fault === 'notice-late') {
    state.due.add(atMs + (chosen?.afterMs ?? LATE_BY_MS), { kind: 'notice', notice });
    return;
  }
  keepNotice(state, notice, isPosted(notice));
  if (fault === 'notice-twice') keepNotice(state, notice, isPosted(notice));
}

type Noticeboard<Notice> = { notices: Notice[]; unsentNotices: Notice[]; readonly keepNotices: number };

export function keepNotice<Notice>(state: Noticeboard<Notice>, notice: Notice, isPosted: boolean): void {
  if (isPosted) state.unsentNotices.push(notice);
  if (state.keepNotices === 0) return;
  state.notices.push(notice);
  if (state.notices.length >= state.keepNotices * 2) state.notices = state.notices.slice(-state.keepNotices);
}
