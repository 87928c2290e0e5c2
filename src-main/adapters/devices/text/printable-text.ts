/**
 * Turns any text into text that a device prints cell for cell: one character, one byte, one column.
 *
 * Nothing that a device could take for a command survives: a shop's name must not be able to open a drawer.
 * What a page lacks is spelt out, or its accent is dropped; an emoji is left out; anything else becomes a question mark.
 */
export type CanPrint = (character: string) => boolean;

const SPACES = /[\t\n\v\f\r\p{Z}]/u;
/** Control, format (joiners, direction marks), private and unassigned characters, and variation selectors: nothing to see. */
const INVISIBLE = /[\p{C}\u034f\ufe00-\ufe0f]/u;
const PICTOGRAPH = /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\u20e3]/u;
const MARK = /\p{M}/u;

const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['₡', 'CRC'],
  ['₲', 'Gs.'],
  ['€', 'EUR'],
  ['₱', 'P'],
  ['‘', "'"],
  ['’', "'"],
  ['‚', ','],
  ['‛', "'"],
  ['´', "'"],
  ['“', '"'],
  ['”', '"'],
  ['„', '"'],
  ['«', '"'],
  ['»', '"'],
  ['‹', '<'],
  ['›', '>'],
  ['‐', '-'],
  ['‑', '-'],
  ['‒', '-'],
  ['–', '-'],
  ['—', '-'],
  ['―', '-'],
  ['−', '-'],
  ['─', '-'],
  ['═', '='],
  ['…', '...'],
  ['•', '*'],
  ['·', '.'],
  ['×', 'x'],
  ['÷', '/'],
  ['¡', '!'],
  ['¿', '?'],
  ['ª', 'a'],
  ['º', 'o'],
  ['°', 'o'],
  ['№', 'No.'],
  ['™', 'TM'],
  ['®', '(R)'],
  ['©', '(C)'],
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['Æ', 'AE'],
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['ø', 'o'],
  ['Ø', 'O'],
  ['ł', 'l'],
  ['Ł', 'L'],
  ['ı', 'i'],
]);

/** Text in which every character satisfies `canPrint`, composed (NFC), on one line. */
export function printableText(text: string, canPrint: CanPrint): string {
  return Array.from(text.normalize('NFC'))
    .map((character) => printable(character, canPrint))
    .join('');
}

function printable(character: string, canPrint: CanPrint): string {
  if (canPrint(character)) return character;
  if (SPACES.test(character)) return ' ';
  if (INVISIBLE.test(character)) return '';
  const spelling = SPELLINGS.get(character);
  if (spelling !== undefined) return spelling;
  if (PICTOGRAPH.test(character) || MARK.test(character)) return '';
  const [base = ''] = character.normalize('NFD');
  return base !== character && canPrint(base) ? base : '?';
}
