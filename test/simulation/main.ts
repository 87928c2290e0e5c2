/**
 * Simulates shops until the asked number of cash-outs, or the time, is over.
 *
 * Use    npm run simulate -- [--seed N] [--cash-outs M] [--minutes T] [--shop-size 100] [--networks a,b] [--without line,disk,…] [--storm NAME]
 *        [--workers 2]
 * Output One line per second on how it stands; each breach with the one line that makes it again, made as small as it gets. With the same
 *        seed the same journals, and so the same hash, on every machine. The exit code is 0 when nothing was found.
 */
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { TROUBLES } from './simulate.ts';
import type { Outcome, Plan, Trouble } from './simulate.ts';
import type { FarNetwork } from './far-networks.ts';
import { replayLine } from './shrink.ts';
import type { Shrunk } from './shrink.ts';
import { ROUGH_STORMS } from './storms.ts';
import type { StormName } from './storms.ts';

const SHOWN_FAILURES = 5;

const plan = readArguments();
const outcome = await runAll();
console.log(summaryOf(outcome));
process.exitCode = outcome.failures.length === 0 ? 0 : 1;

type Run = Readonly<{
  firstSeed: number;
  cashOuts: number;
  shopSize: number;
  untilMs: number;
  workers: number;
  networks: Plan['networks'] | undefined;
  without: readonly Trouble[];
  storm: StormName | undefined;
}>;

function readArguments(): Run {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      'cash-outs': { type: 'string' },
      minutes: { type: 'string' },
      'shop-size': { type: 'string', default: '100' },
      networks: { type: 'string' },
      without: { type: 'string', default: '' },
      storm: { type: 'string' },
      workers: { type: 'string', default: String(os.availableParallelism()) },
    },
  });
  const whole = (name: string, text: string): number => {
    const number = Number(text);
    if (Number.isSafeInteger(number) && number > 0) return number;
    return misused(`--${name} wants a whole number above zero, not ${text}`);
  };
  const minutes = values.minutes === undefined ? undefined : whole('minutes', values.minutes);
  const without = values.without.split(',').filter((word) => word !== '');
  const strange = without.find((word) => !TROUBLES.some((trouble) => trouble === word));
  if (strange !== undefined) misused(`--without knows ${TROUBLES.join(', ')}, not ${strange}`);
  const storm = ROUGH_STORMS.find((name) => name === values.storm);
  if (storm !== values.storm) misused(`--storm knows ${ROUGH_STORMS.join(', ')}, not ${values.storm}`);
  const asked = values['cash-outs'] ?? (minutes === undefined ? '10000' : String(Number.MAX_SAFE_INTEGER));
  return {
    firstSeed: whole('seed', values.seed),
    cashOuts: whole('cash-outs', asked),
    shopSize: whole('shop-size', values['shop-size']),
    untilMs: minutes === undefined ? Infinity : performance.now() + minutes * 60_000,
    workers: whole('workers', values.workers),
    networks: values.networks?.split(',') as FarNetwork['id'][] | undefined,
    without: without as Trouble[],
    storm,
  };
}

function misused(words: string): never {
  console.error(words);
  process.exit(2);
}

type Total = Readonly<{ outcomes: ReadonlyMap<number, Outcome>; failures: readonly Shrunk[]; tookMs: number }>;

/** Every worker takes the next seed when it has done one; which worker took which does not matter to any result. */
async function runAll(): Promise<Total> {
  const startedMs = performance.now();
  const outcomes = new Map<number, Outcome>();
  const failures: Shrunk[] = [];
  let nextSeed = plan.firstSeed;
  let asked = 0;
  const next = (): Plan | undefined => {
    if (asked >= plan.cashOuts || performance.now() >= plan.untilMs || failures.length >= SHOWN_FAILURES)
      return undefined;
    const cashOuts = Math.min(plan.shopSize, plan.cashOuts - asked);
    asked += cashOuts;
    nextSeed += 1;
    const { networks, without, storm } = plan;
    return { seed: nextSeed - 1, cashOuts, without, ...(networks && { networks }), ...(storm && { storm }) };
  };
  const said = setInterval(() => say(outcomes, startedMs), 5_000);
  const workers = Array.from({ length: plan.workers }, () => work(next, outcomes, failures));
  await Promise.all(workers);
  clearInterval(said);
  return { outcomes, failures, tookMs: performance.now() - startedMs };
}

type Reply = Readonly<{ outcome: Outcome; shrunk?: Shrunk }>;

async function work(next: () => Plan | undefined, outcomes: Map<number, Outcome>, failures: Shrunk[]): Promise<void> {
  const worker = fork(path.join(import.meta.dirname, 'worker.ts'));
  try {
    for (let job = next(); job; job = next()) {
      const { outcome: done, shrunk } = await ask(worker, job);
      outcomes.set(done.seed, done);
      if (!shrunk) continue;
      failures.push(shrunk);
      console.log(failureText(shrunk));
    }
  } finally {
    worker.kill();
  }
}

function ask(worker: ChildProcess, job: Plan): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const ended = (code: number | null): void =>
    reject(new Error(`a worker ended with code ${code} in the shop of seed ${job.seed}`));
  worker.once('exit', ended);
  worker.once('message', (reply: Reply) => {
    worker.off('exit', ended);
    resolve(reply);
  });
  worker.send(job);
  return promise;
}

function say(outcomes: ReadonlyMap<number, Outcome>, startedMs: number): void {
  const count = sum(outcomes, ({ cashOuts }) => cashOuts);
  console.log(`${count} cash-outs, ${Math.round(count / ((performance.now() - startedMs) / 1000))} per second`);
}

function failureText({ plan: failing, outcome: failed, history }: Shrunk): string {
  return [
    `seed ${failing.seed}:`,
    ...failed.breaches.slice(0, 4).map((breach) => `  ${breach}`),
    ...history.map((line) => `  ${line}`),
    `  again: ${replayLine(failing)}`,
  ].join('\n');
}

function summaryOf({ outcomes, failures, tookMs }: Total): string {
  const bySeed = [...outcomes.values()].toSorted((left, right) => left.seed - right.seed);
  const hash = createHash('sha256')
    .update(bySeed.map((one) => one.hash).join('\n'))
    .digest('hex');
  const count = sum(outcomes, ({ cashOuts }) => cashOuts);
  const ends = new Map<string, number>();
  for (const one of bySeed) {
    for (const [state, many] of Object.entries(one.ends)) ends.set(state, (ends.get(state) ?? 0) + many);
  }
  const crashes = sum(outcomes, (one) => one.crashes);
  const hours = Math.round(sum(outcomes, ({ simulatedMs }) => simulatedMs) / 3_600_000);
  return [
    `${count} cash-outs in ${bySeed.length} shops, ${hours} simulated hours, ${crashes} crashes, ${sum(outcomes, ({ entries }) => entries)} journal entries`,
    `ends: ${[...ends]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([state, many]) => `${state} ${many}`)
      .join(', ')}`,
    `${(tookMs / 1000).toFixed(1)} s, ${Math.round(count / (tookMs / 1000))} cash-outs per second`,
    `journals ${hash}`,
    failures.length === 0 ? 'no violation' : `${failures.length} violations`,
  ].join('\n');
}

function sum(outcomes: ReadonlyMap<number, Outcome>, of: (outcome: Outcome) => number): number {
  return [...outcomes.values()].reduce((total, one) => total + of(one), 0);
}
