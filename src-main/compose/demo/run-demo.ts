/**
 * `npm start -- --demo`: a scripted shift in the real windows, in training mode on the simulators. Prints a line per story and the closing
 * reports, saves pictures, and answers whether everything ended as scripted and the drawer balances.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { formatMoney, money, parseAmount } from '../../core/domain/money.ts';
import type { WindowHost } from '../../hosts/window-host.ts';
import { composeTraining } from '../training.ts';
import type { TrainingTill } from '../training.ts';
import { openWindows } from '../window-app.ts';
import { openAlbum } from './album.ts';
import { payoutsOf } from './payout-stories.ts';
import { FLOAT, STORIES } from './script.ts';
import type { Story } from './script.ts';
import { Stage } from './stage.ts';

export type DemoOptions = Readonly<{
  createHost: (till: TrainingTill) => WindowHost;
  /** Where the pictures go; emptied first. */
  folder: string;
  say: (line: string) => void;
}>;

const SIZES = { cashier: { widthPx: 1280, heightPx: 800 }, customer: { widthPx: 1024, heightPx: 768 } };

/** True when everything ended as scripted. */
export async function runDemo({ createHost, folder, say }: DemoOptions): Promise<boolean> {
  const dataDirectory = mkdtempSync(path.join(tmpdir(), 'ventanilla-demo-'));
  const training = await composeTraining({ dataDirectory, refundTakesMs: 1_500, purchases: true });
  const album = openAlbum(folder, training.printer, training.display);
  const app = await openWindows(training, createHost(training), { kiosk: false, sizes: SIZES });
  try {
    // What banks do is in the script.
    training.payoutEngines.onekey.setBanks('none');
    const stage = new Stage(training, app, album);
    const isGood = await playShift(stage, say);
    const pictures = await album.finish();
    say(`${pictures} pictures in ${path.relative('.', folder) || folder}/`);
    return isGood;
  } finally {
    await app.close();
    await training.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

async function playShift(stage: Stage, say: DemoOptions['say']): Promise<boolean> {
  await openShift(stage);
  say(`Shift open, float ${FLOAT}. ${STORIES.length} stories.`);
  let isGood = true;
  for (const [index, story] of STORIES.entries()) {
    const line = await playStory(stage, story);
    say(`${String(index + 1).padStart(2)}  ${line.text}`);
    isGood &&= line.isGood;
  }
  await showLanguages(stage);
  return (await closeShift(stage, say)) && isGood;
}

async function openShift(stage: Stage): Promise<void> {
  await stage.picture('open-shift');
  await stage.say('Rosa Núñez');
  await stage.hands.type(FLOAT);
  await stage.tap('F4');
  await stage.hands.sees('Cobrar con QR');
  await stage.picture('home');
}

async function playStory(stage: Stage, { title, ends, play }: Story): Promise<{ text: string; isGood: boolean }> {
  const { clock } = stage.training;
  const startMs = clock.monotonicMs();
  let ended;
  try {
    ended = await play(stage);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { isGood: false, text: `BAD ${title.padEnd(25)}${reason}` };
  }
  const isGood = ended.state === ends;
  const seconds = ((clock.monotonicMs() - startMs) / 1_000).toFixed(1).padStart(5);
  const amount = formatMoney(money(ended.currency, ended.amountMinor)).padStart(9);
  const mark = isGood ? 'ok  ' : 'BAD ';
  return {
    isGood,
    text: `${mark}${title.padEnd(25)}${amount}  ${ended.state.padEnd(10)}${seconds} s  ${ended.id}`,
  };
}

/** The same screen in the other languages and in the dark. */
async function showLanguages(stage: Stage): Promise<void> {
  const { handlers } = stage.training;
  await stage.tap('F10');
  await stage.picture('today');
  for (const language of ['pt', 'en'] as const) {
    await handlers['till.preferences']({ language, theme: language === 'pt' ? 'light' : 'dark' });
    await stage.tap('F2');
    await stage.picture(`home-${language}`);
  }
  await handlers['till.preferences']({ language: 'es', theme: 'light' });
  await stage.pause(300);
}

async function closeShift(stage: Stage, say: DemoOptions['say']): Promise<boolean> {
  const { till, printer, handlers } = stage.training;
  const shift = till.context.store.openShift();
  if (!shift) return false;
  await till.print('x-report', shift.id);
  await stage.say('Turno');
  await stage.picture('shift');
  await stage.say('Cerrar turno');
  await stage.say('Solo el total');
  // What a cashier would count: the float less what the script gave away, never what the till expects.
  await stage.hands.type(String(expectedByScript(stage) / 100));
  await stage.picture('count');
  await stage.tap('F4');
  await stage.say('Sí, cerrar');
  await stage.hands.sees('Informe Z');
  await stage.picture('z-report');
  await till.print('z-report', shift.id);
  const report = await handlers['shift.report']({ shiftId: shift.id });
  for (const paper of printer.papers().slice(-2)) say(`\n${paper.text}`);
  const variance = report.ok ? report.value.close?.varianceMinor : undefined;
  say(variance === 0 ? '\nThe drawer balances.' : `\nThe drawer does NOT balance: ${variance ?? 'not closed'}`);
  return variance === 0;
}

function expectedByScript(stage: Stage): number {
  const { store } = stage.training.till.context;
  const float = parseAmount(FLOAT, 'MXN');
  const replaced = payoutsOf(stage).filter((payout) => 'replacement' in payout && payout.replacement?.by === 'notes');
  const given = [...store.cashOutsIn(['settled']), ...replaced];
  return given.reduce((left, { amountMinor }) => left - amountMinor, float.ok ? float.value.minor : 0);
}
