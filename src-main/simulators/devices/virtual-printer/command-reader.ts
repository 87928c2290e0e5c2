/**
 * Splits a byte stream into ESC/POS commands, however the bytes are cut into pieces on their way.
 *
 * Source  Epson ESC/POS reference. A command that is not listed, or that this printer lacks, is reported with the bytes that are dropped
 *         of it; what follows prints as text, as it would on paper.
 */
import type { Command } from './firmware.ts';
import { hex, take } from './firmware.ts';
import type { PrinterModel } from './printer-model.ts';

/** Bytes after the two of the name. */
const FIXED_LENGTHS: Readonly<Record<string, number>> = {
  'ESC @': 0,
  'ESC !': 1,
  'ESC $': 2,
  'ESC -': 1,
  'ESC =': 1,
  'ESC \\': 2,
  'ESC {': 1,
  'ESC 2': 0,
  'ESC 3': 1,
  'ESC E': 1,
  'ESC G': 1,
  'ESC J': 1,
  'ESC M': 1,
  'ESC R': 1,
  'ESC a': 1,
  'ESC d': 1,
  'ESC p': 3,
  'ESC t': 1,
  'FS .': 0,
  'FS &': 0,
  'FS !': 1,
  'FS C': 1,
  'FS S': 2,
  'GS !': 1,
  'GS B': 1,
  'GS I': 1,
  'GS L': 2,
  'GS W': 2,
  'GS a': 1,
  'GS r': 1,
};
const PREFIXES: ReadonlyMap<number, string> = new Map([
  [0x10, 'DLE'],
  [0x1b, 'ESC'],
  [0x1c, 'FS'],
  [0x1d, 'GS'],
]);
const SINGLE: ReadonlyMap<number, string> = new Map([
  [0x00, 'NUL'],
  [0x09, 'HT'],
  [0x0a, 'LF'],
  [0x0d, 'CR'],
]);
const DLE_LENGTHS: ReadonlyMap<number, readonly [string, number]> = new Map([
  [0x04, ['DLE EOT', 3]],
  [0x05, ['DLE ENQ', 3]],
]);
/** DLE DC4 fn: the pulse and the clearing of the buffers have their own lengths. */
const DC4_LENGTHS: ReadonlyMap<number, number> = new Map([
  [1, 5],
  [2, 5],
  [8, 10],
]);

export type ReadingRules = Pick<PrinterModel, 'lacks' | 'unknownCommands'>;

/** The command at the start of `bytes`, or how many bytes it takes to tell. `bytes` is not empty. */
export function readCommand(bytes: Uint8Array, rules: ReadingRules): Command | number {
  const [first = 0, second] = bytes;
  const prefix = PREFIXES.get(first);
  if (prefix === undefined) {
    const name = first >= 0x20 ? 'text' : (SINGLE.get(first) ?? `unknown ${hex(bytes.subarray(0, 1))}`);
    return take(bytes, name, 1, 0);
  }
  if (second === undefined) return 2;
  if (prefix === 'DLE') return readRealTime(bytes, second);
  const name = `${prefix} ${String.fromCharCode(second)}`;
  const longName = name === 'GS (' ? longNameOf(name, bytes[2]) : name;
  if (longName === undefined) return 3;
  if (rules.lacks.includes(name) || rules.lacks.includes(longName)) return readLacking(bytes, longName, rules);
  return readKnown(bytes, name) ?? unknown(bytes, rules);
}

function longNameOf(name: string, letter: number | undefined): string | undefined {
  return letter === undefined ? undefined : `${name} ${String.fromCharCode(letter)}`;
}

/** Undefined: no such command. */
function readKnown(bytes: Uint8Array, name: string): Command | number | undefined {
  const fixed = FIXED_LENGTHS[name];
  if (fixed !== undefined) return take(bytes, name, 2 + fixed, 2);
  switch (name) {
    case 'ESC D':
      return readTabStops(bytes);
    case 'GS V':
      return readCut(bytes);
    case 'GS (':
      return readParenthesis(bytes);
    case 'GS 8':
      return readLargeGraphics(bytes);
    case 'GS v':
      return readRaster(bytes);
    default:
      return undefined;
  }
}

function readLacking(bytes: Uint8Array, name: string, rules: ReadingRules): Command | number {
  if (rules.unknownCommands !== 'skipped') return unknown(bytes, rules);
  const known = readKnown(bytes, name.slice(0, 4));
  return typeof known === 'object' ? { ...known, name: `lacks ${name}` } : (known ?? unknown(bytes, rules));
}

function unknown(bytes: Uint8Array, { unknownCommands }: ReadingRules): Command | number {
  const length = unknownCommands === 'one-byte-dropped' ? 1 : 2;
  return take(bytes, `unknown ${hex(bytes.subarray(0, 2))}`, length, length);
}

function readRealTime(bytes: Uint8Array, second: number): Command | number {
  if (second === 0x14) {
    const fn = bytes[2];
    return fn === undefined ? 3 : take(bytes, 'DLE DC4', DC4_LENGTHS.get(fn) ?? 3, 2);
  }
  const [name, length] = DLE_LENGTHS.get(second) ?? [`unknown ${hex(bytes.subarray(0, 2))}`, 2];
  return take(bytes, name, length, 2);
}

/** ESC D n1 … nk NUL. */
function readTabStops(bytes: Uint8Array): Command | number {
  const end = bytes.indexOf(0, 2);
  return end === -1 ? bytes.length + 1 : take(bytes, 'ESC D', end + 1, 2);
}

function readCut(bytes: Uint8Array): Command | number {
  const mode = bytes[2];
  if (mode === undefined) return 3;
  return take(bytes, 'GS V', mode === 65 || mode === 66 ? 4 : 3, 2);
}

/** GS ( x pL pH …: the length is in the command, so even an unknown function can be skipped whole. */
function readParenthesis(bytes: Uint8Array): Command | number {
  const [, , letter, low, high] = bytes;
  if (letter === undefined || low === undefined || high === undefined) return 5;
  return take(bytes, `GS ( ${String.fromCharCode(letter)}`, 5 + low + high * 256, 5);
}

/** GS 8 L p1 p2 p3 p4 …: what GS ( L does, with room for a larger length. */
function readLargeGraphics(bytes: Uint8Array): Command | number {
  if (bytes.length < 7) return 7;
  const [, , letter, first = 0, second = 0, third = 0, fourth = 0] = bytes;
  if (letter !== 0x4c) return take(bytes, `unknown ${hex(bytes.subarray(0, 3))}`, 3, 3);
  return take(bytes, 'GS ( L', 7 + first + second * 256 + third * 65_536 + fourth * 16_777_216, 7);
}

/** GS v 0 m xL xH yL yH: x counts bytes, y rows. `data` starts at m. */
function readRaster(bytes: Uint8Array): Command | number {
  if (bytes.length < 8) return 8;
  const [, , zero, , widthLow = 0, widthHigh = 0, heightLow = 0, heightHigh = 0] = bytes;
  if (zero !== 0x30) return take(bytes, `unknown ${hex(bytes.subarray(0, 3))}`, 3, 3);
  return take(bytes, 'GS v 0', 8 + (widthLow + widthHigh * 256) * (heightLow + heightHigh * 256), 3);
}
