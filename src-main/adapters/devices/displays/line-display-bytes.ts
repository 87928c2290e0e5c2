/** What goes down the line for a view or a test page: pure. */
import type { DisplayTestPage, DisplayView } from '../../../core/application/ports/customer-display.ts';
import { unreachable } from '../../../core/domain/result.ts';
import { canPrint } from '../text/code-pages.ts';
import { encodeText } from '../text/encode-text.ts';
import type { CanPrint } from '../text/printable-text.ts';
import { printableText } from '../text/printable-text.ts';
import type { DisplayProfile } from './display-profile.ts';
import { withDisplayTraits } from './display-profile.ts';
import type { DisplayLines } from './display-lines.ts';
import { displayLines } from './display-lines.ts';
import type { Command } from './line-dialects.ts';
import { DIALECTS } from './line-dialects.ts';

const ESC = 0x1b;
const SELECT_DISPLAY: Command = [ESC, 0x3d, 2];
const SELECT_PRINTER: Command = [ESC, 0x3d, 1];

/** `isFresh`: the display may be in any state. The pieces are to be sent in order, each as one job, with the profile's pause between. */
export function encodeDisplayView(view: DisplayView, profile: DisplayProfile, isFresh: boolean): readonly Uint8Array[] {
  const lines = displayLines(view, { columns: profile.columns, canPrint: fitsOn(profile) });
  return encodeLines(lines, profile, isFresh);
}

/** Always sets the display up, so that a test begins from the same state each time. */
export function encodeTestPage(page: DisplayTestPage, profile: DisplayProfile): readonly Uint8Array[] {
  switch (page.page) {
    case 'ruler':
      return encodeLines(RULER, profile, true);
    case 'letters':
      return encodeLines(LETTERS, withDisplayTraits(profile, page.codePage && { codePage: page.codePage }), true);
    case 'brightness':
      return encodeLines(
        [centred(`<${page.level}>`, profile.columns), '#'.repeat(profile.columns)],
        { ...profile, brightness: page.level },
        true,
      );
    default:
      return unreachable(page);
  }
}

/** Each column says its number, and no two cells that stand above each other are alike. */
const RULER: DisplayLines = ['12345678901234567890', 'ABCDEFGHIJKLMNOPQRST'];
/** The letters of Spanish and Portuguese that plain ASCII lacks, and the signs of money. */
const LETTERS: DisplayLines = ['áéíóúüñÑ¿¡ $ € % 019', 'ãõâêôàçÃÕÇ # @ [ ] |'];

function encodeLines(lines: DisplayLines, profile: DisplayProfile, isFresh: boolean): readonly Uint8Array[] {
  const dialect = DIALECTS[profile.dialect];
  const bytesOf = (words: string): Uint8Array => {
    const cells = printableText(words, fitsOn(profile)).slice(0, profile.columns).padEnd(profile.columns);
    return encodeText(cells, profile.codePage?.name ?? 'CP437');
  };
  const commands = [
    ...(isFresh ? dialect.setUp(profile) : []),
    ...dialect.again(profile),
    dialect.line(0, bytesOf(lines[0])),
    dialect.line(1, bytesOf(lines[1])),
  ];
  return pieces(commands, profile);
}

/** Between two pieces a printer on the same line may get its bytes: each piece selects the display and gives the line back. */
function pieces(commands: readonly Command[], profile: DisplayProfile): readonly Uint8Array[] {
  const { sharesLineWithPrinter, pacing } = profile;
  const overhead = sharesLineWithPrinter ? SELECT_DISPLAY.length + SELECT_PRINTER.length : 0;
  const room = (pacing?.chunkBytes ?? Number.POSITIVE_INFINITY) - overhead;
  const groups: number[][] = [];
  for (const command of commands) {
    const last = groups.at(-1);
    if (last && last.length + command.length <= room) last.push(...command);
    else groups.push([...command]);
  }
  return groups.map((group) =>
    Uint8Array.from(sharesLineWithPrinter ? [...SELECT_DISPLAY, ...group, ...SELECT_PRINTER] : group),
  );
}

function fitsOn({ codePage }: DisplayProfile): CanPrint {
  return (character) => (codePage ? canPrint(character, codePage.name) : isAscii(character));
}

function isAscii(character: string): boolean {
  return character >= ' ' && character <= '~';
}

function centred(words: string, columns: number): string {
  return words.padStart(words.length + Math.floor((columns - words.length) / 2));
}
