/** Beside a payout's state: what happened when, how fresh that is, and the details as far as they may be shown. */
import type { PayoutView } from '../../../src-main/core/contract/payout-contract.ts';
import { payoutMethod } from '../../../src-main/core/domain/payouts/country-forms.ts';
import { groupedVoucher } from '../../../src-main/core/domain/payouts/voucher.ts';
import { useAct } from '../../bridge/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { spanText } from '../../hooks/formatting.ts';
import { useNow } from '../../hooks/use-now.ts';
import { useTill } from '../../hooks/use-till.ts';
import { payoutStateWord } from '../../text/payout-words.ts';
import { slipStateText } from '../../text/slip-words.ts';
import { slipWord } from '../../text/words.ts';
import type { Words } from '../../text/words.ts';
import { useNavigation } from '../navigation.ts';

export function PayoutRecord({ payout }: Readonly<{ payout: PayoutView }>) {
  const { words } = useTill();
  return (
    <aside className="payout-record">
      <section aria-label={words.payouts.timeline}>
        <Timeline payout={payout} />
        <Freshness payout={payout} />
      </section>
      <PayoutFacts payout={payout} />
    </aside>
  );
}

type Moment = Readonly<{ said: string; atMs: number; tone: 'done' | 'off' }>;

function done(said: string, atMs: number | undefined): readonly Moment[] {
  return atMs === undefined ? [] : [{ said, atMs, tone: 'done' }];
}

function momentsOf(words: Words, payout: PayoutView): readonly Moment[] {
  const text = words.payouts;
  const isPickup = payoutMethod(payout.method).kind === 'pickup';
  const ended = payout.state === 'rejected' && payout.reversed ? text.returned : payoutStateWord(words, payout.state);
  const outside = words.cases.what['step.repaid-outside'];
  const replaced = { notes: text.atNotes, payout: text.atReissued, outside }[payout.replacement?.by ?? 'payout'];
  return [
    ...done(text.atRequested, payout.requestedAtMs),
    ...done(isPickup ? text.atPickupReady : text.atDelivered, payout.deliveredAtMs),
    ...done(text.atCompleted, payout.completedAtMs),
    ...(payout.endedAtMs === undefined ? [] : [{ said: ended, atMs: payout.endedAtMs, tone: 'off' } as const]),
    ...done(replaced, payout.replacement?.atMs),
  ].toSorted((left, right) => left.atMs - right.atMs);
}

const A_DAY_MS = 20 * 3_600_000;

function Timeline({ payout }: Readonly<{ payout: PayoutView }>) {
  const { words, view, showTime, showDateTime } = useTill();
  return (
    <ol className="timeline">
      {momentsOf(words, payout).map(({ said, atMs, tone }) => (
        <li key={`${said} ${atMs}`} data-kind={tone}>
          <span className="timeline-mark">
            <Icon name={tone === 'done' ? 'check' : 'cross'} />
          </span>
          <span>{said}</span>
          <time>{view.nowMs - atMs < A_DAY_MS ? showTime(atMs) : showDateTime(atMs).replace(/\/\d{4}/, '')}</time>
        </li>
      ))}
    </ol>
  );
}

/** How old the network's word is, and when the till asks again; asking now where the till allows it. */
function Freshness({ payout }: Readonly<{ payout: PayoutView }>) {
  const { words, clockOffsetMs } = useTill();
  const nowMs = useNow(clockOffsetMs);
  const refresh = useAct('payout.refresh');
  const text = words.payouts;
  const { checkedAtMs, nextCheckAtMs } = payout;
  const waitMs = nextCheckAtMs === undefined ? undefined : nextCheckAtMs - nowMs;
  return (
    <div className="freshness" data-failing={payout.checkFailing}>
      <p>
        {payout.checkFailing ? (
          <span>{text.checkFailing}</span>
        ) : (
          checkedAtMs !== undefined && <span>{text.checkedAgo(spanText(nowMs - checkedAtMs))}</span>
        )}
        {waitMs !== undefined && <span>{waitMs > 500 ? text.nextCheck(spanText(waitMs)) : text.checkingNow}</span>}
      </p>
      {payout.actions.includes('refresh') && (
        <Button icon="sync" hotkey="F9" isBusy={refresh.isBusy} onPress={() => void refresh.run({ id: payout.id })}>
          {text.refresh}
        </Button>
      )}
    </div>
  );
}

function PayoutFacts({ payout }: Readonly<{ payout: PayoutView }>) {
  const { words } = useTill();
  const { go } = useNavigation();
  const text = words.payouts;
  const { beneficiary, bankName, reissueOf } = payout;
  const document = [beneficiary.documentType, beneficiary.documentId].filter(Boolean).join(' ');
  const facts: readonly (readonly [string, string | undefined, 'code'?])[] = [
    [text.method, words.payoutForm.methods[payout.method].name],
    [text.bank, bankName],
    [words.records.cashier, payout.cashierName],
    [text.account, beneficiary.bankAccount, 'code'],
    [text.document, document === '' ? undefined : document, 'code'],
    [text.phone, beneficiary.phone, 'code'],
    [text.email, beneficiary.email, 'code'],
    [text.voucher, groupedVoucher(payout.voucher), 'code'],
    [text.networkNumber, payout.cashoutId === undefined ? undefined : `#${payout.cashoutId}`, 'code'],
    [text.bankReference, payout.bankReference, 'code'],
  ];
  return (
    <dl className="facts" aria-label={text.details}>
      {facts.map(([name, value, kind]) =>
        value === undefined || value === '' ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={kind}>{value}</dd>
          </div>
        ),
      )}
      {payout.slips.length > 0 && (
        <div>
          <dt>{words.records.slips}</dt>
          <dd>
            {payout.slips.map((slip) => (
              <span key={slip.jobId} className="facts-line">
                {slip.copy > 0 ? words.records.copyOf(slip.copy) : slipWord(words, slip.kind)}:{' '}
                {slipStateText(words, slip)}
              </span>
            ))}
          </dd>
        </div>
      )}
      {reissueOf !== undefined && (
        <div>
          <dt>{text.reissueOf}</dt>
          <dd>
            <Button tone="quiet" onPress={() => go({ name: 'payout', id: reissueOf })}>
              {text.seeOriginal}
            </Button>
          </dd>
        </div>
      )}
    </dl>
  );
}
