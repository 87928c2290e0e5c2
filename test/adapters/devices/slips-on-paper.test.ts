import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { renderPaper } from '../../../src-main/simulators/devices/virtual-printer/render-paper.ts';
import { LANGUAGES, SAMPLE_SLIPS, frame } from '../../unit/domain/slips/slip-samples.ts';
import { NARROW, PROFILES, WIDE, printed } from './printer-bench.ts';

test.each(Object.entries(SAMPLE_SLIPS))('a %s slip prints whole on every printer in every language', (_name, make) => {
  for (const profile of PROFILES) {
    for (const locale of LANGUAGES) {
      const { printer, paper } = printed(make(frame({ locale })), profile);
      expect(printer.unknown()).toEqual([]);
      expect(printer.troubles()).toEqual([]);
      expect(printer.pulses()).toEqual([]);
      expect(printer.waitingByteCount()).toBe(0);
      expect(paper.text).toContain('Abarrotes La Esperanza');
      expect(paper.text).not.toContain('?');
    }
  }
});

test('the Z report on the narrowest paper, as it reads', () => {
  const make = SAMPLE_SLIPS['z'];
  const lines = make ? printed(make(frame()), NARROW).paper.text.split('\n') : [];
  expect(lines.slice(0, 16)).toEqual([
    'Abarrotes La Esperanza',
    'Caja 3',
    '──── INFORME Z · TURNO 128 ─────',
    'Cajero      María Fernanda Núñez',
    'Apertura   21 nov 2025, 06:32:05',
    'Cierre     21 nov 2025, 14:32:05',
    'Supervisor          Joaquín Peña',
    'Cajón ──────────────────────────',
    'Fondo inicial           $ 25,000',
    'Retiros (31)           -$ 14,850',
    'Billetes por envíos (1)   -$ 400',
    'A caja fuerte (1)       -$ 2,600',
    '────────────────────────────────',
    'Esperado en caja         $ 7,150',
    'Contado                  $ 7,145',
    'Faltante    -$ 5',
  ]);
});

test('I9, I10: copy and training marks stand first and last on the paper', () => {
  const make = SAMPLE_SLIPS['receipt'];
  const lines = make
    ? printed(make(frame({ mode: 'training', copyNumber: 3, locale: 'pt' })), NARROW).paper.text.split('\n')
    : [];
  expect(lines.slice(0, 3).map((line) => line.trim())).toEqual([
    'TREINAMENTO',
    'Sem valor. Não entregar cédulas.',
    'CÓPIA 3',
  ]);
  expect(lines.slice(-2).map((line) => line.trim())).toEqual(['CÓPIA 3', 'TREINAMENTO']);
});

test('the drawn paper is as wide as the roll and has ink on it', async () => {
  const make = SAMPLE_SLIPS['receipt'];
  if (!make) throw new Error('no sample');
  const picture = PNG.sync.read(Buffer.from(await renderPaper(printed(make(frame()), WIDE).paper)));
  expect(picture.width).toBe(576 + 2 * 36 + 2 * 20);
  const darkCount = picture.data.filter((value, index) => index % 4 === 0 && value < 64).length;
  expect(darkCount).toBeGreaterThan(5_000);
});
