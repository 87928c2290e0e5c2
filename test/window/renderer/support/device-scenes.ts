/** The technician's screens of devices, by name, as the till's views and the few taps that lead there. */
import type { Page } from 'playwright-core';
import type { Words } from '../../../../src-renderer/text/words.ts';
import { devicesView, discoveryView, printerView } from './device-views.ts';
import type { Scene } from './scenes.ts';

const main = (page: Page) => page.getByRole('main');

async function toDevices(page: Page, words: Words): Promise<void> {
  await page.getByRole('button', { name: words.shell.preferences }).click();
  await page.getByRole('dialog').getByRole('button', { name: words.devices.open }).click();
  await page.getByRole('heading', { name: words.devices.title }).waitFor();
}

async function toFound(page: Page, words: Words): Promise<void> {
  await toDevices(page, words);
  await main(page).getByRole('button', { name: words.devices.find, exact: true }).click();
  await page.locator('.people .person').first().waitFor();
}

async function toDraft(page: Page, words: Words, line: RegExp = /CH340/): Promise<void> {
  await toFound(page, words);
  await main(page).getByRole('button', { name: line }).click();
  await main(page).getByRole('button', { name: words.devices.begin }).waitFor();
}

/** Answers one question after the other by the text of its button. */
async function toQuestion(page: Page, words: Words, answers: readonly string[]): Promise<void> {
  await toDraft(page, words, /EPSON/);
  await main(page).getByRole('button', { name: words.devices.begin }).click();
  for (const answer of answers) {
    await main(page).locator('.device-answers').getByRole('button', { name: answer, exact: true }).click();
    await page.waitForTimeout(50);
  }
  await page.locator('.device-guide').waitFor();
}

export const DEVICE_SCENES: readonly Scene[] = [
  { name: 'devices-start', lead: toDevices },
  { name: 'devices-found', discovery: discoveryView(), lead: toFound },
  {
    name: 'devices-found-part',
    discovery: discoveryView({
      lines: [],
      problems: [{ step: 'usb', code: 'permission', detail: '/dev/bus/usb/001/004 may not be opened' }],
    }),
    lead: async (page, words) => {
      await toDevices(page, words);
      await main(page).getByRole('button', { name: words.devices.find, exact: true }).click();
      await main(page).getByText(words.devices.foundNone).waitFor();
    },
  },
  { name: 'devices-draft', lead: (page, words) => toDraft(page, words) },
  {
    name: 'devices-line',
    lead: async (page, words) => {
      await toDevices(page, words);
      await main(page).getByRole('button', { name: words.devices.byHand }).click();
      await main(page).getByText(words.devices.lineTitle).waitFor();
      await main(page).getByRole('radio', { name: words.devices.lineKinds.tcp }).click();
    },
  },
  {
    name: 'devices-import',
    lead: async (page, words) => {
      await toDevices(page, words);
      await main(page).getByRole('button', { name: words.devices.fromFile }).click();
      await main(page).getByText(words.devices.importTitle).waitFor();
    },
  },
  { name: 'devices-question', lead: (page, words) => toQuestion(page, words, []) },
  { name: 'devices-columns', lead: (page, words) => toQuestion(page, words, [words.devices.answers.yes]) },
  {
    name: 'devices-letters',
    lead: (page, words) => toQuestion(page, words, [words.devices.answers.yes, '48']),
  },
  {
    name: 'devices-stopped',
    lead: (page, words) => toQuestion(page, words, [words.devices.answers.nothing]),
  },
  {
    name: 'devices-finished',
    lead: (page, words) => {
      const { yes, native, opened, closed, no } = words.devices.answers;
      return toQuestion(page, words, [yes, '48', '19 CP858', native, opened, closed, no, no]);
    },
  },
  {
    name: 'devices-paired',
    devices: devicesView({ devices: [printerView()] }),
    lead: toDevices,
  },
  {
    name: 'devices-fault',
    devices: devicesView({
      devices: [printerView({}, { paper: 'out', online: 'no', fault: 'paper-out', drawer: 'unknown' })],
    }),
    lead: toDevices,
  },
  {
    name: 'devices-carry',
    devices: devicesView({ devices: [printerView()] }),
    lead: async (page, words) => {
      await toDevices(page, words);
      await main(page).getByRole('button', { name: words.devices.carry }).click();
      await page.locator('.device-code svg').waitFor();
    },
  },
  {
    name: 'devices-forget',
    devices: devicesView({ devices: [printerView()] }),
    lead: async (page, words) => {
      await toDevices(page, words);
      await main(page).getByRole('button', { name: words.devices.forget, exact: true }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'devices-practice',
    devices: devicesView({ canPair: false, profiles: [] }),
    lead: toDevices,
  },
];
