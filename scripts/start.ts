/**
 * Starts the till in windows: builds what is stale, finds or makes a screen, and runs the entry of the chosen host.
 *
 * Use   npm start [-- --host chromium|electron] [what the till itself understands, e.g. --demo]
 * Host  Electron where its binary and a screen are present, otherwise the machine's own Chromium.
 */
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { electronBinary, hasScreen } from './machine.ts';
import { openVirtualScreen } from './virtual-screen.ts';
import type { VirtualScreen } from './virtual-screen.ts';

const ROOT = path.join(import.meta.dirname, '..');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Large enough for the cashier's window beside the customer's. */
const SCREEN = { widthPx: 1920, heightPx: 1080 };

type Host = 'chromium' | 'electron';

const { host, rest } = readArguments(process.argv.slice(2));
process.exitCode = await start(host, rest);

async function start(chosen: Host | undefined, args: readonly string[]): Promise<number> {
  const electron = electronBinary();
  const target = chosen ?? (electron !== undefined && hasScreen() ? 'electron' : 'chromium');
  if (target === 'electron' && electron === undefined) {
    console.error('Electron is not installed. Run: npx install-electron    or start with: --host chromium');
    return 1;
  }
  await buildIfStale(target === 'electron' ? ['renderer', 'preload', 'main', 'worker', 'devices'] : ['renderer']);

  const screen = hasScreen() ? undefined : await openScreen();
  try {
    const command = target === 'electron' && electron !== undefined ? [electron, ROOT] : [process.execPath, entry()];
    return await runToEnd([...command, ...args], screen);
  } finally {
    await screen?.close();
  }
}

function entry(): string {
  return path.join(ROOT, 'src-main/entry/chromium.ts');
}

/** In a process of its own, which takes the bundler's memory with it. */
async function buildIfStale(parts: readonly string[]): Promise<void> {
  const code = await runToEnd([process.execPath, path.join(ROOT, 'scripts/build.ts'), ...parts]);
  if (code !== 0) process.exit(code);
}

async function openScreen(): Promise<VirtualScreen> {
  const screen = await openVirtualScreen(SCREEN);
  console.error(`no screen here: using a virtual one, ${screen.display}`);
  return screen;
}

function runToEnd(command: readonly string[], screen?: VirtualScreen): Promise<number> {
  const [file = '', ...args] = command;
  const environment = screen === undefined ? process.env : { ...process.env, DISPLAY: screen.display };
  const child = spawn(file, args, { stdio: 'inherit', cwd: ROOT, env: environment });
  const pass = (signal: NodeJS.Signals): void => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once('error', reject);
  child.once('exit', (code, signal) => {
    for (const name of SIGNALS) process.off(name, pass);
    resolve(code ?? 128 + (signal === null ? 0 : os.constants.signals[signal]));
  });
  return promise;
}

/** Takes `--host` out and leaves everything else to the till. */
function readArguments(args: readonly string[]): { host: Host | undefined; rest: readonly string[] } {
  const at = args.findIndex((arg) => arg === '--host' || arg.startsWith('--host='));
  if (at < 0) return { host: undefined, rest: args };
  const isJoined = args[at] !== '--host';
  const value = isJoined ? args[at]?.slice('--host='.length) : args[at + 1];
  if (value !== 'chromium' && value !== 'electron') {
    console.error('--host is one of: chromium, electron');
    process.exit(2);
  }
  return { host: value, rest: args.toSpliced(at, isJoined ? 1 : 2) };
}
