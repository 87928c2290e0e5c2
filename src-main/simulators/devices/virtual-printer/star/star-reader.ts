/**
 * Splits a byte stream into StarPRNT and Star Line Mode commands; the two share everything that a receipt needs.
 * Source  Star Line Mode and StarPRNT command specifications, by command name.
 */
import type { Command } from '../firmware.ts';
import { hex, take } from '../firmware.ts';

/** Bytes after the name, where their number is always the same. */
const ESC_LENGTHS: Readonly<Record<string, number>> = {
  '@': 0,
  E: 0,
  F: 0,
  '-': 1,
  _: 1,
  '4': 0,
  '5': 0,
  '0': 0,
  '1': 0,
  i: 2,
  W: 1,
  h: 1,
  M: 0,
  P: 0,
  ':': 0,
  g: 0,
  a: 1,
  z: 1,
  J: 1,
  I: 1,
  d: 1,
  R: 1,
  ' ': 1,
  l: 1,
  Q: 1,
  '\u0006': 1,
  '\u0007': 2,
};
const ESC_GS_LENGTHS: Readonly<Record<string, number>> = { t: 1, a: 1, A: 2, R: 2 };
const ESC_RS_LENGTHS: Readonly<Record<string, number>> = { F: 1, a: 1, E: 1, A: 1, C: 1, d: 1, r: 1, i: 1 };
const SINGLE: ReadonlyMap<number, string> = new Map([
  [0x00, 'NUL'],
  [0x04, 'EOT'],
  [0x05, 'ENQ'],
  [0x07, 'BEL'],
  [0x09, 'HT'],
  [0x0a, 'LF'],
  [0x0d, 'CR'],
  [0x0e, 'SO'],
  [0x14, 'DC4'],
  [0x17, 'ETB'],
  [0x18, 'CAN'],
  [0x19, 'EM'],
  [0x1a, 'SUB'],
  [0x1c, 'FS'],
]);
const ESC = 0x1b;
const GS = 0x1d;
const RS = 0x1e;
const BAND_DOTS = 24;

/** The command at the start of `bytes`, or how many bytes it takes to tell. `bytes` is not empty. */
export function readStarCommand(bytes: Uint8Array): Command | number {
  const [first = 0, second, third] = bytes;
  if (first !== ESC) {
    const name = first >= 0x20 ? 'text' : (SINGLE.get(first) ?? `unknown ${hex(bytes.subarray(0, 1))}`);
    return take(bytes, name, 1, 0);
  }
  if (second === undefined) return 2;
  if (second === GS || second === RS) {
    if (third === undefined) return 3;
    return second === GS ? readEscGs(bytes, third) : readFixed(bytes, 'ESC RS', ESC_RS_LENGTHS, third);
  }
  const letter = String.fromCharCode(second);
  switch (letter) {
    case 'D':
      return readUntil(bytes, 'ESC D', 0);
    case 'b':
      return readUntil(bytes, 'ESC b', RS);
    case 'X':
      return readBand(bytes, 'ESC X', 3);
    case 'k':
      return readBand(bytes, 'ESC k', BAND_DOTS);
    default: {
      const length = ESC_LENGTHS[letter];
      return length === undefined ? unknown(bytes, 2) : take(bytes, `ESC ${letter}`, 2 + length, 2);
    }
  }
}

function readFixed(
  bytes: Uint8Array,
  prefix: string,
  lengths: Readonly<Record<string, number>>,
  code: number,
): Command | number {
  const letter = String.fromCharCode(code);
  const length = lengths[letter];
  return length === undefined ? unknown(bytes, 3) : take(bytes, `${prefix} ${letter}`, 3 + length, 3);
}

function readEscGs(bytes: Uint8Array, third: number): Command | number {
  if (third === 0x79) return readQr(bytes);
  if (third === 0x53) return readRaster(bytes);
  // Page mode: in and out, which is how a till says that nothing more will come.
  if (third === 0x50) return bytes.length < 4 ? 4 : take(bytes, 'ESC GS P', 4, 3);
  return readFixed(bytes, 'ESC GS', ESC_GS_LENGTHS, third);
}

/** ESC GS y S 0–2 n · ESC GS y D 1 m nL nH … · ESC GS y P · ESC GS y I. */
function readQr(bytes: Uint8Array): Command | number {
  const [, , , code, fn, , low, high] = bytes;
  if (code === undefined) return 4;
  const name = `ESC GS y ${String.fromCharCode(code)}`;
  switch (code) {
    case 0x53:
      return take(bytes, name, 6, 4);
    case 0x44:
      if (fn === undefined) return 5;
      if (fn !== 0x31) return unknown(bytes, 5);
      return low === undefined || high === undefined ? 8 : take(bytes, name, 8 + low + high * 256, 4);
    case 0x50:
    case 0x49:
      return take(bytes, name, 4, 4);
    default:
      return unknown(bytes, 4);
  }
}

/** ESC GS S m xL xH yL yH n …: x counts bytes, y rows. `data` starts at m. */
function readRaster(bytes: Uint8Array): Command | number {
  if (bytes.length < 9) return 9;
  const [, , , , widthLow = 0, widthHigh = 0, heightLow = 0, heightHigh = 0] = bytes;
  return take(bytes, 'ESC GS S', 9 + (widthLow + widthHigh * 256) * (heightLow + heightHigh * 256), 3);
}

/** ESC X nL nH: n columns of three bytes. ESC k nL nH: twenty-four rows of n bytes. */
function readBand(bytes: Uint8Array, name: string, bytesPerUnit: number): Command | number {
  const [, , low, high] = bytes;
  return low === undefined || high === undefined ? 4 : take(bytes, name, 4 + (low + high * 256) * bytesPerUnit, 2);
}

function readUntil(bytes: Uint8Array, name: string, end: number): Command | number {
  const at = bytes.indexOf(end, 2);
  return at === -1 ? bytes.length + 1 : take(bytes, name, at + 1, 2);
}

function unknown(bytes: Uint8Array, length: number): Command | number {
  return take(bytes, `unknown ${hex(bytes.subarray(0, length))}`, length, length);
}
