/**
 * The till: every use case over one set of parts. Windows, the command line, tests and simulations all drive this and nothing below it.
 * Answers are values; a throw is our bug or a failing disk.
 */
import { canonical } from '../domain/canonical.ts';
import type { CashOut, Notes } from '../domain/cash-out.ts';
import type { Fault } from '../domain/fault.ts';
import { fault } from '../domain/fault.ts';
import type { JournalEntry, SlipKind } from '../domain/journal-event.ts';
import type { Result } from '../domain/result.ts';
import { err, ok } from '../domain/result.ts';
import type { Settings } from '../domain/settings.ts';
import type { Shift } from '../domain/shift.ts';
import type { SlipPreview } from '../domain/slips/slip-preview.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { lookAgain, resolveCase } from './cases/resolve-case.ts';
import type { Resolution } from './cases/resolve-case.ts';
import { cancelCashOut, returnCashOut } from './cashing-out/cancel-cash-out.ts';
import { confirmGiven, recordNotGiven, settleGiven, startHandOver } from './cashing-out/hand-over.ts';
import { deviceDesk } from './devices/device-desk.ts';
import type { DeviceDesk } from './devices/device-desk.ts';
import { startCashOut } from './cashing-out/start-cash-out.ts';
import type { StartRequest } from './cashing-out/start-cash-out.ts';
import { createPairing } from './pairing/pairing.ts';
import type { Pairing } from './pairing/pairing.ts';
import { payoutDesk } from './paying-out/payout-desk.ts';
import type { PayoutDesk } from './paying-out/payout-desk.ts';
import { previewSlip } from './printing/preview-slip.ts';
import { PrintQueue } from './printing/print-queue.ts';
import type { SlipJob } from './ports/till-store.ts';
import { Reconciler } from './reconciling/reconciler.ts';
import { scanDesk } from './scanning/scan-desk.ts';
import type { ScanDesk } from './scanning/scan-desk.ts';
import { openDrawer } from './shifts/open-drawer.ts';
import { closeShift, dropCash, openShift } from './shifts/run-shift.ts';
import type { CountRequest } from './shifts/run-shift.ts';
import { shiftReport } from './shifts/shift-report.ts';
import type { Report } from './shifts/shift-report.ts';
import { forgiveBlocks } from './syncing/network-health.ts';
import { SyncEngine } from './syncing/sync-engine.ts';
import { createContext, requireCashOut, requireOpenShift } from './till-parts.ts';
import type { TillContext, TillParts } from './till-parts.ts';

export interface Till {
  /** For readers of state: views and reports. Changes go through the calls below. */
  readonly context: TillContext;
  readonly sync: SyncEngine;

  /** Settles what a crash left open on our side, then lets the loop run. */
  start(): void;
  stop(): Promise<void>;
  /** Told after every commit and whenever the connection or a check changed. The answer unsubscribes. */
  onChange(listener: (change: TillChange) => void): () => void;

  changeSettings(settings: Settings, source: string): void;
  openShift(request: Readonly<{ cashierCode: number; floatMinor: number }>): Result<Shift, Fault>;
  dropCash(amountMinor: number, reason: string): Result<Shift, Fault>;
  closeShift(count: CountRequest): Result<Shift, Fault>;
  /** The open shift, else the one closed last, unless an id says which. */
  report(shiftId?: string): Result<Report, Fault>;

  startCashOut(request: StartRequest): Result<CashOut, Fault>;
  cancel(id: string): Result<CashOut, Fault>;
  handOver(id: string): Promise<Result<CashOut, Fault>>;
  given(id: string, notes?: Notes): Result<CashOut, Fault>;
  notGiven(id: string, reason: string): Result<CashOut, Fault>;
  giveBack(id: string, reason: string): Result<CashOut, Fault>;
  /** The customer's screen follows this cash-out no longer. */
  dismiss(id: string): void;

  /** A person's decision about a case, once, with a reason; everything that follows is one commit. */
  resolveCase(resolution: Resolution): Promise<Result<CaseFile, Fault>>;
  /** Asks the network about what the case is about, now; decides nothing. */
  lookAgain(caseId: string): Promise<Result<CaseFile, Fault>>;

  readonly payouts: PayoutDesk;

  /** Slips in line before the printer. */
  readonly printing: PrintQueue;
  /** Queued, and waited for to its end. */
  print(kind: SlipKind, subjectId: string): Promise<Result<SlipJob, Fault>>;
  /** The slip as it would be printed, for a screen. */
  preview(kind: SlipKind, subjectId: string): Promise<Result<SlipPreview, Fault>>;
  openDrawer(reason: string): Promise<Result<undefined, Fault>>;

  /** The till's books beside the networks'. */
  readonly reconciler: Reconciler;

  /** Which account, store and point of sale this till is: a technician's work. */
  readonly pairing: Pairing;
  /** Printers, displays and scanners: a technician's work too. */
  readonly devices: DeviceDesk;

  /** What scanners read: untrusted text, compared with what the till knows. */
  readonly scanning: ScanDesk;
}

export type TillChange = Readonly<{
  entries: readonly JournalEntry[];
  cashOutIds: readonly string[];
  payoutIds: readonly string[];
}>;

export function createTill(parts: TillParts): Till {
  const listeners = new Set<(change: TillChange) => void>();
  const announce = (change: TillChange): void => listeners.forEach((listener) => listener(change));
  const { store } = parts;
  const told = (entries: readonly JournalEntry[], ids: readonly string[]): void =>
    announce({ entries, ...sorted(store, ids) });
  const context = createContext(parts, (id) => told([], id === undefined ? [] : [id]));
  const sync = new SyncEngine(context);
  const reconciler = new Reconciler(context, () => sync.isAtRest());
  let unsubscribe = store.onCommit((entries) => {
    told(entries, subjectsOf(entries));
    // A commit failed, and what it asked of a network may be on disk.
    if (entries.length === 0) sync.nudge();
  });

  const pairing = createPairing(context, () => sync.nudge());
  const printing = new PrintQueue(context);

  /** A step may have given the network something to do: the loop looks at once. */
  function followed<Value>(result: Result<Value, Fault>): Result<Value, Fault> {
    sync.nudge();
    return result;
  }

  return {
    context,
    sync,
    reconciler,
    pairing,
    ...desks(context),
    start(): void {
      const started = { type: 'till.started', v: 1, mode: parts.mode, appVersion: parts.appVersion } as const;
      store.commit([started, ...forgiveBlocks(context), ...settleGiven(context)]);
      printing.settleInterrupted();
      context.focus = focusAfterRestart(context);
      sync.start();
      reconciler.start();
    },
    async stop(): Promise<void> {
      pairing.stop();
      printing.stop();
      await Promise.all([reconciler.stop(), sync.stop()]);
      await context.whenIdle();
      context.closeNetworks();
      unsubscribe();
      unsubscribe = () => undefined;
    },
    onChange(listener): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changeSettings(settings, source): void {
      changeSettings(context, settings, source);
      sync.nudge();
    },
    openShift: (request) => openShift(context, request),
    dropCash: (amountMinor, reason) => dropCash(context, amountMinor, reason),
    closeShift: (count) => closeShift(context, count),
    report: (shiftId) => report(context, shiftId),
    startCashOut: (request) => followed(startCashOut(context, request)),
    cancel: (id) => followed(cancelCashOut(context, id)),
    handOver: async (id) => followed(await handOver(context, id)),
    given: (id, notes) => followed(confirmGiven(context, id, notes)),
    notGiven: (id, reason) => followed(recordNotGiven(context, id, reason)),
    giveBack: (id, reason) => followed(returnCashOut(context, id, reason)),
    ...caseDesk(context, followed),
    payouts: payoutDesk(context, followed),
    dismiss(id): void {
      if (context.focus !== id) return;
      context.focus = undefined;
      context.touched(id);
    },
    ...counterDesk(context, printing),
  };
}

/** What stands on the counter: slips and the drawer. */
function counterDesk(
  till: TillContext,
  printing: PrintQueue,
): Pick<Till, 'printing' | 'print' | 'preview' | 'openDrawer'> {
  return {
    printing,
    async print(kind, subjectId) {
      const queued = printing.add(kind, subjectId);
      return queued.ok ? ok(await printing.finished(queued.value.id)) : queued;
    },
    preview: (kind, subjectId) => previewSlip(till, kind, subjectId),
    openDrawer: (reason) => openWithoutSale(till, reason),
  };
}

function desks(till: TillContext): Pick<Till, 'devices' | 'scanning'> {
  return { devices: deviceDesk(till), scanning: scanDesk(till) };
}

function caseDesk(
  till: TillContext,
  followed: <Value>(result: Result<Value, Fault>) => Result<Value, Fault>,
): Pick<Till, 'resolveCase' | 'lookAgain'> {
  return {
    resolveCase: async (resolution) => followed(await resolveCase(till, resolution)),
    lookAgain: async (caseId) => followed(await lookAgain(till, caseId)),
  };
}

async function openWithoutSale(till: TillContext, reason: string): Promise<Result<undefined, Fault>> {
  const shift = requireOpenShift(till);
  if (!shift.ok) return shift;
  await openDrawer(till, { reason: 'no-sale', words: reason });
  return ok(undefined);
}

function changeSettings(till: TillContext, settings: Settings, source: string): void {
  const before = till.store.settings();
  const isPreference = before !== undefined && canonical(before.networks) === canonical(settings.networks);
  const isBroughtAgain = before !== undefined && canonical(before) === canonical(settings);
  const forgiven = isPreference && !isBroughtAgain ? [] : forgiveBlocks(till);
  till.store.commit([{ type: 'settings.changed', v: 1, settings, source }, ...forgiven]);
}

/** Subjects of the journal, payouts apart; whatever else is among them no view asks for. */
function sorted(store: TillParts['store'], ids: readonly string[]): Pick<TillChange, 'cashOutIds' | 'payoutIds'> {
  const isPayout = (id: string): boolean => store.payout(id) !== undefined;
  return { cashOutIds: ids.filter((id) => !isPayout(id)), payoutIds: ids.filter(isPayout) };
}

function subjectsOf(entries: readonly JournalEntry[]): readonly string[] {
  return [...new Set(entries.map(({ subject }) => subject))];
}

/** A second tap finds the hand-over under way and starts nothing new. */
async function handOver(till: TillContext, id: string): Promise<Result<CashOut, Fault>> {
  return till.exclusively(id, async () => {
    const found = requireCashOut(till, id);
    if (found.ok && found.value.state === 'handing_over') return found;
    return startHandOver(till, id);
  });
}

function report(till: TillContext, shiftId: string | undefined): Result<Report, Fault> {
  const shift = shiftId === undefined ? (till.store.openShift() ?? till.store.lastShift()) : till.store.shift(shiftId);
  return shift
    ? ok(shiftReport(till, shift))
    : err(fault('shift.unknown', shiftId === undefined ? 'no shift yet' : `no shift has the id ${shiftId}`));
}

/** I8: what the customer's screen returns to: notes in the air first, else the newest that is still open. */
function focusAfterRestart({ store }: TillContext): string | undefined {
  const open = store.cashOutsIn(['requested', 'awaiting_payment', 'cancelling', 'paid']);
  const newest = open.toSorted((left, right) => right.requestedAtMs - left.requestedAtMs)[0];
  return (store.cashOutsIn(['handing_over'])[0] ?? newest)?.id;
}
