/** The box on a printer's connector: a pulse that comes now or never, and a sensor whose polarity somebody found out. */
import { expect, test } from 'vitest';
import { createEscPosCashDrawer } from '../../../src-main/adapters/devices/drawers/escpos-cash-drawer.ts';
import { createVirtualDrawer } from '../../../src-main/simulators/devices/virtual-drawer.ts';
import type { VirtualDrawerOptions } from '../../../src-main/simulators/devices/virtual-drawer.ts';
import { createVirtualPrinter } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';
import { createEscPosPrinter } from '../../../src-main/adapters/devices/printers/escpos-printer.ts';
import { PRINTER_MODELS } from '../../../src-main/simulators/devices/virtual-printer/printer-models.ts';
import { encoded, EPSON, printerLine, profile, slipOf, WIDE } from './printer-bench.ts';

const STAR = profile('star-tsp650ii');

const REQUEST = { id: 'A1', reason: 'hand-over' } as const;

function counter(options: VirtualDrawerOptions = {}) {
  const drawer = createVirtualDrawer(options);
  const device = createVirtualPrinter({ widthDots: 512, drawer });
  return { drawer, device, line: printerLine(device) };
}

test('without paper a printer would pulse later: one that obeys at once gets that pulse, the other gets none', async () => {
  const quick = counter();
  quick.device.setCondition({ paper: 'out' });
  expect(await createEscPosCashDrawer(EPSON, quick.line).open(REQUEST)).toEqual({ state: 'sent' });
  expect(quick.device.pulses()).toMatchObject([{ source: 'DLE DC4', pin: 2, onMs: 100 }]);
  expect(quick.drawer.isOpen).toBe(true);

  const slow = counter();
  slow.device.setCondition({ paper: 'out' });
  const refused = await createEscPosCashDrawer(WIDE, slow.line).open(REQUEST);
  expect(refused).toMatchObject({ state: 'refused', fault: { code: 'paper-out', sent: 'none' } });
  slow.device.setCondition({ paper: 'ok' });
  expect(slow.device.pulses()).toEqual([]);
  expect(slow.drawer.openings).toBe(0);
});

test.each(['high-when-open', 'low-when-open'] as const)(
  'a sensor that is %s is calibrated once and then tells the truth',
  async (sensor) => {
    const { drawer, device, line } = counter({ sensor });
    const level = () => (device.condition.isDrawerPinHigh ? 'high' : 'low');
    const whenClosed = level();
    await createEscPosCashDrawer(EPSON, line).open(REQUEST);
    const openLevel = level();
    expect(openLevel).not.toBe(whenClosed);
    const calibrated = createEscPosCashDrawer(EPSON, line, { openLevel });
    expect(await calibrated.state()).toBe('open');
    drawer.close();
    expect(await calibrated.state()).toBe('closed');
    expect(await createEscPosCashDrawer(EPSON, line).state()).toBe('unknown');
  },
);

function starCounter(options: VirtualDrawerOptions = {}) {
  const drawer = createVirtualDrawer(options);
  const device = createVirtualPrinter({ ...PRINTER_MODELS.star, startMs: 0, drawer });
  return { drawer, device, line: printerLine(device) };
}

test('a Star printer without paper would pulse later: it is asked first, and gets none', async () => {
  const { drawer, device, line } = starCounter();
  device.setCondition({ paper: 'out' });
  const refused = await createEscPosCashDrawer(STAR, line).open(REQUEST);
  expect(refused).toMatchObject({ state: 'refused', fault: { code: 'paper-out', sent: 'none' } });
  device.setCondition({ paper: 'ok' });
  expect(drawer.openings).toBe(0);
  expect(await createEscPosCashDrawer(STAR, line).open(REQUEST)).toEqual({ state: 'sent' });
  expect(drawer.openings).toBe(1);
});

test.each(['high-when-open', 'low-when-open'] as const)(
  'a box on a Star printer with a sensor that is %s tells whether it is open',
  async (sensor) => {
    const { drawer, device, line } = starCounter({ sensor });
    await createEscPosCashDrawer(STAR, line).open(REQUEST);
    const calibrated = createEscPosCashDrawer(STAR, line, {
      openLevel: device.condition.isDrawerPinHigh ? 'high' : 'low',
    });
    expect(await calibrated.state()).toBe('open');
    drawer.close();
    expect(await calibrated.state()).toBe('closed');
  },
);

test('after a slip that broke off in the middle of a command a Star printer takes the pulse for a pulse', async () => {
  const { drawer, line } = starCounter();
  const printer = createEscPosPrinter({ ...STAR, status: 'none', confirm: 'none' }, line);
  const document = slipOf({ kind: 'qr', payload: 'x'.repeat(300) });
  const cutAt = encoded(document, STAR).length - 60;
  line.failNextWrite({ code: 'unplugged', sent: 'some', detail: 'test' }, cutAt);
  expect(await printer.print({ id: 'J1', document })).toMatchObject({ state: 'unknown' });
  expect(await createEscPosCashDrawer(STAR, line).open(REQUEST)).toEqual({ state: 'sent' });
  expect(drawer.openings).toBe(1);
});
