/** Runs one shop from its seed to a quiet end, and says everything that was wrong on the way and at the end. */
import { createJournal } from '../../src-main/adapters/storage/journal.ts';
import { CASH_OUT_STATES } from '../../src-main/core/domain/cash-out.ts';
import type { CashOut } from '../../src-main/core/domain/cash-out.ts';
import type { PayoutNetworkId } from '../../src-main/core/domain/payouts/payout.ts';
import type { TillStore } from '../../src-main/core/application/ports/till-store.ts';
import type { RangeMs } from '../../src-main/simulators/networks/weather.ts';
import { breaches as auditorsBreaches } from '../support/invariants.ts';
import { TOKEN } from '../support/till-bench.ts';
import { Cashier } from './cashier.ts';
import { CALM_DEVICES } from './devices.ts';
import type { FarNetwork, MoneyTruth } from './far-networks.ts';
import type { Mutant } from './mutants/mutant.ts';
import { CALM_DISK } from './process.ts';
import { PayoutClerk } from './payout-clerk.ts';
import { payoutTruthBreaches } from './payout-truth.ts';
import { Shop } from './shop.ts';
import { CALM_LINE } from './simulated-line.ts';
import { stormOf } from './storms.ts';
import type { Storm, StormName } from './storms.ts';

export type Plan = Readonly<{
  seed: number;
  cashOuts: number;
  networks?: readonly FarNetwork['id'][];
  mutant?: Mutant;
  /** A rougher one than usual; else that of the mutant, where it has one. */
  storm?: StormName;
  /** Troubles that stay away, so that a failure can be told by what it needs. */
  without?: readonly Trouble[];
  /** Shown the shop before it is closed. */
  inspect?: (shop: Shop) => void;
}>;

/** Kinds of trouble, each with its own chance: leaving one out does not change the others. */
export const TROUBLES = ['line', 'network', 'outages', 'crashes', 'disk', 'devices', 'power', 'clocks'] as const;
export type Trouble = (typeof TROUBLES)[number];

export type Outcome = Readonly<{
  seed: number;
  cashOuts: number;
  /** Head of the journal: the same on every machine. */
  hash: string;
  entries: number;
  crashes: number;
  simulatedMs: number;
  ends: Readonly<Record<string, number>>;
  breaches: readonly string[];
}>;

/** Whoever has not been served by then never will be: the till must have stopped. */
const longestDayMs = (cashOuts: number): number => 3_600_000 + cashOuts * 120_000;
/** Late payments are watched for a while; then everything that can end has ended. */
const QUIET_MS = 45 * 60_000;
/** A bank gives back what it had paid hours later; the till asks once more after an hour and after a day. */
const QUIET_WITH_PAYOUTS_MS = 27 * 3_600_000;

const NETWORK_SETS = [
  ['mercadopago-orders'],
  ['mercadopago-orders'],
  ['mercadopago-instore'],
  ['mercadopago-orders', 'mercadopago-instore'],
  ['mercadopago-orders', 'onekey'],
  ['mercadopago-instore', 'tupay'],
] as const;

export async function simulate(plan: Plan): Promise<Outcome> {
  const networks = plan.networks ?? NETWORK_SETS[plan.seed % NETWORK_SETS.length] ?? NETWORK_SETS[0];
  const shop = new Shop(plan.seed, networks, plan.mutant?.patch());
  try {
    const cashier = new Cashier(shop, plan.cashOuts);
    // One in five of a shop's customers who come for money wants it in an account.
    const clerks = shop.payoutNetworks.map(
      ({ id }) => new PayoutClerk(shop, cashier, id as PayoutNetworkId, Math.ceil(plan.cashOuts / 5)),
    );
    storm(shop, stormOf(plan.storm ?? plan.mutant?.storm), new Set(plan.without));
    shop.startProgram();
    cashier.begin();
    clerks.forEach((clerk) => clerk.begin());
    await run(shop, () => cashier.started >= plan.cashOuts || shop.breaches.length > 0, longestDayMs(plan.cashOuts));
    calm(shop);
    cashier.isWindingUp = true;
    const quietMs = shop.payoutNetworks.length > 0 ? QUIET_WITH_PAYOUTS_MS : QUIET_MS;
    const quietAtMs = shop.time.elapsedMs() + quietMs;
    await run(shop, () => shop.breaches.length > 0, quietAtMs);
    const outcome = outcomeOf(plan, shop, cashier);
    plan.inspect?.(shop);
    return outcome;
  } finally {
    shop.db.close();
  }
}

async function run(shop: Shop, isOver: () => boolean, untilMs: number): Promise<void> {
  while (!isOver() && shop.time.elapsedMs() < untilMs) {
    if (!(await shop.time.step(untilMs))) return;
  }
}

function storm(shop: Shop, rough: Storm, without: ReadonlySet<Trouble>): void {
  const { weather, networks } = shop;
  if (!without.has('line')) weather.line = rough.line;
  weather.disk = {
    dies: without.has('crashes') ? 0 : rough.disk.dies,
    fails: without.has('disk') ? 0 : rough.disk.fails,
  };
  if (!without.has('devices')) weather.devices = rough.devices;
  if (!without.has('network')) for (const network of networks) network.storm(rough.network);
  if (!without.has('outages')) beginOutages(shop);
  if (!without.has('power')) again(shop, 'power cuts', rough.powerCuts, () => shop.kill());
  if (rough.clocks && !without.has('clocks')) {
    const chance = shop.stream('clocks');
    again(shop, 'clock setting', rough.clocks, () => void (shop.clockOffsetMs = chance.between(-240_000, 600_000)));
  }
}

function beginOutages(shop: Shop): void {
  const chance = shop.stream('outages');
  const begin = (): void => {
    if (shop.isCalm) return;
    const network = shop.networks[chance.below(shop.networks.length)];
    network?.setDown(true);
    shop.time.after(chance.between(5_000, 120_000), () => network?.setDown(false));
    shop.time.after(chance.between(120_000, 900_000), begin);
  };
  shop.time.after(chance.between(60_000, 600_000), begin);
}

/** Until all is calm. */
function again(shop: Shop, name: string, every: RangeMs, happen: () => void): void {
  const chance = shop.stream(name);
  const next = (): void => {
    shop.time.after(chance.between(every.minimumMs, every.maximumMs), () => {
      if (shop.isCalm) return;
      happen();
      next();
    });
  };
  next();
}

function calm(shop: Shop): void {
  shop.isCalm = true;
  shop.weather.line = CALM_LINE;
  shop.weather.disk = CALM_DISK;
  shop.weather.devices = CALM_DEVICES;
  shop.clockOffsetMs = 0;
  for (const network of shop.networks) {
    network.calm();
    network.setDown(false);
    network.restoreToken(TOKEN);
  }
}

function outcomeOf(plan: Plan, shop: Shop, cashier: Cashier): Outcome {
  const { store } = shop;
  const cashOuts = store.cashOutsIn(CASH_OUT_STATES);
  const hasStopped = shop.breaches.length === 0 && cashier.started < plan.cashOuts;
  const found = [
    ...shop.breaches,
    ...(hasStopped ? [`I8: the till serves nobody any more after ${cashier.started} cash-outs`] : []),
    ...(shop.breaches.length > 0
      ? []
      : [
          ...auditorsBreaches({ db: shop.db, pulses: shop.devices.pulses, secrets: [TOKEN] }),
          ...truthBreaches(shop, cashier, cashOuts),
          ...payoutTruthBreaches(shop.payoutNetworks, store, cashier.book),
          ...strandedBreaches(store, cashOuts),
        ]),
  ];
  const { seq, hash } = createJournal(shop.db).head();
  return {
    seed: plan.seed,
    cashOuts: cashier.started,
    hash,
    entries: seq,
    crashes: shop.crashes,
    simulatedMs: shop.time.elapsedMs(),
    ends: Object.fromEntries(
      [...Map.groupBy(cashOuts, ({ state }) => state)].map(([state, all]) => [state, all.length]),
    ),
    breaches: found,
  };
}

/** Hands, wallets and journal agree: notes at most once, only for money that was taken; and no money taken that nobody knows of. */
function truthBreaches(shop: Shop, { book }: Cashier, cashOuts: readonly CashOut[]): readonly string[] {
  const problems: string[] = [];
  for (const network of shop.networks) network.advance();
  const truths = new Map(shop.networks.flatMap((network) => [...network.truths()]));
  for (const cashOut of cashOuts) {
    const truth = truths.get(cashOut.externalReference) ?? { orders: 0, taken: 0, returning: 0, returned: 0 };
    problems.push(
      ...truthBreachesOf(cashOut, truth, shop.store, book.given.get(cashOut.id) ?? 0, book.lied.has(cashOut.id)),
    );
  }
  return problems;
}

function truthBreachesOf(
  cashOut: CashOut,
  truth: MoneyTruth,
  store: TillStore,
  given: number,
  hasLied: boolean,
): readonly string[] {
  const { id, state } = cashOut;
  const hasCase = store.casesOf(id).some((file) => file.state === 'open');
  const isDispensed = state === 'dispensed' || state === 'settled';
  const problems: string[] = [];
  if (given > 1) problems.push(`I1: a hand gave notes for ${id} ${given} times`);
  if (!hasLied && isDispensed !== given > 0)
    problems.push(`I1: ${id} is ${state}, and a hand gave notes ${given} times`);
  // What the seller's own panel gives back after the last word between till and network is for the day's reconciliation.
  const isBehindOurBack = state === 'settled' && !store.commandsOf(id).some(({ kind }) => kind === 'refund');
  if (given > 0 && !hasLied && truth.taken === 0 && !hasCase && !isBehindOurBack)
    problems.push(`I1: notes given for ${id}, and no money taken`);
  if (truth.taken > 1 && !hasCase) problems.push(`I1: ${truth.taken} payments for ${id} and no case`);
  if (state === 'returned' && truth.taken > 0 && !hasCase)
    problems.push(`I2: ${id} is returned, and the money is still taken`);
  if (truth.taken > 0 && !isDispensed && !hasCase && state !== 'paid') {
    problems.push(`I2: money taken for ${id}, which is ${state} without a case`);
  }
  return problems;
}

/** After a quiet end everything has ended, or a person has a case for it. */
function strandedBreaches(store: TillStore, cashOuts: readonly CashOut[]): readonly string[] {
  const ended = ['refused', 'cancelled', 'expired', 'settled', 'returned'];
  return cashOuts
    .filter(({ id, state }) => !ended.includes(state) && !store.casesOf(id).some((file) => file.state === 'open'))
    .map(({ id, state }) => `I2: ${id} is still ${state} after a quiet end, and nobody has a case for it`);
}
