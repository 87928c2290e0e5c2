/** Wrong answers: codes and merchant orders changed by a fault. What the network itself believes stays as it was. */
import type { ChosenFault } from '../script.ts';
import { COUNTRIES } from '../mercadopago-orders/countries.ts';
import { qrDataOf, withWrongChecksum } from '../mercadopago-orders/emv-qr.ts';
import { amountText } from './amounts.ts';
import type { InstoreFault } from './faults.ts';
import type { OrderTerms } from './instore-order.ts';
import type { InstoreSettings } from './settings.ts';
import type { WireMerchantOrder, WirePayment } from './wire-merchant-order.ts';

/** Undefined when the answer shall have no code at all. */
export function spoilQr(
  qrData: string,
  chosen: ChosenFault<InstoreFault> | undefined,
  terms: OrderTerms,
  settings: InstoreSettings,
): string | undefined {
  switch (chosen?.fault) {
    case 'missing-qr':
      return undefined;
    case 'wrong-qr-checksum':
      return withWrongChecksum(qrData);
    case 'no-qr-amount':
      return qrAgain(qrData, null, terms, settings);
    case 'wrong-qr-amount': {
      const moreMinor = terms.purchaseMinor + terms.cashOutMinor + 10_000;
      return qrAgain(qrData, chosen.amount ?? amountText(moreMinor, terms.country), terms, settings);
    }
    default:
      return qrData;
  }
}

export function distort(wire: WireMerchantOrder, chosen: ChosenFault<InstoreFault> | undefined): WireMerchantOrder {
  switch (chosen?.fault) {
    case 'another-amount':
      return withAmount(wire, chosen.amount === undefined ? wire.total_amount + 100 : Number(chosen.amount));
    case 'another-reference':
      return { ...wire, external_reference: `${wire.external_reference.slice(0, 60)}X` };
    case 'another-collector':
      return { ...wire, collector: { ...wire.collector, id: 999_999_999 } };
    case 'another-currency':
      return withPayments(wire, (payment) => ({
        ...payment,
        currency_id: payment.currency_id === 'ARS' ? 'BRL' : 'ARS',
      }));
    case 'missing-payments': {
      const { payments: _left, ...rest } = wire;
      return rest;
    }
    case 'partly-paid':
      return wire.status === 'closed'
        ? { ...wire, status: 'opened', order_status: 'partially_paid', paid_amount: wire.paid_amount / 2 }
        : wire;
    case 'payment-not-approved':
      return withPayments(wire, (payment) => ({ ...payment, status: 'in_process', status_detail: 'pending_review' }));
    case 'unknown-status':
      return { ...wire, status: 'under_review', order_status: 'undefined' };
    default:
      return wire;
  }
}

/** The list of a search, with one closed order shown a second time under another id. */
export function withSecondClosed(
  elements: readonly WireMerchantOrder[],
  chosen: ChosenFault<InstoreFault> | undefined,
): readonly WireMerchantOrder[] {
  const closed = elements.find(({ status }) => status === 'closed');
  return chosen?.fault === 'two-closed' && closed !== undefined
    ? [...elements, { ...closed, id: closed.id + 1 }]
    : elements;
}

function withAmount(wire: WireMerchantOrder, amount: number): WireMerchantOrder {
  const isPaid = wire.status === 'closed';
  const changed = withPayments(wire, (payment) => ({
    ...payment,
    transaction_amount: amount,
    ...(isPaid && { total_paid_amount: amount }),
  }));
  return { ...changed, total_amount: amount, ...(isPaid && { paid_amount: amount }) };
}

function withPayments(wire: WireMerchantOrder, change: (payment: WirePayment) => WirePayment): WireMerchantOrder {
  return wire.payments === undefined ? wire : { ...wire, payments: wire.payments.map(change) };
}

function qrAgain(qrData: string, amount: string | null, terms: OrderTerms, settings: InstoreSettings): string {
  const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(qrData)?.[0] ?? '';
  const { numeric, alpha2, city } = COUNTRIES[terms.country];
  return qrDataOf({ uuid, numericCurrency: numeric, amount, alpha2, merchantName: settings.merchantName, city });
}
