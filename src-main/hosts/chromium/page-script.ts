/**
 * What runs in the page before the page's own code: puts `window.ventanilla` in place over a binding of the browser's protocol, then
 * takes the binding itself out of the page's sight. Plain JavaScript as text, because it is not ours to run.
 */
import type { WindowRole } from '../../core/contract/contract.ts';
import { PAGE_ORIGIN } from './chromium-flags.ts';

export const BINDING_NAME = '__ventanillaUp';
const RECEIVE = 'globalThis[Symbol.for("ventanilla.receive")]';

/** What the binding carries: a frame, or the word that the page is about to go. */
export type Word = Readonly<{ frame: unknown }> | Readonly<{ bye: true }>;

export function pageScript(role: WindowRole): string {
  return `(() => {
  'use strict';
  const up = globalThis[${JSON.stringify(BINDING_NAME)}];
  delete globalThis[${JSON.stringify(BINDING_NAME)}];
  if (location.origin !== ${JSON.stringify(PAGE_ORIGIN)} || top !== self || typeof up !== 'function') return;

  const { parse, stringify } = JSON;
  const listeners = new Set();
  const deliver = (text) => {
    const frame = parse(text);
    for (const listen of [...listeners]) {
      try { listen(frame); } catch (error) { reportError(error); }
    }
  };
  Object.defineProperty(globalThis, Symbol.for('ventanilla.receive'), { value: deliver });
  Object.defineProperty(globalThis, 'ventanilla', {
    value: Object.freeze({
      role: ${JSON.stringify(role)},
      send(frame) { up(stringify({ frame })); },
      onFrame(listen) {
        listeners.add(listen);
        return () => { listeners.delete(listen); };
      },
    }),
  });

  // The browser's own keys and menu have no place on a till; in an app window the page is asked first.
  const isBrowserKey = ({ key, ctrlKey, shiftKey, altKey }) =>
    key === 'F12' || key === 'F3' || key === 'F7' ||
    (ctrlKey && shiftKey && 'ijcntw'.includes(key.toLowerCase())) ||
    (ctrlKey && !altKey && 'ntouspfgjhr+-0='.includes(key.toLowerCase())) ||
    (altKey && (key === 'ArrowLeft' || key === 'ArrowRight' || key === 'Home'));
  addEventListener('keydown', (event) => { if (isBrowserKey(event)) event.preventDefault(); }, true);
  addEventListener('wheel', (event) => { if (event.ctrlKey) event.preventDefault(); }, { capture: true, passive: false });
  addEventListener('contextmenu', (event) => event.preventDefault(), true);
  addEventListener('dragover', (event) => event.preventDefault(), true);
  addEventListener('drop', (event) => event.preventDefault(), true);
  addEventListener('pagehide', () => up('{"bye":true}'));
})();`;
}

/** The expression that hands a frame to the page. The text is a string inside the expression: a frame can never be code. */
export function receiveExpression(frame: unknown): string {
  return `${RECEIVE}?.(${JSON.stringify(JSON.stringify(frame))})`;
}

/** Undefined for anything that our script did not write. */
export function readWord(text: string): Word | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof raw !== 'object' || raw === null) return undefined;
  if ('bye' in raw && raw.bye === true) return { bye: true };
  return 'frame' in raw ? { frame: raw.frame } : undefined;
}
