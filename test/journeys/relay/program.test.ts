/** The relay as a program: its command line, its configuration file, and what it never says (I11). */
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryDirectory } from '../../adapters/system/temporary-directory.ts';
import {
  askHints,
  MERCADOPAGO_SECRET,
  postOrderNotice,
  postPayoutNotice,
  relayFile,
  TILL_KEY,
  TUPAY_SECRET,
} from '../../support/relay-bench.ts';
import { readRelayConfig } from '../../../src-main/relay/config.ts';
import { runRelay, startRelayProcess } from '../../support/relay-process.ts';

function writeFile(folder: string, change: object = {}): string {
  const file = path.join(folder, 'relay.jsonc');
  writeFileSync(file, relayFile(folder, change));
  return file;
}

test('it starts, takes a notification, tells a till, and stops when asked; its log and its file hold no secret and no person', async () => {
  const folder = temporaryDirectory();
  const relay = await startRelayProcess(['--config', writeFile(folder)]);
  onTestFinished(() => void relay.end('SIGKILL'));
  const { cursor } = await askHints(relay.url, TILL_KEY.key);
  expect(await postOrderNotice(relay.url, { orderId: 'ORD1' })).toBe(200);
  expect(await postOrderNotice(relay.url, { orderId: MERCADOPAGO_SECRET.slice(0, 15) })).toBe(200);
  expect(await postOrderNotice(relay.url, { orderId: 'ORD2', secret: 'wrong' })).toBe(401);
  expect(await postPayoutNotice(relay.url, 'T07-1')).toBe(200);
  // Somebody puts secrets where they do not belong.
  await postPayoutNotice(relay.url, TUPAY_SECRET);
  await postOrderNotice(relay.url, { orderId: TUPAY_SECRET, unsigned: true });
  await fetch(`${relay.url}/hints`, { headers: { authorization: `Basic ${TILL_KEY.key}` } });
  const page = await askHints(relay.url, TILL_KEY.key, `?after=${cursor}&wait=0`);
  expect(page.hints.map(({ subjects }) => Object.values(subjects)[0])).toEqual(
    expect.arrayContaining(['ORD1', 'T07-1']),
  );
  const { exit, out, err } = await relay.end('SIGTERM');
  expect([exit, err]).toEqual([0, '']);
  expect(out).toContain('"msg":"stopped"');

  const files = readdirSync(folder).filter((name) => name.startsWith('relay.db'));
  expect(files).toContain('relay.db');
  const kept = files.map((name) => readFileSync(path.join(folder, name), 'latin1')).join('');
  for (const never of [MERCADOPAGO_SECRET, TILL_KEY.key, 'ana.rojas@example.test', 'Ana Rojas', 'v1=']) {
    expect([never, out.includes(never), kept.includes(never)]).toEqual([never, false, false]);
  }
  // As an id it was told to us by a stranger; the log takes it out all the same.
  expect(out).not.toContain(TUPAY_SECRET);
});

test('what was answered 200 is there after the process was killed', async () => {
  const folder = temporaryDirectory();
  const file = writeFile(folder);
  const relay = await startRelayProcess(['--config', file]);
  onTestFinished(() => void relay.end('SIGKILL'));
  const { cursor } = await askHints(relay.url, TILL_KEY.key);
  const accepted: string[] = [];
  const posting = Array.from({ length: 200 }, async (_none, count) => {
    const status = await postOrderNotice(relay.url, { orderId: `ORD${count}` }).catch(() => 0);
    if (status === 200) accepted.push(`ORD${count}`);
  });
  await expect.poll(() => accepted.length, { interval: 5 }).toBeGreaterThan(20);
  await relay.end('SIGKILL');
  await Promise.all(posting);
  const again = await startRelayProcess(['--config', file]);
  onTestFinished(() => void again.end('SIGKILL'));
  const page = await askHints(again.url, TILL_KEY.key, `?after=${cursor}&wait=0`);
  expect(page.gap).toBe(false);
  expect(page.hints.map(({ subjects }) => subjects['orderId'])).toEqual(expect.arrayContaining(accepted));
});

test('a key is printed once, and the file holds its hash', async () => {
  const { exit, out } = await runRelay(['key', '--till', 'CAJA09']);
  expect(exit).toBe(0);
  const [, key = ''] = /(vtr_[A-Za-z0-9_-]{43})/.exec(out) ?? [];
  const [, keySha256 = ''] = /"CAJA09": \{"keySha256":"([0-9a-f]{64})"\}/.exec(out) ?? [];
  const folder = temporaryDirectory();
  const shops = { centro: { networks: { 'mercadopago-orders': {} }, tills: { CAJA09: { keySha256 } } } };
  const relay = await startRelayProcess(['--config', writeFile(folder, { shops })]);
  onTestFinished(() => void relay.end('SIGKILL'));
  expect((await askHints(relay.url, key)).gap).toBe(true);
  await relay.end('SIGTERM');
});

test('secrets may come from the environment, and a file with comments is read', async () => {
  const folder = temporaryDirectory();
  const file = path.join(folder, 'relay.jsonc');
  writeFileSync(
    file,
    `{ // The shop in the centre
      "shops": { "centro": { "networks": { "tupay": { "secret": { "env": "CENTRO_TUPAY" } } }, /* none yet */ "tills": {} } }
    }`,
  );
  const good = await runRelay(['check', '--config', file], { CENTRO_TUPAY: 'x-secret' });
  expect(good).toMatchObject({ exit: 0, err: '' });
  expect(good.out).toContain('centro: tupay; 0 tills');
  const missing = await runRelay(['check', '--config', file]);
  expect(missing).toMatchObject({ exit: 2, err: 'the environment variable CENTRO_TUPAY is not set\n' });
});

test('the manual’s configuration file is accepted as it stands, with its secrets in place', () => {
  const manual = readFileSync(path.resolve(import.meta.dirname, '../../../docs/relay.md'), 'utf8');
  const [, example = ''] = /```json\n(.*?)```/s.exec(manual) ?? [];
  const folder = temporaryDirectory();
  for (const name of ['centro-mercadopago', 'centro-tupay']) {
    writeFileSync(path.join(folder, name), 'a-secret', { mode: 0o600 });
  }
  const read = readRelayConfig(Buffer.from(example.replaceAll('/etc/ventanilla-relay', folder)), 'relay.jsonc');
  expect(read).toMatchObject({ ok: true, value: { port: 8080, trustProxy: true } });
  expect(example).toContain('//');
});

test('a secret that others can read is refused, with the command that helps', async () => {
  const folder = temporaryDirectory();
  const file = writeFile(folder);
  chmodSync(path.join(folder, 'tupay'), 0o644);
  const { exit, err } = await runRelay(['check', '--config', file]);
  expect(exit).toBe(2);
  expect(err).toBe(
    `${path.join(folder, 'tupay')} can be read by others than its owner: chmod 600 ${path.join(folder, 'tupay')}\n`,
  );
});

test.each([
  [[], '--config is missing'],
  [['--config', '/nowhere/relay.jsonc'], 'cannot be read (ENOENT)'],
  [['dance'], 'no such command: dance'],
  [['--colour'], 'colour'],
  [['key'], '--till'],
  [['key', '--till', 'a b'], '--till'],
] as const)('%j is wrong usage', async (words, expected) => {
  const { exit, err, out } = await runRelay(words);
  expect([exit, out]).toEqual([2, '']);
  expect(err).toContain(expected);
});

test.each([
  ['{', 'relay.jsonc:1:2'],
  ['{"shops":{"Centro":{"networks":{},"tills":{}}}}', 'a shop’s name'],
  ['{"shops":{"centro":{"networks":{"tupay":{}},"tills":{}}}}', 'a secret is {'],
  ['{"shops":{"centro":{"networks":{},"tills":{"A":{"keySha256":"x"}}}}}', '64 hexadecimal digits'],
  ['{"shops":{},"listen":"8080"}', 'address and port'],
  ['{"shops":{},"listen":"127.0.0.1:99999"}', 'no address and port'],
  ['{"shops":{},"port":1}', 'port'],
  ['{"shops":{"a":{"networks":{},"tills":{}},"a":{"networks":{},"tills":{}}}}', 'a second time'],
] as const)('a configuration file is refused as a whole: %s', async (text, expected) => {
  const file = path.join(temporaryDirectory(), 'relay.jsonc');
  writeFileSync(file, text);
  const { exit, err } = await runRelay(['check', '--config', file]);
  expect(exit).toBe(2);
  expect(err).toContain(expected);
});

test('a database that is not there is said without its password', async () => {
  const folder = temporaryDirectory();
  const url = `postgresql://relay:pg-password-canary@localhost/hints?host=${encodeURIComponent(folder)}`;
  const byOption = await runRelay(['--config', writeFile(folder), '--database-url', url]);
  const byEnvironment = await runRelay(['--config', writeFile(folder)], { VENTANILLA_RELAY_DATABASE_URL: url });
  for (const { exit, out, err } of [byOption, byEnvironment]) {
    expect(exit).toBe(1);
    expect(out).toContain('cannot start');
    expect(out + err).not.toContain('pg-password-canary');
  }
});
