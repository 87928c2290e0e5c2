import { useState } from 'react';
import { useAct } from '../../bridge/use-act.ts';
import { typedMinor } from '../../components/amount-entry.ts';
import { AmountPad } from '../../components/amount-pad.tsx';
import { Button } from '../../components/button.tsx';
import { useNotices } from '../../components/notices.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { useNavigation } from '../navigation.ts';

export function DropScreen() {
  const { view, words, showMoney } = useTill();
  const { go } = useNavigation();
  const { showNote } = useNotices();
  const text = words.shifts;
  const drop = useAct('shift.drop');
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState<string>();
  const amountMinor = typedMinor(typed, view.currency);

  async function dropNow() {
    if (reason === undefined || amountMinor === 0) return;
    const done = await drop.run({ amountMinor, reason });
    if (!done) return;
    showNote({ text: text.dropDone(showMoney(amountMinor)), tone: 'good' });
    go({ name: 'shift' });
  }

  return (
    <div className="drop">
      <header className="main-top">
        <h1>{text.dropTitle}</h1>
        <Button tone="quiet" icon="arrowLeft" hotkey="Escape" onPress={() => go({ name: 'shift' })}>
          {words.shell.back}
        </Button>
      </header>
      <section className="drop-reason" aria-label={text.dropReason}>
        <h2>{text.dropReason}</h2>
        <ul className="people">
          {text.dropReasons.map((choice) => (
            <li key={choice}>
              <button
                type="button"
                className="person"
                aria-pressed={choice === reason}
                onClick={() => setReason(choice)}
              >
                {choice}
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section className="drop-amount">
        <h2>{text.dropAmount}</h2>
        <AmountPad label={text.dropAmount} currency={view.currency} text={typed} onText={setTyped} />
        <Button
          tone="primary"
          size="huge"
          icon="safe"
          hotkey="F4"
          isBusy={drop.isBusy}
          isDisabled={reason === undefined || amountMinor === 0}
          onPress={() => void dropNow()}
        >
          {text.dropNow(showMoney(amountMinor))}
        </Button>
      </section>
    </div>
  );
}
