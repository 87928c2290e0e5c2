/** The command that starts the simulated network alone, as a technician starts it. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const MAIN = path.resolve(import.meta.dirname, '../../../src-main/simulators/main.ts');

function start(...options: string[]) {
  const child = spawn(process.execPath, [MAIN, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString('utf8')));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, said, ended };
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'it says where it listens, answers there, and stops cleanly on %s',
  async (signal) => {
    const { child, said, ended } = start('--port', '0', '--seed', '5', '--country', 'AR', '--auto-pay');
    await expect.poll(() => said.out).toContain('customers pay by themselves');
    const controlUrl = /control\s+(\S+)/.exec(said.out)?.[1] ?? '';

    const settings = await (await fetch(`${controlUrl}/settings`)).json();
    child.kill(signal);

    expect(settings).toMatchObject({ country: 'AR', customers: { walkAwayRate: 0.1 } });
    expect(await ended).toBe(0);
    expect(said.err).toBe('');
  },
);

test.each([
  [['--port', 'abc'], '--port abc is not a port'],
  [['--port', '70000'], '--port 70000 is not a port'],
  [['--seed', '-1'], 'seed'],
  [['--country', 'PE'], '--country PE is none of MX, AR, BR, CL, UY'],
  [['--webhook-url', 'here'], '--webhook-url here is not a URL'],
  [['--rain'], '--rain'],
])('%j is refused with what is wrong and how it is used', async (options, words) => {
  const { said, ended } = start(...options);

  expect(await ended).toBe(2);
  expect(said.err).toContain(words);
  expect(said.err).toContain('--auto-pay');
});

test('it says so when the port is taken', async () => {
  const first = start('--port', '0');
  await expect.poll(() => first.said.out).toContain('control');
  const port = /127\.0\.0\.1:(\d+)/.exec(first.said.out)?.[1] ?? '';

  const second = start('--port', port);

  expect(await second.ended).toBe(1);
  expect(second.said.err).toMatch(/^cannot start: .*EADDRINUSE/);
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
});
