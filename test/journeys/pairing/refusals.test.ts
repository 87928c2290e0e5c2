/** What a technician is told when a till cannot be paired, and what is left alone. */
import { expect, test } from 'vitest';
import type { PairRequest } from '../../../src-main/core/domain/pairing.ts';
import { unpairedShop, WITH_ADDRESS } from '../../support/pairing-bench.ts';
import { TOKEN, worked } from '../../support/till-bench.ts';

function refusal(code: string): object {
  return { ok: false, error: { code } };
}

test('without a token nothing leaves; with a wrong one nothing is made', async () => {
  const nobody = await unpairedShop({ token: () => undefined });
  expect(nobody.till.pairing.hasToken('mercadopago-orders')).toBe(false);
  expect(await nobody.till.pairing.run(WITH_ADDRESS)).toMatchObject(refusal('pairing.token-missing'));
  expect(nobody.engine.requestCount()).toBe(0);

  const { till, engine } = await unpairedShop();
  engine.revokeToken(TOKEN);
  expect(await till.pairing.run(WITH_ADDRESS)).toMatchObject(refusal('pairing.token-refused'));
  expect(engine.requests().map(({ operation }) => operation)).toEqual(['read-account']);
  expect(till.pairing.progress('mercadopago-orders')).toMatchObject({
    isRunning: false,
    fault: { code: 'pairing.token-refused' },
    steps: [{ step: 'account', state: 'failed' }, { state: 'waiting' }, {}, {}, {}, {}, {}],
  });
});

test('an account of another country, or another account than the settings name, is refused', async () => {
  const abroad = await unpairedShop();
  abroad.engine.change({ country: 'AR' });
  expect(await abroad.till.pairing.run(WITH_ADDRESS)).toMatchObject({
    ok: false,
    error: { code: 'pairing.wrong-country', values: { account: 'AR', settings: 'MX' } },
  });

  const { till, engine } = await unpairedShop();
  worked(await till.pairing.run(WITH_ADDRESS));
  engine.change({ userId: '700100999' });
  expect(await till.pairing.run(WITH_ADDRESS)).toMatchObject(refusal('pairing.wrong-account'));
});

test('another till’s point of sale is refused, and taken only by word and reason', async () => {
  const shop = await unpairedShop();
  worked(await shop.till.pairing.run(WITH_ADDRESS));
  const other = shop.otherTill('CAJA08');
  const theirs: PairRequest = { ...WITH_ADDRESS, pos: { externalId: 'SUC01CAJA07' } };
  expect(await other.till.pairing.run(theirs)).toMatchObject(refusal('pairing.pos-taken'));
  expect(other.steps()).not.toContain('saved');

  const moved = worked(await other.till.pairing.run({ ...theirs, takeOver: { reason: 'till 7 was scrapped' } }));
  expect(moved.pos.externalId).toBe('SUC01CAJA07');
  const said = other.till.context.store
    .entriesAbout('pairing mercadopago-orders')
    .flatMap(({ event }) => (event.type === 'pairing.step' && event.step.kind === 'pos' ? [event.step] : []));
  expect(said).toMatchObject([{ how: 'taken-over', reason: 'till 7 was scrapped' }]);
  // From now on it is this till's.
  worked(await other.till.pairing.run({ network: 'mercadopago-orders', store: {}, pos: {} }));
});

test('a point of sale with this till’s name under another external id is not doubled', async () => {
  const { till, engine } = await unpairedShop();
  worked(await till.pairing.run(WITH_ADDRESS));
  const twin: PairRequest = { ...WITH_ADDRESS, pos: { externalId: 'MOSTRADOR1', name: 'caja07' } };
  expect(await till.pairing.run(twin)).toMatchObject(refusal('pairing.pos-taken'));
  expect(engine.pointsOfSale()).toHaveLength(1);
  const other = (await unpairedShop()).till;
  expect(await other.pairing.run({ ...WITH_ADDRESS, pos: { externalId: 'MOSTRADOR1' } })).toMatchObject(
    refusal('pairing.pos-taken'),
  );
});

test('two networks of one till do not share a sticker, unless the technician says so', async () => {
  const { till } = await unpairedShop();
  const settings = till.context.store.settings();
  const { 'mercadopago-orders': orders, 'mercadopago-instore': instore } = settings?.networks ?? {};
  if (!settings || !orders || !instore) throw new Error('the bench has two networks');
  const hybrid = { ...orders, mode: 'hybrid' as const };
  const onSticker = { ...instore, mode: 'static' as const, externalPosId: 'SUC01CAJA07' };
  till.changeSettings(
    { ...settings, networks: { 'mercadopago-orders': hybrid, 'mercadopago-instore': onSticker } },
    'test',
  );
  expect(await till.pairing.run(WITH_ADDRESS)).toMatchObject(refusal('pairing.pos-taken'));
  worked(await till.pairing.run({ ...WITH_ADDRESS, takeOver: { reason: 'the old one is switched off tonight' } }));
});

test('an account without cash-out hears it from the test order, and no settings are saved', async () => {
  const { till, engine, steps } = await unpairedShop();
  engine.change({ isSellerEnabled: false });
  expect(await till.pairing.run(WITH_ADDRESS)).toMatchObject({
    ok: false,
    error: { code: 'pairing.proof-failed', values: { code: 'seller_configuration' } },
  });
  expect(steps().slice(-2)).toEqual(['proof-asked', 'proof-ended']);
  expect(till.context.store.settings()?.networks['mercadopago-orders']?.userId).toBeUndefined();
  engine.change({ isSellerEnabled: true });
  worked(await till.pairing.run(WITH_ADDRESS));
});

test('a catalogue that knows no such city refuses the store in its own words', async () => {
  const { till, engine, steps } = await unpairedShop();
  engine.change({ knownPlaces: [{ state: 'Puebla', city: 'Cholula' }] });
  const refused = await till.pairing.run(WITH_ADDRESS);
  expect(refused).toMatchObject({
    ok: false,
    error: { code: 'pairing.refused', values: { code: 'INVALID_CITY_NAME' } },
  });
  expect(steps()).toEqual(['account', 'creating', 'not-made']);
});

test('what an answer says about a token never reaches the journal', async () => {
  const { till, engine } = await unpairedShop();
  engine.change({ merchantName: TOKEN });
  await till.pairing.run(WITH_ADDRESS);
  const kept = JSON.stringify(till.context.store.entries(1, 1_000));
  expect(kept).not.toContain(TOKEN);
});
