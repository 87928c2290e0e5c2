/** Questions that people ask: how does it stand, whose is this voucher, which banks are there, what is a dollar worth. */
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { PayoutCountry } from '../../domain/payouts/country-forms.ts';
import type { Payout, PayoutNetworkId } from '../../domain/payouts/payout.ts';
import { SHORTEST_REFRESH_MS } from '../../domain/payouts/polling.ts';
import { readLookup } from '../../domain/payouts/voucher.ts';
import type { Lookup } from '../../domain/payouts/voucher.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import type {
  Bank,
  ExchangeRate,
  Inquiry,
  PayoutLookup,
  PayoutNetwork,
  PayoutReading,
} from '../ports/payout-network.ts';
import type { TillContext } from '../till-parts.ts';
import { memoryOf, requirePayout, requirePayoutNetwork } from './payout-context.ts';
import { readPayout } from './read-payout.ts';

/** Asks now, but no sooner than 5 s after the last question: then the answer of that one is as good. Call it inside `exclusively`. */
export async function refreshPayout(till: TillContext, id: string): Promise<Result<Payout, Fault>> {
  const found = requirePayout(till, id);
  if (!found.ok) return found;
  const payout = found.value;
  const network = requirePayoutNetwork(till, payout.network);
  if (!network.ok) return network;
  const { askedAtMs } = memoryOf(till, id);
  const isRecent = askedAtMs !== undefined && till.clock.monotonicMs() - askedAtMs < SHORTEST_REFRESH_MS;
  const create = till.store.payoutCommandsOf(id).find(({ kind }) => kind === 'create');
  const mayBeThere = create !== undefined && create.attempts > 0 && create.state !== 'waiting';
  if (mayBeThere && !isRecent) await readPayout(till, network.value, payout);
  return requirePayout(till, id);
}

export type Finding =
  | Readonly<{ kind: 'ours'; payout: Payout }>
  | Readonly<{
      kind: 'network';
      network: PayoutNetworkId;
      key: Readonly<{ externalId?: string; cashoutId?: string }>;
      reading: Extract<PayoutReading, { kind: 'answered' }>;
    }>
  | Readonly<{ kind: 'unknown'; askedNetwork: boolean }>
  | Readonly<{ kind: 'damaged' }>
  | Readonly<{ kind: 'unusable'; why: 'empty' | 'too-long' | 'characters' }>;

/** Our own records first: digits are no proof of whose number they are. */
export async function findPayout(
  till: TillContext,
  text: string,
  networkId: PayoutNetworkId | undefined,
): Promise<Result<Finding, Fault>> {
  const lookup = readLookup(text);
  if (lookup.kind === 'damaged-voucher') return ok({ kind: 'damaged' });
  if (lookup.kind === 'unusable') return ok(lookup);
  const payout = ours(till, lookup, networkId);
  if (payout) return ok({ kind: 'ours', payout });
  if (networkId === undefined) return ok({ kind: 'unknown', askedNetwork: false });
  const network = requirePayoutNetwork(till, networkId);
  if (!network.ok) return network;
  return askNetwork(till, network.value, lookup);
}

async function askNetwork(till: TillContext, network: PayoutNetwork, lookup: Usable): Promise<Result<Finding, Fault>> {
  for (const key of keysOf(lookup)) {
    const reading = await readByEither(till, network, key);
    if (reading.kind === 'answered') return ok({ kind: 'network', network: network.id, key, reading });
    if (reading.kind === 'unreachable' || reading.kind === 'busy' || reading.kind === 'account-stop')
      return err(fault('payout.cannot-check-now', 'the network does not answer just now'));
  }
  return ok({ kind: 'unknown', askedNetwork: true });
}

/** How far back a voucher is looked for in the network's list; it gives at most 60 days at once. */
const LISTED_BACK_MS = 59 * 24 * 3_600_000;

/** A network that wants both ids tells the missing one in its list, where it has one. */
async function readByEither(till: TillContext, network: PayoutNetwork, key: PayoutLookup): Promise<PayoutReading> {
  const reading = await network.read(key);
  if (reading.kind !== 'needs-both-ids' || !network.traits.reconciliation) return reading;
  const toMs = till.clock.nowMs();
  const listed = await network.reconcile({ fromMs: toMs - LISTED_BACK_MS, toMs });
  if (listed.kind === 'unreachable') return listed;
  const rows = listed.kind === 'answered' ? listed.value : [];
  const row = rows.find(({ externalId, cashoutId }) => externalId === key.externalId || cashoutId === key.cashoutId);
  if (row?.cashoutId === undefined) return reading;
  return network.read({ externalId: row.externalId, cashoutId: row.cashoutId });
}

type Usable = Exclude<Lookup, { kind: 'damaged-voucher' | 'unusable' }>;

function ours({ store }: TillContext, lookup: Usable, network: PayoutNetworkId | undefined): Payout | undefined {
  const byOwn = 'externalId' in lookup ? store.payoutByExternalId(lookup.externalId) : undefined;
  if (byOwn) return byOwn;
  const numbered =
    'cashoutId' in lookup && lookup.cashoutId !== undefined ? store.payoutsByCashoutId(lookup.cashoutId) : [];
  return numbered.find((payout) => network === undefined || payout.network === network);
}

/** Digits may be either: an external id of another system first, as our own have letters. */
function keysOf(lookup: Usable): readonly PayoutLookup[] {
  const byOwn = 'externalId' in lookup ? [{ externalId: lookup.externalId }] : [];
  const byTheirs = 'cashoutId' in lookup && lookup.cashoutId !== undefined ? [{ cashoutId: lookup.cashoutId }] : [];
  return [...byOwn, ...byTheirs];
}

const BANKS_KEPT_MS = 24 * 3_600_000;

export type BankShelf = Map<string, Readonly<{ banks: readonly Bank[]; atMs: number }>>;

/** Kept a day; an old list is better than none. */
export async function banksOf(
  till: TillContext,
  shelf: BankShelf,
  networkId: PayoutNetworkId,
  country: PayoutCountry,
): Promise<Result<readonly Bank[], Fault>> {
  const network = requirePayoutNetwork(till, networkId);
  if (!network.ok) return network;
  if (!network.value.traits.banks) return err(fault('payout.not-possible', `${networkId} gives no list of banks here`));
  const kept = shelf.get(`${networkId} ${country}`);
  if (kept && till.clock.monotonicMs() - kept.atMs < BANKS_KEPT_MS) return ok(kept.banks);
  const answer = await network.value.banks(country);
  if (answer.kind !== 'answered') return kept ? ok(kept.banks) : err(inquiryFault(networkId, answer));
  shelf.set(`${networkId} ${country}`, { banks: answer.value, atMs: till.clock.monotonicMs() });
  return ok(answer.value);
}

export async function exchangeRateOf(
  till: TillContext,
  networkId: PayoutNetworkId,
  country: PayoutCountry,
  usdMinor: number,
): Promise<Result<ExchangeRate, Fault>> {
  const network = requirePayoutNetwork(till, networkId);
  if (!network.ok) return network;
  if (!network.value.traits.exchangeRate) return err(fault('payout.not-possible', `${networkId} gives no rates here`));
  const answer = await network.value.exchangeRate(country, usdMinor);
  return answer.kind === 'answered' ? ok(answer.value) : err(inquiryFault(networkId, answer));
}

function inquiryFault(network: PayoutNetworkId, answer: Exclude<Inquiry<unknown>, { kind: 'answered' }>): Fault {
  if (answer.kind === 'unavailable') return fault('payout.not-possible', `${network} does not have this`);
  if (answer.kind === 'refused') return fault('network.refused', answer.detail, { code: answer.code });
  return fault('network.unreachable', `${network} does not answer just now`);
}
