/** Where the host put its end of the line. */
import type { WindowPort } from '../../src-main/core/contract/contract.ts';

declare global {
  interface Window {
    readonly ventanilla?: WindowPort;
  }
}

export function windowPort(): WindowPort | undefined {
  return window.ventanilla;
}

/** Large and different for each load of the page; leaves room for more calls than a till makes in a year. */
export function firstCallId(): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return random * 2 ** 20;
}
