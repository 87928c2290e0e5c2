/**
 * The relay's command line.
 *
 *   ventanilla relay --config relay.jsonc [--listen 127.0.0.1:8080] [--database-url postgresql://…]
 *   ventanilla relay check --config relay.jsonc
 *   ventanilla relay key --till CAJA07
 *
 * Exit codes  0 stopped by a signal, or done · 1 cannot start · 2 wrong usage or configuration.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { err, ok } from '../core/domain/result.ts';
import type { Result } from '../core/domain/result.ts';
import { readRelayConfig } from './config.ts';
import type { RelayConfig } from './config.ts';
import { makeKey } from './keys.ts';
import { createRelayLog } from './log.ts';
import type { RelayLog } from './log.ts';
import { openPostgresQueue } from './postgres-queue.ts';
import type { HintQueue } from './queue.ts';
import { startRelay } from './server.ts';
import { openSqliteQueue } from './sqlite-queue.ts';

export type Machine = Readonly<{
  out: (text: string) => void;
  errorOut: (text: string) => void;
  /** Resolves when somebody asks the program to end. */
  ended: Promise<unknown>;
}>;

const USAGE = `Relay: takes networks' notifications at a public address, and tells waiting tills to look

  ventanilla relay --config FILE          runs until it is stopped; one JSON line in the log for each thing that happens
      --listen ADDRESS:PORT               in place of the file's (default 127.0.0.1:8080)
      --database-url URL                  in place of the file's; also VENTANILLA_RELAY_DATABASE_URL, which no process list shows
  ventanilla relay check --config FILE    reads the file and its secrets, and changes nothing
  ventanilla relay key --till NAME        makes a key for a till; prints it once
  ventanilla relay --help                 this page

The file is described in docs/relay.md.
`;

const OPTIONS = {
  config: { type: 'string' },
  listen: { type: 'string' },
  'database-url': { type: 'string' },
  till: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

type Typed = Readonly<{ command: string; config?: string; listen?: string; databaseUrl?: string; till?: string }>;

export async function runRelayProgram(words: readonly string[], machine: Machine): Promise<number> {
  const typed = readWords(words);
  if (!typed.ok) {
    machine.errorOut(typed.error === 'help' ? '' : `${typed.error}\n\n${USAGE}`);
    if (typed.error === 'help') machine.out(USAGE);
    return typed.error === 'help' ? 0 : 2;
  }
  if (typed.value.command === 'key') return printKey(typed.value.till, machine);
  const config = loadConfig(typed.value);
  if (!config.ok) {
    machine.errorOut(`${config.error.join('\n')}\n`);
    return 2;
  }
  if (typed.value.command === 'check') {
    machine.out(`${describe(config.value)}\n`);
    return 0;
  }
  return serve(config.value, machine);
}

function readWords(words: readonly string[]): Result<Typed, string> {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
    if (values.help) return err('help');
    const [command = 'run', ...more] = positionals;
    if (!['run', 'check', 'key'].includes(command) || more.length > 0)
      return err(`no such command: ${positionals.join(' ')}`);
    const databaseUrl = values['database-url'] ?? process.env['VENTANILLA_RELAY_DATABASE_URL'];
    return ok({
      command,
      ...(values.config !== undefined && { config: values.config }),
      ...(values.listen !== undefined && { listen: values.listen }),
      ...(values.till !== undefined && { till: values.till }),
      ...(databaseUrl !== undefined && databaseUrl !== '' && { databaseUrl }),
    });
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}

/** The one moment at which a key is seen. */
function printKey(till: string | undefined, { out, errorOut }: Machine): number {
  if (till === undefined || !/^[A-Za-z0-9-]{1,40}$/.test(till)) {
    errorOut('relay key needs --till with the till’s name: 1 to 40 letters, digits and hyphens\n');
    return 2;
  }
  const { key, keySha256 } = makeKey();
  out(
    [
      `key for ${till}, shown this once:`,
      `  ${key}`,
      '',
      'at the till:        ventanilla secret set relay-key',
      'in the relay’s file, below shops.<shop>.tills:',
      `  ${JSON.stringify(till)}: ${JSON.stringify({ keySha256 })}`,
      '',
    ].join('\n'),
  );
  return 0;
}

function loadConfig({ config: file, listen, databaseUrl }: Typed): Result<RelayConfig, readonly string[]> {
  if (file === undefined) return err(['--config is missing; ventanilla relay --help']);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return err([`${file} cannot be read (${code})`]);
  }
  const overrides = { ...(listen !== undefined && { listen }), ...(databaseUrl !== undefined && { databaseUrl }) };
  return readRelayConfig(bytes, path.basename(file), overrides);
}

function describe({ shops, database }: RelayConfig): string {
  const lines = [...shops].map(
    ([name, { networks, tills }]) => `${name}: ${[...networks.keys()].join(', ')}; ${tills.length} tills`,
  );
  return [...lines, `queue: ${'url' in database ? 'PostgreSQL' : database.file}`].join('\n');
}

async function serve(config: RelayConfig, { out, ended }: Machine): Promise<number> {
  const log = createRelayLog(out, config.secrets);
  try {
    const queue = await openQueue(config, log);
    const relay = await startRelay({ config, queue, log }).catch(async (error: unknown) => {
      await queue.close();
      throw error;
    });
    log.info('listening', {
      url: relay.url,
      shops: config.shops.size,
      queue: 'url' in config.database ? 'postgresql' : 'sqlite',
    });
    await ended;
    log.info('stopping', { waiting: relay.waiting() });
    await relay.close();
    log.info('stopped', relay.counts());
    return 0;
  } catch (error) {
    log.error('cannot start', { error: error instanceof Error ? error.message : String(error) });
    return 1;
  }
}

async function openQueue({ database }: RelayConfig, log: RelayLog): Promise<HintQueue> {
  if ('file' in database) return openSqliteQueue(database.file);
  return openPostgresQueue({
    url: database.url,
    onLine: (state, words) => log.warn(`the database’s line is ${state}`, { words }),
  });
}
