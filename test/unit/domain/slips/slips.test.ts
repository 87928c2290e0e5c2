import { expect, test } from 'vitest';
import { money } from '../../../../src-main/core/domain/money.ts';
import { cashOutReceipt } from '../../../../src-main/core/domain/slips/cash-out-receipt.ts';
import { shortHash } from '../../../../src-main/core/domain/slips/shift-report.ts';
import type { SlipDocument, SlipPart } from '../../../../src-main/core/domain/slips/slip-document.ts';
import { slipDateTime, slipHourMinute } from '../../../../src-main/core/domain/slips/slip-time.ts';
import { AT_MS, LANGUAGES, QR_DATA, SAMPLE_SLIPS, frame } from './slip-samples.ts';

const WATERMARKS = { es: 'ENTRENAMIENTO', pt: 'TREINAMENTO', en: 'TRAINING' } as const;
const COPIES = { es: 'COPIA 2', pt: 'CÓPIA 2', en: 'COPY 2' } as const;

function bandsOf({ parts }: SlipDocument): readonly string[] {
  return parts.flatMap((part) => (part.kind === 'band' ? [part.text] : []));
}

function wordsOf({ parts }: SlipDocument): string {
  return parts.map(partWords).join('\n').replaceAll('\u00a0', ' ');
}

function partWords(part: SlipPart): string {
  if (part.kind === 'pair') return `${part.left}: ${part.right}`;
  return 'text' in part ? part.text : '';
}

function slip(name: string, changes: Parameters<typeof frame>[0] = {}): SlipDocument {
  const make = SAMPLE_SLIPS[name];
  if (!make) throw new Error(`no sample ${name}`);
  return make(frame(changes));
}

test.each(Object.keys(SAMPLE_SLIPS))(
  'I10: a %s slip of training mode is marked at both ends, in every language',
  (name) => {
    for (const locale of LANGUAGES) {
      const document = slip(name, { locale, mode: 'training' });
      expect(bandsOf(document)).toEqual([WATERMARKS[locale], WATERMARKS[locale]]);
      expect(document.parts[0]).toEqual({ kind: 'band', text: WATERMARKS[locale] });
      expect(document.parts.slice(-2)).toEqual([{ kind: 'band', text: WATERMARKS[locale] }, { kind: 'cut' }]);
    }
  },
);

test.each(Object.keys(SAMPLE_SLIPS))(
  'I9: a reprinted %s slip says that it is a copy and which one, in every language',
  (name) => {
    for (const locale of LANGUAGES) {
      expect(bandsOf(slip(name, { locale, copyNumber: 2 }))).toEqual([COPIES[locale], COPIES[locale]]);
      expect(bandsOf(slip(name, { locale }))).toEqual([]);
    }
  },
);

test('a copy made in training says both', () => {
  expect(bandsOf(slip('receipt', { mode: 'training', copyNumber: 1 }))).toEqual([
    'ENTRENAMIENTO',
    'COPIA 1',
    'COPIA 1',
    'ENTRENAMIENTO',
  ]);
});

test('I7: the network’s QR data stands in the slip as it came, spaces and signs included', () => {
  const qr = slip('qr').parts.find((part) => part.kind === 'qr');
  expect(qr).toEqual({ kind: 'qr', payload: QR_DATA });
});

test('the QR slip says how much, until when by the shop’s clock, and what to do', () => {
  const words = wordsOf(slip('qr'));
  expect(words).toContain('$ 500');
  expect(words).toContain('Vence 14:47');
  expect(words).toContain('Abra Mercado Pago y toque Pagar con QR.');
  expect(words).toContain('Referencia: VT01JD7Q2MZK4XH8T0W5R9CB');
});

test.each([
  ['receipt', 'EFECTIVO ENTREGADO'],
  ['returned', 'DINERO DEVUELTO'],
  ['cancelled', 'RETIRO CANCELADO'],
])('the %s slip says in its title what became of the money', (name, title) => {
  expect(wordsOf(slip(name))).toContain(title);
});

test('the receipt holds what an auditor needs to find the cash-out again', () => {
  const words = wordsOf(slip('receipt'));
  for (const fact of [
    'Red: Mercado Pago',
    'Orden: ORD01JD7Q2S5V9N3ZC1R8KXTW4EFG',
    'Pago: 134718429006',
    'Fecha: 21 nov 2025, 14:32:05',
    'Cajero: María Fernanda Núñez',
    'Asiento: 4127',
    '2 × $ 500: $ 1,000',
    '2 × $ 200: $ 400',
    '1 × $ 100: $ 100',
  ]) {
    expect(words).toContain(fact);
  }
});

test.each([
  ['qr-purchase', '$ 939.30'],
  ['receipt-purchase', '$ 500'],
  ['returned-purchase', '$ 939.30'],
])('the %s slip shows every item, the purchase, the notes and their sum; its largest words are %s', (name, hero) => {
  const document = slip(name);
  const words = wordsOf(document);
  for (const fact of [
    '2 × Leche entera 1 L: $ 57.80',
    'a $ 28.90 c/u',
    '1 × Café molido de altura, tueste oscuro, bolsa de 500 g: $ 149.50',
    '2 paq. × Cerveza clara 355 ml: $ 232',
    'Compra: $ 439.30',
    'Retiro en efectivo: $ 500',
    'Total: $ 939.30',
  ]) {
    expect(words).toContain(fact);
  }
  const [large] = document.parts.flatMap((part) => (part.kind === 'text' && part.size === 'hero' ? [part.text] : []));
  expect(large?.replaceAll('\u00a0', ' ')).toBe(hero);
});

test('what the customer confirms on the phone is the sum, and what goes back is both', () => {
  expect(wordsOf(slip('qr-purchase'))).toContain('confirme $ 939.30');
  expect(wordsOf(slip('returned-purchase'))).toContain('Compra y retiro vuelven juntos');
});

test('a receipt cannot be made from notes that are not its amount', () => {
  const facts = {
    outcome: 'dispensed',
    amount: money('MXN', 50_000),
    networkName: 'Mercado Pago',
    networkOrderId: 'ORD1',
    externalReference: 'VT1',
    atMs: AT_MS,
    cashierName: 'Ana',
    journalSeq: 1,
  } as const;
  expect(() => cashOutReceipt({ ...facts, notes: { '20000': 2 } }, frame())).toThrow(/denominations make 40000/);
  expect(() => cashOutReceipt({ ...facts, notes: { '20000': 2, '10000': 1 } }, frame())).not.toThrow();
});

test('a copy number must be a whole number from 0', () => {
  expect(() => slip('receipt', { copyNumber: -1 })).toThrow(/copy number/);
  expect(() => slip('receipt', { copyNumber: 1.5 })).toThrow(/copy number/);
});

test('the Z report proves the drawer: what should be there, what was counted, and what is missing', () => {
  const words = wordsOf(slip('z'));
  for (const fact of [
    'INFORME Z · TURNO 128',
    'Fondo inicial: $ 25,000',
    'Retiros (31): -$ 14,850',
    'A caja fuerte (1): -$ 2,600',
    'Esperado en caja: $ 7,150',
    'Contado: $ 7,145',
    'Faltante: -$ 5',
    '3 × $ 1,000: $ 3,000',
    'Devueltos (2): $ 1,300',
    'Cancelados (4): $ 2,500',
    'Aperturas sin operación: 1',
    'Casos abiertos: 1',
    'Importe en riesgo: $ 500',
    'Asiento: 4127',
    'Huella: 9f2c4e81…a77b03d5',
  ]) {
    expect(words).toContain(fact);
  }
});

test('the X report tells no count and says that the shift is still open', () => {
  const words = wordsOf(slip('x'));
  expect(words).toContain('el turno sigue abierto');
  expect(words).not.toContain('Contado');
});

test('times are the shop’s, whatever zone the machine is set to, with the month as a word', () => {
  expect(slipDateTime(AT_MS, 'America/Mexico_City', 'es')).toBe('21 nov 2025, 14:32:05');
  expect(slipDateTime(AT_MS, 'America/Sao_Paulo', 'pt')).toBe('21 nov 2025, 17:32:05');
  expect(slipDateTime(AT_MS, 'UTC', 'en')).toBe('21 Nov 2025, 20:32:05');
  expect(slipHourMinute(Date.UTC(2025, 0, 1, 6, 5), 'America/Mexico_City', 'es')).toBe('00:05');
});

test('a chain head is shortened to its two ends, and a short text is left alone', () => {
  expect(shortHash('0123456789abcdef0123456789abcdef')).toBe('01234567…89abcdef');
  expect(shortHash('abc')).toBe('abc');
});
