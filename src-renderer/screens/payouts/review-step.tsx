/** Third page: everything read back to the customer in groups, before the one tap that sends it. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { FieldName } from '../../../src-main/core/domain/payouts/country-forms.ts';
import { useAct } from '../../bridge/use-act.ts';
import { typedMinor } from '../../components/amount-entry.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useArmed } from '../../hooks/use-armed.ts';
import { useTill } from '../../hooks/use-till.ts';
import { networkName } from '../../text/words.ts';
import type { Words } from '../../text/words.ts';
import { useNavigation } from '../navigation.ts';
import { useDraftPlace } from './draft-context.ts';
import { fieldsWith, inGroups, needsRelease, readForm, startRequest } from './draft.ts';
import type { Draft, Way } from './draft.ts';
import { choiceLabel, fieldLabel } from './form-field.tsx';
import { usePayoutMoney } from './use-payout-money.ts';
import { isServed, NetworkNote, RateNote } from './way-step.tsx';

type StepProps = Readonly<{ draft: Draft; way: Way; change: (over: Partial<Draft>) => void }>;

/** Where the money goes: read first and largest. */
function destinationOf({ method }: Way): FieldName {
  if (method.id === 'br-pix-phone') return 'phone';
  if (method.id === 'br-pix-email') return 'email';
  return method.account ? 'bankAccount' : 'documentId';
}

export function ReviewStep({ draft, way, change }: StepProps) {
  const { words } = useTill();
  const { go } = useNavigation();
  const { keep } = useDraftPlace();
  const showMoney = usePayoutMoney();
  const text = words.payoutForm;
  const start = useAct('payout.start');
  const isArmed = useArmed('payout-review');
  /** One for each time this page is opened: sending again after a silence is the same request. */
  const [requestId] = useState(newRequestId);
  const amountMinor = typedMinor(draft.amountText, way.currency);
  const amount = showMoney(amountMinor, way.currency);
  const { verdicts } = readForm(draft, way.method);
  const mustRelease = needsRelease(way, amountMinor);

  async function send() {
    const started = await start.run(startRequest(draft, way, requestId, amountMinor));
    if (!started) return;
    keep(undefined);
    go({ name: 'payout', id: started.id });
  }

  return (
    <>
      <NetworkNote way={way} />
      <div className="payout-review">
        <Destination draft={draft} way={way} amount={amount} amountMinor={amountMinor} />
        <Details draft={draft} way={way} warned={fieldsWith(verdicts, 'warn')}>
          {way.network.hold && !mustRelease && (
            <ParkKey isOn={draft.hold} onPress={() => change({ hold: !draft.hold })} />
          )}
        </Details>
      </div>
      <footer className="actions">
        <Button size="large" icon="arrowLeft" hotkey="Escape" onPress={() => change({ step: 'who' })}>
          {text.correct}
        </Button>
        <span className="actions-gap" />
        <Button
          tone="primary"
          size="huge"
          icon="send"
          hotkey="F4"
          isBusy={start.isBusy}
          isDisabled={!isArmed || !isServed(way)}
          onPress={() => void send()}
        >
          {start.isBusy ? text.sending : text.send(amount)}
        </Button>
      </footer>
    </>
  );
}

type DestinationProps = Readonly<{ draft: Draft; way: Way; amount: string; amountMinor: number }>;

function Destination({ draft, way, amount, amountMinor }: DestinationProps) {
  const { words } = useTill();
  const text = words.payoutForm;
  const { form } = readForm(draft, way.method);
  const name = destinationOf(way);
  const rule = way.method.fields.find((field) => field.name === name) ?? { name, required: true };
  const bank = draft.bankName ?? (way.method.kind === 'bank' ? undefined : text.methods[way.method.id].name);
  return (
    <section className="payout-destination">
      <p className="payout-destination-label">{text.sends}</p>
      <p className="payout-destination-amount">{amount}</p>
      <p className="payout-destination-label">{text.to}</p>
      <p className="payout-destination-name">
        {form.firstName} {form.lastName}
      </p>
      <p className="payout-destination-label">
        {bank === undefined ? '' : `${bank} · `}
        {fieldLabel(words, way, rule)}
      </p>
      <p className="payout-destination-account" data-long={(form[name] ?? '').length > 16}>
        {inGroups(form[name] ?? '')}
      </p>
      {needsRelease(way, amountMinor) ? (
        <p className="payout-destination-note" data-tone="doubt">
          <Icon name="person" />
          {text.needsRelease}
        </p>
      ) : (
        <p className="payout-destination-note">
          <Icon name="person" />
          {text.readAloud}
        </p>
      )}
      <RateNote way={way} amountMinor={amountMinor} />
    </section>
  );
}

/** The rest of the form, with what is unusual marked. */
type DetailsProps = Readonly<{ draft: Draft; way: Way; warned: readonly FieldName[]; children: ReactNode }>;

function Details({ draft, way, warned, children }: DetailsProps) {
  const { words, view } = useTill();
  const text = words.payoutForm;
  const { form } = readForm(draft, way.method);
  const destination = destinationOf(way);
  const hidden: readonly FieldName[] = ['firstName', 'lastName', destination];
  const shown = way.method.fields.filter(({ name }) => form[name] !== undefined && !hidden.includes(name));
  return (
    <section className="payout-details">
      {warned.length > 0 && (
        <p className="payout-warned" data-tone="doubt">
          <Icon name="warning" />
          {text.readAgain}
        </p>
      )}
      <dl className="facts">
        <div>
          <dt>{text.method}</dt>
          <dd>{text.methods[way.method.id].name}</dd>
        </div>
        <div>
          <dt>{text.country}</dt>
          <dd>{text.countries[way.country]}</dd>
        </div>
        {view.payoutNetworks.length > 1 && (
          <div>
            <dt>{text.network}</dt>
            <dd>{networkName(way.network.id)}</dd>
          </div>
        )}
        {shown.map(({ name }) => (
          <div key={name} data-tone={warned.includes(name) ? 'doubt' : undefined} data-warned={warned.includes(name)}>
            <dt>{fieldLabel(words, way, { name, required: true })}</dt>
            <dd>{detailText(words, draft, name, form[name] ?? '')}</dd>
          </div>
        ))}
      </dl>
      {children}
    </section>
  );
}

/** Parking it although the amount does not ask for it. */
function ParkKey({ isOn, onPress }: Readonly<{ isOn: boolean; onPress: () => void }>) {
  const { words } = useTill();
  return (
    <button type="button" className="payout-park" aria-pressed={isOn} onClick={onPress}>
      <span className="payout-park-mark">{isOn && <Icon name="check" />}</span>
      <span>
        <strong>{words.payoutForm.parkIt}</strong>
        <small>{words.payoutForm.parkHint}</small>
      </span>
    </button>
  );
}

function detailText(words: Words, draft: Draft, name: FieldName, text: string): string {
  if (name === 'bankCode') return draft.bankName === undefined ? text : `${draft.bankName} (${text})`;
  if (name === 'documentType' || name === 'accountType') return choiceLabel(words, name, text);
  return inGroups(text);
}

function newRequestId(): string {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
