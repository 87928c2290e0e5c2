import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { PrintJob, SlipPrinter } from '../../../src-main/core/application/ports/slip-printer.ts';
import { ok } from '../../../src-main/core/domain/result.ts';
import type { PrinterProfile } from '../../../src-main/adapters/devices/printers/printer-profile.ts';
import type { ByteTransport } from '../../../src-main/adapters/devices/transports/byte-transport.ts';
import type { VirtualPrinter } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';
import { createEscPosCashDrawer } from '../../../src-main/adapters/devices/drawers/escpos-cash-drawer.ts';
import { createEscPosPrinter } from '../../../src-main/adapters/devices/printers/escpos-printer.ts';
import { createFileTransport } from '../../../src-main/adapters/devices/transports/file-transport.ts';
import { SAMPLE_SLIPS, frame } from '../../unit/domain/slips/slip-samples.ts';
import { createVirtualTime } from '../../support/virtual-till.ts';
import type { VirtualTime } from '../../support/virtual-till.ts';
import { EPSON, NARROW, WIDE, encoded, printerFor, printerLine, slipOf } from './printer-bench.ts';
import type { PrinterLine } from './printer-bench.ts';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'spool-'));
  folders.push(folder);
  return folder;
}

function job(id: string): PrintJob {
  const make = SAMPLE_SLIPS['receipt'];
  if (!make) throw new Error('no sample');
  return { id, document: make(frame()) };
}

type Bench = Readonly<{ time: VirtualTime; device: VirtualPrinter; line: PrinterLine; printer: SlipPrinter }>;

/** A printer on a two-way cable, in virtual time. */
function bench(
  profile: PrinterProfile,
  change: (line: PrinterLine, device: VirtualPrinter) => ByteTransport = (line) => line,
): Bench {
  const time = createVirtualTime();
  const device = printerFor(profile);
  const line = printerLine(device);
  const printer = createEscPosPrinter(profile, change(line, device), { timers: time.timers });
  return { time, device, line, printer };
}

const LONG_MS = 700_000;

/** Lets time pass until it is done. */
async function inTime<Value>({ time }: Pick<Bench, 'time'>, asked: Promise<Value>): Promise<Value> {
  const progress = { isDone: false };
  void asked.finally(() => (progress.isDone = true));
  for (let passedMs = 0; !progress.isDone && passedMs < LONG_MS; passedMs += 100) await time.pass(100);
  if (!progress.isDone) throw new Error('it never ended');
  return asked;
}

/** Paper runs out as soon as the slip is sent. */
const runsOut = (line: PrinterLine, device: VirtualPrinter): ByteTransport => ({
  ...line,
  write(bytes, options) {
    if (options.label.startsWith('receipt')) device.setCondition({ paper: 'out' });
    return line.write(bytes, options);
  },
});
const deaf = (line: PrinterLine): ByteTransport => ({ ...line, onData: () => () => undefined });

test('a printer on a spool folder leaves each job as one whole file, in order, and says only that it was sent', async () => {
  const folder = path.join(newFolder(), 'spool');
  const printer = createEscPosPrinter(WIDE, createFileTransport(folder));
  const outcomes = await Promise.all(['A1', 'B2', 'C3'].map((id) => printer.print(job(id))));
  expect(outcomes).toEqual([{ state: 'sent' }, { state: 'sent' }, { state: 'sent' }]);
  expect(readdirSync(folder).sort()).toEqual([
    '000001-receipt-A1.bin',
    '000002-receipt-B2.bin',
    '000003-receipt-C3.bin',
  ]);
  const paperMaker = printerFor(WIDE);
  paperMaker.write(readFileSync(path.join(folder, '000002-receipt-B2.bin')));
  expect(paperMaker.papers()[0]?.text).toContain('EFECTIVO ENTREGADO');
});

test('a later start goes on numbering where the spool folder stands', async () => {
  const folder = newFolder();
  writeFileSync(path.join(folder, '000041-receipt-OLD.bin'), 'x');
  await createEscPosPrinter(WIDE, createFileTransport(folder)).print(job('NEW'));
  expect(readdirSync(folder).sort()).toEqual(['000041-receipt-OLD.bin', '000042-receipt-NEW.bin']);
});

test('a job’s name never leads out of the spool folder', async () => {
  const folder = newFolder();
  await createEscPosPrinter(WIDE, createFileTransport(folder)).print(job('../../etc/x y'));
  expect(readdirSync(folder)).toEqual(['000001-receipt-etc-x-y.bin']);
});

test('a spool folder that cannot be made is refused with nothing sent', async () => {
  const file = path.join(newFolder(), 'plain');
  writeFileSync(file, '');
  const outcome = await createEscPosPrinter(WIDE, createFileTransport(path.join(file, 'spool'))).print(job('A'));
  expect(outcome).toMatchObject({ state: 'refused', fault: { code: 'not-found', sent: 'none' } });
});

test('a job that was cancelled before its turn is never sent', async () => {
  const folder = newFolder();
  const cancel = AbortSignal.abort();
  const outcome = await createEscPosPrinter(WIDE, createFileTransport(folder)).print(job('A'), cancel);
  expect(outcome).toMatchObject({ state: 'refused', fault: { code: 'cancelled', sent: 'none' } });
  expect(readdirSync(folder)).toEqual([]);
});

test('a slip that this paper cannot carry is refused with nothing sent', async () => {
  const folder = newFolder();
  const document = slipOf({ kind: 'qr', payload: 'x'.repeat(2000) });
  const outcome = await createEscPosPrinter(NARROW, createFileTransport(folder)).print({ id: 'A', document });
  expect(outcome).toMatchObject({ state: 'refused', fault: { code: 'unsupported', sent: 'none' } });
  expect(readdirSync(folder)).toEqual([]);
});

test('a printer that answers says itself that the slip is on paper', async () => {
  const shop = bench(EPSON);
  expect(await inTime(shop, shop.printer.print(job('01JD7Q2S5V')))).toEqual({ state: 'printed' });
  expect(shop.device.papers()).toHaveLength(1);
  expect(shop.device.unknown()).toEqual([]);
});

test('a printer that only answers GS r has processed the slip', async () => {
  const shop = bench({ ...WIDE, confirm: 'gs-r' });
  expect(await inTime(shop, shop.printer.print(job('01JD7Q2S5V')))).toEqual({ state: 'processed' });
});

test.each([
  [{ paper: 'out' }, 'paper-out'],
  [{ cover: 'open' }, 'cover-open'],
] as const)('a printer with %j is refused before a byte of the slip has left', async (condition, code) => {
  const shop = bench(EPSON);
  shop.device.setCondition(condition);
  const outcome = await inTime(shop, shop.printer.print(job('A')));
  expect(outcome).toMatchObject({ state: 'refused', fault: { code, sent: 'none' } });
  shop.device.setCondition({ paper: 'ok', cover: 'closed' });
  expect(shop.device.papers()).toEqual([]);
});

test('paper that runs out in the middle is waited for and told, and the slip counts as printed once the roll is changed', async () => {
  const shop = bench(EPSON, runsOut);
  const told: unknown[] = [];
  shop.time.timers.after(95_000, () => shop.device.setCondition({ paper: 'ok' }));
  const printed = shop.printer.print({ ...job('A1'), onWaiting: (why) => told.push(why) });
  expect(await inTime(shop, printed)).toEqual({ state: 'printed' });
  expect(shop.device.papers()).toHaveLength(1);
  expect(told).toEqual(['paper-out', undefined]);
});

test('nobody changes the roll: the wait ends all the same, unknown, and names the paper', async () => {
  const shop = bench(EPSON, runsOut);
  const outcome = await inTime(shop, shop.printer.print(job('A1')));
  expect(outcome).toMatchObject({ state: 'unknown', fault: { code: 'paper-out', sent: 'all' } });
});

test('a slip whose roll is changed after it was given up is told as printed late, and not printed again', async () => {
  const shop = bench(EPSON, runsOut);
  const late: string[] = [];
  shop.printer.onLateWord?.((jobId, state) => late.push(`${jobId} ${state}`));
  await inTime(shop, shop.printer.print(job('01JD7Q2S5V')));
  expect(late).toEqual([]);
  shop.device.setCondition({ paper: 'ok' });
  expect(late).toEqual(['01JD7Q2S5V printed']);
  expect(shop.device.papers()).toHaveLength(1);
});

test('a printer without a word of its own is looked at until its mechanics must have ended, and waited for while paper is missing', async () => {
  const shop = bench(WIDE, runsOut);
  let isDone = false;
  const printed = shop.printer.print(job('A1')).finally(() => (isDone = true));
  await shop.time.pass(120_000);
  expect(isDone).toBe(false);
  shop.device.setCondition({ paper: 'ok' });
  expect(await inTime(shop, printed)).toEqual({ state: 'sent' });
  expect(shop.device.papers()).toHaveLength(1);
});

test('I9: a printer that never confirms leaves the outcome unknown within seconds, and nothing is sent twice', async () => {
  const shop = bench({ ...EPSON, status: 'none' }, deaf);
  const before = shop.time.clock.monotonicMs();
  const outcome = await inTime(shop, shop.printer.print(job('A1')));
  expect(outcome).toMatchObject({ state: 'unknown', fault: { code: 'timeout', sent: 'all' } });
  expect(shop.time.clock.monotonicMs() - before).toBeLessThan(10_000);
  expect(shop.device.papers()).toHaveLength(1);
});

test('I9: a printer that was switched off and on in the middle leaves the outcome unknown, and says why', async () => {
  let say: ((bytes: Uint8Array) => void) | undefined;
  const shop = bench(EPSON, (line) => ({
    ...line,
    onData(listener) {
      say = listener;
      return line.onData(listener);
    },
    async write(bytes, options) {
      if (!options.label.startsWith('receipt')) return line.write(bytes, options);
      await line.write(bytes.subarray(0, 100), options);
      say?.(Uint8Array.of(0x3b));
      return ok(undefined);
    },
  }));
  const outcome = await inTime(shop, shop.printer.print(job('A1')));
  expect(outcome).toMatchObject({ state: 'unknown', fault: { code: 'restarted' } });
});

test('I9: a cable pulled in the middle leaves the outcome unknown; one pulled before the first byte is a refusal', async () => {
  const shop = bench({ ...EPSON, status: 'none' });
  shop.line.failNextWrite({ code: 'unplugged', sent: 'some', detail: 'test' }, 40);
  expect(await inTime(shop, shop.printer.print(job('A1')))).toMatchObject({
    state: 'unknown',
    fault: { code: 'unplugged', sent: 'some' },
  });
  shop.line.failNextWrite({ code: 'unplugged', sent: 'none', detail: 'test' }, 0);
  expect(await inTime(shop, shop.printer.print(job('A2')))).toMatchObject({
    state: 'refused',
    fault: { code: 'unplugged', sent: 'none' },
  });
});

test('the slip after one that broke off in the middle of its QR comes out whole, on a paper of its own', async () => {
  const shop = bench({ ...EPSON, status: 'none' });
  const make = SAMPLE_SLIPS['qr'];
  if (!make) throw new Error('no sample');
  const document = make(frame());
  const bytes = Buffer.from(encoded(document, EPSON));
  const inTheData = bytes.indexOf('00020101');
  shop.line.failNextWrite({ code: 'unplugged', sent: 'some', detail: 'test' }, inTheData + 30);
  expect(await inTime(shop, shop.printer.print({ id: 'A1', document }))).toMatchObject({ state: 'unknown' });
  expect(await inTime(shop, shop.printer.print(job('A2')))).toEqual({ state: 'printed' });
  const alone = printerFor(EPSON);
  alone.write(encoded(job('A2').document, EPSON));
  expect(shop.device.papers().at(-1)?.text).toBe(alone.papers()[0]?.text);
});

test('somebody who stops waiting for paper gets an unknown outcome that names the cause', async () => {
  const shop = bench(EPSON, runsOut);
  const cancel = new AbortController();
  shop.time.timers.after(9_000, () => cancel.abort());
  const outcome = await inTime(shop, shop.printer.print(job('A1'), cancel.signal));
  expect(outcome).toMatchObject({ state: 'unknown', fault: { code: 'paper-out', sent: 'all' } });
});

test('I7: a slip that is no longer wanted when its turn at the line comes is never sent', async () => {
  const shop = bench(EPSON);
  const outcome = await inTime(shop, shop.printer.print({ ...job('A1'), isStillWanted: () => false }));
  expect(outcome).toMatchObject({ state: 'refused', fault: { code: 'cancelled', sent: 'none' } });
  expect(shop.device.commands()).not.toContain('ESC @');
});

test('the answer to GS r that an earlier slip still owes does not pass for this one’s', async () => {
  const shop = bench({ ...WIDE, confirm: 'gs-r' }, runsOut);
  await inTime(shop, shop.printer.print(job('A1')));
  shop.device.setCondition({ paper: 'ok' });
  const late: string[] = [];
  shop.printer.onLateWord?.((jobId) => late.push(jobId));
  // This one too meets the end of the roll: the only answers that come are the first slip's.
  expect(await inTime(shop, shop.printer.print(job('A2')))).toMatchObject({ state: 'unknown' });
});

test('a printer that tells nothing is tried all the same', async () => {
  const shop = bench(WIDE, deaf);
  expect(await inTime(shop, shop.printer.status())).toEqual({ online: 'unknown', paper: 'unknown', cover: 'unknown' });
  expect(await inTime(shop, shop.printer.print(job('A1')))).toEqual({ state: 'sent' });
});

test('the status of a printer with little paper left is told', async () => {
  const shop = bench(EPSON);
  shop.device.setCondition({ paper: 'low' });
  expect(await inTime(shop, shop.printer.status())).toMatchObject({ online: 'yes', paper: 'low', cover: 'closed' });
});

test('the cash box gets one complete pulse, and a slip printed afterwards gives none', async () => {
  const shop = bench(EPSON);
  const drawer = createEscPosCashDrawer(EPSON, shop.line);
  expect(await drawer.open({ id: 'A1', reason: 'hand-over' })).toEqual({ state: 'sent' });
  await inTime(shop, shop.printer.print(job('A1')));
  expect(shop.device.pulses()).toEqual([{ source: 'ESC p', pin: 2, onMs: 50, offMs: 500 }]);
  expect(await drawer.state()).toBe('unknown');
});

test('a pulse that did not leave is refused; one that may have left is unknown', async () => {
  const line = printerLine(printerFor(EPSON));
  const drawer = createEscPosCashDrawer({ ...EPSON, status: 'none' }, line);
  line.failNextWrite({ code: 'busy', sent: 'none', detail: 'test' }, 0);
  expect(await drawer.open({ id: 'A', reason: 'no-sale' })).toMatchObject({
    state: 'refused',
    fault: { code: 'busy' },
  });
  line.failNextWrite({ code: 'timeout', sent: 'unknown', detail: 'test' }, 5);
  expect(await drawer.open({ id: 'B', reason: 'no-sale' })).toMatchObject({ state: 'unknown' });
});

test('the bytes of a job are the same every time: a builder keeps nothing from the job before', () => {
  expect(encoded(job('A').document, EPSON)).toEqual(encoded(job('B').document, EPSON));
});
