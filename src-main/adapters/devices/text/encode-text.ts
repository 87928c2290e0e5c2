/** Text as the bytes of a one-byte code page, by the same builder that prints slips. */
import { ThermalPrinter, breakLine, characterSet, types } from 'node-thermal-printer';
import { invariant } from '../../../core/domain/result.ts';
import type { CodePageName } from './code-pages.ts';

/** The builder's names of our code pages. */
export const CHARACTER_SETS = {
  CP858: characterSet.PC858_EURO,
  CP1252: characterSet.WPC1252,
  CP850: characterSet.PC850_MULTILINGUAL,
  CP860: characterSet.PC860_PORTUGUESE,
  CP437: characterSet.PC437_USA,
} as const satisfies Record<CodePageName, unknown>;

/** One byte per character. Errors: a broken invariant for text that `printableText` has not made fit the page. */
export function encodeText(text: string, page: CodePageName): Uint8Array {
  const builder = new ThermalPrinter({
    type: types.EPSON,
    interface: '',
    characterSet: CHARACTER_SETS[page],
    breakLine: breakLine.NONE,
  });
  builder.setBuffer(Buffer.alloc(0));
  builder.print(text);
  const bytes = Uint8Array.from(builder.getBuffer());
  invariant(bytes.length === text.length, 'a character did not become one byte');
  return bytes;
}
