/** The middle of a payout's screen: one clear sentence for each state, and what helps where it failed. */
import type { ReactNode } from 'react';
import type { PayoutView } from '../../../src-main/core/contract/payout-contract.ts';
import { payoutMethod } from '../../../src-main/core/domain/payouts/country-forms.ts';
import { unreachable } from '../../../src-main/core/domain/result.ts';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/state-tone.ts';
import { useTill } from '../../hooks/use-till.ts';
import { declineFamily, hintWords, reviewWords } from '../../text/payout-words.ts';
import { networkName } from '../../text/words.ts';
import { inGroups } from './draft.ts';
import { PayoutDoubt } from './payout-doubt.tsx';
import { faceOf, toneOfFace } from './payout-tone.ts';

export function PayoutBody({ payout }: Readonly<{ payout: PayoutView }>) {
  const { words } = useTill();
  const text = words.payouts;
  const network = networkName(payout.network);
  if (payout.doubt) return <PayoutDoubt payout={payout} doubt={payout.doubt} />;
  if (payout.review) {
    // What the state would say may be exactly what is not true.
    const said = [reviewWords(words, payout.review.why), text.reviewText].filter(Boolean).join(' ');
    return <Message payout={payout} icon="question" title={text.reviewTitle} text={said} />;
  }
  switch (payout.state) {
    case 'requested':
    case 'pending':
    case 'on_hold':
      return <Waiting payout={payout} />;
    case 'delivered':
      return <Delivered payout={payout} />;
    case 'completed':
      return (
        <Message
          payout={payout}
          icon="check"
          title={text.completedTitle}
          text={payoutMethod(payout.method).kind === 'pickup' ? text.collectedText : text.completedText}
        />
      );
    case 'cancelled':
      return <Message payout={payout} icon="cross" title={text.cancelledTitle} text={text.cancelledText(network)} />;
    case 'declined':
      return <Declined payout={payout} />;
    case 'not_found':
      return <Message payout={payout} icon="cross" title={text.notFoundTitle} text={text.notFoundText(network)} />;
    case 'rejected':
      return <Rejected payout={payout} />;
    default:
      return unreachable(payout.state);
  }
}

type MessageProps = Readonly<{
  payout: PayoutView;
  /** Without one: work in progress. */
  icon?: IconName;
  tone?: Tone;
  title: string;
  text: string;
  children?: ReactNode;
}>;

function Message({ payout, icon, tone = toneOfFace(faceOf(payout)), title, text, children }: MessageProps) {
  return (
    <section className="stage-body message" data-tone={tone}>
      <span className="message-mark">{icon ? <Icon name={icon} /> : <span className="spinner" />}</span>
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </section>
  );
}

/** Nothing is owed and nothing may be given: it can still go either way. */
function Waiting({ payout }: Readonly<{ payout: PayoutView }>) {
  const { words } = useTill();
  const text = words.payouts;
  const network = networkName(payout.network);
  if (payout.cancelAsked) {
    return <Message payout={payout} title={text.cancelAskedTitle} text={text.cancelAskedText(network)} />;
  }
  if (payout.state === 'on_hold') {
    return <Message payout={payout} icon="pause" title={text.heldTitle} text={text.heldText} />;
  }
  if (payout.state === 'pending') {
    return <Message payout={payout} icon="clock" title={text.pendingTitle} text={text.pendingText(network)} />;
  }
  return <Message payout={payout} title={text.requestedTitle} text={text.requestedText(network)} />;
}

function Delivered({ payout }: Readonly<{ payout: PayoutView }>) {
  const { words } = useTill();
  const text = words.payouts;
  const { kind, id } = payoutMethod(payout.method);
  if (kind === 'pickup') {
    return (
      <Message
        payout={payout}
        icon="notes"
        title={text.pickupTitle}
        text={text.pickupText(words.payoutForm.methods[id].name)}
      >
        {payout.pickupReference !== undefined && (
          <div className="pickup">
            <span>{text.pickupReference}</span>
            <strong>{inGroups(payout.pickupReference)}</strong>
          </div>
        )}
      </Message>
    );
  }
  const isWallet = kind === 'wallet';
  return (
    <Message
      payout={payout}
      icon={isWallet ? 'wallet' : 'bank'}
      title={isWallet ? text.walletTitle : text.deliveredTitle}
      text={isWallet ? text.walletText : text.deliveredText}
    />
  );
}

function Declined({ payout }: Readonly<{ payout: PayoutView }>) {
  const { words } = useTill();
  const text = words.payouts;
  const code = payout.code ?? '';
  const family = declineFamily(code);
  const isWithdrawn = family === 'withdrawn';
  return (
    <Message
      payout={payout}
      icon={isWithdrawn ? 'cross' : 'warning'}
      tone={isWithdrawn ? 'quiet' : 'danger'}
      title={isWithdrawn ? text.cancelledTitle : text.declinedTitle}
      text={`${text.declines[family]} ${text.declinedNothing}`}
    >
      {code !== '' && !isWithdrawn && <p className="message-fine code">{text.code(code)}</p>}
    </Message>
  );
}

function Rejected({ payout }: Readonly<{ payout: PayoutView }>) {
  const { words } = useTill();
  const text = words.payouts;
  const { rejection, reversed } = payout;
  // What became of it is said above; advice would invite a second payment.
  const isSettled = payout.replacement !== undefined;
  return (
    <Message
      payout={payout}
      icon={reversed ? 'undo' : 'warning'}
      title={reversed ? text.returnedTitle : text.rejectedTitle}
      text={reversed ? text.returnedText : text.rejectedText}
    >
      {rejection && !isSettled && (
        <div className="callout" data-tone="waiting">
          <Icon name="arrowRight" />
          <p>
            <strong>{text.whatHelps}</strong>
            <span>{hintWords(words, reversed ? 'returned' : rejection.hint)}</span>
          </p>
        </div>
      )}
      {rejection?.code !== undefined && <p className="message-fine code">{text.code(String(rejection.code))}</p>}
    </Message>
  );
}
