/** The shape of the Spanish tables with each text free: a language that lacks one does not compile. */
import type { cashOut } from './es/cash-out.ts';
import type { cases } from './es/cases.ts';
import type { customer } from './es/customer.ts';
import type { devices } from './es/devices.ts';
import type { faults } from './es/faults.ts';
import type { purchase } from './es/purchase.ts';
import type { pairing } from './es/pairing.ts';
import type { payoutForm } from './es/payout-form.ts';
import type { payouts } from './es/payouts.ts';
import type { reconciliation } from './es/reconciliation.ts';
import type { records } from './es/records.ts';
import type { scans } from './es/scans.ts';
import type { shell } from './es/shell.ts';
import type { shifts } from './es/shifts.ts';
import type { slips } from './es/slips.ts';

export type WordsLike<Table> = {
  readonly [Key in keyof Table]: Table[Key] extends (...values: infer Values) => string
    ? (...values: Values) => string
    : Table[Key] extends string
      ? string
      : WordsLike<Table[Key]>;
};

export type Words = Readonly<{
  shell: WordsLike<typeof shell>;
  cashOut: WordsLike<typeof cashOut>;
  purchase: WordsLike<typeof purchase>;
  reconciliation: WordsLike<typeof reconciliation>;
  records: WordsLike<typeof records>;
  scans: WordsLike<typeof scans>;
  cases: WordsLike<typeof cases>;
  shifts: WordsLike<typeof shifts>;
  slips: WordsLike<typeof slips>;
  pairing: WordsLike<typeof pairing>;
  devices: WordsLike<typeof devices>;
  customer: WordsLike<typeof customer>;
  faults: WordsLike<typeof faults>;
  payouts: WordsLike<typeof payouts>;
  payoutForm: WordsLike<typeof payoutForm>;
}>;
