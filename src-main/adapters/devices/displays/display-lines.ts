/**
 * What a customer display of two lines says for each view: words above, the amount below. Always two full lines, so that a byte that was
 * lost on the way is healed by the next update.
 */
import type { DisplayView } from '../../../core/application/ports/customer-display.ts';
import type { Money } from '../../../core/domain/money.ts';
import { formatMoney, toDecimalText } from '../../../core/domain/money.ts';
import { unreachable } from '../../../core/domain/result.ts';
import type { CanPrint } from '../text/printable-text.ts';
import { printableText } from '../text/printable-text.ts';
import { DISPLAY_WORDS } from './display-words.ts';

export type DisplayLines = readonly [string, string];
type DisplayCells = Readonly<{ columns: number; canPrint: CanPrint }>;

const MS_PER_MINUTE = 60_000;
const MS_PER_SECOND = 1_000;

export function displayLines(view: DisplayView, cells: DisplayCells): DisplayLines {
  const [upper, lower] = linesOf(view, cells);
  return [fill(upper, cells), fill(lower, cells)];
}

function linesOf(view: DisplayView, cells: DisplayCells): DisplayLines {
  const words = DISPLAY_WORDS[view.locale];
  switch (view.state) {
    case 'idle':
      return nameOnTwoLines(view.shopName, cells) ?? [centre(view.shopName, cells), centre(words.welcome, cells)];
    case 'closed':
      return [centre(view.shopName, cells), centre(words.tillClosed, cells)];
    case 'amount':
      return [words.cashOut, right(amountText(view.amount, cells), cells)];
    case 'pay':
      return [words.scan, payLine(view.amount, view.remainingMs, cells)];
    case 'paid':
      return [words.paid, right(amountText(view.amount, cells), cells)];
    case 'take-notes':
      return [words.takeNotes, right(amountText(view.amount, cells), cells)];
    case 'done':
      return [words.thanks, right(amountText(view.amount, cells), cells)];
    case 'returning':
      return [words.returning, right(amountText(view.amount, cells), cells)];
    case 'returned':
      return [words.returned, right(amountText(view.amount, cells), cells)];
    case 'cancelled':
      return [words.cancelled, words.nothingCharged];
    case 'expired':
      return [words.expired, words.doNotPay];
    case 'please-wait':
      return [words.oneMoment, words.doNotPayTwice];
    default:
      return unreachable(view);
  }
}

/** A long name is shown whole where two lines hold it: half a word welcomes nobody. Undefined: one line is enough, or two are not. */
function nameOnTwoLines(name: string, cells: DisplayCells): DisplayLines | undefined {
  const whole = printableText(name, cells.canPrint).trim();
  if (whole.length <= cells.columns) return undefined;
  const end = whole.lastIndexOf(' ', cells.columns);
  const rest = whole.slice(end).trim();
  return end <= 0 || rest.length > cells.columns
    ? undefined
    : [centre(whole.slice(0, end), cells), centre(rest, cells)];
}

/** An amount is never cut: one that does not fit with its symbol and groups is shown as plain digits. */
function amountText(amount: Money, { columns, canPrint }: DisplayCells): string {
  const formatted = printableText(formatMoney(amount), canPrint);
  return formatted.length <= columns ? formatted : toDecimalText(amount);
}

/** The time left beside the amount, where there is room for both; the amount goes first. */
function payLine(amount: Money, remainingMs: number, cells: DisplayCells): string {
  const shown = amountText(amount, cells);
  const clock = remainingText(remainingMs);
  if (clock.length + 1 + shown.length > cells.columns) return right(shown, cells);
  return `${clock}${shown.padStart(cells.columns - clock.length)}`;
}

/** `14:05`; rounded up, so that it says 0:00 only when the time is over. */
export function remainingText(remainingMs: number): string {
  const wholeMs = Math.ceil(Math.max(0, remainingMs) / MS_PER_SECOND) * MS_PER_SECOND;
  const minutes = Math.floor(wholeMs / MS_PER_MINUTE);
  const seconds = (wholeMs % MS_PER_MINUTE) / MS_PER_SECOND;
  return `${minutes}:${String(seconds).padStart(2, '0')}`;
}

function centre(words: string, { columns, canPrint }: DisplayCells): string {
  const printable = printableText(words, canPrint).trim().slice(0, columns).trimEnd();
  return printable.padStart(printable.length + Math.floor((columns - printable.length) / 2));
}

function right(words: string, { columns }: DisplayCells): string {
  return words.padStart(columns);
}

function fill(words: string, { columns, canPrint }: DisplayCells): string {
  return printableText(words, canPrint).slice(0, columns).padEnd(columns);
}
