/** Shifts, their drawer ledger, and every opening of the drawer. */
import type { DrawerOpening } from '../../../core/application/ports/till-store.ts';
import { canonical } from '../../../core/domain/canonical.ts';
import type { CashOut } from '../../../core/domain/cash-out.ts';
import type { JournalEvent } from '../../../core/domain/journal-event.ts';
import { postClosing, postDispense, postDrop, postOpening } from '../../../core/domain/ledger.ts';
import type { Posting } from '../../../core/domain/ledger.ts';
import { invariant } from '../../../core/domain/result.ts';
import { totalOf } from '../../../core/domain/shift.ts';
import type { Shift } from '../../../core/domain/shift.ts';
import type { SqliteDatabase } from '../database.ts';
import type { Moment } from './cash-outs.ts';

type Row = Readonly<{ detail: string }>;
type DrawerRow = Row & Readonly<{ drawerMinor: number }>;
type OpeningRow = Readonly<{ atMs: number; reason: string; outcome: string; cashOutId: string | null }>;
type Cause = 'opening' | 'dispense' | 'drop' | 'closing';
type EventOf<Type extends JournalEvent['type']> = Extract<JournalEvent, { type: Type }>;

export type ShiftTable = ReturnType<typeof createShiftTable>;

export function createShiftTable(db: SqliteDatabase) {
  const ledger = createLedger(db);
  const byId = db.prepare<[string], DrawerRow>('SELECT detail, drawer_minor AS drawerMinor FROM shift WHERE id = ?');
  const open = db.prepare<[], Row>("SELECT detail FROM shift WHERE state = 'open'");
  const last = db.prepare<[], Row>("SELECT detail FROM shift WHERE state = 'closed' ORDER BY closed_seq DESC LIMIT 1");
  const insert = db.prepare<[string, number, string, string]>(
    'INSERT INTO shift (id, number, state, drawer_minor, detail) VALUES (?, ?, ?, 0, ?)',
  );
  const close = db.prepare<[number, string, string]>(
    "UPDATE shift SET state = 'closed', closed_seq = ?, detail = ? WHERE id = ?",
  );
  const openShift = (): Shift | undefined => readShift(open.get());
  const requireOpen = (id: string, what: string): number => {
    const row = byId.get(id);
    invariant(row !== undefined && parse(row).state === 'open', `I5: ${what} in shift ${id}, which is not open`);
    return row.drawerMinor;
  };

  return {
    byId: (id: string): Shift | undefined => readShift(byId.get(id)),
    open: openShift,
    last: (): Shift | undefined => readShift(last.get()),
    expectedCashMinor: (id: string): number => byId.get(id)?.drawerMinor ?? 0,
    postingsOf: ledger.postingsOf,

    openWith(
      { shiftId, floatMinor, number, currency, cashierCode, cashierName }: EventOf<'shift.opened'>,
      at: Moment,
    ): void {
      invariant(openShift() === undefined, `shift ${shiftId} would be a second open one`);
      invariant(floatMinor >= 0, `I5: opening float ${floatMinor}`);
      const opening = { id: shiftId, number, currency, cashierCode, cashierName, floatMinor, openedAtMs: at.atMs };
      const shift: Shift = { ...opening, state: 'open' };
      insert.run(shiftId, number, shift.state, canonical(shift));
      ledger.post({ shiftId, cause: 'opening', postings: postOpening(floatMinor), seq: at.seq });
    },

    drop({ shiftId, amountMinor }: EventOf<'shift.dropped'>, at: Moment): void {
      invariant(amountMinor > 0, `I5: drop of ${amountMinor}`);
      requireOpen(shiftId, 'drop');
      ledger.post({ shiftId, cause: 'drop', postings: postDrop(amountMinor), seq: at.seq });
    },

    /** The drawer that a hand-over names: open, and of the same currency. */
    requireDrawerFor(cashOut: CashOut, shiftId: string): void {
      const shift = readShift(byId.get(shiftId));
      invariant(
        shift?.state === 'open',
        `I5: cash-out ${cashOut.id} handed over in shift ${shiftId}, which is not open`,
      );
      invariant(shift.currency === cashOut.currency, `I5: ${cashOut.currency} out of a drawer of ${shift.currency}`);
    },

    /** Notes leave the drawer of the shift that pays, not always the one that asked. */
    dispense(cashOut: CashOut & { payingShiftId: string }, at: Moment): void {
      const { id: cashOutId, payingShiftId: shiftId } = cashOut;
      requireOpen(shiftId, `cash-out ${cashOutId} dispensed`);
      ledger.post({ shiftId, cause: 'dispense', cashOutId, postings: postDispense(cashOut.amountMinor), seq: at.seq });
    },

    close(event: EventOf<'shift.closed'>, at: Moment & Readonly<{ prevHash: string }>): void {
      const { shiftId, expectedMinor, count, varianceMinor } = event;
      const drawerMinor = requireOpen(shiftId, 'close');
      invariant(expectedMinor === drawerMinor, `I5: ${expectedMinor} expected, the ledger says ${drawerMinor}`);
      invariant(count.totalMinor >= 0, `I5: counted ${count.totalMinor}`);
      invariant(
        varianceMinor === count.totalMinor - expectedMinor,
        `I5: variance ${varianceMinor} is not the difference`,
      );
      invariant(!count.notes || totalOf(count.notes) === count.totalMinor, 'I5: the notes counted are not the total');
      invariant(event.head === at.prevHash, 'I4: the head on the Z report is not the head before the close');
      ledger.post({ shiftId, cause: 'closing', postings: postClosing(expectedMinor, count.totalMinor), seq: at.seq });
      const before = readShift(byId.get(shiftId));
      invariant(before?.state === 'open', `shift ${shiftId} is not open`);
      const after: Shift = { ...before, state: 'closed', closedAtMs: at.atMs, expectedMinor, count, varianceMinor };
      close.run(at.seq, canonical(after), shiftId);
    },
  };
}

type Entry = Readonly<{ seq: number; shiftId: string; cause: Cause; cashOutId?: string; postings: readonly Posting[] }>;

function createLedger(db: SqliteDatabase) {
  const insert = db.prepare<[number, number, string, Cause, string | null, string, number]>(
    `INSERT INTO posting (seq, line, shift_id, cause, cash_out_id, account, amount_minor) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const ofShift = db.prepare<[string], Posting>(
    'SELECT account, amount_minor AS amountMinor FROM posting WHERE shift_id = ? ORDER BY seq, line',
  );
  const balance = db.prepare<[string], number>('SELECT drawer_minor FROM shift WHERE id = ?').pluck();
  const move = db.prepare<[number, string]>('UPDATE shift SET drawer_minor = ? WHERE id = ?');

  return {
    postingsOf: (shiftId: string): readonly Posting[] => ofShift.all(shiftId),

    post({ seq, shiftId, cause, cashOutId, postings }: Entry): void {
      const before = balance.get(shiftId);
      invariant(before !== undefined, `I5: no shift ${shiftId}`);
      const moved = postings.reduce(
        (sum, posting) => sum + (posting.account === 'drawer' ? posting.amountMinor : 0),
        0,
      );
      invariant(before + moved >= 0, `I5: ${cause} of ${-moved} from a drawer that holds ${before}`);
      move.run(before + moved, shiftId);
      postings.forEach(({ account, amountMinor }, line) => {
        insert.run(seq, line, shiftId, cause, cashOutId ?? null, account, amountMinor);
      });
    },
  };
}

export function createDrawerOpeningTable(db: SqliteDatabase) {
  const ofShift = db.prepare<[string], OpeningRow>(
    'SELECT at_ms AS atMs, reason, outcome, cash_out_id AS cashOutId FROM drawer_opening WHERE shift_id = ? ORDER BY seq',
  );
  const insert = db.prepare<[number, string, string | null, number, string, string]>(
    'INSERT INTO drawer_opening (seq, shift_id, cash_out_id, at_ms, reason, outcome) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return {
    ofShift: (shiftId: string): readonly DrawerOpening[] => ofShift.all(shiftId).map(readOpening),
    add(event: EventOf<'drawer.opened'>, { seq, atMs }: Moment): void {
      insert.run(seq, event.shiftId, event.cashOutId ?? null, atMs, event.reason, event.outcome);
    },
  };
}

/** The one reader of this table's `detail`. */
function parse(row: Row): Shift {
  return JSON.parse(row.detail) as Shift;
}

function readShift(row: Row | undefined): Shift | undefined {
  return row && parse(row);
}

function readOpening({ cashOutId, ...opening }: OpeningRow): DrawerOpening {
  return cashOutId === null ? opening : { ...opening, cashOutId };
}
