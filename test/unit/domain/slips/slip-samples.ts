/** One shop's day as facts, for every kind of slip: the same samples are laid out, encoded, drawn and read back. */
import type { Locale } from '../../../../src-main/core/domain/locale.ts';
import { LOCALES } from '../../../../src-main/core/domain/locale.ts';
import { money } from '../../../../src-main/core/domain/money.ts';
import type { Purchase } from '../../../../src-main/core/domain/purchase.ts';
import { cashOutReceipt } from '../../../../src-main/core/domain/slips/cash-out-receipt.ts';
import { dropSlip } from '../../../../src-main/core/domain/slips/drop-slip.ts';
import { voucherText } from '../../../../src-main/core/domain/payouts/voucher.ts';
import { payoutSlip } from '../../../../src-main/core/domain/slips/payout-slip.ts';
import { qrSlip } from '../../../../src-main/core/domain/slips/qr-slip.ts';
import { xReport, zReport } from '../../../../src-main/core/domain/slips/shift-report.ts';
import type { SlipDocument } from '../../../../src-main/core/domain/slips/slip-document.ts';
import type { SlipFrame } from '../../../../src-main/core/domain/slips/slip-frame.ts';
import { testSlip } from '../../../../src-main/core/domain/slips/test-slip.ts';

/** MX 500.00, with the checksum that the payload standard asks for. */
export const QR_DATA =
  '00020101021243650016com.mercadolibre0201306360f3d2c1b-1111-4222-8333-9444455556665204000053034845406500.005802MX5914CAJA DE PRUEBA6006PUEBLA62070503***6304C8EC';

export const AT_MS = Date.UTC(2025, 10, 21, 20, 32, 5);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const mxn = (minor: number) => money('MXN', minor);

export function frame(changes: Partial<SlipFrame> = {}): SlipFrame {
  return {
    locale: 'es',
    timeZone: 'America/Mexico_City',
    shopName: 'Abarrotes La Esperanza',
    tillName: '3',
    mode: 'live',
    copyNumber: 0,
    ...changes,
  };
}

const TOTALS = {
  shiftNumber: 128,
  cashierName: 'María Fernanda Núñez',
  openedAtMs: AT_MS - 8 * HOUR_MS,
  openingFloat: mxn(2_500_000),
  dispensed: { count: 31, sum: mxn(1_485_000) },
  drops: { count: 1, sum: mxn(260_000) },
  returned: { count: 2, sum: mxn(130_000) },
  cancelled: { count: 4, sum: mxn(250_000) },
  payouts: {
    started: 6,
    notesInstead: { count: 1, sum: mxn(40_000) },
    open: [
      { name: 'A. R.', amount: money('PEN', 25_050), state: 'delivered' },
      { name: 'J. C.', amount: money('BRL', 300_000), state: 'on_hold' },
    ],
  },
  noSaleOpenings: 1,
  openCases: { count: 1, atRisk: mxn(50_000) },
  reconciliation: { endedAtMs: AT_MS, agree: 41, counts: [{ kind: 'paid-not-given', count: 1 }] },
  journalHead: { seq: 4127, hash: '9f2c4e81'.padEnd(56, '0') + 'a77b03d5' },
} as const;

const item = (title: string, quantity: number, unitPriceMinor: number, measure: 'unit' | 'pack' = 'unit') => ({
  sku: title.slice(0, 6).toUpperCase(),
  category: 'FOOD',
  title,
  description: title,
  unitPriceMinor,
  quantity,
  measure,
  totalMinor: unitPriceMinor * quantity,
});

const PURCHASE: Purchase = {
  items: [
    item('Leche entera 1 L', 2, 2_890),
    item('Café molido de altura, tueste oscuro, bolsa de 500 g', 1, 14_950),
    item('Cerveza clara 355 ml', 2, 11_600, 'pack'),
  ],
  totalMinor: 43_930,
};

export const SAMPLE_SLIPS: Readonly<Record<string, (frame: SlipFrame) => SlipDocument>> = {
  qr: (slipFrame) =>
    qrSlip(
      {
        amount: mxn(50_000),
        qrData: QR_DATA,
        walletName: 'Mercado Pago',
        externalReference: 'VT01JD7Q2MZK4XH8T0W5R9CB',
        offeredAtMs: AT_MS,
        expiresAtMs: AT_MS + 15 * MINUTE_MS,
      },
      slipFrame,
    ),
  receipt: (slipFrame) =>
    cashOutReceipt(
      {
        outcome: 'dispensed',
        amount: mxn(150_000),
        networkName: 'Mercado Pago',
        networkOrderId: 'ORD01JD7Q2S5V9N3ZC1R8KXTW4EFG',
        paymentReference: '134718429006',
        externalReference: 'VT01JD7Q2MZK4XH8T0W5R9CB',
        atMs: AT_MS,
        cashierName: TOTALS.cashierName,
        journalSeq: 4127,
        notes: { '50000': 2, '20000': 2, '10000': 1 },
      },
      slipFrame,
    ),
  'qr-purchase': (slipFrame) =>
    qrSlip(
      {
        amount: mxn(50_000),
        purchase: PURCHASE,
        qrData: QR_DATA,
        walletName: 'Mercado Pago',
        externalReference: 'VT01JD7Q2MZK4XH8T0W5R9CB',
        offeredAtMs: AT_MS,
        expiresAtMs: AT_MS + 15 * MINUTE_MS,
      },
      slipFrame,
    ),
  'receipt-purchase': (slipFrame) =>
    cashOutReceipt(
      {
        outcome: 'dispensed',
        amount: mxn(50_000),
        purchase: PURCHASE,
        networkName: 'Mercado Pago',
        networkOrderId: 'CAJA07-VT01JD7Q2MZK4XH8T0W5R9CB',
        paymentReference: '134718429006',
        externalReference: 'VT01JD7Q2MZK4XH8T0W5R9CB',
        atMs: AT_MS,
        cashierName: TOTALS.cashierName,
        journalSeq: 4127,
        notes: { '20000': 2, '10000': 1 },
      },
      slipFrame,
    ),
  'returned-purchase': (slipFrame) =>
    cashOutReceipt(
      {
        outcome: 'returned',
        amount: mxn(50_000),
        purchase: PURCHASE,
        networkName: 'Mercado Pago',
        networkOrderId: 'CAJA07-VT01JD7Q2MZK4XH8T0W5R9CB',
        paymentReference: '134718429006',
        externalReference: 'VT01JD7Q2MZK4XH8T0W5R9CB',
        atMs: AT_MS,
        cashierName: TOTALS.cashierName,
        journalSeq: 4131,
      },
      slipFrame,
    ),
  returned: (slipFrame) =>
    cashOutReceipt(
      {
        outcome: 'returned',
        amount: mxn(150_000),
        networkName: 'Mercado Pago',
        networkOrderId: 'ORD01JD7Q2S5V9N3ZC1R8KXTW4EFG',
        paymentReference: '134718429006',
        externalReference: 'VT01JD7Q2MZK4XH8T0W5R9CB',
        atMs: AT_MS,
        cashierName: TOTALS.cashierName,
        journalSeq: 4131,
      },
      slipFrame,
    ),
  cancelled: (slipFrame) =>
    cashOutReceipt(
      {
        outcome: 'cancelled',
        amount: mxn(150_000),
        networkName: 'Mercado Pago',
        networkOrderId: 'ORD01JD7Q2S5V9N3ZC1R8KXTW4EFG',
        externalReference: 'VT01JD7Q2MZK4XH8T0W5R9CB',
        atMs: AT_MS,
        cashierName: TOTALS.cashierName,
        journalSeq: 4133,
      },
      slipFrame,
    ),
  x: (slipFrame) => xReport({ ...TOTALS, takenAtMs: AT_MS }, slipFrame),
  z: (slipFrame) =>
    zReport(
      {
        ...TOTALS,
        closedAtMs: AT_MS,
        expected: mxn(715_000),
        counted: mxn(714_500),
        notes: { '100000': 3, '50000': 5, '20000': 6, '10000': 3, '5000': 2, '2000': 2, '500': 1 },
        supervisorName: 'Joaquín Peña',
      },
      slipFrame,
    ),
  payout: (slipFrame) =>
    payoutSlip(
      {
        amount: money('PEN', 25_050),
        voucher: voucherText('CAJA0701K9ZZ7H4Q2V8D000000000011'),
        networkName: 'TuPay',
        beneficiary: 'A. R.',
        account: '••••6813',
        state: 'delivered',
        cashoutId: '8405147',
        requestedAtMs: AT_MS - MINUTE_MS,
        atMs: AT_MS,
        cashierName: 'Rosa Núñez',
      },
      slipFrame,
    ),
  drop: (slipFrame) =>
    dropSlip(
      {
        amount: mxn(300_000),
        notes: { '100000': 2, '50000': 2 },
        shiftNumber: 128,
        cashierName: TOTALS.cashierName,
        reason: 'Exceso de efectivo en el cajón a media jornada',
        bag: 'MX-004417',
        atMs: AT_MS,
        journalSeq: 4090,
      },
      slipFrame,
    ),
  test: (slipFrame) =>
    testSlip({ printerName: 'Generic 58 mm', codePageName: 'CP858', columns: 32, atMs: AT_MS }, slipFrame),
};

export const LANGUAGES: readonly Locale[] = LOCALES;
