/**
 * What a hint does: the cash-outs that it may be about are asked for sooner, each at most once in five seconds. It is never believed, and
 * there is nothing else that it could do: whose order it names, if anybody's, is found among those that the till asks about anyway.
 */
import type { CashOut, Order } from '../../domain/cash-out.ts';
import type { Hint, HintListener, HintSubjects } from '../../domain/hint.ts';
import type { TillContext } from '../till-parts.ts';

export const HINTS_APART_MS = 5_000;
/** While a question is on its way its answer may be older than the hint: one more is asked after it. */
const BEHIND_A_QUESTION_MS = 1_000;
/** A hint that fits no order by name, of a network that names orders only once they are scanned, is tried on so many. */
const GUESSES_MAX = 4;

type Asked = CashOut & Readonly<{ order: Order }>;

/** `asked`: what the till asks networks about at its own rhythm. `askSooner`: asks about one of them now, unless its line is in trouble. */
export type HintDeskParts = Readonly<{ asked: () => readonly Asked[]; askSooner: (cashOutId: string) => void }>;

export interface HintDesk extends HintListener {
  stop(): void;
}

export function createHintDesk(till: TillContext, { asked, askSooner }: HintDeskParts): HintDesk {
  const askedAtMs = new Map<string, number>();
  const pending = new Map<string, () => void>();

  function ask(cashOutId: string): void {
    if (pending.has(cashOutId)) return;
    const nowMs = till.clock.monotonicMs();
    const apartMs = (askedAtMs.get(cashOutId) ?? -HINTS_APART_MS) + HINTS_APART_MS - nowMs;
    const waitMs = till.isBusy(cashOutId) ? Math.max(BEHIND_A_QUESTION_MS, apartMs) : apartMs;
    if (waitMs <= 0) {
      askedAtMs.set(cashOutId, nowMs);
      askSooner(cashOutId);
      return;
    }
    const cancel = till.timers.after(waitMs, () => {
      pending.delete(cashOutId);
      if (asked().some(({ id }) => id === cashOutId)) ask(cashOutId);
    });
    pending.set(cashOutId, cancel);
  }

  function askAll(cashOuts: readonly Asked[]): void {
    const nowMs = till.clock.monotonicMs();
    for (const [id, atMs] of askedAtMs) if (nowMs - atMs >= HINTS_APART_MS) askedAtMs.delete(id);
    for (const { id } of cashOuts) ask(id);
  }

  return {
    onHint: (hint) => askAll(cashOutsAbout(hint, asked())),
    onGap: () => askAll(asked()),
    stop() {
      for (const cancel of pending.values()) cancel();
      pending.clear();
    },
  };
}

function cashOutsAbout({ network, subjects }: Hint, asked: readonly Asked[]): readonly Asked[] {
  const ofNetwork = asked.filter((cashOut) => cashOut.network === network);
  const named = ofNetwork.filter((cashOut) => isAbout(subjects, cashOut));
  // An order's own name that fits none of ours is another till's.
  if (named.length > 0 || subjects.orderId !== undefined || subjects.externalReference !== undefined) return named;
  const waiting = ofNetwork.filter(({ state }) => state === 'awaiting_payment' || state === 'cancelling');
  return waiting.toSorted((left, right) => right.requestedAtMs - left.requestedAtMs).slice(0, GUESSES_MAX);
}

function isAbout({ orderId, externalReference, merchantOrderId, paymentId }: HintSubjects, cashOut: Asked): boolean {
  const payment = 'payment' in cashOut ? cashOut.payment : undefined;
  return (
    externalReference === cashOut.externalReference ||
    orderId?.toUpperCase() === cashOut.order.networkOrderId.toUpperCase() ||
    (merchantOrderId !== undefined && merchantOrderId === payment?.confirmationId) ||
    (paymentId !== undefined && paymentId === payment?.reference)
  );
}
