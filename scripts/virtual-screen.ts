/**
 * A screen for machines without one: Xvfb on the first free display number, which Xvfb itself finds and tells.
 *
 * Errors  Throws when Xvfb is not there or tells no number within ten seconds.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export type VirtualScreen = Readonly<{
  /** For the environment variable of that name, e.g. `:1`. */
  display: string;
  close: () => Promise<void>;
}>;

const START_LIMIT_MS = 10_000;

export async function openVirtualScreen(size: { widthPx: number; heightPx: number }): Promise<VirtualScreen> {
  const screen = ['-screen', '0', `${size.widthPx}x${size.heightPx}x24`];
  // Xvfb listens on a file socket alone, and writes its number to descriptor 3.
  const args = ['-displayfd', '3', ...screen, '-nolisten', 'tcp', '-dpi', '96', '-noreset'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const ended = once(server, 'exit');
  const stop = (): void => void server.kill('SIGTERM');
  process.once('exit', stop);
  try {
    const number = await Promise.race([firstLine(server.stdio[3] as Readable), failure(server)]);
    return {
      display: `:${number}`,
      async close() {
        process.off('exit', stop);
        stop();
        await ended;
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}

async function firstLine(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.includes('\n')) return text.trim();
  }
  throw new Error('Xvfb ended without telling its display number');
}

function failure(server: ReturnType<typeof spawn>): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`Xvfb did not start within ${START_LIMIT_MS} ms`)), START_LIMIT_MS);
  timer.unref();
  server.once('error', (error) => reject(new Error('Xvfb cannot be started', { cause: error })));
  return promise;
}
