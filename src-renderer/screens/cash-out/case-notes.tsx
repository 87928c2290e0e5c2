import type { CashOutView } from '../../../src-main/core/contract/views.ts';
import type { CaseKind } from '../../../src-main/core/domain/case-file.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { caseWords } from '../../text/words.ts';
import { useNavigation } from '../navigation.ts';

/** What a person must decide about this cash-out. Some are what the screen below is about. */
export function CaseNotes({ cashOut }: Readonly<{ cashOut: CashOutView }>) {
  const { words } = useTill();
  const { go } = useNavigation();
  const isSaidBelow = (kind: CaseKind) =>
    (kind === 'late-payment' && cashOut.state === 'paid') ||
    (kind === 'qr-refused' && cashOut.state === 'awaiting_payment') ||
    (kind === 'return-failed' && cashOut.state === 'returning');
  return cashOut.cases
    .filter(({ kind }) => !isSaidBelow(kind))
    .map(({ id, kind }) => {
      const { title, text, todo } = caseWords(words, kind);
      return (
        <div key={id} className="callout case-note" data-tone="danger">
          <Icon name="flag" />
          <p>
            <strong>{title}</strong>
            <span>
              {text} {todo}
            </span>
          </p>
          <Button tone="quiet" icon="arrowRight" onPress={() => go({ name: 'case', id })}>
            {words.cases.seeCase}
          </Button>
        </div>
      );
    });
}
