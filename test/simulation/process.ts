/**
 * One life of the till's program over a database that outlives it. It may die at any instant: whatever its code still waits for is never
 * heard of again, and a commit that it was making is on disk whole or not at all.
 */
import type { Timers } from '../../src-main/core/application/ports/system.ts';
import type { TillStore } from '../../src-main/core/application/ports/till-store.ts';
import { fault, FaultError } from '../../src-main/core/domain/fault.ts';
import type { JournalEvent } from '../../src-main/core/domain/journal-event.ts';
import type { SeededRandom } from '../../src-main/simulators/seeded-random.ts';
import type { SimulatedTime } from './simulated-time.ts';

/** Thrown through the till's code where it died. */
export class Death extends Error {}

export type DiskWeather = Readonly<{
  /** The power goes just before, or just after, a commit is on disk. */
  dies: number;
  /** The disk is full, or fails: nothing was written. */
  fails: number;
}>;

export const CALM_DISK: DiskWeather = { dies: 0, fails: 0 };

export class ProgramLife {
  #isAlive = true;
  readonly #whenDead: () => void;

  constructor(whenDead: () => void) {
    this.#whenDead = whenDead;
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  end(): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    this.#whenDead();
  }
}

/** Timers of a process: they die with it. */
export function mortalTimers(time: SimulatedTime, life: ProgramLife): Timers {
  return { after: (delayMs, run) => time.after(delayMs, () => void (life.isAlive && run())) };
}

/** Promises of the outside world (a device) that a dead process never sees settle. */
export function whileAlive<Value>(life: ProgramLife, outside: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    outside.then(
      (value) => void (life.isAlive && resolve(value)),
      (error: unknown) => void (life.isAlive && reject(error as Error)),
    );
  });
}

export function mortalStore(
  store: TillStore,
  life: ProgramLife,
  chance: SeededRandom,
  weather: () => DiskWeather,
): TillStore {
  return {
    ...store,
    commit(events: readonly JournalEvent[]) {
      if (!life.isAlive) throw new Death('this process has ended');
      const { dies, fails } = weather();
      if (chance.chance(fails)) throw new FaultError(fault('storage.failed', 'the disk is full', { reason: 'full' }));
      if (!chance.chance(dies)) return store.commit(events);
      const isWritten = chance.chance(0.5);
      if (isWritten) store.commit(events);
      life.end();
      throw new Death('the power went');
    },
  };
}
