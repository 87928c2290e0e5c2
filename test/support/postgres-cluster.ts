/**
 * A real PostgreSQL for tests: a cluster of its own in a temporary folder, reached over a Unix socket and over nothing else. It keeps no
 * promise about power cuts (fsync off) unless it is asked to.
 */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { accessSync, chownSync, constants, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';

export type PostgresCluster = Readonly<{
  /** A new, empty database; answers its URL. */
  makeDatabase(name: string): Promise<string>;
  /** As when the machine of the database falls over. */
  crash(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}>;

const USER = 'ventanilla';
const UNSAFE = ['fsync=off', 'full_page_writes=off'];
const START_WITHIN_MS = 30_000;

/** `isDurable`: every commit is synced, as in a shop. */
export async function createPostgresCluster({ isDurable = false } = {}): Promise<PostgresCluster> {
  const programs = findPrograms();
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-pg-'));
  const who = unprivileged();
  if (who) chownSync(folder, who.uid, who.gid);
  const data = path.join(folder, 'data');
  const options = { cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C' }, ...who };
  const initdb = ['-D', data, '-U', USER, '--auth=trust', '--encoding=UTF8', '--no-sync', '--no-instructions'];
  execFileSync(path.join(programs, 'initdb'), initdb, { ...options, stdio: 'pipe' });
  const settings = [`unix_socket_directories=${folder}`, 'listen_addresses=', ...(isDurable ? [] : UNSAFE)];
  let server: ChildProcess | undefined;

  const urlOf = (name: string): string => `postgresql://${USER}@/${name}?host=${encodeURIComponent(folder)}`;
  async function run(sql: string): Promise<void> {
    const client = new Client({ connectionString: urlOf('postgres') });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(sql);
    } finally {
      await client.end();
    }
  }
  async function start(): Promise<void> {
    const words = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
    server = spawn(path.join(programs, 'postgres'), words, { ...options, stdio: 'ignore' });
    const deadlineMs = Date.now() + START_WITHIN_MS;
    for (;;) {
      const isUp = await run('SELECT 1').then(
        () => true,
        () => false,
      );
      if (isUp) return;
      if (Date.now() > deadlineMs) throw new Error('PostgreSQL did not start');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  /** SIGQUIT: at once, without a word to anybody; SIGINT: at once, tidily. */
  async function end(signal: 'SIGQUIT' | 'SIGINT'): Promise<void> {
    const running = server;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    await ended;
  }

  await start();
  return {
    async makeDatabase(name) {
      await run(`CREATE DATABASE ${name}`);
      return urlOf(name);
    },
    crash: () => end('SIGQUIT'),
    start,
    async close() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Debian keeps them off the path, a folder for each version. */
function findPrograms(): string {
  const versions = '/usr/lib/postgresql';
  const debian = (existsSync(versions) ? readdirSync(versions) : [])
    .toSorted((left, right) => Number(right) - Number(left))
    .map((version) => path.join(versions, version, 'bin'));
  const found = [...debian, ...(process.env['PATH'] ?? '').split(path.delimiter)].find((place) =>
    isExecutable(path.join(place, 'initdb')),
  );
  if (found === undefined) throw new Error('PostgreSQL is not installed: npm test installs it, or names the command');
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): Readonly<{ uid: number; gid: number }> | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return { uid: numberOf('-u'), gid: numberOf('-g') };
}

function numberOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
}
