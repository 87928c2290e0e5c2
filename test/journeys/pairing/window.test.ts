/** Pairing as a window asks for it: begun and followed, practised in training, and never with the token in an answer. */
import { readdirSync } from 'node:fs';
import { onTestFinished, expect, test } from 'vitest';
import { temporaryDirectory } from '../../adapters/system/temporary-directory.ts';
import { createHandlers } from '../../../src-main/bridge/handlers.ts';
import { composeTraining } from '../../../src-main/compose/training.ts';
import type { Handlers } from '../../../src-main/core/contract/contract.ts';
import type { PairingView } from '../../../src-main/core/contract/pairing-views.ts';
import { createEchoingNetwork } from '../cli/echoing-network.ts';
import { ADDRESS, unpairedShop } from '../../support/pairing-bench.ts';
import { TOKEN, worked } from '../../support/till-bench.ts';

const network = 'mercadopago-orders';

async function ended(handlers: Handlers): Promise<PairingView> {
  await expect
    .poll(async () => worked(await handlers['pairing.view']({ network })).isRunning, { timeout: 10_000 })
    .toBe(false);
  return worked(await handlers['pairing.view']({ network }));
}

test('a window begins, follows, and shows the sticker at the end', async () => {
  const { till, engine } = await unpairedShop();
  const handlers = createHandlers(till);
  const before = worked(await handlers['pairing.view']({ network }));
  expect(before).toMatchObject({ hasToken: true, isRunning: false, tokenSecret: 'mercadopago-token' });
  expect(worked(await handlers['pairing.look']({ network }))).toMatchObject({
    stores: [],
    wantedStoreId: 'ABARROTESLAESQUINA',
  });

  const begun = worked(await handlers['pairing.start']({ network, store: { address: ADDRESS }, pos: {} }));
  expect(begun.isRunning).toBe(true);
  const view = await ended(handlers);
  expect(view.fault).toBeUndefined();
  expect(view.steps.map(({ state }) => state)).toEqual(Array(7).fill('done'));
  expect(view).toMatchObject({
    store: { name: 'Abarrotes La Esquina' },
    pos: { isOfThisTill: true, isAmountFixed: true },
  });
  expect(worked(await handlers['pairing.sticker']({ network })).picture).toMatch(/^data:image\/png;base64,iVBOR/);

  const [store] = engine.stores();
  const looked = worked(await handlers['pairing.look']({ network, storeId: String(store?.id) }));
  expect(looked).toMatchObject({
    storeId: String(store?.id),
    posId: view.pos?.id,
    pointsOfSale: [{ isOfThisTill: true }],
  });
});

test('a refusal of the network stands in the view, at its step, until the next try', async () => {
  const { till, engine } = await unpairedShop();
  const handlers = createHandlers(till);
  engine.revokeToken(TOKEN);
  worked(await handlers['pairing.start']({ network, store: {}, pos: {} }));
  expect(await ended(handlers)).toMatchObject({
    fault: { code: 'pairing.token-refused' },
    steps: [{ step: 'account', state: 'failed' }, {}, {}, {}, {}, {}, {}],
  });
  engine.restoreToken(TOKEN);
  worked(await handlers['pairing.start']({ network, store: { address: ADDRESS }, pos: {} }));
  expect((await ended(handlers)).fault).toBeUndefined();
});

test('whatever an echoing network sends back, no answer to a window and no entry of the journal holds the token', async () => {
  const echo = await createEchoingNetwork();
  onTestFinished(() => echo.close());
  const { till } = await unpairedShop({ networks: { [network]: { baseUrl: echo.baseUrl } } });
  const handlers = createHandlers(till);
  const said: unknown[] = [];
  for (const kind of ['plain', 'error', 'base64', 'percent', 'order'] as const) {
    echo.answerWith(kind);
    said.push(await handlers['pairing.look']({ network }));
    said.push(await handlers['pairing.start']({ network, store: { address: ADDRESS }, pos: {} }));
    said.push(await ended(handlers));
  }
  said.push(await handlers['pairing.sticker']({ network }), till.context.store.entries(1, 1_000));
  expect(echo.heard()).toContain(`Bearer ${TOKEN}`);
  const all = JSON.stringify(said);
  for (const form of [TOKEN, TOKEN.slice(8), Buffer.from(TOKEN).toString('base64').replaceAll('=', '')])
    expect(all).not.toContain(form);
}, 30_000);

test('in training pairing is practised against the simulated network, and the sticker comes out with the watermark', async () => {
  const dataDirectory = temporaryDirectory();
  const training = await composeTraining({ dataDirectory });
  onTestFinished(() => training.close());
  const { handlers, engine, printer } = training;
  worked(await handlers['pairing.start']({ network, store: { externalId: 'SUC01', address: ADDRESS }, pos: {} }));
  const view = await ended(handlers);
  expect(view.fault).toBeUndefined();
  expect(view.savedAtMs).toBeGreaterThan(0);
  expect(engine.pointsOfSale().map(({ externalId }) => externalId)).toEqual(['SUC01CAJA07']);
  expect(worked(await handlers['pairing.print-sticker']({ network })).state).toBe('sent');
  expect(JSON.stringify(printer.papers().at(-1))).toContain('ENTRENAMIENTO');
  expect(readdirSync(dataDirectory)).not.toContain('pictures');
});
