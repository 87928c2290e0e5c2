/**
 * The relay's configuration file: JSON with comments. Documented in docs/relay.md. Secrets never stand in it: it names an environment variable
 * or a file that nobody but the relay's user can read.
 *
 * Errors  every problem at once, each with its line; nothing of a bad file is used.
 */
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { readPlacedJson } from '../adapters/system/settings-text.ts';
import { NETWORK_IDS } from '../core/domain/network.ts';
import type { NetworkId } from '../core/domain/network.ts';
import { err, ok } from '../core/domain/result.ts';
import type { Result } from '../core/domain/result.ts';

const secret = z.union(
  [
    z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/) }),
    z.strictObject({ file: z.string().min(1).max(4_096) }),
  ],
  'a secret is { "env": "NAME" } or { "file": "/path" }',
);
export type SecretPlace = z.infer<typeof secret>;

const controlMark = z.string().max(40).optional();
const mercadopago = z.strictObject({
  secret: secret.optional(),
  /** `refuse`: what carries no signature is not even a hint. */
  unsigned: z.enum(['accept', 'refuse']).optional(),
  maxAgeHours: z.number().min(0.01).max(240).optional(),
});
const d24 = z.strictObject({ secret, controlPrefix: controlMark, controlSuffix: controlMark });

const shop = z.strictObject({
  networks: z.strictObject({
    'mercadopago-orders': mercadopago.optional(),
    'mercadopago-instore': mercadopago.optional(),
    tupay: d24.optional(),
    onekey: d24.optional(),
  }),
  tills: z.record(
    z.string().regex(/^[A-Za-z0-9-]{1,40}$/, 'a till’s name: letters, digits, hyphens'),
    z.strictObject({
      keySha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits, as `relay key` prints them'),
    }),
  ),
});

const relayFile = z.strictObject({
  listen: z
    .string()
    .regex(/^(\[[0-9a-fA-F:]+\]|[\w.-]+):\d{1,5}$/, 'address and port, e.g. 127.0.0.1:8080')
    .optional(),
  /** Whether the last entry of X-Forwarded-For is the caller: only behind a proxy that writes it. */
  trustProxy: z.boolean().optional(),
  database: z.union([z.strictObject({ file: z.string().min(1) }), z.strictObject({ url: secret })]).optional(),
  retentionDays: z.number().min(0.01).max(90).optional(),
  /** What is not signed comes at most once in this time about one subject, and so often a minute for one network of a shop. */
  unsignedWindowSeconds: z.number().min(0.1).max(60).optional(),
  unsignedPerMinute: z.int().min(1).max(100_000).optional(),
  shops: z.record(z.string().regex(/^[a-z0-9-]{1,40}$/, 'a shop’s name: small letters, digits, hyphens'), shop),
});

export type NetworkRules = Readonly<{
  secret?: string;
  acceptsUnsigned: boolean;
  maxAgeMs: number;
  controlPrefix: string;
  controlSuffix: string;
}>;
export type ShopConfig = Readonly<{
  networks: ReadonlyMap<NetworkId, NetworkRules>;
  tills: readonly Readonly<{ name: string; keyHash: Buffer }>[];
}>;
export type RelayConfig = Readonly<{
  host: string;
  port: number;
  trustProxy: boolean;
  database: Readonly<{ file: string }> | Readonly<{ url: string }>;
  retentionMs: number;
  unsignedWindowMs: number;
  unsignedPerMinute: number;
  shops: ReadonlyMap<string, ShopConfig>;
  /** Every secret there is, for whoever must keep them out of sight. */
  secrets: readonly string[];
}>;

export type Overrides = Readonly<{ listen?: string; databaseUrl?: string }>;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A network repeats for about a day, and may not sign anew. */
const USUAL_MAX_AGE_HOURS = 26;
/** As the documents of TuPay and OneKey print them. */
const CONTROL_PREFIX = 'Be4';
const CONTROL_SUFFIX = 'Bo7';

/** `name` is what problems call the file. Errors: lines for a person; none holds a secret. */
export function readRelayConfig(
  file: Uint8Array,
  name: string,
  overrides: Overrides = {},
): Result<RelayConfig, readonly string[]> {
  const json = readPlacedJson(file, { mayHaveComments: true });
  if (!json.ok) return err(json.error.map(({ line, column, message }) => `${name}:${line}:${column} ${message}`));
  const read = relayFile.safeParse(json.value.value);
  if (!read.success) {
    return err(
      read.error.issues.map((issue) => {
        const path = issue.path.filter((part) => typeof part !== 'symbol');
        const { line, column } = json.value.placeOf(path);
        const words = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
        return `${name}:${line}:${column} ${path.join('.')}: ${words}`;
      }),
    );
  }
  return complete(read.data, overrides);
}

function complete(file: z.infer<typeof relayFile>, overrides: Overrides): Result<RelayConfig, readonly string[]> {
  const problems: string[] = [];
  const secrets: string[] = [];
  const take = (place: SecretPlace): string => {
    const value = readSecret(place);
    if (value.ok) secrets.push(value.value);
    else problems.push(value.error);
    return value.ok ? value.value : '';
  };
  const shops = new Map(
    Object.entries(file.shops).map(([name, { networks, tills }]) => [
      name,
      {
        networks: networksOf(networks, take),
        tills: Object.entries(tills).map(([till, { keySha256 }]) => ({
          name: till,
          keyHash: Buffer.from(keySha256, 'hex'),
        })),
      },
    ]),
  );
  const keys = [...shops.values()].flatMap(({ tills }) => tills.map(({ keyHash }) => keyHash.toString('hex')));
  if (new Set(keys).size < keys.length) problems.push('two tills have the same key: each needs its own');
  const listen = overrides.listen ?? file.listen ?? '127.0.0.1:8080';
  const [, host = '', port = ''] = /^\[?(.+?)\]?:(\d{1,5})$/.exec(listen) ?? [];
  if (host === '' || Number(port) > 65_535) problems.push(`${listen} is no address and port`);
  const database = databaseOf(file.database, overrides.databaseUrl, take);
  if ('url' in database && !/^postgres(ql)?:\/\//.test(database.url)) {
    problems.push('the database’s URL does not begin with postgresql://');
  }
  if (problems.length > 0) return err(problems);
  return ok({
    host,
    port: Number(port),
    trustProxy: file.trustProxy ?? false,
    database,
    retentionMs: (file.retentionDays ?? 7) * DAY_MS,
    unsignedWindowMs: (file.unsignedWindowSeconds ?? 2) * 1_000,
    unsignedPerMinute: file.unsignedPerMinute ?? 120,
    shops,
    secrets: [...secrets, ...('url' in database ? partsOfUrl(database.url) : [])],
  });
}

function databaseOf(
  named: z.infer<typeof relayFile>['database'],
  override: string | undefined,
  take: (place: SecretPlace) => string,
): RelayConfig['database'] {
  if (override !== undefined) return { url: override };
  if (named === undefined) return { file: 'relay.db' };
  return 'file' in named ? named : { url: take(named.url) };
}

function partsOfUrl(url: string): readonly string[] {
  if (!URL.canParse(url)) return [url];
  const { password } = new URL(url);
  return password === '' ? [] : [url, password, decodeURIComponent(password)];
}

function networksOf(
  file: z.infer<typeof shop>['networks'],
  take: (place: SecretPlace) => string,
): ReadonlyMap<NetworkId, NetworkRules> {
  const rules = new Map<NetworkId, NetworkRules>();
  for (const id of NETWORK_IDS) {
    const network = file[id];
    if (!network) continue;
    const maxAgeHours = 'maxAgeHours' in network ? network.maxAgeHours : undefined;
    rules.set(id, {
      ...(network.secret && { secret: take(network.secret) }),
      acceptsUnsigned: !('unsigned' in network && network.unsigned === 'refuse'),
      maxAgeMs: (maxAgeHours ?? USUAL_MAX_AGE_HOURS) * HOUR_MS,
      controlPrefix: ('controlPrefix' in network ? network.controlPrefix : undefined) ?? CONTROL_PREFIX,
      controlSuffix: ('controlSuffix' in network ? network.controlSuffix : undefined) ?? CONTROL_SUFFIX,
    });
  }
  return rules;
}

/** Never quotes what it read. */
function readSecret(place: SecretPlace): Result<string, string> {
  if ('env' in place) {
    const value = process.env[place.env]?.trim() ?? '';
    return value === '' ? err(`the environment variable ${place.env} is not set`) : ok(value);
  }
  try {
    // Windows has no such rights; there the folder's must do.
    const { mode } = statSync(place.file);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      return err(`${place.file} can be read by others than its owner: chmod 600 ${place.file}`);
    }
    const value = readFileSync(place.file, 'utf8').trim();
    return value === '' ? err(`${place.file} is empty`) : ok(value);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return err(`${place.file} cannot be read (${code})`);
  }
}
