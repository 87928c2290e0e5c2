/** Who listens to a line: its bytes as they come, its state at once and at every change. */
import type { LineState } from './byte-transport.ts';

export interface LineHearers {
  onData(listener: (bytes: Uint8Array) => void): () => void;
  onState(listener: (state: LineState) => void): () => void;
  heard(bytes: Uint8Array): void;
  changed(state: LineState): void;
}

export function createLineHearers(): LineHearers {
  const dataListeners = new Set<(bytes: Uint8Array) => void>();
  const stateListeners = new Set<(state: LineState) => void>();
  let state: LineState = { connected: 'unknown' };
  return {
    onData(listener) {
      dataListeners.add(listener);
      return () => void dataListeners.delete(listener);
    },
    onState(listener) {
      stateListeners.add(listener);
      listener(state);
      return () => void stateListeners.delete(listener);
    },
    heard(bytes) {
      for (const listener of dataListeners) listener(bytes);
    },
    changed(next) {
      // Every attempt that fails for the same reason is no news.
      if (next.connected === state.connected && next.fault?.detail === state.fault?.detail) return;
      state = next;
      for (const listener of stateListeners) listener(next);
    },
  };
}
