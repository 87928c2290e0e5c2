/**
 * Projects journal events into the tables, by the domain's own rules. What does not fit throws, and the commit that carried it is undone.
 */
import { subjectIdOf } from '../../core/domain/case-file.ts';
import type { CashOutEvent } from '../../core/domain/cash-out.ts';
import type { JournalEntry, JournalEvent } from '../../core/domain/journal-event.ts';
import { pairingSubject } from '../../core/domain/pairing.ts';
import type { PayoutEvent } from '../../core/domain/payouts/payout.ts';
import { RECONCILIATION_SUBJECT } from '../../core/domain/reconciliation.ts';
import { invariant, unreachable } from '../../core/domain/result.ts';
import { totalOf } from '../../core/domain/shift.ts';
import type { SqliteDatabase } from './database.ts';
import { createCaseFileTable } from './tables/case-files.ts';
import { createCashOutTable } from './tables/cash-outs.ts';
import { createCommandTable } from './tables/commands.ts';
import { createDeviceTable } from './tables/devices.ts';
import { createDrawerOpeningTable } from './tables/drawer-ledger.ts';
import { createPayoutCommandTable } from './tables/payout-commands.ts';
import { createPayoutTable } from './tables/payouts.ts';
import { createNetworkBlockTable, createSettingTable } from './tables/settings.ts';
import { createShiftTable } from './tables/shifts.ts';
import { createSlipJobTable } from './tables/slip-jobs.ts';

export type Tables = ReturnType<typeof createTables>;

/** Every statement is prepared here, once: a wrong column fails at start-up. */
export function createTables(db: SqliteDatabase) {
  const tables = {
    cashOuts: createCashOutTable(db),
    commands: createCommandTable(db),
    payouts: createPayoutTable(db),
    payoutCommands: createPayoutCommandTable(db),
    shifts: createShiftTable(db),
    drawerOpenings: createDrawerOpeningTable(db),
    cases: createCaseFileTable(db),
    slips: createSlipJobTable(db),
    settings: createSettingTable(db),
    blocks: createNetworkBlockTable(db),
    devices: createDeviceTable(db),
  };
  return {
    ...tables,
    /** Belongs after every transaction that was not committed: what was undone is read from the file again. */
    undone(): void {
      for (const table of Object.values(tables)) if ('undone' in table) table.undone();
    },
  };
}

/** What an entry is about: its cash-out or payout, else its shift, else its print job or device, else nothing. */
export function subjectOf(tables: Tables, event: JournalEvent): string {
  switch (event.type) {
    case 'till.started':
    case 'settings.changed':
    case 'network.blocked':
    case 'network.unblocked':
      return '';
    case 'shift.opened':
    case 'shift.dropped':
    case 'shift.closed':
      return event.shiftId;
    case 'cash-out.requested':
      return event.terms.id;
    case 'cash-out.step':
      return event.cashOutId;
    case 'payout.requested':
      return event.terms.id;
    case 'payout.step':
      return event.payoutId;
    case 'payout-command.enqueued':
      return event.command.payoutId;
    case 'payout-command.step': {
      const payoutId = tables.payoutCommands.payoutOf(event.commandId);
      return known(payoutId, `I3: payout command ${event.commandId} was never saved`);
    }
    case 'answer.set-aside':
      return subjectIdOf(event);
    case 'command.enqueued':
      return event.command.cashOutId;
    case 'command.step':
      return known(tables.commands.cashOutOf(event.commandId), `I3: command ${event.commandId} was never saved`);
    case 'case.opened':
      return subjectIdOf(event.case);
    case 'case.closed':
      return subjectIdOf(known(tables.cases.byId(event.caseId), `case ${event.caseId} was never opened`));
    case 'slip.queued':
      return event.slip.subjectId || event.jobId;
    case 'slip.outcome': {
      const job = known(tables.slips.byId(event.jobId), `I9: slip job ${event.jobId} was never queued`);
      return job.slip.subjectId || job.id;
    }
    case 'drawer.opened':
      return event.cashOutId ?? event.payoutId ?? event.shiftId;
    case 'device.paired':
      return event.device.id;
    case 'device.forgotten':
      return event.deviceId;
    case 'pairing.step':
      return pairingSubject(event.network);
    case 'reconciliation.step':
      return event.step.type === 'compared' ? event.runId : RECONCILIATION_SUBJECT;
    default:
      return unreachable(event);
  }
}

/** Inside the transaction that appended the entry. */
export function project(tables: Tables, entry: JournalEntry): void {
  const { event, seq, atMs } = entry;
  switch (event.type) {
    case 'till.started':
    case 'pairing.step':
    case 'reconciliation.step':
      return;
    case 'settings.changed':
      return tables.settings.change(event.settings, seq);
    case 'network.blocked':
      return tables.blocks.block(event.network, event.code, atMs);
    case 'network.unblocked':
      return tables.blocks.unblock(event.network);
    case 'shift.opened':
      return tables.shifts.openWith(event, entry);
    case 'shift.dropped':
      return tables.shifts.drop(event, entry);
    case 'shift.closed':
      return closeShift(tables, event, entry);
    case 'cash-out.requested':
      return request(tables, event);
    case 'cash-out.step':
      return step(tables, event.cashOutId, event.step, entry);
    case 'payout.requested':
      return requestPayout(tables, event);
    case 'payout.step':
      return stepPayout(tables, event.payoutId, event.step, entry);
    case 'payout-command.enqueued':
      return enqueueForPayout(tables, event, entry);
    case 'payout-command.step':
      return tables.payoutCommands.step(event.commandId, event.step);
    case 'answer.set-aside': {
      const id = subjectIdOf(event);
      const subject = event.payoutId === undefined ? tables.cashOuts.byId(id) : tables.payouts.byId(id);
      known<unknown>(subject, `an answer about ${id}, which does not exist`);
      return;
    }
    case 'command.enqueued':
      return enqueue(tables, event, entry);
    case 'command.step': {
      const command = tables.commands.step(event.commandId, event.step);
      if (event.step.type === 'outcome') tables.cashOuts.noteAnswer(command.cashOutId, event.step.evidence);
      return;
    }
    case 'case.opened':
      return tables.cases.openWith(event.case, entry);
    case 'case.closed':
      return tables.cases.close(event, entry);
    case 'slip.queued':
      return tables.slips.queue(event, entry);
    case 'slip.outcome':
      return tables.slips.outcome(event);
    case 'drawer.opened':
      return tables.drawerOpenings.add(event, entry);
    case 'device.paired':
      return tables.devices.pair(event.device, entry.seq);
    case 'device.forgotten':
      return tables.devices.forget(event.deviceId);
    default:
      return unreachable(event);
  }
}

type EventOf<Type extends JournalEvent['type']> = Extract<JournalEvent, { type: Type }>;

function request(tables: Tables, { terms }: EventOf<'cash-out.requested'>): void {
  const shift = tables.shifts.byId(terms.shiftId);
  invariant(shift?.state === 'open', `cash-out ${terms.id} asked in shift ${terms.shiftId}, which is not open`);
  invariant(shift.currency === terms.currency, `I5: ${terms.currency} asked of a drawer of ${shift.currency}`);
  tables.cashOuts.request(terms);
}

function step(tables: Tables, cashOutId: string, event: CashOutEvent, entry: JournalEntry): void {
  if (event.type === 'hand-over-started') {
    const counting = tables.payouts.counting();
    invariant(counting === undefined, `I1: ${cashOutId} handed over while payout ${counting?.id ?? ''} is`);
  }
  const after = tables.cashOuts.step(cashOutId, event, entry);
  if (event.type === 'hand-over-started') {
    tables.shifts.requireDrawerFor(`cash-out ${cashOutId}`, after, event.shiftId);
  }
  if (event.type !== 'dispensed') return;
  invariant('payingShiftId' in after, `I5: cash-out ${cashOutId} dispensed from no drawer`);
  invariant(!event.notes || totalOf(event.notes) === after.amountMinor, `I1: the notes are not ${after.amountMinor}`);
  tables.cashOuts.requireEvidence(after, entry.seq);
  tables.shifts.dispense(after, entry);
}

function requestPayout(tables: Tables, { terms }: EventOf<'payout.requested'>): void {
  const shift = tables.shifts.byId(terms.shiftId);
  invariant(shift?.state === 'open', `payout ${terms.id} asked in shift ${terms.shiftId}, which is not open`);
  tables.payouts.request(terms);
}

/** Notes in its place are a hand-over like any other: one at a time, out of an open drawer that holds them (I1, I5). */
function stepPayout(tables: Tables, payoutId: string, event: PayoutEvent, entry: JournalEntry): void {
  if (event.type === 'notes-started') {
    const [inHand] = tables.cashOuts.inStates(['handing_over']);
    const other = inHand ?? tables.payouts.counting();
    invariant(other === undefined, `I1: notes for payout ${payoutId} while ${other?.id ?? ''} is being handed over`);
  }
  const after = tables.payouts.step(payoutId, event, entry);
  if (event.type === 'notes-started') tables.shifts.requireDrawerFor(`payout ${payoutId}`, after, event.shiftId);
  if (event.type === 'reissued') {
    const successor = tables.payouts.byId(event.payoutId);
    invariant(successor?.reissueOf === payoutId, `I1: ${event.payoutId} was not made in place of payout ${payoutId}`);
  }
  if (event.type !== 'replaced-by-notes') return;
  invariant(!event.notes || totalOf(event.notes) === after.amountMinor, `I1: the notes are not ${after.amountMinor}`);
  const replacement = 'replacement' in after ? after.replacement : undefined;
  invariant(replacement?.by === 'notes', `I5: payout ${payoutId} replaced by notes from no drawer`);
  tables.shifts.giveInstead(after, replacement.shiftId, entry);
}

function enqueueForPayout(tables: Tables, { command }: EventOf<'payout-command.enqueued'>, entry: JournalEntry): void {
  const payout = known(tables.payouts.byId(command.payoutId), `I3: ${command.kind} for an unknown payout`);
  invariant(payout.network === command.network, `I3: ${command.kind} for ${payout.network} sent to ${command.network}`);
  tables.payoutCommands.enqueue(command, entry);
}

function enqueue(tables: Tables, { command }: EventOf<'command.enqueued'>, entry: JournalEntry): void {
  const cashOut = known(tables.cashOuts.byId(command.cashOutId), `I3: ${command.kind} for an unknown cash-out`);
  invariant(
    cashOut.network === command.network,
    `I3: ${command.kind} for ${cashOut.network} sent to ${command.network}`,
  );
  tables.commands.enqueue(command, entry);
}

function closeShift(tables: Tables, event: EventOf<'shift.closed'>, entry: JournalEntry): void {
  const [inHand] = tables.cashOuts.inStates(['handing_over']);
  invariant(inHand === undefined, `I5: shift closed while cash-out ${inHand?.id ?? ''} is being handed over`);
  const counting = tables.payouts.counting();
  invariant(counting === undefined, `I5: shift closed while notes for payout ${counting?.id ?? ''} are being counted`);
  tables.shifts.close(event, entry);
}

function known<Value>(value: Value | undefined, otherwise: string): Value {
  invariant(value !== undefined, otherwise);
  return value;
}
