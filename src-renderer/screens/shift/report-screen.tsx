/** X (the shift goes on, the count stays blind) and Z (closed, with its variance). */
import type { CaseView, ReportView } from '../../../src-main/core/contract/views.ts';
import { atRiskMinorOf } from '../../../src-main/core/domain/case-file.ts';
import { FaultAnswer, useReportQuery } from '../../bridge/queries.ts';
import { useAct } from '../../bridge/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { PreviewKey } from '../../components/preview-key.tsx';
import { useNotices } from '../../components/notices.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { decidedTitle } from '../../text/case-words.ts';
import { printNote } from '../../text/slip-words.ts';
import { caseWords, faultWords } from '../../text/words.ts';
import { OpenPayoutLines } from '../payouts/open-payouts.tsx';
import { useNavigation } from '../navigation.ts';
import { ReconciliationPanel } from './reconciliation-panel.tsx';

export function XReportScreen() {
  const { words } = useTill();
  const report = useReportQuery();
  if (report.data) return <Report report={report.data} />;
  const problem = report.error instanceof FaultAnswer ? faultWords(words, report.error.fault) : undefined;
  return <div className="empty">{problem ? <h1>{problem.title}</h1> : <span className="spinner" />}</div>;
}

export function ZReportScreen({ report }: Readonly<{ report: ReportView }>) {
  return <Report report={report} />;
}

function Report({ report }: Readonly<{ report: ReportView }>) {
  const { words, showMoney, showDateTime } = useTill();
  const { go } = useNavigation();
  const text = words.shifts;
  const isZ = report.kind === 'z';
  const { shift, close } = report;
  const show = (minor: number) => showMoney(minor, shift.currency);
  const sum = ({ count, totalMinor }: ReportView['dispensed']) => `${count} · ${show(totalMinor)}`;
  const hash = report.head.hash;

  return (
    <div className="report">
      <header className="main-top">
        <div>
          <h1>{isZ ? text.zReport : text.xReport}</h1>
          <p>
            {text.overviewTitle(shift.number)} · {shift.cashierName}
          </p>
        </div>
        {!isZ && (
          <Button tone="quiet" icon="arrowLeft" hotkey="Escape" onPress={() => go({ name: 'shift' })}>
            {words.shell.back}
          </Button>
        )}
      </header>
      {close ? <Variance varianceMinor={close.varianceMinor} show={show} /> : <p className="blind">{text.blindNote}</p>}
      <div className="report-columns">
        <ReconciliationPanel />
        <div className="report-column">
          <dl className="facts">
            <Fact name={text.float} value={show(shift.floatMinor)} />
            <Fact name={text.dispensed} value={sum(report.dispensed)} />
            <Fact name={text.drops} value={show(report.dropsMinor)} />
            {close && <Fact name={text.expected} value={show(close.expectedMinor)} />}
            {close && <Fact name={text.counted} value={show(close.countedMinor)} isStrong />}
            <Fact name={text.openedAt} value={showDateTime(shift.openedAtMs)} />
            {close ? (
              <Fact name={text.closedAt} value={showDateTime(close.closedAtMs)} />
            ) : (
              <Fact name={text.takenAt} value={showDateTime(report.atMs)} />
            )}
          </dl>
          <CaseLines cases={report.cases} title={words.records.casesTitle} />
          <CaseLines cases={report.decidedCases} title={words.cases.decidedInShift} />
          <PayoutFacts payouts={report.payouts} show={show} />
        </div>
        <dl className="facts">
          <Fact name={text.returned} value={sum(report.returned)} />
          <Fact name={text.cancelled} value={String(report.cancelled.count)} />
          <Fact name={text.expired} value={String(report.expired.count)} />
          <Fact name={text.refused} value={String(report.refused.count)} />
          <Fact name={text.stillOpen} value={String(report.open.length)} />
          <Fact name={text.noSaleOpenings} value={String(report.drawerOpeningsWithoutSale)} />
          <Fact name={text.casesInShift} value={String(report.cases.length)} />
          {report.cases.length > 0 && (
            <Fact name={words.records.atRisk} value={show(atRiskMinorOf(report.cases, shift.currency))} isStrong />
          )}
          <div>
            <dt>{text.chain}</dt>
            <dd className="code" title={hash}>
              {report.head.seq} · {hash.slice(0, 8)}…{hash.slice(-8)}
            </dd>
          </div>
        </dl>
        {report.payouts.open.length > 0 && <OpenPayoutLines payouts={report.payouts.open} />}
      </div>
      <ReportActions report={report} />
    </div>
  );
}

/** Each leads to its page. */
function CaseLines({ cases, title }: Readonly<{ cases: readonly CaseView[]; title: string }>) {
  const { words, showMoney } = useTill();
  const { go } = useNavigation();
  if (cases.length === 0) return null;
  return (
    <section className="report-cases">
      <h2>{title}</h2>
      <ul>
        {cases.map(({ id, kind, amountMinor, currency, closed }) => (
          <li key={id}>
            <button type="button" onClick={() => go({ name: 'case', id })}>
              <Icon name={closed ? 'check' : 'flag'} />
              <span>
                {caseWords(words, kind).title}
                {closed && <small>{`${decidedTitle(words, closed.decision)} · ${closed.by}`}</small>}
              </span>
              <strong>{showMoney(amountMinor, currency)}</strong>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

type PayoutFactsProps = Readonly<{ payouts: ReportView['payouts']; show: (minor: number) => string }>;

/** Nothing to say where the shift had none. */
function PayoutFacts({ payouts: { started, open, notesInstead }, show }: PayoutFactsProps) {
  const { words } = useTill();
  const text = words.payouts;
  if (started.count === 0 && open.length === 0 && notesInstead.count === 0) return null;
  return (
    <dl className="facts">
      <Fact name={text.reportStarted} value={String(started.count)} />
      {notesInstead.count > 0 && (
        <Fact name={text.reportNotes} value={`${notesInstead.count} · ${show(notesInstead.totalMinor)}`} />
      )}
      <Fact name={text.reportOpen} value={String(open.length)} />
    </dl>
  );
}

function Variance({ varianceMinor, show }: Readonly<{ varianceMinor: number; show: (minor: number) => string }>) {
  const { words } = useTill();
  const text = words.shifts;
  const tone = varianceMinor === 0 ? 'paid' : varianceMinor < 0 ? 'danger' : 'doubt';
  return (
    <div className="variance" data-tone={tone}>
      <span>{text.variance}</span>
      <strong>
        {varianceMinor === 0
          ? text.balanced
          : varianceMinor < 0
            ? text.short(show(-varianceMinor))
            : text.over(show(varianceMinor))}
      </strong>
    </div>
  );
}

function ReportActions({ report }: Readonly<{ report: ReportView }>) {
  const { words } = useTill();
  const { go } = useNavigation();
  const { showNote } = useNotices();
  const print = useAct('slip.print');
  const isZ = report.kind === 'z';

  async function printReport() {
    const slip = await print.run({ kind: isZ ? 'z-report' : 'x-report', subjectId: report.shift.id });
    const note = slip && printNote(words, slip);
    if (note) showNote(note);
  }

  return (
    <footer className="actions">
      <Button size="large" icon="printer" hotkey="F8" isBusy={print.isBusy} onPress={() => void printReport()}>
        {words.shell.print}
      </Button>
      <PreviewKey kind={isZ ? 'z-report' : 'x-report'} subjectId={report.shift.id} />
      <span className="actions-gap" />
      {isZ && (
        <Button tone="primary" size="huge" icon="check" hotkey="F4" onPress={() => go({ name: 'home' })}>
          {words.shifts.finish}
        </Button>
      )}
    </footer>
  );
}

function Fact({ name, value, isStrong }: Readonly<{ name: string; value: string; isStrong?: boolean }>) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{isStrong === true ? <strong>{value}</strong> : value}</dd>
    </div>
  );
}
