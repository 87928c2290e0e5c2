/**
 * The till's store on SQLite: one commit is one immediate transaction that appends to the journal and projects into the tables.
 *
 * Errors  What does not fit throws and nothing is written. Storage failures leave as FaultError `storage.failed`; after one, whether the last
 *         commit is in the file is known only when it is opened again.
 */
import type { Clock } from '../../core/application/ports/system.ts';
import type { TillStore } from '../../core/application/ports/till-store.ts';
import type { JournalEntry, JournalEvent } from '../../core/domain/journal-event.ts';
import { invariant } from '../../core/domain/result.ts';
import type { SqliteDatabase } from './database.ts';
import { createJournal } from './journal.ts';
import type { Journal } from './journal.ts';
import { createTables, project, subjectOf } from './projector.ts';
import type { Tables } from './projector.ts';
import { remembering } from './remembering.ts';
import { guarded } from './storage-fault.ts';

type Needs = Readonly<{
  clock: Pick<Clock, 'nowMs'>;
  /** Told of a listener that threw: its commit stands, and the others are still called. */
  onListenerError?: (error: unknown) => void;
}>;

export function createTillStore(db: SqliteDatabase, { clock, onListenerError }: Needs): TillStore {
  const { journal, tables } = guarded(() => ({ journal: createJournal(db), tables: createTables(db) }));
  const listeners = createListeners(onListenerError);
  const write = db.transaction((events: readonly JournalEvent[], atMs: number) =>
    events.map((event) => record({ journal, tables }, event, atMs)),
  );

  const { forget, ...read } = remembering(readers(journal, tables));
  const undo = (): void => {
    journal.undone();
    tables.undone();
  };

  return {
    ...read,
    commit(events) {
      if (events.length === 0) return [];
      const atMs = clock.nowMs();
      invariant(Number.isSafeInteger(atMs), `the clock says ${atMs}`);
      let entries: readonly JournalEntry[] = [];
      try {
        entries = guarded(() => write.immediate(events, atMs));
      } finally {
        const isCommitted = entries.length > 0;
        if (!isCommitted) undo();
        forget(isCommitted ? entries : undefined);
        // Told of nothing after a failure: it may be on disk all the same, and whoever remembers must look again.
        listeners.tell(entries);
      }
      return entries;
    },
    onCommit: (listener) => listeners.add(listener),
  };
}

/** Appends one event and projects it. The second event of a commit already sees the tables as the first left them. */
export function record(store: { journal: Journal; tables: Tables }, event: JournalEvent, atMs: number): JournalEntry {
  const entry = store.journal.append(event, subjectOf(store.tables, event), atMs);
  project(store.tables, entry);
  return entry;
}

function readers(journal: Journal, tables: Tables): Omit<TillStore, 'commit' | 'onCommit'> {
  const { cashOuts, commands, payouts, payoutCommands } = tables;
  const { shifts, drawerOpenings, cases, slips, settings, blocks, devices } = tables;
  return {
    settings: () => guarded(() => settings.current()),
    head: () => guarded(() => journal.head()),
    entries: (fromSeq, limit) => guarded(() => journal.entries(fromSeq, limit)),
    entriesAbout: (subject) => guarded(() => journal.entriesAbout(subject)),

    cashOut: (id) => guarded(() => cashOuts.byId(id)),
    newestAnswerMs: (id) => guarded(() => cashOuts.newestAnswerMs(id)),
    cashOutsIn: (states, payingShiftId) => guarded(() => cashOuts.inStates(states, payingShiftId)),
    cashOutsOfShift: (shiftId) => guarded(() => cashOuts.ofShift(shiftId)),
    cashOutsSince: (requestedAtMs, limit, states) => guarded(() => cashOuts.since(requestedAtMs, limit, states)),

    command: (id) => guarded(() => commands.byId(id)),
    commandsOf: (cashOutId) => guarded(() => commands.ofCashOut(cashOutId)),
    openCommands: () => guarded(() => commands.open()),

    payout: (id) => guarded(() => payouts.byId(id)),
    payoutByExternalId: (externalId) => guarded(() => payouts.byExternalId(externalId)),
    payoutByRequestId: (requestId) => guarded(() => payouts.byRequestId(requestId)),
    payoutsByCashoutId: (cashoutId) => guarded(() => payouts.byCashoutId(cashoutId)),
    payoutsIn: (states) => guarded(() => payouts.inStates(states)),
    payoutsCompletedSince: (atMs) => guarded(() => payouts.completedSince(atMs)),
    payoutCounting: () => guarded(() => payouts.counting()),
    payoutsOfShift: (shiftId) => guarded(() => payouts.ofShift(shiftId)),
    payoutsReplacedFrom: (shiftId) => guarded(() => payouts.notesFrom(shiftId)),
    payoutsSince: (requestedAtMs, limit) => guarded(() => payouts.since(requestedAtMs, limit)),
    payoutCommand: (id) => guarded(() => payoutCommands.byId(id)),
    payoutCommandsOf: (payoutId) => guarded(() => payoutCommands.ofPayout(payoutId)),
    openPayoutCommands: () => guarded(() => payoutCommands.open()),

    openShift: () => guarded(() => shifts.open()),
    shift: (id) => guarded(() => shifts.byId(id)),
    lastShift: () => guarded(() => shifts.last()),
    postingsOf: (shiftId) => guarded(() => shifts.postingsOf(shiftId)),
    expectedCashMinor: (shiftId) => guarded(() => shifts.expectedCashMinor(shiftId)),
    drawerOpenings: (shiftId) => guarded(() => drawerOpenings.ofShift(shiftId)),

    caseFile: (id) => guarded(() => cases.byId(id)),
    openCases: () => guarded(() => cases.open()),
    newestCases: (limit) => guarded(() => cases.newest(limit)),
    casesClosedSince: (atMs) => guarded(() => cases.closedSince(atMs)),
    casesOf: (cashOutId) => guarded(() => cases.ofCashOut(cashOutId)),
    casesOfPayout: (payoutId) => guarded(() => cases.ofPayout(payoutId)),

    slipJob: (id) => guarded(() => slips.byId(id)),
    slipJobsOf: (subjectId) => guarded(() => slips.ofSubject(subjectId)),
    openSlipJobs: () => guarded(() => slips.open()),
    slipsThatCameToNothing: (queuedSinceMs) => guarded(() => slips.cameToNothing(queuedSinceMs)),
    devices: () => guarded(() => devices.all()),
    blockedNetworks: () => guarded(() => blocks.all()),
  };
}

type Listener = Parameters<TillStore['onCommit']>[0];

/** A listener may commit too: its entries are told after those of the commit that called it, so that everybody hears them in order. */
function createListeners(onError: ((error: unknown) => void) | undefined) {
  const listeners = new Set<{ hear: Listener }>();
  const untold: (readonly JournalEntry[])[] = [];
  let isTelling = false;

  function tellOne(listener: Listener, entries: readonly JournalEntry[]): void {
    try {
      listener(entries);
    } catch (error) {
      onError?.(error);
    }
  }

  return {
    add(hear: Listener): () => void {
      const member = { hear };
      listeners.add(member);
      return () => {
        listeners.delete(member);
      };
    },
    tell(entries: readonly JournalEntry[]): void {
      untold.push(entries);
      if (isTelling) return;
      isTelling = true;
      for (let next = untold.shift(); next; next = untold.shift()) {
        const present = [...listeners];
        for (const { hear } of present) tellOne(hear, next);
      }
      isTelling = false;
    },
  };
}
