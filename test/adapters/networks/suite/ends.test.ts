/** Whatever meets one request of a cash-out, it ends where it should, and its money has moved once. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { CashOutState } from '../../../../src-main/core/domain/cash-out.ts';
import { refused, worked } from '../../../support/till-bench.ts';
import * as instore from '../mercadopago-instore/bench.ts';
import * as orders from '../mercadopago-orders/bench.ts';
import { INSTORE_UNDER_TEST, instorePair } from './instore-under-test.ts';
import { expectedKind, FAULT_NAMES, LINE_FAULTS } from './line-faults.ts';
import type { FaultName } from './line-faults.ts';
import { isDone } from './network-under-test.ts';
import type { Call, NetworkUnderTest, OperationName } from './network-under-test.ts';
import { ORDERS_UNDER_TEST, ordersPair } from './orders-under-test.ts';
import { openShop } from './shop.ts';
import type { Shop, ShopKind } from './shop.ts';

beforeAll(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterAll(() => void vi.useRealTimers());

const SHOPS: readonly (readonly [NetworkUnderTest, ShopKind])[] = [
  [
    ORDERS_UNDER_TEST,
    {
      network: 'mercadopago-orders',
      currency: 'MXN',
      amountMinor: 500_00,
      settings: { 'mercadopago-orders': orders.SETTINGS },
      books: { settled: 'processed 500.00', cancelled: 'canceled', returned: 'refunded 500.00 processed' },
      pair: ordersPair,
    },
  ],
  [
    INSTORE_UNDER_TEST,
    {
      network: 'mercadopago-instore',
      currency: 'ARS',
      amountMinor: 20_000_00,
      settings: { 'mercadopago-instore': instore.SETTINGS },
      books: {
        settled: 'paid confirmed 20000',
        cancelled: 'deleted',
        expired: 'deleted',
        returned: 'paid returned 20000',
      },
      pair: instorePair,
    },
  ],
];

/** What the cashier and the customer do until the operation is next, and where the cash-out must end. */
type Story = Readonly<{ before(shop: Shop): Promise<void>; end: CashOutState }>;

async function offered(shop: Shop): Promise<void> {
  expect(await shop.reach('awaiting_payment')).toBe('awaiting_payment');
}

async function paid(shop: Shop): Promise<void> {
  await offered(shop);
  shop.pair.customerPays(shop.cashOut().externalReference);
  expect(await shop.reach('paid')).toBe('paid');
}

async function given(shop: Shop): Promise<void> {
  worked(await shop.till.handOver(shop.cashOut().id));
  worked(shop.till.given(shop.cashOut().id));
}

const STORIES: Partial<Record<OperationName, Story>> = {
  create: { before: async () => undefined, end: 'settled' },
  cancel: {
    async before(shop) {
      await offered(shop);
      worked(shop.till.cancel(shop.cashOut().id));
    },
    end: 'cancelled',
  },
  read: {
    async before(shop) {
      await offered(shop);
      shop.pair.customerPays(shop.cashOut().externalReference);
    },
    end: 'settled',
  },
  refund: {
    async before(shop) {
      await paid(shop);
      worked(shop.till.giveBack(shop.cashOut().id, 'the customer left'));
    },
    end: 'returned',
  },
  confirm: {
    async before(shop) {
      await paid(shop);
      await given(shop);
    },
    end: 'settled',
  },
};

function storyOf({ operation }: Call): Story {
  const story = STORIES[operation];
  if (!story) throw new Error(`no story of a ${operation}`);
  return story;
}

/** After the fault: everything that is still to come until the end. */
async function toTheEnd(shop: Shop, { operation }: Call, end: CashOutState): Promise<CashOutState> {
  if (operation === 'create') await paid(shop);
  if (operation === 'create' || operation === 'read') {
    await shop.reach('paid');
    await given(shop);
  }
  return shop.reach(end);
}

function endOf(call: Call, fault: FaultName): CashOutState {
  const { end } = storyOf(call);
  const isUnheard = isDone(call, fault) && expectedKind(fault, call.role) !== 'honest';
  return isUnheard ? (call.unheardEnd ?? end) : end;
}

/** One order with its money moved once; before it, what a repeated create left behind and nobody can pay. */
function booksOf({ books }: ShopKind, call: Call, fault: FaultName): readonly (string | undefined)[] {
  const isRepeated = isDone(call, fault) && expectedKind(fault, call.role) !== 'honest';
  const left = isRepeated ? (call.repeated ?? []).slice(0, -1) : [];
  return [...left, call.endBook ?? books[endOf(call, fault)]];
}

const CASES = SHOPS.flatMap(([network, kind]) =>
  network.calls.flatMap((call) =>
    FAULT_NAMES.map((fault) => {
      const sentence = `${network.id}: ${call.words} ${LINE_FAULTS[fault].words} ends ${endOf(call, fault)}`;
      return [sentence, kind, call, fault] as const;
    }),
  ),
);

test.each(CASES)('%s, its money moved once', async (_sentence, kind, call, fault) => {
  const shop = await openShop(kind);
  try {
    const { network, amountMinor } = kind;
    const mode = call.mode === undefined ? {} : { mode: call.mode };
    const goods = call.purchase && { items: call.purchase.items };
    worked(shop.till.startCashOut({ network, amountMinor, ...mode, ...goods }));
    await storyOf(call).before(shop);

    shop.line.strike(call.at, fault);
    await shop.till.sync.sweep();
    expect(shop.line.strikes()).toBe(1);
    await shop.mended();

    const end = endOf(call, fault);
    expect(await toTheEnd(shop, call, end)).toBe(end);
    expect(shop.pair.books(shop.cashOut().externalReference)).toEqual(booksOf(kind, call, fault));
    expect(shop.pair.audit(shop)).toEqual([]);
  } finally {
    await shop.close();
  }
});

const HAND_OVERS = SHOPS.flatMap(([, kind]) =>
  FAULT_NAMES.filter((fault) => expectedKind(fault, 'read') !== 'honest').map((fault) => {
    const sentence = `${kind.network}: a question at the hand-over ${LINE_FAULTS[fault].words} keeps the drawer shut`;
    return [sentence, kind, fault] as const;
  }),
);

test.each(HAND_OVERS)('%s, and the next one opens it', async (_sentence, kind, fault) => {
  const shop = await openShop(kind);
  try {
    worked(shop.till.startCashOut({ network: kind.network, amountMinor: kind.amountMinor }));
    await paid(shop);

    shop.line.strike(0, fault, 10);
    expect(refused(await shop.till.handOver(shop.cashOut().id))).toBe('cash-out.cannot-check-now');
    expect(shop.line.strikes()).toBeGreaterThan(0);
    expect([shop.cashOut().state, shop.pulses]).toEqual(['paid', []]);

    await shop.line.mend();
    await given(shop);
    expect([await shop.reach('settled'), shop.pulses]).toEqual(['settled', ['hand-over']]);
    expect(shop.pair.audit(shop)).toEqual([]);
  } finally {
    await shop.close();
  }
});
