/** The first two taps: how much, and charge. Says before the customer asks when that will not work. */
import { useEffect, useRef, useState } from 'react';
import type { NetworkView } from '../../../src-main/core/contract/views.ts';
import { refuseAmount } from '../../../src-main/core/domain/limits.ts';
import { exponentOf } from '../../../src-main/core/domain/money.ts';
import type { QrMode } from '../../../src-main/core/domain/network.ts';
import type { AskedItem } from '../../../src-main/core/domain/purchase.ts';
import { useAct } from '../../bridge/use-act.ts';
import {
  decimalMarkOf,
  keypadKeyOf,
  textOfMinor,
  typeKey,
  typedMinor,
  typedText,
} from '../../components/amount-entry.ts';
import type { KeypadKey } from '../../components/amount-entry.ts';
import { Button } from '../../components/button.tsx';
import { ChargeSum } from '../../components/charge-sum.tsx';
import { ChoiceRow } from '../../components/choice-row.tsx';
import { Icon } from '../../components/icon.tsx';
import { Keypad } from '../../components/keypad.tsx';
import { isBehindDialog, useKeyDown } from '../../hooks/use-key-down.ts';
import { useTill } from '../../hooks/use-till.ts';
import { networkName } from '../../text/words.ts';
import { useNavigation } from '../navigation.ts';
import { useSyncNow } from '../shell/use-sync-now.ts';
import { PurchaseSheet, totalOf } from './purchase-sheet.tsx';

/** Why nothing can be charged just now. */
const TROUBLE_ID = 'network-trouble';

export function HomeScreen() {
  const { view, words, showMoney } = useTill();
  const { go } = useNavigation();
  const start = useAct('cash-out.start');
  const [text, setText] = useState('');
  const [networkId, setNetworkId] = useState(view.networks[0]?.id);
  const [chosenMode, setChosenMode] = useState<QrMode>();
  const [items, setItems] = useState<readonly AskedItem[]>([]);
  const amountField = useRef<HTMLInputElement>(null);
  const startArea = useRef<HTMLDivElement>(null);

  const network = view.networks.find(({ id }) => id === networkId) ?? view.networks[0];
  const mode = chosenMode ?? network?.defaultMode;
  const amountMinor = typedMinor(text, view.currency);
  const problem = useAmountProblem(amountMinor);
  const purchased = network?.purchase === true ? items : [];
  const isServed = network !== undefined && network.connection !== 'blocked' && network.connection !== 'offline';
  const isReady = amountMinor > 0 && problem === undefined && isServed;
  const needsDecimals = exponentOf(view.currency) > 0 && view.limits.stepMinor % 10 ** exponentOf(view.currency) !== 0;

  useEffect(() => amountField.current?.focus({ preventScroll: true }), []);

  function press(key: KeypadKey) {
    if (!start.isBusy) setText((typed) => typeKey(typed, key, view.currency));
  }
  async function charge() {
    if (!isReady) return;
    const started = await start.run({
      network: network.id,
      amountMinor,
      ...(mode !== undefined && mode !== network.defaultMode && { mode }),
      ...(purchased.length > 0 && { items: purchased, purchaseMinor: totalOf(purchased) }),
    });
    if (started) go({ name: 'cash-out', id: started.id });
  }
  function pick(minor: number, isByKeyboard: boolean) {
    setText(textOfMinor(minor, view.currency));
    if (isByKeyboard) startArea.current?.querySelector('button')?.focus();
  }

  function startWords(): string {
    if (purchased.length === 0 || amountMinor === 0) return words.cashOut.start;
    return words.purchase.charge(showMoney(amountMinor + totalOf(purchased)));
  }

  useKeyDown((event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isBehindDialog(amountField.current)) return;
    const key = keypadKeyOf(event.key);
    if (key !== undefined && (key !== 'decimal' || needsDecimals)) {
      event.preventDefault();
      amountField.current?.focus({ preventScroll: true });
      press(key);
    }
    if (event.key === 'Escape') setText('');
    const isOnControl = document.activeElement instanceof HTMLButtonElement;
    if (event.key === 'Enter' && !event.repeat && !isOnControl) void charge();
  });

  return (
    <div className="home">
      <HomeTop network={network} />
      <section className="home-amount">
        <label className="home-label" htmlFor="amount">
          {words.cashOut.amountTitle}
        </label>
        <input
          id="amount"
          ref={amountField}
          className="amount-field"
          data-empty={text === ''}
          data-long={text.length > 7}
          readOnly
          inputMode="none"
          value={typedText(text, view.currency)}
          aria-describedby="amount-hint"
        />
        <p id="amount-hint" className="home-hint" data-problem={amountMinor > 0 && problem !== undefined}>
          {amountMinor > 0 && problem !== undefined
            ? problem
            : words.cashOut.amountHint(
                showMoney(view.limits.minMinor),
                showMoney(view.limits.maxMinor),
                showMoney(view.limits.stepMinor),
              )}
        </p>
        <fieldset
          className="quick"
          data-many={view.quickAmountsMinor.length > 6 || network?.purchase === true}
          aria-label={words.cashOut.quickAmounts}
        >
          {view.quickAmountsMinor.map((minor) => (
            <button
              key={minor}
              type="button"
              className="quick-amount"
              aria-pressed={minor === amountMinor}
              onClick={(event) => pick(minor, event.detail === 0)}
            >
              {showMoney(minor)}
            </button>
          ))}
        </fieldset>
        <div className="home-choices">
          {view.networks.length > 1 && network && (
            <ChoiceRow
              label={words.cashOut.network}
              value={network.id}
              choices={view.networks.map(({ id, purchase }) => ({
                value: id,
                words: purchase ? words.purchase.network(networkName(id)) : networkName(id),
              }))}
              onChange={(id) => {
                setNetworkId(id);
                setChosenMode(undefined);
              }}
            />
          )}
          {network && mode !== undefined && network.modes.length > 1 && (
            <ChoiceRow
              label={words.cashOut.mode}
              value={mode}
              choices={network.modes.map((value) => ({
                value,
                words: {
                  dynamic: words.cashOut.modeDynamic,
                  static: words.cashOut.modeStatic,
                  hybrid: words.cashOut.modeHybrid,
                }[value],
              }))}
              onChange={setChosenMode}
            />
          )}
          {network?.purchase === true && <HomePurchase amountMinor={amountMinor} items={items} onItems={setItems} />}
        </div>
        <div className="home-start" ref={startArea}>
          <Button
            tone="primary"
            size="huge"
            icon="qr"
            describedBy={isServed ? undefined : TROUBLE_ID}
            isBusy={start.isBusy}
            isDisabled={!isReady}
            onPress={() => void charge()}
          >
            {startWords()}
          </Button>
        </div>
      </section>
      <Keypad
        onKey={press}
        corner={needsDecimals ? 'decimal' : '00'}
        decimalMark={decimalMarkOf(view.currency)}
        label={words.cashOut.keypad}
        eraseLabel={words.shell.erase}
        clearLabel={words.shell.clear}
      />
    </div>
  );
}

type HomePurchaseProps = Readonly<{
  amountMinor: number;
  items: readonly AskedItem[];
  onItems: (items: readonly AskedItem[]) => void;
}>;

/** One tap to add goods to the payment; then how both come to the sum. */
function HomePurchase({ amountMinor, items, onItems }: HomePurchaseProps) {
  const { words, showMoney } = useTill();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      {items.length === 0 ? (
        <Button size="large" icon="plus" className="home-purchase" onPress={() => setIsOpen(true)}>
          {words.purchase.start}
        </Button>
      ) : (
        <button type="button" className="purchase-card" onClick={() => setIsOpen(true)}>
          <ChargeSum
            amountMinor={amountMinor}
            purchase={{ totalMinor: totalOf(items) }}
            show={showMoney}
            words={{ ...words.purchase.sum, purchase: words.purchase.edit(items.length) }}
          />
        </button>
      )}
      <PurchaseSheet isOpen={isOpen} items={items} onItems={onItems} onClose={() => setIsOpen(false)} />
    </>
  );
}

/** Always the same height: the keys below never move, whatever the line does. */
function HomeTop({ network }: Readonly<{ network: NetworkView | undefined }>) {
  const { words, view } = useTill();
  const { isBusy: isSyncing, syncNow } = useSyncNow();
  const isBad = network?.connection === 'offline' || network?.connection === 'blocked';
  if (!network || !isBad) {
    return (
      <header className="main-top">
        <h1>{words.cashOut.newTitle}</h1>
        <p>{network ? networkName(network.id) : view.shopName}</p>
      </header>
    );
  }
  const name = networkName(network.id);
  const isOffline = network.connection === 'offline';
  return (
    <div id={TROUBLE_ID} className="main-top banner" role="alert" data-tone={isOffline ? 'doubt' : 'danger'}>
      <Icon name={isOffline ? 'cloudOff' : 'lock'} />
      <p>
        <strong>{isOffline ? words.shell.offlineTitle(name) : words.shell.blockedTitle(name)}</strong>
        <span>{isOffline ? words.shell.offlineText : words.shell.blockedText(network.code ?? '')}</span>
      </p>
      <Button icon="sync" isBusy={isSyncing} onPress={() => void syncNow()}>
        {words.shell.syncNow}
      </Button>
    </div>
  );
}

function useAmountProblem(amountMinor: number): string | undefined {
  const { view, words, showMoney } = useTill();
  // Whether the drawer holds enough is the till's to say: the count at close is blind.
  const problem = refuseAmount(amountMinor, view.limits, Number.MAX_SAFE_INTEGER);
  if (problem?.kind === 'below-minimum') return words.cashOut.amountTooSmall(showMoney(problem.minMinor));
  if (problem?.kind === 'above-maximum') return words.cashOut.amountTooLarge(showMoney(problem.maxMinor));
  if (problem?.kind === 'not-a-step') return words.cashOut.amountNotAStep(showMoney(problem.stepMinor));
  return undefined;
}
