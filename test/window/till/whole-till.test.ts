/** The whole till in its real windows: what the customer can scan, what a restart comes back to, what training never does. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { composeProduction, composeWindowTill } from '../../../src-main/compose/production.ts';
import { composeTraining } from '../../../src-main/compose/training.ts';
import { readSettingsFile } from '../../../src-main/core/contract/settings-file.ts';
import type { CashOutState } from '../../../src-main/core/domain/cash-out.ts';
import { createMercadoPagoEngine } from '../../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import { createMercadoPagoServer } from '../../../src-main/simulators/networks/mercadopago-orders/server.ts';
import { renderPaper } from '../../../src-main/simulators/devices/virtual-printer/render-paper.ts';
import { readWithJsQr, readWithZbar } from '../../support/qr-readers.ts';
import { worked } from '../../support/till-bench.ts';
import { eventually, inWindows, temporaryFolder } from './whole-till.ts';

const cleanUps: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

function dataFolder(name: string): string {
  const { folder, remove } = temporaryFolder(name);
  cleanUps.push(remove);
  return folder;
}

test('the QR on both screens and on paper is the network’s data byte for byte (I7), and gone as soon as it is paid', async () => {
  const training = await composeTraining({ dataDirectory: dataFolder('qr') });
  cleanUps.push(() => training.close());
  const app = await inWindows(training);
  cleanUps.push(() => app.close());
  const { till, engine, printer } = training;
  worked(till.openShift({ cashierCode: 1042, floatMinor: 500_000 }));

  const cashier = app.window('cashier');
  const customer = app.window('customer');
  await cashier?.hands?.tap({ key: 'F2' });
  await cashier?.hands?.type('500\n');
  const cashOut = await eventually('an order', () => till.context.store.cashOutsIn(['awaiting_payment'])[0]);
  const networkData = engine.order(cashOut.externalReference)?.qrData ?? 'none';
  worked(await till.print('qr', cashOut.id));
  await cashier?.hands?.sees('Esperando el pago');
  await customer?.hands?.sees('Escanee el código');

  const pictures = [await cashier?.screenshot(), await customer?.screenshot(), await paperPicture(printer)];
  for (const picture of pictures) {
    expect(readWithZbar(picture ?? new Uint8Array())).toBe(networkData);
    expect(readWithJsQr(picture ?? new Uint8Array())).toBe(networkData);
  }

  engine.customerPays(cashOut.externalReference);
  till.sync.nudge(cashOut.id);
  await cashier?.hands?.sees('Compare con el teléfono del cliente');
  expect(readWithJsQr((await cashier?.screenshot()) ?? new Uint8Array())).toBeUndefined();
  expect(readWithJsQr((await customer?.screenshot()) ?? new Uint8Array())).toBeUndefined();
});

async function paperPicture(printer: Awaited<ReturnType<typeof composeTraining>>['printer']): Promise<Uint8Array> {
  const paper = printer.papers().at(-1);
  if (!paper) throw new Error('no slip came out of the printer');
  return renderPaper(paper);
}

test('training has its own database, never a pulse for the drawer, and its watermark on every slip (I10)', async () => {
  const dataDirectory = dataFolder('training');
  const training = await composeTraining({ dataDirectory });
  cleanUps.push(() => training.close());
  const { till, engine, printer } = training;
  const shift = worked(till.openShift({ cashierCode: 1042, floatMinor: 500_000 }));
  const cashOut = worked(till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }));
  await eventually('an order', () => engine.order(cashOut.externalReference));
  engine.customerPays(cashOut.externalReference);
  await till.sync.sweep();
  worked(await till.handOver(cashOut.id));
  worked(till.given(cashOut.id));
  worked(await till.openDrawer('to see whether it opens'));
  for (const [kind, subject] of [
    ['receipt', cashOut.id],
    ['x-report', shift.id],
    ['test', ''],
  ] as const)
    worked(await till.print(kind, subject));

  expect(printer.pulses()).toEqual([]);
  expect(till.context.store.drawerOpenings(shift.id).map(({ outcome }) => outcome)).toEqual(['training', 'training']);
  const texts = printer.papers().map(({ text }) => text);
  expect(texts).toHaveLength(3);
  for (const text of texts) expect(text.match(/ENTRENAMIENTO/g)).toHaveLength(2);
  expect(existsSync(path.join(dataDirectory, 'till.db'))).toBe(false);
});

/** What the cashier must see first after a crash in this state. */
const NEXT_SCREEN: readonly (readonly [CashOutState, string])[] = [
  ['awaiting_payment', 'Esperando el pago'],
  ['paid', 'Compare con el teléfono del cliente'],
  ['handing_over', 'Cuente y entregue'],
];

test.each(NEXT_SCREEN)(
  'after a crash in %s the next start shows the one next step: "%s" (I8)',
  async (state, words) => {
    const { dataDirectory, engine } = await crashedIn(state);
    const startMs = performance.now();
    const till = composeWindowTill({ dataDirectory });
    cleanUps.push(() => till.close());
    const engineReadyMs = performance.now() - startMs;
    const app = await inWindows(till);
    cleanUps.push(() => app.close());
    await app.window('cashier')?.hands?.sees(words);
    expect(engine.orders()).toHaveLength(1);
    expect(engineReadyMs).toBeLessThan(2_000);
  },
);

/** A production till that ended without a word: nothing is closed in order, only the operating system's part (files, lock) is let go. */
async function crashedIn(
  state: CashOutState,
): Promise<{ dataDirectory: string; engine: ReturnType<typeof createMercadoPagoEngine> }> {
  const dataDirectory = dataFolder('crash');
  const engine = createMercadoPagoEngine({ seed: 3, nowMs: Date.now });
  const server = await createMercadoPagoServer(engine, { port: 0 });
  cleanUps.push(() => server.close());
  const { till, foundation } = composeProduction({ dataDirectory });
  const settings = readSettingsFile({ networks: { 'mercadopago-orders': { baseUrl: server.baseUrl } } });
  if (!settings.ok) throw new Error(JSON.stringify(settings.error));
  till.changeSettings(settings.value, 'test');
  foundation.vault.set('mercadopago-token', 'a-token-for-a-test');
  worked(till.openShift({ cashierCode: 1, floatMinor: 500_000 }));
  const cashOut = worked(till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }));
  await till.sync.sweep();
  if (state !== 'awaiting_payment') {
    engine.customerPays(cashOut.externalReference);
    await till.sync.sweep();
  }
  if (state === 'handing_over') worked(await till.handOver(cashOut.id));
  expect(foundation.store.cashOut(cashOut.id)?.state).toBe(state);
  foundation.close();
  return { dataDirectory, engine };
}
