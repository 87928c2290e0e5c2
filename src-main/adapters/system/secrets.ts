/**
 * Tokens, keys and passes in `secrets.json`: each value encrypted with AES-256-GCM and bound to its name, under a key that a `KeyKeeper` holds.
 *
 * Errors  A name or value that cannot be kept is a FaultError `request.invalid`; `checkSecret` tells beforehand. A vault that cannot be read
 *         or decrypted is a FaultError `storage.failed`. No message ever carries a value (I11).
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync } from 'node:fs';

import { z } from 'zod';

import type { Secrets } from '../../core/application/ports/system.ts';
import { FaultError, fault } from '../../core/domain/fault.ts';
import type { Fault } from '../../core/domain/fault.ts';
import { replaceFile } from './atomic-file.ts';

/** Where the vault's key lives: beside the vault by default; with the desktop's own key store where there is one. */
export interface KeyKeeper {
  /** 32 bytes, the same every time; made at the first call. */
  key(): Uint8Array;
}

export interface SecretVault extends Secrets {
  /** Every value there is, for whoever must keep them out of sight (the log). */
  values(): readonly string[];
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LONGEST_VALUE = 4096;
const NAME = /^[a-z0-9-]{1,64}$/;
/** No control, format, private or unassigned characters and no line breaks: those come with a careless paste and break headers. */
const PRINTABLE = /^[^\p{C}\p{Zl}\p{Zp}]+$/u;

const VaultFile = z.strictObject({ v: z.literal(1), secrets: z.record(z.string().regex(NAME), z.base64()) });

/** What is wrong with a secret before it is kept, in words that do not show it; undefined when it is fine. */
export function checkSecret(name: string, value: string): Fault | undefined {
  if (!NAME.test(name)) {
    return fault('request.invalid', 'the name of a secret has 1 to 64 of a-z, 0-9 and -', { field: 'name' });
  }
  if (value === '') return fault('request.invalid', `the secret ${name} is empty`, { field: 'value' });
  if (value.length > LONGEST_VALUE) {
    const detail = `the secret ${name} has ${value.length} characters, the most is ${LONGEST_VALUE}`;
    return fault('request.invalid', detail, { field: 'value' });
  }
  if (!PRINTABLE.test(value)) {
    const detail = `the secret ${name} has a line break or another character that cannot be printed: paste it again`;
    return fault('request.invalid', detail, { field: 'value' });
  }
  return undefined;
}

export function openSecretVault(path: string, keeper: KeyKeeper): SecretVault {
  const secrets = existsSync(path) ? readVault(path, keeper.key()) : new Map<string, string>();
  return {
    get: (name) => secrets.get(name),
    names: () => [...secrets.keys()].toSorted(),
    values: () => [...secrets.values()],
    set(name, value) {
      const wrong = checkSecret(name, value);
      if (wrong) throw new FaultError(wrong);
      writeVault(path, keeper.key(), new Map(secrets).set(name, value));
      secrets.set(name, value);
    },
  };
}

/** The default: a key file that only its owner can read. Protects copies of the vault alone, not against who has the whole folder. */
export function createKeyFile(path: string): KeyKeeper {
  return {
    key() {
      if (!existsSync(path)) replaceFile(path, randomBytes(KEY_BYTES));
      const key = readFileSync(path);
      if (key.length !== KEY_BYTES) throw broken(`the key file ${path} has ${key.length} bytes, not ${KEY_BYTES}`);
      return key;
    },
  };
}

function readVault(path: string, key: Uint8Array): Map<string, string> {
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  const parsed = VaultFile.safeParse(readJson(path));
  if (!parsed.success) throw broken(`${path} is not a vault of the till; restore it or enter the secrets again`);
  return new Map(Object.entries(parsed.data.secrets).map(([name, sealed]) => [name, unseal(name, sealed, key)]));
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // The reason would quote the file.
    return undefined;
  }
}

function writeVault(path: string, key: Uint8Array, secrets: ReadonlyMap<string, string>): void {
  const sorted = [...secrets].toSorted(([left], [right]) => (left < right ? -1 : 1));
  const sealed = Object.fromEntries(sorted.map(([name, value]) => [name, seal(name, value, key)]));
  replaceFile(path, `${JSON.stringify({ v: 1, secrets: sealed }, undefined, 2)}\n`);
}

function seal(name: string, value: string, key: Uint8Array): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  const sealed = [cipher.update(value, 'utf8'), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString('base64');
}

function unseal(name: string, sealed: string, key: Uint8Array): string {
  const bytes = Buffer.from(sealed, 'base64');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  try {
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, options).setAAD(Buffer.from(name)).setAuthTag(tag);
    return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    throw broken(`the secret ${name} cannot be decrypted: the vault was changed, or its key is another machine's`);
  }
}

function broken(detail: string): FaultError {
  return new FaultError(fault('storage.failed', detail, { reason: 'secrets' }));
}
