/**
 * What each byte from 80h to FFh looks like in a code page, as the printer's character generator has it.
 * Source  unicode.org mappings of the vendors' code pages; page numbers of ESC t from the Epson ESC/POS reference.
 */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ';
const CP850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´-±‗¾¶§÷¸°¨·¹³²■ ';
const CP860 =
  'ÇüéâãàÁçêÊèÍÔìÃÂÉÀÈôõòÚùÌÕÜ¢£Ù₧ÓáíóúñÑªº¿Ò¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ';
const CP1252 =
  '€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ ¡¢£¤¥¦§¨©ª«¬-®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ';

/** Where the code page of the same name has a dotless i, this one has the euro. */
const CP858 = CP850.replace('ı', '€');

const PAGES = { CP437, CP850, CP858, CP860, CP1252 } as const;
export type CodePageName = keyof typeof PAGES;

/** The numbers of ESC t in Epson's printers, and in those of makers who follow them. */
export const EPSON_CODE_PAGES: ReadonlyMap<number, CodePageName> = new Map([
  [0, 'CP437'],
  [2, 'CP850'],
  [3, 'CP860'],
  [16, 'CP1252'],
  [19, 'CP858'],
]);

export function decodeFrom(page: CodePageName, byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : (PAGES[page][byte - 0x80] ?? '\ufffd');
}

/** One printed character for one byte from 20h up, with Epson's numbers. */
export function decodeByte(byte: number, pageNumber: number): string {
  const page = EPSON_CODE_PAGES.get(pageNumber);
  if (byte < 0x80 || page === undefined) return byte < 0x80 ? String.fromCharCode(byte) : '\ufffd';
  return decodeFrom(page, byte);
}
