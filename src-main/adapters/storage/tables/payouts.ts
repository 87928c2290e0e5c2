/** Payouts, and what may take the place of one. */
import { canonical } from '../../../core/domain/canonical.ts';
import { transition } from '../../../core/domain/payouts/payout.ts';
import type { Payout, PayoutEvent, PayoutState, PayoutTerms } from '../../../core/domain/payouts/payout.ts';
import { invariant } from '../../../core/domain/result.ts';
import type { SqliteDatabase } from '../database.ts';
import type { Moment } from './cash-outs.ts';
import { createRowMemory } from './row-memory.ts';
import type { RowMemory } from './row-memory.ts';

type Row = Readonly<{ detail: string; notesSeq: number | null }>;
type Known = Readonly<{ payout: Payout; notesSeq: number | null }>;

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
  const select = db.prepare<[string], Row>('SELECT detail, notes_seq AS notesSeq FROM payout WHERE id = ?');
  const rows = createRowMemory<Known>((id) => {
    const row = select.get(id);
    return row && parse(row);
  });
  return { ...createReaders(db, rows), ...createWriters(db, rows), undone: rows.forget };
}

function createReaders(db: SqliteDatabase, rows: RowMemory<Known>) {
  const select = 'SELECT id FROM payout WHERE';
  const byExternalId = db.prepare<[string], string>(`${select} external_id = ?`).pluck();
  const byRequestId = db.prepare<[string], string>(`${select} request_id = ?`).pluck();
  const byCashoutId = db
    .prepare<[string], string>(`${select} cashout_id = ? ORDER BY requested_at_ms DESC, id DESC`)
    .pluck();
  const inState = db.prepare<[PayoutState], string>(`${select} state = ? ORDER BY requested_at_ms, id`).pluck();
  const completedSince = db
    .prepare<[number], string>(`${select} completed_at_ms >= ? ORDER BY completed_at_ms, id`)
    .pluck();
  const counting = db.prepare<[], string>(`${select} counting = 1`).pluck();
  const ofShift = db.prepare<[string], string>(`${select} shift_id = ? ORDER BY requested_at_ms, id`).pluck();
  const notesFrom = db
    .prepare<[string], string>(`${select} notes_shift_id = ? AND replaced_by = 'notes' ORDER BY notes_seq`)
    .pluck();
  const since = db
    .prepare<[number, number], string>(`${select} requested_at_ms >= ? ORDER BY requested_at_ms DESC, id DESC LIMIT ?`)
    .pluck();
  const one = (id: string | undefined): Payout | undefined => (id === undefined ? undefined : rows.of(id)?.payout);
  const all = (found: readonly string[]): Payout[] => rows.all(found).map(({ payout }) => payout);
  return {
    byId: (id: string): Payout | undefined => one(id),
    byExternalId: (externalId: string): Payout | undefined => one(byExternalId.get(externalId)),
    byRequestId: (requestId: string): Payout | undefined => one(byRequestId.get(requestId)),
    byCashoutId: (cashoutId: string): readonly Payout[] => all(byCashoutId.all(cashoutId)),
    inStates(states: readonly PayoutState[]): readonly Payout[] {
      const found = all([...new Set(states)].flatMap((state) => inState.all(state)));
      return found.sort((left, right) => left.requestedAtMs - right.requestedAtMs || (left.id < right.id ? -1 : 1));
    },
    completedSince: (atMs: number): readonly Payout[] => all(completedSince.all(atMs)),
    counting: (): Payout | undefined => one(counting.get()),
    ofShift: (shiftId: string): readonly Payout[] => all(ofShift.all(shiftId)),
    /** Those whose notes came out of that shift's drawer. */
    notesFrom: (shiftId: string): readonly Payout[] => all(notesFrom.all(shiftId)),
    since: (requestedAtMs: number, limit: number): readonly Payout[] => all(since.all(requestedAtMs, limit)),
  };
}

function createWriters(db: SqliteDatabase, rows: RowMemory<Known>) {
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
      rows.keep(payout.id, { payout, notesSeq: null });
    },

    /** Applies one event; answers the state that it led to. */
    step(id: string, step: PayoutEvent, moment: Moment): Payout {
      const row = rows.of(id);
      invariant(row !== undefined, `I1: ${step.type} for payout ${id}, which does not exist`);
      const before = row.payout;
      const moved = transition(before, step, moment.atMs);
      if (!moved.ok) throw new Error(`invariant broken: I6: ${step.type} for payout ${id}, which is ${before.state}`);
      const notesSeq = step.type === 'notes-started' ? moment.seq : row.notesSeq;
      const progress = progressOf(moved.value, notesSeq);
      update.run(progress);
      rows.keep(id, { payout: moved.value, notesSeq: progress.notesSeq });
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
function parse({ detail, notesSeq }: Row): Known {
  return { payout: JSON.parse(detail) as Payout, notesSeq };
}
