/**
 * Splits a byte stream into ESC/POS commands, however the bytes are cut into pieces on their way.
 *
 * Source  Epson ESC/POS reference. A command that is not listed is reported with its two first bytes; what follows prints as text,
 *         as it would on paper.
 */
export type Command = Readonly<{ name: string; bytes: Uint8Array; data: Uint8Array }>;

/** Bytes after the two of the name. */
const FIXED_LENGTHS: Readonly<Record<string, number>> = {
  'ESC @': 0,
  'ESC !': 1,
  'ESC -': 1,
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
  'GS !': 1,
  'GS B': 1,
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
  [0x0a, 'LF'],
  [0x0d, 'CR'],
]);
const DLE_LENGTHS: ReadonlyMap<number, readonly [string, number]> = new Map([
  [0x04, ['DLE EOT', 3]],
  [0x05, ['DLE ENQ', 3]],
  [0x14, ['DLE DC4', 5]],
]);

/** The command at the start of `bytes`, or undefined while its end has not arrived. `bytes` is not empty. */
export function readCommand(bytes: Uint8Array): Command | undefined {
  const [first = 0, second] = bytes;
  const prefix = PREFIXES.get(first);
  if (prefix === undefined) {
    const name = first >= 0x20 ? 'text' : (SINGLE.get(first) ?? `unknown ${hex(bytes.subarray(0, 1))}`);
    return take(bytes, name, 1, 0);
  }
  if (second === undefined) return undefined;
  if (prefix === 'DLE') {
    const [name, length] = DLE_LENGTHS.get(second) ?? [`unknown ${hex(bytes.subarray(0, 2))}`, 2];
    return take(bytes, name, length, 2);
  }
  const name = `${prefix} ${String.fromCharCode(second)}`;
  const fixed = FIXED_LENGTHS[name];
  if (fixed !== undefined) return take(bytes, name, 2 + fixed, 2);
  switch (name) {
    case 'GS V':
      return readCut(bytes);
    case 'GS (':
      return readParenthesis(bytes);
    case 'GS v':
      return readRaster(bytes);
    default:
      return take(bytes, `unknown ${hex(bytes.subarray(0, 2))}`, 2, 2);
  }
}

function take(bytes: Uint8Array, name: string, length: number, headerLength: number): Command | undefined {
  if (bytes.length < length) return undefined;
  const whole = bytes.slice(0, length);
  return { name, bytes: whole, data: whole.subarray(headerLength) };
}

function readCut(bytes: Uint8Array): Command | undefined {
  const mode = bytes[2];
  if (mode === undefined) return undefined;
  return take(bytes, 'GS V', mode === 65 || mode === 66 ? 4 : 3, 2);
}

/** GS ( x pL pH …: the length is in the command, so even an unknown function can be skipped whole. */
function readParenthesis(bytes: Uint8Array): Command | undefined {
  const [, , letter, low, high] = bytes;
  if (letter === undefined || low === undefined || high === undefined) return undefined;
  return take(bytes, `GS ( ${String.fromCharCode(letter)}`, 5 + low + high * 256, 5);
}

/** GS v 0 m xL xH yL yH: x counts bytes, y rows. `data` starts at m. */
function readRaster(bytes: Uint8Array): Command | undefined {
  if (bytes.length < 8) return undefined;
  const [, , zero, , widthLow = 0, widthHigh = 0, heightLow = 0, heightHigh = 0] = bytes;
  if (zero !== 0x30) return take(bytes, `unknown ${hex(bytes.subarray(0, 3))}`, 3, 3);
  return take(bytes, 'GS v 0', 8 + (widthLow + widthHigh * 256) * (heightLow + heightHigh * 256), 3);
}

export function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
