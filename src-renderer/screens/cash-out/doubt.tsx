/** In doubt: what is unknown, why nothing may happen, what the till does about it, and a way to serve the next customer. */
import type { ReactNode } from 'react';
import type { CashOutView, DoubtView } from '../../../src-main/core/contract/views.ts';
import type { CommandKind } from '../../../src-main/core/domain/command.ts';
import { useAct } from '../../bridge/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import { spanText } from '../../hooks/formatting.ts';
import { useNow } from '../../hooks/use-now.ts';
import { useTill } from '../../hooks/use-till.ts';
import { networkName } from '../../text/words.ts';
import type { Words } from '../../text/words.ts';
import { useNavigation } from '../navigation.ts';

/** The till puts what it must never resend at the end of time. */
const A_PERSON_DECIDES_MS = 24 * 3_600_000;

export function Doubt({ cashOut, doubt }: Readonly<{ cashOut: CashOutView; doubt: DoubtView }>) {
  const { words, showPreciseTime, clockOffsetMs } = useTill();
  const { go } = useNavigation();
  const nowMs = useNow(clockOffsetMs);
  const sync = useAct('sync.now');
  const text = words.cashOut;
  const [file] = cashOut.cases;
  const { unknown, why } = doubtWords(words, doubt.command, networkName(cashOut.network));
  const waitMs = doubt.nextAttemptAtMs - nowMs;
  const next =
    waitMs > A_PERSON_DECIDES_MS ? text.doubtPerson : waitMs > 500 ? text.doubtNext(spanText(waitMs)) : text.doubtNow;
  return (
    <section className="stage-body doubt" aria-label={text.doubtTitle}>
      <Row icon="question" title={text.doubtUnknown}>
        {unknown}
      </Row>
      <Row icon="lock" title={text.doubtWhy}>
        {why}
      </Row>
      <Row icon="sync" title={text.doubtDoing}>
        {doubt.sinceMs !== undefined && `${text.doubtSince(showPreciseTime(doubt.sinceMs))}. `}
        {text.doubtAttempts(doubt.attempts)}; {next}.
        {doubt.lastOutcome !== '' && <span className="code doubt-code">{doubt.lastOutcome}</span>}
      </Row>
      <Row icon="person" title={text.doubtSayTitle}>
        <span className="doubt-say">{text.doubtSay[doubt.command]}</span>
      </Row>
      <div className="doubt-exit">
        <p>{text.doubtExit}</p>
        {file && (
          <Button icon="flag" onPress={() => go({ name: 'case', id: file.id })}>
            {words.cases.seeCase}
          </Button>
        )}
        <Button icon="sync" isBusy={sync.isBusy} onPress={() => void sync.run({})}>
          {words.shell.syncNow}
        </Button>
      </div>
    </section>
  );
}

function Row({ icon, title, children }: Readonly<{ icon: IconName; title: string; children: ReactNode }>) {
  return (
    <div className="doubt-row">
      <Icon name={icon} />
      <h2>{title}</h2>
      <p>{children}</p>
    </div>
  );
}

function doubtWords(words: Words, command: CommandKind, network: string): Readonly<{ unknown: string; why: string }> {
  const text = words.cashOut;
  const known: Readonly<Record<CommandKind, Readonly<{ unknown: string; why: string }>>> = {
    create: { unknown: text.doubtCreate(network), why: text.doubtCreateWhy },
    cancel: { unknown: text.doubtCancel(network), why: text.doubtCancelWhy },
    refund: { unknown: text.doubtRefund(network), why: text.doubtRefundWhy },
    confirm: { unknown: text.doubtConfirm(network), why: text.doubtConfirmWhy },
  };
  return known[command];
}
