/**
 * What every slip has around its contents: shop and till on top, and the marks that keep it from being taken for something it is not.
 *
 * I9   a reprint says COPY and its number.
 * I10  a slip of training mode carries the watermark at both ends, so that neither half of a torn slip passes for money.
 */
import type { Notes } from '../cash-out.ts';
import type { Locale } from '../locale.ts';
import type { Money } from '../money.ts';
import { formatMoney, money } from '../money.ts';
import { invariant } from '../result.ts';
import { totalOf } from '../shift.ts';
import type { SlipDocument, SlipDocumentKind, SlipPart } from './slip-document.ts';
import { centred, feed, pair } from './slip-document.ts';
import { SLIP_WORDS } from './slip-words.ts';

/** Who prints and in which words. `copyNumber` is 0 for the first print of a slip and counts its reprints from 1. */
export type SlipFrame = Readonly<{
  locale: Locale;
  timeZone: string;
  shopName: string;
  tillName: string;
  mode: 'live' | 'training';
  copyNumber: number;
}>;

/** Errors: a broken invariant for a copy number that is not a whole number from 0. */
export function framed(kind: SlipDocumentKind, frame: SlipFrame, contents: readonly SlipPart[]): SlipDocument {
  const { copyNumber, locale, mode } = frame;
  invariant(Number.isSafeInteger(copyNumber) && copyNumber >= 0, `copy number ${copyNumber}`);
  const words = SLIP_WORDS[locale];
  const watermark = mode === 'training' ? [band(words.training)] : [];
  const trainingNote = mode === 'training' ? [centred(words.trainingNote)] : [];
  const copyMark = copyNumber > 0 ? [band(words.copy(copyNumber))] : [];
  const headMarks = [...watermark, ...trainingNote, ...copyMark];
  const footMarks = [...copyMark, ...watermark].flatMap((mark) => [GAP, mark]);
  return {
    kind,
    parts: [
      ...headMarks,
      ...(headMarks.length > 0 ? [GAP] : []),
      centred(frame.shopName, { weight: 'bold' }),
      centred(`${words.till} ${frame.tillName}`),
      GAP,
      ...contents,
      ...footMarks,
      { kind: 'cut' },
    ],
  };
}

const GAP = feed(0.25);

function band(words: string): SlipPart {
  return { kind: 'band', text: words };
}

/** The slip's name: what a reader must see first beside the amount. */
export function title(words: string): readonly SlipPart[] {
  return [{ kind: 'heading', align: 'center', text: words.toLocaleUpperCase('es') }];
}

/**
 * `12 × $ 500 … $ 6,000`, largest first; values that were counted as none are left out.
 * Errors: a broken invariant when the counts do not add up to the amount they shall prove.
 */
export function denominationPairs(notes: Notes, total: Money): readonly SlipPart[] {
  const sumMinor = totalOf(notes);
  invariant(sumMinor === total.minor, `denominations make ${sumMinor}, not ${total.minor}`);
  return Object.entries(notes)
    .map(([denomination, pieces]) => ({ valueMinor: Number(denomination), pieces }))
    .filter(({ pieces }) => pieces > 0)
    .toSorted((left, right) => right.valueMinor - left.valueMinor)
    .map(({ valueMinor, pieces }) =>
      pair(
        `${pieces} × ${formatMoney(money(total.currency, valueMinor))}`,
        formatMoney(money(total.currency, valueMinor * pieces)),
      ),
    );
}
