/**
 * An order in the words of the wire.
 *
 * Source  Mercado Pago qr-code-ca, payment processing: answers of create, query, cancel and refund.
 */
import { amountOf, COUNTRIES, minorOf } from './countries.ts';
import type { Order, OrderLife, OrderMoment, Refund } from './order.ts';
import type { MercadoPagoSettings } from './settings.ts';

export type WireTransaction = {
  id: string;
  reference_id?: string;
  amount: string;
  status: string;
  status_detail: string;
  additional_info?: Readonly<Record<string, unknown>>;
};
export type WireRefund = {
  id: string;
  transaction_id: string;
  reference_id: string;
  amount: string;
  status: string;
};
export type WireOrder = {
  id: string;
  type: string;
  processing_mode: string;
  external_reference: string;
  description?: string;
  total_amount: string;
  expiration_time: string;
  country_code: string;
  user_id: string;
  status: string;
  status_detail: string;
  currency?: string;
  created_date: string;
  last_updated_date: string;
  integration_data: Readonly<Record<string, unknown>>;
  transactions: { payments?: WireTransaction[]; cash_outs: WireTransaction[]; refunds?: WireRefund[] };
  config: { qr: { external_pos_id: string; mode: string } };
  type_response?: { qr_data: string };
};
export type WireRefundAnswer = Readonly<{
  id: string;
  status: string;
  status_detail: string;
  transactions: Readonly<{ refunds: readonly WireRefund[] }>;
}>;

/** The statuses as the settings spell them. */
export function wireStatusOf(life: OrderLife, settings: MercadoPagoSettings): { status: string; detail: string } {
  switch (life.state) {
    case 'created':
      return { status: 'created', detail: 'created' };
    case 'canceled':
      return { status: settings.canceledSpelling, detail: settings.canceledSpelling };
    case 'expired':
      return { status: 'expired', detail: 'expired' };
    case 'processed':
      return { status: 'processed', detail: settings.processedDetail };
    case 'refunded':
      return { status: 'refunded', detail: 'refunded' };
    default:
      return life satisfies never;
  }
}

function transactionStatusOf(life: OrderLife, settings: MercadoPagoSettings): { status: string; detail: string } {
  if (life.state === 'created') return { status: 'created', detail: settings.createdDetail };
  if (life.state === 'canceled') return { status: settings.canceledSpelling, detail: 'canceled_by_api' };
  if (life.state === 'processed') return { status: 'processed', detail: 'accredited' };
  return { status: life.state, detail: life.state };
}

export function wireOrderOf(
  order: Order,
  settings: MercadoPagoSettings,
  moment: OrderMoment = order.moment,
): WireOrder {
  const { terms } = order;
  const { life, updatedAtMs } = moment;
  const { countryCode, currency } = COUNTRIES[terms.country];
  const { status, detail } = wireStatusOf(life, settings);
  const transaction = transactionStatusOf(life, settings);
  const paid = 'payment' in life ? life.payment : undefined;
  const common = {
    ...(paid !== undefined && { reference_id: paid.referenceId }),
    status: transaction.status,
    status_detail: transaction.detail,
  };
  const { id, amount, additionalInfo } = terms.cashOut;
  const refunds = 'refunds' in life ? life.refunds : [];
  return {
    id: terms.id,
    type: 'qr',
    processing_mode: 'automatic',
    external_reference: terms.externalReference,
    ...(terms.description !== undefined && { description: terms.description }),
    total_amount: totalOf(order, life),
    expiration_time: terms.expirationTime,
    country_code: countryCode,
    user_id: terms.userId,
    status,
    status_detail: detail,
    currency,
    created_date: new Date(terms.createdAtMs).toISOString(),
    last_updated_date: new Date(updatedAtMs).toISOString(),
    integration_data: terms.integrationData,
    transactions: {
      ...(terms.purchase !== undefined && { payments: [{ ...terms.purchase, ...common }] }),
      cash_outs: [
        {
          id,
          amount: paid?.amount ?? amount,
          ...common,
          ...(additionalInfo !== undefined && { additional_info: additionalInfo }),
        },
      ],
      ...(refunds.length > 0 && { refunds: refunds.map((refund) => wireRefundOf(order, life, refund)) }),
    },
    config: { qr: { external_pos_id: terms.externalPosId, mode: terms.mode } },
    ...(terms.qrData !== undefined && { type_response: { qr_data: terms.qrData } }),
  };
}

/** The short answer of a refund. */
export function wireRefundAnswerOf(order: Order, settings: MercadoPagoSettings): WireRefundAnswer {
  const { life } = order.moment;
  const { status, detail } = wireStatusOf(life, settings);
  const refunds = 'refunds' in life ? life.refunds : [];
  return {
    id: order.terms.id,
    status,
    status_detail: detail,
    transactions: { refunds: refunds.map((refund) => wireRefundOf(order, life, refund)) },
  };
}

function wireRefundOf(order: Order, life: OrderLife, refund: Refund): WireRefund {
  return {
    id: refund.id,
    transaction_id: order.terms.cashOut.id,
    reference_id: refund.referenceId,
    amount: totalOf(order, life),
    status: refund.status,
  };
}

/** A payer who may choose the amount changes the total with it. */
function totalOf({ terms }: Order, life: OrderLife): string {
  if (!('payment' in life) || life.payment.amount === terms.cashOut.amount) return terms.totalAmount;
  const paidMinor = minorOf(life.payment.amount, terms.country) ?? 0;
  const purchaseMinor = terms.purchase === undefined ? 0 : (minorOf(terms.purchase.amount, terms.country) ?? 0);
  return amountOf(paidMinor + purchaseMinor, terms.country);
}
