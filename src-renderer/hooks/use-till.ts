/** The till's view and how to say things, for every screen below the start gate. */
import { createContext, use, useMemo } from 'react';
import type { TillView } from '../../src-main/core/contract/views.ts';
import type { Currency } from '../../src-main/core/domain/money.ts';
import { formatMoney, money } from '../../src-main/core/domain/money.ts';
import { invariant } from '../../src-main/core/domain/result.ts';
import { WORDS } from '../text/words.ts';
import type { Words } from '../text/words.ts';
import { dateTimeText, preciseTimeText, timeText } from './formatting.ts';

export type Till = Readonly<{
  view: TillView;
  words: Words;
  /** Till's clock minus this window's, in ms. */
  clockOffsetMs: number;
  showMoney: (minor: number, currency?: Currency) => string;
  showTime: (atMs: number) => string;
  showPreciseTime: (atMs: number) => string;
  showDateTime: (atMs: number) => string;
}>;

export const TillContext = createContext<Till | undefined>(undefined);

export function useTill(): Till {
  const till = use(TillContext);
  invariant(till !== undefined, 'a screen outside of TillContext');
  return till;
}

export function useTillValue(view: TillView | undefined, receivedAtMs: number): Till | undefined {
  return useMemo(() => {
    if (!view) return undefined;
    const { language, timeZone, currency } = view;
    return {
      view,
      words: WORDS[language],
      clockOffsetMs: view.nowMs - receivedAtMs,
      showMoney: (minor, ofCurrency = currency) => formatMoney(money(ofCurrency, minor)),
      showTime: (atMs) => timeText(atMs, language, timeZone),
      showPreciseTime: (atMs) => preciseTimeText(atMs, language, timeZone),
      showDateTime: (atMs) => dateTimeText(atMs, language, timeZone),
    };
  }, [view, receivedAtMs]);
}
