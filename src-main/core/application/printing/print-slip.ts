/**
 * Printing: the job is saved before a byte leaves, its outcome after. Nothing is ever repeated by the till itself (I9): a second print
 * of something that may be on paper already says COPY and its number. The cash flow never waits for paper.
 */
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { JournalEvent, SlipKind, SlipState } from '../../domain/journal-event.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import type { PrintJob, SlipPrinter } from '../ports/slip-printer.ts';
import type { SlipJob } from '../ports/till-store.ts';
import { requireSettings } from '../till-parts.ts';
import type { TillContext } from '../till-parts.ts';
import { slipContent } from './slip-content.ts';

/** The finished job; `refused` and `unknown` are states of it, not faults: the slip can be asked for again. */
export async function printSlip(till: TillContext, kind: SlipKind, subjectId: string): Promise<Result<SlipJob, Fault>> {
  const settings = requireSettings(till);
  if (!settings.ok) return settings;
  const { printer, store } = till;
  if (!printer) return err(fault('slip.failed', 'this till has no printer'));
  const copy = copiesThatMayExist(till, kind, subjectId);
  const content = slipContent(till, settings.value, { kind, subjectId, copy });
  if (!content) return err(fault('slip.not-now', `there is no ${kind} slip to print for ${subjectId || 'this'} now`));
  const jobId = till.ids.next();
  store.commit([{ type: 'slip.queued', v: 1, jobId, slip: { kind, subjectId, copy } }, outcome(jobId, 'sending', '')]);
  const { state, detail } = await sendTo(till, printer, { id: jobId, document: content });
  store.commit([outcome(jobId, state, detail)]);
  const job = store.slipJob(jobId);
  return job ? ok(job) : err(fault('slip.failed', `job ${jobId} is gone`));
}

type Ending = Readonly<{ state: Exclude<SlipState, 'queued' | 'sending'>; detail: string }>;

/** A printer that breaks its word and throws leaves the same doubt as a line that broke. */
export async function sendTo(till: TillContext, printer: SlipPrinter, job: PrintJob): Promise<Ending> {
  try {
    const printed = await printer.print(job);
    return { state: printed.state, detail: 'fault' in printed ? printed.fault.detail : '' };
  } catch (error) {
    till.log.error('printing failed', { jobId: job.id, error: String(error) });
    return { state: 'unknown', detail: 'the printer driver failed' };
  }
}

/** Everything but a proven refusal may be on paper. Test and X slips are new every time; a drop or another ending begins a slip of its own. */
export function copiesThatMayExist(till: TillContext, kind: SlipKind, subjectId: string): number {
  if (kind === 'test' || kind === 'x-report') return 0;
  const { store } = till;
  const entries = store.entriesAbout(subjectId);
  const subjectSeq = entries.findLast(({ event }) => begins(kind, event))?.seq ?? 0;
  const queued = entries.flatMap(({ event, seq }) =>
    event.type === 'slip.queued' && event.slip.kind === kind && seq > subjectSeq ? [event.jobId] : [],
  );
  return queued.filter((id) => store.slipJob(id)?.state !== 'refused').length;
}

/** A receipt of a cancelled cash-out is no copy for one that was paid late and handed over after all. */
function begins(kind: SlipKind, event: JournalEvent): boolean {
  if (kind === 'drop') return event.type === 'shift.dropped';
  if (kind !== 'receipt' || event.type !== 'cash-out.step') return false;
  return event.step.type === 'cancelled' || event.step.type === 'dispensed' || event.step.type === 'returned';
}

/** After a crash: what was being sent may or may not be on paper. */
export function settleInterruptedSlips(till: TillContext, jobs: readonly SlipJob[]): void {
  const events = jobs.map(({ id }) => outcome(id, 'unknown', 'the program ended while printing'));
  if (events.length > 0) till.store.commit(events);
}

function outcome(jobId: string, state: Exclude<SlipState, 'queued'>, detail: string): JournalEvent {
  return { type: 'slip.outcome', v: 1, jobId, state, detail };
}
