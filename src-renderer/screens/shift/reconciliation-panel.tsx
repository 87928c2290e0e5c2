/** The till's books beside the networks': the last result in one line, what it found, and a key to ask now. */
import type {
  ReconciliationState,
  ReconciliationView,
} from '../../../src-main/core/contract/reconciliation-contract.ts';
import type { FindingKind } from '../../../src-main/core/domain/reconciliation.ts';
import { useReconciliationQuery } from '../../bridge/queries.ts';
import { useAct } from '../../bridge/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { useNavigation } from '../navigation.ts';

export function ReconciliationPanel() {
  const { words } = useTill();
  const { go } = useNavigation();
  const run = useAct('reconcile.run');
  const { data: state } = useReconciliationQuery();
  if (!state) return null;
  const text = words.reconciliation;
  const hasFindings = (state.last?.findings.length ?? 0) > (state.last?.unanswered ?? 0);
  return (
    <section className="reconciliation" data-tone={toneOf(state)} aria-label={text.title}>
      <Icon name={toneOf(state) === 'paid' ? 'check' : hasFindings ? 'warning' : 'sync'} />
      <p>
        <strong>{text.title}</strong>
        <span>
          <Outcome state={state} />
        </span>
      </p>
      {hasFindings && !state.running && (
        <Button icon="flag" onPress={() => go({ name: 'cases' })}>
          {words.shell.cases}
        </Button>
      )}
      <Button icon="sync" isBusy={run.isBusy || state.running !== undefined} onPress={() => void run.run({})}>
        {text.now}
      </Button>
    </section>
  );
}

function toneOf({ running, last }: ReconciliationState): 'plain' | 'paid' | 'doubt' | 'danger' {
  if (running || !last) return 'plain';
  if (last.findings.length > last.unanswered) return 'danger';
  return last.unanswered > 0 ? 'doubt' : 'paid';
}

function Outcome({ state: { running, last } }: Readonly<{ state: ReconciliationState }>) {
  const { words, showDateTime } = useTill();
  const text = words.reconciliation;
  if (running) return text.running(running.asked, running.total);
  if (!last) return text.never;
  return `${sentence(last, text)} · ${showDateTime(last.endedAtMs)}`;
}

function sentence(
  { agree, counts }: ReconciliationView,
  text: Readonly<{ agree: (count: number) => string; kinds: Readonly<Record<FindingKind, string>> }>,
): string {
  return [text.agree(agree), ...counts.map(({ kind, count }) => `${count} ${text.kinds[kind]}`)].join(' · ');
}
