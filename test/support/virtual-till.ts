/**
 * A till in virtual time: the real core and the real store, a payment network that says what the test wrote, and a clock that moves only
 * when it is told to. Nothing here waits for the machine.
 */
import { openDatabase } from '../../src-main/adapters/storage/database.ts';
import type { SqliteDatabase } from '../../src-main/adapters/storage/database.ts';
import { createTillStore } from '../../src-main/adapters/storage/till-store.ts';
import type { CashDrawer } from '../../src-main/core/application/ports/cash-drawer.ts';
import type { Delivery, PaymentNetwork, Reading } from '../../src-main/core/application/ports/payment-network.ts';
import type { SlipPrinter } from '../../src-main/core/application/ports/slip-printer.ts';
import type { Clock, Ids, Log, Timers } from '../../src-main/core/application/ports/system.ts';
import type { TillStore } from '../../src-main/core/application/ports/till-store.ts';
import { createTill } from '../../src-main/core/application/till.ts';
import type { Till } from '../../src-main/core/application/till.ts';
import type { CashOut, Order, Terms } from '../../src-main/core/domain/cash-out.ts';
import type { CommandKind } from '../../src-main/core/domain/command.ts';
import type { Evidence, NetworkTraits, OrderFact, OrderStatus } from '../../src-main/core/domain/network.ts';
import { ok } from '../../src-main/core/domain/result.ts';
import type { Settings } from '../../src-main/core/domain/settings.ts';
import { breaches } from './invariants.ts';
import { benchSettings, countingIds, QUIET_LOG, worked } from './till-bench.ts';

/** 2026-03-02 09:00 UTC, a Monday morning. */
const OPENING_MS = Date.UTC(2026, 2, 2, 9);

export type VirtualTime = Readonly<{
  clock: Clock;
  timers: Timers;
  /** Lets this much time pass; everything that is due happens at its own instant. */
  pass(ms: number): Promise<void>;
  /** Somebody sets the wall clock; no time passes. */
  setClock(byMs: number): void;
  /** Timers that are still to fire. */
  pending(): number;
}>;

type Timer = Readonly<{ dueMs: number; order: number; run: () => void }>;

export function createVirtualTime(): VirtualTime {
  let monotonicMs = 1_000;
  let offsetMs = OPENING_MS;
  let count = 0;
  const waiting = new Set<Timer>();
  const next = (untilMs: number): Timer | undefined =>
    [...waiting]
      .filter(({ dueMs }) => dueMs <= untilMs)
      .toSorted((left, right) => left.dueMs - right.dueMs || left.order - right.order)[0];
  return {
    clock: { nowMs: () => offsetMs + monotonicMs, monotonicMs: () => monotonicMs },
    timers: {
      after(delayMs, run) {
        const timer = { dueMs: monotonicMs + Math.max(0, delayMs), order: (count += 1), run };
        waiting.add(timer);
        return () => void waiting.delete(timer);
      },
    },
    async pass(ms) {
      const untilMs = monotonicMs + ms;
      await quiet();
      for (let timer = next(untilMs); timer; timer = next(untilMs)) {
        waiting.delete(timer);
        monotonicMs = Math.max(monotonicMs, timer.dueMs);
        timer.run();
        await quiet();
      }
      monotonicMs = untilMs;
    },
    setClock: (byMs) => void (offsetMs += byMs),
    pending: () => waiting.size,
  };
}

/** Every promise that can settle by now has settled. */
export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

export type NetworkCall = Readonly<{
  atMs: number;
  what: CommandKind | 'read';
  reference: string;
  key: string;
  body: string;
}>;

/** What the network will say next, once: a value, or a function of the honest answer. `silence` never answers. */
export type ScriptedDelivery = Delivery | 'silence' | ((honest: Delivery) => Delivery);
export type ScriptedReading = Reading | 'silence' | ((honest: Reading) => Reading);

export type ScriptedNetwork = PaymentNetwork &
  Readonly<{
    calls: NetworkCall[];
    deliveries: ScriptedDelivery[];
    readings: ScriptedReading[];
    /** What the network believes, by external reference. */
    statuses: Map<string, OrderStatus>;
    /** Every answer takes this long. */
    latency: { ms: number };
    /** Said to every read until it is taken away. */
    always: { reading?: ScriptedReading; delivery?: ScriptedDelivery };
    most: { atOnce: number };
  }>;

const TRAITS: NetworkTraits = {
  modes: ['dynamic', 'static', 'hybrid'],
  defaultMode: 'dynamic',
  lifetimeMs: 300_000,
  cancel: true,
  refund: true,
  confirmation: false,
  purchase: false,
  listing: false,
  sticker: 'scripted',
  returnWindowMs: 71 * 3_600_000,
};

/** `confirmWithinMs`: the network has a third leg and takes it for so long after the payment. */
export function createScriptedNetwork({ clock, timers }: VirtualTime, confirmWithinMs?: number): ScriptedNetwork {
  const calls: NetworkCall[] = [];
  const deliveries: ScriptedDelivery[] = [];
  const readings: ScriptedReading[] = [];
  const statuses = new Map<string, OrderStatus>();
  const latency = { ms: 50 };
  const always: ScriptedNetwork['always'] = {};
  const most = { atOnce: 0 };
  const paidSinceMs = new Map<string, number>();
  let updatedAtMs = 1;
  let atOnce = 0;

  async function said<Said>(
    honest: () => Said,
    scripted: Said | 'silence' | ((honest: Said) => Said) | undefined,
  ): Promise<Said> {
    atOnce += 1;
    most.atOnce = Math.max(most.atOnce, atOnce);
    if (scripted === 'silence') return new Promise(() => undefined);
    await new Promise<void>((resolve) => timers.after(latency.ms, resolve));
    atOnce -= 1;
    if (scripted === undefined) return honest();
    // A value in place of the honest answer: the network did nothing.
    return typeof scripted === 'function' ? (scripted as (honest: Said) => Said)(honest()) : scripted;
  }

  const factOf = (terms: Terms, orderId: string): OrderFact => {
    const status = statuses.get(terms.externalReference) ?? 'unclear';
    const { externalReference, amountMinor, currency } = terms;
    return {
      networkOrderId: orderId,
      status,
      statusText: status,
      externalReference,
      amountMinor,
      currency,
      problems: [],
      ...(confirmWithinMs !== undefined && status === 'paid' && thirdLegOf(terms, confirmWithinMs)),
      ...(status === 'awaiting' && terms.mode !== 'static' && { qrData: `QR ${externalReference}` }),
    };
  };
  function thirdLegOf(
    { externalReference }: Terms,
    withinMs: number,
  ): Pick<OrderFact, 'confirmationId' | 'confirmByMs'> {
    const sinceMs = paidSinceMs.get(externalReference) ?? clock.nowMs();
    paidSinceMs.set(externalReference, sinceMs);
    return { confirmationId: `31${externalReference}`, confirmByMs: sinceMs + withinMs };
  }
  const answered = (terms: Terms, orderId: string): { kind: 'answered'; fact: OrderFact; evidence: Evidence } => ({
    kind: 'answered',
    fact: factOf(terms, orderId),
    evidence: evidenceAt(clock.nowMs(), (updatedAtMs += 1)),
  });

  return {
    id: 'mercadopago-orders',
    traits: { ...TRAITS, confirmation: confirmWithinMs !== undefined },
    calls,
    deliveries,
    readings,
    statuses,
    latency,
    always,
    most,
    prepareCreate: (terms) => ok({ method: 'POST', path: '/orders', body: `{"for":"${terms.externalReference}"}` }),
    prepareCancel: (_terms, order) => ({ method: 'POST', path: `/orders/${order.networkOrderId}/cancel`, body: '' }),
    prepareRefund: (_terms, order, _payment, cause) => ({
      method: 'POST',
      path: `/orders/${order.networkOrderId}/refund`,
      body: JSON.stringify({ cause }),
    }),
    prepareConfirm: (_terms, _order, { confirmationId }) => ({
      method: 'POST',
      path: `/confirmations/${confirmationId}/confirm`,
      body: '{}',
    }),
    deliver({ request, idempotencyKey, terms }) {
      const what = (['cancel', 'refund', 'confirm'] as const).find((word) => request.path.endsWith(word)) ?? 'create';
      calls.push({
        atMs: clock.monotonicMs(),
        what,
        reference: terms.externalReference,
        key: idempotencyKey,
        body: request.body,
      });
      return said<Delivery>(() => {
        const { externalReference } = terms;
        if (what === 'create' && !statuses.has(externalReference)) statuses.set(externalReference, 'awaiting');
        if (what === 'cancel' && statuses.get(externalReference) === 'awaiting')
          statuses.set(externalReference, 'cancelled');
        if (what === 'refund') statuses.set(externalReference, 'returning');
        return answered(terms, `ORD${externalReference}`);
      }, deliveries.shift() ?? always.delivery);
    },
    read(terms: Terms, order: Order) {
      calls.push({ atMs: clock.monotonicMs(), what: 'read', reference: terms.externalReference, key: '', body: '' });
      return said<Reading>(() => answered(terms, order.networkOrderId), readings.shift() ?? always.reading);
    },
    list: async () => ({ kind: 'failed', why: 'no list' }),
    checkQr: () => ({ verdict: 'good' }),
    close: () => undefined,
  };
}

export function evidenceAt(nowMs: number, orderUpdatedAtMs?: number): Evidence {
  return {
    httpStatus: 200,
    requestId: 'scripted',
    sentAtMs: nowMs,
    answeredAtMs: nowMs,
    bodySha256: 'cd'.repeat(32),
    body: '{}',
    ...(orderUpdatedAtMs !== undefined && { orderUpdatedAtMs }),
  };
}

export type VirtualTill = Readonly<{
  till: Till;
  time: VirtualTime;
  network: ScriptedNetwork;
  db: SqliteDatabase;
  store: TillStore;
  pulses: string[];
  settings: Settings;
  /** Starts a cash-out and lets its QR come. */
  awaiting(amountMinor?: number): Promise<CashOut>;
  /** Also lets the customer pay and the till hear of it. */
  paid(amountMinor?: number): Promise<CashOut>;
  now(id: string): CashOut;
  openCases(id: string): readonly string[];
  /** Times of calls about it, in ms since the first of them. */
  rhythm(reference: string, what: NetworkCall['what']): readonly number[];
  /** The process ends and another begins over the same file. Whatever the old one still waits for is never heard of again. */
  restarted(): VirtualTill;
  breaches(): readonly string[];
}>;

export type VirtualOptions = Readonly<{
  chance?: () => number;
  printer?: SlipPrinter;
  drawer?: CashDrawer;
  floatMinor?: number;
  /** Stands between the till and its store. */
  store?: (store: TillStore) => TillStore;
  started?: boolean;
  confirmWithinMs?: number;
  log?: Log;
}>;

type World = Readonly<{ time: VirtualTime; network: ScriptedNetwork; db: SqliteDatabase; ids: Ids; pulses: string[] }>;

/** A till with an open shift whose loop runs. */
export function createVirtualTill(options: VirtualOptions = {}): VirtualTill {
  const time = createVirtualTime();
  const world = {
    time,
    network: createScriptedNetwork(time, options.confirmWithinMs),
    db: openDatabase(':memory:'),
    ids: countingIds(),
    pulses: [],
  };
  const made = openVirtualTill(world, options);
  made.till.changeSettings(made.settings, 'test');
  worked(made.till.openShift({ cashierCode: 1042, floatMinor: options.floatMinor ?? 1_000_000 }));
  if (options.started !== false) made.till.start();
  return made;
}

function openVirtualTill(world: World, options: VirtualOptions): VirtualTill {
  const { time, network, db, ids, pulses } = world;
  const plain = createTillStore(db, { clock: time.clock });
  const store = options.store?.(plain) ?? plain;
  const drawer: CashDrawer = options.drawer ?? {
    open: async ({ reason }) => {
      pulses.push(reason);
      return { state: 'sent' };
    },
    state: async () => 'unknown',
  };
  const till = createTill({
    mode: 'production',
    appVersion: '0.0.0-test',
    store,
    networks: ({ networks }) => (networks['mercadopago-orders'] ? [network] : []),
    clock: time.clock,
    timers: time.timers,
    ids,
    random: { next: options.chance ?? (() => 0.5) },
    log: options.log ?? QUIET_LOG,
    drawer,
    ...(options.printer && { printer: options.printer }),
  });
  const now = (id: string): CashOut => {
    const cashOut = store.cashOut(id);
    if (!cashOut) throw new Error(`no cash-out ${id}`);
    return cashOut;
  };
  const awaiting = async (amountMinor = 50_000): Promise<CashOut> => {
    const started = worked(till.startCashOut({ network: 'mercadopago-orders', amountMinor }));
    await time.pass(network.latency.ms + 30);
    return now(started.id);
  };
  return {
    till,
    time,
    network,
    db,
    store,
    pulses,
    settings: benchSettings('http://127.0.0.1:9'),
    awaiting,
    async paid(amountMinor) {
      const { id, externalReference } = await awaiting(amountMinor);
      network.statuses.set(externalReference, 'paid');
      await time.pass(2_000);
      return now(id);
    },
    now,
    openCases: (id) => store.casesOf(id).flatMap((file) => (file.state === 'open' ? [file.kind] : [])),
    rhythm(reference, what) {
      const times = network.calls
        .filter((call) => call.reference === reference && call.what === what)
        .map(({ atMs }) => atMs);
      return times.map((atMs) => atMs - (times[0] ?? 0));
    },
    restarted() {
      void till.stop();
      return openVirtualTill(world, options);
    },
    breaches: () => breaches({ db, pulses }),
  };
}

/** Distances between neighbours. */
export function gaps(times: readonly number[]): readonly number[] {
  return times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));
}

/** A use case that asks the network needs time to pass. */
export async function meanwhile<Value>(shop: VirtualTill, asked: Promise<Value>): Promise<Value> {
  await shop.time.pass(15_000);
  return asked;
}

/** Asked for, and nothing more: the network has not heard of it yet. */
export function requested(shop: VirtualTill, amountMinor = 50_000): string {
  return worked(shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor })).id;
}
