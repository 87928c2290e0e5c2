import Database from 'better-sqlite3';
import type { Mutant } from './mutant.ts';

/** What a database holds that was last synced before the dispense: the power cut takes the dispense away, the notes are gone. */
export const dispenseBeforeSync: Mutant = {
  bug: 'a dispense counts as saved before it is synced to the disk',
  shops: 10,
  cashOuts: 30,
  storm: 'power-cuts',
  network: 'mercadopago-orders',
  breaks: /^I[14]/,
  patch() {
    let onDisk: Buffer | undefined;
    return {
      store: (store, db) => ({
        ...store,
        commit(events) {
          const isDispense = events.some((event) => event.type === 'cash-out.step' && event.step.type === 'dispensed');
          // Any other commit syncs what was written before it, too.
          const before = isDispense ? (onDisk ?? db.serialize()) : undefined;
          // Known to be lost before the power goes in the middle of it.
          onDisk = before;
          return store.commit(events);
        },
      }),
      afterCrash(db) {
        if (onDisk === undefined) return db;
        const lost = new Database(onDisk);
        onDisk = undefined;
        db.close();
        return lost;
      },
    };
  },
};
