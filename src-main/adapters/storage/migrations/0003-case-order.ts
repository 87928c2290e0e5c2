/** Cases by the order of their opening and by the time of their decision: lists and reports ask for both. */
import type { Migration } from '../migrate.ts';

export const migration: Migration = {
  version: 3,
  name: 'case order',
  up(db) {
    db.exec(`
      CREATE INDEX case_file_opened ON case_file (opened_seq);
      CREATE INDEX case_file_closed ON case_file (json_extract(detail, '$.closedAtMs'), opened_seq) WHERE state = 'closed';
    `);
  },
};
