/** The built page in the system's Chromium, under the policy that hosts set, with a fake till behind `window.ventanilla`. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { buildPart, sourcesOf } from '../../../../scripts/build.ts';
import { sourcesHash } from '../../../../scripts/sources-hash.ts';
import type { UpFrame, WindowRole } from '../../../../src-main/core/contract/contract.ts';
import type { FakeTill } from './fake-till.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const ORIGIN = 'https://ventanilla.invalid';
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'none'";
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** React's development build says what it finds wrong, at a price in speed. Built once for each state of the sources, whichever test file comes first. */
async function developmentFolder(): Promise<string> {
  const hash = sourcesHash(ROOT, sourcesOf('renderer'));
  const folder = join(ROOT, 'dist/renderer-tests', hash.slice(0, 16));
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(join(ROOT, 'dist/renderer-tests'), { recursive: true });
  await build({
    configFile: join(ROOT, 'vite.config.ts'),
    mode: 'development',
    logLevel: 'warn',
    build: { outDir: unfinished, emptyOutDir: true },
  });
  // Another test process may have been faster.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }));
  return folder;
}

async function shippedFolder(): Promise<string> {
  await buildPart('renderer');
  return join(ROOT, 'dist/renderer');
}

export interface Workshop {
  readonly browser: Browser;
  open(options: OpenOptions): Promise<OpenWindow>;
  close(): Promise<void>;
}

export type OpenOptions = Readonly<{
  till: FakeTill;
  role?: WindowRole;
  width?: number;
  height?: number;
  scheme?: 'light' | 'dark';
  /** The test turns the page's clock. */
  clock?: boolean;
  pixelRatio?: number;
}>;

export interface OpenWindow {
  readonly page: Page;
  readonly till: FakeTill;
  /** Errors of the page and breaches of its policy: none are ever right. */
  readonly complaints: readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** The page as it ships; `isDevelopment`: as developers see it, where React warns. */
export async function createWorkshop({ isDevelopment = false } = {}): Promise<Workshop> {
  const folder = isDevelopment ? await developmentFolder() : await shippedFolder();
  const assets = new Map<string, Buffer>();
  for (const file of await filesBelow(folder)) assets.set(file.slice(folder.length), await readFile(file));
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    headless: true,
    chromiumSandbox: false,
    args: [
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--font-render-hinting=none',
    ],
  });
  return {
    browser,
    open: (options) => openWindow(browser, assets, options),
    close: () => browser.close(),
  };
}

async function openWindow(
  browser: Browser,
  assets: ReadonlyMap<string, Buffer>,
  { till, role = 'cashier', width = 1024, height = 768, scheme = 'light', clock = false, pixelRatio = 1 }: OpenOptions,
): Promise<OpenWindow> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    hasTouch: true,
    deviceScaleFactor: pixelRatio,
  });
  await serve(context, assets);
  const page = await context.newPage();
  const complaints: string[] = till.complaints;
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  if (clock) await page.clock.install();
  await connect(page, till, role);
  await page.goto(`${ORIGIN}/index.html`);
  await page.locator('.desk, .customer').first().waitFor();
  await page.evaluate('document.fonts.ready');
  return { page, till, complaints, [Symbol.asyncDispose]: () => context.close() };
}

async function serve(context: BrowserContext, assets: ReadonlyMap<string, Buffer>): Promise<void> {
  await context.route('**/*', async (route) => {
    const { origin, pathname } = new URL(route.request().url());
    const body = origin === ORIGIN ? assets.get(pathname) : undefined;
    if (!body) {
      await route.abort();
      return;
    }
    await route.fulfill({
      body,
      headers: {
        'content-type': TYPES[extname(pathname)] ?? 'application/octet-stream',
        'content-security-policy': POLICY,
      },
    });
  });
}

async function connect(page: Page, till: FakeTill, role: WindowRole): Promise<void> {
  await page.exposeBinding('ventanillaUp', async (_source, frame: UpFrame) => {
    const reply = await till.receive(frame);
    if (reply) await down(reply);
  });
  const down = async (frame: unknown): Promise<void> => {
    await page.evaluate(`window.ventanillaDown?.(${JSON.stringify(frame)})`).catch(() => undefined);
  };
  till.announce = down;
  await page.addInitScript(`
    const listeners = new Set();
    window.ventanillaDown = (frame) => { for (const listen of listeners) listen(frame); };
    window.ventanilla = {
      role: ${JSON.stringify(role)},
      send(frame) { void window.ventanillaUp(frame); },
      onFrame(listen) { listeners.add(listen); return () => listeners.delete(listen); },
    };
  `);
}
