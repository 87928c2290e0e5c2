import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ScanBursts, USUAL_RULES } from '../../../src-renderer/hooks/scan-bursts.ts';
import type { BurstKey, BurstOutcome, BurstScan } from '../../../src-renderer/hooks/scan-bursts.ts';

type Typed = Partial<BurstKey> & Readonly<{ key: string; afterMs: number }>;
type Played = Readonly<{ scans: readonly BurstScan[]; reached: readonly string[]; held: number }>;

/** Types the keys on a clock of its own; tells what was a scan and which keys reached the window, in their order. */
function play(typed: readonly Typed[]): Played {
  const bursts = new ScanBursts<BurstKey>();
  const scans: BurstScan[] = [];
  const reached: string[] = [];
  let atMs = 1_000;
  let held = 0;
  function hear({ released, scan }: BurstOutcome<BurstKey>): void {
    reached.push(...released.map(({ key }) => key));
    if (scan) scans.push(scan);
  }
  for (const { afterMs, ...key } of typed) {
    if (bursts.waitMs !== undefined && afterMs > bursts.waitMs) hear(bursts.silence());
    atMs += afterMs;
    const outcome = bursts.press({ ...PLAIN, code: codeOf(key.key), ...key, atMs });
    hear(outcome);
    if (outcome.isTaken) held += 1;
    else reached.push(key.key);
  }
  hear(bursts.silence());
  return { scans, reached, held };
}

const PLAIN = { isCommand: false, hasShift: false, hasControl: false, isRepeat: false, isText: false };

function codeOf(key: string): string {
  if (/^[a-z]$/i.test(key)) return `Key${key.toUpperCase()}`;
  return /^\d$/.test(key) ? `Digit${key}` : key;
}

function keys(text: string, afterMs: number, over: Partial<BurstKey> = {}): readonly Typed[] {
  return Array.from(text, (key) => ({ key, afterMs, ...over }));
}

const ENTER = { key: 'Enter', afterMs: 8 };

test('a scanner’s signs are one scan and nothing of them reaches the window, its Enter included', () => {
  const { scans, reached } = play([...keys('VP01ABC234', 8), ENTER]);
  expect(scans).toEqual([{ text: 'VP01ABC234', usText: 'vp01abc234'.toUpperCase(), isText: false }]);
  expect(reached).toEqual([]);
});

test.each([
  ['Tab', [...keys('750105', 10), { key: 'Tab', afterMs: 10 }]],
  ['nothing at all', keys('750105', 10)],
  ['a pause and a person', [...keys('750105', 10), { key: '5', afterMs: 400 }]],
])('a scan may end with %s', (_, typed) => {
  expect(play(typed).scans.map(({ text }) => text)).toEqual(['750105']);
});

test('Shift for the capital letters belongs to the scan', () => {
  const shifted = Array.from('VPABCD').flatMap((key): readonly Typed[] => [
    { key: 'Shift', code: 'ShiftLeft', afterMs: 5, hasShift: true },
    { key, afterMs: 5, hasShift: true },
  ]);
  const { scans, reached } = play([...shifted, ENTER]);
  expect(scans.map(({ text }) => text)).toEqual(['VPABCD']);
  expect(new Set(reached)).toEqual(new Set(['Shift']));
});

/** People roll over two or three keys at once, and never six: somewhere in any six signs they need more than the gap. */
const human = fc
  .array(
    fc.record({
      key: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...Array.from('0123456789,.abcXYZ')) },
        { weight: 1, arbitrary: fc.constantFrom('Enter', 'Tab', 'Backspace', 'F4', 'Escape', ' ', 'ArrowLeft') },
      ),
      fastMs: fc.integer({ min: 1, max: 50 }),
      slowMs: fc.integer({ min: 51, max: 900 }),
      isSlow: fc.boolean(),
      isText: fc.boolean(),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((typed) =>
    typed.map(({ key, fastMs, slowMs, isSlow, isText }, index) => ({
      key,
      isText,
      afterMs: isSlow || index % (USUAL_RULES.shortest - 1) === 0 ? slowMs : fastMs,
    })),
  );

test('what a person types is never a scan: every key arrives, once, in its order', () => {
  fc.assert(
    fc.property(human, (typed) => {
      const { scans, reached } = play(typed);
      expect(scans).toEqual([]);
      expect(reached).toEqual(typed.map(({ key }) => key));
    }),
  );
});

test('a scan among a person’s keys takes its own signs alone', () => {
  fc.assert(
    fc.property(human, human, fc.stringMatching(/^[0-9A-Z]{6,80}$/), (before, after, code) => {
      const [, ...rest] = after;
      const typed = [
        ...before.map((key) => ({ ...key, isText: false })),
        ...keys(code, 9).map((key, index) => (index === 0 ? { ...key, afterMs: 300 } : key)),
        ENTER,
        { key: 'Escape', afterMs: 300 },
        ...rest.map((key) => ({ ...key, isText: false })),
      ];
      const { scans, reached } = play(typed);
      expect(scans.map(({ text }) => text)).toEqual([code]);
      expect(reached).toEqual([...before.map(({ key }) => key), 'Escape', ...rest.map(({ key }) => key)]);
    }),
  );
});

test('a key that is held down repeats as fast as a scanner, and is none', () => {
  const { scans, reached } = play([{ key: '0', afterMs: 0 }, ...keys('00000000', 33, { isRepeat: true })]);
  expect(scans).toEqual([]);
  expect(reached).toHaveLength(9);
});

test('in a text field nothing is held: what it was is told at the end', () => {
  const { scans, reached } = play([
    ...keys('VP01ABC', 8, { isText: true }),
    { key: 'Enter', afterMs: 8, isText: true },
  ]);
  expect(scans).toEqual([{ text: 'VP01ABC', usText: 'VP01ABC', isText: true }]);
  expect(reached.join('')).toBe('VP01ABC');
});

test('behind a prefix everything is a scan, short or slow, also in a text field', () => {
  const f13 = { key: 'F13', code: 'F13', afterMs: 500 };
  const { scans, reached } = play([
    f13,
    ...keys('A1', 150, { isText: true }),
    { key: 'Enter', afterMs: 100, isText: true },
  ]);
  expect(scans).toEqual([{ text: 'A1', usText: 'A1', isText: false }]);
  expect(reached).toEqual([]);
  const stx = { key: 'b', code: 'KeyB', hasControl: true, isCommand: true, afterMs: 500 };
  expect(play([stx, ...keys('77', 10), ENTER]).scans.map(({ text }) => text)).toEqual(['77']);
  expect(play([f13, { key: '5', afterMs: 900 }]).reached, 'a prefix alone is forgotten').toEqual(['5']);
});

test('a scanner set to a US keyboard is read right although the till’s is Spanish', () => {
  const spanish: readonly Typed[] = [
    ...keys('0017', 8),
    { key: "'", code: 'Minus', afterMs: 8 },
    { key: 'ñ', code: 'Semicolon', afterMs: 8 },
    { key: 'Dead', code: 'BracketLeft', afterMs: 8 },
    { key: '-', code: 'Slash', afterMs: 8 },
    { key: '&', code: 'Digit6', hasShift: true, afterMs: 8 },
    ENTER,
  ];
  expect(play(spanish).scans).toEqual([{ text: "0017'ñ-&", usText: '0017-;[/^', isText: false }]);
});

test('a stuck key or a strange device fills no memory', () => {
  const { scans } = play([...keys('9'.repeat(5_000), 5), ENTER]);
  expect(scans[0]?.text.length).toBe(600);
});
