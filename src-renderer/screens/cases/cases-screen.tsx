import type { CaseView } from '../../../src-main/core/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { caseWords } from '../../text/words.ts';
import { useNavigation } from '../navigation.ts';

export function CasesScreen() {
  const { view, words, showMoney, showDateTime } = useTill();
  const text = words.records;
  if (view.openCases.length === 0) {
    return (
      <div className="empty">
        <span className="empty-mark" data-tone="paid">
          <Icon name="check" />
        </span>
        <h1>{text.noCases}</h1>
        <p>{text.noCasesText}</p>
      </div>
    );
  }
  return (
    <div className="cases">
      <header className="main-top">
        <div>
          <h1>{text.casesTitle}</h1>
          <p>{text.casesIntro}</p>
        </div>
      </header>
      <ul className="case-list">
        {view.openCases.map((file) => {
          const { title, text: explanation, todo } = caseWords(words, file.kind);
          return (
            <li key={file.id} className="case">
              <div className="case-words">
                <Icon name="flag" />
                <h2>{title}</h2>
                <p>{explanation}</p>
                <p className="case-todo">{todo}</p>
              </div>
              <div className="case-side">
                <span>{text.atRisk}</span>
                <strong>{showMoney(file.amountMinor, file.currency)}</strong>
                <small>{text.openedAt(showDateTime(file.openedAtMs))}</small>
                <Subject file={file} />
              </div>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The way to what the case is about. */
function Subject({ file: { cashOutId, payoutId } }: Readonly<{ file: CaseView }>) {
  const { words } = useTill();
  const { go } = useNavigation();
  if (payoutId !== undefined) {
    return (
      <Button icon="arrowRight" onPress={() => go({ name: 'payout', id: payoutId })}>
        {words.payouts.seePayout}
      </Button>
    );
  }
  if (cashOutId === undefined) return null;
  return (
    <Button icon="arrowRight" onPress={() => go({ name: 'cash-out', id: cashOutId })}>
      {words.records.seeCashOut}
    </Button>
  );
}
