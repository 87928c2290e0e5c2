/**
 * Training mode (I10): its own database, the simulated network in this very process, virtual printer and display, and no drawer at all.
 * The simulated network forgets when the program ends, so practice begins with an empty database each time.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createLineDisplay } from '../adapters/devices/displays/line-display.ts';
import { createEscPosPrinter } from '../adapters/devices/printers/escpos-printer.ts';
import type { ByteTransport } from '../adapters/devices/transports/byte-transport.ts';
import { locateDataDirectory, prepareDataDirectory } from '../adapters/system/data-directory.ts';
import { createAnnouncements } from '../bridge/announcements.ts';
import { createHandlers } from '../bridge/handlers.ts';
import type { TrainingControls } from '../bridge/handlers.ts';
import { createTill } from '../core/application/till.ts';
import type { Till } from '../core/application/till.ts';
import { readSettingsFile } from '../core/contract/settings-file.ts';
import { ok } from '../core/domain/result.ts';
import type { Settings } from '../core/domain/settings.ts';
import { createVirtualDisplay } from '../simulators/devices/virtual-display/virtual-display.ts';
import type { VirtualDisplay } from '../simulators/devices/virtual-display/virtual-display.ts';
import { renderPaper } from '../simulators/devices/virtual-printer/render-paper.ts';
import { createVirtualPrinter } from '../simulators/devices/virtual-printer/virtual-printer.ts';
import type { VirtualPrinter } from '../simulators/devices/virtual-printer/virtual-printer.ts';
import type { InstoreEngine } from '../simulators/networks/mercadopago-instore/engine.ts';
import { createMercadoPagoEngine } from '../simulators/networks/mercadopago-orders/engine.ts';
import type { MercadoPagoEngine } from '../simulators/networks/mercadopago-orders/engine.ts';
import { createMercadoPagoServer } from '../simulators/networks/mercadopago-orders/server.ts';
import { loadDisplayProfile, loadPrinterProfile } from './devices.ts';
import { layFoundation } from './foundation.ts';
import type { Foundation } from './foundation.ts';
import { createNetworks, createPairingParts, createPayoutNetworks } from './networks.ts';
import { simulateInstore } from './training-instore.ts';
import { openTrainingPayouts, TRAINING_PAYOUT_NETWORKS } from './training-payouts.ts';
import type { TrainingPayouts } from './training-payouts.ts';
import type { WindowTill } from './window-till.ts';

export type TrainingTill = WindowTill &
  Readonly<{
    till: Till;
    engine: MercadoPagoEngine;
    instore: InstoreEngine;
    payoutEngines: TrainingPayouts['engines'];
    printer: VirtualPrinter;
    display: VirtualDisplay;
  }>;

export type TrainingOptions = Readonly<{
  dataDirectory?: string;
  seed?: number;
  refundTakesMs?: number;
  /** Also the in-store network, which takes a purchase beside the notes. */
  purchases?: boolean;
}>;

const TOKEN = 'training-token';
const REFUND_TAKES_MS = 4_000;

export async function composeTraining(options: TrainingOptions = {}): Promise<TrainingTill> {
  const directory = prepareDataDirectory(options.dataDirectory ?? locateDataDirectory());
  for (const suffix of ['', '-wal', '-shm']) rmSync(directory.trainingDatabase + suffix, { force: true });
  const foundation = layFoundation({ mode: 'training', dataDirectory: directory.root });
  const { clock, store, log, appVersion, timers, ids, random } = foundation;
  const refundTakesMs = options.refundTakesMs ?? REFUND_TAKES_MS;
  const engine = createMercadoPagoEngine({
    seed: options.seed ?? 1,
    nowMs: () => clock.nowMs(),
    settings: { refundTakesMs },
  });
  const server = await createMercadoPagoServer(engine, { port: 0 });
  const payouts = await openTrainingPayouts(clock, options.seed ?? 1);
  const second = await simulateInstore({
    seed: options.seed ?? 1,
    nowMs: () => clock.nowMs(),
    returnTakesMs: refundTakesMs,
  });
  const profile = loadPrinterProfile('generic-80mm');
  const virtualPrinter = createVirtualPrinter({ widthDots: profile.dots });
  const virtualDisplay = createVirtualDisplay();
  keepPapers(foundation, virtualPrinter);
  const printer = createEscPosPrinter(profile, lineTo('virtual printer', virtualPrinter));
  const pole = lineTo('virtual display', virtualDisplay);
  const display = createLineDisplay(loadDisplayProfile('escpos-2x20'), pole, foundation);
  const simulated = { baseUrl: server.baseUrl, instoreBaseUrl: second.baseUrl, token: TOKEN };
  const till = createTill({
    mode: 'training',
    appVersion,
    store,
    clock,
    timers,
    ids,
    random,
    log,
    printer,
    display,
    networks: (settings, hearClock) => createNetworks(foundation, settings, hearClock, simulated),
    pairing: createPairingParts(foundation, path.join(directory.spool, 'training/pictures'), simulated),
    payoutNetworks: (settings, hearClock) => createPayoutNetworks(foundation, settings, hearClock, payouts.lines),
  });
  till.changeSettings(trainingSettings(options.purchases === true), 'training');
  const announcements = createAnnouncements(till);
  till.start();
  return {
    mode: 'training',
    till,
    handlers: createHandlers(till, controlsOf(engine, second.instore, payouts)),
    events: (hear) => announcements.listen(hear),
    clock,
    log,
    engine,
    payoutEngines: payouts.engines,
    instore: second.instore,
    printer: virtualPrinter,
    display: virtualDisplay,
    dataDirectory: directory.root,
    async close() {
      announcements.close();
      await till.stop();
      await printer.close();
      await display.close();
      await server.close();
      await payouts.close();
      await second.close();
      foundation.close();
    },
  };
}

function trainingSettings(withPurchases: boolean): Settings {
  const read = readSettingsFile({
    shop: { name: 'Abarrotes La Esquina' },
    till: { id: 'CAJA07' },
    people: [
      { code: 1042, name: 'Rosa Núñez', role: 'cashier' },
      { code: 1043, name: 'João Conceição', role: 'cashier' },
      { code: 7, name: 'Marta Ibáñez', role: 'supervisor' },
    ],
    quickAmounts: ['100', '200', '500', '1000', '2000'],
    limits: { min: '50', max: '5000', step: '10' },
    networks: {
      'mercadopago-orders': { externalPosId: 'SUC01CAJA07', userId: '700100200' },
      ...TRAINING_PAYOUT_NETWORKS,
      ...(withPurchases && { 'mercadopago-instore': { externalPosId: 'SUC01CAJA07', userId: '700100200' } }),
    },
  });
  if (!read.ok) throw new Error(`training settings: ${JSON.stringify(read.error)}`);
  return read.value;
}

function controlsOf(engine: MercadoPagoEngine, instore: InstoreEngine, payouts: TrainingPayouts): TrainingControls {
  return {
    customer(reference, act) {
      const isInstore = instore.order(reference) !== undefined;
      if (isInstore && act === 'walk-away') instore.customerWalksAway(reference);
      else if (isInstore) instore[act === 'pay' ? 'customerPays' : 'customerStartsPaying'](reference);
      else if (act === 'pay') engine.customerPays(reference);
      else if (act === 'start-paying') engine.customerStartsPaying(reference);
      else engine.customerGivesUp(reference);
    },
    network(state) {
      engine.setNetwork(state);
      payouts.setNetwork(state);
      instore.setNetwork(state);
    },
  };
}

/** A line straight into a virtual device: the same bytes as on a cable, answers included. */
function lineTo(id: string, device: VirtualPrinter | VirtualDisplay): ByteTransport {
  return {
    id,
    kind: 'file',
    canRead: false,
    write: async (bytes) => {
      device.write(bytes);
      return ok(undefined);
    },
    onData: () => () => undefined,
    close: async () => undefined,
  };
}

/** Every slip as a picture in the spool. A picture that cannot be drawn is a line in the log; the slip counts as printed all the same. */
function keepPapers({ directory, log }: Foundation, printer: VirtualPrinter): void {
  const folder = path.join(directory.spool, 'training');
  let number = 0;
  printer.onPaper((paper) => {
    number += 1;
    const file = path.join(folder, `slip-${String(number).padStart(4, '0')}.png`);
    renderPaper(paper)
      .then((picture) => {
        mkdirSync(folder, { recursive: true });
        return writeFileSync(file, picture);
      })
      .catch((error: unknown) => log.warn('slip picture', { file, error: String(error) }));
  });
}
