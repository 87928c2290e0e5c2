/**
 * The device process: begins here, under Node or as Electron's utility process. The only place of the till where native drivers are loaded.
 */
import { createLocalLines } from '../transports/local-lines.ts';
import { serveLines } from './serve-lines.ts';
import type { TillPort } from './serve-lines.ts';

/** Source  Electron, `process.parentPort`: messages come as events with `data`. */
type ParentPort = Readonly<{
  postMessage: (message: unknown) => void;
  on: (event: 'message', listener: (event: Readonly<{ data: unknown }>) => void) => unknown;
}>;

function portToTill(): TillPort {
  const { parentPort } = process as Readonly<{ parentPort?: ParentPort }>;
  if (parentPort !== undefined) {
    const post = parentPort.postMessage.bind(parentPort);
    return {
      post,
      onMessage: (listener) => void parentPort.on('message', ({ data }) => listener(data)),
    };
  }
  // A till that has died leaves no one to work for; its lines must be free for the next one.
  process.once('disconnect', () => process.exit(0));
  // Ctrl+C and a stopping service reach the whole group: the till ends first and says so.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  return {
    post: (report) => void process.send?.(report, undefined, undefined, () => undefined),
    onMessage: (listener) => void process.on('message', listener),
  };
}

serveLines(portToTill(), createLocalLines(), () => process.exit(0));
