/** Wrong answers: an order's wire form changed by a fault. What the network itself believes stays as it was. */
import type { ChosenFault } from '../script.ts';
import { amountOf, COUNTRIES, minorOf } from './countries.ts';
import type { Country } from './countries.ts';
import { qrDataOf, withWrongChecksum } from './emv-qr.ts';
import type { MercadoPagoFault } from './faults.ts';
import type { OrderTerms } from './order.ts';
import type { MercadoPagoSettings } from './settings.ts';
import type { WireOrder } from './wire-order.ts';

export function distort(
  wire: WireOrder,
  chosen: ChosenFault<MercadoPagoFault> | undefined,
  terms: OrderTerms,
  settings: MercadoPagoSettings,
): WireOrder {
  switch (chosen?.fault) {
    case 'another-order-id':
      return { ...wire, id: anotherId(wire.id) };
    case 'another-amount':
      return withAmount(wire, chosen.amount ?? moreThan(terms.cashOut.amount, terms.country));
    case 'another-reference':
      return { ...wire, external_reference: `${wire.external_reference.slice(0, 60)}X` };
    case 'another-pos':
      return { ...wire, config: { qr: { ...wire.config.qr, external_pos_id: 'ANOTHERPOS' } } };
    case 'another-user':
      return { ...wire, user_id: '999999999' };
    case 'another-currency':
      return { ...wire, currency: wire.currency === 'ARS' ? 'BRL' : 'ARS' };
    case 'missing-currency': {
      const { currency: _left, ...rest } = wire;
      return rest;
    }
    case 'two-cash-outs':
      return withSecondCashOut(wire);
    case 'unknown-status':
      return { ...wire, status: 'under_review', status_detail: 'pending_review' };
    case 'cash-out-not-processed':
      return wire.status === 'processed' ? withWaitingCashOuts(wire) : wire;
    case 'cancelled-spelling':
      return wire.status === 'canceled' ? { ...wire, status: 'cancelled', status_detail: 'cancelled' } : wire;
    case 'detail-processed':
      return wire.status === 'processed' ? { ...wire, status_detail: 'processed' } : wire;
    case 'detail-accredited':
      return wire.status === 'processed' ? { ...wire, status_detail: 'accredited' } : wire;
    case 'missing-qr': {
      const { type_response: _left, ...rest } = wire;
      return rest;
    }
    case 'wrong-qr-checksum':
      return withQr(wire, withWrongChecksum);
    case 'wrong-qr-amount': {
      const amount = chosen.amount ?? moreThan(terms.totalAmount, terms.country);
      return withQr(wire, (qrData) => qrAgain(qrData, amount, terms, settings));
    }
    case 'no-qr-amount':
      return withQr(wire, (qrData) => qrAgain(qrData, null, terms, settings));
    default:
      return wire;
  }
}

export function anotherId(id: string): string {
  return id.slice(0, -4) + (id.endsWith('0000') ? '1111' : '0000');
}

function moreThan(amount: string, country: Country): string {
  return amountOf((minorOf(amount, country) ?? 0) + 10_000, country);
}

function withAmount(wire: WireOrder, amount: string): WireOrder {
  const cashOuts = wire.transactions.cash_outs.map((cashOut) => ({ ...cashOut, amount }));
  return { ...wire, total_amount: amount, transactions: { ...wire.transactions, cash_outs: cashOuts } };
}

function withWaitingCashOuts(wire: WireOrder): WireOrder {
  const waiting = { status: 'created', status_detail: 'ready_to_process' };
  const cashOuts = wire.transactions.cash_outs.map((cashOut) => ({ ...cashOut, ...waiting }));
  return { ...wire, transactions: { ...wire.transactions, cash_outs: cashOuts } };
}

function withSecondCashOut(wire: WireOrder): WireOrder {
  const [first] = wire.transactions.cash_outs;
  if (first === undefined) return wire;
  const second = { ...first, id: first.id.slice(0, -4) + (first.id.endsWith('2222') ? '3333' : '2222') };
  return { ...wire, transactions: { ...wire.transactions, cash_outs: [first, second] } };
}

function withQr(wire: WireOrder, change: (qrData: string) => string): WireOrder {
  if (wire.type_response === undefined) return wire;
  return { ...wire, type_response: { qr_data: change(wire.type_response.qr_data) } };
}

function qrAgain(qrData: string, amount: string | null, terms: OrderTerms, settings: MercadoPagoSettings): string {
  const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(qrData)?.[0] ?? '';
  const { numeric, alpha2, city } = COUNTRIES[terms.country];
  return qrDataOf({ uuid, numericCurrency: numeric, amount, alpha2, merchantName: settings.merchantName, city });
}
