/** Tab stops save bytes and move nothing: with and without them a slip is the same paper, dot for dot. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasRealTimeCommand } from '../../../src-main/adapters/devices/printers/qr-commands.ts';
import type { TextLine } from '../../../src-main/adapters/devices/printers/slip-layout.ts';
import { NORMAL } from '../../../src-main/adapters/devices/printers/slip-layout.ts';
import { tabStopsFor, withTabs } from '../../../src-main/adapters/devices/printers/tab-stops.ts';
import type { SlipPart } from '../../../src-main/core/domain/slips/slip-document.ts';
import { pair } from '../../../src-main/core/domain/slips/slip-document.ts';
import type { Paper } from '../../../src-main/simulators/devices/virtual-printer/paper.ts';
import { SAMPLE_SLIPS, frame } from '../../unit/domain/slips/slip-samples.ts';
import { PROFILES, encoded, printed, slipOf } from './printer-bench.ts';

/** What leaves ink: blanks and jumps are both nothing. */
function inkOf({ printed: items }: Paper): string {
  return JSON.stringify(
    items.map((item) =>
      item.kind === 'line' ? { ...item, cells: item.cells.filter(({ character }) => character !== ' ') } : item,
    ),
  );
}

test('every slip is the same paper with tabs as with blanks, and shorter to send', () => {
  for (const make of Object.values(SAMPLE_SLIPS)) {
    for (const printer of PROFILES) {
      const document = make(frame({ locale: 'pt' }));
      const blanks = { ...printer, tabs: false };
      expect(inkOf(printed(document, printer).paper)).toBe(inkOf(printed(document, blanks).paper));
      expect(encoded(document, printer).length).toBeLessThan(encoded(document, blanks).length);
    }
  }
});

const words = fc.string({ unit: fc.constantFrom('a', '$', '0', ' '), maxLength: 30 });
const pairs = fc.record({ left: words, right: words, isBig: fc.boolean() });

test('so is any list of labels and values, of normal and double width', () => {
  fc.assert(
    fc.property(fc.array(pairs, { maxLength: 8 }), fc.constantFrom(...PROFILES), (rows, printer) => {
      const parts = rows.map(({ left, right, isBig }): SlipPart => pair(left, right, isBig ? { size: 'big' } : {}));
      const document = slipOf(...parts, { kind: 'ruler' }, { kind: 'cut' });
      const blanks = { ...printer, tabs: false };
      expect(inkOf(printed(document, printer).paper)).toBe(inkOf(printed(document, blanks).paper));
      expect(encoded(document, printer).length).toBeLessThanOrEqual(encoded(document, blanks).length);
    }),
    { numRuns: 60 },
  );
});

const line = (text: string, style: Partial<TextLine> = {}): TextLine => ({ ...NORMAL, text, ...style });

test('values that begin in one column share one stop; a tab takes the place of the blanks', () => {
  const lines = [line('Caja              $ 500'), line('Retiro            $ 200'), line('Total             $ 700')];
  expect(tabStopsFor(lines)).toEqual([18]);
  expect(lines.map((each) => withTabs(each, [18]))).toEqual(['Caja\t$ 500', 'Retiro\t$ 200', 'Total\t$ 700']);
});

test('where blanks are as short, or the line does not start at the left edge, there are no tabs', () => {
  expect(tabStopsFor([line('a   b')])).toEqual([]);
  expect(tabStopsFor([line('a                    b', { align: 'center' })])).toEqual([]);
  expect(tabStopsFor([line('a                    b', { isInverse: true })])).toEqual([]);
});

test('stops in columns 16 and 20 never stand side by side: a printer would take them for a drawer pulse', () => {
  const at = (column: number) => line(`a${'x'.padStart(column)}`);
  const lines = Array.from({ length: 9 }, (_, index) => at(index % 2 === 0 ? 15 : 19));
  expect(lines.map(({ text }) => text.indexOf('x'))).toContain(19);
  const stops = tabStopsFor([line('a               x'), line('a                   x'), ...lines]);
  expect(stops.length).toBeGreaterThan(0);
  expect([16, 20].every((stop) => stops.includes(stop))).toBe(false);
  const values = [
    pair('a', '$'.repeat(32)),
    pair('b', '$'.repeat(28)),
    pair('c', '$'.repeat(32)),
    pair('d', '$'.repeat(28)),
  ];
  for (const printer of PROFILES)
    expect(hasRealTimeCommand(encoded(slipOf(...values, ...values, { kind: 'cut' }), printer))).toBe(false);
});
