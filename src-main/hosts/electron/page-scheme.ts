/**
 * The page's own scheme: `app://ventanilla/`, served out of memory with the same headers as in the other host. `file:` would give the page
 * an origin that it shares with every file of the machine.
 *
 * Source  Electron, security checklist: "Avoid usage of the file:// protocol and prefer usage of custom protocols".
 */
import { PAGE_HEADERS, isOfOrigin, pageFileFor } from '../page-files.ts';
import type { PageFiles } from '../page-files.ts';
import type { ElectronParts, Session } from './electron-parts.ts';

const SCHEME = 'app';
export const PAGE_ORIGIN = `${SCHEME}://ventanilla`;
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;

/** Once, before the app is ready. Standard and secure: relative addresses and `crypto` work as on https. */
export function registerPageScheme({ protocol }: Pick<ElectronParts, 'protocol'>): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

export function servePage(session: Session, files: PageFiles): void {
  session.protocol.handle(SCHEME, (request) => {
    const file = request.method === 'GET' ? pageFileFor(files, PAGE_ORIGIN, request.url) : undefined;
    if (file === undefined) return new Response(null, { status: 404, headers: PAGE_HEADERS });
    const headers = { ...PAGE_HEADERS, 'content-type': file.contentType };
    return new Response(Uint8Array.from(file.body), { status: 200, headers });
  });
  // Everything else that the page could name, its policy already forbids; this holds even for a page without one.
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isOfOrigin(PAGE_ORIGIN, details.url) }));
}
