/** Displays of every command set, as a till's bytes meet them. */
import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { createManualTime } from '../../../src-main/simulators/devices/device-time.ts';
import { renderDisplay } from '../../../src-main/simulators/devices/virtual-display/render-display.ts';
import { renderQrDisplay } from '../../../src-main/simulators/devices/virtual-display/render-qr-display.ts';
import { createVirtualDisplay } from '../../../src-main/simulators/devices/virtual-display/virtual-display.ts';
import type { LineDisplayDialect } from '../../../src-main/simulators/devices/virtual-display/virtual-display.ts';
import { createVirtualQrDisplay } from '../../../src-main/simulators/devices/virtual-display/virtual-qr-display.ts';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const UPPER = 'Retiro de efectivo  ';
const LOWER = '          $ 1,500.50';

const WHOLE_LINES: Readonly<Record<LineDisplayDialect, string>> = {
  escpos: `\u001b@\u001f$\u0001\u0001${UPPER}\u001f$\u0001\u0002${LOWER}`,
  cd5220: `\u001b@\u001bQA${UPPER}\r\u001bQB${LOWER}\r`,
  utc: `\u001f\u0010\u0000${UPPER}\u0010\u0014${LOWER}`,
  'utc-enhanced': `\u001buA${UPPER}\r\u001buB${LOWER}\r`,
  aedex: `!#1${UPPER}\r!#2${LOWER}\r`,
};

test.each(Object.entries(WHOLE_LINES))('%s: whole lines stand where they belong, again and again', (dialect, sent) => {
  const display = createVirtualDisplay({ dialect: dialect as LineDisplayDialect });
  for (let round = 0; round < 3; round += 1) display.write(bytes(sent));
  expect(display.lines()).toEqual([UPPER, LOWER]);
  expect(display.unknown()).toEqual([]);
});

test('a display that is spoken to in another dialect shows rubbish, or nothing', () => {
  const asEscPos = createVirtualDisplay({ dialect: 'escpos' });
  asEscPos.write(bytes(WHOLE_LINES['cd5220']));
  expect(asEscPos.lines()).not.toEqual([UPPER, LOWER]);
  expect(asEscPos.unknown()).toContain('unknown 1b 51');
  const enhanced = createVirtualDisplay({ dialect: 'utc-enhanced' });
  enhanced.write(bytes(WHOLE_LINES['escpos']));
  expect(enhanced.lines().join('').trim()).toBe('');
  expect(enhanced.ignoredByteCount()).toBeGreaterThan(40);
});

test('CD5220: once it writes lines, everything else is swallowed until it is cleared', () => {
  const display = createVirtualDisplay({ dialect: 'cd5220' });
  display.write(bytes(`\u001b_\u0000\u001b*\u0002\u001bQA${UPPER}\r`));
  expect([display.isCursorShown(), display.brightness()]).toEqual([false, 2]);
  display.write(bytes('\u001b*\u0004\u001b_\u0001text\u001b@'));
  expect(display.lines()[0]).toBe(UPPER);
  expect([display.isCursorShown(), display.brightness()]).toEqual([false, 2]);
  expect(display.ignoredByteCount()).toBe(12);
  display.write(bytes('\u000c\u001b*\u0004\u001bl\u0003\u0002text'));
  expect(display.lines()).toEqual([' '.repeat(20), '  text'.padEnd(20)]);
  expect(display.brightness()).toBe(4);
});

test('UTC: the enhanced mode is entered and left, and takes only its own lines', () => {
  const display = createVirtualDisplay({ dialect: 'utc' });
  display.write(bytes('\u001bdplain\u001buAlight\r\u001b\u000f\r\u0010\u0014back'));
  expect(display.lines()).toEqual(['light'.padEnd(20), 'back'.padEnd(20)]);
  display.write(bytes('\u0004\u0020\u0014'));
  expect([display.brightness(), display.isCursorShown()]).toEqual([1, false]);
});

test('a pole with an ASCII font shows a block for whatever else comes', () => {
  const display = createVirtualDisplay({ dialect: 'escpos', font: 'ascii' });
  display.write(bytes('\u001bt\u0013a\u00a4o'));
  expect(display.lines()[0]).toBe('a\ufffdo'.padEnd(20));
  expect(display.unknown()).toEqual(['code page 19']);
});

test('writing modes: the lower line moves up, or the line is pushed to the left', () => {
  const vertical = createVirtualDisplay();
  vertical.write(bytes(`\u001f\u0002${'a'.repeat(20)}${'b'.repeat(20)}c`));
  expect(vertical.lines()).toEqual(['b'.repeat(20), 'c'.padEnd(20)]);
  const horizontal = createVirtualDisplay();
  horizontal.write(bytes('\u001f\u0003abcdefghijklmnopqrstuvw'));
  expect(horizontal.lines()[0]).toBe('defghijklmnopqrstuvw');
});

test('a display with a small buffer loses what comes too fast, and nothing that comes slowly', () => {
  const time = createManualTime();
  const slow = { time, baud: 9_600, bufferBytes: 32, msPerByte: 3 } as const;
  const sent = bytes(WHOLE_LINES['escpos']);
  const hasty = createVirtualDisplay(slow);
  hasty.write(sent);
  time.settle();
  expect(hasty.lostByteCount()).toBeGreaterThan(0);
  expect(hasty.lines()).not.toEqual([UPPER, LOWER]);
  const patient = createVirtualDisplay(slow);
  for (let from = 0; from < sent.length; from += 16) {
    patient.write(sent.subarray(from, from + 16));
    time.advance(60);
  }
  time.settle();
  expect(patient.lostByteCount()).toBe(0);
  expect(patient.lines()).toEqual([UPPER, LOWER]);
});

test('a display that was switched off is dark, and knows nothing of what it showed', () => {
  const display = createVirtualDisplay();
  const seen: string[] = [];
  display.onChange(([upper = '']) => seen.push(upper.trim()));
  display.write(bytes('hola'));
  display.powerOff();
  display.write(bytes('lost'));
  display.powerOn();
  expect(display.lines()[0]?.trim()).toBe('');
  expect(seen).toEqual(['hola', '', '']);
});

const PAYLOAD = `00020101021226${'A1.-/ $%*+:'.repeat(25)}6304ABCD`;

test('Bonrix: a code, and how it ended', () => {
  const display = createVirtualQrDisplay({ dialect: 'bonrix' });
  display.write(bytes(`DisplayQRCodeScreen**${PAYLOAD}**1500.50**7`));
  expect(display.screen()).toEqual({ shows: 'welcome' });
  display.write(bytes('\n'));
  expect(display.screen()).toEqual({ shows: 'code', payload: Buffer.from(PAYLOAD), amountText: '1500.50' });
  display.write(bytes('DisplaySuccessQRCodeScreen**1500.50****\n'));
  expect(display.screen()).toEqual({ shows: 'success', amountText: '1500.50' });
  display.write(bytes('Nonsense**1\nWelcomeScreen**\n'));
  expect(display.screen()).toEqual({ shows: 'welcome' });
  expect(display.unknown()).toEqual(['unknown Nonsense']);
});

test('Mertech: a code longer than one byte can count, words, and a stream that lost a byte', () => {
  const display = createVirtualQrDisplay({ dialect: 'mertech' });
  const code = Buffer.concat([
    Uint8Array.of(2, 0xf2, 2, PAYLOAD.length >> 8, PAYLOAD.length & 255),
    bytes(PAYLOAD),
    Uint8Array.of(2, 0xf2, 3),
  ]);
  display.write(code.subarray(0, 100));
  display.write(code.subarray(100));
  expect(display.screen()).toEqual({ shows: 'code', payload: Uint8Array.from(bytes(PAYLOAD)), amountText: '' });
  display.write(bytes('\u0002\u00f0\u0003correct\u0003'));
  expect(display.screen()).toMatchObject({ shows: 'success' });
  display.write(Buffer.concat([code.subarray(0, 50), code.subarray(51), code]));
  display.write(bytes('\u0002\u00f0\u0003CLS\u0003'));
  expect(display.unknown().length).toBeGreaterThan(0);
  expect(display.screen()).toEqual({ shows: 'blank' });
});

test('the drawn code reads back as the payload', async () => {
  const picture = await renderQrDisplay({ shows: 'code', payload: bytes(PAYLOAD), amountText: '$ 1,500.50' });
  const { data, width, height } = PNG.sync.read(Buffer.from(picture));
  expect(jsqr.default(Uint8ClampedArray.from(data), width, height)?.data).toBe(PAYLOAD);
});

async function lightAt(brightness: number): Promise<number> {
  const { data } = PNG.sync.read(Buffer.from(await renderDisplay(['Hola', ''], brightness)));
  return data.reduce((sum, value, index) => sum + (index % 4 === 1 ? value : 0), 0);
}

test('a dimmed display gives less light', async () => {
  expect(await lightAt(1)).toBeLessThan(await lightAt(4));
});
