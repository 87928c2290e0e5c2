import type { CashOutView } from '../../../src-main/core/contract/views.ts';
import { useTill } from '../../hooks/use-till.ts';
import { ConfirmBy } from './confirm-by.tsx';

/** The amount in the largest letters of the till, and which notes make it. */
export function HandingOver({ cashOut }: Readonly<{ cashOut: CashOutView }>) {
  const { words, showMoney } = useTill();
  const notes = Object.entries(cashOut.noteSuggestion ?? {})
    .map(([denomination, pieces]) => ({ minor: Number(denomination), pieces }))
    .toSorted((left, right) => right.minor - left.minor);
  return (
    <section className="stage-body handing-over">
      <h2>{words.cashOut.handingOverTitle}</h2>
      <p className="handing-over-amount">{showMoney(cashOut.amountMinor, cashOut.currency)}</p>
      {notes.length > 0 ? (
        <ul className="notes" aria-label={words.cashOut.suggestion}>
          {notes.map(({ minor, pieces }) => (
            <li key={minor} className="note">
              <span className="note-pieces">{pieces}</span>
              <span className="note-times">×</span>
              <span className="note-face">{showMoney(minor, cashOut.currency)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="handing-over-text">{words.cashOut.noSuggestion}</p>
      )}
      <p className="handing-over-text">{words.cashOut.handingOverText}</p>
      <ConfirmBy cashOut={cashOut} />
    </section>
  );
}
