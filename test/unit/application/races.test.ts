/** Two things at once: taps, answers under way, shifts that end. Whatever the order, notes leave once and money is never forgotten. */
import { expect, test } from 'vitest';
import type { Delivery } from '../../../src-main/core/application/ports/payment-network.ts';
import { refused, worked } from '../../support/till-bench.ts';
import { createVirtualTill, evidenceAt, meanwhile, requested } from '../../support/virtual-till.ts';

const NETWORK = 'mercadopago-orders';

test('two taps on "hand over" open the drawer once, and both see notes being handed over', async () => {
  const shop = createVirtualTill();
  const { id } = await shop.paid();
  const [first, second] = await meanwhile(shop, Promise.all([shop.till.handOver(id), shop.till.handOver(id)]));
  expect([worked(first).state, worked(second).state]).toEqual(['handing_over', 'handing_over']);
  expect(shop.pulses).toEqual(['hand-over']);
  expect(shop.breaches()).toEqual([]);
});

test('two taps on any other key do once what they say', async () => {
  const shop = createVirtualTill();
  const first = await shop.awaiting();
  worked(shop.till.cancel(first.id));
  worked(shop.till.cancel(first.id));
  await shop.time.pass(2_000);
  worked(shop.till.cancel(first.id));
  expect(shop.store.commandsOf(first.id).map(({ kind }) => kind)).toEqual(['create', 'cancel']);

  const second = await shop.paid();
  worked(shop.till.giveBack(second.id, 'left'));
  worked(shop.till.giveBack(second.id, 'left'));
  expect(shop.store.commandsOf(second.id).map(({ kind }) => kind)).toEqual(['create', 'refund']);

  const third = await shop.paid();
  worked(await meanwhile(shop, shop.till.handOver(third.id)));
  worked(shop.till.given(third.id));
  worked(shop.till.given(third.id));
  expect(refused(shop.till.notGiven(third.id, 'too late'))).toBe('cash-out.wrong-state');
  expect(shop.store.expectedCashMinor(third.shiftId)).toBe(950_000);
  expect(shop.breaches()).toEqual([]);
});

test('"return" wins over a hand-over that is still asking the network: no pulse, one refund', async () => {
  const shop = createVirtualTill();
  const { id } = await shop.paid();
  const handing = shop.till.handOver(id);
  await shop.time.pass(10);
  worked(shop.till.giveBack(id, 'changed their mind'));
  expect(refused(await meanwhile(shop, handing))).toBe('cash-out.wrong-state');
  expect(shop.pulses).toEqual([]);
  expect(shop.now(id).state).toBe('returning');
  expect(shop.breaches()).toEqual([]);
});

test('a hand-over that has begun wins over "return": the money stays where it is until the notes are back', async () => {
  const shop = createVirtualTill();
  const { id } = await shop.paid();
  worked(await meanwhile(shop, shop.till.handOver(id)));
  expect(refused(shop.till.giveBack(id, 'too late'))).toBe('cash-out.wrong-state');
  expect(shop.network.calls.filter(({ what }) => what === 'refund')).toEqual([]);
});

test('a hand-over while a poll is under way waits for it and asks again itself', async () => {
  const shop = createVirtualTill();
  const { id, externalReference } = await shop.awaiting();
  shop.network.statuses.set(externalReference, 'paid');
  await shop.time.pass(2_000);
  shop.network.latency.ms = 3_000;
  shop.till.sync.nudge(id);
  await shop.time.pass(100);
  const before = shop.network.calls.length;
  const handing = shop.till.handOver(id);
  await shop.time.pass(1_000);
  expect(shop.network.calls.length).toBe(before);
  expect(worked(await meanwhile(shop, handing)).state).toBe('handing_over');
  expect(shop.network.calls.length).toBe(before + 1);
});

test('notes move only on an answer no older than five seconds: a slow one is asked for again, two slow ones decide nothing', async () => {
  const shop = createVirtualTill();
  const { id } = await shop.paid();
  shop.network.latency.ms = 5_500;
  const before = shop.network.calls.length;
  expect(refused(await meanwhile(shop, shop.till.handOver(id)))).toBe('cash-out.cannot-check-now');
  expect(shop.network.calls.length).toBe(before + 2);
  expect(shop.now(id).state).toBe('paid');
  shop.network.latency.ms = 50;
  expect(worked(await meanwhile(shop, shop.till.handOver(id))).state).toBe('handing_over');
});

test('a cancel while the create is on the line is kept: the order is cancelled as soon as the network has it', async () => {
  const shop = createVirtualTill();
  shop.network.latency.ms = 2_000;
  const id = requested(shop);
  await shop.time.pass(500);
  expect(worked(shop.till.cancel(id))).toMatchObject({ state: 'requested', cancelAsked: true });
  await shop.time.pass(10_000);
  expect(shop.now(id).state).toBe('cancelled');
  expect(shop.store.entriesAbout(id).filter(({ event }) => event.type === 'command.enqueued')).toHaveLength(2);
  expect(shop.breaches()).toEqual([]);
});

test('a cancel while the missing QR is asked for is kept, and no QR is shown after it', async () => {
  const shop = createVirtualTill();
  shop.network.latency.ms = 2_000;
  shop.network.deliveries.push((honest): Delivery => {
    if (honest.kind !== 'answered') return honest;
    const { qrData: _left, ...fact } = honest.fact;
    return { ...honest, fact };
  });
  const id = requested(shop);
  await shop.time.pass(2_500);
  expect(shop.network.calls.map(({ what }) => what)).toEqual(['create', 'read']);
  worked(shop.till.cancel(id));
  await shop.time.pass(10_000);
  expect(shop.now(id).state).toBe('cancelled');
  expect(shop.breaches()).toEqual([]);
});

test('a request cancelled while its attempt proves not to have left is never sent again', async () => {
  const shop = createVirtualTill();
  shop.network.deliveries.push({ kind: 'not-sent', cause: 'connection-refused' });
  shop.network.latency.ms = 1_000;
  const id = requested(shop);
  await shop.time.pass(500);
  worked(shop.till.cancel(id));
  await shop.time.pass(30_000);
  expect(shop.now(id)).toMatchObject({ state: 'refused', code: 'cancelled-before-it-left' });
  expect(shop.network.calls.map(({ what }) => what)).toEqual(['create']);
  expect(shop.network.statuses.size).toBe(0);
});

test('open cash-outs never promise more than the drawer holds, and a drop never takes what they need', async () => {
  const shop = createVirtualTill({ floatMinor: 200_000 });
  const first = await shop.awaiting(120_000);
  expect(refused(shop.till.startCashOut({ network: NETWORK, amountMinor: 90_000 }))).toBe('amount.drawer-short');
  const second = await shop.awaiting(80_000);
  expect(refused(shop.till.startCashOut({ network: NETWORK, amountMinor: 5_000 }))).toBe('amount.drawer-short');
  expect(refused(shop.till.dropCash(1_000, 'safe'))).toBe('drop.too-large');
  worked(shop.till.cancel(first.id));
  await shop.time.pass(2_000);
  worked(shop.till.dropCash(120_000, 'safe'));
  expect(refused(shop.till.dropCash(1_000, 'safe'))).toBe('drop.too-large');
  shop.network.statuses.set(second.externalReference, 'paid');
  await shop.time.pass(7_000);
  worked(await meanwhile(shop, shop.till.handOver(second.id)));
  worked(shop.till.given(second.id));
  expect(shop.store.expectedCashMinor(second.shiftId)).toBe(0);
  expect(shop.breaches()).toEqual([]);
});

test('late money that the drawer no longer holds is not handed over from nothing: it goes back', async () => {
  const shop = createVirtualTill({ floatMinor: 100_000 });
  const { id, externalReference } = await shop.awaiting(100_000);
  worked(shop.till.cancel(id));
  await shop.time.pass(1_000);
  worked(shop.till.dropCash(60_000, 'safe'));
  shop.network.statuses.set(externalReference, 'paid');
  await shop.time.pass(70_000);
  expect(refused(await meanwhile(shop, shop.till.handOver(id)))).toBe('amount.drawer-short');
  worked(shop.till.giveBack(id, 'drawer short'));
  expect(shop.openCases(id)).toEqual([]);
  expect(shop.breaches()).toEqual([]);
});

test('one customer’s notes at a time: a second hand-over waits until the first is decided', async () => {
  const shop = createVirtualTill();
  const first = await shop.paid();
  const second = await shop.paid();
  const taps = Promise.all([shop.till.handOver(first.id), shop.till.handOver(second.id)]);
  const [one, other] = await meanwhile(shop, taps);
  expect(worked(one).state).toBe('handing_over');
  expect(refused(other)).toBe('cash-out.another-handing-over');
  expect(shop.pulses).toEqual(['hand-over']);
});

test('a shift that closes while the network is asked takes the hand-over with it: no drawer, no notes', async () => {
  const shop = createVirtualTill();
  const { id, externalReference } = await shop.awaiting();
  worked(shop.till.cancel(id));
  await shop.time.pass(1_000);
  shop.network.statuses.set(externalReference, 'paid');
  await shop.time.pass(70_000);
  const handing = shop.till.handOver(id);
  await shop.time.pass(10);
  worked(shop.till.closeShift({ totalMinor: 1_000_000 }));
  expect(refused(await meanwhile(shop, handing))).toBe('shift.none-open');
  expect(shop.pulses).toEqual([]);
  expect(shop.now(id).state).toBe('paid');
});

test('a drawer that never answers holds nobody up: notes are confirmed, taken back, handed over again', async () => {
  let tries = 0;
  const shop = createVirtualTill({
    drawer: {
      open: () => {
        tries += 1;
        return new Promise(() => undefined);
      },
      state: async () => 'unknown',
    },
  });
  const { id } = await shop.paid();
  expect(worked(await meanwhile(shop, shop.till.handOver(id))).state).toBe('handing_over');
  expect(shop.store.drawerOpenings(shop.now(id).shiftId)).toMatchObject([{ outcome: 'failed', cashOutId: id }]);
  worked(shop.till.notGiven(id, 'drawer stuck'));
  const before = shop.network.calls.length;
  await shop.time.pass(70_000);
  expect(shop.network.calls.length).toBeGreaterThan(before);
  expect(worked(await meanwhile(shop, shop.till.handOver(id))).state).toBe('handing_over');
  worked(shop.till.given(id));
  expect(tries).toBe(2);
});

test('a drawer driver that throws is a drawer that did not open, and the hand-over stands', async () => {
  const shop = createVirtualTill({
    drawer: { open: () => Promise.reject(new Error('driver')), state: async () => 'unknown' },
  });
  const { id } = await shop.paid();
  expect(worked(await meanwhile(shop, shop.till.handOver(id))).state).toBe('handing_over');
  expect(shop.store.drawerOpenings(shop.now(id).shiftId)).toMatchObject([{ outcome: 'failed' }]);
});

test('an order on the sticker is one at a time, also when the network refuses a request that may have arrived before', async () => {
  const shop = createVirtualTill();
  shop.network.deliveries.push({ kind: 'unknown', cause: 'timeout' });
  const evidence = evidenceAt(0);
  shop.network.deliveries.push({ kind: 'refused', code: 'forbidden', detail: '', blocksNetwork: false, evidence });
  const request = { network: NETWORK, amountMinor: 50_000, mode: 'static' } as const;
  const { id } = worked(shop.till.startCashOut(request));
  await shop.time.pass(10_000);
  expect(shop.now(id).state).toBe('refused');
  expect(shop.openCases(id)).toEqual(['command-conflict']);
  expect(refused(shop.till.startCashOut(request))).toBe('cash-out.sticker-taken');
  await shop.time.pass(300_000 + 120_000);
  worked(shop.till.startCashOut(request));
});

test('another order’s answer to a create neither settles it nor makes the right answer look old', async () => {
  const shop = createVirtualTill();
  shop.network.deliveries.push((honest): Delivery => {
    if (honest.kind !== 'answered') return honest;
    const fact = { ...honest.fact, networkOrderId: 'ORDFOREIGN', externalReference: 'SOMEBODYELSE' };
    return { ...honest, fact, evidence: { ...honest.evidence, orderUpdatedAtMs: 9_000_000 } };
  });
  const id = requested(shop);
  await shop.time.pass(5_000);
  expect(shop.now(id).state).toBe('awaiting_payment');
  expect(new Set(shop.network.calls.filter(({ what }) => what === 'create').map(({ key }) => key)).size).toBe(1);
  expect(shop.breaches()).toEqual([]);
});

test('a second look for the QR that brings another order is not taken for ours', async () => {
  const shop = createVirtualTill();
  shop.network.deliveries.push((honest): Delivery => {
    if (honest.kind !== 'answered') return honest;
    const { qrData: _left, ...fact } = honest.fact;
    return { ...honest, fact };
  });
  shop.network.readings.push((honest) =>
    honest.kind === 'answered' ? { ...honest, fact: { ...honest.fact, networkOrderId: 'ORDFOREIGN' } } : honest,
  );
  const id = requested(shop);
  await shop.time.pass(5_000);
  const { externalReference, ...now } = shop.now(id);
  expect(now).toMatchObject({ state: 'cancelled', order: { networkOrderId: `ORD${externalReference}` } });
  expect(shop.openCases(id)).toEqual(['qr-refused']);
});

test('two taps on "cancel" for a request that never left: both see it withdrawn', async () => {
  const shop = createVirtualTill({ started: false });
  const id = requested(shop);
  expect(worked(shop.till.cancel(id)).state).toBe('refused');
  expect(worked(shop.till.cancel(id)).state).toBe('refused');
  expect(shop.store.openCommands()).toEqual([]);
  expect(shop.breaches()).toEqual([]);
});

test('notes given while the network was out of the settings are settled at a later start, not left half told for ever (I2)', async () => {
  const shop = createVirtualTill();
  const { id } = await shop.paid();
  worked(await meanwhile(shop, shop.till.handOver(id)));
  shop.till.changeSettings({ ...shop.settings, networks: {} }, 'technician');
  expect(worked(shop.till.given(id)).state).toBe('dispensed');
  shop.till.changeSettings(shop.settings, 'technician');
  const again = shop.restarted();
  again.till.start();
  expect(again.now(id).state).toBe('settled');
  expect(again.breaches()).toEqual([]);
});
