/** The command that puts virtual devices on a counter, as a technician starts it. */
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { SerialPort } from 'serialport';
import { afterAll, afterEach, expect, test } from 'vitest';
import { readPlan } from '../../../src-main/simulators/devices/counter/plan.ts';

const MAIN = path.resolve(import.meta.dirname, '../../../src-main/simulators/devices/main.ts');
const folder = mkdtempSync(path.join(os.tmpdir(), 'devices-'));
const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(...options: string[]) {
  return watch(spawn(process.execPath, [MAIN, ...options], { stdio: ['pipe', 'pipe', 'pipe'] }));
}

function watch(child: ChildProcessByStdio<Writable | null, Readable, Readable>) {
  ends.push(() => void child.kill('SIGKILL'));
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString('utf8')));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, said, ended, type: (words: string) => child.stdin?.write(`${words}\n`) };
}

type Started = Awaited<ReturnType<typeof startCounter>>;

async function startCounter() {
  const display = path.join(folder, 'display');
  const scanner = path.join(folder, 'scanner');
  const devices = ['--printer', 'tcp:0', '--display', `pty:${display},cd5220`, '--scanner', `pty:${scanner}`];
  const program = start(...devices, '--kind', 'epson-tm-t88', '--baud', '115200', '--port', '0');
  await expect.poll(() => program.said.out).toContain('type here');
  const page = /page\s+(\S+)\//.exec(program.said.out)?.[1] ?? '';
  const printerPort = Number(/tcp 127\.0\.0\.1:(\d+)/.exec(program.said.out)?.[1]);
  return { ...program, display, scanner, page, printerPort };
}

async function post({ page }: Pick<Started, 'page'>, act: string, body: unknown = {}) {
  const answer = await fetch(`${page}/_control/${act}`, { method: 'POST', body: JSON.stringify(body) });
  return { status: answer.status, json: await answer.json() };
}

async function state({ page }: Pick<Started, 'page'>): Promise<unknown> {
  return (await fetch(`${page}/_control/state`)).json();
}

/** Sockets of this test end with it. */
function call(port: number) {
  const socket = net.connect(port, '127.0.0.1');
  ends.push(() => void socket.destroy());
  socket.on('error', () => undefined);
  const heard: Buffer[] = [];
  socket.on('data', (chunk) => heard.push(chunk));
  return { socket, heard: () => Buffer.concat(heard).toString('hex') };
}

/** Three languages, help for every act, and nothing for a page of somebody else. */
async function seeThePage(counter: Started): Promise<void> {
  const titles = await Promise.all(
    ['es', 'pt', 'en'].map(
      async (locale) => /<title>(.*)<\/title>/.exec(await (await fetch(`${counter.page}/?lang=${locale}`)).text())?.[1],
    ),
  );
  expect(titles).toEqual(['Dispositivos virtuales', 'Dispositivos virtuais', 'Virtual devices']);
  const elsewhere = { method: 'POST', headers: { origin: 'http://elsewhere.example' }, body: '{}' };
  expect((await fetch(`${counter.page}/_control/paper-out`, elsewhere)).status).toBe(403);
  const help = await (await fetch(`${counter.page}/_control?format=text`)).text();
  for (const act of ['paper-out', 'cover-open', 'cutter-jam', 'unplug', 'power-off', 'drawer-close', 'scan']) {
    expect(help).toContain(`POST /_control/${act}\n`);
  }
  counter.type('help');
  await expect.poll(() => counter.said.out).toContain('scan              holds a code before the scanner');
  counter.type('dance');
  await expect.poll(() => counter.said.out).toContain('no such act: dance');
}

test('a whole counter: printer, drawer, display and scanner, moved by hand, by words and by calls, and gone at the end', async () => {
  const counter = await startCounter();
  const { socket, heard } = call(counter.printerPort);
  socket.write('\u001d\u0061\u000f');
  await expect.poll(heard).toBe('1000000f');
  expect(await post(counter, 'paper-out')).toEqual({ status: 200, json: { ok: true } });
  await expect.poll(heard).toBe('1000000f18000f0f');
  counter.type('paper load');
  await expect.poll(heard).toBe('1000000f18000f0f1000000f');

  socket.write(Buffer.from('\u001bp\u0000\u0019\u00faGracias\n\u001dVB\u0000', 'latin1'));
  await expect
    .poll(() => state(counter))
    .toMatchObject({
      printer: { papers: 1, isBusy: false },
      drawer: { isOpen: true, openings: 1 },
      pictures: { papers: [1], hasStrip: false },
    });
  const picture = await fetch(`${counter.page}/pictures/paper-1.png`);
  expect(picture.headers.get('content-type')).toBe('image/png');
  expect(
    Buffer.from(await picture.arrayBuffer())
      .subarray(1, 4)
      .toString('latin1'),
  ).toBe('PNG');
  expect(await (await fetch(`${counter.page}/recordings/printer.txt`)).text()).toContain('|.p...Gracias..VB.|');

  const pole = new SerialPort({ path: counter.display, baudRate: 115_200 });
  const scanner = new SerialPort({ path: counter.scanner, baudRate: 115_200 });
  const gone = Promise.all([pole, scanner].map((port) => new Promise((resolve) => port.once('close', resolve))));
  pole.on('data', () => undefined);
  pole.write('\u001bQAHola\r');
  await expect.poll(() => state(counter)).toMatchObject({ display: { shows: ['Hola'.padEnd(20), ' '.repeat(20)] } });
  let scanned = '';
  scanner.on('data', (chunk: Buffer) => (scanned += chunk.toString('latin1')));
  await expect.poll(() => scanner.isOpen).toBe(true);
  counter.type('scan V7K2 0001');
  await expect.poll(() => scanned).toBe('V7K2 0001\r');
  await post(counter, 'scan', { text: 'B' });
  await expect.poll(() => scanned).toBe('V7K2 0001\rB\r');

  await seeThePage(counter);

  counter.type('display unplug');
  await expect.poll(() => lstatSync(counter.display, { throwIfNoEntry: false })).toBeUndefined();
  await expect.poll(() => state(counter)).toMatchObject({ display: { line: { isPlugged: false } } });
  await post(counter, 'display-plug');
  await expect.poll(() => lstatSync(counter.display, { throwIfNoEntry: false })?.isSymbolicLink()).toBe(true);

  counter.child.kill('SIGTERM');
  expect(await counter.ended).toBe(0);
  await gone;
  expect([existsSync(counter.display), existsSync(counter.scanner)]).toEqual([false, false]);
  expect(counter.said.err).toBe('');
});

test('even a killed counter leaves no terminal behind', async () => {
  const counter = await startCounter();
  const pids = readFileSync(`/proc/${counter.child.pid}/task/${counter.child.pid}/children`, 'utf8').trim().split(' ');
  expect(pids).toHaveLength(2);
  counter.child.kill('SIGKILL');
  await counter.ended;
  await expect.poll(() => pids.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
  expect([existsSync(counter.display), existsSync(counter.scanner)]).toEqual([false, false]);
});

test.each([
  [['--printer', 'lpt:1'], '--printer lpt:1 is no line'],
  [['--kind', 'laser'], '--kind laser is none of'],
  [['--display', 'pty:/tmp/x,braille'], 'braille is none of'],
  [['--port', '70000'], '--port 70000 is not a number'],
  [['--drawer', 'maybe'], '--drawer maybe is none of high, low, none'],
  [['--rain'], '--rain'],
])('%j is refused with what is wrong', (options, words) => {
  expect(readPlan(options)).toMatchObject({ problem: expect.stringContaining(words) as unknown });
});

test('without a word there is a network printer, and with another device only what was asked for', () => {
  expect(readPlan([])).toMatchObject({
    printer: { line: { kind: 'tcp', host: '127.0.0.1', port: 9_100 }, model: 'generic-80mm' },
    display: undefined,
  });
  expect(readPlan(['--display', 'pty:/tmp/a,b,utc', '--drawer', 'low', '--drawer-closes', '5'])).toMatchObject({
    printer: undefined,
    display: { line: { kind: 'pty', path: '/tmp/a,b' }, dialect: 'utc' },
    drawer: 'low-when-open',
    drawerClosesAfterMs: 5_000,
  });
  expect(readPlan(['--display', 'printer,escpos'])).toMatchObject({
    printer: { line: { kind: 'tcp' } },
    display: { line: 'printer', dialect: 'escpos' },
  });
  expect(readPlan(['--printer', 'tcp:0.0.0.0:9101', '--buffer', '45'])).toMatchObject({
    printer: { line: { kind: 'tcp', host: '0.0.0.0', port: 9_101 }, bufferBytes: 45 },
  });
});

test('a wrong word ends it with how it is used, and a line that cannot be had with the reason', async () => {
  const wrong = start('--kind', 'laser');
  const lost = start('--printer', 'pty:/nowhere/printer', '--port', '0');
  expect([await wrong.ended, await lost.ended]).toEqual([2, 1]);
  expect(wrong.said.err).toContain('--scan-prefix');
  expect(lost.said.err).toMatch(/^cannot start: \/nowhere\/printer: .*/);
});

test('without anybody at the terminal it runs until it is stopped', async () => {
  const lp = path.join(folder, 'lp0');
  const options = [MAIN, '--printer', `fifo:${lp}`, '--port', '0'];
  const { child, said, ended } = watch(spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'pipe'] }));
  await expect.poll(() => said.out).toContain('type here');
  child.kill('SIGTERM');
  expect([await ended, said.err, existsSync(lp)]).toEqual([0, '', false]);
});
