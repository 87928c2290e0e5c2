/** The outbox of payouts: each command made once, its bytes frozen, resent unchanged (I3). */
import { canonical } from '../../../core/domain/canonical.ts';
import { advanceCommand, newCommand } from '../../../core/domain/command.ts';
import type { CommandEvent } from '../../../core/domain/command.ts';
import type { NewPayoutCommand, PayoutCommand } from '../../../core/domain/payouts/payout-command.ts';
import { invariant } from '../../../core/domain/result.ts';
import type { SqliteDatabase } from '../database.ts';
import type { Moment } from './cash-outs.ts';
import { createRowMemory } from './row-memory.ts';

type Row = Readonly<{ detail: string }>;

export type PayoutCommandTable = ReturnType<typeof createPayoutCommandTable>;

export function createPayoutCommandTable(db: SqliteDatabase) {
  const select = db.prepare<[string], Row>('SELECT detail FROM payout_command WHERE id = ?');
  const rows = createRowMemory<PayoutCommand>((id) => {
    const row = select.get(id);
    return row && parse(row);
  });
  const ofPayout = db
    .prepare<[string], string>('SELECT id FROM payout_command WHERE payout_id = ? ORDER BY enqueued_seq')
    .pluck();
  const open = db
    .prepare<[], string>(
      "SELECT id FROM payout_command WHERE state IN ('waiting', 'sending', 'unknown') ORDER BY enqueued_seq",
    )
    .pluck();
  const insert = db.prepare<[string, string, string, string, number, string]>(
    'INSERT INTO payout_command (id, payout_id, kind, state, enqueued_seq, detail) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const update = db.prepare<[string, string, string]>('UPDATE payout_command SET state = ?, detail = ? WHERE id = ?');

  return {
    byId: rows.of,
    payoutOf: (id: string): string | undefined => rows.of(id)?.payoutId,
    ofPayout: (payoutId: string): readonly PayoutCommand[] => rows.all(ofPayout.all(payoutId)),
    open: (): readonly PayoutCommand[] => rows.all(open.all()),
    undone: rows.forget,

    enqueue(made: NewPayoutCommand, moment: Moment): void {
      const command = newCommand(made, moment.atMs);
      const { id, payoutId, kind, state } = command;
      insert.run(id, payoutId, kind, state, moment.seq, canonical(command));
      rows.keep(id, command);
    },

    step(id: string, step: CommandEvent): void {
      const before = rows.of(id);
      invariant(before !== undefined, `I3: ${step.type} for payout command ${id}, which was never saved`);
      const after = advanceCommand(before, step);
      update.run(after.state, canonical(after), id);
      rows.keep(id, after);
    },
  };
}

/** The one reader of this table's `detail`. */
function parse(row: Row): PayoutCommand {
  return JSON.parse(row.detail) as PayoutCommand;
}
