/** Print jobs and what became of each (I9). */
import type { SlipJob } from '../../../core/application/ports/till-store.ts';
import type { JournalEvent, SlipCode, SlipKind, SlipState } from '../../../core/domain/journal-event.ts';
import { invariant } from '../../../core/domain/result.ts';
import type { SqliteDatabase } from '../database.ts';
import type { Moment } from './cash-outs.ts';

type Row = Readonly<{
  id: string;
  kind: SlipKind;
  subjectId: string;
  copy: number;
  state: SlipState;
  detail: string;
  queuedAtMs: number;
  code: SlipCode | null;
  expiresAtMs: number | null;
}>;

/** A job leaves for the printer once. What nobody knew may be learned later; it never goes back to being sent. */
const NEXT: Readonly<Record<SlipState, readonly SlipState[]>> = {
  queued: ['sending', 'printed', 'processed', 'sent', 'refused', 'unknown'],
  sending: ['printed', 'processed', 'sent', 'refused', 'unknown'],
  sent: ['printed', 'processed', 'refused', 'unknown'],
  unknown: ['printed', 'processed', 'refused'],
  processed: ['printed'],
  printed: [],
  refused: [],
};

const COLUMNS = `id, kind, subject_id AS subjectId, copy, state, detail, queued_at_ms AS queuedAtMs, code,
  expires_at_ms AS expiresAtMs`;

export type SlipJobTable = ReturnType<typeof createSlipJobTable>;

export function createSlipJobTable(db: SqliteDatabase) {
  const byId = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM slip_job WHERE id = ?`);
  const ofSubject = db.prepare<[string], Row>(
    `SELECT ${COLUMNS} FROM slip_job WHERE subject_id = ? ORDER BY queued_seq`,
  );
  const open = db.prepare<[], Row>(
    `SELECT ${COLUMNS} FROM slip_job WHERE state IN ('queued', 'sending') ORDER BY queued_seq`,
  );
  const cameToNothing = db.prepare<[number], Row>(
    `SELECT ${COLUMNS} FROM slip_job AS job
     WHERE queued_at_ms >= ? AND (state = 'unknown' OR (state = 'refused' AND code IS NOT 'cancelled'))
       AND NOT EXISTS (SELECT 1 FROM slip_job AS later WHERE later.subject_id = job.subject_id
         AND later.queued_seq > job.queued_seq AND later.kind = job.kind)
     ORDER BY queued_at_ms DESC, queued_seq DESC`,
  );
  const insert = db.prepare<[string, SlipKind, string, number, number, number, number | null]>(
    `INSERT INTO slip_job (id, kind, subject_id, copy, state, detail, queued_at_ms, queued_seq, expires_at_ms)
     VALUES (?, ?, ?, ?, 'queued', '', ?, ?, ?)`,
  );
  const update = db.prepare<[SlipState, string, SlipCode | null, string]>(
    'UPDATE slip_job SET state = ?, detail = ?, code = ? WHERE id = ?',
  );

  return {
    byId(id: string): SlipJob | undefined {
      const row = byId.get(id);
      return row && readJob(row);
    },
    ofSubject: (subjectId: string): readonly SlipJob[] => ofSubject.all(subjectId).map(readJob),
    open: (): readonly SlipJob[] => open.all().map(readJob),
    cameToNothing: (queuedSinceMs: number): readonly SlipJob[] => cameToNothing.all(queuedSinceMs).map(readJob),

    queue({ jobId, slip, expiresAtMs }: Extract<JournalEvent, { type: 'slip.queued' }>, { seq, atMs }: Moment): void {
      insert.run(jobId, slip.kind, slip.subjectId, slip.copy, atMs, seq, expiresAtMs ?? null);
    },

    outcome({ jobId, state, detail, code }: Extract<JournalEvent, { type: 'slip.outcome' }>): void {
      const before = byId.get(jobId);
      invariant(before !== undefined, `I9: ${state} for slip job ${jobId}, which was never queued`);
      invariant(NEXT[before.state].includes(state), `I9: ${state} for slip job ${jobId}, which is ${before.state}`);
      update.run(state, detail, code ?? null, jobId);
    },
  };
}

function readJob({ kind, subjectId, copy, code, expiresAtMs, ...job }: Row): SlipJob {
  return {
    ...job,
    slip: { kind, subjectId, copy },
    ...(code !== null && { code }),
    ...(expiresAtMs !== null && { expiresAtMs }),
  };
}
