/** The command that starts a simulated payout network alone, as a technician starts it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';

const MAIN = path.resolve(import.meta.dirname, '../../../../src-main/simulators/main.ts');

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(...options: string[]) {
  const child = spawn(process.execPath, [MAIN, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString('utf8')));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, said, ended };
}

test.each([
  ['tupay', 'Simulated TuPay', { ids: 'both', countries: ['PE'] }],
  ['onekey', 'Simulated OneKey', { ids: 'either', countries: ['BR'] }],
])('--network %s says where it listens and with which keys, and stops cleanly', async (network, title, settings) => {
  const { child, said, ended } = start('--network', network, '--port', '0', '--auto-pay');
  await expect.poll(() => said.out, { timeout: 30_000 }).toContain('banks pay by themselves');
  const controlUrl = /control\s+(\S+)/.exec(said.out)?.[1] ?? '';

  const answer: unknown = await (await fetch(`${controlUrl}/settings`)).json();
  child.kill('SIGTERM');

  expect(said.out).toContain(title);
  expect(said.out).toContain('login cashout_login, pass cashout_pass, signature cashout_secret_key');
  expect(answer).toMatchObject({ ...settings, banks: { rejectRate: 0.1 } });
  expect(await ended).toBe(0);
  expect(said.err).toBe('');
});

test.each([
  [['--network', 'pix'], '--network pix is none of mercadopago-orders, '],
  [['--network', 'tupay', '--country', 'BR'], '--country is not for tupay'],
])('%j is refused with what is wrong and how it is used', async (options, words) => {
  const { said, ended } = start(...options);

  expect(await ended).toBe(2);
  expect(said.err).toContain(words);
  expect(said.err).toContain('--network');
});
