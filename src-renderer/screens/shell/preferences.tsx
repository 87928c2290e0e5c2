import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { LOCALES } from '../../../src-main/core/domain/locale.ts';
import { useAct } from '../../bridge/use-act.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceRow } from '../../components/choice-row.tsx';
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { useNavigation } from '../navigation.ts';
import { isPairingNetwork } from '../pairing/pairing-networks.ts';

const LANGUAGE_NAMES = { es: 'Español', pt: 'Português', en: 'English' } as const;

/** Who serves, and under it language and appearance. */
export function Preferences() {
  const { view, words } = useTill();
  const prefer = useAct('till.preferences');
  const { go } = useNavigation();
  const canBePaired = view.networks.some(({ id }) => isPairingNetwork(id));
  return (
    <DialogTrigger>
      <AriaButton className="who" aria-label={words.shell.preferences}>
        <span className="who-words">
          <strong>{view.shift?.cashierName ?? words.shell.preferences}</strong>
          {view.shift && <span>{words.shell.shiftNumber(view.shift.number)}</span>}
        </span>
        <Icon name="settings" />
      </AriaButton>
      <Popover className="popover" placement="bottom end">
        <Dialog className="preferences" aria-label={words.shell.preferences}>
          {({ close }) => (
            <>
              <h2>{words.shell.language}</h2>
              <ChoiceRow
                label={words.shell.language}
                value={view.language}
                choices={LOCALES.map((value) => ({ value, words: LANGUAGE_NAMES[value] }))}
                onChange={(language) => void prefer.run({ language })}
              />
              <h2>{words.shell.theme}</h2>
              <ChoiceRow
                label={words.shell.theme}
                value={view.theme}
                choices={[
                  { value: 'light', words: words.shell.themeLight },
                  { value: 'dark', words: words.shell.themeDark },
                  { value: 'system', words: words.shell.themeSystem },
                ]}
                onChange={(theme) => void prefer.run({ theme })}
              />
              <Button
                icon="printer"
                className="preferences-pairing"
                onPress={() => {
                  close();
                  go({ name: 'devices' });
                }}
              >
                {words.devices.open}
              </Button>
              {canBePaired && (
                <Button
                  icon="qr"
                  className="preferences-pairing"
                  onPress={() => {
                    close();
                    go({ name: 'pairing' });
                  }}
                >
                  {words.pairing.open}
                </Button>
              )}
              <p className="preferences-version">{words.shell.version(view.appVersion)}</p>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
