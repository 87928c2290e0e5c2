/** What the journal says of reconciliations: the last one that ended, and one that was cut off. */
import type { Finding, ReconciliationEvent, ReconciliationResult } from '../../domain/reconciliation.ts';
import { RECONCILIATION_SUBJECT } from '../../domain/reconciliation.ts';
import type { TillStore } from '../ports/till-store.ts';

type Began = Extract<ReconciliationEvent, { type: 'began' }>;

export type CutOff = Readonly<{
  runId: string;
  began: Began;
  startedAtMs: number;
  done: ReadonlySet<string>;
  findings: readonly Finding[];
  unanswered: number;
}>;

export type Ended = ReconciliationResult & Readonly<{ endedAtMs: number }>;
export type ReconciliationRecord = Readonly<{ last?: Ended; cutOff?: CutOff }>;

/** A run that a newer one has overtaken is not taken up again. */
export function reconciliationRecord(store: TillStore): ReconciliationRecord {
  let last: Ended | undefined;
  let open: Readonly<{ runId: string; began: Began; startedAtMs: number }> | undefined;
  for (const { event, atMs } of store.entriesAbout(RECONCILIATION_SUBJECT)) {
    if (event.type !== 'reconciliation.step') continue;
    const { runId, step } = event;
    if (step.type === 'began') open = { runId, began: step, startedAtMs: atMs };
    if (step.type !== 'ended') continue;
    last = { ...step.result, runId, endedAtMs: atMs };
    open = undefined;
  }
  return { ...(last && { last }), ...(open && { cutOff: { ...open, ...doneIn(store, open.runId) } }) };
}

function doneIn(store: TillStore, runId: string): Pick<CutOff, 'done' | 'findings' | 'unanswered'> {
  const steps = store
    .entriesAbout(runId)
    .flatMap(({ event }) =>
      event.type === 'reconciliation.step' && event.step.type === 'compared' ? [event.step] : [],
    );
  return {
    done: new Set(steps.flatMap(({ ids }) => ids)),
    findings: steps.flatMap(({ findings }) => findings),
    unanswered: steps.reduce((sum, { unanswered }) => sum + unanswered, 0),
  };
}
