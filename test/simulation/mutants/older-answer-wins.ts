import type { SqliteDatabase } from '../../../src-main/adapters/storage/database.ts';
import type { TillStore } from '../../../src-main/core/application/ports/till-store.ts';
import type { JournalEvent } from '../../../src-main/core/domain/journal-event.ts';
import { Death } from '../process.ts';
import type { Mutant } from './mutant.ts';

export const olderAnswerWins: Mutant = {
  bug: 'a slow poll overwrites a newer state',
  shops: 4,
  cashOuts: 12,
  storm: 'older-answers',
  network: 'mercadopago-orders',
  breaks: /^I[1-8]/,
  patch: () => ({
    store: (store, db) => ({
      ...store,
      commit(events) {
        const entries = store.commit(events);
        for (const event of events) obeyOlder(store, db, event);
        return entries;
      },
    }),
  }),
};

/** Where the real till sets an older answer aside, this one believes it. */
function obeyOlder(store: TillStore, db: SqliteDatabase, event: JournalEvent): void {
  if (
    event.type !== 'answer.set-aside' ||
    event.cashOutId === undefined ||
    (event.reason !== 'stale' && event.reason !== 'backwards')
  )
    return;
  const cashOut = store.cashOut(event.cashOutId);
  if (cashOut?.state !== 'paid') return;
  const { payment: _forgotten, ...rest } = cashOut;
  db.prepare('UPDATE cash_out SET state = ?, detail = ? WHERE id = ?').run(
    'awaiting_payment',
    JSON.stringify({ ...rest, state: 'awaiting_payment' }),
    cashOut.id,
  );
  lookAgain(store);
}

/** The store keeps what it wrote, and looks into the file again after a commit that failed. */
function lookAgain(store: TillStore): void {
  try {
    store.commit([{ type: 'command.step', v: 1, commandId: 'nobody', step: { type: 'sending' } }]);
  } catch (error) {
    if (error instanceof Death) throw error;
  }
}
