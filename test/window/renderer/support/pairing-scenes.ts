/** The technician's screens of pairing, by name, as the till's views and the few taps that lead there. */
import type { Page } from 'playwright-core';
import type { PairingLookView } from '../../../../src-main/core/contract/pairing-views.ts';
import type { Words } from '../../../../src-renderer/text/words.ts';
import type { Scene } from './scenes.ts';
import { PAIRED, pairingLookView, pairingSteps, pairingView } from './pairing-views.ts';
import { tillView } from './views.ts';

async function toPairing(page: Page, words: Words): Promise<void> {
  await page.getByRole('button', { name: words.shell.preferences }).click();
  await page.getByRole('dialog').getByRole('button', { name: words.pairing.open }).click();
  await page.getByRole('heading', { name: words.pairing.title }).waitFor();
}

async function toPlaces(page: Page, words: Words): Promise<void> {
  await toPairing(page, words);
  await page.getByRole('main').getByRole('button', { name: words.pairing.look, exact: true }).click();
  await page.locator('.pairing-form').waitFor();
}

function noStores({ storeId: _none, ...look }: PairingLookView): PairingLookView {
  return { ...look, stores: [], pointsOfSale: [] };
}

const REFUSED = {
  code: 'pairing.refused',
  detail: 'store SUC01: the network says INVALID_CITY_NAME (the state has no such city)',
  values: { code: 'INVALID_CITY_NAME' },
} as const;

/** Both interfaces of one account. */
const BOTH = tillView().networks.flatMap((one) => [one, { ...one, id: 'mercadopago-instore' as const }]);

export const PAIRING_SCENES: readonly Scene[] = [
  { name: 'pairing-start', lead: toPairing },
  { name: 'pairing-token', pairing: pairingView({ hasToken: false }), lead: toPairing },
  { name: 'pairing-places', lead: toPlaces },
  {
    name: 'pairing-address',
    pairingLook: noStores(pairingLookView()),
    lead: toPlaces,
  },
  {
    name: 'pairing-take-over',
    lead: async (page, words) => {
      await toPlaces(page, words);
      await page
        .getByRole('main')
        .getByRole('button', { name: /SUC01CAJA02/ })
        .click();
      await page.getByRole('main').getByRole('button', { name: words.pairing.start, exact: true }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'pairing-running',
    pairing: pairingView({ ...PAIRED, isRunning: true, steps: pairingSteps('proof', 'doing') }),
    lead: toPairing,
  },
  {
    name: 'pairing-failed',
    pairing: pairingView({ ...PAIRED, fault: REFUSED, steps: pairingSteps('store', 'failed') }),
    lead: toPairing,
  },
  {
    name: 'pairing-two',
    view: { networks: BOTH },
    pairing: pairingView({ ...PAIRED, mode: 'static', savedAtMs: Date.now(), steps: pairingSteps('settings', 'done') }),
    lead: async (page, words) => {
      await toPairing(page, words);
      await page.locator('.pairing-picture img').waitFor();
    },
  },
  {
    name: 'pairing-done',
    pairing: pairingView({ ...PAIRED, savedAtMs: Date.now(), steps: pairingSteps('settings', 'done') }),
    lead: async (page, words) => {
      await toPairing(page, words);
      await page.locator('.pairing-picture img').waitFor();
    },
  },
];
