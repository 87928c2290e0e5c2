/** Kernel printers change their number: the right one is found by what it is, and a wrong one is never written to. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { createLocalLines } from '../../../../src-main/adapters/devices/transports/local-lines.ts';
import { createBench } from './line-bench.ts';

const bench = createBench();
afterEach(() => bench.end());
afterAll(bench.remove);

const JOB = { label: 'a job', timeoutMs: 2_000 };

/** A printer of the kernel: its entry in sysfs, and a file that stands for its device file. */
function plugPrinter(sysfs: string, name: string, bus: string, serialNumber: string): string {
  const device = path.join(sysfs, 'devices', bus);
  mkdirSync(device, { recursive: true });
  writeFileSync(path.join(device, 'idVendor'), '04b8\n');
  writeFileSync(path.join(device, 'idProduct'), '0e15\n');
  writeFileSync(path.join(device, 'serial'), `${serialNumber}\n`);
  const entry = path.join(sysfs, 'class/usbmisc', name);
  mkdirSync(entry, { recursive: true });
  symlinkSync(device, path.join(entry, 'device'));
  writeFileSync(bench.file(name), '');
  return bench.file(name);
}

test('after a reboot the printer is lp1 and another is lp0: the slip goes to the one that was paired', async () => {
  const sysfs = bench.file('sys');
  const other = plugPrinter(sysfs, 'lp0', '1-1', 'KITCHEN');
  const paired = plugPrinter(sysfs, 'lp1', '1-2', 'COUNTER');
  const lines = bench.atEnd(createLocalLines({ sysfs }), (all) => all.close());
  const identity = { vendorId: 0x04b8, productId: 0x0e15, serialNumber: 'COUNTER', busPath: '1-1' };
  const line = lines.line({ kind: 'devfile', path: other }, { identity });
  expect(await line.write(Buffer.from('slip'), JOB)).toMatchObject({ ok: true });
  expect(readFileSync(paired, 'utf8')).toBe('slip');
  expect(readFileSync(other, 'utf8')).toBe('');
  await line.close();
  const gone = lines.line({ kind: 'devfile', path: other }, { identity: { ...identity, serialNumber: 'SOLD' } });
  expect(await gone.write(Buffer.from('slip'), JOB)).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect(readFileSync(other, 'utf8')).toBe('');
});
