/**
 * How many notifications a second a relay accepts, for both queues, beside a bare HTTP server that only reads and answers.
 *
 * Use    node test/bench/relay.ts [seconds] [connections]
 * Output One line each: accepted a second, the middle and the 99th of a hundred waits in ms, and the share of the bare server's rate.
 *        Servers are processes of their own; the databases sync every commit.
 */
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPostgresCluster } from '../support/postgres-cluster.ts';
import { MERCADOPAGO_SECRET, relayFile } from '../support/relay-bench.ts';
import { startRelayProcess } from '../support/relay-process.ts';

const SECONDS = Number(process.argv[2] ?? 5);
const CONNECTIONS = Number(process.argv[3] ?? 64);
const BARE = `
  require('node:http').createServer((asked, answer) => {
    asked.resume();
    asked.on('end', () => answer.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}'));
  }).listen(0, '127.0.0.1', function () { console.log('http://127.0.0.1:' + this.address().port); });
`;

type Figures = Readonly<{ perSecond: number; middleMs: number; worstMs: number; refused: number }>;

let count = 0;

function post(url: string, agent: Agent): Promise<number> {
  const orderId = `ORD${String((count += 1)).padStart(26, '0')}`;
  const [ts, requestId] = [Date.now(), `request-${count}`];
  const manifest = `id:${orderId.toLowerCase()};request-id:${requestId};ts:${ts};`;
  const v1 = createHmac('sha256', MERCADOPAGO_SECRET).update(manifest).digest('hex');
  const body = JSON.stringify({
    action: 'order.processed',
    type: 'order',
    data: { id: orderId, version: 2, external_reference: `CAJA07${count}`, status: 'processed' },
  });
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-request-id': requestId,
    'x-signature': `ts=${ts},v1=${v1}`,
  };
  return new Promise((resolve, reject) => {
    const target = `${url}/notify/centro/mercadopago-orders?data.id=${orderId}&type=order`;
    const asked = request(target, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

async function measure(url: string): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const waitsMs: number[] = [];
  let refused = 0;
  async function postUntil(untilMs: number, isCounted: boolean): Promise<void> {
    while (performance.now() < untilMs) {
      const startedMs = performance.now();
      const status = await post(url, agent);
      if (status !== 200) refused += 1;
      else if (isCounted) waitsMs.push(performance.now() - startedMs);
    }
  }
  const all = (seconds: number, isCounted: boolean): Promise<unknown> => {
    const untilMs = performance.now() + seconds * 1_000;
    return Promise.all(Array.from({ length: CONNECTIONS }, () => postUntil(untilMs, isCounted)));
  };
  await all(1, false);
  const startedMs = performance.now();
  await all(SECONDS, true);
  const seconds = (performance.now() - startedMs) / 1_000;
  agent.destroy();
  const sorted = waitsMs.toSorted((left, right) => left - right);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { perSecond: waitsMs.length / seconds, middleMs: at(0.5), worstMs: at(0.99), refused };
}

async function measureBare(): Promise<Figures> {
  const child = spawn(process.execPath, ['-e', BARE], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve) =>
    child.stdout.once('data', (text: Buffer) => resolve(text.toString().trim())),
  );
  try {
    return await measure(url);
  } finally {
    child.kill();
  }
}

async function measureRelay(change: object): Promise<Figures> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-bench-'));
  const file = path.join(folder, 'relay.jsonc');
  writeFileSync(file, relayFile(folder, change));
  const relay = await startRelayProcess(['--config', file]);
  try {
    return await measure(relay.url);
  } finally {
    await relay.end('SIGTERM');
    rmSync(folder, { recursive: true });
  }
}

function tell(what: string, figures: Figures, bare: Figures): void {
  const { perSecond, middleMs, worstMs, refused } = figures;
  const share = perSecond / bare.perSecond;
  process.stdout.write(
    `${what.padEnd(12)} ${perSecond.toFixed(0).padStart(6)}/s   middle ${middleMs.toFixed(1)} ms   99 % ${worstMs.toFixed(1)} ms` +
      `   ${share.toFixed(2)} of bare   ${refused} refused\n`,
  );
}

const cluster = await createPostgresCluster({ isDurable: true });
try {
  const url = await cluster.makeDatabase('bench');
  const place = mkdtempSync(path.join(tmpdir(), 'ventanilla-bench-'));
  const secret = path.join(place, 'url');
  writeFileSync(secret, url, { mode: 0o600 });
  const bare = await measureBare();
  tell('bare', bare, bare);
  tell('SQLite', await measureRelay({}), bare);
  tell('PostgreSQL', await measureRelay({ database: { url: { file: secret } } }), bare);
  rmSync(place, { recursive: true });
} finally {
  await cluster.close();
}
