/** A payout in doubt: why nothing may happen yet, what the till does about it, and what only a person can find out. */
import type { ReactNode } from 'react';
import type { PayoutDoubtView, PayoutView } from '../../../src-main/core/contract/payout-contract.ts';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import { spanText } from '../../hooks/formatting.ts';
import { useNow } from '../../hooks/use-now.ts';
import { useTill } from '../../hooks/use-till.ts';
import { networkName } from '../../text/words.ts';

export function PayoutDoubt({ payout, doubt }: Readonly<{ payout: PayoutView; doubt: PayoutDoubtView }>) {
  const { words, clockOffsetMs } = useTill();
  const nowMs = useNow(clockOffsetMs);
  const text = words.payouts;
  const network = networkName(payout.network);
  const { unknown, why } = text.doubts[doubt.command];
  const waitMs = doubt.nextAttemptAtMs - nowMs;
  const next = waitMs > 500 ? words.cashOut.doubtNext(spanText(waitMs)) : words.cashOut.doubtNow;
  return (
    <section className="stage-body doubt payout-doubt" aria-label={text.inDoubt}>
      <h2 className="payout-doubt-title">{doubt.needsPerson ? text.personTitle : text.doubtTitle(network)}</h2>
      <Row icon="question" title={text.doubtUnknown}>
        {unknown}
      </Row>
      <Row icon="lock" title={text.doubtWhy}>
        {why}
      </Row>
      {doubt.needsPerson ? (
        <Row icon="search" title={text.personSearch(network)}>
          <strong className="code payout-doubt-id">{payout.externalId}</strong>
          <span className="payout-doubt-step">{text.personFound}</span>
          <span className="payout-doubt-step">{text.personMissing}</span>
        </Row>
      ) : (
        <>
          <Row icon="sync" title={text.doubtDoing}>
            {words.cashOut.doubtAttempts(doubt.attempts)}; {next}.
          </Row>
          <p className="payout-doubt-exit">{text.doubtExit}</p>
        </>
      )}
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
