/** A real terminal whose cable is pulled at the one moment that the serial package overlooks: between two looks for bytes. */
import { afterAll, afterEach, expect, test } from 'vitest';
import { createSerialSystem } from '../../../../src-main/adapters/devices/transports/serial-system.ts';
import type { SerialPortLike } from '../../../../src-main/adapters/devices/transports/serial-driver.ts';
import { noticingHangUp } from '../../../../src-main/adapters/devices/transports/serial-hang-up.ts';
import { createBench, plugIn, until } from './line-bench.ts';

const bench = createBench();
afterEach(() => bench.end());
afterAll(bench.remove);

/** Open, and nobody has looked for bytes yet. */
async function opened(link: string): Promise<SerialPortLike> {
  const port = await createSerialSystem().create({
    path: link,
    baudRate: 9_600,
    rtscts: false,
    xon: false,
    xoff: false,
  });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => (error ? reject(error) : resolve()));
  });
  bench.atEnd(port, () => {
    if (port.isOpen) port.close(() => undefined);
  });
  return port;
}

test('a cable that was pulled before the next look for bytes is noticed by that look', async () => {
  const far = await plugIn(bench, 'printer');
  const port = await opened(far.path);
  const ends: (Error | null)[] = [];
  port.on('close', (error) => ends.push(error));
  await far.unplug();

  port.on('data', () => undefined);
  await until(() => ends.length > 0, 'the unplug', 3_000);

  expect(ends[0]?.message).toMatch(/hung up|input\/output error/i);
  expect(port.isOpen).toBe(false);
});

test('what was said just before the cable was pulled is heard, and then the unplug', async () => {
  const far = await plugIn(bench, 'printer');
  const port = await opened(far.path);
  const heard: number[] = [];
  const ends: unknown[] = [];
  port.on('close', (error) => ends.push(error));
  port.on('data', (bytes) => heard.push(...bytes));
  far.say(Uint8Array.of(0x12, 0x16));
  await until(() => heard.length === 2, 'the bytes');
  await far.unplug();
  await until(() => ends.length > 0, 'the unplug', 3_000);
  expect(heard).toEqual([0x12, 0x16]);
});

test('a port that was closed by us is no unplug', async () => {
  const far = await plugIn(bench, 'printer');
  const port = await opened(far.path);
  const ends: unknown[] = [];
  const errors: unknown[] = [];
  port.on('error', (error) => errors.push(error));
  port.on('close', (error) => ends.push(error));
  port.on('data', () => undefined);
  await new Promise<void>((resolve) => {
    port.close(() => resolve());
  });
  await until(() => ends.length > 0, 'the end');
  expect([ends, errors]).toEqual([[null], []]);
});

test('a port of Windows, which has no descriptor, is left as it is', async () => {
  const port = { isOpen: true, read: () => Promise.resolve('its own') };
  noticingHangUp(port);
  expect(await port.read()).toBe('its own');
});
