import { useCallback } from 'react';
import type { Currency } from '../../../src-main/core/domain/money.ts';
import { symbolOf } from '../../../src-main/core/domain/money.ts';
import { useTill } from '../../hooks/use-till.ts';

/** Money with its currency's code wherever the symbol alone could be taken for the till's own money. */
export function usePayoutMoney(): (minor: number, currency: Currency) => string {
  const { view, showMoney } = useTill();
  return useCallback(
    (minor, currency) => {
      const shown = showMoney(minor, currency);
      const isPlain = currency === view.currency || symbolOf(currency) !== symbolOf(view.currency);
      return isPlain ? shown : `${shown}\u00a0${currency}`;
    },
    [view.currency, showMoney],
  );
}
