/** Today's cash-outs, and the evidence behind one of them. */
import { useState } from 'react';
import type { CashOutView } from '../../../src-main/core/contract/views.ts';
import { isEnded } from '../../../src-main/core/domain/cash-out.ts';
import { useCashOutListQuery } from '../../bridge/queries.ts';
import { ChoiceRow } from '../../components/choice-row.tsx';
import { StatePill } from '../../components/state-pill.tsx';
import { startOfDayMs } from '../../hooks/formatting.ts';
import { useTill } from '../../hooks/use-till.ts';
import { useNavigation } from '../navigation.ts';
import { ListSwitch } from './list-switch.tsx';

const FILTERS = {
  all: () => true,
  open: ({ state }: CashOutView) => !isEnded(state),
  given: ({ state }: CashOutView) => state === 'settled' || state === 'dispensed',
  returned: ({ state }: CashOutView) => state === 'returned' || state === 'returning',
  not: ({ state }: CashOutView) => state === 'cancelled' || state === 'expired' || state === 'refused',
} as const;

export function TodayScreen({ selectedId }: Readonly<{ selectedId: string | undefined }>) {
  const { view, words, showMoney, showTime } = useTill();
  const { go } = useNavigation();
  const [filter, setFilter] = useState<keyof typeof FILTERS>('all');
  const list = useCashOutListQuery(startOfDayMs(view.nowMs, view.timeZone));
  const all = (list.data ?? []).toSorted((left, right) => right.requestedAtMs - left.requestedAtMs);
  const shown = all.filter(FILTERS[filter]);

  return (
    <div className="today">
      <header className="main-top">
        <h1>{words.records.todayTitle}</h1>
        <ListSwitch value="today" />
      </header>
      <ChoiceRow
        label={words.records.filter}
        value={filter}
        choices={[
          { value: 'all', words: words.records.filterAll },
          { value: 'open', words: words.records.filterOpen },
          { value: 'given', words: words.records.filterGiven },
          { value: 'returned', words: words.records.filterReturned },
          { value: 'not', words: words.records.filterNot },
        ]}
        onChange={setFilter}
      />
      <ul className="today-list">
        {shown.map((cashOut) => (
          <li key={cashOut.id}>
            <button
              type="button"
              className="today-row"
              aria-current={cashOut.id === selectedId ? 'true' : undefined}
              onClick={() => go({ name: 'today', id: cashOut.id })}
            >
              <span className="today-time">{showTime(cashOut.requestedAtMs)}</span>
              <span className="today-amount">{showMoney(cashOut.amountMinor, cashOut.currency)}</span>
              <span className="today-reference">{cashOut.paymentReference ?? ''}</span>
              <StatePill cashOut={cashOut} />
            </button>
          </li>
        ))}
        {shown.length === 0 && !list.isPending && <li className="today-nothing">{words.records.nothingHere}</li>}
      </ul>
    </div>
  );
}
