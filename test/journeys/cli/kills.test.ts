/**
 * A till that is killed again and again (I1, I3, I8): SIGKILL at instants spread over each command's life, and after each a person who looks
 * how it stands and does what is left to do.
 */
import { expect, test } from 'vitest';
import { createKiller } from './killer.ts';
import { cashOutIn, cashOutsIn, json, NETWORK, openForBusiness, openShop, refusalIn, TOKEN, worked } from './shop.ts';
import type { PrintedCashOut } from './shop.ts';

const ROUNDS = 5;
const KILLS_A_STEP = 3;
/** The simulated network takes up to 60 ms for each answer. */
const LONGER_MS = 160;

const NEXT: Readonly<Record<string, (id: string) => readonly string[]>> = {
  requested: (id) => ['cash-out', 'watch', id, '--until', 'awaiting_payment', '--timeout', '30'],
  awaiting_payment: (id) => ['cash-out', 'watch', id, '--timeout', '30'],
  paid: (id) => ['cash-out', 'hand-over', id],
  handing_over: (id) => ['cash-out', 'given', id],
};

const START = ['cash-out', 'start', ...NETWORK, '--amount', '100'] as const;

/** What a person would do next who has just looked; undefined when the customer has gone with the notes. */
function nextStep(open: PrintedCashOut | undefined, hasStarted: boolean): readonly string[] | undefined {
  if (!open) return hasStarted ? undefined : START;
  const step = NEXT[open.state];
  if (!step) throw new Error(`nobody can go on from ${open.state}`);
  return step(open.id);
}

test('killed at any instant of any command, every cash-out ends settled: one order, one key, one dispense, drawer right', async () => {
  const shop = await openShop();
  try {
    shop.engine.setWeather({ rates: {}, latency: { minimumMs: 5, maximumMs: 60 } });
    const killer = await createKiller(shop, 20_261_121, { longerMs: LONGER_MS });
    const networks = { 'mercadopago-orders': { baseUrl: shop.baseUrl } };
    const file = shop.file('till.json', JSON.stringify({ networks }));
    await killer.kill(TOKEN, 'settings', 'import', file);
    worked(await shop.till('settings', 'import', file));
    await killer.kill(TOKEN, 'secret', 'set', 'mercadopago-token');
    worked(await shop.tillHears(TOKEN, 'secret', 'set', 'mercadopago-token'));
    await killer.kill(TOKEN, 'shift', 'open', '--float', '5000');
    const again = await shop.till('shift', 'open', '--float', '5000', '--json');
    expect(again.exit === 0 ? 'open now' : refusalIn(again).code).toMatch(/^(open now|shift\.already-open)$/);

    for (let round = 1; round <= ROUNDS; round += 1) {
      const tries = new Map<string, number>();
      for (;;) {
        const known = cashOutsIn(worked(await shop.till('cash-out', 'list', '--json')));
        const hasStarted = known.length === round;
        const open = known.find(({ state }) => state !== 'settled');
        if (open?.state === 'awaiting_payment') shop.engine.customerPays(open.externalReference);
        const step = nextStep(open, hasStarted);
        if (!step) break;
        const name = open?.state ?? 'start';
        const tried = tries.get(name) ?? 0;
        tries.set(name, tried + 1);
        if (tried < KILLS_A_STEP) await killer.kill(TOKEN, ...step);
        else worked(await shop.till(...step));
      }
    }

    expect(killer.kills).toBeGreaterThanOrEqual(20);
    const cashOuts = cashOutsIn(worked(await shop.till('cash-out', 'list', '--json')));
    expect(cashOuts.map(({ state }) => state)).toEqual(Array(ROUNDS).fill('settled'));
    expect(shop.engine.orders()).toHaveLength(ROUNDS);
    const creates = shop.engine.requests().filter(({ operation }) => operation === 'create');
    expect(new Set(creates.map(({ request }) => request.headers['x-idempotency-key'])).size).toBe(ROUNDS);
    expect(new Set(creates.map(({ request }) => request.bodyText)).size).toBe(ROUNDS);
    const notes = shop.read(
      "SELECT cash_out_id, amount_minor FROM posting WHERE cause = 'dispense' AND account = 'drawer'",
    );
    expect(new Set(notes.map((row) => row['cash_out_id']))).toEqual(new Set(cashOuts.map(({ id }) => id)));
    expect(notes).toHaveLength(ROUNDS);
    expect(notes.every((row) => row['amount_minor'] === -10_000)).toBe(true);
    expect(json(worked(await shop.till('journal', 'verify', '--tables', '--json')))).toMatchObject({
      ok: true,
      tables: 'same',
    });
    const left = 5_000 - ROUNDS * 100;
    const closed = worked(await shop.till('shift', 'close', '--count', String(left), '--json'));
    expect(json(closed)).toMatchObject({ close: { varianceMinor: 0 }, dispensed: { count: ROUNDS } });
  } finally {
    await shop.close();
  }
}, 180_000);

test('killed on the ways back, a cancel ends cancelled and a return ends returned, each sent under one key', async () => {
  const shop = await openShop({ refundTakesMs: 100 });
  try {
    await openForBusiness(shop);
    shop.engine.setWeather({ rates: {}, latency: { minimumMs: 5, maximumMs: 60 } });
    const unwanted = cashOutIn(worked(await shop.till(...START, '--json')));
    const unneeded = cashOutIn(worked(await shop.till(...START, '--json')));
    shop.engine.customerPays(unneeded.externalReference);
    worked(await shop.till('cash-out', 'watch', unneeded.id));

    const killer = await createKiller(shop, 20_261_122, { longerMs: LONGER_MS });
    for (let kill = 1; kill <= 4; kill += 1) {
      await killer.kill(TOKEN, 'cash-out', 'cancel', unwanted.id);
      await killer.kill(TOKEN, 'cash-out', 'return', unneeded.id, '--reason', 'drawer is short');
    }
    const cancelled = worked(await shop.till('cash-out', 'cancel', unwanted.id, '--json'));
    const returned = worked(
      await shop.till('cash-out', 'return', unneeded.id, '--reason', 'again', '--wait', '40', '--json'),
    );

    expect([cashOutIn(cancelled).state, cashOutIn(returned).state]).toEqual(['cancelled', 'returned']);
    expect(shop.engine.orders().map(({ status }) => status)).toEqual(['canceled', 'refunded']);
    for (const operation of ['cancel', 'refund']) {
      const sent = shop.engine.requests().filter((request) => request.operation === operation);
      expect(new Set(sent.map(({ request }) => request.headers['x-idempotency-key'])).size).toBe(1);
    }
    expect(shop.read("SELECT 1 FROM posting WHERE cause = 'dispense'")).toEqual([]);
    expect(json(worked(await shop.till('journal', 'verify', '--tables', '--json')))).toMatchObject({ ok: true });
    worked(await shop.till('shift', 'close', '--count', '5000'));
  } finally {
    await shop.close();
  }
}, 120_000);
