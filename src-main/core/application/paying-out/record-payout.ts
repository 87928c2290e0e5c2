/**
 * What steps of a payout bring with them, as events of one commit: the steps that say something new, the cases that they open or settle,
 * the commands that they make pointless, and the cancel that somebody had asked for before it could be sent.
 */
import type { CaseKind } from '../../domain/case-file.ts';
import { canonical } from '../../domain/canonical.ts';
import { isOpen } from '../../domain/command.ts';
import type { CommandEvent } from '../../domain/command.ts';
import type { JournalEvent } from '../../domain/journal-event.ts';
import { concernOf } from '../../domain/payouts/notes-instead.ts';
import type { PayoutConcern } from '../../domain/payouts/notes-instead.ts';
import type { NewPayoutCommand, PayoutCommand, PayoutCommandKind } from '../../domain/payouts/payout-command.ts';
import { isCancellable, isKnown, transition } from '../../domain/payouts/payout.ts';
import type { Payout, PayoutEvent } from '../../domain/payouts/payout.ts';
import { invariant, unreachable } from '../../domain/result.ts';
import type { PayoutNetwork } from '../ports/payout-network.ts';
import type { TillContext } from '../till-parts.ts';
import { closePayoutCases, EXPLAINED, openPayoutCase } from './payout-cases.ts';
import type { Decision } from './payout-cases.ts';
import { keyOf, payoutStep } from './payout-context.ts';

export type Recording = Readonly<{
  steps: readonly PayoutEvent[];
  /** The command that events of the same commit settle: it is not overtaken besides. */
  settledCommandId?: string;
  /** Who decided what a case about it waited for. */
  decision?: Decision;
}>;

/** Empty when nothing is new. Throws for a step that does not fit: the caller has looked at the payout just before. */
export function payoutEvents(till: TillContext, payout: Payout, recording: Recording): readonly JournalEvent[] {
  const { steps, settledCommandId, decision } = recording;
  let now = payout;
  const news: PayoutEvent[] = [];
  for (const step of steps) {
    const moved = transition(now, step, till.clock.nowMs());
    invariant(moved.ok, `I6: ${step.type} for payout ${payout.id}, which is ${now.state}`);
    if (!isNews(now, moved.value, step)) continue;
    news.push(step);
    now = moved.value;
  }
  const open = till.store
    .payoutCommandsOf(payout.id)
    .filter((command) => isOpen(command) && command.id !== settledCommandId);
  const pointless = open.filter((command) => isPointless(command.kind, now));
  const left = open.filter((command) => !pointless.includes(command));
  return [
    ...news.map((step) => payoutStep(payout, step)),
    ...pointless.map((command) => commandStep(command, { type: 'overtaken', reason: `payout-is-${now.state}` })),
    ...caseEvents(till, payout, now, decision),
    ...wantedCancel(till, now, left),
  ];
}

/** That an answer was given to a newer question is not worth a line in the journal, unless a case hangs on when it was said. */
function isNews(before: Payout, after: Payout, step: PayoutEvent): boolean {
  if (step.type !== 'observed' && step.type !== 'vanished' && step.type !== 'identified') return true;
  return canonical(withoutOrdinal(before)) !== canonical(withoutOrdinal(after));
}

function withoutOrdinal(payout: Payout): Payout {
  return isKnown(payout) ? { ...payout, asked: 0 } : payout;
}

function isPointless(kind: PayoutCommandKind, payout: Payout): boolean {
  switch (kind) {
    case 'create':
      return payout.state !== 'requested';
    case 'cancel':
      return !isCancellable(payout);
    case 'hold':
      return payout.state !== 'pending';
    case 'release':
      return payout.state !== 'on_hold';
    default:
      return unreachable(kind);
  }
}

const CONCERNS: Readonly<Record<PayoutConcern, CaseKind>> = {
  'paid-twice': 'payout-paid-twice',
  'returned-late': 'payout-returned-late',
  contradiction: 'payout-contradiction',
};

function caseEvents(
  till: TillContext,
  before: Payout,
  now: Payout,
  decision: Decision | undefined,
): readonly JournalEvent[] {
  const concern = concernOf(now);
  const opened = concern ? openPayoutCase(till, now, CONCERNS[concern], detailOf(now, concern)) : [];
  const settled = decision
    ? (['payout-returned-late', 'payout-contradiction', 'payout-stuck', 'payout-id-clash'] as const)
    : [];
  const isOver = (kind: CaseKind): boolean => concern === undefined || CONCERNS[concern] !== kind;
  const decided = decision ? closePayoutCases(till, now.id, settled.filter(isOver), decision) : [];
  if (before.state === now.state) return [...decided, ...opened];
  const explained: CaseKind[] = ['payout-stuck'];
  if (concern !== 'paid-twice') explained.push('payout-paid-twice');
  const rest = decision ? explained.filter((kind) => kind !== 'payout-stuck') : explained;
  return [
    ...decided,
    ...closePayoutCases(till, now.id, rest, EXPLAINED(`the network has it as ${now.state}`)),
    ...opened,
  ];
}

function detailOf(payout: Payout, concern: PayoutConcern): string {
  switch (concern) {
    case 'paid-twice':
      return `replaced, and the network has it as ${payout.state}`;
    case 'returned-late':
      return 'completed, and the bank gave the money back';
    case 'contradiction':
      return payout.review?.why ?? 'the network said what does not fit';
    default:
      return unreachable(concern);
  }
}

/** Asked for before the network was known to have it, or before its own id was: sent as soon as both are. */
function wantedCancel(till: TillContext, payout: Payout, open: readonly PayoutCommand[]): readonly JournalEvent[] {
  const isWanted = isKnown(payout) && 'cancelAsked' in payout && payout.cancelAsked && payout.cashoutId !== undefined;
  if (!isWanted || open.some(({ kind }) => kind === 'cancel')) return [];
  const network = till.payoutNetwork(payout.network);
  return network?.traits.cancel ? enqueue(till, network, payout, 'cancel') : [];
}

/** A command with its frozen bytes, saved before anything leaves (I3). Empty where the network cannot be asked. */
export function enqueue(
  till: TillContext,
  network: PayoutNetwork,
  payout: Payout,
  kind: Exclude<PayoutCommandKind, 'create'>,
): readonly JournalEvent[] {
  const request = prepared(network, payout, kind);
  if (!request.ok) return [];
  const command: NewPayoutCommand = {
    id: till.ids.next(),
    payoutId: payout.id,
    network: network.id,
    kind,
    request: request.value,
  };
  return [{ type: 'payout-command.enqueued', v: 1, command }];
}

function prepared(network: PayoutNetwork, payout: Payout, kind: Exclude<PayoutCommandKind, 'create'>) {
  const key = keyOf(payout);
  if (kind === 'cancel') return network.prepareCancel(key);
  return kind === 'hold' ? network.prepareHold(key) : network.prepareRelease(key);
}

export function commandStep({ id }: Pick<PayoutCommand, 'id'>, step: CommandEvent): JournalEvent {
  return { type: 'payout-command.step', v: 1, commandId: id, step };
}
