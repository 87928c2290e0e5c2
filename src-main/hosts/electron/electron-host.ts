/**
 * Shows the windows in Electron. Small enough to be right by reading: the page comes from our own scheme, speaks through one channel, and
 * every message's sender is checked: a window that we opened, its main frame, our origin.
 *
 * Source  Electron, security checklist, "Validate the sender of all IPC messages".
 */
import { isOfOrigin, loadPageFiles } from '../page-files.ts';
import type { HostLog, WindowHost } from '../window-host.ts';
import { FRAME_CHANNEL } from './channel.ts';
import { denyEverywhere, denyPermissions } from './denials.ts';
import type { ElectronParts, IpcMainEvent, Session } from './electron-parts.ts';
import { createElectronWindow, orderDisplays } from './electron-window.ts';
import type { ElectronWindow } from './electron-window.ts';
import { PAGE_ORIGIN, servePage } from './page-scheme.ts';

export type ElectronHostParts = Readonly<{
  /** Ready: `app.whenReady()` has resolved and `registerPageScheme` was called before it. */
  electron: ElectronParts;
  assetsDirectory: string;
  preloadPath: string;
  /** Off in a package that people work with. */
  hasDeveloperTools: boolean;
  log: HostLog;
}>;

export interface ElectronHost extends WindowHost {
  /** Brings the cashier's window to the front: somebody started the till a second time. */
  focus(): void;
}

/** Without `persist:` it lives in memory: nothing of a page is left on disk. */
const PARTITION = 'ventanilla';
const SCREEN_EVENTS = ['display-added', 'display-removed', 'display-metrics-changed'] as const;

export function createElectronHost(parts: ElectronHostParts): ElectronHost {
  const { electron, log } = parts;
  const windows = new Map<number, ElectronWindow>();
  let session: Promise<Session> | undefined;
  let isClosed = false;

  function onMessage(event: IpcMainEvent, frame: unknown): void {
    const known = windows.get(event.sender.id);
    if (known === undefined || !isFromItsPage(event)) {
      log.warn('refused a message', { contents: event.sender.id, address: event.senderFrame?.url.slice(0, 200) });
      return;
    }
    known.line.arrive(frame);
  }

  function placeAll(): void {
    const displays = orderDisplays(electron);
    for (const window of windows.values()) window.place(displays);
  }

  const endDenials = denyEverywhere(electron, log);
  electron.ipcMain.on(FRAME_CHANNEL, onMessage);
  for (const name of SCREEN_EVENTS) electron.screen.on(name as 'display-added', placeAll);

  return {
    async open(spec) {
      if (isClosed) throw new Error('the window host is closed');
      session ??= prepareSession(parts);
      const made = createElectronWindow(electron, {
        spec,
        session: await session,
        preloadPath: parts.preloadPath,
        hasDeveloperTools: parts.hasDeveloperTools,
        log,
      });
      // Its number is gone from the object once the window is.
      const { id } = made.window.webContents;
      windows.set(id, made);
      void made.hosted.closed.then(() => windows.delete(id));
      try {
        const displays = orderDisplays(electron);
        if (spec.displayIndex >= displays.length) {
          log.warn('a screen is missing', { role: spec.role, asked: spec.displayIndex });
        }
        made.place(displays);
        await made.load();
        return made.hosted;
      } catch (error) {
        await made.hosted.close();
        throw error;
      }
    },
    focus() {
      for (const { hosted, window } of windows.values()) if (hosted.role === 'cashier') window.focus();
    },
    async close() {
      isClosed = true;
      await Promise.all([...windows.values()].map(({ hosted }) => hosted.close()));
      endDenials();
      electron.ipcMain.off(FRAME_CHANNEL, onMessage);
      for (const name of SCREEN_EVENTS) electron.screen.off(name as 'display-added', placeAll);
    },
  };
}

async function prepareSession({ electron, assetsDirectory }: ElectronHostParts): Promise<Session> {
  const files = await loadPageFiles(assetsDirectory);
  const session = electron.session.fromPartition(PARTITION, { cache: false });
  denyPermissions(session);
  servePage(session, files);
  return session;
}

/** A frame that has gone meanwhile is null, and refused. */
function isFromItsPage({ sender, senderFrame }: IpcMainEvent): boolean {
  if (senderFrame === null || senderFrame.parent !== null) return false;
  const isMainFrame = senderFrame.frameTreeNodeId === sender.mainFrame.frameTreeNodeId;
  return isMainFrame && isOfOrigin(PAGE_ORIGIN, senderFrame.url);
}
