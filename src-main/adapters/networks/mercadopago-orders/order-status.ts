/**
 * What an order's words mean for the till. Order and cash_out must both say so; whatever is not listed is `unclear`, never paid.
 *
 * Source  Mercado Pago Orders API, qr-code-ca, resources: status of order and transaction. The documents disagree in spelling
 *         (`canceled`, `cancelled`) and in details (`processed/accredited`, `processed/processed`): each form listed there is read.
 */
import type { OrderStatus } from '../../../core/domain/network.ts';
import type { WireOrder, WireTransaction } from './wire-order.ts';

export function statusOf(order: WireOrder): OrderStatus {
  switch (order.status) {
    case 'created':
      return isWaiting(order) ? 'awaiting' : 'unclear';
    case 'processed':
      return processedStatus(order);
    case 'refunded':
      return refundedStatus(order);
    case 'canceled':
    case 'cancelled':
      return deadUnless(order, 'cancelled');
    case 'expired':
      return deadUnless(order, 'expired');
    case 'failed':
    case 'rejected':
      return deadUnless(order, 'failed');
    default:
      return 'unclear';
  }
}

const WAITING_DETAILS = [undefined, 'created', 'ready_to_process'];
const PAID_DETAILS = [undefined, 'accredited', 'processed'];

function isWaiting(order: WireOrder): boolean {
  const cashOut = onlyOne(order.cashOuts);
  return (
    cashOut?.status === 'created' &&
    WAITING_DETAILS.includes(order.detail) &&
    WAITING_DETAILS.includes(cashOut.detail) &&
    order.refunds.length === 0
  );
}

function processedStatus(order: WireOrder): OrderStatus {
  if (order.refunds.length > 0) return refundsStatus(order.refunds);
  const cashOut = onlyOne(order.cashOuts);
  const paid =
    (order.detail === 'accredited' || order.detail === 'processed') &&
    cashOut?.status === 'processed' &&
    PAID_DETAILS.includes(cashOut.detail);
  return paid ? 'paid' : 'unclear';
}

/** The order says that money went back; nothing in it may say otherwise. */
function refundedStatus({ refunds, cashOuts }: WireOrder): OrderStatus {
  if (refunds.some(isRunning)) return 'returning';
  const refundAgrees = refunds.length === 0 || refunds.some((refund) => isIn(DONE_REFUND, refund));
  const cashOutAgrees = (cashOuts ?? []).every(({ status }) => status === 'refunded');
  return refundAgrees && cashOutAgrees ? 'returned' : 'unclear';
}

const RUNNING_REFUND = ['processing', 'created', 'in_process', 'pending'];
const DONE_REFUND = ['processed', 'refunded'];
const FAILED_REFUND = ['failed', 'rejected', 'canceled', 'cancelled'];

/** Returned only when the order itself says `refunded`: a refund that is done in an order that is not yet is still on its way. */
function refundsStatus(refunds: readonly WireTransaction[]): OrderStatus {
  if (refunds.some((refund) => isRunning(refund) || isIn(DONE_REFUND, refund))) return 'returning';
  return refunds.every((refund) => isIn(FAILED_REFUND, refund)) ? 'return-failed' : 'unclear';
}

/** A dead order whose cash_out was processed after all, or that has refunds, is a contradiction. */
function deadUnless(order: WireOrder, dead: OrderStatus): OrderStatus {
  const moved = (order.cashOuts ?? []).some(({ status }) => status === 'processed' || status === 'refunded');
  return moved || order.refunds.length > 0 ? 'unclear' : dead;
}

function isRunning(refund: WireTransaction): boolean {
  return isIn(RUNNING_REFUND, refund);
}

function isIn(statuses: readonly string[], { status }: WireTransaction): boolean {
  return status !== undefined && statuses.includes(status);
}

function onlyOne<Item>(items: readonly Item[] | undefined): Item | undefined {
  return items?.length === 1 ? items[0] : undefined;
}
