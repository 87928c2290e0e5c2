/** Paired devices: one of each role. A journal from before has none. */
import type { Migration } from '../migrate.ts';

export const migration: Migration = {
  version: 4,
  name: 'devices',
  up(db) {
    db.exec(`
      CREATE TABLE device (
        id TEXT PRIMARY KEY,
        role TEXT NOT NULL UNIQUE CHECK (role IN ('printer', 'display', 'qr-display', 'scanner')),
        paired_seq INTEGER NOT NULL REFERENCES journal (seq),
        detail TEXT NOT NULL
      ) STRICT;
    `);
  },
};
