/** One window of the Electron host: how it is made, where it stands, how it ended. */
import type { HostedWindow, HostLog, WindowSpec } from '../window-host.ts';
import { createWindowLine, within } from '../window-line.ts';
import type { WindowLine } from '../window-line.ts';
import { FRAME_CHANNEL, ROLE_ARGUMENT } from './channel.ts';
import type { BrowserWindow, Display, ElectronParts, Session } from './electron-parts.ts';
import { PAGE_URL } from './page-scheme.ts';

export type ElectronWindow = Readonly<{
  hosted: HostedWindow;
  window: BrowserWindow;
  line: WindowLine;
  /** Resolves when the page has said hello. */
  load(): Promise<void>;
  place(displays: readonly Display[]): void;
}>;

export type WindowParts = Readonly<{
  spec: WindowSpec;
  session: Session;
  preloadPath: string;
  hasDeveloperTools: boolean;
  log: HostLog;
}>;

const HELLO_LIMIT_MS = 20_000;

export function createElectronWindow(electron: ElectronParts, parts: WindowParts): ElectronWindow {
  const { spec, log } = parts;
  const window = new electron.BrowserWindow(windowOptions(parts));
  const contents = window.webContents;
  const line = createWindowLine({
    role: spec.role,
    log,
    send: (frame) => {
      if (!contents.isDestroyed()) contents.send(FRAME_CHANNEL, frame);
    },
  });
  const { promise: closed, resolve: end } = Promise.withResolvers<'asked' | 'crashed'>();
  let how: 'asked' | 'crashed' = 'asked';

  contents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    how = 'crashed';
    log.error('a window is gone', { role: spec.role, reason: details.reason, exitCode: details.exitCode });
    line.end();
    window.destroy();
  });
  contents.on('unresponsive', () => log.warn('a window does not respond', { role: spec.role }));
  window.once('closed', () => {
    line.end();
    end(how);
  });
  // The page sets no title of its own that a person should see in a task list.
  window.on('page-title-updated', (event) => event.preventDefault());

  return {
    window,
    line,
    hosted: {
      role: spec.role,
      connection: line.connection,
      closed,
      screenshot: async () => new Uint8Array((await contents.capturePage()).toPNG()),
      async close() {
        line.end();
        if (!window.isDestroyed()) window.destroy();
        await closed;
      },
    },
    async load() {
      const early = closed.then((end_) => Promise.reject(new Error(`the window ${end_} before its page said hello`)));
      const ready = Promise.all([window.loadURL(PAGE_URL), line.hello]);
      await within(Promise.race([ready, early]), HELLO_LIMIT_MS, `the ${spec.role} page's hello`);
      if (spec.role === 'cashier') window.show();
      else window.showInactive();
    },
    place: (displays) => placeWindow(window, spec, displays),
  };
}

function windowOptions(parts: WindowParts): Electron.BrowserWindowConstructorOptions {
  const { spec } = parts;
  return {
    title: spec.title,
    width: spec.widthPx,
    height: spec.heightPx,
    useContentSize: true,
    show: false,
    kiosk: false,
    autoHideMenuBar: true,
    webPreferences: {
      session: parts.session,
      preload: parts.preloadPath,
      additionalArguments: [`${ROLE_ARGUMENT}${spec.role}`],
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      disableDialogs: true,
      // A customer's screen that is covered for a moment must not show an old amount afterwards.
      backgroundThrottling: false,
      devTools: parts.hasDeveloperTools,
    },
  };
}

/** Primary first, then from left to right, so that a number means the same screen after a restart. */
export function orderDisplays(electron: Pick<ElectronParts, 'screen'>): readonly Display[] {
  const primary = electron.screen.getPrimaryDisplay().id;
  return electron.screen
    .getAllDisplays()
    .toSorted(
      (one, other) =>
        Number(other.id === primary) - Number(one.id === primary) ||
        one.bounds.x - other.bounds.x ||
        one.bounds.y - other.bounds.y,
    );
}

function placeWindow(window: BrowserWindow, spec: WindowSpec, displays: readonly Display[]): void {
  const display = displays[spec.displayIndex] ?? displays[0];
  if (display === undefined || window.isDestroyed()) return;
  if (!spec.kiosk) {
    const { x, y } = display.workArea;
    if (spec.displayIndex > 0) window.setPosition(x, y);
    return;
  }
  // A kiosk window does not move: out of it, over there, back in.
  window.setKiosk(false);
  window.setBounds(display.bounds);
  window.setKiosk(true);
}
