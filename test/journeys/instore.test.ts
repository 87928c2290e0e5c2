/** A shop whose contract still uses the legacy in-store API: the same till, with a third leg, from settings file to settled. */
import { afterEach, expect, test } from 'vitest';
import type { QrMode } from '../../src-main/core/domain/network.ts';
import { openInstoreShop } from '../support/instore-shop.ts';
import type { InstoreShop } from '../support/instore-shop.ts';
import { worked } from '../support/till-bench.ts';

let made: InstoreShop | undefined;
afterEach(() => made?.closeShop());

async function shop(mode: QrMode): Promise<InstoreShop> {
  made = await openInstoreShop(mode);
  return made;
}

test.each(['dynamic', 'static', 'hybrid'] as const)(
  'a %s cash-out is paid, given, and told to the network before it is settled',
  async (mode) => {
    const { till, foundation, engine, paid, now, breaches } = await shop(mode);
    const { id, externalReference, payment, shiftId } = await paid();
    expect(payment).toMatchObject({ amountMinor: 2_000_000, confirmationId: expect.stringMatching(/^\d+$/) as string });

    expect(worked(await till.handOver(id)).state).toBe('handing_over');
    expect(worked(till.given(id)).state).toBe('dispensed');
    await till.sync.sweep();
    expect(now(id).state).toBe('settled');
    expect(engine.order(externalReference)?.merchantOrders.map(({ state }) => state)).toEqual(['confirmed']);
    expect(foundation.store.expectedCashMinor(shiftId)).toBe(18_000_000);
    expect(breaches(true)).toEqual([]);
  },
);

test('money that is not handed over goes back by the same leg, and is returned only when the network shows it', async () => {
  const { till, foundation, engine, paid, now, breaches } = await shop('dynamic');
  const { id, externalReference, shiftId } = await paid();
  expect(worked(till.giveBack(id, 'customer left')).state).toBe('returning');
  await till.sync.sweep();
  await till.sync.sweep();
  expect(now(id).state).toBe('returned');
  expect(engine.order(externalReference)?.merchantOrders.map(({ state }) => state)).toEqual(['returned']);
  expect(foundation.store.expectedCashMinor(shiftId)).toBe(20_000_000);
  expect(breaches(true)).toEqual([]);
});
