import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOut, wrap } from '../../../src-main/adapters/devices/printers/slip-layout.ts';
import type { LaidLine } from '../../../src-main/adapters/devices/printers/slip-layout.ts';
import { canPrint } from '../../../src-main/adapters/devices/text/code-pages.ts';
import { CURRENCY_CODES, formatMoney, money } from '../../../src-main/core/domain/money.ts';
import { centred, pair } from '../../../src-main/core/domain/slips/slip-document.ts';
import { LANGUAGES, SAMPLE_SLIPS, frame } from '../../unit/domain/slips/slip-samples.ts';
import { slipOf } from './printer-bench.ts';

const COLUMNS = [32, 42, 48];
const paper = (columns: number) => ({ columns, canPrint: (character: string) => canPrint(character, 'CP858') });

function cellsOf(line: LaidLine): number {
  return line.kind === 'text' ? line.text.length * line.widthScale : 0;
}

function textsOf(lines: readonly LaidLine[]): readonly string[] {
  return lines.flatMap((line) => (line.kind === 'text' ? [line.text] : []));
}

test('every slip in every language stays on the paper, on 32, 42 and 48 columns', () => {
  for (const [name, make] of Object.entries(SAMPLE_SLIPS)) {
    for (const locale of LANGUAGES) {
      for (const columns of COLUMNS) {
        const lines = layOut(make(frame({ locale, mode: 'training', copyNumber: 12 })), paper(columns));
        const widest = Math.max(...lines.map(cellsOf));
        expect(widest, `${name} ${locale} ${columns}`).toBeLessThanOrEqual(columns);
        expect(textsOf(lines).every((text) => text !== '')).toBe(true);
      }
    }
  }
});

const amounts = fc.record({
  minor: fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
  currency: fc.constantFrom(...CURRENCY_CODES),
});

test('an amount is never cut: beside any label, whole on one line and against the right edge', () => {
  fc.assert(
    fc.property(
      amounts,
      fc.string({ unit: 'grapheme', maxLength: 70 }),
      fc.constantFrom(...COLUMNS),
      (amount, label, columns) => {
        const shown = formatMoney(money(amount.currency, amount.minor), { decimals: 'always' });
        const lines = layOut(slipOf(pair(label, shown, { size: 'big' })), paper(columns));
        expect(lines.every((line) => cellsOf(line) <= columns)).toBe(true);
        expect(textsOf(lines).at(-1)?.endsWith(shown.replaceAll('\u00a0', ' '))).toBe(true);
        expect(cellsOf(lines.at(-1) ?? { kind: 'cut' })).toBeGreaterThan(columns - 2);
      },
    ),
  );
});

test('the largest amount of a slip shrinks until it fits, and stays whole', () => {
  fc.assert(
    fc.property(amounts, fc.constantFrom(...COLUMNS), (amount, columns) => {
      const shown = formatMoney(money(amount.currency, amount.minor));
      const [line, ...more] = layOut(slipOf(centred(shown, { size: 'hero' })), paper(columns));
      expect(more).toEqual([]);
      expect(line?.kind === 'text' && line.text).toBe(shown.replaceAll('\u00a0', ' '));
      expect(line && cellsOf(line)).toBeLessThanOrEqual(columns);
    }),
  );
});

test('a small amount stands three times as large even on the narrowest paper', () => {
  expect(layOut(slipOf(centred('$ 1,500', { size: 'hero' })), paper(32))).toMatchObject([
    { widthScale: 3, heightScale: 3 },
  ]);
});

test('a reference that does not fit beside its label stands below it, complete', () => {
  const reference = 'ORD01JD7Q2S5V9N3ZC1R8KXTW4EFG';
  expect(textsOf(layOut(slipOf(pair('Referencia', reference)), paper(32)))).toEqual([
    'Referencia',
    reference.padStart(32),
  ]);
});

test('a value of several lines reads as a paragraph below its label', () => {
  expect(textsOf(layOut(slipOf(pair('Motivo', 'Exceso de efectivo en el cajón a media jornada')), paper(32)))).toEqual([
    'Motivo',
    '  Exceso de efectivo en el cajón',
    '  a media jornada',
  ]);
});

test('a line never ends between a currency’s symbol and its digits', () => {
  const amount = formatMoney(money('MXN', 50_000));
  const step = { kind: 'step', marker: '2.', text: `Scan the code and confirm ${amount}.` } as const;
  expect(textsOf(layOut(slipOf(step), paper(32)))).toEqual(['2. Scan the code and confirm', '   $ 500.']);
});

test('wrapping loses no character of any word', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme-ascii', maxLength: 200 }),
      fc.integer({ min: 1, max: 48 }),
      (text, columns) => {
        const lines = wrap(text, columns);
        expect(lines.every((line) => line.length <= columns && line.length > 0)).toBe(true);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      },
    ),
  );
});
