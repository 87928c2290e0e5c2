/** Cases about what only a network has: neither a cash-out nor a payout of this till. */
import type { Migration } from '../migrate.ts';

export const migration: Migration = {
  version: 6,
  name: 'foreign cases',
  up(db) {
    db.exec(`
      CREATE TABLE case_file_new (
        id TEXT PRIMARY KEY,
        cash_out_id TEXT REFERENCES cash_out (id),
        payout_id TEXT REFERENCES payout (id),
        kind TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
        opened_seq INTEGER NOT NULL REFERENCES journal (seq),
        detail TEXT NOT NULL,
        CHECK (cash_out_id IS NULL OR payout_id IS NULL),
        CHECK ((cash_out_id IS NULL AND payout_id IS NULL) = (json_extract(detail, '$.foreign') IS NOT NULL))
      ) STRICT;
      INSERT INTO case_file_new (id, cash_out_id, payout_id, kind, state, opened_seq, detail)
        SELECT id, cash_out_id, payout_id, kind, state, opened_seq, detail FROM case_file;
      DROP TABLE case_file;
      ALTER TABLE case_file_new RENAME TO case_file;
      CREATE INDEX case_file_open ON case_file (opened_seq) WHERE state = 'open';
      CREATE INDEX case_file_cash_out ON case_file (cash_out_id, opened_seq);
      CREATE INDEX case_file_payout ON case_file (payout_id, opened_seq) WHERE payout_id IS NOT NULL;
      CREATE INDEX case_file_opened ON case_file (opened_seq);
      CREATE INDEX case_file_closed ON case_file (json_extract(detail, '$.closedAtMs'), opened_seq) WHERE state = 'closed';
    `);
  },
};
