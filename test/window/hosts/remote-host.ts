/**
 * A host in another process, as lines of JSON over its standard input and output: Electron's own process, or a Node that a test may kill.
 * `serveHost` is the far side, `createRemoteHost` the near one.
 */
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { DownFrame } from '../../../src-main/core/contract/contract.ts';
import type { HostedWindow, WindowHost, WindowSpec } from '../../../src-main/hosts/window-host.ts';
import { createWindowLine } from '../../../src-main/hosts/window-line.ts';
import type { WindowLine } from '../../../src-main/hosts/window-line.ts';
import { quietLog } from './probe-page.ts';

type Order =
  | { do: 'open'; key: number; spec: WindowSpec }
  | { do: 'send'; key: number; frame: DownFrame }
  | { do: 'picture' | 'close'; key: number }
  | { do: 'end' };
type News =
  | { is: 'ready' }
  | { is: 'opened'; key: number }
  | { is: 'failed'; key: number; error: string }
  | { is: 'frame'; key: number; frame?: unknown }
  | { is: 'picture'; key: number; base64: string }
  | { is: 'closed'; key: number; how: 'asked' | 'crashed' };

/** Resolves when the near side has said that it is the end. */
export async function serveHost(host: WindowHost, input: Readable, output: Writable): Promise<void> {
  const windows = new Map<number, HostedWindow>();
  const tell = (news: News): void => void output.write(`${JSON.stringify(news)}\n`);

  async function open(key: number, spec: WindowSpec): Promise<void> {
    try {
      const window = await host.open(spec);
      windows.set(key, window);
      tell({ is: 'opened', key });
      window.connection.onFrame((frame) => tell({ is: 'frame', key, frame }));
      void window.closed.then((how) => tell({ is: 'closed', key, how }));
    } catch (error) {
      tell({ is: 'failed', key, error: String(error) });
    }
  }

  tell({ is: 'ready' });
  for await (const line of createInterface(input)) {
    const order = JSON.parse(line) as Order;
    if (order.do === 'end') break;
    const window = windows.get(order.key);
    if (order.do === 'open') void open(order.key, order.spec);
    if (order.do === 'send') window?.connection.send(order.frame);
    if (order.do === 'close') void window?.close();
    if (order.do === 'picture') {
      const picture = await window?.screenshot();
      tell({ is: 'picture', key: order.key, base64: Buffer.from(picture ?? []).toString('base64') });
    }
  }
  await host.close();
}

type Near = Readonly<{
  line: WindowLine;
  opened: PromiseWithResolvers<void>;
  closed: PromiseWithResolvers<'asked' | 'crashed'>;
  pictures: ((picture: Uint8Array) => void)[];
}>;

/** `child` runs `serveHost`, with pipes for its standard input and output. */
export async function createRemoteHost(child: ChildProcessByStdio<Writable, Readable, null>): Promise<WindowHost> {
  const windows = new Map<number, Near>();
  const ready = Promise.withResolvers<void>();
  const order = (what: Order): void => void child.stdin.write(`${JSON.stringify(what)}\n`);
  let lastKey = 0;
  let isClosed = false;

  function hear(news: News): void {
    if (news.is === 'ready') return ready.resolve();
    const near = windows.get(news.key);
    if (news.is === 'opened') near?.opened.resolve();
    if (news.is === 'failed') near?.opened.reject(new Error(news.error));
    // A frame of `undefined` has no key in JSON.
    if (news.is === 'frame') near?.line.arrive(news.frame);
    if (news.is === 'picture') near?.pictures.shift()?.(Buffer.from(news.base64, 'base64'));
    if (news.is === 'closed') near?.closed.resolve(news.how);
  }
  createInterface(child.stdout).on('line', (line) => {
    // A browser may write words of its own.
    if (line.startsWith('{"is":')) hear(JSON.parse(line) as News);
  });
  await ready.promise;

  return {
    async open(spec) {
      if (isClosed) throw new Error('the window host is closed');
      const key = (lastKey += 1);
      const near: Near = {
        line: createWindowLine({ role: spec.role, log: quietLog, send: (frame) => order({ do: 'send', key, frame }) }),
        opened: Promise.withResolvers(),
        closed: Promise.withResolvers(),
        pictures: [],
      };
      windows.set(key, near);
      order({ do: 'open', key, spec });
      await near.opened.promise;
      return {
        role: spec.role,
        connection: near.line.connection,
        closed: near.closed.promise,
        screenshot() {
          const { promise, resolve } = Promise.withResolvers<Uint8Array>();
          near.pictures.push(resolve);
          order({ do: 'picture', key });
          return promise;
        },
        async close() {
          order({ do: 'close', key });
          await near.closed.promise;
        },
      };
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      const ended = once(child, 'exit');
      order({ do: 'end' });
      await ended;
    },
  };
}
