/** The drawer ledger (I5), and every opening of the drawer. */
import type { DrawerOpening } from '../../../core/application/ports/till-store.ts';
import type { JournalEvent } from '../../../core/domain/journal-event.ts';
import type { Posting } from '../../../core/domain/ledger.ts';
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
export type Posted = Readonly<{
  seq: number;
  shiftId: string;
  cause: Cause;
  cashOutId?: string;
  payoutId?: string;
  postings: readonly Posting[];
}>;

export type DrawerLedger = ReturnType<typeof createDrawerLedger>;

/** `shift.drawer_minor` follows the drawer postings, so that expected cash is one look-up and its floor one constraint. */
export function createDrawerLedger(db: SqliteDatabase) {
  const insert = db.prepare<[number, number, string, Cause, string | null, string | null, string, number]>(
    `INSERT INTO posting (seq, line, shift_id, cause, cash_out_id, payout_id, account, amount_minor)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const ofShift = db.prepare<[string], Posting>(
    'SELECT account, amount_minor AS amountMinor FROM posting WHERE shift_id = ? ORDER BY seq, line',
  );

  return {
    postingsOf: (shiftId: string): readonly Posting[] => ofShift.all(shiftId),

    write({ seq, shiftId, cause, cashOutId, payoutId, postings }: Posted): void {
      postings.forEach(({ account, amountMinor }, line) => {
        insert.run(seq, line, shiftId, cause, cashOutId ?? null, payoutId ?? null, account, amountMinor);
      });
    },
  };
}

/** What an entry moves in the drawer, in minor units; out of it is below zero. */
export function movedInDrawer(postings: readonly Posting[]): number {
  return postings.reduce((sum, { account, amountMinor }) => sum + (account === 'drawer' ? amountMinor : 0), 0);
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
