/** All migrations, in order. */
import type { Migration } from '../migrate.ts';
import { migration as journalAndTables } from './0001-journal-and-tables.ts';
import { migration as payouts } from './0002-payouts.ts';
import { migration as caseOrder } from './0003-case-order.ts';
import { migration as devices } from './0004-devices.ts';
import { migration as slipQueue } from './0005-slip-queue.ts';
import { migration as foreignCases } from './0006-foreign-cases.ts';

export const MIGRATIONS: readonly Migration[] = [
  journalAndTables,
  payouts,
  caseOrder,
  devices,
  slipQueue,
  foreignCases,
];
