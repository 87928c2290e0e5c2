/**
 * A till that pays out dies around every one of its commits, and again while it recovers. Each time another process begins over the same
 * file and the people at the counter go on from what the screen shows: one payout over there, notes at most once, drawer right (I1 to I8).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TillStore } from '../../src-main/core/application/ports/till-store.ts';
import type { Payout } from '../../src-main/core/domain/payouts/payout.ts';
import { AMOUNT, createPayoutBench, FLOAT } from '../support/payout-bench.ts';
import type { PayoutBench, PayoutBenchOptions } from '../support/payout-bench.ts';
import { worked } from '../support/till-bench.ts';

class Death extends Error {}

type Fuse = { left: number; isDead: boolean; readonly side: 'before' | 'after' };

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

type Story = Readonly<{
  name: string;
  options?: PayoutBenchOptions;
  weather?: (shop: PayoutBench) => void;
  isOver: (payout: Payout) => boolean;
  drawer: number;
  payouts: number;
  act: (shop: PayoutBench, payout: Payout) => Promise<void>;
}>;

const byNotes = (payout: Payout): boolean => 'replacement' in payout && payout.replacement?.by === 'notes';

async function giveNotes(shop: PayoutBench, { id, counting }: Payout): Promise<void> {
  if (counting) worked(shop.till.payouts.notesGiven(id));
  else await shop.till.payouts.startNotes(id, 7);
}

const STORIES: readonly Story[] = [
  {
    name: 'sent and arrived',
    isOver: ({ state }) => state === 'completed',
    drawer: FLOAT,
    payouts: 1,
    async act(shop, { state, externalId }) {
      if (state === 'pending') shop.engine.bankAccepts(externalId);
      if (state === 'delivered') shop.engine.bankCompletes(externalId);
    },
  },
  {
    name: 'parked, released, cancelled, and notes instead',
    isOver: byNotes,
    drawer: FLOAT - AMOUNT,
    payouts: 1,
    async act(shop, payout) {
      const wasReleased = shop.store
        .entriesAbout(payout.id)
        .some(({ event }) => event.type === 'payout.step' && event.step.type === 'release-asked');
      const isNamed = 'cashoutId' in payout && payout.cashoutId !== undefined;
      if (payout.state === 'pending' && !wasReleased && isNamed) worked(shop.till.payouts.hold(payout.id, 'too large'));
      if (payout.state === 'on_hold') worked(shop.till.payouts.release(payout.id, 7));
      if (payout.state === 'pending' && wasReleased) worked(shop.till.payouts.cancel(payout.id, 'wants notes'));
      if (payout.state === 'cancelled') await giveNotes(shop, payout);
    },
  },
  {
    name: 'rejected by the bank, and notes instead after a second thought',
    isOver: byNotes,
    drawer: FLOAT - AMOUNT,
    payouts: 1,
    async act(shop, payout) {
      if (payout.state === 'pending') shop.engine.bankRejects(payout.externalId, { code: 801 });
      if (payout.state !== 'rejected') return;
      const wasTakenBack = shop.store
        .entriesAbout(payout.id)
        .some(({ event }) => event.type === 'payout.step' && event.step.type === 'notes-not-given');
      if (payout.counting && !wasTakenBack) worked(shop.till.payouts.notesNotGiven(payout.id, 'second thoughts'));
      else await giveNotes(shop, payout);
    },
  },
  {
    name: 'declined, and notes instead',
    weather: ({ engine }) => engine.script({ fault: 'refused', code: 514, operation: 'create', count: 9 }),
    isOver: byNotes,
    drawer: FLOAT - AMOUNT,
    payouts: 0,
    async act(shop, payout) {
      // After a lost attempt a refusal proves nothing by itself: then it is denied, long enough.
      if (payout.state === 'declined' || payout.state === 'not_found') await giveNotes(shop, payout);
    },
  },
  {
    name: 'completed, given back, and notes by a supervisor',
    isOver: byNotes,
    drawer: FLOAT - AMOUNT,
    payouts: 1,
    async act(shop, payout) {
      if (payout.state === 'pending') shop.engine.bankCompletes(payout.externalId);
      if (payout.state === 'completed') {
        if (shop.engine.payout(payout.externalId)?.status !== 3) shop.engine.bankReturnsLate(payout.externalId);
        worked(await shop.till.payouts.refresh(payout.id));
        shop.advance(6_000);
      }
      if (payout.state === 'rejected') await giveNotes(shop, payout);
    },
  },
  {
    name: 'the first answer is lost, then it arrives',
    weather: ({ engine }) => engine.script({ fault: 'drop-after-commit', operation: 'create' }),
    isOver: ({ state }) => state === 'completed',
    drawer: FLOAT,
    payouts: 1,
    async act(shop, { state, externalId }) {
      if (state === 'pending') shop.engine.bankCompletes(externalId);
    },
  },
  {
    name: 'the first request is lost, then it arrives',
    weather: ({ engine }) => engine.script({ fault: 'drop-before-commit', operation: 'create' }),
    isOver: ({ state }) => state === 'completed',
    drawer: FLOAT,
    payouts: 1,
    async act(shop, { state, externalId }) {
      if (state === 'pending') shop.engine.bankCompletes(externalId);
    },
  },
  {
    name: 'over the network that wants both ids, the first answer is lost, then it arrives',
    options: { brand: 'tupay' },
    weather: ({ engine }) => engine.script({ fault: 'drop-after-commit', operation: 'create' }),
    isOver: ({ state }) => state === 'completed',
    drawer: FLOAT,
    payouts: 1,
    async act(shop, { id, state, externalId }) {
      if (state === 'pending') shop.engine.bankCompletes(externalId);
      // Never in the list: it cannot be asked about, and a supervisor lets the same bytes be sent once more.
      const isStuck = shop.openCases(id).includes('payout-stuck');
      if (isStuck) worked(await shop.till.payouts.reviewed({ id, supervisorCode: 7, reason: 'not in the panel' }));
    },
  },
];

type Verdict = Readonly<{ isOver: boolean; drawerMinor: number; payouts: number; wrong: readonly string[] }>;

test.each(STORIES)('$name: killed around every commit, it ends as if nothing had happened', async (story) => {
  const verdicts: Record<string, Verdict> = {};
  for (const side of ['before', 'after'] as const) {
    let hasDied = true;
    for (let commits = 1; hasDied; commits += 1) {
      const fuse: Fuse = { left: commits, isDead: false, side };
      verdicts[`${side} commit ${commits}`] = await live(story, [fuse]);
      hasDied = fuse.isDead;
    }
  }
  const good: Verdict = { isOver: true, drawerMinor: story.drawer, payouts: story.payouts, wrong: [] };
  expect(Object.keys(verdicts).length).toBeGreaterThanOrEqual(8);
  expect(verdicts).toEqual(Object.fromEntries(Object.keys(verdicts).map((when) => [when, good])));
});

/** With as many lives as there are fuses, and one more. */
async function live(story: Story, fuses: readonly Fuse[]): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'ventanilla-test-'));
  const first = await createPayoutBench({ ...story.options, databasePath: join(folder, 'till.db') });
  story.weather?.(first);
  const wrong: string[] = [];
  const toBurn = [...fuses];
  let burning = toBurn.shift();
  let shop = first.restarted(burning && fused(burning));
  try {
    for (let turn = 0; turn < 60 && !isOver(story, shop); turn += 1) {
      await takeTurn(story, shop);
      if (!burning?.isDead) continue;
      burning = toBurn.shift();
      shop = shop.restarted(burning && fused(burning));
      const startedAtMs = performance.now();
      shop.till.start();
      if (performance.now() - startedAtMs > 2_000) wrong.push('I8: the next start took more than two seconds');
      await shop.till.sync.stop();
      wrong.push(...shop.breaches());
    }
    wrong.push(...shop.breaches());
    return {
      isOver: isOver(story, shop),
      drawerMinor: shop.drawerMinor(),
      payouts: shop.engine.payouts().length,
      wrong,
    };
  } finally {
    await shop.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function isOver(story: Story, shop: PayoutBench): boolean {
  const [payout] = shop.store.payoutsSince(0, 2);
  return payout !== undefined && story.isOver(payout);
}

async function takeTurn(story: Story, shop: PayoutBench): Promise<void> {
  try {
    const [payout] = shop.store.payoutsSince(0, 2);
    if (payout?.state === 'requested') shop.advance(50_000);
    if (payout) await story.act(shop, payout);
    else worked(shop.till.payouts.start({ ...shop.request, requestId: 'the-only-one' }));
    await shop.settle();
  } catch (error) {
    if (!(error instanceof Death)) throw error;
  }
}
