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
  const placement = createPlacement(window, spec);
  let isWaiting = false;
  let isLoaded = false;
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
  /** The customer's never takes the keyboard: what a scanner types is the cashier's. */
  function appear(): void {
    if (isWaiting) return;
    if (spec.role === 'cashier') window.show();
    else window.showInactive();
  }

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
      isLoaded = true;
      appear();
    },
    place(displays) {
      if (window.isDestroyed()) return;
      const wasWaiting = isWaiting;
      isWaiting = placement.place(displays) === 'waiting';
      if (isWaiting && !wasWaiting) window.hide();
      if (wasWaiting && isLoaded) appear();
    },
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
    // A touch on the customer's screen must not take the cashier's keyboard away.
    focusable: spec.role === 'cashier' || !spec.kiosk,
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

/** Puts a window where it belongs, and only when that is somewhere else: a window that is moved without need flickers. */
function createPlacement(window: BrowserWindow, { displayIndex, kiosk }: WindowSpec) {
  let placedOn = '';
  return {
    /** Whether its screen is there; a window that would fill the screen of another waits out of sight. */
    place(displays: readonly Display[]): 'shown' | 'waiting' {
      const own = displays[displayIndex];
      if (own === undefined && kiosk && displays.length > 0) {
        placedOn = '';
        return 'waiting';
      }
      const display = own ?? displays[0];
      const wanted =
        display === undefined ? '' : JSON.stringify([display.id, kiosk ? display.bounds : display.workArea]);
      if (display === undefined || wanted === placedOn) return 'shown';
      placedOn = wanted;
      if (!kiosk) {
        if (displayIndex > 0) window.setPosition(display.workArea.x, display.workArea.y);
        return 'shown';
      }
      // A kiosk window does not move: out of it, over there, back in.
      window.setKiosk(false);
      window.setBounds(display.bounds);
      window.setKiosk(true);
      return 'shown';
    },
  };
}
