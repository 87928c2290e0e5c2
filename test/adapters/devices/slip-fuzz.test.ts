/** Names, references and reasons come from people and networks. Whatever stands in them is printed or left out, never obeyed. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOutFor } from '../../../src-main/adapters/devices/printers/slip-layout.ts';
import { CURRENCY_CODES, formatMoney, money } from '../../../src-main/core/domain/money.ts';
import { cashOutReceipt } from '../../../src-main/core/domain/slips/cash-out-receipt.ts';
import { dropSlip } from '../../../src-main/core/domain/slips/drop-slip.ts';
import { payoutSlip } from '../../../src-main/core/domain/slips/payout-slip.ts';
import { qrSlip } from '../../../src-main/core/domain/slips/qr-slip.ts';
import type { SlipDocument } from '../../../src-main/core/domain/slips/slip-document.ts';
import type { SlipFrame } from '../../../src-main/core/domain/slips/slip-frame.ts';
import { AT_MS, LANGUAGES, frame } from '../../unit/domain/slips/slip-samples.ts';
import { PROFILES, printed, profile } from './printer-bench.ts';

/** ESC p and DLE DC4 open a drawer, GS V cuts, ESC = switches a printer off; DLE EOT is answered at once. */
const COMMANDS = [
  '\u001bp\u0000\u0019\u00fa',
  '\u0010\u0014\u0001\u0000\u0005',
  '\u001dV\u0000',
  '\u001b=\u0000',
  '\u0010\u0004\u0001',
];
/** Right-to-left marks, joiners, an emoji of four, letters taken apart, the other half of a pair alone. */
const ODDITIES = [
  '\u202eabc\u202c',
  'a\u200db',
  '👩🏽‍🚀',
  'n\u0303o\u0301',
  '\ud83d',
  'e'.padEnd(12, '\u0301'),
  '\u0085\u2028',
  'ﷺ',
  '₡₲€',
];
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(...COMMANDS, ...ODDITIES),
);
const anyText = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(''));

const texts = fc.record({ shop: anyText, till: anyText, name: anyText, reference: anyText, order: anyText });
const amounts = fc.record({
  currency: fc.constantFrom(...CURRENCY_CODES),
  minor: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
});
type Texts = typeof texts extends fc.Arbitrary<infer Value> ? Value : never;
type Amount = typeof amounts extends fc.Arbitrary<infer Value> ? Value : never;
type Make = (texts: Texts, amount: Amount, slipFrame: SlipFrame) => SlipDocument;

const SLIPS: readonly Make[] = [
  ({ name, reference }, { currency, minor }, slipFrame) =>
    qrSlip(
      {
        amount: money(currency, minor),
        qrData: '00020101021263',
        walletName: name,
        externalReference: reference,
        offeredAtMs: AT_MS,
        expiresAtMs: AT_MS,
      },
      slipFrame,
    ),
  ({ name, reference, order }, { currency, minor }, slipFrame) =>
    cashOutReceipt(
      {
        outcome: 'returned',
        amount: money(currency, minor),
        networkName: name,
        networkOrderId: order,
        paymentReference: reference,
        externalReference: reference,
        atMs: AT_MS,
        cashierName: name,
        journalSeq: 1,
      },
      slipFrame,
    ),
  ({ name, reference, order }, { currency, minor }, slipFrame) =>
    dropSlip(
      {
        amount: money(currency, minor),
        shiftNumber: 1,
        cashierName: name,
        reason: order,
        bag: reference,
        atMs: AT_MS,
        journalSeq: 1,
      },
      slipFrame,
    ),
  ({ name, reference, order }, { currency, minor }, slipFrame) =>
    payoutSlip(
      {
        amount: money(currency, minor),
        voucher: 'VPCAJA0701',
        networkName: name,
        beneficiary: order,
        account: reference,
        pickupReference: order,
        state: 'pending',
        requestedAtMs: AT_MS,
        atMs: AT_MS,
        cashierName: name,
      },
      slipFrame,
    ),
];
const USED = new Set(
  'ESC @|FS .|ESC R|ESC t|ESC 3|ESC D|ESC a|ESC E|ESC !|GS !|GS B|ESC J|GS V|GS ( k|GS v 0|LF|HT'.split('|'),
);
const STAR_USED = new Set(
  'ESC @|CAN|ESC R|ESC z|ESC GS a|ESC GS t|ESC E|ESC F|ESC 4|ESC 5|ESC i|ESC I|ESC d|ESC GS y S|ESC GS y D|ESC GS y P|LF'.split(
    '|',
  ),
);

test('no text in any field becomes a command, leaves the paper’s width, or costs an amount a digit', () => {
  const printers = [...PROFILES, profile('bematech-mp-4200-th'), profile('star-tsp650ii')];
  fc.assert(
    fc.property(
      texts,
      amounts,
      fc.constantFrom(...SLIPS),
      fc.constantFrom(...printers),
      fc.constantFrom(...LANGUAGES),
      (text, amount, make, printer, locale) => {
        const document = make(text, amount, frame({ locale, shopName: text.shop, tillName: text.till }));
        const { printer: device, paper } = printed(document, printer);
        const used = printer.dialect === 'escpos' ? USED : STAR_USED;
        expect(device.commands().filter((command) => command !== 'text' && !used.has(command))).toEqual([]);
        expect([device.pulses(), device.unknown(), device.troubles()]).toEqual([[], [], []]);
        const shown = formatMoney(money(amount.currency, amount.minor)).replaceAll('\u00a0', ' ');
        const lines = layOutFor(document, printer);
        expect(
          lines.every((line) => line.kind !== 'text' || line.text.length * line.widthScale <= printer.columns),
        ).toBe(true);
        expect(paper.text.split('\n').map((line) => line.trim())).toContain(spelt(shown));
      },
    ),
    { numRuns: 120 },
  );
});

/** Signs that the page lacks are spelt out; the digits are what must be whole. */
function spelt(amount: string): string {
  return amount.replace('₡', 'CRC').replace('₲', 'Gs.');
}
