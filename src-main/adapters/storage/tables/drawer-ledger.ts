/** The drawer ledger (I5), and every opening of the drawer. */
import type { DrawerOpening } from '../../../core/application/ports/till-store.ts';
import type { JournalEvent } from '../../../core/domain/journal-event.ts';
import type { Posting } from '../../../core/domain/ledger.ts';
import { invariant } from '../../../core/domain/result.ts';
import type { SqliteDatabase } from '../database.ts';
import type { Moment } from './cash-outs.ts';

type OpeningRow = Readonly<{
  atMs: number;
  reason: string;
  outcome: string;
  cashOutId: string | null;
  payoutId: string | null;
}>;
type Cause = 'opening' | 'dispense' | 'notes-instead' | 'drop' | 'closing';
type Entry = Readonly<{
  seq: number;
  shiftId: string;
  cause: Cause;
  cashOutId?: string;
  payoutId?: string;
  postings: readonly Posting[];
}>;

/** `shift.drawer_minor` follows the drawer postings, so that expected cash is one look-up and its floor one constraint. */
export function createDrawerLedger(db: SqliteDatabase) {
  const insert = db.prepare<[number, number, string, Cause, string | null, string | null, string, number]>(
    `INSERT INTO posting (seq, line, shift_id, cause, cash_out_id, payout_id, account, amount_minor)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const ofShift = db.prepare<[string], Posting>(
    'SELECT account, amount_minor AS amountMinor FROM posting WHERE shift_id = ? ORDER BY seq, line',
  );
  const balance = db.prepare<[string], number>('SELECT drawer_minor FROM shift WHERE id = ?').pluck();
  const move = db.prepare<[number, string]>('UPDATE shift SET drawer_minor = ? WHERE id = ?');

  return {
    postingsOf: (shiftId: string): readonly Posting[] => ofShift.all(shiftId),

    post({ seq, shiftId, cause, cashOutId, payoutId, postings }: Entry): void {
      const before = balance.get(shiftId);
      invariant(before !== undefined, `I5: no shift ${shiftId}`);
      const moved = postings.reduce(
        (sum, posting) => sum + (posting.account === 'drawer' ? posting.amountMinor : 0),
        0,
      );
      invariant(before + moved >= 0, `I5: ${cause} of ${-moved} from a drawer that holds ${before}`);
      move.run(before + moved, shiftId);
      postings.forEach(({ account, amountMinor }, line) => {
        insert.run(seq, line, shiftId, cause, cashOutId ?? null, payoutId ?? null, account, amountMinor);
      });
    },
  };
}

export function createDrawerOpeningTable(db: SqliteDatabase) {
  const ofShift = db.prepare<[string], OpeningRow>(
    `SELECT at_ms AS atMs, reason, outcome, cash_out_id AS cashOutId, payout_id AS payoutId FROM drawer_opening
     WHERE shift_id = ? ORDER BY seq`,
  );
  const insert = db.prepare<[number, string, string | null, string | null, number, string, string]>(
    'INSERT INTO drawer_opening (seq, shift_id, cash_out_id, payout_id, at_ms, reason, outcome) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  return {
    ofShift: (shiftId: string): readonly DrawerOpening[] => ofShift.all(shiftId).map(readOpening),
    add(event: Extract<JournalEvent, { type: 'drawer.opened' }>, { seq, atMs }: Moment): void {
      const { shiftId, cashOutId, payoutId, reason, outcome } = event;
      insert.run(seq, shiftId, cashOutId ?? null, payoutId ?? null, atMs, reason, outcome);
    },
  };
}

function readOpening({ cashOutId, payoutId, ...opening }: OpeningRow): DrawerOpening {
  return { ...opening, ...(cashOutId !== null && { cashOutId }), ...(payoutId !== null && { payoutId }) };
}
