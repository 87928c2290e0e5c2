import type { CashOutView } from '../../../src-main/core/contract/views.ts';
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { caseWords } from '../../text/words.ts';

/** What a person must decide about this cash-out. A late payment has its own words where its actions are. */
export function CaseNotes({ cashOut }: Readonly<{ cashOut: CashOutView }>) {
  const { words } = useTill();
  const isSaidBelow = (kind: string) =>
    (kind === 'late-payment' && cashOut.state === 'paid') || (kind === 'qr-refused' && cashOut.qrData === undefined);
  return cashOut.cases
    .filter(({ kind }) => !isSaidBelow(kind))
    .map(({ id, kind }) => {
      const { title, text, todo } = caseWords(words, kind);
      return (
        <div key={id} className="callout" data-tone="danger">
          <Icon name="flag" />
          <p>
            <strong>{title}</strong>
            <span>
              {text} {todo}
            </span>
          </p>
        </div>
      );
    });
}
