/** All migrations, in order. */
import type { Migration } from '../migrate.ts';
import { migration as journalAndTables } from './0001-journal-and-tables.ts';
import { migration as payouts } from './0002-payouts.ts';

export const MIGRATIONS: readonly Migration[] = [journalAndTables, payouts];
