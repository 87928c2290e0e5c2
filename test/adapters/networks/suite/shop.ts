/**
 * A shop with a payment network behind a line: the real core, the real store and the real adapter. Time is a number that the test moves;
 * the loop stands still, and every pass over what is open is asked for.
 */
import { openDatabase } from '../../../../src-main/adapters/storage/database.ts';
import type { SqliteDatabase } from '../../../../src-main/adapters/storage/database.ts';
import { createTillStore } from '../../../../src-main/adapters/storage/till-store.ts';
import type { Clock } from '../../../../src-main/core/application/ports/system.ts';
import { createTill } from '../../../../src-main/core/application/till.ts';
import type { Till } from '../../../../src-main/core/application/till.ts';
import type { CashOut, CashOutState } from '../../../../src-main/core/domain/cash-out.ts';
import type { Currency } from '../../../../src-main/core/domain/money.ts';
import type { NetworkId } from '../../../../src-main/core/domain/network.ts';
import type { Settings } from '../../../../src-main/core/domain/settings.ts';
import { benchSettings, countingIds, QUIET_LOG, worked } from '../../../support/till-bench.ts';
import { layLine } from './line.ts';
import type { Line } from './line.ts';
import type { PaymentPair } from './payment-scene.ts';

export type ShopKind = Readonly<{
  network: NetworkId;
  currency: Currency;
  amountMinor: number;
  settings: Settings['networks'];
  /** What the network's books say of a cash-out that has ended so. */
  books: Partial<Record<CashOutState, string>>;
  pair(clock: Clock): PaymentPair;
}>;

export type Shop = Readonly<{
  till: Till;
  line: Line;
  pair: PaymentPair;
  db: SqliteDatabase;
  pulses: readonly string[];
  cashOut(): CashOut;
  /** One pass; on a line that has no fault any more. */
  mended(): Promise<void>;
  /** Passes until the cash-out is there, with time between them; the state it has reached when that has taken too long. */
  reach(state: CashOutState): Promise<CashOutState>;
  close(): Promise<void>;
}>;

const OPENING_MS = Date.UTC(2025, 10, 21, 15);
/** Quick at first; together longer than any order lives. */
const PASSES_MS = [...Array<number>(12).fill(5_000), ...Array<number>(12).fill(60_000)];

export async function openShop(kind: ShopKind): Promise<Shop> {
  let aheadMs = 0;
  const clock = { nowMs: () => OPENING_MS + aheadMs, monotonicMs: () => aheadMs };
  const pair = kind.pair(clock);
  const line = await layLine(pair.engine);
  const network = pair.connect(line.baseUrl);
  const db = openDatabase(':memory:');
  const store = createTillStore(db, { clock });
  const pulses: string[] = [];
  const till = createTill({
    mode: 'production',
    appVersion: '0.0.0-suite',
    store,
    networks: () => [network],
    clock,
    timers: { after: () => () => undefined },
    ids: countingIds(),
    random: { next: () => 0.5 },
    log: QUIET_LOG,
    drawer: {
      async open({ reason }) {
        pulses.push(reason);
        return { state: 'sent' };
      },
      state: async () => 'unknown',
    },
  });
  const { currency, amountMinor, settings: networks } = kind;
  const limits = { minMinor: amountMinor, maxMinor: amountMinor, stepMinor: amountMinor };
  till.changeSettings({ ...benchSettings(line.baseUrl), currency, limits, networks }, 'suite');
  worked(till.openShift({ cashierCode: 1042, floatMinor: amountMinor }));

  const cashOut = (): CashOut => {
    const [only, ...others] = store.cashOutsSince(0, 10);
    if (!only || others.length > 0) throw new Error(`${others.length + 1} cash-outs`);
    return only;
  };
  return {
    till,
    line,
    pair,
    db,
    pulses,
    cashOut,
    async mended() {
      await line.mend();
      await till.sync.sweep();
    },
    async reach(state) {
      for (const passMs of PASSES_MS) {
        if (cashOut().state === state) break;
        aheadMs += passMs;
        await till.sync.sweep();
      }
      return cashOut().state;
    },
    async close() {
      await till.stop();
      await line.close();
      db.close();
    },
  };
}
