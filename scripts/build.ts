/**
 * Builds what cannot run as it is: the windows' page, Electron's preload and, for a package, Electron's main program; and the command line, which
 * starts in half the time as one program.
 *
 * Use   node scripts/build.ts [renderer] [preload] [main] [worker] [devices] [cli] [--force]     without a name: all
 * A part whose sources have not changed since it was built is left alone. Each part is built beside the old one and then takes its
 * place, so a till that starts meanwhile finds a whole page.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { InlineConfig } from 'vite';
import { sourcesHash } from './sources-hash.ts';

const ROOT = path.join(import.meta.dirname, '..');
const DIST = path.join(ROOT, 'dist');
const STAMPS = path.join(DIST, '.stamps');

type Part = Readonly<{ sources: readonly string[]; config: (outDirectory: string) => InlineConfig }>;
export type PartName = keyof typeof PARTS;
/** What the command line runs: the program, and the thread and the process that begin with files of their own. */
export const COMMAND_LINE_PARTS = ['worker', 'devices', 'cli'] as const satisfies readonly PartName[];

const PARTS = {
  renderer: {
    sources: ['src-renderer', 'src-main/core', 'assets', 'vite.config.ts', 'package-lock.json'],
    config: (outDir) => ({ configFile: path.join(ROOT, 'vite.config.ts'), build: { outDir, emptyOutDir: true } }),
  },
  preload: {
    sources: ['src-main/hosts/electron', 'src-main/core/contract', 'scripts/build.ts'],
    // A sandboxed preload must be CommonJS and may require nothing but `electron`.
    config: (outDir) => nodeBuild('src-main/hosts/electron/preload.ts', outDir, 'preload.cjs', 'cjs', ['electron']),
  },
  main: {
    sources: ['src-main', 'scripts/build.ts', 'package-lock.json'],
    config: (outDir) => nodeBuild('src-main/entry/electron.ts', outDir, 'electron.js', 'es', isPackage),
  },
  // The thread that checks and backs up databases: a thread begins with a file of its own.
  worker: {
    sources: ['src-main/adapters/storage', 'src-main/core/domain', 'scripts/build.ts', 'package-lock.json'],
    config: (outDir) =>
      nodeBuild('src-main/adapters/storage/storage-worker.ts', outDir, 'storage-worker.js', 'es', isPackage),
  },
  // The process that owns the native drivers begins with a file of its own, too.
  devices: {
    sources: ['src-main/adapters/devices', 'src-main/core', 'assets/devices', 'scripts/build.ts', 'package-lock.json'],
    config: (outDir) =>
      nodeBuild(
        'src-main/adapters/devices/process/device-process-main.ts',
        outDir,
        'device-process.js',
        'es',
        isPackage,
      ),
  },
  cli: {
    sources: ['src-main', 'assets/devices', 'scripts/build.ts', 'package-lock.json'],
    config: commandLineBuild,
  },
} as const satisfies Record<string, Part>;

/** Packages stay packages: the native ones could not be bundled, and the others are better found whole in a report. */
function isPackage(id: string): boolean {
  return id === 'electron' || id.startsWith('node:') || builtinModules.includes(id) || !/^[./\0]|^[A-Za-z]:/.test(id);
}

function nodeBuild(
  entry: string,
  outDir: string,
  fileName: string,
  format: 'cjs' | 'es',
  external: string[] | ((id: string) => boolean),
): InlineConfig {
  return {
    configFile: false,
    root: ROOT,
    build: {
      ssr: path.join(ROOT, entry),
      outDir,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rolldownOptions: { external, output: { format, entryFileNames: fileName, codeSplitting: false } },
    },
    ssr: { noExternal: true },
  };
}

const NATIVE_PACKAGES = ['better-sqlite3', 'serialport', 'usb', 'koffi', '@napi-rs/canvas'];

/** Every command is a new process: a package costs it more by being looked for than by its code. What a command does not need stays in a file apart. */
function commandLineBuild(outDir: string): InlineConfig {
  const { build, ...config } = nodeBuild('src-main/entry/cli.ts', outDir, 'cli.js', 'es', isNotBundled);
  const output = { format: 'es', entryFileNames: 'cli.js', chunkFileNames: '[name]-[hash].js' } as const;
  return { ...config, build: { ...build, rolldownOptions: { external: isNotBundled, output } } };
}

function isNotBundled(id: string): boolean {
  const isNative = NATIVE_PACKAGES.some((name) => id === name || id.startsWith(`${name}/`));
  return isNative || id.startsWith('node:') || builtinModules.includes(id);
}

export function sourcesOf(name: PartName): readonly string[] {
  return PARTS[name].sources;
}

/** Resolves to false when the part was up to date. */
export async function buildPart(name: PartName, { force = false } = {}): Promise<boolean> {
  const part: Part = PARTS[name];
  const stampFile = path.join(STAMPS, name);
  const outDirectory = path.join(DIST, name);
  const hash = sourcesHash(ROOT, part.sources);
  const known = await readFile(stampFile, 'utf8').catch(() => '');
  if (!force && known === hash && existsSync(outDirectory)) return false;

  const fresh = path.join(DIST, `.${name}-${process.pid}`);
  const old = `${fresh}-old`;
  // Large, and needed only where something has changed.
  const { build } = await import('vite');
  const callersEnvironment = process.env['NODE_ENV'];
  try {
    // What stands in `dist` is what ships, whoever had it built: a test runner's word here would bring React's development build in.
    process.env['NODE_ENV'] = 'production';
    await build({ ...part.config(fresh), logLevel: 'warn' });
    await rename(outDirectory, old).catch(() => undefined);
    await rename(fresh, outDirectory);
    await mkdir(STAMPS, { recursive: true });
    await writeFile(stampFile, hash);
  } finally {
    if (callersEnvironment === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = callersEnvironment;
    await rm(old, { recursive: true, force: true });
    await rm(fresh, { recursive: true, force: true });
  }
  return true;
}

function isPartName(name: string): name is PartName {
  return Object.hasOwn(PARTS, name);
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { force: { type: 'boolean' } } });
  const asked = positionals.length > 0 ? positionals : Object.keys(PARTS);
  for (const name of asked) {
    if (!isPartName(name)) throw new Error(`no such part: ${name}; there are ${Object.keys(PARTS).join(', ')}`);
    const startMs = performance.now();
    const isBuilt = await buildPart(name, { force: values.force ?? false });
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    console.error(isBuilt ? `built ${name} in ${seconds} s` : `${name} is up to date`);
  }
}
