/** Lines of the device process: the same suite as in this process, and what happens when that process crashes, hangs or is killed. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { DeviceProcess } from '../../../../src-main/adapters/devices/process/device-process.ts';
import { forkDeviceProcess } from '../../../../src-main/adapters/devices/process/fork-process.ts';
import { readOrder } from '../../../../src-main/adapters/devices/process/messages.ts';
import type { Order } from '../../../../src-main/adapters/devices/process/messages.ts';
import { createRemoteLines } from '../../../../src-main/adapters/devices/process/remote-lines.ts';
import type { ByteTransport } from '../../../../src-main/adapters/devices/transports/byte-transport.ts';
import type { DeviceLines } from '../../../../src-main/adapters/devices/transports/device-lines.ts';
import { createBench, kill, pattern, plugIn, statesOf, until } from './line-bench.ts';
import { buildPart } from '../../../../scripts/build.ts';
import { wholeNumbers } from '../../../support/random.ts';
import { linesSuite, serial } from './lines-suite.ts';

const JOB = { label: 'a job', timeoutMs: 5_000 };
/** The device process with shorter waits. */
const QUICK_PROCESS = path.join(import.meta.dirname, 'quick-device-process.ts');
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

const bench = createBench();
afterEach(() => bench.end());
afterAll(bench.remove);

const shared = createRemoteLines({ startProcess: () => forkDeviceProcess(QUICK_PROCESS), log: SILENT });
beforeAll(() => shared.ready());
afterAll(() => shared.close());

/** One process for all; each test has lines of its own. */
linesSuite('in the device process', () => {
  const mine: ByteTransport[] = [];
  return {
    ...shared,
    line(address, options) {
      const line = shared.line(address, options);
      mine.push(line);
      return line;
    },
    async close() {
      await Promise.all(mine.map((line) => line.close()));
    },
  };
});

function linesWithProcesses(beatMs = 1_000): { lines: DeviceLines; processes: DeviceProcess[]; warnings: string[] } {
  const processes: DeviceProcess[] = [];
  const warnings: string[] = [];
  const lines = createRemoteLines({
    startProcess() {
      const started = forkDeviceProcess();
      processes.push(started);
      return started;
    },
    log: { ...SILENT, warn: (message, facts) => void warnings.push(`${message}: ${String(facts?.['why'])}`) },
    times: { beatMs, restartFirstMs: 50, restartLongestMs: 50 },
  });
  bench.atEnd(lines, (all) => all.close());
  return { lines, processes, warnings };
}

test('no native driver is ever loaded into the till itself', async () => {
  const far = await plugIn(bench, 'native');
  expect(await shared.line(serial(far.path)).write(pattern(10), JOB)).toMatchObject({ ok: true });
  expect(readFileSync('/proc/self/maps', 'utf8')).not.toMatch(/serialport|koffi|node-usb/);
});

test('the device process of a package is one file that serves lines, and what has not been paired can be listed', async () => {
  await buildPart('devices');
  const built = path.join(import.meta.dirname, '../../../../dist/devices/device-process.js');
  const lines = createRemoteLines({ startProcess: () => forkDeviceProcess(built), log: SILENT });
  bench.atEnd(lines, (all) => all.close());
  const file = bench.file('standing-for-a-printer');
  writeFileSync(file, '');
  expect(await lines.line({ kind: 'devfile', path: file }).write(Buffer.from('slip'), JOB)).toMatchObject({ ok: true });
  expect(readFileSync(file, 'utf8')).toBe('slip');
  expect(await lines.list()).toMatchObject({ ok: true });
});

test('a device process that dies leaves the job on its way in doubt and those that wait not begun; the lines come back by themselves', async () => {
  const far = await plugIn(bench, 'crash');
  const { lines, processes, warnings } = linesWithProcesses();
  const line = lines.line(serial(far.path));
  const states = statesOf(line);
  const heard: number[] = [];
  line.onData((bytes) => heard.push(...bytes));
  const running = line.write(Buffer.alloc(1_500_000), JOB);
  const waiting = line.write(pattern(10), JOB);
  await until(() => far.received().length > 0, 'begun');
  processes[0]?.kill();
  expect(await running).toMatchObject({ ok: false, error: { code: 'io', sent: 'unknown' } });
  expect(await waiting).toMatchObject({ ok: false, error: { code: 'io', sent: 'none' } });
  expect(states.at(-1)).toBe('no');
  expect(await line.write(pattern(10), JOB)).toMatchObject({ ok: false, error: { code: 'io', sent: 'none' } });
  await until(() => states.at(-1) === 'yes', 'the line back');
  expect(await line.write(Uint8Array.of(1, 2, 3), JOB)).toMatchObject({ ok: true });
  far.say(Uint8Array.of(0x12));
  await until(() => heard.length === 1, 'an answer over the new process');
  await until(
    () =>
      far
        .received()
        .subarray(-3)
        .equals(Buffer.of(1, 2, 3)),
    'the next job',
  );
  expect(warnings).toEqual(['the device process has ended: SIGKILL']);
});

test('a device process that hangs is found out, killed, and followed by another', async () => {
  const far = await plugIn(bench, 'hang');
  const { lines, processes, warnings } = linesWithProcesses(200);
  const line = lines.line(serial(far.path));
  expect(await line.write(Uint8Array.of(1), JOB)).toMatchObject({ ok: true });
  const hanging = processes[0]?.pid;
  if (hanging === undefined) throw new Error('no process');
  process.kill(hanging, 'SIGSTOP');
  const caught = await line.write(Uint8Array.of(2), { label: 'caught', timeoutMs: 60_000 });
  expect(caught).toMatchObject({ ok: false, error: { code: 'io', sent: 'unknown' } });
  const states = statesOf(line);
  await until(() => states.at(-1) === 'yes', 'the line back');
  expect(await line.write(Uint8Array.of(3), JOB)).toMatchObject({ ok: true });
  await until(() => far.received().includes(3), 'the next job');
  expect([...far.received()].filter((byte) => byte === 1 || byte === 3)).toEqual([1, 3]);
  expect(warnings[0]).toContain('it hangs');
});

test('a device process that cannot even start is tried again with growing waits, and refuses everything meanwhile', async () => {
  let starts = 0;
  const lines = createRemoteLines({
    startProcess() {
      starts += 1;
      return forkDeviceProcess(bench.file('no-such-program.js'));
    },
    log: SILENT,
    times: { restartFirstMs: 30, restartLongestMs: 60 },
  });
  bench.atEnd(lines, (all) => all.close());
  const line = lines.line(serial('/dev/nowhere'));
  expect(await line.write(pattern(10), JOB)).toMatchObject({ ok: false, error: { code: 'io', sent: 'none' } });
  expect(await lines.list()).toMatchObject({ ok: false, error: { code: 'io', sent: 'none' } });
  await lines.ready();
  await until(() => starts >= 3, 'a third start');
});

test('a till that is killed takes its device process along, and the port is free for the next one', async () => {
  const far = await plugIn(bench, 'orphan');
  const script = path.join(import.meta.dirname, 'till-that-dies.ts');
  const till = bench.atEnd(spawn(process.execPath, [script, far.path], { stdio: ['ignore', 'pipe', 'ignore'] }), kill);
  let said = '';
  till.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await until(() => said.includes('held'), 'the port held');
  const line = shared.line(serial(far.path));
  const states = statesOf(line);
  expect(await line.write(pattern(10), JOB)).toMatchObject({ ok: false, error: { code: 'busy', sent: 'none' } });
  await kill(till);
  await until(() => states.at(-1) === 'yes', 'the free port');
  await until(() => !isRunning(Number(said.split('\n')[0])), 'the end of the device process');
  await line.close();
});

test('what a gone-wrong process says is believed by nobody: it is killed', async () => {
  const double = new ProcessDouble();
  const { lines, warnings } = linesOver([double]);
  double.say({ kind: 'ready' });
  const job = lines.line(serial('/dev/ttyX')).write(pattern(10), JOB);
  await until(() => double.posted.some(({ kind }) => kind === 'write'), 'the job');
  double.say({ kind: 'written', job: 1, outcome: { ok: true, sent: 'everything' } });
  expect(await job).toMatchObject({ ok: false, error: { code: 'io', sent: 'unknown' } });
  expect(warnings[0]).toContain('it sent what is no report');
});

test('a long job crosses in pieces, so that the main loop is never held up; one that dies in the middle has not begun', async () => {
  const double = new ProcessDouble();
  const { lines } = linesOver([double]);
  double.say({ kind: 'ready' });
  const line = lines.line(serial('/dev/ttyX'));
  const bytes = pattern(300_000);
  const job = line.write(bytes, JOB);
  await until(() => double.posted.some(({ kind }) => kind === 'write'), 'the whole job');
  const parts = double.posted.flatMap((order) => ('bytes' in order ? [order.bytes] : []));
  expect(parts.map(({ length }) => length)).toEqual([65_536, 65_536, 65_536, 65_536, 37_856]);
  expect(Buffer.concat(parts).equals(bytes)).toBe(true);
  double.say({ kind: 'written', job: 2, outcome: { ok: true } });
  expect(await job).toEqual({ ok: true, value: undefined });
  double.dieAtPiece = 6;
  expect(await line.write(bytes, JOB)).toMatchObject({ ok: false, error: { code: 'io', sent: 'none' } });
});

/** Killed at any moment, every job says the truth about what the far side has received of it. */
test('killing the device process at random during 200 jobs leaves every one in a true state', async () => {
  const far = await plugIn(bench, 'random');
  const { lines, processes } = linesWithProcesses();
  const line = lines.line(serial(far.path));
  const states = statesOf(line);
  const random = wholeNumbers(20_261_130);
  const outcomes: { number: number; said: string }[] = [];
  for (let round = 0; round < 4; round += 1) {
    await until(() => states.at(-1) === 'yes', 'the line');
    const jobs = Array.from({ length: 50 }, (_, at) => round * 50 + at).map(async (number) => {
      const outcome = await line.write(numbered(number), JOB);
      outcomes.push({ number, said: outcome.ok ? 'done' : outcome.error.sent });
    });
    setTimeout(() => processes.at(-1)?.kill(), random(60));
    await Promise.all(jobs);
  }
  await until(() => states.at(-1) === 'yes', 'the line back');
  await line.write(Buffer.from('END'), JOB);
  await until(() => far.received().subarray(-3).toString() === 'END', 'the end');
  const received = far.received().toString('latin1');
  const contradictions = outcomes.filter(({ number, said }) => {
    const came = [...received.matchAll(new RegExp(`<${number}\\.`, 'g'))].length;
    const whole = received.split(numbered(number).toString('latin1')).length - 1;
    if (said === 'none') return came !== 0;
    return said === 'done' ? whole !== 1 : came > 1 || whole > 1;
  });
  expect(contradictions).toEqual([]);
  expect(outcomes).toHaveLength(200);
  expect(new Set(outcomes.map(({ said }) => said)).size).toBeGreaterThan(1);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A job that is known again in a stream: its number, then a body. */
function numbered(number: number): Buffer {
  return Buffer.from(`<${number}.${String.fromCodePoint(97 + (number % 26)).repeat(900)}>`);
}

function linesOver(doubles: ProcessDouble[]): { lines: DeviceLines; warnings: string[] } {
  const warnings: string[] = [];
  const rest = [...doubles];
  const lines = createRemoteLines({
    startProcess: () => rest.shift() ?? new ProcessDouble(),
    log: { ...SILENT, warn: (message, facts) => void warnings.push(`${message}: ${String(facts?.['why'])}`) },
    times: { endMs: 10 },
  });
  bench.atEnd(lines, (all) => all.close());
  return { lines, warnings };
}

/** A process that keeps what it is told, and says and does what the test wants. */
class ProcessDouble implements DeviceProcess {
  readonly pid = undefined;
  readonly posted: Order[] = [];
  dieAtPiece = Infinity;
  readonly hearers: ((message: unknown) => void)[] = [];
  readonly exits: ((why: string) => void)[] = [];

  post(message: unknown): void {
    const order = readOrder(message);
    if (order === undefined) throw new Error('no order');
    this.posted.push(order);
    if (this.posted.filter(({ kind }) => kind === 'piece').length === this.dieAtPiece) this.kill();
    if (order.kind === 'close-line') queueMicrotask(() => this.say({ kind: 'line-closed', line: order.line }));
  }
  onMessage(listener: (message: unknown) => void): void {
    this.hearers.push(listener);
  }
  onExit(listener: (why: string) => void): void {
    this.exits.push(listener);
  }
  say(message: unknown): void {
    for (const hear of this.hearers) hear(message);
  }
  kill(): void {
    for (const exit of this.exits.splice(0)) exit('SIGKILL');
  }
}
