/** The relay as a process of its own, as on its host: real configuration, real signals. */
import { spawn } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const NODE = path.join(ROOT, 'node_modules/.bin/node');
const ENTRY = path.join(ROOT, 'src-main/entry/relay.ts');

export type Ended = Readonly<{ exit: number | null; out: string; err: string }>;

export type RelayProcess = Readonly<{
  url: string;
  /** SIGKILL: the machine falls over. SIGTERM: somebody stops it. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<Ended>;
}>;

export function runRelay(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return heard(words, environment).ended;
}

export async function startRelayProcess(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<RelayProcess> {
  const { child, ended, said } = heard(words, environment);
  const url = await new Promise<string>((resolve, reject) => {
    const look = (): void => {
      const found = /"url":"([^"]+)"/.exec(said().out)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', look);
    void ended.then(({ out, err }) => reject(new Error(`the relay ended: ${out}${err}`)));
  });
  return {
    url,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

function heard(words: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = spawn(NODE, [ENTRY, ...words], { env: { ...process.env, ...environment } });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => resolve({ exit, out, err }));
  });
  return { child, ended, said: () => ({ out, err }) };
}
