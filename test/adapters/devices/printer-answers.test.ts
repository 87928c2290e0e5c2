/** What a printer sends back, told apart byte by byte: random streams, cut anywhere, and streams that lost a byte. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PrinterAnswer } from '../../../src-main/adapters/devices/printers/printer-answers.ts';
import { createAnswerReader } from '../../../src-main/adapters/devices/printers/printer-answers.ts';
import { statusOfAnswers, statusOfAutomatic } from '../../../src-main/adapters/devices/printers/printer-status.ts';

type Said = Readonly<{ bytes: readonly number[]; answers: readonly PrinterAnswer[] }>;

const under = (mask: number, fixed: number) =>
  fc.integer({ min: 0, max: 255 }).map((byte) => (byte & ~mask & 0xff) | fixed);

const realTime: fc.Arbitrary<Said> = under(0x93, 0x12).map((byte) => ({
  bytes: [byte],
  answers: [{ kind: 'real-time', byte }],
}));
/** 37h and 5Fh have bits that no GS r answer has; 3Bh too. */
const processed: fc.Arbitrary<Said> = under(0x90, 0).map((byte) => ({
  bytes: [byte],
  answers: [{ kind: 'processed', byte }],
}));
const automatic: fc.Arbitrary<Said> = fc
  .tuple(under(0x93, 0x10), under(0x90, 0), under(0x90, 0), under(0x90, 0))
  .map((bytes) => ({ bytes, answers: [{ kind: 'automatic', bytes }] }));
const printable = fc.integer({ min: 0x20, max: 0x7e });
const printed: fc.Arbitrary<Said> = fc.array(printable, { minLength: 4, maxLength: 4 }).map((token) => ({
  bytes: [0x37, 0x22, ...token, 0],
  answers: [{ kind: 'printed', token: String.fromCharCode(...token) }],
}));
const named: fc.Arbitrary<Said> = fc.array(printable, { maxLength: 40 }).map((text) => ({
  bytes: [0x5f, ...text, 0],
  answers: [{ kind: 'named', text: String.fromCharCode(...text) }],
}));
const powerOn: fc.Arbitrary<Said> = fc.constant({ bytes: [0x3b], answers: [{ kind: 'power-on' }] });
const flow: fc.Arbitrary<Said> = fc
  .boolean()
  .map((go) => ({ bytes: [go ? 0x11 : 0x13], answers: [{ kind: 'flow', go }] }));
const anything = fc.oneof(realTime, processed, automatic, printed, named, powerOn, flow);

/** Splits at random places. */
const chunked = (bytes: readonly number[], cuts: readonly number[]): readonly Uint8Array[] => {
  const places = [
    0,
    ...[...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((one, other) => one - other),
    bytes.length,
  ];
  return places.slice(1).map((end, index) => Uint8Array.from(bytes.slice(places[index], end)));
};

function heard(chunks: readonly Uint8Array[]): readonly PrinterAnswer[] {
  const answers: PrinterAnswer[] = [];
  const read = createAnswerReader((answer) => answers.push(answer));
  chunks.forEach(read);
  return answers;
}

test('any row of answers is read as it was said, however the line cuts it', () => {
  const property = fc.property(
    fc.array(anything, { maxLength: 12 }),
    fc.array(fc.nat(), { maxLength: 12 }),
    (said, cuts) => {
      const bytes = said.flatMap((each) => [...each.bytes]);
      expect(heard(chunked(bytes, cuts))).toEqual(said.flatMap((each) => [...each.answers]));
    },
  );
  fc.assert(property, { numRuns: 5_000 });
});

/** Real-time bytes inside a token are told apart only where they are no letters. */
const CALM_REAL_TIME = [0x12, 0x16, 0x1a, 0x1e];

test('flow control and real-time answers in the middle of another answer disturb nothing', () => {
  const inBetween = fc.oneof(fc.constantFrom(0x11, 0x13), fc.constantFrom(...CALM_REAL_TIME));
  const property = fc.property(
    fc.oneof(automatic, printed, named),
    inBetween,
    fc.nat(),
    ({ bytes, answers }, byte, place) => {
      const at = 1 + (place % (bytes.length - 1));
      const disturbed = [...bytes.slice(0, at), byte, ...bytes.slice(at)];
      expect(heard([Uint8Array.from(disturbed)]).filter(({ kind }) => kind !== 'flow' && kind !== 'real-time')).toEqual(
        answers,
      );
    },
  );
  fc.assert(property, { numRuns: 2_000 });
});

test('a lost byte costs one answer, and never makes a slip printed that was not', () => {
  const property = fc.property(fc.array(anything, { minLength: 1, maxLength: 8 }), fc.nat(), (said, place) => {
    const bytes = said.flatMap((each) => [...each.bytes]);
    const at = place % bytes.length;
    const tokens = new Set(
      said.flatMap(({ answers }) => answers.flatMap((each) => (each.kind === 'printed' ? [each.token] : []))),
    );
    const after = heard([Uint8Array.from([...bytes.slice(0, at), ...bytes.slice(at + 1)])]);
    const invented = after.filter((answer) => answer.kind === 'printed' && !tokens.has(answer.token));
    // A token that lost a letter may take the next byte for it; whole tokens of other jobs it cannot make.
    expect(invented.length).toBeLessThanOrEqual(1);
    // Whatever was lost, the reader finds its way back: the same row said again is read whole at its end.
    const again = heard([
      Uint8Array.from([...bytes.slice(0, at), ...bytes.slice(at + 1), 0, 0, 0, 0x37, 0x22, 0x41, 0x42, 0x43, 0x44, 0]),
    ]);
    expect(again.at(-1)).toEqual({ kind: 'printed', token: 'ABCD' });
  });
  fc.assert(property, { numRuns: 2_000 });
});

test.each([
  [[0x12, 0x12, 0x12, 0x12], { online: 'yes', paper: 'ok', cover: 'closed', drawerPin: 'low' }],
  [[0x16, 0x12, 0x12, 0x12], { online: 'yes', paper: 'ok', cover: 'closed', drawerPin: 'high' }],
  [[0x1a, 0x32, 0x12, 0x7e], { online: 'no', paper: 'out', cover: 'closed', drawerPin: 'low' }],
  [[0x1a, 0x16, 0x12, 0x12], { online: 'no', paper: 'ok', cover: 'open', drawerPin: 'low' }],
  [[0x12, 0x12, 0x12, 0x1e], { online: 'yes', paper: 'low', cover: 'closed', drawerPin: 'low' }],
  [[0x12, 0x12, 0x12, 0x16], { online: 'yes', paper: 'low', cover: 'closed', drawerPin: 'low' }],
  [[0x1a, 0x52, 0x1a, 0x12], { online: 'no', paper: 'ok', cover: 'closed', error: 'cutter', drawerPin: 'low' }],
  [[0x1a, 0x52, 0x52, 0x12], { online: 'no', paper: 'ok', cover: 'closed', error: 'overheat', drawerPin: 'low' }],
  [[0x1a, 0x52, 0x32, 0x12], { online: 'no', paper: 'ok', cover: 'closed', error: 'unrecoverable', drawerPin: 'low' }],
  [[0x1a, 0x52, 0x12, 0x12], { online: 'no', paper: 'ok', cover: 'closed', error: 'other', drawerPin: 'low' }],
] as const)('the answers %j to DLE EOT 1 to 4 say %j', ([printer, offline, error, paper], status) => {
  expect(statusOfAnswers(printer, offline, error, paper)).toEqual(status);
});

test.each([
  [[0x10, 0, 0, 0], { online: 'yes', paper: 'ok', cover: 'closed', drawerPin: 'low' }],
  [[0x14, 0, 0, 0], { online: 'yes', paper: 'ok', cover: 'closed', drawerPin: 'high' }],
  [[0x18, 0, 0x0c, 0], { online: 'no', paper: 'out', cover: 'closed', drawerPin: 'low' }],
  [[0x38, 0, 0, 0], { online: 'no', paper: 'ok', cover: 'open', drawerPin: 'low' }],
  [[0x10, 0, 0x03, 0], { online: 'yes', paper: 'low', cover: 'closed', drawerPin: 'low' }],
  [[0x18, 0x08, 0, 0], { online: 'no', paper: 'ok', cover: 'closed', error: 'cutter', drawerPin: 'low' }],
  [[0x18, 0x40, 0, 0], { online: 'no', paper: 'ok', cover: 'closed', error: 'overheat', drawerPin: 'low' }],
  [[0x18, 0x20, 0, 0], { online: 'no', paper: 'ok', cover: 'closed', error: 'unrecoverable', drawerPin: 'low' }],
  [[0x18, 0x04, 0, 0], { online: 'no', paper: 'ok', cover: 'closed', error: 'other', drawerPin: 'low' }],
] as const)('the automatic status %j says %j', (bytes, status) => {
  expect(statusOfAutomatic(bytes)).toEqual(status);
});
