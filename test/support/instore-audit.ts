/**
 * The in-store network for the auditor: its kept answers read by other means than the adapter's, and its own truth against the till's.
 * Amounts on this wire are JSON numbers; a purchase and the notes are paid as one sum.
 */
import type { TillStore } from '../../src-main/core/application/ports/till-store.ts';
import type { CashOut } from '../../src-main/core/domain/cash-out.ts';
import type { JournalEntry } from '../../src-main/core/domain/journal-event.ts';
import { exponentOf } from '../../src-main/core/domain/money.ts';
import type { OrderSummary } from '../../src-main/simulators/networks/mercadopago-instore/actions.ts';
import type { InstoreEngine } from '../../src-main/simulators/networks/mercadopago-instore/engine.ts';

export type InstoreSide = Pick<InstoreEngine, 'orders' | 'requests'>;

type Element = {
  external_reference?: string;
  status?: string;
  order_status?: string;
  cancelled?: boolean;
  total_amount?: number;
  paid_amount?: number;
  refunded_amount?: number;
  payments?: { status?: string }[];
};

/** What the customer must have paid for this cash-out: notes and goods, summed here once more. */
export function chargeOf({ amountMinor, purchase }: CashOut): number {
  return (purchase?.items ?? []).reduce(
    (sum, { unitPriceMinor, quantity }) => sum + unitPriceMinor * quantity,
    amountMinor,
  );
}

/** One merchant order is closed and paid with exactly the sum; every other one of the reference is without money. */
export function elementsProvePayment(cashOut: CashOut, body: string): boolean {
  const elements = elementsIn(body);
  const closed = elements.filter(({ status }) => status === 'closed');
  const [only] = closed;
  const payments = (only?.payments ?? []).filter(({ status }) => status !== 'rejected' && status !== 'cancelled');
  const totalMinor = minorOf(cashOut, only?.total_amount);
  return (
    elements.every((element) => element.external_reference === cashOut.externalReference) &&
    closed.length === 1 &&
    only?.order_status === 'paid' &&
    only.cancelled !== true &&
    (only.refunded_amount ?? 0) === 0 &&
    payments.every(({ status }) => status === 'approved') &&
    minorOf(cashOut, only.paid_amount) === chargeOf(cashOut) &&
    (totalMinor === chargeOf(cashOut) || (totalMinor === 0 && cashOut.purchase === undefined))
  );
}

/** The money of the one merchant order that had any has left the seller again. */
export function elementsProveReturn(cashOut: CashOut, body: string): boolean {
  const closed = elementsIn(body).filter(({ status }) => status === 'closed');
  const [only] = closed;
  const isBack =
    ['reverted', 'refunded'].includes(only?.order_status ?? '') ||
    (only?.payments ?? []).some(({ status }) => status === 'refunded');
  return closed.length === 1 && only?.external_reference === cashOut.externalReference && isBack;
}

/** The code stands at the top of the answer to a dynamic or hybrid create. */
export function qrDataIn(body: string): string | undefined {
  const answer = JSON.parse(body) as { qr_data?: string };
  return answer.qr_data;
}

/** I2: settled means that the network has said `confirmed`, to this confirmation or to an earlier one. */
export function confirmationBreaches(cashOuts: readonly CashOut[], store: TillStore): readonly string[] {
  return cashOuts.flatMap(({ id, state }) => {
    if (state !== 'settled') return [];
    const confirm = store.commandsOf(id).find(({ kind }) => kind === 'confirm');
    const outcomes = store
      .entriesAbout(id)
      .flatMap(({ event }) =>
        event.type === 'command.step' && event.commandId === confirm?.id && event.step.type === 'outcome'
          ? [event.step.evidence?.body ?? '']
          : [],
      );
    const last = JSON.parse(outcomes.at(-1) || 'null') as { status?: unknown; error?: string; code?: string } | null;
    const isDecided = store.casesOf(id).some((file) => file.state === 'closed' && file.byCode !== undefined);
    if (isDecided) return []; // A supervisor has taken its place.
    const isTold = last?.status === 'confirmed' || (last?.error ?? last?.code) === 'already_confirmed';
    return isTold ? [] : [`I2: ${id} is settled without the network's confirmation`];
  });
}

/**
 * I3 without keys on the wire: what arrived is, byte for byte, a saved command, and never more often nor earlier than it was saved as
 * being sent. A failure may be told in other words, on the path of a saved failure.
 */
export function instoreRequestBreaches(entries: readonly JournalEntry[], side: InstoreSide): readonly string[] {
  const wordingOf = new Map<string, string>();
  const sendings = new Map<string, number[]>();
  const failures = new Set<string>();
  for (const { event, atMs } of entries) {
    if (event.type === 'command.enqueued') {
      const { id, request } = event.command;
      wordingOf.set(id, `${request.method} ${request.path}\n${request.body}`);
      if (request.body.startsWith('{"status":"fail"')) failures.add(request.path);
    }
    if (event.type !== 'command.step' || event.step.type !== 'sending') continue;
    const wording = wordingOf.get(event.commandId) ?? '';
    sendings.set(wording, [...(sendings.get(wording) ?? []), atMs]);
  }
  const arrivals = new Map<string, number>();
  return side.requests().flatMap(({ request, atMs }) => {
    if (request.method === 'GET') return [];
    const wording = `${request.method} ${request.path}\n${request.bodyText}`;
    const sent = sendings.get(wording);
    if (!sent)
      return failures.has(request.path) ? [] : [`I3: ${request.path} arrived with bytes that were never saved`];
    const count = (arrivals.get(wording) ?? 0) + 1;
    arrivals.set(wording, count);
    const sentAtMs = sent[count - 1];
    return sentAtMs === undefined || sentAtMs > atMs ? [`I3: ${request.path} arrived before it was saved as sent`] : [];
  });
}

type Truth = Readonly<{ cashOuts: readonly CashOut[]; store: TillStore; isAtRest: boolean }>;

/** I1, I2 against the network's own merchant orders: nobody got notes unpaid or got them back as well, nobody's money hangs unseen. */
export function instoreTruthBreaches({ cashOuts, store, isAtRest }: Truth, side: InstoreSide): readonly string[] {
  const byReference = Map.groupBy(side.orders(), ({ externalReference }) => externalReference);
  const own = new Set(cashOuts.map(({ externalReference }) => externalReference));
  const foreign = [...byReference.keys()]
    .filter((reference) => !own.has(reference))
    .map((reference) => `I3: the order ${reference} is nobody's`);
  const problems = cashOuts.flatMap((cashOut) => {
    const hasCase = store.casesOf(cashOut.id).some((file) => file.state === 'open');
    const made = byReference.get(cashOut.externalReference) ?? [];
    return [
      ...made.flatMap((order) => termsBreaches(cashOut, order)),
      ...moneyBreaches(cashOut, made, hasCase, isAtRest),
    ];
  });
  return [...foreign, ...problems];
}

function termsBreaches(cashOut: CashOut, order: OrderSummary): readonly string[] {
  const isSame =
    minorOf(cashOut, order.cashOutAmount) === cashOut.amountMinor &&
    minorOf(cashOut, order.chargedAmount) === chargeOf(cashOut);
  return isSame ? [] : [`I1: the network has ${cashOut.id} with other amounts than the till`];
}

function moneyBreaches(
  cashOut: CashOut,
  made: readonly OrderSummary[],
  hasCase: boolean,
  isAtRest: boolean,
): readonly string[] {
  const { id, state } = cashOut;
  const paid = made.flatMap(({ merchantOrders }) => merchantOrders).filter(({ paidAmount }) => paidAmount !== null);
  const kept = paid.filter((scan) => scan.state === 'paid' || scan.state === 'confirmed');
  const isGiven = state === 'dispensed' || state === 'settled';
  const problems: string[] = [];
  if (paid.some(({ paidAmount }) => minorOf(cashOut, paidAmount ?? 0) !== chargeOf(cashOut)))
    problems.push(`I1: another sum than asked was paid for ${id}`);
  if (isGiven && !hasCase && kept.length !== 1)
    problems.push(`I1: notes given for ${id}, ${kept.length} payments are with the shop`);
  if (state === 'settled' && !kept.some((scan) => scan.state === 'confirmed'))
    problems.push(`I2: ${id} is settled, the network never heard of the notes`);
  if (state === 'returned' && kept.length > 0 && !hasCase)
    problems.push(`I2: ${id} is returned, the shop has the money`);
  const isInHand = isGiven || ['paid', 'handing_over', 'returning'].includes(state);
  if (isAtRest && kept.length > 0 && !isInHand && !hasCase && state !== 'returned')
    problems.push(`I2: the customer of ${id} has paid, the till has it as ${state} without a case`);
  if (isAtRest && !hasCase && ['paid', 'handing_over', 'requested'].includes(state))
    problems.push(`I2: ${id} was left ${state}`);
  return problems;
}

function elementsIn(body: string): readonly Element[] {
  return (JSON.parse(body) as { elements?: Element[] | null }).elements ?? [];
}

function minorOf({ currency }: CashOut, amount: number | undefined): number | undefined {
  return amount === undefined ? undefined : Math.round(amount * 10 ** exponentOf(currency));
}
