import type { ReactNode } from 'react';
import type { CustomerView } from '../../../src-main/core/contract/views.ts';
import { formatMoney, money } from '../../../src-main/core/domain/money.ts';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/state-tone.ts';
import type { Words } from '../../text/words.ts';
import { IdleArt } from './idle-art.tsx';
import { PayScene } from './pay-scene.tsx';

type SceneProps = Readonly<{ view: CustomerView; words: Words; receivedAtMs: number }>;

export function CustomerScene({ view, words, receivedAtMs }: SceneProps) {
  const text = words.customer;
  const frame = (children: ReactNode, tone?: Tone) => (
    <Frame shopName={view.shopName} tone={tone}>
      {children}
    </Frame>
  );
  switch (view.scene) {
    case 'idle':
      return frame(<Welcome title={text.welcome} text={text.welcomeText} />);
    case 'closed':
      return frame(<Said icon="lock" title={text.closed} text={text.closedText} />);
    case 'pay':
      return frame(<PayScene view={view} words={words} receivedAtMs={receivedAtMs} />);
    default:
      break;
  }
  const show = (minor: number): string => formatMoney(money(view.currency, minor));
  const notes = show(view.amountMinor);
  // What left the wallet, or comes back to it: the purchase too.
  const amount = show(view.amountMinor + (view.purchaseMinor ?? 0));
  switch (view.scene) {
    case 'preparing':
      return frame(<Said title={text.preparing} text={text.preparingText} amount={amount} />, 'waiting');
    case 'checking':
      return frame(<Said title={text.checking} text={text.checkingText} amount={amount} />, 'waiting');
    case 'paid':
      return frame(<Said icon="check" title={text.paid} text={text.paidText} amount={amount} />, 'paid');
    case 'take-notes':
      return frame(<Said icon="notes" title={text.takeNotes} text={text.takeNotesText} amount={notes} />, 'paid');
    case 'done':
      return frame(<Said icon="check" title={text.done} text={text.doneText} />, 'done');
    case 'cancelled':
      return frame(<Said icon="cross" title={text.cancelled} text={text.cancelledText} />, 'quiet');
    case 'expired':
      return frame(<Said icon="clock" title={text.expired} text={text.expiredText} />, 'quiet');
    case 'returning':
      return frame(<Said icon="undo" title={text.returning} text={text.returningText} amount={amount} />, 'doubt');
    case 'returned':
      return frame(<Said icon="undo" title={text.returned} text={text.returnedText} amount={amount} />, 'quiet');
    default:
      return frame(<Said title={text.oneMoment} text={text.oneMomentText} />);
  }
}

export function OneMoment({ words, shopName }: Readonly<{ words: Words; shopName: string }>) {
  return (
    <Frame shopName={shopName} tone="waiting">
      <Said title={words.customer.oneMoment} text={words.customer.oneMomentText} />
    </Frame>
  );
}

type FrameProps = Readonly<{ shopName: string; tone?: Tone | undefined; children: ReactNode }>;

function Frame({ shopName, tone, children }: FrameProps) {
  return (
    <main className="customer" data-tone={tone ?? 'calm'} aria-live="polite">
      <header className="customer-top">{shopName}</header>
      {children}
    </main>
  );
}

function Welcome({ title, text }: Readonly<{ title: string; text: string }>) {
  return (
    <section className="customer-said customer-idle">
      <IdleArt />
      <h1>{title}</h1>
      <p>{text}</p>
    </section>
  );
}

type SaidProps = Readonly<{ icon?: IconName; title: string; text: string; amount?: string }>;

/** Without an icon: work in progress. */
function Said({ icon, title, text, amount }: SaidProps) {
  return (
    <section className="customer-said">
      <span className="customer-mark">{icon ? <Icon name={icon} /> : <span className="spinner" />}</span>
      <h1>{title}</h1>
      {amount !== undefined && <p className="customer-amount">{amount}</p>}
      <p>{text}</p>
    </section>
  );
}
