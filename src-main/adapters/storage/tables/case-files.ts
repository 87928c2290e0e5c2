/** Cases: what only a person can decide. */
import { canonical } from '../../../core/domain/canonical.ts';
import type { CaseFile, NewCase } from '../../../core/domain/case-file.ts';
import type { JournalEvent } from '../../../core/domain/journal-event.ts';
import { invariant } from '../../../core/domain/result.ts';
import type { SqliteDatabase } from '../database.ts';
import type { Moment } from './cash-outs.ts';
import { createRowMemory } from './row-memory.ts';

type Row = Readonly<{ detail: string }>;

export type CaseFileTable = ReturnType<typeof createCaseFileTable>;

export function createCaseFileTable(db: SqliteDatabase) {
  const select = db.prepare<[string], Row>('SELECT detail FROM case_file WHERE id = ?');
  const rows = createRowMemory<CaseFile>((id) => {
    const row = select.get(id);
    return row && parse(row);
  });
  const open = db.prepare<[], string>("SELECT id FROM case_file WHERE state = 'open' ORDER BY opened_seq").pluck();
  const ofCashOut = db
    .prepare<[string], string>('SELECT id FROM case_file WHERE cash_out_id = ? ORDER BY opened_seq')
    .pluck();
  const ofPayout = db
    .prepare<[string], string>('SELECT id FROM case_file WHERE payout_id = ? ORDER BY opened_seq')
    .pluck();
  const newest = db
    .prepare<[number], string>('SELECT id FROM case_file WHERE opened_seq > 0 ORDER BY opened_seq DESC LIMIT ?')
    .pluck();
  const closedSince = db
    .prepare<[number], string>(
      `SELECT id FROM case_file WHERE state = 'closed' AND json_extract(detail, '$.closedAtMs') >= ?
       ORDER BY json_extract(detail, '$.closedAtMs'), opened_seq`,
    )
    .pluck();
  const insert = db.prepare<[string, string | null, string | null, string, string, number, string]>(
    'INSERT INTO case_file (id, cash_out_id, payout_id, kind, state, opened_seq, detail) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const update = db.prepare<[string, string, string]>('UPDATE case_file SET state = ?, detail = ? WHERE id = ?');

  return {
    byId: rows.of,
    open: (): readonly CaseFile[] => rows.all(open.all()),
    ofCashOut: (cashOutId: string): readonly CaseFile[] => rows.all(ofCashOut.all(cashOutId)),
    ofPayout: (payoutId: string): readonly CaseFile[] => rows.all(ofPayout.all(payoutId)),
    newest: (limit: number): readonly CaseFile[] => rows.all(newest.all(limit)),
    closedSince: (atMs: number): readonly CaseFile[] => rows.all(closedSince.all(atMs)),
    undone: rows.forget,

    openWith(made: NewCase, { seq, atMs }: Moment): void {
      const opened: CaseFile = { ...made, openedAtMs: atMs, state: 'open' };
      const { id, cashOutId, payoutId, kind } = made;
      insert.run(id, cashOutId ?? null, payoutId ?? null, kind, opened.state, seq, canonical(opened));
      rows.keep(id, opened);
    },

    close(event: Extract<JournalEvent, { type: 'case.closed' }>, { atMs }: Moment): void {
      const { caseId, kind, decision, reason, by, byCode } = event;
      const before = rows.of(caseId);
      invariant(before?.state === 'open', `case ${caseId} is not open`);
      invariant(before.kind === kind, `case ${caseId} is a ${before.kind}, not a ${kind}`);
      const who = { by, ...(byCode !== undefined && { byCode }) };
      const closed: CaseFile = { ...before, state: 'closed', decision, reason, ...who, closedAtMs: atMs };
      update.run(closed.state, canonical(closed), caseId);
      rows.keep(caseId, closed);
    },
  };
}

/** The one reader of this table's `detail`. */
function parse(row: Row): CaseFile {
  return JSON.parse(row.detail) as CaseFile;
}
