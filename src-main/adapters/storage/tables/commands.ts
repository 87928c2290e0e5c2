/** The outbox: network commands, each with its one key for life (I3). */
import { canonical } from '../../../core/domain/canonical.ts';
import { advanceCommand, newCommand } from '../../../core/domain/command.ts';
import type { Command, CommandEvent, NewCommand } from '../../../core/domain/command.ts';
import { invariant } from '../../../core/domain/result.ts';
import type { SqliteDatabase } from '../database.ts';
import type { Moment } from './cash-outs.ts';
import { createRowMemory } from './row-memory.ts';

type Row = Readonly<{ detail: string }>;
type Enqueued = Readonly<{ id: string; enqueuedSeq: number }>;

export type CommandTable = ReturnType<typeof createCommandTable>;

export function createCommandTable(db: SqliteDatabase) {
  const select = db.prepare<[string], Row>('SELECT detail FROM command WHERE id = ?');
  const rows = createRowMemory<Command>((id) => {
    const row = select.get(id);
    return row && parse(row);
  });
  // Two or three rows: put in order here, which is less work than asking SQLite for an order that no index has.
  const ofCashOut = db.prepare<[string], Enqueued>(
    'SELECT id, enqueued_seq AS enqueuedSeq FROM command WHERE cash_out_id = ?',
  );
  const open = db
    .prepare<[], string>(
      "SELECT id FROM command WHERE state IN ('waiting', 'sending', 'unknown') ORDER BY enqueued_seq",
    )
    .pluck();
  const insert = db.prepare<[string, string, string, string, string, number, string]>(
    'INSERT INTO command (id, cash_out_id, kind, idempotency_key, state, enqueued_seq, detail) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const update = db.prepare<[string, string, string]>('UPDATE command SET state = ?, detail = ? WHERE id = ?');

  return {
    byId: rows.of,
    cashOutOf: (id: string): string | undefined => rows.of(id)?.cashOutId,
    ofCashOut(cashOutId: string): readonly Command[] {
      const found = ofCashOut.all(cashOutId).sort((left, right) => left.enqueuedSeq - right.enqueuedSeq);
      return rows.all(found.map(({ id }) => id));
    },
    open: (): readonly Command[] => rows.all(open.all()),
    undone: rows.forget,

    enqueue(made: NewCommand, moment: Moment): void {
      const command = newCommand(made, moment.atMs);
      const { id, cashOutId, kind, idempotencyKey, state } = command;
      insert.run(id, cashOutId, kind, idempotencyKey, state, moment.seq, canonical(command));
      rows.keep(id, command);
    },

    step(id: string, step: CommandEvent): Command {
      const before = rows.of(id);
      invariant(before !== undefined, `I3: ${step.type} for command ${id}, which was never saved`);
      const after = advanceCommand(before, step);
      update.run(after.state, canonical(after), id);
      rows.keep(id, after);
      return after;
    },
  };
}

/** The one reader of this table's `detail`. */
function parse(row: Row): Command {
  return JSON.parse(row.detail) as Command;
}
