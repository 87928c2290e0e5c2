/** What a customer's voucher is about: one field that a scanner fills and ends with Enter, or that somebody types into. */
import { useEffect, useRef, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { PayoutFinding } from '../../../src-main/core/contract/payout-contract.ts';
import type { PayoutNetworkId } from '../../../src-main/core/domain/payouts/payout.ts';
import { unreachable } from '../../../src-main/core/domain/result.ts';
import { useAct } from '../../bridge/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/state-tone.ts';
import { isBehindDialog, useKeyDown } from '../../hooks/use-key-down.ts';
import { useTill } from '../../hooks/use-till.ts';
import { hintWords, payoutStateWord } from '../../text/payout-words.ts';
import { networkName } from '../../text/words.ts';
import { useNavigation } from '../navigation.ts';
import type { Place } from '../navigation.ts';
import { toneOfFace } from './payout-tone.ts';

type Asked = Extract<Place, { name: 'find-payout' }>;
type Found = Readonly<{ text: string; finding: PayoutFinding }>;

/** With a text: it was scanned, and is looked for at once. */
export function FindPayoutScreen({ asked: place }: Readonly<{ asked: Asked }>) {
  const { view, words } = useTill();
  const { go } = useNavigation();
  const find = useAct('payout.find');
  const text = words.payouts;
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<Found>();
  const newestLook = useRef(look);

  useEffect(() => {
    newestLook.current = look;
  });
  useEffect(() => {
    input.current?.focus({ preventScroll: true });
    if (place.text !== undefined) void newestLook.current(place.text);
  }, [place]);
  // A scanner types wherever the focus is: its first sign brings it here.
  useKeyDown((event) => {
    const isSign = event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!isSign || event.key === ' ' || document.activeElement === input.current || isBehindDialog(null)) return;
    input.current?.focus({ preventScroll: true });
    input.current?.select();
  });

  async function look(asked: string, network?: PayoutNetworkId) {
    setTyped(asked);
    setFound(undefined);
    // With one network there is nothing to ask the cashier; our own records come first all the same.
    const only = view.payoutNetworks.length === 1 ? view.payoutNetworks[0]?.id : undefined;
    const of = network ?? only;
    const finding = await find.run({ text: asked, ...(of !== undefined && { network: of }) });
    input.current?.select();
    if (!finding) return;
    if (finding.kind === 'ours') go({ name: 'payout', id: finding.payout.id });
    else setFound({ text: asked, finding });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void look(typed.trim());
  }

  return (
    <div className="find">
      <header className="main-top">
        <div>
          <h1>{text.findTitle}</h1>
          <p>{text.findIntro}</p>
        </div>
        <Button tone="quiet" icon="arrowLeft" hotkey="Escape" onPress={() => go({ name: 'new-payout' })}>
          {words.shell.back}
        </Button>
      </header>
      <form className="find-line" onSubmit={submit}>
        <input
          ref={input}
          className="payout-input find-input"
          type="text"
          aria-label={text.findLabel}
          placeholder={text.findLabel}
          aria-describedby="find-hint"
          data-takes-scans
          autoCapitalize="characters"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button tone="primary" size="large" icon="search" isBusy={find.isBusy} onPress={() => void look(typed.trim())}>
          {text.findNow}
        </Button>
      </form>
      <p id="find-hint" className="find-hint">
        {text.findHint}
      </p>
      {found && <Finding {...found} onAsk={(network) => void look(found.text, network)} />}
    </div>
  );
}

function Finding({ text: asked, finding, onAsk }: Found & Readonly<{ onAsk: (network: PayoutNetworkId) => void }>) {
  const { view, words } = useTill();
  const text = words.payouts;
  switch (finding.kind) {
    case 'ours':
      return null;
    case 'network':
      return <NetworksWord finding={finding} />;
    case 'unknown':
      return finding.askedNetwork ? (
        <Card icon="question" tone="doubt" title={text.findUnknownTitle} text={text.findUnknownText} code={asked} />
      ) : (
        <Card icon="question" tone="waiting" title={text.findForeignTitle} text={text.findForeignText} code={asked}>
          <div className="find-networks">
            {view.payoutNetworks.map(({ id }) => (
              <Button key={id} size="large" icon="search" onPress={() => onAsk(id)}>
                {text.findAsk(networkName(id))}
              </Button>
            ))}
          </div>
        </Card>
      );
    case 'damaged':
      return (
        <Card icon="warning" tone="danger" title={text.findDamagedTitle} text={text.findDamagedText} code={asked} />
      );
    case 'unusable':
      return <Card icon="question" tone="doubt" title={text.findUnusable[finding.why]} />;
    default:
      return unreachable(finding);
  }
}

function NetworksWord({ finding }: Readonly<{ finding: Extract<PayoutFinding, { kind: 'network' }> }>) {
  const { words } = useTill();
  const text = words.payouts;
  const name = networkName(finding.network);
  const { status, rejection } = finding;
  const number = finding.externalId ?? (finding.cashoutId === undefined ? undefined : `#${finding.cashoutId}`);
  return (
    <Card
      icon={status === 'completed' ? 'check' : status === 'unclear' ? 'question' : 'bank'}
      tone={status === 'unclear' ? 'doubt' : toneOfFace(status)}
      title={
        status === 'unclear'
          ? text.findNetworkUnclear(name)
          : text.findNetworkTitle(name, payoutStateWord(words, status))
      }
      text={text.findNetworkText}
      code={number}
    >
      {rejection && <p className="find-hint">{hintWords(words, rejection.hint)}</p>}
    </Card>
  );
}

type CardProps = Readonly<{
  icon: IconName;
  tone: Tone;
  title: string;
  text?: string;
  code?: string | undefined;
  children?: ReactNode;
}>;

function Card({ icon, tone, title, text, code, children }: CardProps) {
  return (
    <section className="find-card" data-tone={tone} aria-live="polite">
      <span className="message-mark">
        <Icon name={icon} />
      </span>
      <div>
        <h2>{title}</h2>
        {code !== undefined && <p className="code">{code}</p>}
        {text !== undefined && <p>{text}</p>}
        {children}
      </div>
    </section>
  );
}
