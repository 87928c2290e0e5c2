/** The life of the Electron app around the till: what happens before it is ready, once only, and at its end. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runElectron } from '../../../src-main/hosts/electron/run-electron.ts';
import type { RunningTill, StartTill } from '../../../src-main/hosts/electron/run-electron.ts';
import type { WindowSpec } from '../../../src-main/hosts/window-host.ts';
import { ElectronDouble, preventable, theWindow } from './electron-double.ts';

const CASHIER: WindowSpec = {
  role: 'cashier',
  title: 'Ventanilla',
  displayIndex: 0,
  kiosk: false,
  widthPx: 1024,
  heightPx: 768,
};
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const assetsDirectory = mkdtempSync(path.join(tmpdir(), 'ventanilla-page-'));
writeFileSync(path.join(assetsDirectory, 'index.html'), '<!doctype html><title>Ventanilla</title>');
afterAll(() => rmSync(assetsDirectory, { recursive: true }));

function run(electron: ElectronDouble, startTill: StartTill): Promise<number> {
  return runElectron(electron.module, startTill, { assetsDirectory, preloadPath: '/till/preload.cjs' });
}

function tillThatEnds(ended: Promise<void>): RunningTill & { closings: number } {
  const till = {
    ended,
    closings: 0,
    close: () => {
      till.closings += 1;
      return Promise.resolve();
    },
  };
  return till;
}

test('prepares the sandbox, the scheme and the missing menu before it is ready', async () => {
  const electron = new ElectronDouble();
  const till = tillThatEnds(Promise.resolve());
  expect(await run(electron, () => Promise.resolve(till))).toBe(0);
  expect(electron.steps).toEqual(['lock', 'sandbox', 'scheme', 'menu null', 'ready', 'exit']);
  expect(electron.schemes).toMatchObject([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
  expect(electron.schemes[0]?.privileges).not.toHaveProperty('bypassCSP');
  expect(electron.switches).toContain('host-resolver-rules');
  expect(till.closings).toBe(1);
});

test('a second instance opens no till and ends', async () => {
  const electron = new ElectronDouble({ isSecondInstance: true });
  const code = await run(electron, () => Promise.reject(new Error('must not be called')));
  expect([code, electron.app.exitCode, electron.steps]).toEqual([0, 0, ['lock', 'exit']]);
});

test('starting the till twice brings the first one’s window to the front', async () => {
  const electron = new ElectronDouble();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const ran = run(electron, async (createHost) => {
    await createHost(silent).open(CASHIER);
    electron.app.emit('second-instance');
    end();
    return tillThatEnds(ended);
  });
  await ran;
  expect(theWindow(electron).isFocused).toBe(true);
});

test('quitting waits until the till has closed', async () => {
  const electron = new ElectronDouble();
  const till = tillThatEnds(new Promise<void>(() => undefined));
  const quit = preventable({});
  const ran = run(electron, () => {
    setTimeout(() => electron.app.emit('before-quit', quit), 10);
    return Promise.resolve(till);
  });
  expect(await ran).toBe(0);
  expect([quit.isPrevented, till.closings, electron.app.exitCode]).toEqual([true, 1, 0]);
});

test('all windows gone is not the end: a crashed one is about to come back', async () => {
  const electron = new ElectronDouble();
  const till = tillThatEnds(Promise.resolve());
  await run(electron, () => Promise.resolve(till));
  expect(electron.app.listenerCount('window-all-closed')).toBe(1);
});

test('a till that cannot start ends the app with code 1', async () => {
  const electron = new ElectronDouble();
  expect(await run(electron, () => Promise.reject(new Error('no drawer')))).toBe(1);
  expect(electron.app.exitCode).toBe(1);
});

test.each([
  [true, false],
  [false, true],
])('packaged: %s, developer tools: %s', async (isPackaged, hasDeveloperTools) => {
  const electron = new ElectronDouble({ isPackaged });
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  await run(electron, async (createHost) => {
    await createHost(silent).open(CASHIER);
    end();
    return tillThatEnds(ended);
  });
  expect(theWindow(electron).options.webPreferences?.devTools).toBe(hasDeveloperTools);
});
