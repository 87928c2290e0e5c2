/** Whatever meets one request about a payout, it ends where it should, and its money has moved once. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { PayoutNetwork } from '../../../../src-main/core/application/ports/payout-network.ts';
import { notesInstead } from '../../../../src-main/core/domain/payouts/notes-instead.ts';
import { isKnown, PAYOUT_NETWORK_IDS } from '../../../../src-main/core/domain/payouts/payout.ts';
import type { PayoutState } from '../../../../src-main/core/domain/payouts/payout.ts';
import { createD24Engine } from '../../../../src-main/simulators/networks/d24/engine.ts';
import { prepared } from '../d24/bench.ts';
import { SmallTill } from '../d24/small-till.ts';
import { FAULT_NAMES, LINE_FAULTS } from './line-faults.ts';
import type { FaultName } from './line-faults.ts';
import { layLine } from './line.ts';
import type { Line } from './line.ts';
import { brandOf } from './payouts-under-test.ts';
import type { Brand } from './payouts-under-test.ts';

beforeAll(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterAll(() => void vi.useRealTimers());

type Desk = Readonly<{
  brand: Brand;
  line: Line;
  network: PayoutNetwork;
  till: SmallTill;
  books(): readonly string[];
  bankPays(): void;
  close(): Promise<void>;
}>;

async function openDesk(brand: Brand, onHold: boolean): Promise<Desk> {
  const time = { nowMs: brand.terms.requestedAtMs };
  const engine = createD24Engine({ seed: 7, brand: brand.id, nowMs: () => time.nowMs });
  const line = await layLine(engine);
  const clock = { nowMs: () => time.nowMs, monotonicMs: () => time.nowMs };
  const network = brand.connect(line.baseUrl, {}, clock);
  const { externalId } = brand.terms;
  return {
    brand,
    line,
    network,
    till: new SmallTill(network, { ...brand.terms, onHold }, time),
    books: () => engine.payouts().map(({ state, amount, currency }) => `${state} ${amount} ${currency}`),
    bankPays() {
      engine.bankAccepts(externalId);
      engine.bankCompletes(externalId);
    },
    async close() {
      network.close();
      await line.close();
    },
  };
}

/** Hold and release, and where the payout is by the network's own word afterwards. */
async function park(desk: Desk, what: 'prepareHold' | 'prepareRelease'): Promise<void> {
  const { payout } = desk.till;
  const cashoutId = isKnown(payout) ? (payout.cashoutId ?? '') : '';
  const request = prepared(desk.network[what]({ externalId: payout.externalId, cashoutId }));
  await desk.network.deliver({ request, terms: payout });
}

/** `act` is done once over the struck line, then until the network says the end; `from`: in which state the payout waits before it. */
type Story = Readonly<{
  operation: 'cancel' | 'hold' | 'release' | 'read';
  from: 'pending' | 'on_hold';
  act(desk: Desk): Promise<unknown>;
  end: PayoutState;
}>;

const STORIES: readonly Story[] = [
  { operation: 'cancel', from: 'pending', act: ({ till }) => till.cancel(), end: 'cancelled' },
  { operation: 'hold', from: 'pending', act: (desk) => park(desk, 'prepareHold'), end: 'on_hold' },
  { operation: 'release', from: 'on_hold', act: (desk) => park(desk, 'prepareRelease'), end: 'pending' },
  {
    operation: 'read',
    from: 'pending',
    act: async (desk) => {
      desk.bankPays();
      await desk.till.read();
    },
    end: 'completed',
  },
];

function bookOf({ terms }: Brand, state: string): string {
  return `${state} 250.50 ${terms.currency}`;
}

const BRANDS = PAYOUT_NETWORK_IDS.map(brandOf);
const CREATES = BRANDS.flatMap((brand) =>
  FAULT_NAMES.map((fault) => {
    const end = isLeftToPerson(brand, fault) ? 'is left to a person' : 'ends pending';
    return [`${brand.id}: a create ${LINE_FAULTS[fault].words} ${end}`, brand, fault] as const;
  }),
);

/** Where the network answers to both ids only, what never arrived cannot be told from what it hides. */
function isLeftToPerson({ connect }: Brand, fault: FaultName): boolean {
  const { requireBothIds } = connect('https://no-such-host.invalid').traits;
  const mayHaveArrived = !LINE_FAULTS[fault].isDone && !['bad-token', 'refused'].includes(fault);
  return requireBothIds && mayHaveArrived;
}

test.each(CREATES)('%s, with one payout at most', async (_sentence, brand, fault) => {
  const desk = await openDesk(brand, false);
  try {
    desk.line.strike(0, fault);
    const { till } = desk;
    const isStopped = fault === 'bad-token' || fault === 'refused';
    const first = await till.create();
    await desk.line.mend();
    // Once the credentials are good or the line is up, the same request is sent again.
    const ended = isStopped ? await till.create() : first;

    expect(desk.line.strikes()).toBe(1);
    expect(ended).toBe(isLeftToPerson(brand, fault) ? 'person' : 'settled');
    expect(till.payout.state).toBe(ended === 'settled' ? 'pending' : 'requested');
    expect(desk.books()).toEqual(ended === 'settled' ? [bookOf(brand, 'pending')] : []);
    expect(notesInstead(till.payout)).not.toBe('once');
  } finally {
    await desk.close();
  }
});

const CASES = BRANDS.flatMap((brand) =>
  STORIES.filter(({ operation }) => operation === 'cancel' || operation === 'read' || hasHold(brand)).flatMap((story) =>
    FAULT_NAMES.map((fault) => {
      const sentence = `${brand.id}: a ${story.operation} ${LINE_FAULTS[fault].words} ends ${story.end}`;
      return [sentence, brand, story, fault] as const;
    }),
  ),
);

function hasHold({ connect }: Brand): boolean {
  return connect('https://no-such-host.invalid').traits.hold;
}

test.each(CASES)('%s, its money moved once', async (_sentence, brand, { from, act, end }, fault) => {
  const desk = await openDesk(brand, from === 'on_hold');
  try {
    const { till } = desk;
    expect([await till.create(), till.payout.state]).toEqual(['settled', from]);

    desk.line.strike(0, fault);
    await act(desk);
    expect(desk.line.strikes()).toBe(1);
    expect([from, end]).toContain(till.payout.state);
    await desk.line.mend();
    await till.read();
    for (let again = 0; again < 3 && till.payout.state !== end; again += 1) {
      await act(desk);
      await till.read();
    }

    expect([till.payout.state, till.payout.review]).toEqual([end, undefined]);
    expect(desk.books()).toEqual([bookOf(brand, end)]);
    expect(notesInstead(till.payout)).toBe(NOTES[end]);
  } finally {
    await desk.close();
  }
});

/** Whether notes may then take its place. */
const NOTES: Partial<Record<PayoutState, string>> = {
  cancelled: 'once',
  on_hold: 'cancel-first',
  pending: 'cancel-first',
  completed: 'no',
};
