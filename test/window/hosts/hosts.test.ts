/** One suite for each host that this machine can run. Electron joins wherever its binary is present. */
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createChromiumHost } from '../../../src-main/hosts/chromium/chromium-host.ts';
import { describeHost } from './host-suite.ts';
import type { Leg } from './host-suite.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The probe is a browser's script and no part of our own sources: it gets its name when it becomes a page. */
function layOutPage(folder: string): string {
  const page = path.join(folder, 'page');
  cpSync(path.join(import.meta.dirname, 'page'), page, { recursive: true });
  renameSync(path.join(page, 'probe.js.txt'), path.join(page, 'probe.js'));
  return page;
}

function chromiumLeg(name: string, headless: boolean): Leg {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-host-'));
  const assetsDirectory = layOutPage(folder);
  const profileDirectory = path.join(folder, 'profile');
  return {
    name,
    createHost: () => Promise.resolve(createChromiumHost({ assetsDirectory, profileDirectory, headless, log: quiet })),
    cleanUp: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  };
}

describeHost(chromiumLeg('Chromium without a screen', true));
