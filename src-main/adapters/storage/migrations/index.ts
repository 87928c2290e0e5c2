/** All migrations, in order. */
import type { Migration } from '../migrate.ts';
import { migration as journalAndTables } from './0001-journal-and-tables.ts';

export const MIGRATIONS: readonly Migration[] = [journalAndTables];
