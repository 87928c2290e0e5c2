import { expect, test } from 'vitest';
import type { DisplayProfile } from '../../../src-main/adapters/devices/displays/display-profile.ts';
import { createLineDisplay } from '../../../src-main/adapters/devices/displays/line-display.ts';
import { createVirtualDisplay } from '../../../src-main/simulators/devices/virtual-display/virtual-display.ts';
import { createVirtualTime, quiet } from '../../support/virtual-till.ts';
import { lineProfile, recordedLine, view } from './display-bench.ts';

const PROFILE: DisplayProfile = { ...lineProfile('escpos-2x20'), pacing: null };

function atTheCounter(profile = PROFILE, tellsState = true) {
  const device = createVirtualDisplay();
  const time = createVirtualTime();
  const line = recordedLine(device, tellsState);
  return { device, time, line, display: createLineDisplay(profile, line, time) };
}

test('views that come too fast for the display are overtaken by the newest, and every caller gets an answer', async () => {
  const { device, time, line, display } = atTheCounter();
  const states = ['amount', 'pay', 'paid', 'take-notes'] as const;
  const answers = Promise.all(states.map((state) => display.show(view(state))));
  await time.pass(400);
  expect((await answers).every(({ ok }) => ok)).toBe(true);
  expect(device.lines()[0]).toBe('Tome sus billetes   ');
  expect(line.jobs.map(({ label }) => label)).toEqual(['display-amount', 'display-take-notes']);
});

test('no display hears more than five updates a second', async () => {
  const { time, line, display } = atTheCounter();
  for (let index = 0; index < 100; index += 1) {
    void display.show({ ...view('idle'), state: 'idle', shopName: `Tienda ${index}` });
    await time.pass(10);
  }
  expect(line.jobs.length).toBeGreaterThanOrEqual(4);
  expect(line.jobs.length).toBeLessThanOrEqual(6);
});

test('a small buffer gets its pieces with a pause between', async () => {
  const { device, time, line, display } = atTheCounter(lineProfile('escpos-2x20'));
  const shown = display.show(view('paid'));
  await quiet();
  expect(line.jobs).toHaveLength(1);
  await time.pass(29);
  expect(line.jobs).toHaveLength(1);
  await time.pass(1);
  expect(line.jobs).toHaveLength(2);
  expect(await shown).toMatchObject({ ok: true });
  expect(device.lines()).toEqual(['Pago recibido       ', '          $ 1,500.50']);
});

test('plugged in again, the display shows at once what is true by then', async () => {
  const { device, time, line, display } = atTheCounter();
  line.plug('no');
  const refused = display.show(view('pay'));
  await time.pass(61_000);
  expect(await refused).toMatchObject({ ok: false, error: { code: 'unplugged', sent: 'none' } });
  expect(line.jobs).toEqual([]);
  line.plug('yes');
  await quiet();
  expect(device.lines()).toEqual(['Escanee y pague     ', '13:33     $ 1,500.50']);
  expect(line.jobs[0]?.bytes.subarray(0, 2).toString('hex'), 'set up from the start').toBe('1b40');
});

test('a line that cannot tell is tried again until the display has it', async () => {
  const { device, time, line, display } = atTheCounter(PROFILE, false);
  line.failure.fault = { code: 'io', sent: 'unknown', detail: 'test' };
  const refused = display.show(view('paid'));
  await time.pass(5_000);
  expect(await refused).toMatchObject({ ok: false, error: { code: 'io' } });
  delete line.failure.fault;
  await time.pass(2_000);
  expect(device.lines()[0]).toBe('Pago recibido       ');
});

test('a display that lost its power for a moment is not dark for longer than a minute', async () => {
  const { device, time, display } = atTheCounter();
  void display.show(view('closed'));
  await time.pass(1_000);
  device.write(Uint8Array.of(0x1b, 0x40));
  expect(device.lines()[0]?.trim()).toBe('');
  await time.pass(60_000);
  expect(device.lines()[0]).toBe('    La Esperanza    ');
  expect(device.isCursorShown()).toBe(false);
});

test('after a test page or raw bytes the next view begins from scratch, and nothing draws over a technician’s bytes', async () => {
  const { device, time, line, display } = atTheCounter();
  void display.show(view('idle'));
  await time.pass(300);
  void display.test({ page: 'ruler' });
  await time.pass(300);
  expect(device.lines()).toEqual(['12345678901234567890', 'ABCDEFGHIJKLMNOPQRST']);
  expect(await display.sendRaw(Buffer.from('\u000cHola'))).toMatchObject({ ok: true });
  await time.pass(120_000);
  expect(device.lines()[0]).toBe('Hola                ');
  void display.show(view('paid'));
  await quiet();
  expect(line.jobs.at(-1)?.bytes.subarray(0, 2).toString('hex')).toBe('1b40');
});

test('closing leaves no timer behind and gives the line free', async () => {
  const { time, line, display } = atTheCounter(lineProfile('escpos-2x20'));
  void display.show(view('pay'));
  await time.pass(10);
  await display.close();
  expect(line.isClosed()).toBe(true);
  expect(time.pending()).toBe(0);
  expect(await display.show(view('idle'))).toMatchObject({ ok: false, error: { code: 'cancelled' } });
});
