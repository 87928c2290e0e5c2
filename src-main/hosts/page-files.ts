/**
 * The page's files, read once and kept in memory, and the headers that both hosts put on every one of them.
 *
 * Nothing else is ever served: a path that is not in the map does not exist, so there is no way out of the folder.
 *
 * Errors  `loadPageFiles` throws when the folder has no index.html: the renderer was not built.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export type PageFile = Readonly<{ contentType: string; body: Buffer }>;
/** By path, as in a URL: `/index.html`, `/assets/main.js`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  // No popup, no dialog, no download. Forms stay, because a page hears of no submit without; they go nowhere all the same.
  'sandbox allow-scripts allow-same-origin allow-forms',
];

export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY.join('; '),
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), display-capture=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  // In memory already: a copy on disk would only be one more thing to be stale.
  'cache-control': 'no-store',
};

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wav': 'audio/wav',
  '.woff2': 'font/woff2',
};

export async function loadPageFiles(directory: string): Promise<PageFiles> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, PageFile>();
  for (const entry of entries) {
    const contentType = CONTENT_TYPES[path.extname(entry.name)];
    if (!entry.isFile() || contentType === undefined) continue;
    const file = path.join(entry.parentPath, entry.name);
    const urlPath = `/${path.relative(directory, file).split(path.sep).join('/')}`;
    files.set(urlPath, { contentType, body: await readFile(file) });
  }
  if (!files.has('/index.html')) throw new Error(`no page in ${directory}: run "npm run build"`);
  return files;
}

/** The file that a URL names, undefined when it is not of this origin or not ours. The query and the fragment choose nothing. */
export function pageFileFor(files: PageFiles, origin: string, address: string): PageFile | undefined {
  const url = URL.parse(address);
  if (url === null || !isOfOrigin(origin, address)) return undefined;
  return files.get(url.pathname === '/' ? '/index.html' : url.pathname);
}

/** `origin` without a path: `https://ventanilla.invalid` or `app://ventanilla`. `URL.origin` is "null" for schemes of our own. */
export function isOfOrigin(origin: string, address: string): boolean {
  const url = URL.parse(address);
  return url !== null && `${url.protocol}//${url.host}` === origin && url.username === '' && url.password === '';
}
