/**
 * A program of the far side in a process of its own: it must not share the loop whose delays are measured, nor, where that
 * is measured, take the processor from it, for a real printer or network computes elsewhere.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../../..');

export interface FarProgram {
  /** The first loopback address that it named. */
  readonly baseUrl: string;
  close(): Promise<void>;
}

const START_LIMIT_MS = 30_000;

export type FarManner = Readonly<{
  /** It gives way to everything else: only where nothing else fills the machine. */
  isAside: boolean;
}>;

export async function startFarProgram(
  program: string,
  args: readonly string[],
  { isAside }: FarManner = { isAside: false },
): Promise<FarProgram> {
  const child = spawn(process.execPath, [path.join(ROOT, program), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  // Programs that it starts itself, such as the far end of a line, inherit this.
  if (isAside && child.pid !== undefined) os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW);
  let said = '';
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const hear = (text: string): void => {
    said += text;
    const address = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(said)?.[0];
    if (address !== undefined) resolve(address);
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  child.once('exit', () => reject(new Error(`${program} ended: ${said}`)));
  const limit = setTimeout(() => reject(new Error(`${program} said only: ${said}`)), START_LIMIT_MS);
  try {
    const baseUrl = await promise;
    return {
      baseUrl,
      async close() {
        if (child.exitCode !== null) return;
        child.kill('SIGTERM');
        await once(child, 'exit');
      },
    };
  } finally {
    clearTimeout(limit);
  }
}
