/** The whole till in real windows without a screen: training composition, system Chromium. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildPart } from '../../../scripts/build.ts';
import { openWindows } from '../../../src-main/compose/window-app.ts';
import type { WindowApp } from '../../../src-main/compose/window-app.ts';
import type { WindowTill } from '../../../src-main/compose/window-till.ts';
import { createChromiumHost } from '../../../src-main/hosts/chromium/chromium-host.ts';
import type { WindowHost } from '../../../src-main/hosts/window-host.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

export function temporaryFolder(name: string): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), `ventanilla-${name}-`));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export async function headlessHost(till: WindowTill): Promise<WindowHost> {
  await buildPart('renderer');
  const profileDirectory = path.join(till.dataDirectory, 'chromium');
  return createChromiumHost({
    assetsDirectory: path.join(ROOT, 'dist/renderer'),
    profileDirectory,
    headless: true,
    log: till.log,
  });
}

export async function inWindows(till: WindowTill): Promise<WindowApp> {
  return openWindows(till, await headlessHost(till), { kiosk: false });
}

export async function eventually<Value>(what: string, look: () => Value | undefined, limitMs = 20_000): Promise<Value> {
  const endMs = performance.now() + limitMs;
  for (let found = look(); ; found = look()) {
    if (found !== undefined) return found;
    if (performance.now() > endMs) throw new Error(`waited in vain for ${what}`);
    await wait(25);
  }
}
