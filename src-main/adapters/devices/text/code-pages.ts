/**
 * The characters that a one-byte code page can print beside ASCII. Only letters, signs and lines that slips need are listed where a page
 * differs between printer makers; a character that is not listed is spelt out by `printableText`.
 *
 * Source  Epson ESC/POS reference, ESC t: 19 is PC858, 16 WPC1252, 2 PC850, 3 PC860, 0 PC437.
 */
export const CODE_PAGE_NAMES = ['CP858', 'CP1252', 'CP850', 'CP860', 'CP437'] as const;
export type CodePageName = (typeof CODE_PAGE_NAMES)[number];

const LINES = '─═│║';
const WESTERN = 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»ÁÂÀ©¢¥ãÃ¤ðÐÊËÈÍÎÏÌÓßÔÒõÕµþÞÚÛÙýÝ¯´±¾¶§÷¸°¨·¹³²';
const PORTUGUESE = 'ÇüéâãàÁçêÊèÍÔìÃÂÉÀÈôõòÚùÌÕÜ¢£ÙÓáíóúñÑªº¿Ò¬½¼¡«»±÷°·²';
const AMERICAN = 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥ƒáíóúñÑªº¿¬½¼¡«»±÷°·²';

const REPERTOIRES: Readonly<Record<CodePageName, string>> = {
  CP858: `${WESTERN}€${LINES}`.replace('¤', ''),
  CP1252: `${WESTERN}€‚„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¦`,
  CP850: `${WESTERN}${LINES}`,
  CP860: `${PORTUGUESE}${LINES}`,
  CP437: `${AMERICAN}${LINES}`,
};

const SETS = new Map(CODE_PAGE_NAMES.map((name) => [name, new Set(REPERTOIRES[name])] as const));

/** Whether the page prints the character (one UTF-16 unit) as one byte. Control characters are never printable. */
export function canPrint(character: string, page: CodePageName): boolean {
  return (character >= ' ' && character <= '~') || (SETS.get(page)?.has(character) ?? false);
}

/** The same for a page known by name only; of one that the till does not know it uses ASCII. */
export function printableOn(name: string): (character: string) => boolean {
  const page = CODE_PAGE_NAMES.find((known) => known === name);
  return (character) => (page ? canPrint(character, page) : character >= ' ' && character <= '~');
}

export function repertoireOf(page: CodePageName): readonly string[] {
  return [...(SETS.get(page) ?? [])];
}
