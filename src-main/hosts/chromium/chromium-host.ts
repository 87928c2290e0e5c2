/**
 * Shows the windows in the machine's own Chromium, driven by playwright-core through the browser's pipe: no port is opened, and the page's
 * files come out of memory by interception, so no request ever leaves.
 *
 * One Chromium for each window: a crash, a close or a kill concerns that window alone, and a window on the second screen can be an app
 * window too. Each start gets an empty profile; the till keeps everything that matters elsewhere, and a profile that a power cut left
 * half written must not stop a till from opening.
 */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { chromium, errors } from 'playwright-core';
import type { BrowserContext } from 'playwright-core';
import { loadPageFiles } from '../page-files.ts';
import type { PageFiles } from '../page-files.ts';
import type { HostedWindow, HostLog, WindowHost, WindowSpec } from '../window-host.ts';
import { chromiumFlags, UNWANTED_DEFAULTS } from './chromium-flags.ts';
import { openChromiumWindow } from './chromium-window.ts';
import { findChromium } from './find-chromium.ts';

export type ChromiumHostParts = Readonly<{
  /** The built renderer, `dist/renderer`. */
  assetsDirectory: string;
  /** Emptied and used by this host alone, one folder below it for each window. */
  profileDirectory: string;
  /** Without any screen: for tests and pictures. */
  headless?: boolean;
  /** Default: the first Chromium of the machine, or `VENTANILLA_CHROMIUM`. */
  executablePath?: string;
  /** For tests: further flags, e.g. the screens of a headless browser. */
  extraFlags?: readonly string[];
  /** For tests: how long each try at starting the browser may take, in ms. */
  startLimitsMs?: readonly number[];
  log: HostLog;
}>;

/**
 * Rarely, on a machine under load, the driver joins the browser in the very moment when its window turns from empty to loading, misses that
 * and waits for ever. Most starts take half a second; another try is then the way out, and a slow machine gets its time in the end.
 */
const START_LIMITS_MS: readonly number[] = [8_000, 12_000, 30_000];

export function createChromiumHost(parts: ChromiumHostParts): WindowHost {
  const { log } = parts;
  const launch = createLauncher(parts);
  const windows = new Set<HostedWindow>();
  let files: Promise<PageFiles> | undefined;
  let isClosed = false;

  return {
    async open(spec) {
      if (isClosed) throw new Error('the window host is closed');
      files ??= loadPageFiles(parts.assetsDirectory);
      const page = await files;
      const context = await launch(spec);
      try {
        const window = await openChromiumWindow({ context, spec, files: page, log });
        windows.add(window);
        void window.closed.then(() => windows.delete(window));
        return window;
      } catch (error) {
        await context.close().catch(() => undefined);
        throw error;
      }
    },
    async close() {
      isClosed = true;
      await Promise.all([...windows].map((window) => window.close()));
    },
  };
}

type Launch = (spec: WindowSpec) => Promise<BrowserContext>;

function createLauncher(parts: ChromiumHostParts): Launch {
  const { log } = parts;
  let launchCount = 0;

  async function launch(spec: WindowSpec): Promise<BrowserContext> {
    // Chromium refuses its sandbox to root; a till should not run as root, and says so.
    const isSandboxed = process.getuid?.() !== 0;
    if (!isSandboxed) log.warn('running as root: Chromium has no sandbox of its own', { role: spec.role });
    const limitsMs = parts.startLimitsMs ?? START_LIMITS_MS;
    for (const [index, limitMs] of limitsMs.entries()) {
      try {
        return await launchOnce(spec, isSandboxed, limitMs);
      } catch (error) {
        if (!(error instanceof errors.TimeoutError) || index === limitsMs.length - 1) throw error;
        log.warn('Chromium did not start in time; starting it again', { role: spec.role, limitMs });
      }
    }
    throw new Error('unreachable: the last attempt returns or throws');
  }

  async function launchOnce(spec: WindowSpec, isSandboxed: boolean, timeout: number): Promise<BrowserContext> {
    launchCount += 1;
    const profile = path.join(parts.profileDirectory, `${spec.role}-${launchCount}`);
    await rm(profile, { recursive: true, force: true });
    await mkdir(profile, { recursive: true, mode: 0o700 });
    const removeProfile = (): void =>
      void rm(profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
    try {
      const context = await chromium.launchPersistentContext(profile, {
        executablePath: parts.executablePath ?? findChromium(),
        headless: parts.headless ?? false,
        chromiumSandbox: isSandboxed,
        args: [...chromiumFlags(spec, { isSandboxed }), ...(parts.extraFlags ?? [])],
        ignoreDefaultArgs: [...UNWANTED_DEFAULTS],
        viewport: null,
        acceptDownloads: false,
        serviceWorkers: 'block',
        timeout,
        // The entry decides what a signal means; the browser goes with its pipe.
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
      });
      context.once('close', removeProfile);
      return context;
    } catch (error) {
      removeProfile();
      throw error;
    }
  }

  return launch;
}
