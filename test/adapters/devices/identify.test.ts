/** What is at the end of a line, asked of virtual printers of each kind: no letter of a question may end up on paper. */
import { expect, test } from 'vitest';
import type { ByteTransport } from '../../../src-main/adapters/devices/transports/byte-transport.ts';
import { identify } from '../../../src-main/adapters/devices/workshop/identify.ts';
import { err, ok } from '../../../src-main/core/domain/result.ts';
import { PRINTER_MODELS } from '../../../src-main/simulators/devices/virtual-printer/printer-models.ts';
import { createVirtualPrinter } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';
import type { VirtualPrinter } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';
import { MACHINE_TIMERS } from '../../support/till-bench.ts';

function lineInto(printer: VirtualPrinter): ByteTransport {
  return {
    id: 'virtual',
    kind: 'serial',
    canRead: true,
    write: async (bytes) => {
      printer.write(bytes);
      return ok(undefined);
    },
    onData: (listener) => printer.onReply(listener),
    close: async () => undefined,
  };
}

test('an ESC/POS printer says that it is one, and its name', async () => {
  const printer = createVirtualPrinter({ ...PRINTER_MODELS['epson-tm-t88'] });
  expect(await identify(lineInto(printer), MACHINE_TIMERS)).toMatchObject({ answer: 'escpos', model: 'EPSON TM-T88V' });
  expect(printer.strip().text).toBe('');
});

test('a Star printer is known by its own status, and prints nothing of the questions', async () => {
  const printer = createVirtualPrinter({ ...PRINTER_MODELS.star });
  expect(await identify(lineInto(printer), MACHINE_TIMERS)).toMatchObject({ answer: 'star' });
  expect(printer.strip().text).toBe('');
});

test('a mute printer is silent, which proves nothing and prints nothing', async () => {
  const printer = createVirtualPrinter({ ...PRINTER_MODELS['clone-mute'] });
  expect(await identify(lineInto(printer), MACHINE_TIMERS)).toEqual({
    answer: 'silent',
    step: 'ask for a Star status',
  });
  expect(printer.strip().text).toBe('');
});

test('a line that cannot be opened says which step failed', async () => {
  const fault = { code: 'permission', sent: 'none', detail: '/dev/usb/lp0' } as const;
  const line = { ...lineInto(createVirtualPrinter({})), write: () => Promise.resolve(err(fault)) };
  expect(await identify(line, MACHINE_TIMERS)).toEqual({ answer: 'not-reached', fault, step: 'open the line' });
});
