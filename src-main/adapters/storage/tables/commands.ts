/** The outbox: network commands, each with its one key for life (I3). */
import { canonical } from '../../../core/domain/canonical.ts';
import { advanceCommand, newCommand } from '../../../core/domain/command.ts';
import type { Command, CommandEvent, NewCommand } from '../../../core/domain/command.ts';
import { invariant } from '../../../core/domain/result.ts';
import type { SqliteDatabase } from '../database.ts';
import type { Moment } from './cash-outs.ts';

type Row = Readonly<{ detail: string }>;

export type CommandTable = ReturnType<typeof createCommandTable>;

export function createCommandTable(db: SqliteDatabase) {
  const byId = db.prepare<[string], Row>('SELECT detail FROM command WHERE id = ?');
  const cashOutOf = db.prepare<[string], string>('SELECT cash_out_id FROM command WHERE id = ?').pluck();
  const ofCashOut = db.prepare<[string], Row>('SELECT detail FROM command WHERE cash_out_id = ? ORDER BY enqueued_seq');
  const open = db.prepare<[], Row>(
    "SELECT detail FROM command WHERE state IN ('waiting', 'sending', 'unknown') ORDER BY enqueued_seq",
  );
  const insert = db.prepare<[string, string, string, string, string, number, string]>(
    'INSERT INTO command (id, cash_out_id, kind, idempotency_key, state, enqueued_seq, detail) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const update = db.prepare<[string, string, string]>('UPDATE command SET state = ?, detail = ? WHERE id = ?');

  return {
    byId(id: string): Command | undefined {
      const row = byId.get(id);
      return row && parse(row);
    },
    cashOutOf: (id: string): string | undefined => cashOutOf.get(id),
    ofCashOut: (cashOutId: string): readonly Command[] => ofCashOut.all(cashOutId).map(parse),
    open: (): readonly Command[] => open.all().map(parse),

    enqueue(made: NewCommand, moment: Moment): void {
      const command = newCommand(made, moment.atMs);
      const { id, cashOutId, kind, idempotencyKey, state } = command;
      insert.run(id, cashOutId, kind, idempotencyKey, state, moment.seq, canonical(command));
    },

    step(id: string, step: CommandEvent): Command {
      const row = byId.get(id);
      invariant(row !== undefined, `I3: ${step.type} for command ${id}, which was never saved`);
      const after = advanceCommand(parse(row), step);
      update.run(after.state, canonical(after), id);
      return after;
    },
  };
}

/** The one reader of this table's `detail`. */
function parse(row: Row): Command {
  return JSON.parse(row.detail) as Command;
}
