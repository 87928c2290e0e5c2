import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { checkSecret, createKeyFile, openSecretVault } from '../../../src-main/adapters/system/secrets.ts';
import type { SecretVault } from '../../../src-main/adapters/system/secrets.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const TOKEN = 'APP_USR-7071-Ñandú "quoted" 🙂';

function vaultIn(directory: string): SecretVault {
  return openSecretVault(join(directory, 'secrets.json'), createKeyFile(join(directory, 'secrets.key')));
}

function messageOf(run: () => unknown): string {
  try {
    run();
    return '';
  } catch (error) {
    return String(error);
  }
}

test('a secret is there after a restart, and nothing in the folder shows it', () => {
  const directory = temporaryDirectory();
  const vault = vaultIn(directory);
  expect(vault.get('mercadopago-token')).toBeUndefined();
  expect(vault.names()).toEqual([]);
  vault.set('mercadopago-token', TOKEN);
  vault.set('a-second', 'x');

  const again = vaultIn(directory);
  expect(again.get('mercadopago-token')).toBe(TOKEN);
  expect(again.names()).toEqual(['a-second', 'mercadopago-token']);
  expect(again.values().toSorted()).toEqual([TOKEN, 'x']);
  const files = readdirSync(directory);
  expect(files.toSorted()).toEqual(['secrets.json', 'secrets.key']);
  for (const file of files) {
    expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(directory, file)).includes('APP_USR')).toBe(false);
  }
});

test('the same value sealed twice looks different each time', () => {
  const directory = temporaryDirectory();
  const vault = vaultIn(directory);
  vault.set('one', TOKEN);
  vault.set('two', TOKEN);
  const { secrets } = JSON.parse(readFileSync(join(directory, 'secrets.json'), 'utf8')) as {
    secrets: Record<string, string>;
  };
  expect(secrets['one']).not.toBe(secrets['two']);
});

test('names and values that cannot be kept are refused in words that do not show them', () => {
  const vault = vaultIn(temporaryDirectory());
  const problems = [
    ['Token', 'abc', /the name of a secret has 1 to 64 of a-z, 0-9 and -/],
    ['', 'abc', /the name of a secret/],
    ['a'.repeat(65), 'abc', /the name of a secret/],
    ['__proto__', 'abc', /the name of a secret/],
    ['token', '', /the secret token is empty/],
    ['token', `${TOKEN}\n`, /the secret token has a line break or another character that cannot be printed/],
    ['token', `${TOKEN}\u200b`, /cannot be printed/],
    ['token', `${TOKEN}\u2028`, /cannot be printed/],
    ['token', '\ud800 alone', /cannot be printed/],
    ['token', 'x'.repeat(4097), /the secret token has 4097 characters, the most is 4096/],
  ] as const;
  for (const [name, value, words] of problems) {
    const fault = checkSecret(name, value);
    expect(fault?.code).toBe('request.invalid');
    expect(fault?.detail).toMatch(words);
    expect(fault?.detail).not.toContain('APP_USR');
    expect(messageOf(() => vault.set(name, value))).toMatch(words);
  }
  expect(vault.names()).toEqual([]);
  expect(checkSecret('a', 'x'.repeat(4096))).toBeUndefined();
});

test('a vault that was changed, cut short, mixed up or moved to another machine says so, and shows nothing', () => {
  const directory = temporaryDirectory();
  const path = join(directory, 'secrets.json');
  const vault = vaultIn(directory);
  vault.set('one', TOKEN);
  vault.set('two', 'second');
  const good = readFileSync(path, 'utf8');
  const { secrets } = JSON.parse(good) as { secrets: Record<string, string> };
  const [one = '', two = ''] = [secrets['one'], secrets['two']];
  const flipped = Buffer.from(one, 'base64');
  flipped[20] = (flipped[20] ?? 0) ^ 1;

  const open = (content: string): string => {
    writeFileSync(path, content);
    return messageOf(() => vaultIn(directory));
  };
  expect(open(good)).toBe('');
  expect(open(good.replace(one, flipped.toString('base64')))).toMatch(/the secret one cannot be decrypted/);
  expect(open(good.replace(one, two))).toMatch(/the secret one cannot be decrypted/);
  expect(open(good.replace(one, 'AAAA'))).toMatch(/the secret one cannot be decrypted/);
  expect(open(good.slice(0, 40))).toMatch(/secrets.json is not a vault of the till/);
  expect(open('')).toMatch(/is not a vault of the till/);
  expect(open(`{"token":"${TOKEN}"}`)).not.toContain('APP_USR');

  writeFileSync(path, good);
  rmSync(join(directory, 'secrets.key'));
  expect(messageOf(() => vaultIn(directory))).toMatch(/its key is another machine's/);
  writeFileSync(join(directory, 'secrets.key'), 'short');
  expect(messageOf(() => vaultIn(directory))).toMatch(/has 5 bytes, not 32/);
});

test('when the vault cannot be written, the old one stays, in the file and in memory', () => {
  const directory = temporaryDirectory();
  const vault = vaultIn(directory);
  vault.set('token', 'before');
  const before = readFileSync(join(directory, 'secrets.json'));
  rmSync(directory, { recursive: true });
  expect(messageOf(() => vault.set('token', 'after'))).toMatch(/storage.failed: .* could not be written/);
  expect(vault.get('token')).toBe('before');
  expect(before.length).toBeGreaterThan(0);
});

test('a host can hold the key elsewhere', () => {
  const directory = temporaryDirectory();
  const path = join(directory, 'secrets.json');
  const keeper = { key: () => new Uint8Array(32).fill(7) };
  openSecretVault(path, keeper).set('token', TOKEN);
  expect(openSecretVault(path, keeper).get('token')).toBe(TOKEN);
  expect(existsSync(join(directory, 'secrets.key'))).toBe(false);
  expect(messageOf(() => openSecretVault(path, { key: () => new Uint8Array(32) }))).toMatch(/cannot be decrypted/);
});
