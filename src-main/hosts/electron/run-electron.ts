/**
 * The life of the Electron app around the till: one instance, the sandbox for all, no menu, and an end that waits for the till.
 *
 * What must happen before `ready` happens here, in this order; the entry adds nothing but the module itself.
 */
import type { HostLog, WindowHost } from '../window-host.ts';
import { createElectronHost } from './electron-host.ts';
import type { ElectronHost } from './electron-host.ts';
import type { ElectronParts } from './electron-parts.ts';
import { registerPageScheme } from './page-scheme.ts';

export interface RunningTill {
  /** Resolves when the till has ended by itself, e.g. because the cashier's window was closed. */
  readonly ended: Promise<void>;
  /** Ends it; resolves when everything is saved and closed. May be called more than once. */
  close(): Promise<void>;
}

/** Opens the till; it makes its host with its own log. */
export type StartTill = (createHost: (log: HostLog) => WindowHost) => Promise<RunningTill>;

export type RunOptions = Readonly<{
  assetsDirectory: string;
  preloadPath: string;
}>;

/** Chromium inside Electron reaches for nothing: the till's own networking is Node's and is not touched by these. */
const SWITCHES: readonly (readonly [string, string?])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-quic'],
  ['no-pings'],
  ['disable-pinch'],
];

/** Resolves to the exit code that the app was ended with. */
export async function runElectron(electron: ElectronParts, startTill: StartTill, options: RunOptions): Promise<number> {
  const { app } = electron;
  if (!app.requestSingleInstanceLock()) {
    // The other instance comes to the front by itself; two tills on one drawer must not be.
    app.exit(0);
    return 0;
  }
  app.enableSandbox();
  registerPageScheme(electron);
  for (const [name, value] of SWITCHES) app.commandLine.appendSwitch(name, value);
  electron.Menu.setApplicationMenu(null);
  // The till says when it ends: a crashed window that is about to come back must not end the app.
  app.on('window-all-closed', () => undefined);
  await app.whenReady();

  const hosts: ElectronHost[] = [];
  app.on('second-instance', () => hosts.at(-1)?.focus());
  const code = await runTill(electron, startTill, (log) => {
    const host = createElectronHost({ electron, log, ...options, hasDeveloperTools: !app.isPackaged });
    hosts.push(host);
    return host;
  });
  app.exit(code);
  return code;
}

async function runTill(
  { app }: ElectronParts,
  startTill: StartTill,
  createHost: (log: HostLog) => WindowHost,
): Promise<number> {
  const { promise: quitAsked, resolve: askToQuit } = Promise.withResolvers<void>();
  app.on('before-quit', (event) => {
    event.preventDefault();
    askToQuit();
  });
  try {
    const till = await startTill(createHost);
    await Promise.race([till.ended, quitAsked]);
    await till.close();
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 1;
  }
}
