/** One cash-out: where it stands, what that means, and exactly the actions that the till allows. */
import type { CashOutView } from '../../../src-main/core/contract/views.ts';
import { FaultAnswer, useCashOutQuery } from '../../bridge/queries.ts';
import { Button } from '../../components/button.tsx';
import { ChargeSum } from '../../components/charge-sum.tsx';
import { StatePill } from '../../components/state-pill.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { faultWords, networkName } from '../../text/words.ts';
import { useNavigation } from '../navigation.ts';
import { CaseNotes } from './case-notes.tsx';
import { CashOutActions } from './cash-out-actions.tsx';
import { Progress } from './progress.tsx';
import { StageBody } from './stage-body.tsx';
import { useNextCustomer } from './use-dismissal.ts';

export function CashOutScreen({ id }: Readonly<{ id: string }>) {
  const { view, words } = useTill();
  const { go } = useNavigation();
  const query = useCashOutQuery(id);
  const cashOut = query.data ?? view.openCashOuts.find((open) => open.id === id);
  if (cashOut) return <Stage cashOut={cashOut} />;
  if (query.error instanceof FaultAnswer) {
    const { title, todo } = faultWords(words, query.error.fault);
    return (
      <div className="empty">
        <h1>{title}</h1>
        <p>{todo}</p>
        <Button icon="list" onPress={() => go({ name: 'today' })}>
          {words.shell.today}
        </Button>
      </div>
    );
  }
  return (
    <div className="empty">
      <span className="spinner" />
    </div>
  );
}

/** The pressed button is gone with the old state: the keyboard starts again from the new heading. */
function focusQuietly(heading: HTMLHeadingElement | null): void {
  heading?.focus({ preventScroll: true });
}

function Stage({ cashOut }: Readonly<{ cashOut: CashOutView }>) {
  const { words, showMoney, showTime } = useTill();
  useNextCustomer(cashOut);

  return (
    <div className="stage" data-state={cashOut.state}>
      <header className="main-top">
        <div className="stage-title">
          <h1 key={cashOut.state} ref={focusQuietly} tabIndex={-1}>
            {words.cashOut.title(showMoney(cashOut.amountMinor, cashOut.currency))}
          </h1>
          <p>
            {networkName(cashOut.network)} · {words.cashOut.startedAt(showTime(cashOut.requestedAtMs))}
          </p>
        </div>
        <StatePill cashOut={cashOut} />
      </header>
      <Progress cashOut={cashOut} />
      {cashOut.purchase && (
        <ChargeSum
          amountMinor={cashOut.amountMinor}
          purchase={cashOut.purchase}
          show={(minor) => showMoney(minor, cashOut.currency)}
          words={words.purchase.sum}
        />
      )}
      <CaseNotes cashOut={cashOut} />
      <StageBody cashOut={cashOut} />
      <CashOutActions cashOut={cashOut} />
    </div>
  );
}
