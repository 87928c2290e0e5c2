/** A way to end a wait, for use cases that give one to a port. */
import type { CancelSignal } from './ports/device-fault.ts';

export type Stop = Readonly<{ signal: CancelSignal; stop: () => void }>;

export function createStop(): Stop {
  const listeners = new Set<() => void>();
  let aborted = false;
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      addEventListener: (_type, listener) => void listeners.add(listener),
      removeEventListener: (_type, listener) => void listeners.delete(listener),
    },
    stop() {
      aborted = true;
      listeners.forEach((listener) => listener());
    },
  };
}
