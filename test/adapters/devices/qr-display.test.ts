import { expect, test } from 'vitest';
import { createDisplayGroup } from '../../../src-main/adapters/devices/displays/display-group.ts';
import { createLineDisplay } from '../../../src-main/adapters/devices/displays/line-display.ts';
import { createQrDisplay, encodeQrView } from '../../../src-main/adapters/devices/displays/qr-display.ts';
import type { CustomerDisplay, DisplayView } from '../../../src-main/core/application/ports/customer-display.ts';
import { money } from '../../../src-main/core/domain/money.ts';
import { createVirtualDisplay } from '../../../src-main/simulators/devices/virtual-display/virtual-display.ts';
import { createVirtualTime, quiet } from '../../support/virtual-till.ts';
import { hex, lineProfile, qrProfile, recordedLine, STATES, view } from './display-bench.ts';

const MERTECH = qrProfile('qr-mertech');
const BONRIX = qrProfile('qr-bonrix');
const CODE = `00020101021243650016COM.MERCADOLIBRE${'A1b/-:.$%+ '.repeat(24)}6304ABCD`;

function payable(qrData: string, remainingMs = 60_000): DisplayView {
  return { locale: 'es', state: 'pay', amount: money('MXN', 150_050), qrData, remainingMs };
}

function sentBy(profile: typeof MERTECH, shown: DisplayView): string {
  return Buffer.concat(encodeQrView(shown, profile).pieces).toString('latin1');
}

test('the code goes out byte for byte, also above 255 bytes', () => {
  expect(CODE.length).toBeGreaterThan(255);
  const length = String.fromCharCode(CODE.length >> 8, CODE.length & 0xff);
  expect(sentBy(MERTECH, payable(CODE))).toBe(`\u0002\u00f2\u0002${length}${CODE}\u0002\u00f2\u0003`);
  expect(sentBy(BONRIX, payable(CODE))).toBe(`DisplayQRCodeScreen**${CODE}**1500.50**\n`);
});

test('the end of a payment and the idle screen have their own commands', () => {
  expect(hex(...encodeQrView(view('paid'), MERTECH).pieces)).toBe('02f003636f727265637403');
  expect(hex(...encodeQrView(view('cancelled'), MERTECH).pieces)).toBe('02f0036d697374616b6503');
  expect(hex(...encodeQrView(view('idle'), MERTECH).pieces)).toBe('02f003434c5303');
  expect(sentBy(BONRIX, view('paid'))).toBe('DisplaySuccessQRCodeScreen**1500.50****\n');
  expect(sentBy(BONRIX, view('expired'))).toBe('DisplayFailQRCodeScreen******\n');
  expect(sentBy(BONRIX, view('closed'))).toBe('WelcomeScreen**\n');
});

test('I7: no state but a payable one shows a code', () => {
  for (const profile of [MERTECH, BONRIX]) {
    for (const state of STATES.filter((each) => each !== 'pay')) {
      expect(sentBy(profile, { ...view(state), qrData: CODE } as DisplayView)).not.toContain(CODE);
    }
    expect(sentBy(profile, payable(CODE, 0))).not.toContain(CODE);
  }
});

test.each([
  [MERTECH, 'x'.repeat(513), 'longer'],
  [MERTECH, 'código', 'ASCII'],
  [BONRIX, 'ab**cd', '**'],
  [BONRIX, 'ab*', '**'],
  [BONRIX, 'ab\ncd', 'ASCII'],
])('a code that the display cannot carry clears it and is told as a value', (profile, code, why) => {
  const { pieces, fault } = encodeQrView(payable(code), profile);
  expect(fault).toMatchObject({ code: 'unsupported', sent: 'none' });
  expect(fault?.detail).toContain(why);
  expect(hex(...pieces)).toBe(hex(...encodeQrView(view('idle'), profile).pieces));
});

test('the same code is sent once, however often the till tells the time left, and goes when it is payable no longer', async () => {
  const time = createVirtualTime();
  const line = recordedLine();
  const display = createQrDisplay(MERTECH, line, time);
  for (let left = 60; left > 55; left -= 1) {
    expect(await display.show(payable(CODE, left * 1_000))).toMatchObject({ ok: true });
    await time.pass(1_000);
  }
  expect(line.jobs).toHaveLength(1);
  await time.pass(54_000);
  expect(line.jobs).toHaveLength(1);
  await time.pass(1_100);
  expect(hex(line.jobs.at(-1)?.bytes ?? Buffer.alloc(0))).toBe('02f003434c5303');
  await display.close();
  expect(time.pending()).toBe(0);
});

test('after the cable was out the code is there again only if it can still be paid', async () => {
  for (const [awayMs, expected] of [
    [20_000, true],
    [61_000, false],
  ] as const) {
    const time = createVirtualTime();
    const line = recordedLine();
    const display = createQrDisplay(BONRIX, line, time);
    void display.show(payable(CODE));
    await time.pass(500);
    line.plug('no');
    await time.pass(awayMs);
    line.jobs.length = 0;
    line.plug('yes');
    await quiet();
    expect(line.jobs.at(-1)?.bytes.includes(CODE)).toBe(expected);
    await display.close();
  }
});

function broken(name: string, show: CustomerDisplay['show']): CustomerDisplay {
  return {
    name,
    capabilities: { columns: 0, lines: 0, qr: true },
    show,
    close: () => Promise.reject(new Error('broken too')),
  };
}

test('a member that hangs, fails or breaks leaves the others alone, and a newcomer shows what they show', async () => {
  const time = createVirtualTime();
  const pole = createVirtualDisplay();
  const healthy = createLineDisplay({ ...lineProfile('escpos-2x20'), pacing: null }, recordedLine(pole), time);
  const group = createDisplayGroup([broken('throwing', () => Promise.reject(new Error('a bug'))), healthy]);
  expect(await group.show(view('paid'))).toMatchObject({ ok: false, error: { detail: 'throwing: Error: a bug' } });
  expect(pole.lines()[0]).toBe('Pago recibido       ');
  void group.add(broken('hanging', () => new Promise(() => undefined)));
  await time.pass(300);
  void group.show(view('take-notes'));
  await quiet();
  expect(pole.lines()[0]).toBe('Tome sus billetes   ');
  const second = createVirtualDisplay();
  await group.add(createLineDisplay({ ...lineProfile('escpos-2x20'), pacing: null }, recordedLine(second), time));
  expect(second.lines()[0]).toBe('Tome sus billetes   ');
  expect(group.capabilities).toEqual({ columns: 20, lines: 2, qr: true });
  await group.close();
});

test('a display that leaves the group is closed and told nothing more', async () => {
  const time = createVirtualTime();
  const line = recordedLine();
  const leaving = createQrDisplay(MERTECH, line, time);
  const group = createDisplayGroup([leaving]);
  await group.remove(leaving);
  expect(line.isClosed()).toBe(true);
  expect(await group.show(view('idle'))).toMatchObject({ ok: true });
  expect(line.jobs).toEqual([]);
});
