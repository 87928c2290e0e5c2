/**
 * What becomes of a print job, in the journal's words: saved before a byte leaves, its outcome after. Nothing is ever repeated by the till
 * itself (I9): a second print of something that may be on paper already says COPY and its number.
 */
import type { JournalEvent, SlipCode, SlipKind, SlipState } from '../../domain/journal-event.ts';
import type { CancelSignal } from '../ports/device-fault.ts';
import type { PrintJob, SlipPrinter } from '../ports/slip-printer.ts';
import type { TillContext } from '../till-parts.ts';

export type SlipEnding = Readonly<{
  state: Exclude<SlipState, 'queued' | 'sending'>;
  detail: string;
  code?: SlipCode;
}>;

/** A printer that breaks its word and throws leaves the same doubt as a line that broke. */
export async function sendTo(
  till: TillContext,
  printer: SlipPrinter,
  job: PrintJob,
  cancel?: CancelSignal,
): Promise<SlipEnding> {
  try {
    const printed = await printer.print(job, cancel);
    if (!('fault' in printed)) return { state: printed.state, detail: '' };
    return { state: printed.state, detail: printed.fault.detail, code: printed.fault.code };
  } catch (error) {
    till.log.error('printing failed', { jobId: job.id, error: String(error) });
    return { state: 'unknown', detail: 'the printer driver failed', code: 'io' };
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

export function slipOutcome(
  jobId: string,
  state: Exclude<SlipState, 'queued'>,
  detail: string,
  code?: SlipCode,
): JournalEvent {
  return { type: 'slip.outcome', v: 1, jobId, state, detail, ...(code !== undefined && { code }) };
}
