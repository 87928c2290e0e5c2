/**
 * The program dies after its first commit, after its second, and so on until it no longer does; and again, just before each. Every time another
 * process begins over the same file, the people at the counter go on from what the screen shows, and the shop must end as if nothing had
 * happened: one order, one key for each command, notes once or money back, drawer right (I1 to I8).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TillStore } from '../../src-main/core/application/ports/till-store.ts';
import type { CashOut } from '../../src-main/core/domain/cash-out.ts';
import { createBench, worked } from '../support/till-bench.ts';
import type { Bench } from '../support/till-bench.ts';

class Death extends Error {}

type Fuse = { left: number; isDead: boolean; readonly side: 'before' | 'after' };

/** Lets this many commits pass; then the process is dead, just before or just after the next reaches the disk. */
function fused(fuse: Fuse): (store: TillStore) => TillStore {
  return (store) => ({
    ...store,
    commit(events) {
      if (fuse.isDead) throw new Death('dead already');
      fuse.left -= 1;
      if (fuse.left > 0) return store.commit(events);
      fuse.isDead = true;
      if (fuse.side === 'after') store.commit(events);
      throw new Death('power cut');
    },
  });
}

/** People and chance: looks at what the screen says and takes the next step of this story. Answers whether the story has ended. */
type Story = Readonly<{
  name: string;
  weather?: (shop: Bench) => void;
  ends: string;
  drawer: number;
  act: (shop: Bench, cashOut: CashOut) => Promise<void>;
}>;

const AMOUNT = 50_000;
const FLOAT = 1_000_000;

const isPaidThere = (shop: Bench, { externalReference }: CashOut): boolean =>
  shop.engine.order(externalReference)?.paidAmount !== null;

async function handOverAndGive(shop: Bench, cashOut: CashOut): Promise<void> {
  if (cashOut.state === 'paid') await shop.till.handOver(cashOut.id);
  if (cashOut.state === 'handing_over') worked(shop.till.given(cashOut.id));
}

function pays(shop: Bench, cashOut: CashOut, force = false): void {
  if (!isPaidThere(shop, cashOut)) shop.engine.customerPays(cashOut.externalReference, { force });
}

const STORIES: readonly Story[] = [
  {
    name: 'paid and given',
    ends: 'settled',
    drawer: FLOAT - AMOUNT,
    async act(shop, cashOut) {
      if (cashOut.state === 'awaiting_payment') pays(shop, cashOut);
      await handOverAndGive(shop, cashOut);
    },
  },
  {
    name: 'cancelled by the cashier',
    ends: 'cancelled',
    drawer: FLOAT,
    async act(shop, cashOut) {
      if (cashOut.state === 'awaiting_payment') worked(shop.till.cancel(cashOut.id));
    },
  },
  {
    name: 'expired',
    ends: 'expired',
    drawer: FLOAT,
    async act(shop, cashOut) {
      if (cashOut.state === 'awaiting_payment') shop.engine.expire(cashOut.externalReference);
    },
  },
  {
    name: 'paid and returned',
    ends: 'returned',
    drawer: FLOAT,
    async act(shop, cashOut) {
      if (cashOut.state === 'awaiting_payment') pays(shop, cashOut);
      if (cashOut.state === 'paid') worked(shop.till.giveBack(cashOut.id, 'customer left'));
    },
  },
  {
    name: 'cancelled, paid late, and given',
    ends: 'settled',
    drawer: FLOAT - AMOUNT,
    async act(shop, cashOut) {
      if (cashOut.state === 'awaiting_payment') worked(shop.till.cancel(cashOut.id));
      if (cashOut.state === 'cancelled') {
        shop.advance(1_000);
        pays(shop, cashOut, true);
      }
      await handOverAndGive(shop, cashOut);
    },
  },
  {
    name: 'handed over, not given, and returned',
    ends: 'returned',
    drawer: FLOAT,
    async act(shop, cashOut) {
      const wasHanded = shop.steps(cashOut.id).includes('not-given');
      if (cashOut.state === 'awaiting_payment') pays(shop, cashOut);
      if (cashOut.state === 'paid' && !wasHanded) await shop.till.handOver(cashOut.id);
      if (cashOut.state === 'handing_over') worked(shop.till.notGiven(cashOut.id, 'changed their mind'));
      if (cashOut.state === 'paid' && wasHanded) worked(shop.till.giveBack(cashOut.id, 'changed their mind'));
    },
  },
  {
    name: 'paid while the cashier cancels, and returned',
    ends: 'returned',
    drawer: FLOAT,
    async act(shop, cashOut) {
      if (cashOut.state === 'awaiting_payment') {
        shop.engine.customerStartsPaying(cashOut.externalReference);
        worked(shop.till.cancel(cashOut.id));
      }
      if (cashOut.state === 'cancelling') pays(shop, cashOut);
      if (cashOut.state === 'paid') worked(shop.till.giveBack(cashOut.id, 'customer left'));
    },
  },
  {
    name: 'answers are lost at every turn, paid and given',
    ends: 'settled',
    weather({ engine }) {
      for (const operation of ['create', 'read'] as const) {
        engine.script({ fault: 'drop-after-commit', operation }, { fault: 'not-json', operation });
        engine.script({ fault: 'server-error-after-commit', operation, skip: 1 });
      }
    },
    drawer: FLOAT - AMOUNT,
    async act(shop, cashOut) {
      if (cashOut.state === 'awaiting_payment') pays(shop, cashOut);
      await handOverAndGive(shop, cashOut);
    },
  },
];

/** What is to be said of a till when a story is over. */
type Verdict = Readonly<{
  state: string | undefined;
  drawerMinor: number;
  orders: number;
  openCases: readonly string[];
  breaches: readonly string[];
  slowStarts: readonly number[];
}>;

const fuse = (left: number, side: Fuse['side']): Fuse => ({ left, isDead: false, side });

test.each(STORIES)('$name: killed around every commit, it ends as if nothing had happened', async (story) => {
  const verdicts: Record<string, Verdict> = {};
  for (const side of ['before', 'after'] as const) {
    let hasDied = true;
    for (let commits = 1; hasDied; commits += 1) {
      const only = fuse(commits, side);
      verdicts[`${side} commit ${commits}`] = await live(story, [only]);
      hasDied = only.isDead;
    }
  }
  expect(Object.keys(verdicts).length).toBeGreaterThanOrEqual(10);
  expect(verdicts).toEqual(Object.fromEntries(Object.keys(verdicts).map((when) => [when, goodEnd(story)])));
});

test('killed again while it still recovers, a cash-out that is paid, and one that is returned, end well all the same', async () => {
  const verdicts: Verdict[] = [];
  const goods: Verdict[] = [];
  for (const story of STORIES.filter(({ name }) => name === 'paid and given' || name === 'paid and returned')) {
    for (const first of [2, 3, 4, 5, 6, 7]) {
      for (const second of [1, 2, 3]) {
        verdicts.push(await live(story, [fuse(first, 'before'), fuse(second, 'after'), fuse(second, 'before')]));
        goods.push(goodEnd(story));
      }
    }
  }
  expect(verdicts).toEqual(goods);
});

function goodEnd({ ends, drawer }: Story): Verdict {
  return { state: ends, drawerMinor: drawer, orders: 1, openCases: [], breaches: [], slowStarts: [] };
}

/** With as many lives as there are fuses, and one more. */
async function live(story: Story, fuses: readonly Fuse[]): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'ventanilla-test-'));
  const first = await createBench({
    floatMinor: FLOAT,
    databasePath: join(folder, 'till.db'),
    simulator: { refundTakesMs: 0 },
  });
  const found: string[] = [];
  const slowStarts: number[] = [];
  const toBurn = [...fuses];
  let burning = toBurn.shift();
  const reborn = async (dead: Bench): Promise<Bench> => dead.restarted(burning ? { store: fused(burning) } : {});
  let shop = await reborn(first);
  story.weather?.(shop);
  try {
    for (let turn = 0; turn < 60 && onlyCashOut(shop)?.state !== story.ends; turn += 1) {
      await takeTurn(story, shop);
      if (!burning?.isDead) continue;
      burning = toBurn.shift();
      shop = await reborn(shop);
      slowStarts.push(...(await timeStart(shop)));
      found.push(...shop.breaches());
    }
    return { ...verdictOn(shop), breaches: [...found, ...shop.breaches(true)], slowStarts };
  } finally {
    await shop.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One look at the screen, one step, and the network's answer to it. Nothing more happens after the power is gone. */
async function takeTurn(story: Story, shop: Bench): Promise<void> {
  try {
    const cashOut = onlyCashOut(shop);
    // Nobody asks twice: after a restart the cash-out that was saved is the one to go on with.
    if (cashOut) await story.act(shop, cashOut);
    else worked(shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor: AMOUNT }));
    await shop.settle();
  } catch (error) {
    if (!(error instanceof Death)) throw error;
  }
}

/** I8: the next start shows the next step within two seconds. */
async function timeStart(shop: Bench): Promise<readonly number[]> {
  const startedAtMs = performance.now();
  try {
    shop.till.start();
  } catch (error) {
    if (!(error instanceof Death)) throw error;
  }
  const tookMs = performance.now() - startedAtMs;
  await shop.till.sync.stop();
  return tookMs < 2_000 ? [] : [tookMs];
}

function onlyCashOut(shop: Bench): CashOut | undefined {
  return shop.till.context.store.cashOutsSince(0, 10)[0];
}

function verdictOn(shop: Bench): Omit<Verdict, 'breaches' | 'slowStarts'> {
  const { store } = shop.till.context;
  return {
    state: onlyCashOut(shop)?.state,
    drawerMinor: store.expectedCashMinor(store.openShift()?.id ?? ''),
    orders: shop.engine.orders().length,
    openCases: store.openCases().map(({ kind }) => kind),
  };
}
