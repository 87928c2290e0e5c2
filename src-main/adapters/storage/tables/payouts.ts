/** Payouts, and what may take the place of one. */
import { canonical } from '../../../core/domain/canonical.ts';
import { transition } from '../../../core/domain/payouts/payout.ts';
import type { Payout, PayoutEvent, PayoutState, PayoutTerms } from '../../../core/domain/payouts/payout.ts';
import { invariant } from '../../../core/domain/result.ts';
import type { SqliteDatabase } from '../database.ts';
import type { Moment } from './cash-outs.ts';

type Row = Readonly<{ detail: string }>;
type ProgressRow = Row & Readonly<{ notesSeq: number | null }>;

/** The columns that follow from the payout's present state. */
type Progress = Readonly<{
  id: string;
  state: PayoutState;
  cashoutId: string | null;
  completedAtMs: number | null;
  counting: 0 | 1;
  notesShiftId: string | null;
  notesSeq: number | null;
  replacedBy: string | null;
  detail: string;
}>;
type Fixed = Readonly<{
  shiftId: string;
  network: string;
  externalId: string;
  requestId: string | null;
  currency: string;
  amountMinor: number;
  requestedAtMs: number;
  reissueOf: string | null;
}>;

export type PayoutTable = ReturnType<typeof createPayoutTable>;

export function createPayoutTable(db: SqliteDatabase) {
  return { ...createReaders(db), ...createWriters(db) };
}

function createReaders(db: SqliteDatabase) {
  const byId = db.prepare<[string], Row>('SELECT detail FROM payout WHERE id = ?');
  const byExternalId = db.prepare<[string], Row>('SELECT detail FROM payout WHERE external_id = ?');
  const byRequestId = db.prepare<[string], Row>('SELECT detail FROM payout WHERE request_id = ?');
  const byCashoutId = db.prepare<[string], Row>(
    'SELECT detail FROM payout WHERE cashout_id = ? ORDER BY requested_at_ms DESC, id DESC',
  );
  const inState = db.prepare<[PayoutState], Row>(
    'SELECT detail FROM payout WHERE state = ? ORDER BY requested_at_ms, id',
  );
  const completedSince = db.prepare<[number], Row>(
    'SELECT detail FROM payout WHERE completed_at_ms >= ? ORDER BY completed_at_ms, id',
  );
  const counting = db.prepare<[], Row>('SELECT detail FROM payout WHERE counting = 1');
  const ofShift = db.prepare<[string], Row>(
    'SELECT detail FROM payout WHERE shift_id = ? ORDER BY requested_at_ms, id',
  );
  const notesFrom = db.prepare<[string], Row>(
    "SELECT detail FROM payout WHERE notes_shift_id = ? AND replaced_by = 'notes' ORDER BY notes_seq",
  );
  const since = db.prepare<[number, number], Row>(
    'SELECT detail FROM payout WHERE requested_at_ms >= ? ORDER BY requested_at_ms DESC, id DESC LIMIT ?',
  );
  return {
    byId: (id: string): Payout | undefined => readPayout(byId.get(id)),
    byExternalId: (externalId: string): Payout | undefined => readPayout(byExternalId.get(externalId)),
    byRequestId: (requestId: string): Payout | undefined => readPayout(byRequestId.get(requestId)),
    byCashoutId: (cashoutId: string): readonly Payout[] => byCashoutId.all(cashoutId).map(parse),
    inStates(states: readonly PayoutState[]): readonly Payout[] {
      const found = [...new Set(states)].flatMap((state) => inState.all(state).map(parse));
      return found.sort((left, right) => left.requestedAtMs - right.requestedAtMs || (left.id < right.id ? -1 : 1));
    },
    completedSince: (atMs: number): readonly Payout[] => completedSince.all(atMs).map(parse),
    counting: (): Payout | undefined => readPayout(counting.get()),
    ofShift: (shiftId: string): readonly Payout[] => ofShift.all(shiftId).map(parse),
    /** Those whose notes came out of that shift's drawer. */
    notesFrom: (shiftId: string): readonly Payout[] => notesFrom.all(shiftId).map(parse),
    since: (requestedAtMs: number, limit: number): readonly Payout[] => since.all(requestedAtMs, limit).map(parse),
  };
}

function createWriters(db: SqliteDatabase) {
  const progress = db.prepare<[string], ProgressRow>('SELECT detail, notes_seq AS notesSeq FROM payout WHERE id = ?');
  const insert = db.prepare<[Progress & Fixed]>(
    `INSERT INTO payout (id, state, shift_id, network, external_id, cashout_id, request_id, currency, amount_minor, requested_at_ms,
       completed_at_ms, counting, notes_shift_id, notes_seq, replaced_by, reissue_of, detail)
     VALUES (@id, @state, @shiftId, @network, @externalId, @cashoutId, @requestId, @currency, @amountMinor, @requestedAtMs,
       @completedAtMs, @counting, @notesShiftId, @notesSeq, @replacedBy, @reissueOf, @detail)`,
  );
  const update = db.prepare<[Progress]>(
    `UPDATE payout SET state = @state, cashout_id = @cashoutId, completed_at_ms = @completedAtMs, counting = @counting,
       notes_shift_id = @notesShiftId, notes_seq = @notesSeq, replaced_by = @replacedBy, detail = @detail WHERE id = @id`,
  );

  return {
    request(terms: PayoutTerms): void {
      const payout: Payout = { ...terms, state: 'requested', cancelAsked: false };
      const { shiftId, network, externalId, requestId, currency, amountMinor, requestedAtMs, reissueOf } = payout;
      insert.run({
        ...progressOf(payout, null),
        shiftId,
        network,
        externalId,
        requestId: requestId ?? null,
        currency,
        amountMinor,
        requestedAtMs,
        reissueOf: reissueOf ?? null,
      });
    },

    /** Applies one event; answers the state that it led to. */
    step(id: string, step: PayoutEvent, moment: Moment): Payout {
      const row = progress.get(id);
      invariant(row !== undefined, `I1: ${step.type} for payout ${id}, which does not exist`);
      const before = parse(row);
      const moved = transition(before, step, moment.atMs);
      if (!moved.ok) throw new Error(`invariant broken: I6: ${step.type} for payout ${id}, which is ${before.state}`);
      const notesSeq = step.type === 'notes-started' ? moment.seq : row.notesSeq;
      update.run(progressOf(moved.value, notesSeq));
      return moved.value;
    },
  };
}

function progressOf(payout: Payout, notesSeq: number | null): Progress {
  const replacement = 'replacement' in payout ? payout.replacement : undefined;
  const notesShiftId = payout.counting?.shiftId ?? (replacement?.by === 'notes' ? replacement.shiftId : null);
  return {
    id: payout.id,
    state: payout.state,
    cashoutId: ('cashoutId' in payout && payout.cashoutId) || null,
    completedAtMs: payout.state === 'completed' ? payout.completedAtMs : null,
    counting: payout.counting ? 1 : 0,
    notesShiftId,
    notesSeq: notesShiftId === null ? null : notesSeq,
    // What was paid outside of the till has no place in the drawer or at a network.
    replacedBy: replacement === undefined || replacement.by === 'outside' ? null : replacement.by,
    detail: canonical(payout),
  };
}

/** The one reader of this table's `detail`. */
function parse(row: Row): Payout {
  return JSON.parse(row.detail) as Payout;
}

function readPayout(row: Row | undefined): Payout | undefined {
  return row && parse(row);
}
