/** Why a slip was not printed, by name, and until when one that waits is worth printing. Slips from before have neither. */
import type { Migration } from '../migrate.ts';

export const migration: Migration = {
  version: 5,
  name: 'slip queue',
  up(db) {
    db.exec(`
      ALTER TABLE slip_job ADD COLUMN code TEXT;
      ALTER TABLE slip_job ADD COLUMN expires_at_ms INTEGER;
      DROP INDEX slip_job_sending;
      CREATE INDEX slip_job_open ON slip_job (queued_seq) WHERE state IN ('queued', 'sending');
      CREATE INDEX slip_job_age ON slip_job (queued_at_ms, queued_seq);
    `);
  },
};
