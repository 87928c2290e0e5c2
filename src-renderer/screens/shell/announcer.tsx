import { useEffect, useRef, useState } from 'react';
import type { OpenPayoutView } from '../../../src-main/core/contract/payout-contract.ts';
import type { CashOutView } from '../../../src-main/core/contract/views.ts';
import { useTill } from '../../hooks/use-till.ts';
import { payoutStateWord } from '../../text/payout-words.ts';
import { stateWord } from '../../text/words.ts';

/** Says each change of an open cash-out or payout to a screen reader, wherever the cashier is. */
export function Announcer() {
  const { view, words, showMoney } = useTill();
  const known = useRef<ReadonlyMap<string, CashOutView['state']>>(new Map());
  const knownPayouts = useRef<ReadonlyMap<string, OpenPayoutView['state']>>(new Map());
  const [announcement, setAnnouncement] = useState('');

  useEffect(() => {
    const changed = view.openCashOuts.filter(({ id, state }) => known.current.get(id) !== state);
    known.current = new Map(view.openCashOuts.map(({ id, state }) => [id, state]));
    if (changed.length === 0) return;
    setAnnouncement(
      changed
        .map(({ state, amountMinor, currency }) =>
          words.cashOut.announce(stateWord(words, state), showMoney(amountMinor, currency)),
        )
        .join('. '),
    );
  }, [view.openCashOuts, words, showMoney]);

  useEffect(() => {
    const changed = view.openPayouts.filter(({ id, state }) => knownPayouts.current.get(id) !== state);
    knownPayouts.current = new Map(view.openPayouts.map(({ id, state }) => [id, state]));
    if (changed.length === 0) return;
    setAnnouncement(
      changed
        .map(({ state, amountMinor, currency }) =>
          words.payouts.announce(payoutStateWord(words, state), showMoney(amountMinor, currency)),
        )
        .join('. '),
    );
  }, [view.openPayouts, words, showMoney]);

  return (
    <output className="visually-hidden" aria-live="assertive">
      {announcement}
    </output>
  );
}
