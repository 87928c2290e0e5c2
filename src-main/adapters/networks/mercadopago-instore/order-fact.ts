/**
 * Merchant orders as a fact for the till: the order's status, and everything that is not what was asked for.
 * `paid` and `returned` are claims about money and stand only when nothing disagrees.
 */
import type { Terms } from '../../../core/domain/cash-out.ts';
import { isCurrency } from '../../../core/domain/money.ts';
import type { OrderFact, OrderStatus } from '../../../core/domain/network.ts';
import { chargeMinorOf } from '../../../core/domain/purchase.ts';
import type { MercadoPagoInstoreSettings } from '../../../core/domain/settings.ts';
import { minorOf } from '../http/wire-amount.ts';
import { plainText } from '../http/wire-fields.ts';
import { isMerchantOrderId } from './confirmation.ts';
import { statedTotalMinorOf } from './requests.ts';
import { isAboveZero, paymentsOf, verdictOf } from './verdict.ts';
import type { Verdict } from './verdict.ts';
import type { WireMerchantOrder } from './wire-merchant-order.ts';

/** A payment that began before the order's end may become known after it. */
export const EXPIRY_PATIENCE_MS = 2 * 60_000;

export type Asked = Readonly<{
  terms: Terms;
  settings: MercadoPagoInstoreSettings;
  networkOrderId: string;
  /** When the order ends, as the request named the moment. */
  expiresAtMs: number;
}>;

/**
 * `clockMs`: when it was asked, by the network's own clock where the answer tells it: the network ends an order, not the till, whose
 * clock anybody can set. `answeredAtMs`: the till's clock when the answer was whole.
 */
export type Search = Readonly<{
  merchantOrders: readonly WireMerchantOrder[];
  clockMs: number;
  answeredAtMs: number;
}>;

export function factOf(search: Search, asked: Asked): OrderFact {
  const verdict = verdictOf(search.merchantOrders);
  const deciding = verdict.kind === 'no-money' ? undefined : verdict.deciding;
  const problems = deciding === undefined ? [] : problemsOf(verdict, deciding, asked);
  const updatedAtMs = latest(search.merchantOrders.map((order) => order.updatedAtMs));
  return {
    networkOrderId: asked.networkOrderId,
    status: believable(statusOf(verdict, search, asked), problems),
    statusText: wordsOf(search.merchantOrders, deciding),
    externalReference: asked.terms.externalReference,
    ...(updatedAtMs !== undefined && { updatedAtMs }),
    ...(deciding && moneyOf(verdict, deciding, search, asked)),
    problems,
  };
}

/** A fact that no search has shown: what the answer to a command says by itself. */
export function plainFact(
  { networkOrderId, terms }: Asked,
  status: OrderStatus,
  statusText: string,
  more: Pick<OrderFact, 'qrData' | 'confirmationId'> = {},
): OrderFact {
  return { networkOrderId, status, statusText, externalReference: terms.externalReference, ...more, problems: [] };
}

function statusOf(verdict: Verdict, { clockMs }: Search, { expiresAtMs }: Asked): OrderStatus {
  if (verdict.kind === 'twice') return 'unclear';
  if (verdict.kind !== 'no-money') return verdict.kind;
  if (clockMs < expiresAtMs + EXPIRY_PATIENCE_MS || verdict.isPaying) return 'awaiting';
  return verdict.isUnderstood ? 'expired' : 'unclear';
}

function believable(status: OrderStatus, problems: readonly string[]): OrderStatus {
  return (status === 'paid' || status === 'returned') && problems.length > 0 ? 'unclear' : status;
}

function moneyOf(
  verdict: Verdict,
  order: WireMerchantOrder,
  search: Search,
  { terms, settings }: Asked,
): Partial<OrderFact> {
  const amountMinor = minorOf(movedOf(verdict, order).amount, terms.currency);
  const payments = paymentsOf(order);
  const currency = payments.find((payment) => payment.currency !== undefined)?.currency;
  const reference = payments.find(({ id }) => id !== undefined)?.id;
  const confirmByMs = confirmByOf(order, search, settings);
  return {
    ...(amountMinor !== undefined && { amountMinor }),
    ...(currency !== undefined && isCurrency(currency) && { currency }),
    ...(reference !== undefined && { paymentReference: plainText(reference, 64) }),
    ...(order.id !== undefined && isMerchantOrderId(order.id) && { confirmationId: order.id }),
    ...(confirmByMs !== undefined && { confirmByMs }),
  };
}

/**
 * The window begins at "the transaction", by the network's clock: the earliest time that a payment names, or, where no payment is
 * shown, the scan. It can never end later than its length after we learnt of the payment, however the two clocks differ.
 */
function confirmByOf(
  order: WireMerchantOrder,
  { answeredAtMs }: Search,
  { confirmWithinMs }: MercadoPagoInstoreSettings,
): number | undefined {
  const times = paymentsOf(order).flatMap(({ approvedAtMs, createdAtMs }) => [approvedAtMs, createdAtMs]);
  const beganAtMs = earliest(times) ?? order.createdAtMs;
  return beganAtMs === undefined ? undefined : Math.min(beganAtMs, answeredAtMs) + confirmWithinMs;
}

function problemsOf(verdict: Verdict, order: WireMerchantOrder, asked: Asked): readonly string[] {
  const { terms, settings } = asked;
  const chargeMinor = chargeMinorOf(terms);
  const totalMinor = statedTotalMinorOf(terms, settings);
  return [
    verdict.kind === 'twice' ? `${verdict.count} merchant orders have money in them: paid more than once` : undefined,
    order.id !== undefined && isMerchantOrderId(order.id) ? undefined : 'merchant order: no usable id',
    differs('account', settings.userId, order.collectorId),
    ...paymentsOf(order).map(({ currency }) => differs('currency', terms.currency, currency)),
    amountDiffers('total amount', terms, totalMinor, order.totalAmount),
    amountDiffers(movedOf(verdict, order).what, terms, chargeMinor, movedOf(verdict, order).amount),
  ].filter((problem) => problem !== undefined);
}

/** What came in; of an order whose money went back, what went out, where it says so: no document tells if `paid_amount` stays. */
function movedOf({ kind }: Verdict, order: WireMerchantOrder): Readonly<{ what: string; amount: unknown }> {
  return kind === 'returned' && isAboveZero(order.refundedAmount)
    ? { what: 'returned amount', amount: order.refundedAmount }
    : { what: 'paid amount', amount: order.paidAmount };
}

function differs(what: string, asked: string, answered: string | undefined): string | undefined {
  if (answered === undefined || answered === asked) return undefined;
  return `${what}: asked ${asked}, answered ${plainText(answered, 64)}`;
}

function amountDiffers(what: string, terms: Terms, askedMinor: number, answered: unknown): string | undefined {
  if (answered === undefined) return `${what}: missing`;
  const minor = minorOf(answered, terms.currency);
  if (minor === undefined) return `${what}: not an amount in ${terms.currency}`;
  return minor === askedMinor ? undefined : `${what}: asked ${askedMinor}, answered ${minor} minor units`;
}

/** `closed/paid`, `opened/payment_required`, or that nobody has scanned yet. */
function wordsOf(merchantOrders: readonly WireMerchantOrder[], deciding: WireMerchantOrder | undefined): string {
  const shown = deciding ?? merchantOrders.at(-1);
  if (shown === undefined) return 'not scanned';
  const own = shown.orderStatus === undefined ? shown.status : `${shown.status}/${shown.orderStatus}`;
  const odd = paymentsOf(shown).find(({ status }) => status !== 'approved');
  const text = odd?.status === undefined ? own : `${own}, payment ${odd.status}`;
  return plainText(shown.cancelled ? `${text}, cancelled` : text, 96);
}

function earliest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function latest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
