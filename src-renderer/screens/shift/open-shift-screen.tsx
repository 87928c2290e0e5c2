/** A shift begins with a name and a counted drawer; the last close says what the drawer should hold. */
import { useState } from 'react';
import { useAct } from '../../bridge/use-act.ts';
import { textOfMinor, typedMinor } from '../../components/amount-entry.ts';
import { AmountPad } from '../../components/amount-pad.tsx';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { useNavigation } from '../navigation.ts';

export function OpenShiftScreen() {
  const { view, words, showMoney } = useTill();
  const { go } = useNavigation();
  const text = words.shifts;
  const open = useAct('shift.open');
  const [code, setCode] = useState<number | undefined>(view.people.length === 1 ? view.people[0]?.code : undefined);
  const [typed, setTyped] = useState('');
  const { lastCountedMinor } = view;
  const floatMinor = typedMinor(typed, view.currency);
  const difference = lastCountedMinor === undefined || typed === '' ? 0 : floatMinor - lastCountedMinor;

  async function openNow() {
    if (code === undefined || typed === '') return;
    const shift = await open.run({ cashierCode: code, floatMinor });
    if (shift) go({ name: 'home' });
  }

  return (
    <div className="open-shift">
      <header className="main-top">
        <h1>{text.openTitle}</h1>
      </header>
      <section className="open-shift-who" aria-label={text.who}>
        <h2>{text.who}</h2>
        {view.people.length === 0 && <p>{text.nobody}</p>}
        <ul className="people">
          {view.people.map((person) => (
            <li key={person.code}>
              <button
                type="button"
                className="person"
                aria-pressed={person.code === code}
                onClick={() => setCode(person.code)}
              >
                <Icon name={person.code === code ? 'check' : 'person'} />
                <span>
                  <strong>{person.name}</strong>
                  <small>{text.roles[person.role]}</small>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section className="open-shift-float">
        <h2>{text.floatTitle}</h2>
        <AmountPad label={text.floatTitle} currency={view.currency} text={typed} onText={setTyped} />
        <div className="float-note">
          {lastCountedMinor === undefined ? (
            <p>{text.floatHint}</p>
          ) : difference === 0 ? (
            <>
              <p>{text.lastCounted(showMoney(lastCountedMinor))}</p>
              {typed === '' && (
                <Button onPress={() => setTyped(textOfMinor(lastCountedMinor, view.currency))}>{text.useIt}</Button>
              )}
            </>
          ) : (
            <p data-tone="doubt">{text.floatDiffers(showMoney(difference))}</p>
          )}
        </div>
        <Button
          tone="primary"
          size="huge"
          icon="arrowRight"
          hotkey="F4"
          isBusy={open.isBusy}
          isDisabled={code === undefined || typed === ''}
          onPress={() => void openNow()}
        >
          {text.openNow}
        </Button>
      </section>
    </div>
  );
}
