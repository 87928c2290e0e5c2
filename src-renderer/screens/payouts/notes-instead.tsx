import type { PayoutView } from '../../../src-main/core/contract/payout-contract.ts';
import { suggestNotes } from '../../../src-main/core/domain/note-suggestion.ts';
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { isMoving } from './payout-actions.tsx';
import { usePayoutMoney } from './use-payout-money.ts';

/** Counting notes in a payout's place: the amount in the largest letters of the till, and which notes make it. */
export function NotesInsteadBody({ payout }: Readonly<{ payout: PayoutView }>) {
  const { view, words } = useTill();
  const showMoney = usePayoutMoney();
  const suggested = payout.currency === view.currency ? suggestNotes(payout.amountMinor, view.notesMinor) : undefined;
  const notes = Object.entries(suggested ?? {})
    .map(([denomination, pieces]) => ({ minor: Number(denomination), pieces }))
    .toSorted((left, right) => right.minor - left.minor);
  if (isMoving(payout)) {
    return (
      <section className="stage-body message" data-tone="danger">
        <span className="message-mark">
          <Icon name="warning" />
        </span>
        <h2>{words.payouts.notesStopTitle}</h2>
        <p>{words.payouts.notesStopText}</p>
      </section>
    );
  }
  return (
    <section className="stage-body handing-over">
      <h2>{words.payouts.notesHeading}</h2>
      <p className="handing-over-amount">{showMoney(payout.amountMinor, payout.currency)}</p>
      {notes.length > 0 ? (
        <ul className="notes" aria-label={words.cashOut.suggestion}>
          {notes.map(({ minor, pieces }) => (
            <li key={minor} className="note">
              <span className="note-pieces">{pieces}</span>
              <span className="note-times">×</span>
              <span className="note-face">{showMoney(minor, payout.currency)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="handing-over-text">{words.cashOut.noSuggestion}</p>
      )}
      <p className="handing-over-text">{words.payouts.notesWaiting}</p>
    </section>
  );
}
