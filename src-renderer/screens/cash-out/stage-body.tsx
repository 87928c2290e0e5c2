/** The middle of a cash-out's screen, one part for each state. */
import type { ReactNode } from 'react';
import type { CashOutView } from '../../../src-main/core/contract/views.ts';
import type { CaseKind } from '../../../src-main/core/domain/case-file.ts';
import type { Late } from '../../../src-main/core/domain/cash-out.ts';
import { chargeMinorOf } from '../../../src-main/core/domain/purchase.ts';
import { unreachable } from '../../../src-main/core/domain/result.ts';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import { toneOf } from '../../components/state-tone.ts';
import type { Tone } from '../../components/state-tone.ts';
import { spanText } from '../../hooks/formatting.ts';
import { useNow } from '../../hooks/use-now.ts';
import { useTill } from '../../hooks/use-till.ts';
import { refusalFamily } from '../../text/refusal-family.ts';
import { caseWords, networkName, refusalWords } from '../../text/words.ts';
import type { Words } from '../../text/words.ts';
import { AwaitingPayment } from './awaiting-payment.tsx';
import { ConfirmBy } from './confirm-by.tsx';
import { Doubt } from './doubt.tsx';
import { HandingOver } from './handing-over.tsx';

export function StageBody({ cashOut }: Readonly<{ cashOut: CashOutView }>) {
  const notesAreOut = cashOut.state === 'handing_over' || cashOut.state === 'dispensed';
  if (cashOut.doubt && !notesAreOut) return <Doubt cashOut={cashOut} doubt={cashOut.doubt} />;
  return <StateBody cashOut={cashOut} />;
}

function StateBody({ cashOut }: Readonly<{ cashOut: CashOutView }>) {
  const { words } = useTill();
  const text = words.cashOut;
  const network = networkName(cashOut.network);
  switch (cashOut.state) {
    case 'requested':
      return cashOut.cancelAsked ? (
        <Message cashOut={cashOut} title={text.cancelAskedTitle} text={text.cancelAskedText(network)} />
      ) : (
        <Message cashOut={cashOut} title={text.requestedTitle} text={text.requestedText(network)} />
      );
    case 'awaiting_payment':
      if (cashOut.mode === 'dynamic' && cashOut.qrData === undefined) {
        // The code did not pass its checks, so nobody may scan it (I7).
        return <CaseMessage cashOut={cashOut} kind="qr-refused" />;
      }
      return <AwaitingPayment cashOut={cashOut} />;
    case 'cancelling':
      return <Message cashOut={cashOut} title={text.cancellingTitle} text={text.cancellingText(network)} />;
    case 'paid':
      return <Paid cashOut={cashOut} />;
    case 'handing_over':
      return <HandingOver cashOut={cashOut} />;
    case 'dispensed':
      return <Message cashOut={cashOut} icon="check" title={text.dispensedTitle} text={text.dispensedText(network)} />;
    case 'settled':
      return <Message cashOut={cashOut} icon="check" title={text.settledTitle} text={text.settledText} />;
    case 'returning':
      if (cashOut.cases.some(({ kind }) => kind === 'return-failed'))
        return <CaseMessage cashOut={cashOut} kind="return-failed" />;
      return <Message cashOut={cashOut} title={text.returningTitle} text={text.returningText(network)} />;
    case 'returned':
      return <Message cashOut={cashOut} icon="undo" title={text.returnedTitle} text={text.returnedText} />;
    case 'cancelled':
      return <Message cashOut={cashOut} icon="cross" title={text.cancelledTitle} text={text.cancelledText} />;
    case 'expired':
      return <Message cashOut={cashOut} icon="clock" title={text.expiredTitle} text={text.expiredText} />;
    case 'refused':
      return <Refused cashOut={cashOut} />;
    default:
      return unreachable(cashOut.state);
  }
}

type MessageProps = Readonly<{
  cashOut: CashOutView;
  /** Without one: work in progress. */
  icon?: IconName;
  tone?: Tone;
  title: string;
  text: string;
  children?: ReactNode;
}>;

function Message({ cashOut, icon, tone = toneOf(cashOut), title, text, children }: MessageProps) {
  const { words } = useTill();
  const showsReason = cashOut.state === 'returning' || cashOut.state === 'returned';
  return (
    <section className="stage-body message" data-tone={tone}>
      <span className="message-mark">{icon ? <Icon name={icon} /> : <span className="spinner" />}</span>
      <h2>{title}</h2>
      <p>{text}</p>
      {showsReason && cashOut.reason !== undefined && (
        <p className="message-fine">{words.cashOut.reasonGiven(cashOut.reason)}</p>
      )}
      {children}
      {cashOut.checkFailing && <CheckFailing />}
    </section>
  );
}

export function CheckFailing() {
  const { words } = useTill();
  return (
    <output className="callout" data-tone="doubt">
      <Icon name="question" />
      <p>
        <strong>{words.cashOut.checkFailingTitle}</strong>
        <span>{words.cashOut.checkFailingText}</span>
      </p>
    </output>
  );
}

/** The network left nothing to wait for: a person goes on from here. */
function CaseMessage({ cashOut, kind }: Readonly<{ cashOut: CashOutView; kind: CaseKind }>) {
  const { words } = useTill();
  const { title, text, todo } = caseWords(words, kind);
  return (
    <Message cashOut={cashOut} icon="warning" tone="danger" title={title} text={text}>
      <p>{todo}</p>
    </Message>
  );
}

function Refused({ cashOut }: Readonly<{ cashOut: CashOutView }>) {
  const { words } = useTill();
  const code = cashOut.reason ?? '';
  const family = refusalFamily(code);
  return (
    <Message
      cashOut={cashOut}
      icon={family === 'withdrawn' ? 'cross' : 'warning'}
      tone={family === 'withdrawn' ? 'quiet' : 'danger'}
      title={family === 'withdrawn' ? words.cashOut.cancelledTitle : words.cashOut.refusedTitle}
      text={refusalWords(words, family)}
    >
      {code !== '' && family !== 'withdrawn' && <p className="message-fine code">{words.cashOut.refusalCode(code)}</p>}
    </Message>
  );
}

const STALE_MS = 60_000;

/** Opened by the network's word only, and it says how old that word is. */
function Paid({ cashOut }: Readonly<{ cashOut: CashOutView }>) {
  const { words, showMoney, showPreciseTime, clockOffsetMs } = useTill();
  const nowMs = useNow(clockOffsetMs);
  const ageMs = cashOut.checkedAtMs === undefined ? undefined : nowMs - cashOut.checkedAtMs;
  return (
    <section className="stage-body paid">
      <div className="paid-card">
        <span className="paid-mark">
          <Icon name="check" />
        </span>
        <div>
          <h2>{words.cashOut.paidTitle}</h2>
          <p className="paid-amount">{showMoney(chargeMinorOf(cashOut), cashOut.currency)}</p>
        </div>
      </div>
      {cashOut.paymentReference !== undefined && (
        <div className="paid-reference">
          <span>{words.cashOut.paidCompare}</span>
          <strong>{groupDigits(cashOut.paymentReference)}</strong>
        </div>
      )}
      <p className="paid-proof" data-stale={ageMs === undefined || ageMs > STALE_MS}>
        {cashOut.paidAtMs !== undefined &&
          words.cashOut.paidText(networkName(cashOut.network), showPreciseTime(cashOut.paidAtMs))}
        {ageMs !== undefined && (
          <span>
            {ageMs > STALE_MS ? words.cashOut.checkedStale(spanText(ageMs)) : words.cashOut.checkedAgo(spanText(ageMs))}
          </span>
        )}
      </p>
      <ConfirmBy cashOut={cashOut} />
      {cashOut.late !== undefined && (
        <div className="callout" data-tone="doubt">
          <Icon name="clock" />
          <p>
            <strong>{words.cashOut.lateTitle}</strong>
            <span>{lateWords(words, cashOut.late)}</span>
          </p>
        </div>
      )}
    </section>
  );
}

function lateWords(words: Words, late: Late): string {
  const known: Readonly<Record<Late, string>> = {
    'while-cancelling': words.cashOut.lateWhileCancelling,
    'after-cancel': words.cashOut.lateAfterCancel,
    'after-expiry': words.cashOut.lateAfterExpiry,
  };
  return known[late];
}

/** Long numbers are compared in groups; anything else stays as it is. */
function groupDigits(reference: string): string {
  return /^\d{7,}$/.test(reference) ? reference.replaceAll(/\B(?=(\d{4})+$)/g, '\u2009') : reference;
}
