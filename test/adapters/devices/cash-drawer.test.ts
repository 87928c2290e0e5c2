/** The box on a printer's connector: a pulse that comes now or never, and a sensor whose polarity somebody found out. */
import { expect, test } from 'vitest';
import { createEscPosCashDrawer, openLevelOf } from '../../../src-main/adapters/devices/drawers/escpos-cash-drawer.ts';
import { createVirtualDrawer } from '../../../src-main/simulators/devices/virtual-drawer.ts';
import type { VirtualDrawerOptions } from '../../../src-main/simulators/devices/virtual-drawer.ts';
import { createVirtualPrinter } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';
import { EPSON, WIDE, printerLine } from './printer-bench.ts';

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
    const openLevel = openLevelOf(level(), whenClosed);
    if (openLevel === undefined) throw new Error('no sensor was found');
    const calibrated = createEscPosCashDrawer(EPSON, line, { openLevel });
    expect(await calibrated.state()).toBe('open');
    drawer.close();
    expect(await calibrated.state()).toBe('closed');
    expect(await createEscPosCashDrawer(EPSON, line).state()).toBe('unknown');
  },
);

test('two equal readings mean that there is no sensor', () => {
  expect(openLevelOf('low', 'low')).toBeUndefined();
  expect(openLevelOf('high', 'low')).toBe('high');
});
