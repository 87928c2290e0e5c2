/**
 * Reads the whole journal and every page of the database once after a start and once a day, in a thread of its own: what the quick look
 * at the start leaves out. A till whose past was changed gives no more notes, and a mark beside the database keeps it so after a restart.
 */
import { verifyInSlices } from '../adapters/storage/verify-in-slices.ts';
import { createJournal } from '../adapters/storage/journal.ts';
import { markDamaged } from '../adapters/storage/damage-mark.ts';
import { damaged } from '../adapters/storage/inspect.ts';
import { canRunInThread, runStorageJob } from '../adapters/storage/storage-jobs.ts';
import type { Fault } from '../core/domain/fault.ts';
import type { Foundation } from './foundation.ts';
import { withOffer } from './till-database.ts';

export interface JournalWatch {
  start(): void;
  /** One check now. Undefined: nothing is wrong. */
  check(): Promise<Fault | undefined>;
  /** Resolves when nothing is read any more. */
  stop(): Promise<void>;
}

type Needs = Pick<Foundation, 'db' | 'directory' | 'clock' | 'timers' | 'log'>;

/** `seq`: the first entry that does not hold. */
type Found = Readonly<{ problems: readonly string[]; seq?: number }>;

/** First the windows: the till is open long before. */
const FIRST_MS = 3_000;
const DAY_MS = 86_400_000;

export function createJournalWatch(
  { db, directory, clock, timers, log }: Needs,
  onBroken: (why: Fault) => void,
): JournalWatch {
  let running: Promise<Fault | undefined> | undefined;
  let cancelNext: (() => void) | undefined;

  async function read(): Promise<Found> {
    if (canRunInThread()) {
      const outcome = await runStorageJob({ kind: 'check', database: directory.tillDatabase });
      if (outcome.kind === 'checked') {
        const { problems, badSeq } = outcome.health;
        return { problems, ...(badSeq !== undefined && { seq: badSeq }) };
      }
      // Not being able to look is no proof of anything: tried again the next day.
      log.warn('journal check', { detail: outcome.kind === 'failed' ? outcome.why : '' });
      return { problems: [] };
    }
    const found = await verifyInSlices(createJournal(db));
    if (found.sound) return { problems: [] };
    return { problems: [`journal: ${found.kind}: ${found.detail}`], seq: found.seq };
  }

  async function look(): Promise<Fault | undefined> {
    const found = await read();
    if (found.problems.length === 0) {
      log.info('the whole journal was read and is sound');
      return undefined;
    }
    keep(found);
    const why = withOffer(damaged(found.problems), directory.backups).fault;
    log.error('the journal is broken: cash handling stops', { detail: why.detail });
    onBroken(why);
    return why;
  }

  /** A disk that does not take the mark holds up nothing: the till stops now, and the next start finds it again. */
  function keep(found: Found): void {
    try {
      markDamaged(directory.tillDatabase, { ...found, foundAtMs: clock.nowMs() });
    } catch (error) {
      log.error('that the journal is broken could not be kept for the next start', { error: String(error) });
    }
  }

  function check(): Promise<Fault | undefined> {
    running ??= look().finally(() => {
      running = undefined;
    });
    return running;
  }

  function checkLater(delayMs: number): void {
    cancelNext = timers.after(delayMs, () => {
      void check();
      checkLater(DAY_MS);
    });
  }

  return {
    start: () => checkLater(FIRST_MS),
    check,
    async stop() {
      cancelNext?.();
      await running;
    },
  };
}
