/** One case: what happened, why nothing may happen yet, what is at risk, what may be decided, and what the journal has. */
import type { CaseFileView } from '../../../src-main/core/contract/case-views.ts';
import { NETWORK_EXPLAINED } from '../../../src-main/core/domain/case-file.ts';
import { FaultAnswer, useCaseQuery } from '../../bridge/queries.ts';
import { useAct } from '../../bridge/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useNotices } from '../../components/notices.tsx';
import { spanText } from '../../hooks/formatting.ts';
import { useNow } from '../../hooks/use-now.ts';
import { useTill } from '../../hooks/use-till.ts';
import { decidedTitle } from '../../text/case-words.ts';
import { caseWords, faultWords, networkName } from '../../text/words.ts';
import { useNavigation } from '../navigation.ts';
import { CaseDecisions } from './case-decisions.tsx';
import { CaseTimeline } from './case-timeline.tsx';

export function CaseScreen({ id }: Readonly<{ id: string }>) {
  const { words } = useTill();
  const query = useCaseQuery(id);
  if (query.data) return <CasePage file={query.data} />;
  const problem = query.error instanceof FaultAnswer ? faultWords(words, query.error.fault) : undefined;
  return <div className="empty">{problem ? <h1>{problem.title}</h1> : <span className="spinner" />}</div>;
}

function CasePage({ file }: Readonly<{ file: CaseFileView }>) {
  const { words, showMoney, showDateTime } = useTill();
  const { go } = useNavigation();
  const text = words.cases;
  const said = caseWords(words, file.kind);
  return (
    <article className="case-page" data-kind={file.kind}>
      <header className="main-top">
        <div>
          <h1>{said.title}</h1>
          <p>{words.records.openedAt(showDateTime(file.openedAtMs))}</p>
        </div>
        <Button tone="quiet" icon="arrowLeft" hotkey="Escape" onPress={() => go({ name: 'cases' })}>
          {text.back}
        </Button>
      </header>
      <div className="case-scroll">
        <section className="case-risk" data-tone={file.closed ? 'quiet' : 'danger'}>
          <div>
            <span>{file.closed ? text.wasAbout : text.risk[file.atRisk]}</span>
            <strong>{showMoney(file.amountMinor, file.currency)}</strong>
          </div>
          <p>
            <strong>{text.happened}</strong>
            {said.text}
          </p>
        </section>
        {file.closed ? <Decided closed={file.closed} /> : <WhyNothing file={file} />}
        {!file.closed && <CaseDecisions file={file} />}
        <CaseTimeline file={file} />
        <Subject file={file} />
      </div>
    </article>
  );
}

function WhyNothing({ file }: Readonly<{ file: CaseFileView }>) {
  const { words, showTime, clockOffsetMs } = useTill();
  const { showNote } = useNotices();
  const look = useAct('case.look-again');
  const nowMs = useNow(clockOffsetMs);
  const text = words.cases;
  const waitMs = file.nextAttemptAtMs === undefined ? undefined : file.nextAttemptAtMs - nowMs;
  const isLive = file.orderOverAtMs !== undefined && file.orderOverAtMs > nowMs;

  async function lookAgain() {
    const after = await look.run({ id: file.id });
    if (after)
      showNote({
        text: after.closed ? text.lookedClosed : text.lookedStill,
        tone: after.closed ? 'good' : 'attention',
      });
  }

  return (
    <section className="case-why">
      <Icon name="lock" />
      <div>
        <h2>{text.whyNothing}</h2>
        <p>{file.notes === 'none' ? text.notesNone : text.notesAsUsual}</p>
        <p>{waitMs === undefined ? text.waitsForPerson : waitMs > 500 ? text.next(spanText(waitMs)) : text.nextNow}</p>
        {isLive && <p>{text.orderMayLive(showTime(file.orderOverAtMs ?? 0))}</p>}
      </div>
      {file.foreign === undefined && (
        <Button icon="sync" isBusy={look.isBusy} onPress={() => void lookAgain()}>
          {text.lookAgain}
        </Button>
      )}
    </section>
  );
}

function Decided({ closed }: Readonly<{ closed: NonNullable<CaseFileView['closed']> }>) {
  const { words, showDateTime } = useTill();
  const text = words.cases;
  const time = showDateTime(closed.atMs);
  const isExplained = closed.decision === NETWORK_EXPLAINED;
  return (
    <section className="case-why" data-tone="paid">
      <Icon name="check" />
      <div>
        <h2>{text.decidedTitle}</h2>
        <p>
          <strong>{isExplained ? text.explainedPill : decidedTitle(words, closed.decision)}</strong>
        </p>
        {!isExplained && <p>{closed.reason}</p>}
        <p>{isExplained ? text.explainedBy(time) : text.decidedBy(closed.by, time)}</p>
      </div>
    </section>
  );
}

/** The way to what the case is about, and its names in the network's panel. */
function Subject({ file }: Readonly<{ file: CaseFileView }>) {
  const { words } = useTill();
  const { go } = useNavigation();
  const { cashOutId, payoutId } = file;
  return (
    <footer className="case-subject">
      <dl>
        <dt>
          {words.cases.reference} ({networkName(file.network)})
        </dt>
        <dd className="code">{file.reference}</dd>
        {file.networkOrderId !== undefined && <dd className="code">{file.networkOrderId}</dd>}
      </dl>
      {payoutId !== undefined && (
        <Button icon="arrowRight" onPress={() => go({ name: 'payout', id: payoutId })}>
          {words.payouts.seePayout}
        </Button>
      )}
      {cashOutId !== undefined && (
        <Button icon="arrowRight" onPress={() => go({ name: 'cash-out', id: cashOutId })}>
          {words.records.seeCashOut}
        </Button>
      )}
    </footer>
  );
}
