/**
 * Kills real programs until the asked number of deaths is reached: whole shifts of cash-outs over a real data directory, with the simulated
 * network in a process of its own.
 *
 * Use    npm run crashes -- [--kills 200] [--seed 1] [--customers 10] [--kill-rate 0.7]
 * Output One line per shift, then how long the first look after a death took (I8), and what an auditor found in the file and in the network's
 *        books. The exit code is 0 when nothing was found. A seed repeats people, paths and intended instants; the machine moves the rest.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../../src-main/adapters/storage/database.ts';
import { createSeededRandom } from '../../src-main/simulators/seeded-random.ts';
import buildPrograms from '../support/build-programs.ts';
import { breaches } from '../support/invariants.ts';
import { startFarProcess } from './killed/far-process.ts';
import type { FarProcess } from './killed/far-process.ts';
import { MortalProgram } from './killed/mortal-program.ts';
import { ShiftOfDeaths } from './killed/shift-of-deaths.ts';

const TOKEN = 'APP_USR-crash-token-never-real';
const NEXT_STEP_WITHIN_MS = 2_000;
/** Of a command that opens nothing, after every shift: what this machine takes for starting a program at all. */
const BARE_STARTS = 5;
const LATENCY = { rates: {}, latency: { minimumMs: 5, maximumMs: 60 } };

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    customers: { type: 'string', default: '10' },
    'kill-rate': { type: 'string', default: '0.7' },
  },
});

process.exitCode = await run({
  kills: Number(values.kills),
  seed: Number(values.seed),
  customers: Number(values.customers),
  killRate: Number(values['kill-rate']),
});

type Plan = Readonly<{ kills: number; seed: number; customers: number; killRate: number }>;

async function run({ kills, seed, customers, killRate }: Plan): Promise<number> {
  await buildPrograms();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ventanilla-crashes-'));
  const data = path.join(folder, 'data');
  const far = await startFarProcess(seed);
  const program = new MortalProgram(data, createSeededRandom(seed, 'deaths'), killRate);
  const starts: number[] = [];
  const bareStarts: number[] = [];
  const ends: string[] = [];
  const found: string[] = [];
  try {
    await openForBusiness(folder, program, far);
    for (let shift = 1; program.kills < kills && found.length === 0; shift += 1) {
      const people = createSeededRandom(seed, `shift ${shift}`);
      const outcome = await new ShiftOfDeaths(`S${shift}`, program, far, people).live(customers);
      starts.push(...outcome.starts);
      for (let start = 0; start < BARE_STARTS; start += 1) bareStarts.push((await program.safely(['version'])).tookMs);
      ends.push(...outcome.ends);
      found.push(...outcome.breaches, ...(await audit(data, far)));
      console.log(`shift ${shift}: ${program.kills} kills in ${program.commands} commands, ${ends.length} cash-outs`);
      if (found.length === 0) await far.forgetRequests();
    }
    console.log(summaryOf(program, { starts, bareStarts, ends }));
    for (const breach of found) console.log(`  ${breach}`);
    console.log(found.length === 0 ? 'nothing was found' : `FOUND in ${data}; the folder is kept`);
    return found.length === 0 ? 0 : 1;
  } finally {
    await far.close();
    if (found.length === 0) rmSync(folder, { recursive: true, force: true });
  }
}

async function openForBusiness(folder: string, program: MortalProgram, far: FarProcess): Promise<void> {
  const file = path.join(folder, 'till.json');
  writeFileSync(file, JSON.stringify({ networks: { 'mercadopago-orders': { baseUrl: far.baseUrl } } }));
  const settings = await program.safely(['settings', 'import', file]);
  const secret = await program.safely(['secret', 'set', 'mercadopago-token'], `${TOKEN}\n`);
  if (settings.exit !== 0 || secret.exit !== 0) throw new Error(`cannot open: ${settings.out}${secret.out}`);
  await far.tell('weather', LATENCY);
  await far.tell('settings', { refundTakesMs: 100 });
}

/** The file as an auditor reads it, and the network's books beside it. */
async function audit(data: string, far: FarProcess): Promise<readonly string[]> {
  const [orders, requests] = [await far.orders(), await far.requests()];
  const db = openDatabase(path.join(data, 'till.db'));
  try {
    const engine = { orders: () => orders, requests: () => requests };
    return breaches({ db, engine, secrets: [TOKEN], isAtRest: true });
  } finally {
    db.close();
  }
}

type Lived = Readonly<{ starts: readonly number[]; bareStarts: readonly number[]; ends: readonly string[] }>;

function summaryOf(program: MortalProgram, { starts, bareStarts, ends }: Lived): string {
  const slow = starts.filter((ms) => ms > NEXT_STEP_WITHIN_MS).length;
  const endCounts = [...Map.groupBy(ends, (end) => end)].map(([end, all]) => [end, all.length] as const);
  return [
    `${program.kills} kills: ${byName(program.killsByCommand)}`,
    `${ends.length} cash-outs: ${byName(endCounts)}`,
    `first look after a death (${starts.length}): ${spread(starts)}`,
    `the same program opening nothing (${bareStarts.length}): ${spread(bareStarts)}`,
    `longer than ${NEXT_STEP_WITHIN_MS} ms: ${slow} (load ${os.loadavg()[0]?.toFixed(1)} on ${os.availableParallelism()} cores)`,
  ].join('\n');
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (share: number): string => `${Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0)} ms`;
  return `median ${at(0.5)}, 95 % ${at(0.95)}, 99 % ${at(0.99)}, longest ${at(1)}`;
}

function byName(names: Iterable<readonly [string, number]>): string {
  return [...names].map(([name, count]) => `${name} ${count}`).join(', ');
}
