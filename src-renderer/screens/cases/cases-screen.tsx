/** Every case, open or ever: each leads to its page. */
import { useState } from 'react';
import type { CaseView } from '../../../src-main/core/contract/views.ts';
import { NETWORK_EXPLAINED } from '../../../src-main/core/domain/case-file.ts';
import { useCaseListQuery } from '../../bridge/queries.ts';
import { ChoiceRow } from '../../components/choice-row.tsx';
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { decidedTitle } from '../../text/case-words.ts';
import { caseWords } from '../../text/words.ts';
import { useNavigation } from '../navigation.ts';

export function CasesScreen() {
  const { words } = useTill();
  const [which, setWhich] = useState<'open' | 'all'>('open');
  const list = useCaseListQuery(which);
  const text = words.records;
  return (
    <div className="cases">
      <header className="main-top">
        <div>
          <h1>{words.shell.cases}</h1>
          <p>{text.casesIntro}</p>
        </div>
        <ChoiceRow
          label={words.cases.show}
          value={which}
          choices={[
            { value: 'open', words: words.cases.open },
            { value: 'all', words: words.cases.all },
          ]}
          onChange={setWhich}
        />
      </header>
      {list.data?.length === 0 ? (
        <div className="empty">
          <span className="empty-mark" data-tone="paid">
            <Icon name="check" />
          </span>
          <h1>{which === 'open' ? text.noCases : words.cases.nothingAtAll}</h1>
          <p>{text.noCasesText}</p>
        </div>
      ) : (
        <ul className="case-list">
          {(list.data ?? []).map((file) => (
            <li key={file.id}>
              <CaseRow file={file} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function CaseRow({ file }: Readonly<{ file: CaseView }>) {
  const { words, showMoney, showDateTime } = useTill();
  const { go } = useNavigation();
  const { title, text } = caseWords(words, file.kind);
  return (
    <button
      type="button"
      className="case-row"
      data-open={file.closed === undefined}
      onClick={() => go({ name: 'case', id: file.id })}
    >
      <span className="case-mark">
        <Icon name={file.closed ? 'check' : 'flag'} />
      </span>
      <span className="case-words">
        <strong>{title}</strong>
        <span>{file.closed ? closedWords(file.closed) : text}</span>
      </span>
      <span className="case-side">
        <strong>{showMoney(file.amountMinor, file.currency)}</strong>
        <small>{showDateTime(file.openedAtMs)}</small>
      </span>
      <Icon name="arrowRight" />
    </button>
  );

  function closedWords(closed: NonNullable<CaseView['closed']>): string {
    return closed.decision === NETWORK_EXPLAINED
      ? words.cases.explainedPill
      : `${decidedTitle(words, closed.decision)} · ${closed.by}`;
  }
}
