/**
 * Builds all parts and packs them for Electron with electron-builder.yml.
 *
 * Use    npm run package [-- --linux | --win | --dir ...]     what follows is electron-builder's
 * Needs  Electron's binary, which electron-builder fetches; without a network to it, this fails with the fetch's own words.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { buildPart } from './build.ts';

const ROOT = path.join(import.meta.dirname, '..');

for (const part of ['renderer', 'preload', 'main', 'worker', 'devices'] as const)
  await buildPart(part, { force: true });
const builder = path.join(ROOT, 'node_modules/electron-builder/cli.js');
const child = spawn(process.execPath, [builder, '--publish', 'never', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
});
const [code] = (await once(child, 'exit')) as [number | null];
process.exitCode = code ?? 1;
