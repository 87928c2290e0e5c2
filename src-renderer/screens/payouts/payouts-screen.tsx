/** Today's payouts, and whatever is still open from earlier. */
import { useState } from 'react';
import type { PayoutView } from '../../../src-main/core/contract/payout-contract.ts';
import { isPayoutEnded } from '../../../src-main/core/domain/payouts/payout.ts';
import { usePayoutListQuery } from '../../bridge/queries.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceRow } from '../../components/choice-row.tsx';
import { Icon } from '../../components/icon.tsx';
import { startOfDayMs } from '../../hooks/formatting.ts';
import { useTill } from '../../hooks/use-till.ts';
import { useNavigation } from '../navigation.ts';
import { ListSwitch } from '../today/list-switch.tsx';
import { PayoutPill } from './payout-pill.tsx';
import { faceOf } from './payout-tone.ts';
import { useMoment } from './use-moment.ts';
import { usePayoutMoney } from './use-payout-money.ts';

const isOpen = ({ state, review, doubt, notesSinceMs, cases }: PayoutView) =>
  !isPayoutEnded(state) ||
  review !== undefined ||
  doubt !== undefined ||
  notesSinceMs !== undefined ||
  cases.length > 0;

const FILTERS = {
  all: () => true,
  open: isOpen,
  paid: ({ state }: PayoutView) => state === 'completed',
  failed: ({ state }: PayoutView) => isPayoutEnded(state) && state !== 'completed',
} as const;

export function PayoutsScreen() {
  const { view, words } = useTill();
  const { go } = useNavigation();
  const text = words.payouts;
  const [filter, setFilter] = useState<keyof typeof FILTERS>('all');
  const list = usePayoutListQuery(startOfDayMs(view.nowMs, view.timeZone));
  const shown = (list.data ?? []).filter(FILTERS[filter]);
  return (
    <div className="today payouts">
      <header className="main-top">
        <h1>{text.today}</h1>
        <ListSwitch value="payouts" />
        <Button icon="search" hotkey="F8" onPress={() => go({ name: 'find-payout' })}>
          {text.findNow}
        </Button>
      </header>
      <ChoiceRow
        label={words.records.filter}
        value={filter}
        choices={[
          { value: 'all', words: words.records.filterAll },
          { value: 'open', words: text.filterOpen },
          { value: 'paid', words: text.filterPaid },
          { value: 'failed', words: text.filterFailed },
        ]}
        onChange={setFilter}
      />
      <ul className="today-list">
        {shown.map((payout) => (
          <li key={payout.id}>
            <PayoutRow payout={payout} />
          </li>
        ))}
        {shown.length === 0 && !list.isPending && (
          <li className="today-nothing">{filter === 'all' ? text.none : words.records.nothingHere}</li>
        )}
      </ul>
    </div>
  );
}

function PayoutRow({ payout }: Readonly<{ payout: PayoutView }>) {
  const { words } = useTill();
  const showMoment = useMoment();
  const { go } = useNavigation();
  const showMoney = usePayoutMoney();
  const { beneficiary } = payout;
  const name = [beneficiary.firstName, beneficiary.lastName].filter(Boolean).join(' ');
  return (
    <button type="button" className="today-row" onClick={() => go({ name: 'payout', id: payout.id })}>
      <span className="today-time">{showMoment(payout.requestedAtMs)}</span>
      <span className="today-amount">{showMoney(payout.amountMinor, payout.currency)}</span>
      <span className="today-reference">
        {name} · {words.payoutForm.methods[payout.method].name}
      </span>
      {payout.cases.length > 0 && (
        <span className="open-card-case" title={words.payouts.needsPerson}>
          <Icon name="flag" />
        </span>
      )}
      <PayoutPill face={faceOf(payout)} />
    </button>
  );
}
