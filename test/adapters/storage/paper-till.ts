/**
 * The till as a careful person would keep it on paper: what may happen next, told from the domain's rules alone.
 * Random histories compare the store with it: same events accepted, same events refused, same state after each.
 */
import type { CashOut } from '../../../src-main/core/domain/cash-out.ts';
import { transition } from '../../../src-main/core/domain/cash-out.ts';
import type { Command } from '../../../src-main/core/domain/command.ts';
import { advanceCommand, newCommand } from '../../../src-main/core/domain/command.ts';
import type { JournalEvent, SlipState } from '../../../src-main/core/domain/journal-event.ts';
import { totalOf } from '../../../src-main/core/domain/shift.ts';

type PaperCashOut = Readonly<{ cashOut: CashOut; newestMs: number | undefined; isPaid: boolean; dispenses: number }>;

export type PaperTill = {
  shifts: Map<string, { number: number; isOpen: boolean; drawerMinor: number }>;
  cashOuts: Map<string, PaperCashOut>;
  commands: Map<string, Command>;
  cases: Map<string, { isOpen: boolean }>;
  jobs: Map<string, SlipState>;
};

export function emptyPaper(): PaperTill {
  return { shifts: new Map(), cashOuts: new Map(), commands: new Map(), cases: new Map(), jobs: new Map() };
}

/** Writes the events down, or answers undefined (and leaves `before` alone) when one of them cannot be. */
export function writeDown(before: PaperTill, events: readonly JournalEvent[], atMs: number, head: string) {
  const paper = structuredClone(before);
  for (const [index, event] of events.entries()) {
    // The head before a later event of the same commit is not known to whoever made it.
    if (!isPossible(paper, event, atMs, index === 0 ? head : undefined)) return undefined;
  }
  return paper;
}

function isPossible(paper: PaperTill, event: JournalEvent, atMs: number, head: string | undefined): boolean {
  switch (event.type) {
    case 'shift.opened': {
      const others = [...paper.shifts.values()];
      if (paper.shifts.has(event.shiftId) || others.some(({ isOpen, number }) => isOpen || number === event.number)) {
        return false;
      }
      paper.shifts.set(event.shiftId, { number: event.number, isOpen: true, drawerMinor: event.floatMinor });
      return event.floatMinor >= 0;
    }
    case 'shift.dropped':
      return event.amountMinor > 0 && takeFrom(paper, event.shiftId, event.amountMinor);
    case 'shift.closed':
      return close(paper, event, head);
    case 'cash-out.requested':
      return request(paper, event);
    case 'cash-out.step':
      return step(paper, event, atMs);
    case 'command.enqueued':
      return enqueue(paper, event, atMs);
    case 'command.step':
      return commandStep(paper, event);
    case 'case.opened':
      if (paper.cases.has(event.case.id) || !paper.cashOuts.has(event.case.cashOutId ?? '')) return false;
      paper.cases.set(event.case.id, { isOpen: true });
      return true;
    case 'case.closed': {
      const isOpen = paper.cases.get(event.caseId)?.isOpen ?? false;
      paper.cases.set(event.caseId, { isOpen: false });
      return isOpen;
    }
    case 'slip.queued': {
      const isNew = !paper.jobs.has(event.jobId);
      paper.jobs.set(event.jobId, 'queued');
      return isNew;
    }
    case 'slip.outcome': {
      const state = paper.jobs.get(event.jobId);
      paper.jobs.set(event.jobId, event.state);
      return state === 'queued' || (state === 'sending' && event.state !== 'sending');
    }
    case 'drawer.opened':
      return paper.shifts.has(event.shiftId);
    default:
      return true;
  }
}

function takeFrom(paper: PaperTill, shiftId: string, amountMinor: number): boolean {
  const shift = paper.shifts.get(shiftId);
  if (!shift?.isOpen || shift.drawerMinor < amountMinor) return false;
  shift.drawerMinor -= amountMinor;
  return true;
}

function close(paper: PaperTill, event: Extract<JournalEvent, { type: 'shift.closed' }>, head: string | undefined) {
  const shift = paper.shifts.get(event.shiftId);
  const isInHand = [...paper.cashOuts.values()].some(({ cashOut }) => cashOut.state === 'handing_over');
  if (!shift?.isOpen || isInHand || event.head !== head || event.expectedMinor !== shift.drawerMinor) return false;
  if (event.varianceMinor !== event.count.totalMinor - event.expectedMinor) return false;
  shift.isOpen = false;
  shift.drawerMinor = 0;
  return true;
}

function request(paper: PaperTill, { terms }: Extract<JournalEvent, { type: 'cash-out.requested' }>): boolean {
  if (paper.cashOuts.has(terms.id) || !paper.shifts.get(terms.shiftId)?.isOpen) return false;
  const cashOut: CashOut = { ...terms, state: 'requested', cancelAsked: false };
  paper.cashOuts.set(terms.id, { cashOut, newestMs: undefined, isPaid: false, dispenses: 0 });
  return true;
}

function step(
  paper: PaperTill,
  { cashOutId, step: event }: Extract<JournalEvent, { type: 'cash-out.step' }>,
  atMs: number,
) {
  const before = paper.cashOuts.get(cashOutId);
  const moved = before && transition(before.cashOut, event, atMs);
  if (!before || !moved?.ok) return false;
  const answeredMs = 'evidence' in event ? event.evidence?.orderUpdatedAtMs : undefined;
  if (answeredMs !== undefined && answeredMs < (before.newestMs ?? 0)) return false;
  const after = moved.value;
  if (event.type === 'hand-over-started') {
    const others = [...paper.cashOuts.values()].filter(({ cashOut }) => cashOut.state === 'handing_over');
    if (others.length > 0 || !paper.shifts.get(event.shiftId)?.isOpen) return false;
  }
  let { dispenses } = before;
  if (event.type === 'dispensed') {
    dispenses += 1;
    if (event.notes && totalOf(event.notes) !== after.amountMinor) return false;
    if (!before.isPaid || dispenses > 1 || !('payingShiftId' in after)) return false;
    if (!takeFrom(paper, after.payingShiftId, after.amountMinor)) return false;
  }
  const isPaid = before.isPaid || event.type === 'paid';
  paper.cashOuts.set(cashOutId, { cashOut: after, newestMs: answeredMs ?? before.newestMs, isPaid, dispenses });
  return true;
}

function enqueue(
  paper: PaperTill,
  { command }: Extract<JournalEvent, { type: 'command.enqueued' }>,
  atMs: number,
): boolean {
  if (!paper.cashOuts.has(command.cashOutId)) return false;
  for (const { id, cashOutId, kind, idempotencyKey } of paper.commands.values()) {
    if (id === command.id || idempotencyKey === command.idempotencyKey) return false;
    if (cashOutId === command.cashOutId && kind === command.kind) return false;
  }
  paper.commands.set(command.id, newCommand(command, atMs));
  return true;
}

function commandStep(paper: PaperTill, event: Extract<JournalEvent, { type: 'command.step' }>): boolean {
  const before = paper.commands.get(event.commandId);
  if (!before) return false;
  try {
    paper.commands.set(before.id, advanceCommand(before, event.step));
  } catch {
    return false;
  }
  const about = paper.cashOuts.get(before.cashOutId);
  const answeredMs = event.step.type === 'outcome' ? event.step.evidence?.orderUpdatedAtMs : undefined;
  if (about && answeredMs !== undefined) {
    paper.cashOuts.set(before.cashOutId, { ...about, newestMs: Math.max(answeredMs, about.newestMs ?? 0) });
  }
  return true;
}
