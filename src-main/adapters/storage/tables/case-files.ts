/** Cases: what only a person can decide. */
import { canonical } from '../../../core/domain/canonical.ts';
import type { CaseFile, NewCase } from '../../../core/domain/case-file.ts';
import type { JournalEvent } from '../../../core/domain/journal-event.ts';
import { invariant } from '../../../core/domain/result.ts';
import type { SqliteDatabase } from '../database.ts';
import type { Moment } from './cash-outs.ts';

type Row = Readonly<{ detail: string }>;

export type CaseFileTable = ReturnType<typeof createCaseFileTable>;

export function createCaseFileTable(db: SqliteDatabase) {
  const byId = db.prepare<[string], Row>('SELECT detail FROM case_file WHERE id = ?');
  const open = db.prepare<[], Row>("SELECT detail FROM case_file WHERE state = 'open' ORDER BY opened_seq");
  const ofCashOut = db.prepare<[string], Row>('SELECT detail FROM case_file WHERE cash_out_id = ? ORDER BY opened_seq');
  const ofPayout = db.prepare<[string], Row>('SELECT detail FROM case_file WHERE payout_id = ? ORDER BY opened_seq');
  const newest = db.prepare<[number], Row>(
    'SELECT detail FROM case_file WHERE opened_seq > 0 ORDER BY opened_seq DESC LIMIT ?',
  );
  const closedSince = db.prepare<[number], Row>(
    `SELECT detail FROM case_file WHERE state = 'closed' AND json_extract(detail, '$.closedAtMs') >= ?
     ORDER BY json_extract(detail, '$.closedAtMs'), opened_seq`,
  );
  const insert = db.prepare<[string, string | null, string | null, string, string, number, string]>(
    'INSERT INTO case_file (id, cash_out_id, payout_id, kind, state, opened_seq, detail) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const update = db.prepare<[string, string, string]>('UPDATE case_file SET state = ?, detail = ? WHERE id = ?');
  const find = (id: string): CaseFile | undefined => {
    const row = byId.get(id);
    return row && parse(row);
  };

  return {
    byId: find,
    open: (): readonly CaseFile[] => open.all().map(parse),
    ofCashOut: (cashOutId: string): readonly CaseFile[] => ofCashOut.all(cashOutId).map(parse),
    ofPayout: (payoutId: string): readonly CaseFile[] => ofPayout.all(payoutId).map(parse),
    newest: (limit: number): readonly CaseFile[] => newest.all(limit).map(parse),
    closedSince: (atMs: number): readonly CaseFile[] => closedSince.all(atMs).map(parse),

    openWith(made: NewCase, { seq, atMs }: Moment): void {
      const opened: CaseFile = { ...made, openedAtMs: atMs, state: 'open' };
      const { id, cashOutId, payoutId, kind } = made;
      insert.run(id, cashOutId ?? null, payoutId ?? null, kind, opened.state, seq, canonical(opened));
    },

    close(event: Extract<JournalEvent, { type: 'case.closed' }>, { atMs }: Moment): void {
      const { caseId, kind, decision, reason, by, byCode } = event;
      const before = find(caseId);
      invariant(before?.state === 'open', `case ${caseId} is not open`);
      invariant(before.kind === kind, `case ${caseId} is a ${before.kind}, not a ${kind}`);
      const who = { by, ...(byCode !== undefined && { byCode }) };
      const closed: CaseFile = { ...before, state: 'closed', decision, reason, ...who, closedAtMs: atMs };
      update.run(closed.state, canonical(closed), caseId);
    },
  };
}

/** The one reader of this table's `detail`. */
function parse(row: Row): CaseFile {
  return JSON.parse(row.detail) as CaseFile;
}
