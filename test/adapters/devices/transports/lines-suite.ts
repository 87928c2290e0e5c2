/** What every implementation of `DeviceLines` must do, over real pseudo-terminals, sockets, FIFOs and files. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { DeviceLines } from '../../../../src-main/adapters/devices/transports/device-lines.ts';
import type { LineAddress } from '../../../../src-main/core/domain/devices/device.ts';
import { createBench, holdPort, listen, makeFifo, pattern, plugIn, readFifo, statesOf, until } from './line-bench.ts';

/** More than a terminal, socat and a socket hold between them; more than the network's buffers hold. */
const LONG = 1_500_000;
const UNREAD = 14_000_000;
const JOB = { label: 'a job', timeoutMs: 5_000 };

export function serial(path: string, flow: 'none' | 'rts-cts' | 'xon-xoff' = 'none'): LineAddress {
  return { kind: 'serial', path, baudRate: 9_600, flow };
}

/** `create` makes lines whose first retry comes after 50 ms and whose network lines let go after 300 ms. */
export function linesSuite(name: string, create: () => DeviceLines): void {
  const bench = createBench();
  afterEach(() => bench.end());
  afterAll(bench.remove);
  const linesHere = (): DeviceLines => bench.atEnd(create(), (lines) => lines.close());

  test(`${name}: a serial printer receives every byte value in order, and is heard`, async () => {
    const far = await plugIn(bench, 'printer');
    const line = linesHere().line(serial(far.path));
    const heard: number[] = [];
    line.onData((bytes) => heard.push(...bytes));
    const bytes = pattern(10_000);
    expect(await line.write(bytes, JOB)).toEqual({ ok: true, value: undefined });
    await until(() => far.received().length >= bytes.length, 'the whole job');
    expect(far.received().equals(bytes)).toBe(true);
    far.say(Uint8Array.of(0, 0x12, 0xff, 0x11, 0x13, 0x0a, 0x0d));
    await until(() => heard.length >= 7, 'an answer');
    expect(heard).toEqual([0, 0x12, 0xff, 0x11, 0x13, 0x0a, 0x0d]);
  });

  test(`${name}: jobs asked for at the same moment arrive one after another, never mixed`, async () => {
    const far = await plugIn(bench, 'queue');
    const line = linesHere().line(serial(far.path));
    const jobs = [1, 2, 3, 4, 5].map((seed) => pattern(1_500, seed));
    const outcomes = await Promise.all(jobs.map((bytes) => line.write(bytes, JOB)));
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    const whole = Buffer.concat(jobs);
    await until(() => far.received().length >= whole.length, 'all jobs');
    expect(far.received().equals(whole)).toBe(true);
  });

  test(`${name}: a cable pulled while nothing is said is noticed, and the line is back by itself when it is plugged in again`, async () => {
    const far = await plugIn(bench, 'cable');
    const line = linesHere().line(serial(far.path));
    const states = statesOf(line);
    await until(() => states.at(-1) === 'yes', 'connected');
    await far.unplug();
    await until(() => states.at(-1) === 'no', 'the unplug');
    const refused = await line.write(pattern(100), JOB);
    expect(refused).toMatchObject({ ok: false, error: { code: 'not-found', sent: 'none' } });
    const again = await plugIn(bench, 'cable');
    await until(() => states.at(-1) === 'yes', 'the line back');
    expect(await line.write(Uint8Array.of(7), JOB)).toMatchObject({ ok: true });
    await until(() => again.received().length > 0, 'the next job');
    expect([...again.received()]).toEqual([7]); // Nothing was kept of the refused job.
  });

  test(`${name}: a cable pulled during a job leaves it in doubt, never as done and never as not begun`, async () => {
    const far = await plugIn(bench, 'traffic');
    const line = linesHere().line(serial(far.path));
    const job = line.write(Buffer.alloc(LONG), JOB);
    await until(() => far.received().length > 0, 'begun');
    far.hold(true);
    await far.unplug();
    const outcome = await job;
    expect(outcome).toMatchObject({ ok: false, error: { code: 'unplugged' } });
    expect(['some', 'unknown']).toContain(outcome.ok ? 'done' : outcome.error.sent);
  });

  test(`${name}: a printer that takes nothing more costs the job's time and no more; the rest never comes`, async () => {
    const far = await plugIn(bench, 'stuck');
    const line = linesHere().line(serial(far.path));
    expect(await line.write(Uint8Array.of(0), JOB)).toMatchObject({ ok: true });
    far.hold(true);
    const outcome = await line.write(Buffer.alloc(LONG), { label: 'stuck', timeoutMs: 700 });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'timeout', sent: 'some' } });
    far.hold(false);
    expect(await line.write(Uint8Array.of(1, 2, 3), JOB)).toMatchObject({ ok: true });
    await until(
      () =>
        far
          .received()
          .subarray(-3)
          .equals(Buffer.of(1, 2, 3)),
      'the next job',
    );
    expect(far.received().length).toBeLessThan(LONG);
  });

  test(`${name}: a port that another program holds is busy, with nothing sent, and comes when it is free`, async () => {
    const far = await plugIn(bench, 'held');
    const free = await holdPort(bench, far.path);
    const line = linesHere().line(serial(far.path));
    expect(await line.write(pattern(10), JOB)).toMatchObject({ ok: false, error: { code: 'busy', sent: 'none' } });
    await free();
    const states = statesOf(line);
    await until(() => states.at(-1) === 'yes', 'the free port');
    expect(far.received().length).toBe(0);
  });

  test(`${name}: closing during a job ends it in doubt, and the line takes no further one`, async () => {
    const far = await plugIn(bench, 'closing');
    const lines = linesHere();
    const line = lines.line(serial(far.path));
    const running = line.write(Buffer.alloc(LONG), JOB);
    const waiting = line.write(pattern(10), JOB);
    await until(() => far.received().length > 0, 'begun');
    far.hold(true);
    await lines.close();
    expect(await running).toMatchObject({ ok: false, error: { code: 'cancelled', sent: 'some' } });
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'cancelled', sent: 'none' } });
    expect(await line.write(pattern(10), JOB)).toMatchObject({ ok: false, error: { code: 'cancelled', sent: 'none' } });
  });

  test(`${name}: a caller that gives up before the first byte has left nothing behind`, async () => {
    const far = await plugIn(bench, 'cancel');
    const line = linesHere().line(serial(far.path));
    far.hold(true);
    const first = line.write(Buffer.alloc(LONG), { label: 'long', timeoutMs: 500 });
    const waiting = new AbortController();
    const second = line.write(pattern(10), { ...JOB, cancel: waiting.signal });
    waiting.abort();
    expect(await second).toMatchObject({ ok: false, error: { code: 'cancelled', sent: 'none' } });
    const third = await line.write(pattern(10), { label: 'impatient', timeoutMs: 50 });
    expect(third).toMatchObject({ ok: false, error: { code: 'timeout', sent: 'none' } });
    expect(await first).toMatchObject({ ok: false, error: { code: 'timeout' } });
  });

  test(`${name}: a printer and its drawer share one line, which stays until both have closed it`, async () => {
    const far = await plugIn(bench, 'shared');
    const lines = linesHere();
    const printer = lines.line(serial(far.path));
    const drawer = lines.line(serial(far.path));
    expect(await printer.write(Uint8Array.of(1), JOB)).toMatchObject({ ok: true });
    await printer.close();
    expect(await drawer.write(Uint8Array.of(2), JOB)).toMatchObject({ ok: true });
    expect(await printer.write(Uint8Array.of(3), JOB)).toMatchObject({ ok: false, error: { sent: 'none' } });
    await until(() => far.received().length >= 2, 'both jobs');
    expect([...far.received()]).toEqual([1, 2]);
  });

  test(`${name}: a network printer is connected for a job, answers, and is let go for others some time after`, async () => {
    const peer = await listen(bench);
    const line = linesHere().line({ kind: 'tcp', host: '127.0.0.1', port: peer.port });
    const states = statesOf(line);
    const heard: number[] = [];
    line.onData((bytes) => heard.push(...bytes));
    expect(peer.connections()).toBe(0);
    const bytes = pattern(200_000);
    expect(await line.write(bytes, JOB)).toMatchObject({ ok: true });
    expect(await line.write(bytes, JOB)).toMatchObject({ ok: true });
    for (const socket of peer.sockets) socket.write(Uint8Array.of(0x12));
    await until(() => heard.length === 1, 'an answer after the job');
    await until(() => peer.received().length >= 400_000, 'both jobs');
    expect(peer.received().equals(Buffer.concat([bytes, bytes]))).toBe(true);
    expect(peer.connections()).toBe(1);
    await until(() => peer.sockets.size === 0, 'the line let go');
    expect(states).toEqual(['unknown', 'yes', 'unknown']);
    expect(await line.write(Uint8Array.of(9), JOB)).toMatchObject({ ok: true });
    await until(() => peer.received().at(-1) === 9, 'the next job');
    expect(peer.connections()).toBe(2);
  });

  test(`${name}: a network line told to stay is there before a word is said, is heard, and comes back when it broke`, async () => {
    const peer = await listen(bench);
    const line = linesHere().line({ kind: 'tcp', host: '127.0.0.1', port: peer.port }, { stayConnected: true });
    const states = statesOf(line);
    let heard = '';
    line.onData((bytes) => (heard += Buffer.from(bytes).toString()));
    for (const code of ['A1', 'B2']) {
      await until(() => states.at(-1) === 'yes' && peer.sockets.size === 1, 'connected');
      for (const socket of peer.sockets) socket.end(code);
      await until(() => heard.endsWith(code), 'the scan');
      await until(() => states.at(-1) === 'no' || peer.connections() > 1, 'the end');
    }
    await until(() => states.at(-1) === 'yes', 'connected again');
    expect(heard).toBe('A1B2');
  });

  test(`${name}: a network printer that is off, or a name that does not exist, is refused with nothing sent`, async () => {
    const lines = linesHere();
    const off = lines.line({ kind: 'tcp', host: '127.0.0.1', port: 9 });
    expect(await off.write(pattern(9), JOB)).toMatchObject({ ok: false, error: { code: 'offline', sent: 'none' } });
    expect(statesOf(off).at(-1)).toBe('no');
  });

  test(`${name}: a network printer that accepts and never reads costs the job's time, and the job does not come out later`, async () => {
    const peer = await listen(bench, (socket) => socket.pause());
    const line = linesHere().line({ kind: 'tcp', host: '127.0.0.1', port: peer.port });
    const outcome = await line.write(Buffer.alloc(UNREAD), { label: 'unread', timeoutMs: 1_000 });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'timeout', sent: 'some' } });
    let late = 0;
    for (const socket of peer.sockets) socket.on('data', (chunk) => (late += chunk.length)).resume();
    await until(() => peer.sockets.size === 0, 'the reset');
    expect(late).toBeLessThan(UNREAD);
  });

  test(`${name}: a network printer that resets the connection after the last byte leaves the job in doubt`, async () => {
    const job = pattern(3_000);
    const peer = await listen(bench, (socket) => {
      let count = 0;
      socket.on('data', (chunk) => {
        count += chunk.length;
        if (count >= job.length) socket.resetAndDestroy();
      });
    });
    const line = linesHere().line({ kind: 'tcp', host: '127.0.0.1', port: peer.port });
    const states = statesOf(line);
    const outcome = await line.write(job, JOB);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'unplugged', sent: 'unknown' } });
    expect(states.at(-1)).toBe('no');
  });

  test(`${name}: a device file without a reader refuses; with one it receives all, and a reader that leaves is an unplug`, async () => {
    const fifo = makeFifo(bench, 'lp0');
    const line = linesHere().line({ kind: 'devfile', path: fifo });
    expect(await line.write(pattern(9), JOB)).toMatchObject({ ok: false, error: { code: 'offline', sent: 'none' } });
    const reader = readFifo(bench, fifo);
    const bytes = pattern(60_000);
    expect(await line.write(bytes, JOB)).toMatchObject({ ok: true });
    expect(reader.drain().equals(bytes)).toBe(true);
    expect(line.canRead).toBe(false);
    reader.close();
    expect(await line.write(pattern(9), JOB)).toMatchObject({ ok: false, error: { sent: 'none' } });
  });

  test(`${name}: a full device file costs the job's time, and what is said of it is exact`, async () => {
    const fifo = makeFifo(bench, 'full');
    const reader = readFifo(bench, fifo);
    const line = linesHere().line({ kind: 'devfile', path: fifo });
    expect(await line.write(pattern(10), JOB)).toMatchObject({ ok: true });
    reader.drain();
    const half = await line.write(pattern(100_000), { label: 'half', timeoutMs: 400 });
    expect(half).toMatchObject({ ok: false, error: { code: 'timeout', sent: 'some' } });
    const none = await line.write(pattern(100_000), { label: 'none', timeoutMs: 100 });
    expect(none).toMatchObject({ ok: false, error: { code: 'timeout', sent: 'none' } });
    expect(reader.drain().length).toBe(65_536);
    expect(await line.write(pattern(10), JOB)).toMatchObject({ ok: true });
    expect(reader.drain().length).toBe(10);
  });

  test(`${name}: a device file that answers is heard, and its unplug is noticed with and without traffic`, async () => {
    const far = await plugIn(bench, 'lp1');
    const line = linesHere().line({ kind: 'devfile', path: far.path });
    const states = statesOf(line);
    const heard: number[] = [];
    line.onData((bytes) => heard.push(...bytes));
    expect(await line.write(pattern(5_000), JOB)).toMatchObject({ ok: true });
    far.say(Uint8Array.of(0x16));
    await until(() => heard.length === 1, 'an answer');
    expect(line.canRead).toBe(true);
    await until(() => far.received().length >= 5_000, 'the job');
    expect(far.received().equals(pattern(5_000))).toBe(true);
    await far.unplug();
    await until(() => states.at(-1) === 'no', 'the unplug');
  });

  test(`${name}: a plain file is appended to, and never made`, async () => {
    const file = bench.file('plain');
    const line = linesHere().line({ kind: 'devfile', path: file });
    expect(await line.write(pattern(9), JOB)).toMatchObject({ ok: false, error: { code: 'not-found', sent: 'none' } });
    writeFileSync(file, 'x');
    expect(await line.write(Buffer.from('yz'), JOB)).toMatchObject({ ok: true });
    expect(readFileSync(file, 'utf8')).toBe('xyz');
  });

  test(`${name}: a folder receives each job as a file`, async () => {
    const folder = bench.file('spool');
    mkdirSync(folder, { recursive: true });
    const line = linesHere().line({ kind: 'folder', path: folder });
    expect(await line.write(Buffer.from('slip'), { label: 'receipt A1', timeoutMs: 5_000 })).toMatchObject({
      ok: true,
    });
    expect(readdirSync(folder)).toEqual(['000001-receipt-A1.bin']);
  });
}
