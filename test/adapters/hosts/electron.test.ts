/**
 * The Electron host against a double of the module: every setting and every denial, by what comes of it.
 * Where the real binary is present, test/window/hosts runs the same expectations as for the other host.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createElectronHost } from '../../../src-main/hosts/electron/electron-host.ts';
import type { HostedWindow, WindowSpec } from '../../../src-main/hosts/window-host.ts';
import { DoubleContents, ElectronDouble, preventable, SCREEN, SECOND_SCREEN, theWindow } from './electron-double.ts';
import type { DoubleFrame, DoubleOptions } from './electron-double.ts';

const PAGE_URL = 'app://ventanilla/index.html';
const CASHIER: WindowSpec = {
  role: 'cashier',
  title: 'Ventanilla',
  displayIndex: 0,
  kiosk: false,
  widthPx: 1024,
  heightPx: 768,
};
const CUSTOMER: WindowSpec = { ...CASHIER, role: 'customer', displayIndex: 1, kiosk: true };

const assetsDirectory = mkdtempSync(path.join(tmpdir(), 'ventanilla-page-'));
writeFileSync(path.join(assetsDirectory, 'index.html'), '<!doctype html><title>Ventanilla</title>');
writeFileSync(path.join(assetsDirectory, 'page.js'), 'export {};');
writeFileSync(path.join(assetsDirectory, '.env'), 'a secret');
afterAll(() => rmSync(assetsDirectory, { recursive: true }));

function setUp(options: DoubleOptions = {}, hasDeveloperTools = false) {
  const electron = new ElectronDouble(options);
  const warnings: string[] = [];
  const note = (message: string): void => void warnings.push(message);
  const host = createElectronHost({
    electron: electron.module,
    assetsDirectory,
    preloadPath: '/till/preload.cjs',
    hasDeveloperTools,
    log: { info: note, warn: note, error: note },
  });
  return { electron, host, warnings };
}

async function openOne(spec: WindowSpec = CASHIER, options: DoubleOptions = {}) {
  const { electron, host, warnings } = setUp(options);
  const hosted = await host.open(spec);
  return { electron, host, warnings, hosted, window: theWindow(electron), heard: listen(hosted) };
}

/** What reaches the till after the hello. */
function listen(hosted: HostedWindow): unknown[] {
  const heard: unknown[] = [];
  hosted.connection.onFrame((frame) => heard.push(frame));
  heard.length = 0;
  return heard;
}

async function fetchFile(electron: ElectronDouble, url: string, method = 'GET'): Promise<Response> {
  const handler = electron.inMemory.schemes.get('app');
  if (handler === undefined) throw new Error('the scheme has no handler');
  return handler(new Request(url, { method }));
}

describe('the window', () => {
  test('a page has its own world, a sandbox, no Node and no developer tools', async () => {
    const { window } = await openOne();
    expect(window.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      devTools: false,
      preload: '/till/preload.cjs',
    });
  });

  test('developer tools are there when they are asked for', async () => {
    const { electron, host } = setUp({}, true);
    await host.open(CASHIER);
    expect(theWindow(electron).options.webPreferences?.devTools).toBe(true);
  });

  test('the session lives in memory: its name has no "persist:"', async () => {
    const { electron } = await openOne();
    expect(electron.partitions).toEqual(['ventanilla']);
  });

  test('a window is shown only when its page has said hello', async () => {
    const states: boolean[] = [];
    const { window } = await openOne(CASHIER, {
      onLoad(page) {
        states.push(page.isShown);
        setTimeout(() => page.say({ kind: 'hello', role: 'cashier' }), 20);
      },
    });
    expect([...states, window.isShown]).toEqual([false, true]);
  });

  test('a window that closes before its page said hello is an error, and leaves no window', async () => {
    const { electron, host } = setUp({ onLoad: (page) => page.destroy() });
    await expect(host.open(CASHIER)).rejects.toThrow('before its page said hello');
    expect(theWindow(electron).isGone).toBe(true);
  });

  test('a picture of the window is what Electron captured', async () => {
    const { hosted } = await openOne();
    expect([...(await hosted.screenshot())]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  });
});

describe('the page', () => {
  test('comes from its own scheme, with the strict policy on every answer', async () => {
    const { electron } = await openOne();
    const page = await fetchFile(electron, PAGE_URL);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain('<title>Ventanilla</title>');
    const script = await fetchFile(electron, 'app://ventanilla/page.js?v=1');
    expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    for (const answer of [page, script]) {
      const policy = answer.headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'; script-src 'self'");
      expect(policy).toContain("connect-src 'none'");
      expect(policy).not.toContain('unsafe');
    }
  });

  test.each([
    'app://ventanilla/other.html',
    'app://ventanilla/../../etc/passwd',
    'app://ventanilla/%2e%2e/%2e%2e/etc/passwd',
    'app://ventanilla/.env',
    'app://stranger/index.html',
    'app://user@ventanilla/index.html',
  ])('has no file at %s', async (url) => {
    const { electron } = await openOne();
    const handler = electron.inMemory.schemes.get('app');
    const answer = await handler?.({ method: 'GET', url } as Request);
    expect([answer?.status, await answer?.text()]).toEqual([404, '']);
  });

  test('cannot be posted to', async () => {
    const { electron } = await openOne();
    expect((await fetchFile(electron, PAGE_URL, 'POST')).status).toBe(404);
  });

  test.each([
    ['app://ventanilla/page.js', false],
    ['https://example.com/', true],
    ['file:///etc/passwd', true],
    ['http://127.0.0.1:8080/', true],
    ['app://stranger/', true],
  ])('asked for %s, the session cancels: %s', async (url, isCancelled) => {
    const { electron } = await openOne();
    const verdicts: unknown[] = [];
    electron.inMemory.filter?.({ url }, (verdict) => verdicts.push(verdict));
    expect(verdicts).toEqual([{ cancel: isCancelled }]);
  });
});

describe('denied', () => {
  test.each(['media', 'geolocation', 'notifications', 'usb', 'serial', 'openExternal', 'clipboard-read'])(
    'permission %s, asked for or looked up',
    async (permission) => {
      const { electron } = await openOne();
      const answers: boolean[] = [];
      electron.inMemory.requestHandler?.({}, permission, (isGranted) => answers.push(isGranted));
      expect([...answers, electron.inMemory.checkHandler?.(), electron.inMemory.deviceHandler?.()]).toEqual([
        false,
        false,
        false,
      ]);
    },
  );

  test.each(['https://example.com/', 'file:///etc/passwd', 'app://ventanilla/other.html', 'app://stranger/index.html'])(
    'navigation of the page to %s',
    async (url) => {
      const { window } = await openOne();
      const events = [preventable({ url, isMainFrame: true }), preventable({ url, isMainFrame: true })] as const;
      window.webContents.emit('will-navigate', events[0]);
      window.webContents.emit('will-frame-navigate', events[1]);
      expect(events.map(({ isPrevented }) => isPrevented)).toEqual([true, true]);
    },
  );

  test('nothing but the page’s own address may be loaded again, and that in the main frame alone', async () => {
    const { window } = await openOne();
    const again = preventable({ url: PAGE_URL, isMainFrame: true });
    const inFrame = preventable({ url: PAGE_URL, isMainFrame: false });
    window.webContents.emit('will-navigate', again);
    window.webContents.emit('will-frame-navigate', again);
    window.webContents.emit('will-frame-navigate', inFrame);
    expect([again.isPrevented, inFrame.isPrevented]).toEqual([false, true]);
  });

  test('redirects, webviews and downloads', async () => {
    const { window, electron } = await openOne();
    const events = [preventable({}), preventable({}), preventable({})] as const;
    window.webContents.emit('will-redirect', events[0]);
    window.webContents.emit('will-attach-webview', events[1]);
    electron.inMemory.emit('will-download', events[2]);
    expect(events.map(({ isPrevented }) => isPrevented)).toEqual([true, true, true]);
  });

  test('new windows', async () => {
    const { window } = await openOne();
    expect(window.webContents.openHandler?.({ url: 'https://example.com/' })).toEqual({ action: 'deny' });
  });

  test('spell checking, whose dictionaries come from elsewhere, and zooming with two fingers', async () => {
    const { window, electron } = await openOne();
    expect(electron.inMemory.hasSpellChecker).toBe(false);
    expect(window.options.webPreferences?.spellcheck).toBe(false);
    expect(window.webContents.zoomLimits).toEqual([1, 1]);
  });

  test('all of it also to a page that somebody else made', async () => {
    const { electron } = await openOne();
    const stranger = new DoubleContents();
    electron.app.emit('web-contents-created', {}, stranger);
    const event = preventable({ url: 'https://example.com/', isMainFrame: true });
    stranger.emit('will-navigate', event);
    expect([event.isPrevented, stranger.openHandler?.({ url: '' })]).toEqual([true, { action: 'deny' }]);
  });
});

describe('a message', () => {
  const frame = { kind: 'call', id: 1, name: 'till.view', request: {} };

  test('from the page’s main frame reaches the till, and the answer goes to that page alone', async () => {
    const { window, hosted, heard } = await openOne();
    window.say(frame);
    hosted.connection.send({ kind: 'reply', id: 1, reply: { ok: true, value: {} } });
    expect(heard).toEqual([frame]);
    const sent = { channel: 'ventanilla.frame', frame: { kind: 'reply', id: 1, reply: { ok: true, value: {} } } };
    expect(window.webContents.sent).toEqual([sent]);
  });

  test('from contents that are not a window of ours is refused', async () => {
    const { window, heard, warnings } = await openOne();
    const stranger = new DoubleContents();
    stranger.mainFrame.url = PAGE_URL;
    window.say(frame, stranger);
    expect(heard).toEqual([]);
    expect(warnings).toContain('refused a message');
  });

  test('from a frame inside the page is refused, even one of our own origin', async () => {
    const { window, heard } = await openOne();
    const { mainFrame } = window.webContents;
    const inner: DoubleFrame = { url: PAGE_URL, parent: mainFrame, frameTreeNodeId: 7 };
    const swapped: DoubleFrame = { url: PAGE_URL, parent: null, frameTreeNodeId: 8 };
    for (const from of [inner, swapped, null]) window.say(frame, window.webContents, from);
    expect(heard).toEqual([]);
  });

  test.each(['https://example.com/', 'app://stranger/index.html', 'file:///index.html', 'about:blank', ''])(
    'from our window while it shows %s is refused',
    async (url) => {
      const { window, heard } = await openOne();
      window.webContents.mainFrame.url = url;
      window.say(frame);
      expect(heard).toEqual([]);
    },
  );

  test('from one window never reaches the line of the other', async () => {
    const { electron, host } = setUp();
    const cashier = listen(await host.open(CASHIER));
    const customer = listen(await host.open({ ...CUSTOMER, displayIndex: 0 }));
    theWindow(electron, 1).say(frame);
    expect([cashier, customer]).toEqual([[], [frame]]);
  });

  test('that claims the other role in its hello does not open the window', async () => {
    const { electron, host } = setUp({ onLoad: (page) => page.say({ kind: 'hello', role: 'cashier' }) });
    const opening = host.open({ ...CUSTOMER, displayIndex: 0 });
    const early = await Promise.race([opening, new Promise((resolve) => setTimeout(() => resolve('waiting'), 50))]);
    expect(early).toBe('waiting');
    theWindow(electron).say({ kind: 'hello', role: 'customer' });
    expect((await opening).role).toBe('customer');
  });

  test('to or from a window that is gone goes nowhere', async () => {
    const { window, hosted, heard } = await openOne();
    window.destroy();
    await hosted.closed;
    window.say(frame);
    hosted.connection.send({ kind: 'reply', id: 1, reply: { ok: true, value: {} } });
    expect(heard).toEqual([]);
    expect(window.webContents.sent).toEqual([]);
  });
});

describe('screens', () => {
  test('the customer’s window takes the second screen whole', async () => {
    const { window } = await openOne(CUSTOMER, { displays: [SECOND_SCREEN, SCREEN] });
    expect(window.moves).toEqual([{ kiosk: false }, SECOND_SCREEN.bounds, { kiosk: true }]);
  });

  test('without a second screen it waits out of sight, comes when one is plugged in, and covers nothing when it goes', async () => {
    const { window, electron, warnings } = await openOne(CUSTOMER);
    expect(window.isShown).toBe(false);
    expect(window.moves).toEqual([]);
    expect(warnings).toContain('a screen is missing');

    electron.screen.displays = [SCREEN, SECOND_SCREEN];
    electron.screen.emit('display-added', {}, SECOND_SCREEN);
    expect(window.moves).toEqual([{ kiosk: false }, SECOND_SCREEN.bounds, { kiosk: true }]);
    expect(window.isShown).toBe(true);

    window.moves.length = 0;
    electron.screen.displays = [SCREEN];
    electron.screen.emit('display-removed', {}, SECOND_SCREEN);
    expect(window.isShown).toBe(false);
    expect(window.moves).toEqual([]);

    electron.screen.displays = [SCREEN, SECOND_SCREEN];
    electron.screen.emit('display-added', {}, SECOND_SCREEN);
    expect(window.isShown).toBe(true);
    expect(window.moves).toContainEqual(SECOND_SCREEN.bounds);
  });

  test('a customer’s window that is no kiosk stands on the first screen while there is no other', async () => {
    const { window, electron } = await openOne({ ...CUSTOMER, kiosk: false });
    expect(window.isShown).toBe(true);
    electron.screen.displays = [SCREEN, SECOND_SCREEN];
    electron.screen.emit('display-added', {}, SECOND_SCREEN);
    expect(window.moves.at(-1)).toEqual({ x: SECOND_SCREEN.workArea.x, y: SECOND_SCREEN.workArea.y });
  });

  test('a screen that changes nothing about a window moves it not; one that has another size does', async () => {
    const { window, electron } = await openOne(CUSTOMER, { displays: [SCREEN, SECOND_SCREEN] });
    window.moves.length = 0;
    electron.screen.emit('display-metrics-changed', {}, SCREEN);
    expect(window.moves).toEqual([]);
    const larger = { ...SECOND_SCREEN, bounds: { x: 1024, y: 0, width: 1920, height: 1080 } };
    electron.screen.displays = [SCREEN, larger];
    electron.screen.emit('display-metrics-changed', {}, larger);
    expect(window.moves).toEqual([{ kiosk: false }, larger.bounds, { kiosk: true }]);
  });

  test('the customer’s window never takes the keyboard: a scanner types for the cashier', async () => {
    const customer = await openOne(CUSTOMER, { displays: [SCREEN, SECOND_SCREEN] });
    expect(customer.window.options.focusable).toBe(false);
    expect(customer.window.isFocused).toBe(false);
    const cashier = await openOne({ ...CASHIER, kiosk: true });
    expect(cashier.window.options.focusable).toBe(true);
  });

  test('a window on the first screen that is no kiosk stays where a person put it', async () => {
    const { window, electron } = await openOne(CASHIER, { displays: [SCREEN, SECOND_SCREEN] });
    electron.screen.emit('display-metrics-changed', {}, SCREEN);
    expect(window.moves).toEqual([]);
  });
});

describe('the end', () => {
  test.each(['crashed', 'oom', 'killed', 'launch-failed'])('a page that is gone (%s) is a crash', async (reason) => {
    const { window, hosted } = await openOne();
    window.webContents.emit('render-process-gone', {}, { reason, exitCode: 9 });
    expect(await hosted.closed).toBe('crashed');
    expect(window.isGone).toBe(true);
  });

  test('a crashed window can be opened again', async () => {
    const { electron, host, hosted, window } = await openOne();
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 9 });
    await hosted.closed;
    const second = listen(await host.open(CASHIER));
    theWindow(electron, 1).say({ kind: 'call', id: 2, name: 'till.view', request: {} });
    expect(second).toHaveLength(1);
  });

  test('a window that a person or the till closes was asked to', async () => {
    const { electron, host } = setUp();
    const byPerson = await host.open(CASHIER);
    theWindow(electron).destroy();
    const byTill = await host.open(CASHIER);
    await byTill.close();
    expect(await Promise.all([byPerson.closed, byTill.closed])).toEqual(['asked', 'asked']);
  });

  test('the host’s end closes its windows, listens to nothing and opens no more', async () => {
    const { electron, host, hosted } = await openOne();
    await host.close();
    expect(await hosted.closed).toBe('asked');
    expect(electron.ipcMain.listenerCount('ventanilla.frame')).toBe(0);
    expect(electron.screen.eventNames()).toEqual([]);
    expect(electron.app.listenerCount('web-contents-created')).toBe(0);
    await expect(host.open(CASHIER)).rejects.toThrow('closed');
  });
});
