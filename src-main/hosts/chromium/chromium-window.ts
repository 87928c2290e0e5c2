/**
 * One window of the Chromium host: serves the page, carries its frames, denies everything else, and knows how it ended.
 *
 * The page speaks through a binding of the browser's protocol. A word counts only from the main frame's own world at our own origin; the
 * protocol names the sender of each, the page cannot.
 */
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { PAGE_HEADERS, isOfOrigin, pageFileFor } from '../page-files.ts';
import type { PageFiles } from '../page-files.ts';
import type { HostedWindow, HostLog, WindowSpec } from '../window-host.ts';
import { createWindowLine, within } from '../window-line.ts';
import type { WindowLine } from '../window-line.ts';
import { PAGE_ORIGIN, PAGE_URL } from './chromium-flags.ts';
import { createChromiumHands } from './chromium-hands.ts';
import { BINDING_NAME, pageScript, readWord, receiveExpression } from './page-script.ts';
import { followScreens, placeWindow } from './placement.ts';

type Parts = Readonly<{ context: BrowserContext; spec: WindowSpec; files: PageFiles; log: HostLog }>;

const HELLO_LIMIT_MS = 20_000;
const CLOSE_LIMIT_MS = 5_000;
/** Generous against any frame of ours; the bridge has its own, closer limit. */
const WORD_CHARACTERS_MAX = 65_536;

export async function openChromiumWindow({ context, spec, files, log }: Parts): Promise<HostedWindow> {
  const page = context.pages()[0] ?? (await context.newPage());
  const cdp = await context.newCDPSession(page);
  const line = createWindowLine({
    role: spec.role,
    log,
    send(frame) {
      // Without the word, what the page does on hearing a frame would be free of its own policy.
      const evaluation = { expression: receiveExpression(frame), allowUnsafeEvalBlockedByCSP: false };
      // A page that is just going away cannot be told; the window's end is noticed elsewhere.
      void cdp.send('Runtime.evaluate', evaluation).catch(() => undefined);
    },
  });
  const ending = watchEnd(context, page, line, spec, log);
  await denyTheRest(context, page, files, log);
  await carryWords(cdp, spec, log, (word) => {
    ending.sawBye('bye' in word);
    if ('frame' in word) line.arrive(word.frame);
  });
  await page.goto(PAGE_URL);
  await placeWindow(cdp, spec, log);
  const endFollowing = await followScreens(cdp, spec, log);
  void ending.closed.then(endFollowing);
  const early = ending.closed.then((how) => Promise.reject(new Error(`the window ${how} before its page said hello`)));
  await within(Promise.race([line.hello, early]), HELLO_LIMIT_MS, `the ${spec.role} page's hello`);
  keepOurPage(page, log);

  return {
    role: spec.role,
    connection: line.connection,
    closed: ending.closed,
    screenshot: () => page.screenshot({ type: 'png', animations: 'disabled', caret: 'initial' }),
    hands: createChromiumHands(page),
    close: ending.close,
  };
}

/** Everything the page could reach for outside of its own files. */
async function denyTheRest(context: BrowserContext, page: Page, files: PageFiles, log: HostLog): Promise<void> {
  await context.route('**/*', async (route) => {
    const request = route.request();
    const file = pageFileFor(files, PAGE_ORIGIN, request.url());
    const isNavigation = request.isNavigationRequest();
    if (file !== undefined && request.method() === 'GET' && (!isNavigation || request.url() === PAGE_URL)) {
      return route.fulfill({ status: 200, headers: PAGE_HEADERS, contentType: file.contentType, body: file.body });
    }
    if (!isNavigation && isOfOrigin(PAGE_ORIGIN, request.url())) return route.fulfill({ status: 404 });
    log.warn('refused a request of the page', { url: request.url().slice(0, 200), isNavigation });
    // "aborted" leaves the page standing where another error would put the browser's own page in its place.
    return route.abort('aborted');
  });
  await context.grantPermissions([], { origin: PAGE_ORIGIN });
  context.on('page', (other) => {
    if (other === page) return;
    log.warn('closed a window that the page opened');
    void other.close().catch(() => undefined);
  });
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
  // Heard and left alone: no file chooser opens.
  page.on('filechooser', () => log.warn('refused a file chooser'));
  page.on('download', (download) => void download.cancel().catch(() => undefined));
  page.on('pageerror', (error) => log.error('an error in the page', { error: error.stack ?? error.message }));
}

/** Pages without a request (about:blank) cannot be refused; they are left at once. */
function keepOurPage(page: Page, log: HostLog): void {
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame() || isOfOrigin(PAGE_ORIGIN, frame.url())) return;
    log.warn('the window left its page; going back', { url: frame.url().slice(0, 200) });
    void page.goto(PAGE_URL).catch(() => undefined);
  });
}

async function carryWords(
  cdp: CDPSession,
  spec: WindowSpec,
  log: HostLog,
  hear: (word: NonNullable<ReturnType<typeof readWord>>) => void,
): Promise<void> {
  const { frameTree } = await cdp.send('Page.getFrameTree');
  const ourWorlds = new Set<number>();
  cdp.on('Runtime.executionContextCreated', ({ context }) => {
    const world: unknown = context.auxData;
    if (isMainWorldOf(world, frameTree.frame.id) && context.origin === PAGE_ORIGIN) ourWorlds.add(context.id);
  });
  cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => ourWorlds.delete(executionContextId));
  cdp.on('Runtime.executionContextsCleared', () => ourWorlds.clear());
  cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name !== BINDING_NAME) return;
    const word = payload.length <= WORD_CHARACTERS_MAX ? readWord(payload) : undefined;
    if (!ourWorlds.has(executionContextId) || word === undefined) {
      return log.warn('dropped a word that is not of our page', { role: spec.role, characters: payload.length });
    }
    hear(word);
  });
  await cdp.send('Page.enable');
  await cdp.send('Runtime.enable');
  await cdp.send('Runtime.addBinding', { name: BINDING_NAME });
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript(spec.role) });
}

function isMainWorldOf(world: unknown, frameId: string): boolean {
  if (typeof world !== 'object' || world === null) return false;
  return 'isDefault' in world && world.isDefault === true && 'frameId' in world && world.frameId === frameId;
}

type Ending = Readonly<{
  closed: HostedWindow['closed'];
  close: () => Promise<void>;
  /** A page that a person closes says goodbye; one that was killed cannot. A page that speaks again was only loaded anew. */
  sawBye: (isBye: boolean) => void;
}>;

function watchEnd(context: BrowserContext, page: Page, line: WindowLine, spec: WindowSpec, log: HostLog): Ending {
  const { promise: closed, resolve } = Promise.withResolvers<'asked' | 'crashed'>();
  const gone = new Promise<void>((settle) => context.once('close', () => settle()));
  let isAsked = false;
  let saidBye = false;

  async function end(how: 'asked' | 'crashed'): Promise<void> {
    line.end();
    // The process must be gone before the caller opens the window again.
    await within(Promise.all([context.close(), gone]), CLOSE_LIMIT_MS, 'closing Chromium').catch((error: unknown) => {
      log.error('Chromium did not close in time', { role: spec.role, error: String(error) });
    });
    if (how === 'crashed') log.error('a window is gone', { role: spec.role });
    resolve(how);
  }

  page.once('crash', () => void end('crashed'));
  page.once('close', () => void end(isAsked || saidBye ? 'asked' : 'crashed'));
  return {
    closed,
    sawBye: (isBye) => {
      saidBye = isBye;
    },
    async close() {
      isAsked = true;
      await end('asked');
    },
  };
}
