/** Every view of the till on a virtual display of every command set, as a customer reads it. */
import { expect, test } from 'vitest';
import type { DisplayProfile } from '../../../src-main/adapters/devices/displays/display-profile.ts';
import { displayLines } from '../../../src-main/adapters/devices/displays/display-lines.ts';
import { createLineDisplay } from '../../../src-main/adapters/devices/displays/line-display.ts';
import { createQrDisplay } from '../../../src-main/adapters/devices/displays/qr-display.ts';
import { encodeDisplayView } from '../../../src-main/adapters/devices/displays/line-display-bytes.ts';
import { money } from '../../../src-main/core/domain/money.ts';
import { LOCALES } from '../../../src-main/core/domain/locale.ts';
import { createVirtualDisplay } from '../../../src-main/simulators/devices/virtual-display/virtual-display.ts';
import { createVirtualQrDisplay } from '../../../src-main/simulators/devices/virtual-display/virtual-qr-display.ts';
import { createVirtualTime } from '../../support/virtual-till.ts';
import { LINE_IDS, lineProfile, qrProfile, recordedLine, STATES, view } from './display-bench.ts';

const PAGES: readonly (readonly [string, DisplayProfile])[] = LINE_IDS.flatMap((id) => {
  const profile = lineProfile(id);
  const confirmed = profile.codePagesToTry.map((codePage): [string, DisplayProfile] => [
    `${id} ${codePage.name}`,
    { ...profile, codePage },
  ]);
  return [[id, profile] as const, ...confirmed];
});

test.each(PAGES)(
  '%s: each state in each language stands on both lines as it was meant, and nothing is not understood',
  (_, profile) => {
    const device = createVirtualDisplay({ dialect: profile.dialect });
    let isFresh = true;
    for (const locale of LOCALES) {
      for (const state of STATES) {
        for (const piece of encodeDisplayView(view(state, locale), profile, isFresh)) device.write(piece);
        isFresh = false;
        const canPrint = (character: string) => device.lines().join('').includes(character) || /[ -~]/.test(character);
        expect(device.lines(), `${locale} ${state}`).toEqual(
          displayLines(view(state, locale), { columns: 20, canPrint }),
        );
      }
    }
    expect(device.unknown()).toEqual([]);
  },
);

test.each(LINE_IDS)('%s: set up again in the middle of anything, it shows what it should', (id) => {
  const profile = lineProfile(id);
  const device = createVirtualDisplay({ dialect: profile.dialect });
  for (const piece of encodeDisplayView(view('paid'), profile, true)) device.write(piece);
  device.write(Uint8Array.of(0x1b));
  for (const isFresh of [true, false]) {
    for (const piece of encodeDisplayView(view('take-notes'), profile, isFresh)) device.write(piece);
  }
  expect(device.lines()).toEqual(['Tome sus billetes   ', '          $ 1,500.50']);
});

test('a slow pole with forty bytes of buffer loses nothing of a countdown', async () => {
  const time = createVirtualTime();
  const device = createVirtualDisplay({
    time: { nowMs: () => time.clock.monotonicMs(), after: (delayMs, run) => time.timers.after(delayMs, run) },
    baud: 9_600,
    bufferBytes: 40,
    msPerByte: 1.5,
  });
  const display = createLineDisplay(lineProfile('escpos-2x20'), recordedLine(device), time);
  for (let left = 60; left > 50; left -= 1) {
    void display.show({ locale: 'es', state: 'pay', amount: money('MXN', 150_050), remainingMs: left * 1_000 });
    await time.pass(1_000);
    expect(device.lines()).toEqual(['Escanee y pague     ', `${left === 60 ? '1:00' : `0:${left}`}      $ 1,500.50`]);
  }
  await display.close();
});

test.each(['qr-bonrix', 'qr-mertech'] as const)(
  '%s: the code is on the display while it can be paid, exactly',
  async (id) => {
    const profile = qrProfile(id);
    const time = createVirtualTime();
    const device = createVirtualQrDisplay({ dialect: profile.protocol });
    const display = createQrDisplay(profile, recordedLine(device), time);
    const qrData = `00020101021243650016COM.MERCADOLIBRE${'A1b/-:.$%+ '.repeat(24)}6304ABCD`;
    const told: unknown[] = [];
    for (const state of STATES) {
      await display.show(
        state === 'pay'
          ? { ...view('pay'), state: 'pay', amount: money('MXN', 150_050), remainingMs: 60_000, qrData }
          : view(state),
      );
      await time.pass(500);
      const screen = device.screen();
      told.push(screen.shows === 'code' && Buffer.from(screen.payload).toString('latin1') === qrData);
    }
    expect(told).toEqual(STATES.map((state) => state === 'pay'));
    expect(device.unknown()).toEqual([]);
    await display.close();
  },
);
