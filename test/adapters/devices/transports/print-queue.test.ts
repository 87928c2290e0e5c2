/** Windows print queues, by a double of the spooler: there is no Windows here, and what is decided around it must be right all the same. */
import { afterAll, afterEach, expect, test } from 'vitest';
import { createSpoolerDriver } from '../../../../src-main/adapters/devices/transports/spooler-driver.ts';
import { createSteadyLine } from '../../../../src-main/adapters/devices/transports/steady-line.ts';
import type { SpoolerHandle, WindowsSpooler } from '../../../../src-main/adapters/devices/transports/winspool.ts';
import { createBench, pattern, until } from './line-bench.ts';

const bench = createBench();
afterEach(() => bench.end());
afterAll(bench.remove);

const JOB = { label: 'a job', timeoutMs: 2_000 };

class SpoolerDouble implements WindowsSpooler {
  readonly steps: string[] = [];
  readonly documents: number[][] = [];
  types: readonly string[] = ['RAW'];
  /** What the next writes take; empty: everything. */
  takes: (number | undefined)[] = [];
  endsWell = true;
  isHanging = false;

  async open(queue: string): Promise<SpoolerHandle | undefined> {
    return queue === 'Caja 1' ? {} : undefined;
  }
  async startDocument(_: SpoolerHandle, name: string, dataType: string): Promise<boolean> {
    this.steps.push(`start ${name} ${dataType}`);
    if (this.types.includes(dataType)) this.documents.push([]);
    return this.types.includes(dataType);
  }
  async write(_: SpoolerHandle, bytes: Uint8Array): Promise<number | undefined> {
    if (this.isHanging) return new Promise(() => undefined);
    const take = this.takes.length > 0 ? this.takes.shift() : bytes.length;
    this.documents.at(-1)?.push(...bytes.subarray(0, take ?? 0));
    return take;
  }
  async endDocument(): Promise<boolean> {
    this.steps.push('end');
    return this.endsWell;
  }
  async abort(): Promise<boolean> {
    this.steps.push('abort');
    return true;
  }
  async close(): Promise<void> {
    this.steps.push('close');
  }
  async queues(): Promise<readonly string[]> {
    return ['Caja 1', 'Caja cerrada'];
  }
}

function lineTo(spooler: SpoolerDouble | undefined, queue = 'Caja 1') {
  const driver = createSpoolerDriver({ kind: 'spooler', queue }, () => Promise.resolve(spooler));
  return bench.atEnd(createSteadyLine(driver), (line) => line.close());
}

test('each job is a document of its own, taken by the queue; there is nothing to read', async () => {
  const spooler = new SpoolerDouble();
  const line = lineTo(spooler);
  spooler.takes = [10_000];
  const outcomes = await Promise.all([line.write(pattern(20_000), JOB), line.write(pattern(5, 2), JOB)]);
  expect(outcomes).toEqual([
    { ok: true, value: undefined },
    { ok: true, value: undefined },
  ]);
  expect(line.canRead).toBe(false);
  expect(spooler.documents.map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual([
    Buffer.from(pattern(20_000)).toString('hex'),
    Buffer.from(pattern(5, 2)).toString('hex'),
  ]);
  await until(() => spooler.steps.at(-1) === 'close', 'the queue let go');
});

test('a driver of type 4 refuses RAW and takes the same bytes as XPS_PASS; one that takes neither refuses the job', async () => {
  const modern = new SpoolerDouble();
  modern.types = ['XPS_PASS'];
  expect(await lineTo(modern).write(pattern(5), JOB)).toMatchObject({ ok: true });
  expect(modern.steps.slice(0, 3)).toEqual(['start Ventanilla RAW', 'start Ventanilla XPS_PASS', 'end']);
  const none = new SpoolerDouble();
  none.types = [];
  const refused = await lineTo(none).write(pattern(5), JOB);
  expect(refused).toMatchObject({ ok: false, error: { code: 'unsupported', sent: 'none' } });
});

test('a queue that fails in the middle is told to throw the document away, and the job stays in doubt or incomplete', async () => {
  const spooler = new SpoolerDouble();
  spooler.takes = [16_384, undefined];
  const failed = await lineTo(spooler).write(pattern(60_000), JOB);
  expect(failed).toMatchObject({ ok: false, error: { code: 'io', sent: 'some' } });
  await until(() => spooler.steps.at(-1) === 'close', 'the end');
  expect(spooler.steps).toEqual(['start Ventanilla RAW', 'abort', 'close']);
  const full = new SpoolerDouble();
  full.takes = [0];
  expect(await lineTo(full).write(pattern(5), JOB)).toMatchObject({ ok: false, error: { code: 'io', sent: 'none' } });
  const unended = new SpoolerDouble();
  unended.endsWell = false;
  expect(await lineTo(unended).write(pattern(5), JOB)).toMatchObject({ ok: false, error: { sent: 'unknown' } });
});

test('a queue that hangs costs the job’s time, in doubt', async () => {
  const spooler = new SpoolerDouble();
  spooler.isHanging = true;
  const outcome = await lineTo(spooler).write(pattern(5), { label: 'hanging', timeoutMs: 80 });
  expect(outcome).toMatchObject({ ok: false, error: { code: 'timeout', sent: 'unknown' } });
});

test('a queue that does not exist, one that may not be used, and a machine without queues refuse with nothing sent', async () => {
  const code = async (spooler: SpoolerDouble | undefined, queue?: string) => {
    const outcome = await lineTo(spooler, queue).write(pattern(5), JOB);
    return outcome.ok ? 'done' : `${outcome.error.code} ${outcome.error.sent}`;
  };
  expect(await code(new SpoolerDouble(), 'Caja 9')).toBe('not-found none');
  expect(await code(new SpoolerDouble(), 'Caja cerrada')).toBe('permission none');
  expect(await code(undefined)).toBe('unsupported none');
});
