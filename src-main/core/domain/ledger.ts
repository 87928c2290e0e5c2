/**
 * Drawer ledger: double entry in whole minor units (I5). Debits are positive, credits negative; every entry sums to zero.
 *
 *   drawer              notes and coins in the till's cash box (expected cash = its balance; never negative)
 *   network_receivable  what a network owes the shop for notes handed over
 *   payouts_replaced    notes given in place of payouts that did not arrive: their money stayed in the shop's account with the network
 *   float               cash entrusted to the shift by the shop: credited at open, cleared at close
 *   safe                drops: notes moved out of the drawer during a shift
 *   over_short          what a count found more (credit) or less (debit) than expected
 */
import { invariant } from './result.ts';
import { wholeMinor } from './money.ts';

export const ACCOUNTS = ['drawer', 'network_receivable', 'payouts_replaced', 'float', 'safe', 'over_short'] as const;
export type Account = (typeof ACCOUNTS)[number];
export type Posting = Readonly<{ account: Account; amountMinor: number }>;

function entry(...postings: readonly Posting[]): readonly Posting[] {
  const sum = postings.reduce((total, { amountMinor }) => wholeMinor(total + wholeMinor(amountMinor)), 0);
  invariant(sum === 0, `I5: postings sum to ${sum}`);
  return postings.filter(({ amountMinor }) => amountMinor !== 0);
}

function move(debit: Account, credit: Account, amountMinor: number): readonly Posting[] {
  return entry({ account: debit, amountMinor }, { account: credit, amountMinor: -amountMinor });
}

export function postOpening(floatMinor: number): readonly Posting[] {
  return move('drawer', 'float', floatMinor);
}

/** Notes left the drawer; the network owes them to the shop. */
export function postDispense(amountMinor: number): readonly Posting[] {
  return move('network_receivable', 'drawer', amountMinor);
}

/** Notes left the drawer for a payout that will not arrive; the network still holds its money for the shop. */
export function postNotesInstead(amountMinor: number): readonly Posting[] {
  return move('payouts_replaced', 'drawer', amountMinor);
}

export function postDrop(amountMinor: number): readonly Posting[] {
  return move('safe', 'drawer', amountMinor);
}

/** The count corrects the drawer by the variance, then the drawer is handed back empty. */
export function postClosing(expectedMinor: number, countedMinor: number): readonly Posting[] {
  const varianceMinor = countedMinor - expectedMinor;
  return entry(
    { account: 'drawer', amountMinor: varianceMinor },
    { account: 'over_short', amountMinor: -varianceMinor },
    { account: 'float', amountMinor: countedMinor },
    { account: 'drawer', amountMinor: -countedMinor },
  );
}

/** Balance per account, zero where nothing was posted. */
export function balancesOf(postings: readonly Posting[]): Readonly<Record<Account, number>> {
  const balances: Record<Account, number> = {
    drawer: 0,
    network_receivable: 0,
    payouts_replaced: 0,
    float: 0,
    safe: 0,
    over_short: 0,
  };
  for (const { account, amountMinor } of postings) balances[account] = wholeMinor(balances[account] + amountMinor);
  return balances;
}
