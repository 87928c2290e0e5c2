import type { Mutant } from './mutant.ts';

export const outboxLostOnCrash: Mutant = {
  bug: 'what waits in the outbox is gone after a crash',
  shops: 4,
  cashOuts: 12,
  storm: 'power-cuts',
  network: 'mercadopago-orders',
  breaks: /^I[248]/,
  patch: () => ({
    afterCrash(db) {
      db.exec(
        `UPDATE command SET state = 'dropped', detail = json_set(detail, '$.state', 'dropped')
         WHERE state IN ('waiting', 'sending', 'unknown')`,
      );
      return db;
    },
  }),
};
