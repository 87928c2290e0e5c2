/** Above the middle of a payout's screen: what a person must know whatever the state says. */
import type { ReactNode } from 'react';
import type { PayoutView } from '../../../src-main/core/contract/payout-contract.ts';
import type { CaseKind } from '../../../src-main/core/domain/case-file.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/state-tone.ts';
import { useTill } from '../../hooks/use-till.ts';
import { caseWords } from '../../text/words.ts';
import { useNavigation } from '../navigation.ts';

export function PayoutNotes({ payout }: Readonly<{ payout: PayoutView }>) {
  const { words, showDateTime } = useTill();
  const { go } = useNavigation();
  const text = words.payouts;
  const { replacement, surfaced } = payout;
  return (
    <>
      {payout.cases
        .filter(({ kind }) => !isSaidElsewhere(payout, kind))
        .map(({ id, kind }) => {
          const said = caseWords(words, kind);
          return (
            <Callout
              key={id}
              tone="danger"
              icon="flag"
              title={said.title}
              action={
                <Button tone="quiet" icon="arrowRight" onPress={() => go({ name: 'case', id })}>
                  {words.cases.seeCase}
                </Button>
              }
            >
              {said.text} {said.todo}
            </Callout>
          );
        })}
      {surfaced && !payout.cases.some(({ kind }) => kind === 'payout-paid-twice') && (
        <Callout tone="doubt" icon="question" title={text.surfacedTitle}>
          {text.surfacedText}
        </Callout>
      )}
      {replacement?.by === 'notes' && (
        <Callout tone="quiet" icon="notes" title={text.replacedByNotes(showDateTime(replacement.atMs))} />
      )}
      {replacement?.by === 'outside' && (
        <Callout tone="quiet" icon="wallet" title={words.cases.decisions['repaid-outside'].title} />
      )}
      {replacement?.by === 'payout' && (
        <div className="callout open-at-close" data-tone="quiet">
          <Icon name="send" />
          <p>
            <strong>{text.replacedByPayout}</strong>
          </p>
          <Button tone="quiet" icon="arrowRight" onPress={() => go({ name: 'payout', id: replacement.payoutId })}>
            {text.seeNew}
          </Button>
        </div>
      )}
    </>
  );
}

/** Some cases are what the middle of the screen is about. */
function isSaidElsewhere(payout: PayoutView, kind: CaseKind): boolean {
  return (
    (kind === 'payout-returned-late' && payout.state === 'rejected') ||
    (kind === 'payout-contradiction' && payout.review !== undefined) ||
    (kind === 'payout-stuck' && payout.doubt?.needsPerson === true)
  );
}

type CalloutProps = Readonly<{
  tone: Tone;
  icon: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}>;

function Callout({ tone, icon, title, children, action }: CalloutProps) {
  return (
    <div className="callout case-note" data-tone={tone}>
      <Icon name={icon} />
      <p>
        <strong>{title}</strong>
        {children !== undefined && <span>{children}</span>}
      </p>
      {action}
    </div>
  );
}
