import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

import { expect, onTestFinished, test } from 'vitest';

import { createLog } from '../../../src-main/adapters/system/log.ts';
import { temporaryDirectory } from './temporary-directory.ts';

type Line = Readonly<{ level: string; time: string; msg: string; facts: Record<string, unknown>; lostLines?: number }>;

const NOON = Date.UTC(2026, 2, 14, 12);
const DAY_MS = 86_400_000;

function logIn(directory: string, secretValues: () => readonly string[] = () => []) {
  const clock = { ms: NOON };
  const log = createLog({ directory, clock: { nowMs: () => clock.ms }, secretValues });
  onTestFinished(() => log.close());
  const text = (name = 'till-2026-03-14.log'): string => readFileSync(join(directory, name), 'utf8');
  const lines = (name?: string): Line[] =>
    text(name)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  return { log, clock, text, lines };
}

test('what happened is one JSON line in the file of its day, at once, for its owner only', () => {
  const directory = temporaryDirectory();
  const { log, lines } = logIn(directory);
  log.info('till started', { version: '0.1.0', attempt: 1, isTraining: false, time: 'odd', nothing: undefined });
  log.warn('printer did not answer');
  log.error('commit failed', { code: 'storage.failed' });

  expect(lines()).toMatchObject([
    {
      level: 'info',
      time: '2026-03-14T12:00:00.000Z',
      msg: 'till started',
      facts: { version: '0.1.0', attempt: 1, isTraining: false, time: 'odd' },
    },
    { level: 'warn', msg: 'printer did not answer', facts: {} },
    { level: 'error', msg: 'commit failed', facts: { code: 'storage.failed' } },
  ]);
  expect(statSync(join(directory, 'till-2026-03-14.log')).mode & 0o777).toBe(0o600);
});

test('I11: a known secret is removed from message, names and facts, in every form that a wire gives it', () => {
  const token = 'APP_USR-12/34+56 "Ñ"\\';
  const { log, text } = logIn(temporaryDirectory(), () => [token, '8421']);
  const base64 = Buffer.from(token).toString('base64');
  log.info(`sent Authorization: Bearer ${token}`, {
    header: `Bearer ${token}`,
    [token]: 1,
    url: `/oauth?token=${encodeURIComponent(token)}`,
    form: `token=${encodeURIComponent(token).replaceAll('%20', '+')}`,
    body: JSON.stringify({ token }),
    basic: base64,
    link: Buffer.from(token).toString('base64url'),
    hex: Buffer.from(token).toString('hex'),
    pin: 8421,
    twice: `${token}${token}`,
  });
  const written = text();
  expect(written.match(/\[secret\]/g)).toHaveLength(12);
  for (const trace of ['APP_USR', 'Bearer A', '8421', base64.slice(0, 12), '4150505f', '34%2B56', 'Ñ']) {
    expect(written).not.toContain(trace);
  }
});

test('I11: a secret is unknown to the log for not one line after it was saved', () => {
  const known: string[] = [];
  const { log, lines } = logIn(temporaryDirectory(), () => known);
  log.info('nothing to hide from: sesame');
  known.push('sesame');
  log.info('open sesame');
  known.push('sesame street');
  log.info('on sesame street');
  expect(lines().map(({ msg }) => msg)).toEqual(['nothing to hide from: sesame', 'open [secret]', 'on [secret]']);
});

test('each day has its file; after thirty days it goes, and what is not ours stays', () => {
  const directory = temporaryDirectory();
  for (const name of ['till-2026-02-12.log', 'till-2026-02-13.log', 'till-2025-12-31.log', 'note.txt', 'till-x.log']) {
    writeFileSync(join(directory, name), '{}\n');
  }
  const { log, clock, lines } = logIn(directory);
  log.info('saturday');
  expect(readdirSync(directory).toSorted()).toEqual([
    'note.txt',
    'till-2026-02-13.log',
    'till-2026-03-14.log',
    'till-x.log',
  ]);
  clock.ms += DAY_MS;
  log.info('sunday');
  expect(lines('till-2026-03-15.log').map(({ msg }) => msg)).toEqual(['sunday']);
  expect(readdirSync(directory)).not.toContain('till-2026-02-13.log');
});

test('a log that cannot be written stops nobody, and says later how much is missing', () => {
  const directory = join(temporaryDirectory(), 'logs');
  const { log, lines } = logIn(directory);
  log.info('lost');
  log.info('lost too');
  writeFileSync(join(directory, '..', 'unrelated'), '');
  const made = spawnSync('mkdir', [directory]);
  expect(made.status).toBe(0);
  log.info('back');
  log.info('and on');
  expect(lines().map(({ msg, lostLines }) => [msg, lostLines])).toEqual([
    ['back', 2],
    ['and on', undefined],
  ]);
  rmSync(directory, { recursive: true });
});

test('the last line before a crash is in the file', () => {
  const directory = temporaryDirectory();
  const child = `
    import { createLog } from '${join(import.meta.dirname, '../../../src-main/adapters/system/log.ts')}';
    const log = createLog({ directory: '${directory}', clock: { nowMs: () => ${NOON} }, secretValues: () => [] });
    log.error('about to die');
    process.kill(process.pid, 'SIGKILL');`;
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', child]);
  expect(run.signal).toBe('SIGKILL');
  expect(readFileSync(join(directory, 'till-2026-03-14.log'), 'utf8')).toContain('"msg":"about to die"');
});
