/**
 * Layout: a slip document on so many columns, as lines of cells. Pure.
 *
 * Words wrap; an amount is never cut: what does not fit beside its label goes to a line of its own, and what is wider than the paper goes on
 * over several lines, all of it.
 * Units  columns of one cell at normal size; a line scaled twice as wide has half as many.
 */
import { unreachable } from '../../../core/domain/result.ts';
import type {
  Bitmap,
  QrForm,
  SlipAlign,
  SlipDocument,
  SlipPart,
  SlipSize,
} from '../../../core/domain/slips/slip-document.ts';
import { canPrint as canPrintOnPage, printableOn } from '../text/code-pages.ts';
import type { CanPrint } from '../text/printable-text.ts';
import { printableText } from '../text/printable-text.ts';
import type { PrinterProfile } from './printer-profile.ts';

export type LaidLine =
  | Readonly<{
      kind: 'text';
      text: string;
      align: SlipAlign;
      widthScale: number;
      heightScale: number;
      isBold: boolean;
      isInverse: boolean;
      /** Where the line is in another page than the slip. */
      codePage?: Readonly<{ number: number; name: string }>;
    }>
  | Readonly<{ kind: 'rule'; text: string }>
  | Readonly<{ kind: 'qr'; payload: string; form?: QrForm }>
  | Readonly<{ kind: 'picture'; bitmap: Bitmap }>
  | Readonly<{ kind: 'feed'; lines: number }>
  | Readonly<{ kind: 'cut' }>;

export type TextLine = Extract<LaidLine, { kind: 'text' }>;
export type LayoutPaper = Readonly<{ columns: number; canPrint: CanPrint }>;

export const NORMAL: Omit<TextLine, 'text'> = {
  kind: 'text',
  align: 'left',
  widthScale: 1,
  heightScale: 1,
  isBold: false,
  isInverse: false,
};
const SCALES = {
  normal: { widthScale: 1, heightScale: 1 },
  tall: { widthScale: 1, heightScale: 2 },
  big: { widthScale: 2, heightScale: 2 },
} as const;
const NO_BREAK_SPACE = '\u00a0';
const HERO_SCALE = 3;
/** Columns of rule and blank that a heading keeps on each side. */
const HEADING_RULE = 2;
const SIGNATURE_LINES = 2;
const VALUE_INDENT = 2;
/** Room for a number of three digits and the longest name of a page. */
const SAMPLE_COLUMN = 12;

/** The lines that are encoded, previewed and measured for this printer: there are no others. */
export function layOutFor(document: SlipDocument, { columns, codePage }: PrinterProfile): readonly LaidLine[] {
  return layOut(document, { columns, canPrint: (character) => canPrintOnPage(character, codePage.name) });
}

export function layOut(document: SlipDocument, paper: LayoutPaper): readonly LaidLine[] {
  // A no-break space holds an amount and its symbol together until the lines are made.
  const keepsTogether = {
    ...paper,
    canPrint: (character: string) => character === NO_BREAK_SPACE || paper.canPrint(character),
  };
  return document.parts.flatMap((part) => layOutPart(part, keepsTogether)).map(withPlainSpaces);
}

function withPlainSpaces(line: LaidLine): LaidLine {
  return line.kind === 'text' ? { ...line, text: line.text.replaceAll(NO_BREAK_SPACE, ' ') } : line;
}

function layOutPart(part: SlipPart, paper: LayoutPaper): readonly LaidLine[] {
  const { columns, canPrint } = paper;
  switch (part.kind) {
    case 'text':
      return textLines(part, paper);
    case 'pair':
      return pairLines(part, paper);
    case 'step':
      return stepLines(printableText(part.marker, canPrint), printableText(part.text, canPrint), columns);
    case 'heading':
      return headingLines(part, paper);
    case 'rule':
      return [{ kind: 'rule', text: ruleCharacter(canPrint).repeat(columns) }];
    case 'band':
      return bandLines(printableText(part.text, canPrint), columns);
    case 'signature':
      return [
        { kind: 'feed', lines: SIGNATURE_LINES },
        { ...NORMAL, text: '_'.repeat(columns) },
        ...wrap(printableText(part.label, canPrint), columns).map((words) => ({ ...NORMAL, text: words })),
      ];
    case 'ruler':
      return [{ ...NORMAL, text: rulerText(part.columns ?? columns) }];
    case 'code-page-sample':
      return sampleLines(part, columns);
    case 'qr':
    case 'picture':
    case 'feed':
    case 'cut':
      return [part];
    default:
      return unreachable(part);
  }
}

function textLines(part: Extract<SlipPart, { kind: 'text' }>, { columns, canPrint }: LayoutPaper): readonly TextLine[] {
  const words = printableText(part.text, canPrint).trim();
  const { widthScale, heightScale } = scaleFor(words, part.size, columns);
  return wrap(words, Math.floor(columns / widthScale)).map((line) => ({
    ...NORMAL,
    text: line,
    align: part.align,
    widthScale,
    heightScale,
    isBold: part.weight === 'bold',
  }));
}

/** The size that was wished for if the words fit on one line with it; else the normal one (for the hero, the next smaller). */
function scaleFor(
  words: string,
  size: SlipSize,
  columns: number,
): Readonly<{ widthScale: number; heightScale: number }> {
  switch (size) {
    case 'normal':
      return SCALES.normal;
    case 'tall':
      return SCALES.tall;
    case 'big':
      return words.length * 2 <= columns ? SCALES.big : SCALES.normal;
    case 'hero': {
      const scale = Math.max(1, Math.min(HERO_SCALE, Math.floor(columns / Math.max(1, words.length))));
      return { widthScale: scale, heightScale: Math.max(2, scale) };
    }
    default:
      return unreachable(size);
  }
}

function headingLines(
  part: Extract<SlipPart, { kind: 'heading' }>,
  { columns, canPrint }: LayoutPaper,
): readonly TextLine[] {
  const rule = ruleCharacter(canPrint);
  const lines = wrap(printableText(part.text, canPrint), columns - 2 * HEADING_RULE);
  return lines.map((words) => {
    const before = part.align === 'left' ? '' : `${rule.repeat(Math.floor((columns - words.length - 2) / 2))} `;
    const after = ` ${rule.repeat(columns - before.length - words.length - 1)}`;
    return { ...NORMAL, isBold: true, text: `${before}${words}${after}` };
  });
}

function bandLines(words: string, columns: number): readonly TextLine[] {
  const { widthScale, heightScale } = words.length * 2 + 2 <= columns ? SCALES.big : SCALES.normal;
  const lineColumns = Math.floor(columns / widthScale);
  return wrap(words, lineColumns - 1).map((line) => ({
    ...NORMAL,
    text: padBoth(line, lineColumns),
    widthScale,
    heightScale,
    isBold: true,
    isInverse: true,
  }));
}

function pairLines(part: Extract<SlipPart, { kind: 'pair' }>, { columns, canPrint }: LayoutPaper): readonly TextLine[] {
  const left = printableText(part.left, canPrint).trim();
  const right = printableText(part.right, canPrint).trim();
  const scale = scaleFor(`${left} ${right}`, part.size, columns);
  const style = { ...NORMAL, ...scale, isBold: part.weight === 'bold' };
  return pairTexts(left, right, Math.floor(columns / scale.widthScale)).map((text) => ({ ...style, text }));
}

/** Label and value on one line; else the label's last line shares with the value; else the value stands alone, a long one as a paragraph. */
function pairTexts(left: string, right: string, columns: number): readonly string[] {
  if (left === '') return wrap(right, columns).map((line) => line.padStart(columns));
  if (left.length + 1 + right.length <= columns) return [`${left}${right.padStart(columns - left.length)}`];
  const labelLines = wrap(left, columns);
  const lastLabel = labelLines.at(-1) ?? '';
  if (labelLines.length > 1 && lastLabel.length + 1 + right.length <= columns) {
    return [...labelLines.slice(0, -1), `${lastLabel}${right.padStart(columns - lastLabel.length)}`];
  }
  const valueLines = wrap(right, columns);
  const [onlyValue = ''] = valueLines;
  if (valueLines.length <= 1) return [...labelLines, onlyValue.padStart(columns)];
  return [...labelLines, ...wrap(right, columns - VALUE_INDENT).map((line) => `${' '.repeat(VALUE_INDENT)}${line}`)];
}

function stepLines(marker: string, words: string, columns: number): readonly TextLine[] {
  const indent = marker.length + 1;
  return wrap(words, columns - indent).map((line, index) => ({
    ...NORMAL,
    text: `${index === 0 ? `${marker} ` : ' '.repeat(indent)}${line}`,
  }));
}

/** `....:....1....:....2....:.>28`: as many columns as the number at its end says. */
function rulerText(columns: number): string {
  const end = `>${columns}`;
  const marks = Array.from({ length: columns - end.length }, (_, index) => {
    const column = index + 1;
    if (column % 10 === 0) return String((column / 10) % 10);
    return column % 5 === 0 ? ':' : '.';
  });
  return `${marks.join('')}${end}`;
}

/** `19 CP858   áéíóú…`: the label is ASCII, which every page has; what the page lacks is spelt out as on any slip. */
function sampleLines(
  { number, name, text }: Extract<SlipPart, { kind: 'code-page-sample' }>,
  columns: number,
): readonly TextLine[] {
  const label = `${number} ${name}`;
  const words = printableText(text, printableOn(name)).trim();
  const style = { ...NORMAL, codePage: { number, name } };
  if (SAMPLE_COLUMN + words.length <= columns) return [{ ...style, text: `${label.padEnd(SAMPLE_COLUMN)}${words}` }];
  return [{ ...NORMAL, text: label }, ...wrap(words, columns).map((line) => ({ ...style, text: line }))];
}

/** Breaks between words; a word that is wider than the line goes on over the next ones, no character lost. */
export function wrap(words: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.split(' ').filter((piece) => piece !== '')) {
    if (line !== '' && line.length + 1 + word.length <= columns) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (line.length > columns) {
      lines.push(line.slice(0, columns));
      line = line.slice(columns);
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

function ruleCharacter(canPrint: CanPrint): string {
  return canPrint('─') ? '─' : '-';
}

/** A bar is as wide as the paper, so that two of them are the same; an odd blank goes to the right. */
function padBoth(words: string, columns: number): string {
  return words.padStart(words.length + Math.floor((columns - words.length) / 2)).padEnd(columns);
}
