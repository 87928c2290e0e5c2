/**
 * A merchant order in the words of the wire.
 *
 * Source  Mercado Pago merchant orders reference. `status` stays `closed` when the money went back: only `order_status`,
 *         `refunded_amount` and the payment tell of it. No field list shows the withdrawn part on its own.
 */
import { COUNTRIES } from '../mercadopago-orders/countries.ts';
import { numberOfMinor } from './amounts.ts';
import { chargedMinorOf } from './instore-order.ts';
import type { InstoreOrder } from './instore-order.ts';
import type { MerchantOrder, MerchantOrderLife, MerchantOrderMoment } from './merchant-order.ts';
import { SITES } from '../mercadopago-places/places.ts';
import type { InstoreSettings } from './settings.ts';
import { wireTime } from '../mercadopago-places/wire-time.ts';

export type WirePayment = {
  id: number;
  transaction_amount: number;
  total_paid_amount: number;
  shipping_cost: number;
  currency_id: string;
  status: string;
  status_detail: string;
  operation_type: string;
  date_created: string;
  date_approved: string | null;
  last_modified: string;
  amount_refunded: number;
};

export type WireMerchantOrder = {
  id: number;
  status: string;
  order_status: string;
  external_reference: string;
  preference_id: string;
  application_id: string;
  site_id: string;
  marketplace: string;
  notification_url: string | null;
  sponsor_id: number | null;
  date_created: string;
  last_updated: string;
  collector: { id: number; email: string; nickname: string };
  payer: { id: number; email: string } | null;
  items: readonly unknown[];
  total_amount: number;
  paid_amount: number;
  refunded_amount: number;
  shipping_cost: number;
  shipments: readonly unknown[];
  payouts: readonly unknown[];
  payments?: WirePayment[];
  cancelled: boolean;
  is_test: boolean;
  additional_info: string;
};

export function wireMerchantOrderOf(
  order: InstoreOrder,
  scan: MerchantOrder,
  settings: InstoreSettings,
  moment: MerchantOrderMoment = scan.moment,
): WireMerchantOrder {
  const { terms } = order;
  const { life, updatedAtMs } = moment;
  const amount = (minor: number): number => numberOfMinor(minor, terms.country);
  const chargedMinor = chargedMinorOf(terms);
  const isPaid = 'payment' in life;
  return {
    id: scan.id,
    status: isPaid ? 'closed' : life.state,
    order_status: orderStatusOf(life, settings),
    external_reference: terms.externalReference,
    preference_id: terms.id,
    application_id: settings.applicationId,
    site_id: SITES[terms.country].siteId,
    marketplace: 'NONE',
    notification_url: terms.notificationUrl ?? null,
    sponsor_id: terms.sponsorId ?? null,
    date_created: wireTime(scan.createdAtMs),
    last_updated: wireTime(updatedAtMs),
    collector: { id: Number(terms.userId), email: '', nickname: settings.merchantName },
    payer: isPaid ? { id: scan.payerId, email: '' } : null,
    items: terms.items,
    total_amount: amount(terms.statedTotalMinor),
    paid_amount: isPaid ? amount(chargedMinor) : 0,
    refunded_amount: life.state === 'returned' ? amount(chargedMinor) : 0,
    shipping_cost: 0,
    shipments: [],
    payouts: isPaid && settings.withdrawalShownIn === 'payouts' ? [payoutOf(order, life)] : [],
    payments: paymentsOf(order, scan, moment, settings),
    cancelled: false,
    is_test: settings.isTest,
    additional_info: '',
  };
}

function orderStatusOf(life: MerchantOrderLife, settings: InstoreSettings): string {
  switch (life.state) {
    case 'opened':
      return life.isCustomerPaying ? 'payment_in_process' : 'payment_required';
    case 'expired':
      return 'expired';
    case 'paid':
    case 'confirmed':
    case 'returning':
      return 'paid';
    case 'returned':
      return settings.orderStatusWords === 'reference' ? 'reverted' : 'refunded';
    default:
      return life satisfies never;
  }
}

/** Refused payments stay in the list beside the one that went through. */
function paymentsOf(
  order: InstoreOrder,
  scan: MerchantOrder,
  { life, rejectedPaymentIds, updatedAtMs }: MerchantOrderMoment,
  settings: InstoreSettings,
): WirePayment[] {
  const { terms } = order;
  const shownMinor = settings.withdrawalShownIn === 'payouts' ? terms.purchaseMinor : chargedMinorOf(terms);
  const shown = numberOfMinor(shownMinor, terms.country);
  const common = {
    transaction_amount: shown,
    shipping_cost: 0,
    currency_id: COUNTRIES[terms.country].currency,
    operation_type: 'regular_payment',
  };
  const unpaid = { ...common, total_paid_amount: 0, date_approved: null, amount_refunded: 0 };
  const payments: WirePayment[] = rejectedPaymentIds.map((id) => ({
    ...unpaid,
    id,
    status: 'rejected',
    status_detail: 'cc_rejected_insufficient_amount',
    date_created: wireTime(scan.createdAtMs),
    last_modified: wireTime(scan.createdAtMs),
  }));
  if (!('payment' in life) || shownMinor === 0) return payments;
  const isReturned = life.state === 'returned';
  const approvedAt = wireTime(life.payment.atMs);
  return [
    ...payments,
    {
      ...common,
      id: life.payment.id,
      total_paid_amount: shown,
      status: isReturned ? 'refunded' : 'approved',
      status_detail: isReturned ? 'refunded' : 'accredited',
      date_created: approvedAt,
      date_approved: approvedAt,
      last_modified: wireTime(updatedAtMs),
      amount_refunded: isReturned ? shown : 0,
    },
  ];
}

function payoutOf({ terms }: InstoreOrder, life: MerchantOrderLife): unknown {
  return {
    amount: numberOfMinor(terms.cashOutMinor, terms.country),
    currency_id: COUNTRIES[terms.country].currency,
    status: life.state === 'returned' ? 'refunded' : 'approved',
    operation_type: 'cash_out',
  };
}
