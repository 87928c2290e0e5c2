/**
 * What the merchant orders of one reference say together. Every scan makes another one; abandoned ones stay `opened`.
 *
 * Source  Mercado Pago merchant orders reference: `status`, `order_status` (its two lists differ; both are read), payment status.
 *
 * `closed` alone is never taken for paid: a merchant order stays closed when its money has gone back. Paid needs exactly one with
 * money in it, closed, `paid`, not cancelled, and nothing but approved payments beside refused ones. A word that no list has is
 * never paid.
 */
import type { WireMerchantOrder, WirePayment } from './wire-merchant-order.ts';

export type Verdict =
  /** `isPaying`: a customer is at it. `isUnderstood`: every word was known, so that an end may be believed. */
  | Readonly<{ kind: 'no-money'; isPaying: boolean; isUnderstood: boolean }>
  | Readonly<{ kind: 'paid' | 'returned' | 'unclear'; deciding: WireMerchantOrder }>
  | Readonly<{ kind: 'twice'; deciding: WireMerchantOrder; count: number }>;

const WAITING_WORDS = ['payment_required', 'payment_in_process', 'expired', 'cancelled', undefined];
const RETURNED_WORDS = ['reverted', 'refunded'];
const MONEY_WORDS = ['paid', 'partially_paid', 'partially_reverted', 'partially_refunded', 'pending_cancel'];
const UNDER_WAY = ['pending', 'in_process', 'authorized'];
const REFUSED = ['rejected', 'cancelled'];

export function verdictOf(merchantOrders: readonly WireMerchantOrder[]): Verdict {
  const withMoney = merchantOrders.filter(hasMoney);
  const [deciding] = withMoney;
  if (deciding === undefined) {
    return {
      kind: 'no-money',
      isPaying: merchantOrders.some(isPaying),
      isUnderstood: merchantOrders.every(
        ({ status, orderStatus }) => ['opened', 'expired'].includes(status) && WAITING_WORDS.includes(orderStatus),
      ),
    };
  }
  if (withMoney.length > 1) return { kind: 'twice', deciding, count: withMoney.length };
  return { kind: moneyKind(deciding), deciding };
}

/** Money is in it, was in it, or may be: whatever such an order says, its reference is not simply waiting. */
export function hasMoney(order: WireMerchantOrder): boolean {
  const words = [...RETURNED_WORDS, ...MONEY_WORDS];
  return (
    order.status === 'closed' ||
    (order.orderStatus !== undefined && words.includes(order.orderStatus)) ||
    isAboveZero(order.paidAmount) ||
    isAboveZero(order.refundedAmount) ||
    order.payments.some(({ status = '' }) => ![...UNDER_WAY, ...REFUSED].includes(status))
  );
}

/** Payments that say something about money; a wallet that refused took none. */
export function paymentsOf({ payments }: WireMerchantOrder): readonly WirePayment[] {
  return payments.filter(({ status = '' }) => !REFUSED.includes(status));
}

function moneyKind(order: WireMerchantOrder): 'paid' | 'returned' | 'unclear' {
  const payments = paymentsOf(order);
  const are = (status: string): boolean => payments.every((payment) => payment.status === status);
  const isReturned = order.orderStatus !== undefined && RETURNED_WORDS.includes(order.orderStatus);
  if (isReturned) return are('refunded') ? 'returned' : 'unclear';
  // Payments are the first to show a return; the order's own words follow. Any other words than those of before contradict it.
  const isBehind = order.status === 'closed' && (order.orderStatus === undefined || order.orderStatus === 'paid');
  if (payments.length > 0 && are('refunded')) return isBehind ? 'returned' : 'unclear';
  const isWhole = order.status === 'closed' && order.orderStatus === 'paid' && !order.cancelled;
  return isWhole && are('approved') && !isAboveZero(order.refundedAmount) ? 'paid' : 'unclear';
}

function isPaying({ orderStatus, payments }: WireMerchantOrder): boolean {
  return orderStatus === 'payment_in_process' || payments.some(({ status = '' }) => UNDER_WAY.includes(status));
}

export function isAboveZero(amount: unknown): boolean {
  return amount !== undefined && amount !== null && Number(amount) !== 0;
}
