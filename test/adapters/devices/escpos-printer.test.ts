import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { PrintJob } from '../../../src-main/core/application/ports/slip-printer.ts';
import { createEscPosCashDrawer } from '../../../src-main/adapters/devices/drawers/escpos-cash-drawer.ts';
import { createEscPosPrinter } from '../../../src-main/adapters/devices/printers/escpos-printer.ts';
import { createFileTransport } from '../../../src-main/adapters/devices/transports/file-transport.ts';
import { SAMPLE_SLIPS, frame } from '../../unit/domain/slips/slip-samples.ts';
import { EPSON, NARROW, WIDE, encoded, printerFor, printerLine, slipOf } from './printer-bench.ts';

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

const QUICK = { confirmTimeoutMs: 60, stallTimeoutMs: 2_000, lookEveryMs: 20 };

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
  const device = printerFor(EPSON);
  const printer = createEscPosPrinter(EPSON, printerLine(device), QUICK);
  expect(await printer.print(job('01JD7Q2S5V'))).toEqual({ state: 'printed' });
  expect(device.papers()).toHaveLength(1);
  expect(device.unknown()).toEqual([]);
});

test('a printer that only answers GS r has processed the slip', async () => {
  const device = printerFor(WIDE);
  const printer = createEscPosPrinter({ ...WIDE, confirm: 'gs-r' }, printerLine(device), QUICK);
  expect(await printer.print(job('01JD7Q2S5V'))).toEqual({ state: 'processed' });
});

test.each([
  [{ paper: 'out' }, 'paper-out'],
  [{ cover: 'open' }, 'cover-open'],
] as const)('a printer with %j is refused before a byte of the slip has left', async (condition, code) => {
  const device = printerFor(EPSON);
  device.setCondition(condition);
  const outcome = await createEscPosPrinter(EPSON, printerLine(device), QUICK).print(job('A'));
  expect(outcome).toMatchObject({ state: 'refused', fault: { code, sent: 'none' } });
  device.setCondition({ paper: 'ok', cover: 'closed' });
  expect(device.papers()).toEqual([]);
});

test('paper that runs out in the middle is waited for, and the slip counts as printed once the roll is changed', async () => {
  const device = printerFor(EPSON);
  const line = printerLine(device);
  const write = line.write.bind(line);
  const runsOut: typeof line = {
    ...line,
    write(bytes, options) {
      if (options.label.startsWith('receipt')) device.setCondition({ paper: 'out' });
      return write(bytes, options);
    },
  };
  setTimeout(() => device.setCondition({ paper: 'ok' }), 300);
  expect(await createEscPosPrinter(EPSON, runsOut, QUICK).print(job('A1'))).toEqual({ state: 'printed' });
  expect(device.papers()).toHaveLength(1);
});

test('I9: a printer that never confirms leaves the outcome unknown, and nothing is sent twice', async () => {
  const device = printerFor(EPSON);
  const deaf = { ...printerLine(device), onData: () => () => undefined };
  const outcome = await createEscPosPrinter({ ...EPSON, status: 'none' }, deaf, QUICK).print(job('A1'));
  expect(outcome).toMatchObject({ state: 'unknown', fault: { code: 'timeout', sent: 'all' } });
  expect(device.papers()).toHaveLength(1);
});

test('I9: a cable pulled in the middle leaves the outcome unknown; one pulled before the first byte is a refusal', async () => {
  const device = printerFor(EPSON);
  const line = printerLine(device);
  const printer = createEscPosPrinter({ ...EPSON, status: 'none' }, line, QUICK);
  line.failNextWrite({ code: 'unplugged', sent: 'some', detail: 'test' }, 40);
  expect(await printer.print(job('A1'))).toMatchObject({
    state: 'unknown',
    fault: { code: 'unplugged', sent: 'some' },
  });
  line.failNextWrite({ code: 'unplugged', sent: 'none', detail: 'test' }, 0);
  expect(await printer.print(job('A2'))).toMatchObject({
    state: 'refused',
    fault: { code: 'unplugged', sent: 'none' },
  });
});

test('somebody who stops waiting for paper gets an unknown outcome that names the cause', async () => {
  const device = printerFor(EPSON);
  const line = printerLine(device);
  const cancel = new AbortController();
  const runsOut: typeof line = {
    ...line,
    write(bytes, options) {
      if (options.label.startsWith('receipt')) device.setCondition({ paper: 'out' });
      return line.write(bytes, options);
    },
  };
  setTimeout(() => cancel.abort(), 150);
  const outcome = await createEscPosPrinter(EPSON, runsOut, QUICK).print(job('A1'), cancel.signal);
  expect(outcome).toMatchObject({ state: 'unknown', fault: { code: 'paper-out', sent: 'all' } });
});

test('a printer that tells nothing is tried all the same', async () => {
  const device = printerFor(WIDE);
  const mute = { ...printerLine(device), onData: () => () => undefined };
  const printer = createEscPosPrinter(WIDE, mute, QUICK);
  expect(await printer.status()).toEqual({ online: 'unknown', paper: 'unknown', cover: 'unknown' });
  expect(await printer.print(job('A1'))).toEqual({ state: 'sent' });
});

test('the status of a printer with little paper left is told', async () => {
  const device = printerFor(EPSON);
  device.setCondition({ paper: 'low' });
  expect(await createEscPosPrinter(EPSON, printerLine(device)).status()).toEqual({
    online: 'yes',
    paper: 'low',
    cover: 'closed',
  });
});

test('the cash box gets one complete pulse, and a slip printed afterwards gives none', async () => {
  const device = printerFor(EPSON);
  const line = printerLine(device);
  const drawer = createEscPosCashDrawer(EPSON, line);
  expect(await drawer.open({ id: 'A1', reason: 'hand-over' })).toEqual({ state: 'sent' });
  await createEscPosPrinter(EPSON, line, QUICK).print(job('A1'));
  expect(device.pulses()).toEqual([{ source: 'ESC p', pin: 2, onMs: 50, offMs: 500 }]);
  expect(await drawer.state()).toBe('unknown');
});

test('a pulse that did not leave is refused; one that may have left is unknown', async () => {
  const line = printerLine(printerFor(EPSON));
  const drawer = createEscPosCashDrawer(EPSON, line);
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
