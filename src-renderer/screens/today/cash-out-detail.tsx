import type { CashOutView } from '../../../src-main/core/contract/views.ts';
import { isEnded } from '../../../src-main/core/domain/cash-out.ts';
import { chargeMinorOf } from '../../../src-main/core/domain/purchase.ts';
import { Button } from '../../components/button.tsx';
import { PreviewKey } from '../../components/preview-key.tsx';
import { StatePill } from '../../components/state-pill.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { slipStateText } from '../../text/slip-words.ts';
import { networkName, slipWord } from '../../text/words.ts';
import { PrintKeys } from '../cash-out/cash-out-actions.tsx';
import { useNavigation } from '../navigation.ts';

/** What an auditor or a customer at the counter asks for: when, which numbers, what was printed. */
export function CashOutDetail({ cashOut }: Readonly<{ cashOut: CashOutView }>) {
  const { words, showMoney, showDateTime, showPreciseTime } = useTill();
  const { go } = useNavigation();
  const text = words.records;
  const { purchase, currency } = cashOut;
  const facts: readonly (readonly [string, string | undefined, 'code'?])[] = [
    [text.requestedAt, showDateTime(cashOut.requestedAtMs)],
    [text.paidAt, cashOut.paidAtMs === undefined ? undefined : showPreciseTime(cashOut.paidAtMs)],
    [text.endedAt, cashOut.endedAtMs === undefined ? undefined : showPreciseTime(cashOut.endedAtMs)],
    [text.checkedAt, cashOut.checkedAtMs === undefined ? undefined : showPreciseTime(cashOut.checkedAtMs)],
    [text.cashier, cashOut.cashierName],
    [words.purchase.sum.purchase, purchase && showMoney(purchase.totalMinor, currency)],
    [words.purchase.sum.total, purchase && showMoney(chargeMinorOf(cashOut), currency)],
    [text.reason, cashOut.reason],
    [text.paymentReference, cashOut.paymentReference, 'code'],
    [text.networkOrder, cashOut.networkOrderId, 'code'],
    [text.reference, cashOut.externalReference, 'code'],
    [text.identifier, cashOut.id, 'code'],
  ];
  return (
    <section className="detail" aria-label={text.detail}>
      <header className="detail-top">
        <strong>{showMoney(cashOut.amountMinor, cashOut.currency)}</strong>
        <StatePill cashOut={cashOut} />
      </header>
      <dl className="facts">
        <div>
          <dt>{words.cashOut.network}</dt>
          <dd>{networkName(cashOut.network)}</dd>
        </div>
        {facts.map(([name, value, kind]) =>
          value === undefined ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd className={kind}>{value}</dd>
            </div>
          ),
        )}
        <div>
          <dt>{text.slips}</dt>
          <dd>
            {cashOut.slips.length === 0
              ? text.noSlips
              : cashOut.slips.map((slip) => (
                  <span key={slip.jobId} className="facts-line">
                    {slipWord(words, slip.kind)}
                    {slip.copy > 0 && ` ${text.copyOf(slip.copy)}`}: {slipStateText(words, slip)}
                  </span>
                ))}
          </dd>
        </div>
      </dl>
      <footer className="detail-actions">
        <PrintKeys cashOut={cashOut} isArmed />
        {cashOut.actions.includes('print-receipt') && <PreviewKey kind="receipt" subjectId={cashOut.id} />}
        {(!isEnded(cashOut.state) || cashOut.cases.length > 0) && (
          <Button
            size="large"
            tone="primary"
            icon="arrowRight"
            onPress={() => go({ name: 'cash-out', id: cashOut.id })}
          >
            {text.open}
          </Button>
        )}
      </footer>
    </section>
  );
}
