import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import * as fc from 'fast-check';
import { SerialPort } from 'serialport';
import { afterEach, expect, test } from 'vitest';
import { ScanFraming } from '../../../src-main/adapters/devices/scanners/scan-framing.ts';
import { createSerialScanner } from '../../../src-main/adapters/devices/scanners/serial-scanner.ts';
import type { ByteTransport } from '../../../src-main/adapters/devices/transports/byte-transport.ts';
import { ok } from '../../../src-main/core/domain/result.ts';
import { MACHINE_TIMERS } from '../../support/till-bench.ts';
import { createVirtualTime } from '../../support/virtual-till.ts';

const cleanUps: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

function readings(traits: ConstructorParameters<typeof ScanFraming>[0], ...chunks: readonly string[]): string[] {
  const framing = new ScanFraming(traits);
  return chunks.flatMap((chunk) => framing.push(Buffer.from(chunk, 'utf8')));
}

test('a reading ends with CR, LF or both, however the line cuts it', () => {
  const scans = ['VP01ABC', '7501055363513', 'código'];
  fc.assert(
    fc.property(
      fc.constantFrom('\r', '\n', '\r\n'),
      fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 40, maxLength: 40 }),
      (end, sizes) => {
        const bytes = Buffer.from(scans.map((scan) => scan + end).join(''), 'utf8');
        const framing = new ScanFraming({});
        const cuts = sizes.reduce<number[]>((all, size) => [...all, (all.at(-1) ?? 0) + size], [0]);
        const chunks = cuts.map((at, index) => bytes.subarray(at, cuts[index + 1] ?? bytes.length));
        expect(chunks.flatMap((chunk) => framing.push(chunk))).toEqual(scans);
      },
    ),
    { numRuns: 50 },
  );
});

test('a prefix is taken off, and a suffix of the scanner’s own ends a reading', () => {
  expect(readings({ prefix: '\u0002', suffix: '\u0003' }, '\u0002AB', 'C\u0003\u0002D\u0003E')).toEqual(['ABC', 'D']);
  expect(readings({ prefix: '~' }, 'ABC\r~DEF\r')).toEqual(['ABC', 'DEF']);
});

test('a stream without an end is told once, cut, and costs no memory; the next reading is whole again', () => {
  const framing = new ScanFraming({});
  const told: string[] = [];
  for (let index = 0; index < 2_000; index += 1) told.push(...framing.push(Buffer.alloc(64, 'x')));
  expect(told).toEqual(['x'.repeat(512)]);
  expect(framing.push(Buffer.from('xx\rVP01\r'))).toEqual(['VP01']);
});

/** A line on which a test sends what a scanner would. */
class ScannerLine implements ByteTransport {
  readonly id = 'scanner line';
  readonly kind = 'serial';
  readonly canRead = true;
  readonly #listeners = new Set<(bytes: Uint8Array) => void>();

  send(bytes: Uint8Array | string): void {
    for (const listener of this.#listeners) listener(Buffer.from(bytes));
  }

  async write() {
    return ok(undefined);
  }

  onData(listener: (bytes: Uint8Array) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }
}

test('half a reading from before the cable was pulled is not the beginning of the next', async () => {
  const time = createVirtualTime();
  const line = new ScannerLine();
  const scanner = createSerialScanner({}, line, time);
  const heard: string[] = [];
  scanner.onScan((text) => heard.push(text));
  line.send('VP01AB');
  await time.pass(1_500);
  line.send('VP01ABCD\r');
  expect(heard).toEqual(['VP01ABCD']);
  await scanner.close();
  expect(time.pending()).toBe(0);
});

test('a scanner that sends no end is understood by its silence', async () => {
  const time = createVirtualTime();
  const line = new ScannerLine();
  const scanner = createSerialScanner({ suffix: '' }, line, time);
  const heard: string[] = [];
  scanner.onScan((text) => heard.push(text));
  line.send('VP01');
  await time.pass(20);
  line.send('ABCD');
  await time.pass(150);
  expect(heard).toEqual(['VP01ABCD']);
});

test('over a real terminal line every scan arrives once and whole', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-scanner-'));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  const [near, far] = [path.join(folder, 'near'), path.join(folder, 'far')];
  const socat = spawn('socat', ['-d', '-d', `pty,raw,echo=0,link=${near}`, `pty,raw,echo=0,link=${far}`]);
  cleanUps.push(async () => {
    socat.kill();
    await once(socat, 'exit');
  });
  let said = '';
  for await (const chunk of socat.stderr) {
    said += String(chunk);
    if (said.includes('starting data transfer')) break;
  }
  const port = new SerialPort({ path: near, baudRate: 9_600 });
  cleanUps.push(() => port.close());
  await once(port, 'open');
  const line = new ScannerLine();
  port.on('data', (bytes: Buffer) => line.send(bytes));
  const scanner = createSerialScanner({}, line, { timers: MACHINE_TIMERS });
  const heard: string[] = [];
  const { promise: all, resolve } = Promise.withResolvers<void>();
  scanner.onScan((text) => {
    heard.push(text);
    if (heard.length === 20) resolve();
  });
  const gun = await open(far, 'r+');
  cleanUps.push(() => gun.close());
  const scans = Array.from({ length: 20 }, (_, index) => `VP${String(index).padStart(40, '0')}`);
  for (const scan of scans) await gun.write(`${scan}\r\n`);
  await all;
  expect(heard).toEqual(scans);
});
