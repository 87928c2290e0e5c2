/**
 * What no page of the till may do, whichever window it is in.
 *
 * Source  Electron, security checklist: permission requests, navigation, new windows, webview.
 */
import type { HostLog } from '../window-host.ts';
import type { ElectronParts, Session, WebContents } from './electron-parts.ts';
import { PAGE_URL } from './page-scheme.ts';

export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  // Its dictionaries come from a server of the browser's maker.
  session.setSpellCheckerEnabled(false);
}

/** For every page that comes to be, also one that we did not make. The answer ends it. */
export function denyEverywhere({ app }: Pick<ElectronParts, 'app'>, log: HostLog): () => void {
  const onCreated = (_event: unknown, contents: WebContents): void => denyFor(contents, log);
  app.on('web-contents-created', onCreated);
  return () => void app.off('web-contents-created', onCreated);
}

function denyFor(contents: WebContents, log: HostLog): void {
  // Tells of what a page wants, not of the host's own load: the page may load itself again, and nothing else.
  contents.on('will-frame-navigate', (details) => {
    if (details.isMainFrame && details.url === PAGE_URL) return;
    details.preventDefault();
    log.warn('refused a navigation', { url: details.url.slice(0, 200) });
  });
  contents.on('will-navigate', (details) => {
    if (details.url !== PAGE_URL) details.preventDefault();
  });
  contents.on('will-redirect', (details) => details.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-prevent-unload', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    log.warn('refused a new window', { url: url.slice(0, 200) });
    return { action: 'deny' };
  });
  // Two fingers on a touch screen are a palm, not a wish for larger letters.
  void contents.setVisualZoomLevelLimits(1, 1).catch(() => undefined);
}
