/**
 * One owner for each device: whoever asks for the same address again gets the same line, so that a printer and the drawer behind it never
 * shut each other out. The line is closed when its last user has closed it. The first user's options hold for all.
 */
import type { LineAddress } from '../../../core/domain/devices/device.ts';
import { lineText } from '../../../core/domain/devices/device.ts';
import { err } from '../../../core/domain/result.ts';
import type { ByteTransport } from './byte-transport.ts';
import type { LineOptions } from './device-lines.ts';

export interface SharedLines {
  line(address: LineAddress, options?: LineOptions): ByteTransport;
  /** Closes all, whoever uses them. */
  close(): Promise<void>;
}

type Shared = { readonly transport: ByteTransport; users: number };

export function createSharedLines(open: (address: LineAddress, options: LineOptions) => ByteTransport): SharedLines {
  const lines = new Map<string, Shared>();
  let isClosed = false;

  function join(key: string, shared: Shared): ByteTransport {
    shared.users += 1;
    const ends = new Set<() => void>();
    let isLeft = false;
    const { transport } = shared;

    function subscribe(begin: () => () => void): () => void {
      const end = begin();
      const endOnce = (): void => {
        if (ends.delete(endOnce)) end();
      };
      ends.add(endOnce);
      return endOnce;
    }

    return {
      id: transport.id,
      kind: transport.kind,
      get canRead() {
        return transport.canRead;
      },
      write(bytes, options) {
        if (!isLeft) return transport.write(bytes, options);
        return Promise.resolve(err({ code: 'cancelled', sent: 'none', detail: `${transport.id}: the line is closed` }));
      },
      onData: (listener) => subscribe(() => transport.onData(listener)),
      onState: (listener) =>
        subscribe(() => {
          if (transport.onState !== undefined) return transport.onState(listener);
          listener({ connected: 'unknown' });
          return () => undefined;
        }),
      async close() {
        if (isLeft) return;
        isLeft = true;
        for (const end of ends) end();
        shared.users -= 1;
        if (shared.users > 0) return;
        if (lines.get(key) === shared) lines.delete(key);
        await transport.close();
      },
    };
  }

  return {
    line(address, options = {}) {
      if (isClosed) throw new Error('the lines are closed');
      const key = lineText(address);
      const shared = lines.get(key) ?? { transport: open(address, options), users: 0 };
      lines.set(key, shared);
      return join(key, shared);
    },
    async close() {
      isClosed = true;
      const all = [...lines.values()];
      lines.clear();
      await Promise.all(all.map(({ transport }) => transport.close()));
    },
  };
}
