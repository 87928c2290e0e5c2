/** The till's side of the calls about slips. */
import type { Till } from '../core/application/till.ts';
import type { Handlers } from '../core/contract/contract.ts';
import { ok } from '../core/domain/result.ts';
import { slipPreviewView, slipView } from './views/small-views.ts';

/** A printer that is well has ended by then; behind one that is not, nobody at a key waits longer. */
const PATIENCE_MS = 8_000;

type SlipCalls = 'slip.print' | 'slip.cancel' | 'slip.seen' | 'slip.preview';

export function slipHandlers(till: Till): Pick<Handlers, SlipCalls> {
  const { context, printing } = till;
  return {
    'slip.print': async ({ kind, subjectId }) => {
      const queued = printing.add(kind, subjectId);
      return queued.ok ? ok(slipView(context, await printing.soon(queued.value.id, PATIENCE_MS))) : queued;
    },
    'slip.cancel': async ({ jobId }) => {
      const job = printing.cancel(jobId);
      return job.ok ? ok(slipView(context, job.value)) : job;
    },
    'slip.seen': async ({ jobId }) => {
      context.slipsSeen.add(jobId);
      context.touched();
      return ok({});
    },
    'slip.preview': async ({ kind, subjectId }) => {
      const preview = await till.preview(kind, subjectId);
      return preview.ok ? ok(slipPreviewView(preview.value)) : preview;
    },
  };
}
