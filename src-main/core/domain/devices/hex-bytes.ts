/** Bytes as a technician types them from a manual: `1B 40 0C`, `1b400c`, `0x1B, 0x40`, and text in quotes: `1F 24 01 01 "HELLO"`. */
import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';

export const HEX_BYTES_MAX = 256;

/** Errors: `empty`, `too-long`, or the first piece that is neither bytes nor text. */
export type HexProblem = Readonly<{ kind: 'empty' | 'too-long' } | { kind: 'unreadable'; piece: string }>;

const PIECES = /"([\u0020-\u0021\u0023-\u007e]*)"|([^\s,;"]+)|(")/g;

export function readHexBytes(typed: string): Result<Uint8Array, HexProblem> {
  const bytes: number[] = [];
  for (const [piece, text, digits] of typed.matchAll(PIECES)) {
    const hex = digits?.replace(/^0x/i, '');
    if (text !== undefined) bytes.push(...Array.from(text, (character) => character.charCodeAt(0)));
    else if (hex !== undefined && /^([0-9a-f]{2})+$/i.test(hex)) bytes.push(...pairsOf(hex));
    else return err({ kind: 'unreadable', piece: piece.slice(0, 20) });
    if (bytes.length > HEX_BYTES_MAX) return err({ kind: 'too-long' });
  }
  return bytes.length === 0 ? err({ kind: 'empty' }) : ok(Uint8Array.from(bytes));
}

function pairsOf(hex: string): readonly number[] {
  return Array.from({ length: hex.length / 2 }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16));
}
