/** The Chromium host on its own: how it ends when nobody asked it to, which screen it takes, which browser it finds. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterEach, expect, test } from 'vitest';
import { openVirtualScreen } from '../../../scripts/virtual-screen.ts';
import { createChromiumHost } from '../../../src-main/hosts/chromium/chromium-host.ts';
import type { ChromiumHostParts } from '../../../src-main/hosts/chromium/chromium-host.ts';
import { findChromium } from '../../../src-main/hosts/chromium/find-chromium.ts';
import { chooseScreen, followScreens, orderScreens, placeWindow } from '../../../src-main/hosts/chromium/placement.ts';
import type { WindowHost } from '../../../src-main/hosts/window-host.ts';
import { probe, probeFrame, SPEC } from './host-suite.ts';
import { layOutProbePage, quietLog } from './probe-page.ts';
import { commandLineOf, descendantsOf, isRunning, until } from './process-tree.ts';
import { createRemoteHost } from './remote-host.ts';
import { pressCloseButtons } from './window-close-button.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

function createHost(parts: Partial<ChromiumHostParts> = {}): WindowHost {
  const place = layOutProbePage();
  const host = createChromiumHost({ ...place, headless: true, log: quietLog, ...parts });
  undo.push(place.remove, () => host.close());
  return host;
}

async function useScreen(): Promise<string> {
  const screen = await openVirtualScreen({ widthPx: 1280, heightPx: 1024 });
  const before = process.env['DISPLAY'];
  process.env['DISPLAY'] = screen.display;
  undo.push(screen.close, () => {
    if (before === undefined) delete process.env['DISPLAY'];
    else process.env['DISPLAY'] = before;
  });
  return screen.display;
}

/** The browser's first process: the one that is no browser's child of a kind. */
function browserBelow(root: number): number {
  const pid = descendantsOf(root).find((one) => {
    const line = commandLineOf(one);
    return line.some((word) => word.startsWith('--app=')) && !line.some((word) => word.startsWith('--type='));
  });
  if (pid === undefined) throw new Error('no browser is running');
  return pid;
}

test('a browser that is killed is a crash, and the window opens again', async () => {
  const host = createHost();
  const window = await host.open(SPEC);
  process.kill(browserBelow(process.pid), 'SIGKILL');
  expect(await window.closed).toBe('crashed');
  expect(await probe(await host.open(SPEC), 'facts')).toMatchObject({ role: 'cashier' });
});

test('when the till itself is killed, its browser goes as well', async () => {
  const place = layOutProbePage();
  undo.push(place.remove);
  const program = path.join(import.meta.dirname, 'chromium-far.ts');
  const args = [program, place.assetsDirectory, place.profileDirectory];
  const till = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const host = await createRemoteHost(till);
  await host.open(SPEC);
  const browser = descendantsOf(till.pid ?? 0);
  expect(browser.length).toBeGreaterThan(2);
  till.kill('SIGKILL');
  await until('the browser is gone', () => !browser.some(isRunning));
});

test('a window that a person closes by its button was asked to', async () => {
  const display = await useScreen();
  const window = await createHost({ headless: false }).open(SPEC);
  expect(await pressCloseButtons(display)).toBeGreaterThan(0);
  expect(await window.closed).toBe('asked');
});

test('a kiosk window covers the screen to its last line, also where no window manager helps', async () => {
  await useScreen();
  const window = await createHost({ headless: false }).open({ ...SPEC, kiosk: true });
  const picture = PNG.sync.read(Buffer.from(await window.screenshot()));
  expect(picture.width).toBe(1280);
  expect(picture.height).toBeGreaterThanOrEqual(1024);
});

test('the customer’s window stands on the second screen', async () => {
  const twoScreens = ['--screen-info={1024x768}{800x600}'];
  const host = createHost({ extraFlags: twoScreens });
  const window = await host.open({ ...SPEC, role: 'customer', displayIndex: 1, kiosk: true });
  expect(await probe(window, 'place')).toMatchObject({ left: 1024, screen: [800, 600] });
});

test('without a second screen the window opens on the first, and the log says so', async () => {
  const warnings: string[] = [];
  const host = createHost({ log: { ...quietLog, warn: (message) => void warnings.push(message) } });
  const window = await host.open({ ...SPEC, role: 'customer', displayIndex: 1 });
  expect(await probe(window, 'place')).toMatchObject({ left: 0 });
  expect(warnings).toContain('a screen is missing');
});

test('a kiosk window without its screen covers nothing, and takes the screen when it is plugged in', async () => {
  const spec = { ...SPEC, role: 'customer', displayIndex: 1, kiosk: true } as const;
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--screen-info={1024x768}'],
  });
  undo.push(() => browser.close());
  const page = await browser.newPage();
  const cdp = await page.context().newCDPSession(page);
  const boundsNow = async () => (await cdp.send('Browser.getWindowForTarget')).bounds;
  await placeWindow(cdp, spec, quietLog);
  expect(await boundsNow()).toMatchObject({ windowState: 'minimized' });
  undo.push(await followScreens(cdp, spec, quietLog));
  const { screenInfo } = await cdp.send('Emulation.addScreen', { left: 1024, top: 0, width: 800, height: 600 });
  await expect.poll(boundsNow, { timeout: 20_000 }).toMatchObject({ left: 1024, windowState: 'fullscreen' });
  await cdp.send('Emulation.removeScreen', { screenId: screenInfo.id });
  await expect.poll(boundsNow, { timeout: 20_000 }).toMatchObject({ windowState: 'minimized' });
});

test('a window that wanders off to an empty page is brought back', async () => {
  const window = await createHost().open(SPEC);
  const heard: unknown[] = [];
  window.connection.onFrame((frame) => heard.push(frame))();
  heard.length = 0;
  window.connection.onFrame((frame) => heard.push(frame));
  window.connection.send(probeFrame('leave'));
  await until('a second hello', () => heard.some((frame) => (frame as { kind: string }).kind === 'hello'));
  expect(await probe(window, 'facts')).toMatchObject({ role: 'cashier' });
});

test('a browser that hangs at its start is ended and started again', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-slow-'));
  undo.push(() => rmSync(folder, { recursive: true }));
  // Alive, deaf to everything but the word to close: as the driver finds a browser whose start it has missed.
  const slow = path.join(folder, 'chromium');
  const deaf = `while read -r -d '' word <&3; do case "$word" in *Browser.close*) exit;; esac; done`;
  const hangOnce = `[ -e ${folder}/tried ] || { touch ${folder}/tried; ${deaf}; }`;
  writeFileSync(slow, `#!/bin/bash\n${hangOnce}\nexec ${findChromium()} "$@"\n`, { mode: 0o755 });
  const warnings: string[] = [];
  const log = { ...quietLog, warn: (message: string) => void warnings.push(message) };
  const window = await createHost({ executablePath: slow, startLimitsMs: [1_000, 30_000], log }).open(SPEC);
  expect(await probe(window, 'facts')).toMatchObject({ role: 'cashier' });
  expect(warnings).toContain('Chromium did not start in time; starting it again');
  const ofScript = descendantsOf(process.pid).filter((pid) => commandLineOf(pid).includes(slow));
  expect(ofScript).toEqual([]);
});

test('a browser that does not start is an error, and leaves no process', async () => {
  const host = createHost({ executablePath: '/bin/false' });
  await expect(host.open(SPEC)).rejects.toThrow('launchPersistentContext');
  expect(
    descendantsOf(process.pid).filter((pid) => commandLineOf(pid).some((word) => word.startsWith('--app='))),
  ).toEqual([]);
});

test('a page that was never built is an error that says what to do', async () => {
  const host = createHost({ assetsDirectory: '/nowhere' });
  await expect(host.open(SPEC)).rejects.toThrow('npm run build');
});

test('screens are numbered from the primary one on, then from left to right', () => {
  const screen = { top: 0, width: 800, height: 600, isPrimary: false };
  const [left, primary, right] = [
    { ...screen, left: -800 },
    { ...screen, left: 0, isPrimary: true },
    { ...screen, left: 800 },
  ];
  const ordered = orderScreens([right, left, primary]);
  expect(ordered).toEqual([primary, left, right]);
  expect([chooseScreen(ordered, 1), chooseScreen(ordered, 5), chooseScreen([], 0)]).toEqual([left, primary, undefined]);
});

test('the browser is the one that is named, else the first of the usual places', () => {
  const machine = {
    platform: 'linux',
    environment: {},
    isExecutable: (file: string) => file.endsWith('chromium-browser'),
  } as const;
  expect(findChromium(machine)).toBe('/usr/bin/chromium-browser');
  const named = { ...machine, environment: { VENTANILLA_CHROMIUM: '/opt/chromium-browser' } };
  expect(findChromium(named)).toBe('/opt/chromium-browser');
  const missing = { ...machine, environment: { VENTANILLA_CHROMIUM: '/opt/nothing' } };
  expect(() => findChromium(missing)).toThrow('looked at /opt/nothing');
});

test('on Windows the browsers of the usual folders are looked for', () => {
  const file = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
  const environment = { 'ProgramFiles(x86)': 'C:\\Program Files (x86)', ProgramFiles: 'C:\\Program Files' };
  expect(findChromium({ platform: 'win32', environment, isExecutable: (one) => one === file })).toBe(file);
});
