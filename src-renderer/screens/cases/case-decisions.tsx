/** What may be decided, each with the one sentence of what follows; then who decides and why. */
import { useState } from 'react';
import type { CaseDecisionView, CaseFileView } from '../../../src-main/core/contract/case-views.ts';
import { useAct } from '../../bridge/use-act.ts';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import { useNotices } from '../../components/notices.tsx';
import { ReasonSheet } from '../../components/reason-sheet.tsx';
import { SupervisorSheet } from '../../components/supervisor-sheet.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { decisionWords, reasonsFor } from '../../text/case-words.ts';
import { useNavigation } from '../navigation.ts';

export function CaseDecisions({ file }: Readonly<{ file: CaseFileView }>) {
  const { words } = useTill();
  const { go } = useNavigation();
  const [chosen, setChosen] = useState<CaseDecisionView>();
  const text = words.cases;

  function choose(decision: CaseDecisionView) {
    if (decision.effect !== 'elsewhere') return setChosen(decision);
    if (file.payoutId !== undefined) return go({ name: 'payout', id: file.payoutId });
    if (file.cashOutId !== undefined) go({ name: 'cash-out', id: file.cashOutId });
  }

  return (
    <section className="case-decisions">
      <h2>{text.decideTitle}</h2>
      {file.decisions.length === 0 && <p className="side-empty">{text.noDecisions}</p>}
      <ul>
        {file.decisions.map((decision) => (
          <li key={decision.decision}>
            <DecisionKey decision={decision} onPress={() => choose(decision)} />
          </li>
        ))}
      </ul>
      {chosen && (
        <DecisionSheet key={chosen.decision} file={file} chosen={chosen} onClose={() => setChosen(undefined)} />
      )}
    </section>
  );
}

const ICONS: Readonly<Partial<Record<CaseDecisionView['effect'], IconName>>> = {
  elsewhere: 'arrowRight',
  return: 'undo',
  resend: 'sync',
  'end-unpaid': 'cross',
  'review-payout': 'search',
};

function DecisionKey({ decision, onPress }: Readonly<{ decision: CaseDecisionView; onPress: () => void }>) {
  const { words } = useTill();
  const { title, text } = decisionWords(words, decision.decision);
  return (
    <button type="button" className="decision" onClick={onPress}>
      <Icon name={decision.decision === 'repaid-outside' ? 'wallet' : (ICONS[decision.effect] ?? 'check')} />
      <span>
        <strong>{title}</strong>
        <span>
          {text}
          {decision.looks !== 'no' && ` ${words.cases.looksFirst}`}
        </span>
      </span>
      <span className="decision-by" data-by={decision.by}>
        {words.shifts.roles[decision.by]}
      </span>
    </button>
  );
}

type DecisionSheetProps = Readonly<{ file: CaseFileView; chosen: CaseDecisionView; onClose: () => void }>;

function DecisionSheet({ file, chosen, onClose }: DecisionSheetProps) {
  const { words } = useTill();
  const { showNote } = useNotices();
  const resolve = useAct('case.resolve');
  const text = words.cases;
  const { title, text: consequence } = decisionWords(words, chosen.decision);

  async function decide(reason: string, supervisorCode?: number) {
    const by = supervisorCode === undefined ? {} : { supervisorCode };
    const after = await resolve.run({ id: file.id, decision: chosen.decision, reason, ...by });
    onClose();
    if (after?.closed) showNote({ text: text.done(title), tone: 'good' });
  }

  const shared = {
    title,
    text: `${consequence} ${text.sheetText}`,
    reasons: reasonsFor(words, chosen.decision),
    confirm: text.confirm,
    isOpen: true,
    isBusy: resolve.isBusy,
    onClose,
  };
  if (chosen.by === 'cashier')
    return <ReasonSheet {...shared} tone="primary" onReason={(reason) => void decide(reason)} />;
  return (
    <SupervisorSheet {...shared} onApprove={({ supervisorCode, reason }) => void decide(reason, supervisorCode)} />
  );
}
