/** Cash-outs, and their postings' gate: which payment evidence each has. */
import { canonical } from '../../../core/domain/canonical.ts';
import { CASH_OUT_STATES, transition } from '../../../core/domain/cash-out.ts';
import type { CashOut, CashOutEvent, CashOutState, Terms } from '../../../core/domain/cash-out.ts';
import type { Evidence } from '../../../core/domain/network.ts';
import { chargeMinorOf } from '../../../core/domain/purchase.ts';
import { invariant } from '../../../core/domain/result.ts';
import type { SqliteDatabase } from '../database.ts';
import { createRowMemory } from './row-memory.ts';
import type { RowMemory } from './row-memory.ts';

type Row = Readonly<{ detail: string; newestAnswerMs: number | null; paidSeq: number | null }>;
type Progress = Readonly<{ cashOut: CashOut; newestAnswerMs: number | null; paidSeq: number | null }>;

/** Where in the journal something happened. */
export type Moment = Readonly<{ seq: number; atMs: number }>;

export type CashOutTable = ReturnType<typeof createCashOutTable>;

export function createCashOutTable(db: SqliteDatabase) {
  const select = db.prepare<[string], Row>(
    'SELECT detail, newest_answer_ms AS newestAnswerMs, paid_seq AS paidSeq FROM cash_out WHERE id = ?',
  );
  const rows = createRowMemory<Progress>((id) => {
    const row = select.get(id);
    return row && parse(row);
  });
  return { ...cashOutReaders(db, rows), ...cashOutWriters(db, rows), undone: rows.forget };
}

function cashOutReaders(db: SqliteDatabase, rows: RowMemory<Progress>) {
  const places = CASH_OUT_STATES.map(() => '?').join(', ');
  const inSome = db.prepare<CashOutState[], string>(`SELECT id FROM cash_out WHERE state IN (${places})`).pluck();
  const inSomePaidBy = db
    .prepare<[string, ...CashOutState[]], string>(
      `SELECT id FROM cash_out WHERE paying_shift_id = ? AND state IN (${places})`,
    )
    .pluck();
  const ofShift = db
    .prepare<[string], string>('SELECT id FROM cash_out WHERE shift_id = ? ORDER BY requested_at_ms, id')
    .pluck();
  const since = db
    .prepare<[number, number], string>(
      'SELECT id FROM cash_out WHERE requested_at_ms >= ? ORDER BY requested_at_ms DESC, id DESC LIMIT ?',
    )
    .pluck();
  const inStateSince = db
    .prepare<[CashOutState, number, number], string>(
      'SELECT id FROM cash_out WHERE state = ? AND requested_at_ms >= ? ORDER BY requested_at_ms DESC, id DESC LIMIT ?',
    )
    .pluck();
  const all = (ids: readonly string[]): CashOut[] => rows.all(ids).map(({ cashOut }) => cashOut);
  return {
    byId: (id: string): CashOut | undefined => rows.of(id)?.cashOut,
    newestAnswerMs: (id: string): number | undefined => rows.of(id)?.newestAnswerMs ?? undefined,
    inStates(states: readonly CashOutState[], payingShiftId?: string): readonly CashOut[] {
      const [first] = states;
      if (first === undefined) return [];
      // A state named twice is asked for once.
      const asked = CASH_OUT_STATES.map((_, index) => states[index] ?? first);
      const ids = payingShiftId === undefined ? inSome.all(...asked) : inSomePaidBy.all(payingShiftId, ...asked);
      return all(ids).sort((left, right) => newestFirst(right, left));
    },
    ofShift: (shiftId: string): readonly CashOut[] => all(ofShift.all(shiftId)),
    since(requestedAtMs: number, limit: number, states?: readonly CashOutState[]): readonly CashOut[] {
      if (!states) return all(since.all(requestedAtMs, limit));
      const ids = [...new Set(states)].flatMap((state) => inStateSince.all(state, requestedAtMs, limit));
      return all(ids).sort(newestFirst).slice(0, limit);
    },
  };
}

function cashOutWriters(db: SqliteDatabase, rows: RowMemory<Progress>) {
  const insert = db.prepare<[string, string, string, string, string, number, number, string]>(
    `INSERT INTO cash_out (id, state, shift_id, network, external_reference, amount_minor, requested_at_ms, detail)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const move = db.prepare<[string, number | null, string, string]>(
    'UPDATE cash_out SET state = ?, newest_answer_ms = ?, detail = ? WHERE id = ?',
  );
  // Naming a column costs its references and indexes a look, whether its value changes or not.
  const moveMoney = db.prepare<[string, number | null, number | null, string | null, string, string]>(
    'UPDATE cash_out SET state = ?, newest_answer_ms = ?, paid_seq = ?, paying_shift_id = ?, detail = ? WHERE id = ?',
  );
  const updateNewest = db.prepare<[number, string]>('UPDATE cash_out SET newest_answer_ms = ? WHERE id = ?');

  return {
    request(terms: Terms): void {
      const cashOut: CashOut = { ...terms, state: 'requested', cancelAsked: false };
      const { id, state, shiftId, network, externalReference, amountMinor, requestedAtMs } = cashOut;
      insert.run(id, state, shiftId, network, externalReference, amountMinor, requestedAtMs, canonical(cashOut));
      rows.keep(id, { cashOut, newestAnswerMs: null, paidSeq: null });
    },

    /** Applies one event; answers the state that it led to. */
    step(id: string, step: CashOutEvent, moment: Moment): CashOut {
      const row = rows.of(id);
      invariant(row !== undefined, `I1: ${step.type} for cash-out ${id}, which does not exist`);
      const before = row.cashOut;
      const moved = transition(before, step, moment.atMs);
      if (!moved.ok) throw new Error(`invariant broken: I6: ${step.type} for cash-out ${id}, which is ${before.state}`);
      const after = moved.value;
      const newestAnswerMs = newestOf(row.newestAnswerMs, evidenceOf(step), id);
      const paidSeq = step.type === 'paid' ? paidNow(step.evidence, moment) : row.paidSeq;
      const payingShiftId = payingShiftOf(after);
      const isMoneyMoved = paidSeq !== row.paidSeq || payingShiftId !== payingShiftOf(before);
      if (isMoneyMoved) moveMoney.run(after.state, newestAnswerMs, paidSeq, payingShiftId, canonical(after), id);
      else move.run(after.state, newestAnswerMs, canonical(after), id);
      rows.keep(id, { cashOut: after, newestAnswerMs, paidSeq });
      return after;
    },

    /** A command's answer is a network answer too: later readings are measured against it (I6). */
    noteAnswer(id: string, evidence: Evidence | undefined): void {
      const row = rows.of(id);
      if (row === undefined || evidence?.orderUpdatedAtMs === undefined) return;
      const newestAnswerMs = Math.max(row.newestAnswerMs ?? 0, evidence.orderUpdatedAtMs);
      if (newestAnswerMs === row.newestAnswerMs) return;
      updateNewest.run(newestAnswerMs, id);
      rows.keep(id, { ...row, newestAnswerMs });
    },

    /** The dispense that the ledger may post: needs evidence of payment from an earlier entry, for the same amount (I1). */
    requireEvidence(cashOut: CashOut, seq: number): void {
      const paidSeq = rows.of(cashOut.id)?.paidSeq ?? undefined;
      invariant(paidSeq !== undefined && paidSeq < seq, `I1: no earlier payment of cash-out ${cashOut.id}`);
      invariant(
        'payment' in cashOut && cashOut.payment.amountMinor === chargeMinorOf(cashOut),
        `I1: cash-out ${cashOut.id} was paid with another amount`,
      );
    },
  };
}

/** The one reader of this table's `detail`. */
function parse({ detail, newestAnswerMs, paidSeq }: Row): Progress {
  return { cashOut: JSON.parse(detail) as CashOut, newestAnswerMs, paidSeq };
}

function payingShiftOf(cashOut: CashOut): string | null {
  return 'payingShiftId' in cashOut ? cashOut.payingShiftId : null;
}

function newestFirst(left: CashOut, right: CashOut): number {
  return right.requestedAtMs - left.requestedAtMs || (left.id < right.id ? 1 : -1);
}

function evidenceOf(step: CashOutEvent): Evidence | undefined {
  return 'evidence' in step ? step.evidence : undefined;
}

function newestOf(newest: number | null, evidence: Evidence | undefined, id: string): number | null {
  const answered = evidence?.orderUpdatedAtMs;
  if (answered === undefined) return newest;
  invariant(newest === null || answered >= newest, `I6: cash-out ${id} would be moved by an older answer`);
  return answered;
}

function paidNow(evidence: Evidence | undefined, moment: Moment): number {
  invariant(evidence !== undefined && evidence.bodySha256 !== '', 'I1: payment without evidence');
  return moment.seq;
}
