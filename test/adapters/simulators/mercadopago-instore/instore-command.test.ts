/** The command that starts the simulated in-store API alone, as a technician starts it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';

const MAIN = path.resolve(import.meta.dirname, '../../../../src-main/simulators/main.ts');

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

test.each([
  [[], 'AR'],
  [['--country', 'BR'], 'BR'],
])('with %j it says where it listens and for whom, in %s, and stops cleanly', async (options, country) => {
  const words = ['--network', 'mercadopago-instore', '--port', '0', '--auto-pay', ...options];
  const child = spawn(process.execPath, [MAIN, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString('utf8')));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  await expect.poll(() => said.out, { timeout: 30_000 }).toContain('customers pay by themselves');

  const controlUrl = /control\s+(\S+)/.exec(said.out)?.[1] ?? '';
  const settings: unknown = await (await fetch(`${controlUrl}/settings`)).json();
  child.kill('SIGTERM');

  expect(said.out).toContain(`Simulated Mercado Pago (legacy in-store API, ${country}), seed 1, user 700100200`);
  expect(settings).toMatchObject({ country, userId: '700100200', customers: { walkAwayRate: 0.1 } });
  expect(await ended).toBe(0);
  expect(said.err).toBe('');
});
