/**
 * An order as a fact for the till: its status, and everything in it that is not what was asked for.
 * `paid` and `returned` are claims about money and stand only when nothing disagrees.
 */
import type { Terms } from '../../../core/domain/cash-out.ts';
import { isCurrency } from '../../../core/domain/money.ts';
import type { OrderFact, OrderStatus } from '../../../core/domain/network.ts';
import type { MercadoPagoOrdersSettings } from '../../../core/domain/settings.ts';
import { statusOf } from './order-status.ts';
import { minorOf } from '../http/wire-amount.ts';
import { plainText } from '../http/wire-fields.ts';
import type { WireOrder, WireTransaction } from './wire-order.ts';

/** Longer than any QR symbol can carry: not kept. */
const LONGEST_QR_DATA = 4_296;

export type Asked = Readonly<{
  terms: Terms;
  settings: MercadoPagoOrdersSettings;
  /** Undefined for a create: the id is only now learnt. */
  orderId: string | undefined;
  /** A refund is answered with a short order: only what it does carry is compared. */
  short: boolean;
}>;

export function factOf(order: WireOrder, asked: Asked): OrderFact {
  const problems = problemsOf(order, asked);
  const cashOut = order.cashOuts?.length === 1 ? order.cashOuts[0] : undefined;
  const amountMinor = minorOf(cashOut?.amount, asked.terms.currency);
  const qrData = usableQrData(order.qrData);
  return {
    networkOrderId: order.id,
    status: believable(statusOf(order), order, asked, problems),
    statusText: statusText(order, cashOut),
    ...(order.externalReference !== undefined && { externalReference: plainText(order.externalReference, 64) }),
    ...(amountMinor !== undefined && { amountMinor }),
    ...(order.currency !== undefined && isCurrency(order.currency) && { currency: order.currency }),
    ...(order.updatedAtMs !== undefined && { updatedAtMs: order.updatedAtMs }),
    ...(qrData !== undefined && { qrData }),
    ...(cashOut?.reference !== undefined && { paymentReference: plainText(cashOut.reference, 64) }),
    problems,
  };
}

function believable(status: OrderStatus, order: WireOrder, asked: Asked, problems: readonly string[]): OrderStatus {
  // Another order's state says nothing about ours.
  if (asked.orderId !== undefined && order.id !== asked.orderId) return 'unclear';
  return (status === 'paid' || status === 'returned') && problems.length > 0 ? 'unclear' : status;
}

function problemsOf(order: WireOrder, asked: Asked): readonly string[] {
  const { terms, settings } = asked;
  return [
    differs('order id', asked.orderId ?? order.id, order.id),
    differs('type', 'qr', order.type),
    differs('external reference', terms.externalReference, order.externalReference, !asked.short),
    differs('point of sale', settings.externalPosId, order.externalPosId),
    differs('account', settings.userId ?? order.userId, order.userId, !asked.short && settings.userId !== undefined),
    differs('currency', terms.currency, order.currency),
    amountDiffers('total amount', terms, order.totalAmount),
    ...cashOutProblems(order, asked),
    order.payments.length > 0 ? 'a purchase is in it too' : undefined,
    order.qrData !== undefined && usableQrData(order.qrData) === undefined ? 'QR data is not usable text' : undefined,
  ].filter((problem) => problem !== undefined);
}

function cashOutProblems({ cashOuts }: WireOrder, { terms, short }: Asked): readonly (string | undefined)[] {
  if (cashOuts === undefined || cashOuts.length === 0) return [short ? undefined : 'no cash-out in it'];
  const count = cashOuts.length === 1 ? undefined : `${cashOuts.length} cash-outs in it`;
  return [count, ...cashOuts.map(({ amount }) => amountDiffers('cash-out amount', terms, amount, !short))];
}

function differs(
  what: string,
  asked: string | undefined,
  answered: string | undefined,
  required = false,
): string | undefined {
  if (answered === undefined) return required ? `${what}: missing` : undefined;
  return answered === asked ? undefined : `${what}: asked ${asked ?? ''}, answered ${plainText(answered, 64)}`;
}

function amountDiffers(what: string, terms: Terms, answered: unknown, required = false): string | undefined {
  if (answered === undefined) return required ? `${what}: missing` : undefined;
  const minor = minorOf(answered, terms.currency);
  if (minor === undefined) return `${what}: not an amount in ${terms.currency}`;
  return minor === terms.amountMinor ? undefined : `${what}: asked ${terms.amountMinor}, answered ${minor} minor units`;
}

function usableQrData(qrData: string | undefined): string | undefined {
  return qrData !== undefined && qrData !== '' && qrData.length <= LONGEST_QR_DATA && qrData.isWellFormed()
    ? qrData
    : undefined;
}

/** `processed/accredited`, and the cash-out's own words where they are not simply the same state. */
function statusText(order: WireOrder, cashOut: WireTransaction | undefined): string {
  const own = wordsOf(order.status, order.detail);
  if (cashOut?.status === undefined || cashOut.status === order.status) return own;
  return `${own}, cash-out ${wordsOf(cashOut.status, cashOut.detail)}`;
}

function wordsOf(status: string, detail: string | undefined): string {
  return plainText(detail === undefined ? status : `${status}/${detail}`, 64);
}
