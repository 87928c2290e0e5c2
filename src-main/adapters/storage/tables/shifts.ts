/** Shifts: who answers for the drawer, and what is expected in it. */
import { canonical } from '../../../core/domain/canonical.ts';
import type { CashOut } from '../../../core/domain/cash-out.ts';
import type { JournalEvent, JournalHead } from '../../../core/domain/journal-event.ts';
import { postClosing, postDispense, postDrop, postNotesInstead, postOpening } from '../../../core/domain/ledger.ts';
import type { Payout } from '../../../core/domain/payouts/payout.ts';
import { invariant } from '../../../core/domain/result.ts';
import { totalOf } from '../../../core/domain/shift.ts';
import type { Shift } from '../../../core/domain/shift.ts';
import type { SqliteDatabase } from '../database.ts';
import type { Moment } from './cash-outs.ts';
import { createDrawerLedger, movedInDrawer } from './drawer-ledger.ts';
import type { DrawerLedger, Posted } from './drawer-ledger.ts';
import { createRowMemory } from './row-memory.ts';
import type { RowMemory } from './row-memory.ts';

type Row = Readonly<{ detail: string; drawerMinor: number }>;
type Known = Readonly<{ shift: Shift; drawerMinor: number }>;
type EventOf<Type extends JournalEvent['type']> = Extract<JournalEvent, { type: Type }>;

export type ShiftTable = ReturnType<typeof createShiftTable>;

export function createShiftTable(db: SqliteDatabase) {
  const select = db.prepare<[string], Row>('SELECT detail, drawer_minor AS drawerMinor FROM shift WHERE id = ?');
  const ledger = createDrawerLedger(db);
  const rows = createRowMemory<Known>((id) => {
    const row = select.get(id);
    return row && parse(row);
  });
  const readers = shiftReaders(db, rows);
  const writers = shiftWriters(db, rows, { openShift: readers.open, post: posting(db, rows, ledger) });
  return { ...readers, postingsOf: ledger.postingsOf, ...writers, undone: rows.forget };
}

function shiftReaders(db: SqliteDatabase, rows: RowMemory<Known>) {
  const open = db.prepare<[], string>("SELECT id FROM shift WHERE state = 'open'").pluck();
  const last = db
    .prepare<[], string>("SELECT id FROM shift WHERE state = 'closed' ORDER BY closed_seq DESC LIMIT 1")
    .pluck();
  const one = (id: string | undefined): Shift | undefined => (id === undefined ? undefined : rows.of(id)?.shift);
  return {
    byId: (id: string): Shift | undefined => one(id),
    open: (): Shift | undefined => one(open.get()),
    last: (): Shift | undefined => one(last.get()),
    expectedCashMinor: (id: string): number => rows.of(id)?.drawerMinor ?? 0,
  };
}

type Doing = Readonly<{ openShift: () => Shift | undefined; post: (posted: Posted) => void }>;

function shiftWriters(db: SqliteDatabase, rows: RowMemory<Known>, { openShift, post }: Doing) {
  const insert = db.prepare<[string, number, string, string]>(
    'INSERT INTO shift (id, number, state, drawer_minor, detail) VALUES (?, ?, ?, 0, ?)',
  );
  const close = db.prepare<[number, string, string]>(
    "UPDATE shift SET state = 'closed', closed_seq = ?, detail = ? WHERE id = ?",
  );
  const lastClosing = db.prepare<[], JournalHead>(
    'SELECT seq, hash FROM journal WHERE seq = (SELECT max(closed_seq) FROM shift)',
  );
  const requireOpen = (id: string, what: string) => {
    const row = rows.of(id);
    const before = row?.shift;
    invariant(row !== undefined && before?.state === 'open', `I5: ${what} in shift ${id}, which is not open`);
    return { before, drawerMinor: row.drawerMinor };
  };

  return {
    openWith(
      { shiftId, floatMinor, number, currency, cashierCode, cashierName, previousHead }: EventOf<'shift.opened'>,
      at: Moment,
    ): void {
      invariant(openShift() === undefined, `shift ${shiftId} would be a second open one`);
      invariant(floatMinor >= 0, `I5: opening float ${floatMinor}`);
      // Absent in entries from before it was kept.
      if (previousHead) checkPreviousHead(previousHead, lastClosing.get());
      const opening = { id: shiftId, number, currency, cashierCode, cashierName, floatMinor, openedAtMs: at.atMs };
      const shift: Shift = { ...opening, state: 'open' };
      insert.run(shiftId, number, shift.state, canonical(shift));
      rows.keep(shiftId, { shift, drawerMinor: 0 });
      post({ shiftId, cause: 'opening', postings: postOpening(floatMinor), seq: at.seq });
    },

    drop({ shiftId, amountMinor }: EventOf<'shift.dropped'>, at: Moment): void {
      invariant(amountMinor > 0, `I5: drop of ${amountMinor}`);
      requireOpen(shiftId, 'drop');
      post({ shiftId, cause: 'drop', postings: postDrop(amountMinor), seq: at.seq });
    },

    /** The drawer that a hand-over names: open, and of the same currency. */
    requireDrawerFor(what: string, { currency }: Pick<CashOut, 'currency'>, shiftId: string): void {
      const { before } = requireOpen(shiftId, `${what} handed over`);
      invariant(before.currency === currency, `I5: ${currency} out of a drawer of ${before.currency}`);
    },

    /** Notes leave the drawer of the shift that pays, not always the one that asked. */
    dispense(cashOut: CashOut & { payingShiftId: string }, at: Moment): void {
      const { id: cashOutId, payingShiftId: shiftId } = cashOut;
      requireOpen(shiftId, `cash-out ${cashOutId} dispensed`);
      post({ shiftId, cause: 'dispense', cashOutId, postings: postDispense(cashOut.amountMinor), seq: at.seq });
    },

    /** Notes in place of a payout. */
    giveInstead({ id: payoutId, amountMinor }: Pick<Payout, 'id' | 'amountMinor'>, shiftId: string, at: Moment): void {
      requireOpen(shiftId, `notes given for payout ${payoutId}`);
      const postings = postNotesInstead(amountMinor);
      post({ shiftId, cause: 'notes-instead', payoutId, postings, seq: at.seq });
    },

    close(event: EventOf<'shift.closed'>, at: Moment & Readonly<{ prevHash: string }>): void {
      const { shiftId, expectedMinor, count, varianceMinor } = event;
      const { before, drawerMinor } = requireOpen(shiftId, 'close');
      checkClosing(event, drawerMinor);
      invariant(event.head === at.prevHash, 'I4: the head on the Z report is not the head before the close');
      post({ shiftId, cause: 'closing', postings: postClosing(expectedMinor, count.totalMinor), seq: at.seq });
      const after: Shift = { ...before, state: 'closed', closedAtMs: at.atMs, expectedMinor, count, varianceMinor };
      close.run(at.seq, canonical(after), shiftId);
      rows.keep(shiftId, { shift: after, drawerMinor: rows.of(shiftId)?.drawerMinor ?? 0 });
    },
  };
}

/** Postings move the drawer's balance, which never goes below zero (I5). */
function posting(db: SqliteDatabase, rows: RowMemory<Known>, ledger: DrawerLedger): (posted: Posted) => void {
  const move = db.prepare<[number, string]>('UPDATE shift SET drawer_minor = ? WHERE id = ?');
  return (posted) => {
    const { shiftId, cause, postings } = posted;
    const row = rows.of(shiftId);
    invariant(row !== undefined, `I5: no shift ${shiftId}`);
    const { shift, drawerMinor: before } = row;
    const moved = movedInDrawer(postings);
    invariant(before + moved >= 0, `I5: ${cause} of ${-moved} from a drawer that holds ${before}`);
    move.run(before + moved, shiftId);
    rows.keep(shiftId, { shift, drawerMinor: before + moved });
    ledger.write(posted);
  };
}

function checkPreviousHead(said: JournalHead, closing: JournalHead | undefined): void {
  const isSame = closing !== undefined && said.seq === closing.seq && said.hash === closing.hash;
  invariant(isSame, `I4: a shift begins after entry ${said.seq}, which is not the close before it`);
}

function checkClosing({ expectedMinor, count, varianceMinor }: EventOf<'shift.closed'>, drawerMinor: number): void {
  invariant(expectedMinor === drawerMinor, `I5: ${expectedMinor} expected, the ledger says ${drawerMinor}`);
  invariant(count.totalMinor >= 0, `I5: counted ${count.totalMinor}`);
  invariant(varianceMinor === count.totalMinor - expectedMinor, `I5: variance ${varianceMinor} is not the difference`);
  invariant(!count.notes || totalOf(count.notes) === count.totalMinor, 'I5: the notes counted are not the total');
}

/** The one reader of this table's `detail`. */
function parse({ detail, drawerMinor }: Row): Known {
  return { shift: JSON.parse(detail) as Shift, drawerMinor };
}
