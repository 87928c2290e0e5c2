import type { ReportView } from '../../../src-main/core/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { toneOfState } from '../../components/state-tone.ts';
import { useTill } from '../../hooks/use-till.ts';
import { stateWord } from '../../text/words.ts';
import { useNavigation } from '../navigation.ts';

/** Closing never fails in silence: what stands in its way is named, and one tap away. */
export function CloseBlocked({ open }: Readonly<{ open: ReportView['open'] }>) {
  const { words, showMoney } = useTill();
  const { go } = useNavigation();
  return (
    <div className="count blocked">
      <header className="main-top">
        <div>
          <h1>{words.shifts.blockedTitle}</h1>
          <p>{words.shifts.blockedText}</p>
        </div>
        <Button tone="quiet" icon="arrowLeft" hotkey="Escape" onPress={() => go({ name: 'shift' })}>
          {words.shell.back}
        </Button>
      </header>
      <ul className="blocked-list">
        {open.map(({ id, state, amountMinor }) => (
          <li key={id}>
            <button type="button" className="today-row" onClick={() => go({ name: 'cash-out', id })}>
              <span className="today-amount">{showMoney(amountMinor)}</span>
              <span className="code">{id}</span>
              <span className="pill" data-tone={toneOfState(state)}>
                <span className="pill-dot" />
                {stateWord(words, state)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
