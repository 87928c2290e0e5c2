/** The Electron leg: the real binary, where it is, running the host in its own process. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build } from 'vite';
import { buildPart } from '../../../scripts/build.ts';
import type { VirtualScreen } from '../../../scripts/virtual-screen.ts';
import { openVirtualScreen } from '../../../scripts/virtual-screen.ts';
import type { Leg } from './host-suite.ts';
import { layOutProbePage } from './probe-page.ts';
import { createRemoteHost } from './remote-host.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const PROGRAM = path.join(ROOT, 'dist/electron-far');

export function electronLeg(binary: string): Leg {
  const place = layOutProbePage();
  let screen: VirtualScreen | undefined;
  return {
    name: 'Electron',
    async prepare() {
      await buildPart('preload');
      await bundleFarSide();
      screen = await openVirtualScreen({ widthPx: 1920, heightPx: 1080 });
    },
    createHost() {
      const preload = path.join(ROOT, 'dist/preload/preload.cjs');
      // Electron, as Chromium, refuses its sandbox to root.
      const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      const args = [...sandbox, path.join(PROGRAM, 'electron-far.js'), place.assetsDirectory, preload];
      const environment = { ...process.env, DISPLAY: screen?.display };
      return createRemoteHost(spawn(binary, args, { stdio: ['pipe', 'pipe', 'ignore'], env: environment }));
    },
    async cleanUp() {
      await screen?.close();
      place.remove();
    },
  };
}

async function bundleFarSide(): Promise<void> {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    build: {
      ssr: path.join(import.meta.dirname, 'electron-far.ts'),
      outDir: PROGRAM,
      target: 'node24',
      rolldownOptions: { external: (id) => id.startsWith('electron'), output: { entryFileNames: 'electron-far.js' } },
    },
  });
}
