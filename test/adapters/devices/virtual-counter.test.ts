/** What the till sends, on every device of the virtual counter; and what those say, as the till understands it. The two share nothing but bytes. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeDisplayView } from '../../../src-main/adapters/devices/displays/line-display-bytes.ts';
import { encodeQrView } from '../../../src-main/adapters/devices/displays/qr-display.ts';
import { createAnswerReader } from '../../../src-main/adapters/devices/printers/printer-answers.ts';
import type { PrinterAnswer } from '../../../src-main/adapters/devices/printers/printer-answers.ts';
import { drawerPulse, encodeSlip } from '../../../src-main/adapters/devices/printers/slip-encoder.ts';
import { createStarAnswerReader } from '../../../src-main/adapters/devices/printers/star-answers.ts';
import type { StarAnswer } from '../../../src-main/adapters/devices/printers/star-answers.ts';
import { createDaisyChain } from '../../../src-main/simulators/devices/daisy-chain.ts';
import { createManualTime } from '../../../src-main/simulators/devices/device-time.ts';
import {
  LINE_DISPLAY_DIALECTS,
  createVirtualDisplay,
} from '../../../src-main/simulators/devices/virtual-display/virtual-display.ts';
import { createVirtualQrDisplay } from '../../../src-main/simulators/devices/virtual-display/virtual-qr-display.ts';
import { PRINTER_MODELS } from '../../../src-main/simulators/devices/virtual-printer/printer-models.ts';
import type { PrinterCondition } from '../../../src-main/simulators/devices/virtual-printer/printer-condition.ts';
import { createVirtualPrinter } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';
import { SAMPLE_SLIPS, frame } from '../../unit/domain/slips/slip-samples.ts';
import { LINE_IDS, STATES, lineProfile, qrProfile, view } from './display-bench.ts';
import { profile } from './printer-bench.ts';

const PAYLOAD = `00020101021226${'A1.-/ $%+:'.repeat(24)}6304ABCD`;

test.each(LINE_IDS)('%s: every state is shown in whole, at 9600 baud and with a small buffer', (id) => {
  const display = lineProfile(id);
  const dialect = LINE_DISPLAY_DIALECTS.find((name) => name === display.dialect);
  if (!dialect) throw new Error(display.dialect);
  for (const state of STATES) {
    const time = createManualTime();
    const device = createVirtualDisplay({ dialect, time, baud: 9_600, bufferBytes: 64, msPerByte: 1.2, font: 'ascii' });
    for (const isFresh of [true, false]) {
      for (const piece of encodeDisplayView(view(state), display, isFresh)) {
        device.write(piece);
        time.advance((piece.length * 10_000) / 9_600 + (display.pacing?.pauseMs ?? 0));
      }
    }
    time.settle();
    const [upper = '', lower = ''] = device.lines();
    const isWhole = [upper, lower].every((line) => /^[\u0020-\u007e]{20}$/.test(line) && line.trim() !== '');
    expect({ state, isWhole, unknown: device.unknown(), lost: device.lostByteCount() }).toEqual({
      state,
      isWhole: true,
      unknown: [],
      lost: 0,
    });
  }
});

test('a display on the printer’s cable and the printer take nothing from each other', () => {
  const printer = createVirtualPrinter(PRINTER_MODELS['epson-tm-t88']);
  const device = createVirtualDisplay();
  const chain = createDaisyChain(printer, device);
  const display = { ...lineProfile('escpos-2x20'), sharesLineWithPrinter: true };
  for (const piece of encodeDisplayView(view('paid'), display, true)) chain.write(piece);
  chain.write(slipBytes('receipt', 'epson-tm-t88'));
  for (const piece of encodeDisplayView(view('take-notes'), display, false)) chain.write(piece);
  expect(device.lines()[0]).toBe('Tome sus billetes   ');
  expect(printer.papers()).toHaveLength(1);
  expect([printer.unknown(), printer.troubles(), device.unknown()]).toEqual([[], [], []]);
});

test.each(['bonrix', 'mertech'] as const)(
  '%s: a code of an order is drawn byte for byte, and is gone when it ends',
  (dialect) => {
    const device = createVirtualQrDisplay({ dialect });
    const show = (state: Parameters<typeof view>[0]) =>
      encodeQrView({ ...view(state), ...(state === 'pay' && { qrData: PAYLOAD }) }, qrProfile(`qr-${dialect}`));
    for (const piece of show('pay').pieces) device.write(piece);
    const shown = device.screen();
    expect(shown.shows === 'code' && Buffer.from(shown.payload).toString('latin1')).toBe(PAYLOAD);
    for (const piece of show('paid').pieces) device.write(piece);
    expect(device.screen().shows).toBe('success');
    for (const piece of show('expired').pieces) device.write(piece);
    expect(device.screen().shows).toBe('failure');
    for (const piece of show('idle').pieces) device.write(piece);
    expect(['welcome', 'blank']).toContain(device.screen().shows);
    expect(device.unknown()).toEqual([]);
  },
);

function slipBytes(kind: string, printer: string): Uint8Array {
  const make = SAMPLE_SLIPS[kind];
  const encoded = make && encodeSlip(make(frame()), profile(printer));
  if (!encoded?.ok) throw new Error(`${kind} on ${printer}`);
  return encoded.value;
}

test.each([
  ['star-tsp650ii', 'star'],
  ['epson-tm-t88', 'epson-tm-t88'],
  ['generic-58mm', 'generic-58mm'],
] as const)('%s: every slip comes out whole, and the drawer opens', (id, model) => {
  const printer = createVirtualPrinter(PRINTER_MODELS[model]);
  const kinds = Object.keys(SAMPLE_SLIPS);
  for (const kind of kinds) {
    printer.write(slipBytes(kind, id));
    if (!printer.model.hasCutter) printer.tearOff();
  }
  printer.write(drawerPulse(profile(id)));
  expect([printer.unknown(), printer.troubles()]).toEqual([[], []]);
  expect(printer.papers()).toHaveLength(kinds.length);
  expect(printer.papers().every(({ text }) => text.includes('Abarrotes La Esperanza'))).toBe(true);
  expect(printer.pulses()).toMatchObject([{ pin: 2, onMs: profile(id).drawer.onMs, offMs: profile(id).drawer.offMs }]);
});

const conditions: fc.Arbitrary<PrinterCondition> = fc.record({
  paper: fc.constantFrom('ok', 'low', 'out'),
  cover: fc.constantFrom('closed', 'open'),
  fault: fc.constantFrom('none', 'cutter', 'overheat', 'unrecoverable'),
  isDrawerPinHigh: fc.boolean(),
});

test('whatever a Star printer goes through, the till understands it as it is', () => {
  fc.assert(
    fc.property(fc.array(conditions, { minLength: 1, maxLength: 8 }), fc.nat(40), (changes, slips) => {
      const printer = createVirtualPrinter(PRINTER_MODELS.star);
      const heard: StarAnswer[] = [];
      const read = createStarAnswerReader((answer) => heard.push(answer));
      printer.onReply((answer) => answer.forEach((byte) => read(Uint8Array.of(byte))));
      printer.write(Uint8Array.from({ length: slips }, () => 0x17));
      for (const condition of changes) {
        heard.length = 0;
        printer.setCondition(condition);
        printer.write(Uint8Array.of(0x1b, 0x06, 0x01));
        const { paper, cover, fault, isDrawerPinHigh } = condition;
        expect(heard).toEqual([
          {
            etbCount: slips % 32,
            status: {
              online: paper === 'out' || cover === 'open' || fault !== 'none' ? 'no' : 'yes',
              paper,
              cover,
              drawerPin: isDrawerPinHigh ? 'high' : 'low',
              ...(fault !== 'none' && { error: fault }),
            },
          },
        ]);
      }
    }),
    { numRuns: 200 },
  );
});

test('an ESC/POS printer’s words are told apart by the till, whatever it is asked while it changes', () => {
  const printer = createVirtualPrinter({ ...PRINTER_MODELS['epson-tm-t88'], sendsXonXoff: true, bufferBytes: 45 });
  const heard: PrinterAnswer[] = [];
  const read = createAnswerReader((answer) => heard.push(answer));
  printer.onReply((answer) => answer.forEach((byte) => read(Uint8Array.of(byte))));
  const ask = (text: string) => printer.write(Buffer.from(text, 'latin1'));
  ask('\u001da\u000f\u001dI\u0043\u001dr\u0001slip\n\u001d(H\u0006\u000000A1b2\u0010\u0004\u0001');
  printer.setCondition({ paper: 'out' });
  ask('x'.repeat(40));
  printer.powerOff();
  printer.powerOn();
  expect(heard).toEqual([
    { kind: 'automatic', bytes: [0x10, 0, 0, 0x0f] },
    { kind: 'named', text: 'TM-T88V' },
    { kind: 'processed', byte: 0 },
    { kind: 'printed', token: 'A1b2' },
    { kind: 'real-time', byte: 0x12 },
    { kind: 'automatic', bytes: [0x18, 0, 0x0f, 0x0f] },
    { kind: 'flow', go: false },
    { kind: 'power-on' },
  ]);
});
