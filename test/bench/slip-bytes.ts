/**
 * How many bytes a slip costs beyond what it says, for us and for other public encoders. At 9600 baud a byte is about a millisecond.
 *
 * Use     node test/bench/slip-bytes.ts
 * Output  one line each: bytes, and bytes ÷ (printed characters + bytes of the QR payload); then every kind of slip on 42 columns.
 */
import { encodeSlip } from '../../src-main/adapters/devices/printers/slip-encoder.ts';
import { layOutFor } from '../../src-main/adapters/devices/printers/slip-layout.ts';
import type { PrinterProfile } from '../../src-main/adapters/devices/printers/printer-profile.ts';
import type { SlipDocument } from '../../src-main/core/domain/slips/slip-document.ts';
import { EPSON } from '../adapters/devices/printer-bench.ts';
import { byNodeThermalPrinter, byReceiptPrinterEncoder, byReceiptline } from '../support/other-encoders.ts';
import { RECEIPT_DOCUMENT, measureOf } from '../support/receipt-document.ts';
import { SAMPLE_SLIPS, frame } from '../unit/domain/slips/slip-samples.ts';

function bytesOf(document: SlipDocument, profile: PrinterProfile): number {
  const bytes = encodeSlip(document, profile);
  if (!bytes.ok) throw new Error(JSON.stringify(bytes.error));
  return bytes.value.length;
}

function print(name: string, byteCount: number, document: SlipDocument): void {
  const { characters, payloadBytes } = measureOf(layOutFor(document, EPSON));
  const ratio = byteCount / (characters + payloadBytes);
  process.stdout.write(`${name.padEnd(44)}${String(byteCount).padStart(6)}  ${ratio.toFixed(3)}\n`);
}

process.stdout.write('Receipt, 42 columns, QR of 300 bytes\n');
print('ours', bytesOf(RECEIPT_DOCUMENT, EPSON), RECEIPT_DOCUMENT);
print('ours, without tab stops', bytesOf(RECEIPT_DOCUMENT, { ...EPSON, tabs: false }), RECEIPT_DOCUMENT);
print('ours, QR as a doubled picture', bytesOf(RECEIPT_DOCUMENT, { ...EPSON, qr: 'raster-quad' }), RECEIPT_DOCUMENT);
print('node-thermal-printer', byNodeThermalPrinter().length, RECEIPT_DOCUMENT);
print('@point-of-sale/receipt-printer-encoder', byReceiptPrinterEncoder().length, RECEIPT_DOCUMENT);
print('receiptline (QR as a picture)', byReceiptline().length, RECEIPT_DOCUMENT);
process.stdout.write('\nSlips of the till, 42 columns\n');
for (const [name, make] of Object.entries(SAMPLE_SLIPS)) {
  const document = make(frame());
  print(name, bytesOf(document, EPSON), document);
}
