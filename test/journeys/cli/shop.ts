/**
 * A shop with a command line and nothing else: every command is a real process on the till's own Node, with a real data directory,
 * talking real HTTP to the simulated network.
 */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { createMercadoPagoEngine } from '../../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import type { MercadoPagoEngine } from '../../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import { createMercadoPagoServer } from '../../../src-main/simulators/networks/mercadopago-orders/server.ts';
import type { MercadoPagoSettings } from '../../../src-main/simulators/networks/mercadopago-orders/settings.ts';

export const ROOT = path.resolve(import.meta.dirname, '../../..');
const NODE = path.join(ROOT, 'node_modules/.bin/node');
const ENTRY = path.join(ROOT, 'dist/cli/cli.js');
const CACHE = path.join(tmpdir(), 'ventanilla-cli-tests');

export const TOKEN = 'APP_USR-8675309-canary-7f3a+never/real==';

export type Said = Readonly<{ exit: number | null; signal: NodeJS.Signals | null; out: string; err: string }>;

export type Row = Readonly<Record<string, string | number | null>>;

export type Shop = Readonly<{
  engine: MercadoPagoEngine;
  baseUrl: string;
  folder: string;
  data: string;
  /** Runs one command to its end. */
  till(...words: readonly string[]): Promise<Said>;
  /** The same, with something on standard input. */
  tillHears(input: string, ...words: readonly string[]): Promise<Said>;
  /** Starts one command and leaves it running. */
  begin(...words: readonly string[]): Readonly<{ child: ChildProcessWithoutNullStreams; ended: Promise<Said> }>;
  /** Writes a file beside the data directory and answers its path. */
  file(name: string, content: string | Uint8Array): string;
  /** Asks the database of the till itself, while nobody works in it. */
  read(sql: string): readonly Row[];
  /** Every row of every table, and so the journal too. */
  everything(): string;
  close(): Promise<void>;
}>;

export async function openShop(settings: Partial<MercadoPagoSettings> = {}): Promise<Shop> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-cli-'));
  const data = path.join(folder, 'data');
  const engine = createMercadoPagoEngine({ seed: 11, nowMs: () => Date.now(), settings });
  const server = await createMercadoPagoServer(engine, { port: 0 });
  const environment = { ...process.env, VENTANILLA_DATA: data, XDG_CACHE_HOME: CACHE };

  function begin(...words: readonly string[]): ReturnType<Shop['begin']> {
    const child = spawn(NODE, [ENTRY, ...words], { env: environment, cwd: folder });
    return { child, ended: heard(child) };
  }
  async function tillHears(input: string, ...words: readonly string[]): Promise<Said> {
    const { child, ended } = begin(...words);
    child.stdin.on('error', () => undefined); // A command that ends without reading is no failure of the test.
    child.stdin.end(input);
    return ended;
  }
  function file(name: string, content: string | Uint8Array): string {
    const place = path.join(folder, name);
    writeFileSync(place, content);
    return place;
  }
  function read(sql: string): readonly Row[] {
    const db = new Database(path.join(data, 'till.db'), { fileMustExist: true });
    try {
      const statement = db.prepare<[], Row>(sql);
      return statement.reader ? statement.all() : (statement.run(), []);
    } finally {
      db.close();
    }
  }
  return {
    engine,
    baseUrl: server.baseUrl,
    folder,
    data,
    till: (...words) => tillHears('', ...words),
    tillHears,
    begin,
    file,
    read,
    everything() {
      const tables = read("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
      return JSON.stringify(tables.map(({ name }) => [name, read(`SELECT * FROM "${String(name)}"`)]));
    },
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function heard(child: ChildProcessWithoutNullStreams): Promise<Said> {
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit, signal) => resolve({ exit, signal, out, err }));
  });
}

/** A till that is ready for a customer: settings with nothing but the address, the token, a shift with 5000 in the drawer. */
export async function openForBusiness(shop: Shop, settings: object = {}): Promise<void> {
  const networks = { 'mercadopago-orders': { baseUrl: shop.baseUrl } };
  const file = shop.file('till.json', JSON.stringify({ networks, ...settings }));
  worked(await shop.till('settings', 'import', file));
  worked(await shop.tillHears(`${TOKEN}\n`, 'secret', 'set', 'mercadopago-token'));
  worked(await shop.till('shift', 'open', '--float', '5000'));
}

export function worked(said: Said): Said {
  if (said.exit !== 0) throw new Error(`exit ${said.exit ?? said.signal ?? '?'}: ${said.out}${said.err}`);
  return said;
}

const cashOut = z.object({
  id: z.string(),
  state: z.string(),
  currency: z.string(),
  amountMinor: z.number(),
  externalReference: z.string(),
  networkOrderId: z.string().optional(),
  qrData: z.string().optional(),
  reason: z.string().optional(),
  checkFailing: z.boolean(),
  doubt: z.object({ command: z.string(), lastOutcome: z.string() }).optional(),
  cases: z.array(z.object({ kind: z.string() })),
  actions: z.array(z.string()),
});
export type PrintedCashOut = z.infer<typeof cashOut>;

/** The one JSON value on standard output. */
export function json(said: Said): unknown {
  return JSON.parse(said.out);
}

export function cashOutIn(said: Said): PrintedCashOut {
  return cashOut.parse(json(said));
}

export function cashOutsIn(said: Said): readonly PrintedCashOut[] {
  return z.array(cashOut).parse(json(said));
}

const refusal = z.object({ error: z.object({ code: z.string(), detail: z.string() }).loose() }).strict();

export function refusalIn(said: Said): Readonly<{ code: string; detail: string }> {
  return refusal.parse(json(said)).error;
}

export const NETWORK = ['--network', 'mercadopago-orders'] as const;
