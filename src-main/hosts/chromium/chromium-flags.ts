/**
 * How Chromium is started. Each flag has its reason; what playwright-core adds by itself for tests, and a till does not want, is removed.
 *
 * Source  Chromium's `--help`-less switches, as described in chrome-launcher's "Chrome Flags for Tools".
 */
import type { WindowSpec } from '../window-host.ts';

/** Reserved by RFC 2606 to exist nowhere: even a mistake in the interception cannot reach a real server. */
export const PAGE_ORIGIN = 'https://ventanilla.invalid';
export const PAGE_URL = `${PAGE_ORIGIN}/`;

/** The last such switch counts, so this list stands for playwright-core's own as well. */
const UNWANTED_FEATURES = [
  // Asks of the browser's maker.
  'AimEnabled',
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'InterestFeedContentSuggestions',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PreconnectToSearch',
  // Bubbles and bars over our page.
  'GlobalMediaControls',
  'LensOverlay',
  'Translate',
  // A second renderer kept ready for the next page: there is no next page, and it holds 30 MB.
  'SpareRendererForSitePerProcess',
];

export function chromiumFlags(spec: WindowSpec, { isSandboxed }: { isSandboxed: boolean }): string[] {
  return [
    // A window without tabs and address bar. The page's own address, so that the window counts it as its own and shows no origin.
    `--app=${PAGE_URL}`,
    `--window-size=${spec.widthPx},${spec.heightPx}`,
    '--window-position=0,0',
    ...(spec.kiosk ? ['--kiosk'] : []),
    // No name resolves, so nothing can leave the machine: not the browser's own services either.
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--disable-background-networking',
    '--disable-client-side-phishing-detection',
    '--disable-component-update',
    '--disable-domain-reliability',
    '--disable-sync',
    '--disable-quic',
    '--no-pings',
    // No page of the browser's own over ours: first run, default browser, crash restore, error boxes.
    '--no-first-run',
    '--no-default-browser-check',
    '--hide-crash-restore-bubble',
    '--noerrdialogs',
    '--disable-infobars',
    `--disable-features=${UNWANTED_FEATURES.join(',')}`,
    // A touch screen with a queue in front of it: no zoom by two fingers, no going back by a swipe.
    '--disable-pinch',
    '--overscroll-history-navigation=0',
    // Without it a till that runs as root shows a warning bar over its page.
    ...(isSandboxed ? [] : ['--test-type']),
  ];
}

/** Defaults of playwright-core that are right for tests of a web site and wrong for a till. */
export const UNWANTED_DEFAULTS: readonly string[] = [
  '--enable-automation',
  '--disable-popup-blocking',
  '--unsafely-disable-devtools-self-xss-warnings',
  '--enable-unsafe-swiftshader',
  // A second, empty window.
  'about:blank',
];
