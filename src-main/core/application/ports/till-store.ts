/**
 * The journal and the tables that it projects into, in one durable database.
 *
 * `commit` is the only way to change anything: it appends events to the hash chain and projects them in one transaction, on disk
 * (synchronous=FULL) when it returns. It is synchronous on purpose: a use case that reads, decides and commits without awaiting in between
 * cannot be interleaved, and one process owns the file.
 *
 * Errors  An event that does not fit the tables (I1, I3, I5, I6) throws and nothing is written: it is our bug.
 *         A storage failure throws a Fault `storage.failed`; the till then stops handling cash.
 */
import type { CaseFile } from '../../domain/case-file.ts';
import type { CashOut, CashOutState } from '../../domain/cash-out.ts';
import type { Command } from '../../domain/command.ts';
import type { PairedDevice } from '../../domain/devices/device.ts';
import type { JournalEntry, JournalEvent, SlipCode, SlipRequest, SlipState } from '../../domain/journal-event.ts';
import type { Posting } from '../../domain/ledger.ts';
import type { NetworkId } from '../../domain/network.ts';
import type { PayoutCommand } from '../../domain/payouts/payout-command.ts';
import type { Payout, PayoutState } from '../../domain/payouts/payout.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Shift } from '../../domain/shift.ts';

export interface TillStore {
  commit(events: readonly JournalEvent[]): readonly JournalEntry[];
  /**
   * Called after each commit, with what was appended; after one that failed, with nothing: what is there must be read again.
   * The answer unsubscribes.
   */
  onCommit(listener: (entries: readonly JournalEntry[]) => void): () => void;

  settings(): Settings | undefined;
  head(): Readonly<{ seq: number; hash: string }>;
  /** Entries in order, from `fromSeq` on. */
  entries(fromSeq: number, limit: number): readonly JournalEntry[];
  entriesAbout(subject: string): readonly JournalEntry[];

  cashOut(id: string): CashOut | undefined;
  /** The newest `orderUpdatedAtMs` among the answers recorded for it: an older answer is stale (I6). */
  newestAnswerMs(cashOutId: string): number | undefined;
  /** With `payingShiftId`: only those whose notes came from that shift's drawer. */
  cashOutsIn(states: readonly CashOutState[], payingShiftId?: string): readonly CashOut[];
  cashOutsOfShift(shiftId: string): readonly CashOut[];
  /** Newest first; with states, only those that are in one of them by now. */
  cashOutsSince(requestedAtMs: number, limit: number, states?: readonly CashOutState[]): readonly CashOut[];

  command(id: string): Command | undefined;
  commandsOf(cashOutId: string): readonly Command[];
  /** Open commands, oldest first. */
  openCommands(): readonly Command[];

  payout(id: string): Payout | undefined;
  payoutByExternalId(externalId: string): Payout | undefined;
  payoutByRequestId(requestId: string): Payout | undefined;
  /** Newest first; two networks may use one number. */
  payoutsByCashoutId(cashoutId: string): readonly Payout[];
  payoutsIn(states: readonly PayoutState[]): readonly Payout[];
  /** Oldest completion first. */
  payoutsCompletedSince(atMs: number): readonly Payout[];
  /** Notes are being counted in its place; one at most. */
  payoutCounting(): Payout | undefined;
  payoutsOfShift(shiftId: string): readonly Payout[];
  /** Replaced by notes out of that shift's drawer. */
  payoutsReplacedFrom(shiftId: string): readonly Payout[];
  /** Newest first. */
  payoutsSince(requestedAtMs: number, limit: number): readonly Payout[];
  payoutCommand(id: string): PayoutCommand | undefined;
  payoutCommandsOf(payoutId: string): readonly PayoutCommand[];
  /** Open commands, oldest first. */
  openPayoutCommands(): readonly PayoutCommand[];

  openShift(): Shift | undefined;
  shift(id: string): Shift | undefined;
  /** The shift closed last. */
  lastShift(): Shift | undefined;
  postingsOf(shiftId: string): readonly Posting[];
  /** Balance of the drawer account for a shift, in minor units: expected cash. */
  expectedCashMinor(shiftId: string): number;
  drawerOpenings(shiftId: string): readonly DrawerOpening[];

  caseFile(id: string): CaseFile | undefined;
  openCases(): readonly CaseFile[];
  /** Open and closed, opened last first. */
  newestCases(limit: number): readonly CaseFile[];
  /** In the order of the decisions. */
  casesClosedSince(atMs: number): readonly CaseFile[];
  casesOf(cashOutId: string): readonly CaseFile[];
  casesOfPayout(payoutId: string): readonly CaseFile[];

  slipJob(id: string): SlipJob | undefined;
  /** Jobs of one kind about one subject, oldest first: the next copy number is their count. */
  slipJobsOf(subjectId: string): readonly SlipJob[];
  /** Jobs that wait for their turn or are being sent, oldest first. */
  openSlipJobs(): readonly SlipJob[];
  /**
   * The newest job of each slip queued since then, where it is unknown, or was refused and not taken back by a person. Newest first. A
   * busy half hour has hundreds of slips, and a window asks at every change: the others are not read.
   */
  slipsThatCameToNothing(queuedSinceMs: number): readonly SlipJob[];
  /** Paired ones, by role. */
  devices(): readonly PairedDevice[];

  blockedNetworks(): readonly Readonly<{ network: NetworkId; code: string; sinceMs: number }>[];
}

export type SlipJob = Readonly<{
  id: string;
  slip: SlipRequest;
  state: SlipState;
  detail: string;
  queuedAtMs: number;
  code?: SlipCode;
  expiresAtMs?: number;
}>;

export type DrawerOpening = Readonly<{
  atMs: number;
  reason: string;
  outcome: string;
  cashOutId?: string;
  payoutId?: string;
}>;
