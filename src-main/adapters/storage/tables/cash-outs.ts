/** Cash-outs, and their postings' gate: which payment evidence each has. */
import { canonical } from '../../../core/domain/canonical.ts';
import { CASH_OUT_STATES, transition } from '../../../core/domain/cash-out.ts';
import type { CashOut, CashOutEvent, CashOutState, Terms } from '../../../core/domain/cash-out.ts';
import type { Evidence } from '../../../core/domain/network.ts';
import { chargeMinorOf } from '../../../core/domain/purchase.ts';
import { invariant } from '../../../core/domain/result.ts';
import type { SqliteDatabase } from '../database.ts';

type Row = Readonly<{ detail: string }>;
type ProgressRow = Row & Readonly<{ newestAnswerMs: number | null; paidSeq: number | null }>;

/** Where in the journal something happened. */
export type Moment = Readonly<{ seq: number; atMs: number }>;

export type CashOutTable = ReturnType<typeof createCashOutTable>;

export function createCashOutTable(db: SqliteDatabase) {
  return { ...cashOutReaders(db), ...cashOutWriters(db) };
}

const PROGRESS = 'SELECT detail, newest_answer_ms AS newestAnswerMs, paid_seq AS paidSeq FROM cash_out WHERE id = ?';

function cashOutReaders(db: SqliteDatabase) {
  const byId = db.prepare<[string], Row>('SELECT detail FROM cash_out WHERE id = ?');
  const progress = db.prepare<[string], ProgressRow>(PROGRESS);
  const places = CASH_OUT_STATES.map(() => '?').join(', ');
  const inSome = db.prepare<CashOutState[], Row>(`SELECT detail FROM cash_out WHERE state IN (${places})`);
  const inSomePaidBy = db.prepare<[string, ...CashOutState[]], Row>(
    `SELECT detail FROM cash_out WHERE paying_shift_id = ? AND state IN (${places})`,
  );
  const ofShift = db.prepare<[string], Row>(
    'SELECT detail FROM cash_out WHERE shift_id = ? ORDER BY requested_at_ms, id',
  );
  const since = db.prepare<[number, number], Row>(
    'SELECT detail FROM cash_out WHERE requested_at_ms >= ? ORDER BY requested_at_ms DESC, id DESC LIMIT ?',
  );
  const inStateSince = db.prepare<[CashOutState, number, number], Row>(
    'SELECT detail FROM cash_out WHERE state = ? AND requested_at_ms >= ? ORDER BY requested_at_ms DESC, id DESC LIMIT ?',
  );
  return {
    byId: (id: string): CashOut | undefined => readCashOut(byId.get(id)),
    newestAnswerMs: (id: string): number | undefined => progress.get(id)?.newestAnswerMs ?? undefined,
    inStates(states: readonly CashOutState[], payingShiftId?: string): readonly CashOut[] {
      const [first] = states;
      if (first === undefined) return [];
      // A state named twice is asked for once.
      const asked = CASH_OUT_STATES.map((_, index) => states[index] ?? first);
      const rows = payingShiftId === undefined ? inSome.all(...asked) : inSomePaidBy.all(payingShiftId, ...asked);
      return rows.map(parse).sort((left, right) => newestFirst(right, left));
    },
    ofShift: (shiftId: string): readonly CashOut[] => ofShift.all(shiftId).map(parse),
    since(requestedAtMs: number, limit: number, states?: readonly CashOutState[]): readonly CashOut[] {
      if (!states) return since.all(requestedAtMs, limit).map(parse);
      const found = [...new Set(states)].flatMap((state) => inStateSince.all(state, requestedAtMs, limit).map(parse));
      return found.sort(newestFirst).slice(0, limit);
    },
  };
}

function cashOutWriters(db: SqliteDatabase) {
  const progress = db.prepare<[string], ProgressRow>(PROGRESS);
  const insert = db.prepare<[string, string, string, string, string, number, number, string]>(
    `INSERT INTO cash_out (id, state, shift_id, network, external_reference, amount_minor, requested_at_ms, detail)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = db.prepare<[string, number | null, number | null, string | null, string, string]>(
    'UPDATE cash_out SET state = ?, newest_answer_ms = ?, paid_seq = ?, paying_shift_id = ?, detail = ? WHERE id = ?',
  );
  const updateNewest = db.prepare<[number, string]>(
    'UPDATE cash_out SET newest_answer_ms = max(coalesce(newest_answer_ms, 0), ?) WHERE id = ?',
  );

  return {
    request(terms: Terms): void {
      const cashOut: CashOut = { ...terms, state: 'requested', cancelAsked: false };
      const { id, state, shiftId, network, externalReference, amountMinor, requestedAtMs } = cashOut;
      insert.run(id, state, shiftId, network, externalReference, amountMinor, requestedAtMs, canonical(cashOut));
    },

    /** Applies one event; answers the state that it led to. */
    step(id: string, step: CashOutEvent, moment: Moment): CashOut {
      const row = progress.get(id);
      invariant(row !== undefined, `I1: ${step.type} for cash-out ${id}, which does not exist`);
      const before = parse(row);
      const moved = transition(before, step, moment.atMs);
      if (!moved.ok) throw new Error(`invariant broken: I6: ${step.type} for cash-out ${id}, which is ${before.state}`);
      const after = moved.value;
      const newest = newestOf(row.newestAnswerMs, evidenceOf(step), id);
      const paidSeq = step.type === 'paid' ? paidNow(step.evidence, moment) : row.paidSeq;
      const payingShiftId = 'payingShiftId' in after ? after.payingShiftId : null;
      update.run(after.state, newest, paidSeq, payingShiftId, canonical(after), id);
      return after;
    },

    /** A command's answer is a network answer too: later readings are measured against it (I6). */
    noteAnswer(id: string, evidence: Evidence | undefined): void {
      if (evidence?.orderUpdatedAtMs !== undefined) updateNewest.run(evidence.orderUpdatedAtMs, id);
    },

    /** The dispense that the ledger may post: needs evidence of payment from an earlier entry, for the same amount (I1). */
    requireEvidence(cashOut: CashOut, seq: number): void {
      const paidSeq = progress.get(cashOut.id)?.paidSeq ?? undefined;
      invariant(paidSeq !== undefined && paidSeq < seq, `I1: no earlier payment of cash-out ${cashOut.id}`);
      invariant(
        'payment' in cashOut && cashOut.payment.amountMinor === chargeMinorOf(cashOut),
        `I1: cash-out ${cashOut.id} was paid with another amount`,
      );
    },
  };
}

/** The one reader of this table's `detail`. */
function parse(row: Row): CashOut {
  return JSON.parse(row.detail) as CashOut;
}

function newestFirst(left: CashOut, right: CashOut): number {
  return right.requestedAtMs - left.requestedAtMs || (left.id < right.id ? 1 : -1);
}

function readCashOut(row: Row | undefined): CashOut | undefined {
  return row && parse(row);
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
