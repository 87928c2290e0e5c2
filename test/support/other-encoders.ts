/**
 * One receipt, and what other public encoders make of it: an independent opinion on our bytes. Nothing of the till's is used here.
 * The receipt is the kind that a till prints most: 42 columns, a few lines with their amounts, and a payment code of 300 bytes.
 */
import { createRequire } from 'node:module';
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import { ThermalPrinter, breakLine, characterSet, types } from 'node-thermal-printer';
import type { transform as transformReceipt } from 'receiptline';

const receiptline = createRequire(import.meta.url)('receiptline') as { transform: typeof transformReceipt };

/** All characters that the payment standard's alphanumeric fields may hold, at the length of a long real code. */
const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index)).join('');
export const QR_300 =
  `00020101021243650016COM.MERCADOLIBRE0201306360F3D2C1B-1111-4222-8333-944445555666${PRINTABLE.repeat(3)}`
    .slice(0, 292)
    .concat('6304C8EC');

export const RECEIPT = {
  shop: 'Abarrotes La Esperanza',
  address: ['Av. Juárez 118, Puebla', 'RFC XAXX010101000'],
  till: ['Caja 3 · Núñez', '21 nov 2025, 14:32'],
  items: [
    ['2 Café de olla', '$ 58.00'],
    ['1 Pan dulce', '$ 14.50'],
    ['3 Agua mineral 600 ml', '$ 54.00'],
    ['1 Jabón de baño', '$ 23.90'],
  ],
  sums: [
    ['Compra', '$ 150.40'],
    ['Retiro en efectivo', '$ 500.00'],
  ],
  total: ['TOTAL', '$ 650.40'],
  scan: 'Pague con Mercado Pago',
  qr: QR_300,
  thanks: 'Gracias por su compra',
} as const;

const COLUMNS = 42;
const MODULE_DOTS = 5;

export function byNodeThermalPrinter(): Uint8Array {
  const printer = new ThermalPrinter({
    type: types.EPSON,
    interface: '',
    width: COLUMNS,
    characterSet: characterSet.PC858_EURO,
    breakLine: breakLine.NONE,
  });
  printer.alignCenter();
  printer.bold(true);
  printer.println(RECEIPT.shop);
  printer.bold(false);
  for (const line of RECEIPT.address) printer.println(line);
  printer.alignLeft();
  printer.leftRight(RECEIPT.till[0], RECEIPT.till[1]);
  printer.drawLine();
  for (const [name, price] of RECEIPT.items) printer.leftRight(name, price);
  printer.drawLine();
  for (const [name, sum] of RECEIPT.sums) printer.leftRight(name, sum);
  printer.setTextSize(1, 1);
  printer.bold(true);
  printer.println(pair(RECEIPT.total, COLUMNS / 2));
  printer.bold(false);
  printer.setTextNormal();
  printer.alignCenter();
  printer.println(RECEIPT.scan);
  printer.printQR(RECEIPT.qr, { cellSize: MODULE_DOTS, correction: 'L', model: 2 });
  printer.println(RECEIPT.thanks);
  printer.partialCut({ verticalTabAmount: 1 });
  return Uint8Array.from(printer.getBuffer());
}

export function byReceiptPrinterEncoder(): Uint8Array {
  const encoder = new ReceiptPrinterEncoder({ language: 'esc-pos', columns: COLUMNS, feedBeforeCut: 4 });
  const rows = (pairs: readonly (readonly [string, string])[]) =>
    encoder.table(
      [
        { width: 30, align: 'left' },
        { width: 12, align: 'right' },
      ],
      pairs.map(([left, right]) => [left, right]),
    );
  encoder.initialize().codepage('cp858').align('center').bold(true).line(RECEIPT.shop).bold(false);
  for (const line of RECEIPT.address) encoder.line(line);
  encoder.align('left').line(pair(RECEIPT.till, COLUMNS)).rule();
  rows(RECEIPT.items);
  encoder.rule();
  rows(RECEIPT.sums);
  encoder
    .size(2, 2)
    .bold(true)
    .line(pair(RECEIPT.total, COLUMNS / 2))
    .bold(false)
    .size(1, 1);
  encoder.align('center').line(RECEIPT.scan);
  encoder.qrcode(RECEIPT.qr, { model: 2, size: MODULE_DOTS, errorlevel: 'l' });
  return encoder.line(RECEIPT.thanks).cut('partial').encode();
}

/** It has no native QR: the code comes as a picture. */
export function byReceiptline(): Uint8Array {
  return Uint8Array.from(
    Buffer.from(receiptline.transform(receiptlineText(), { ...RECEIPTLINE, command: 'escpos' }), 'latin1'),
  );
}

/** The same as plain text, by the same program. */
export function textByReceiptline(): string {
  return receiptline.transform(receiptlineText(), { ...RECEIPTLINE, command: 'text' });
}

const RECEIPTLINE = { cpl: COLUMNS, encoding: 'cp858', spacing: false } as const;

function row([left, right]: readonly [string, string]): string {
  return `${left} | ${right}`;
}

function receiptlineText(): string {
  const qr = RECEIPT.qr.replaceAll(/[\\|{};~`_"]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16)}`);
  return [
    '{border:none}',
    `"${RECEIPT.shop}`,
    ...RECEIPT.address,
    row(RECEIPT.till),
    '-',
    ...RECEIPT.items.map(row),
    '-',
    ...RECEIPT.sums.map(row),
    row(RECEIPT.total),
    RECEIPT.scan,
    `{code:${qr}; option:qrcode,${MODULE_DOTS},L}`,
    RECEIPT.thanks,
    '=',
  ].join('\n');
}

function pair([left, right]: readonly [string, string], columns: number): string {
  return `${left}${right.padStart(columns - left.length)}`;
}
