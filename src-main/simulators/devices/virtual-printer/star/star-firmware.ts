/**
 * A Star printer's firmware, StarPRNT and Star Line Mode alike: text and its looks, QR codes, cutter, drawers, and the counter by which the
 * till learns what is on paper.
 * Source  Star Line Mode and StarPRNT command specifications, by command name.
 */
import type { CodePageName } from '../code-pages.ts';
import type { Firmware, Hardware } from '../firmware.ts';
import { hex } from '../firmware.ts';
import type { Picture } from '../paper.ts';
import { createQrFirmware } from '../qr-firmware.ts';
import { readStarCommand } from './star-reader.ts';
import { enqStatus, eotStatus, starStatus } from './star-status.ts';

type Action = (data: Uint8Array, first: number) => void;
type Actions = Readonly<Record<string, Action>>;
type Reports = ReturnType<typeof createReports>;

const ALIGNS = ['left', 'center', 'right'] as const;
const IGNORED: Action = () => undefined;
const WIDE_SPACING_MM = 4;
const NARROW_SPACING_MM = 3;
const LARGEST_SCALE = 6;
const COUNTER_VALUES = 32;
const PULSE_UNIT_MS = 10;
const FIRST_PULSE = { onMs: 200, offMs: 200 };

export const STAR_CODE_PAGES: ReadonlyMap<number, CodePageName> = new Map([
  [0, 'CP437'],
  [1, 'CP437'],
  [4, 'CP858'],
  [6, 'CP860'],
  [32, 'CP1252'],
]);

export function createStarFirmware(hardware: Hardware): Firmware {
  const { complain, composer, model } = hardware;
  const reports = createReports(hardware);
  const qr = createQrFirmware(model.largestQrModuleDots);
  const drawers = createDrawers(hardware);
  const actions: Actions = {
    ...looks(hardware),
    ...paper(hardware),
    ...symbols(hardware, qr),
    ...drawers.actions,
    ...counters(hardware, reports),
    ENQ: IGNORED,
    EOT: IGNORED,
    'ESC \u0006': IGNORED,
  };
  let beforeLast = 0;
  let last = 0;

  function reset(): void {
    composer.reset();
    composer.set({ spacingDots: WIDE_SPACING_MM * model.dotsPerMm });
    qr.reset();
  }
  reset();

  return {
    hear(byte) {
      if (byte === 0x05) hardware.reply(enqStatus(hardware.condition(), hardware.isBufferEmpty()));
      if (byte === 0x04) hardware.reply(eotStatus(hardware.condition()));
      if (beforeLast === 0x1b && last === 0x06 && byte === 0x01) reports.tell();
      [beforeLast, last] = [last, byte];
    },
    read: readStarCommand,
    execute({ name, bytes, data }) {
      const action = actions[name];
      if (name === 'ESC @') reset();
      else if (name === 'CAN') {
        reset();
        reports.resetCounter();
      } else if (action) action(data, data[0] ?? 0);
      else complain(name.startsWith('unknown') ? name : `unknown ${hex(bytes)}`);
    },
    conditionChanged: () => reports.conditionChanged(),
    reset() {
      reset();
      reports.reset();
      drawers.reset();
      [beforeLast, last] = [0, 0];
    },
  };
}

function createReports({ condition, reply }: Hardware) {
  let isAutomatic = false;
  let etb = { count: 0, hasExecuted: false };
  let lastTold = '';

  function tell(): void {
    const bytes = starStatus(condition(), etb);
    lastTold = String(bytes);
    reply(...bytes);
  }

  return {
    tell,
    setAutomatic(isOn: boolean): void {
      isAutomatic = isOn;
      if (isOn) tell();
    },
    /** Everything before this is on paper. */
    count(): void {
      etb = { count: (etb.count + 1) % COUNTER_VALUES, hasExecuted: true };
      if (isAutomatic) tell();
    },
    /** The counter begins again, without a word. */
    resetCounter(): void {
      etb = { count: 0, hasExecuted: false };
      lastTold = String(starStatus(condition(), etb));
    },
    conditionChanged(): void {
      if (isAutomatic && String(starStatus(condition(), etb)) !== lastTold) tell();
    },
    reset(): void {
      isAutomatic = false;
      etb = { count: 0, hasExecuted: false };
    },
  };
}

/** 0 to 5, as a number or as a digit, and what is larger counts as 5. */
function scale(value: number): number {
  return Math.min(value % 48, LARGEST_SCALE - 1) + 1;
}

function looks({ composer, model, complain }: Hardware): Actions {
  return {
    'ESC E': () => composer.set({ isBold: true }),
    'ESC F': () => composer.set({ isBold: false }),
    'ESC -': (_data, mode) => composer.set({ isUnderlined: mode % 48 === 1 }),
    'ESC 4': () => composer.set({ isInverse: true }),
    'ESC 5': () => composer.set({ isInverse: false }),
    'ESC i': ([height = 0, width = 0]) => composer.set({ heightScale: scale(height), widthScale: scale(width) }),
    'ESC W': (_data, width) => composer.set({ widthScale: scale(width) }),
    'ESC h': (_data, height) => composer.set({ heightScale: scale(height) }),
    SO: () => composer.set({ widthScale: 2 }),
    DC4: () => composer.set({ widthScale: 1 }),
    'ESC RS F': (_data, font) => composer.set({ font: font % 48 === 1 ? 'B' : 'A' }),
    'ESC M': () => composer.set({ font: 'A' }),
    'ESC GS a': (_data, mode) => composer.set({ align: ALIGNS[mode % 48] ?? 'left' }),
    'ESC GS t': (_data, number) => {
      const codePage = model.codePages.get(number);
      if (codePage) composer.set({ codePage });
      else complain(`code page ${number}`);
    },
    'ESC R': (_data, country) => {
      if (country !== 0) complain(`country set ${country}`);
    },
    'ESC D': (data) => composer.set({ tabStops: [...data.subarray(0, -1)] }),
  };
}

function paper({ composer, model, move, complain }: Hardware): Actions {
  const { dotsPerMm } = model;
  return {
    text: (_data, byte) => composer.addByte(byte),
    HT: () => composer.tab(),
    LF: () => composer.printLine(),
    CR: IGNORED,
    NUL: IGNORED,
    'ESC GS P': (_data, mode) => {
      if (mode % 48 > 1) complain(`page mode ${mode}`);
    },
    'ESC GS A': ([low = 0, high = 0]) => composer.moveTo(low + high * 256),
    'ESC GS R': ([low = 0, high = 0]) => composer.moveTo(composer.lineDots + low + high * 256),
    'ESC a': (_data, lines) => {
      composer.finishLine();
      if (lines > 0) move({ kind: 'feed', dots: lines * composer.settings.spacingDots });
    },
    'ESC z': (_data, n) =>
      composer.set({ spacingDots: (n % 48 === 1 ? WIDE_SPACING_MM : NARROW_SPACING_MM) * dotsPerMm }),
    'ESC 0': () => composer.set({ spacingDots: NARROW_SPACING_MM * dotsPerMm }),
    'ESC J': (_data, quarters) => composer.feed((quarters * dotsPerMm) / 4),
    'ESC I': (_data, eighths) => composer.feed((eighths * dotsPerMm) / 8),
    'ESC d': (_data, mode) => {
      if (mode % 48 > 3) {
        complain(`cut ${mode}`);
        return;
      }
      composer.finishLine();
      if (mode % 48 >= 2) move({ kind: 'feed', dots: model.cutterDistanceDots });
      if (model.hasCutter) move({ kind: 'cut' });
    },
  };
}

/** QR functions are those of other printers under other names. ESC X and ESC k are bands of 24 dots within a line, which LF ends. */
function symbols({ composer, complain }: Hardware, qr: ReturnType<typeof createQrFirmware>): Actions {
  function run(data: Uint8Array): void {
    const answer = qr.execute(data);
    if (typeof answer === 'string') complain(answer);
    else if (answer !== undefined) composer.addPicture(answer);
  }
  return {
    'ESC GS y S': ([kind, value = 0]) => {
      if (kind === 0x30) run(Uint8Array.of(49, 65, value + 48, 0));
      else if (kind === 0x31) run(Uint8Array.of(49, 69, value + 48));
      else run(Uint8Array.of(49, 67, value));
    },
    'ESC GS y D': (data) => run(Uint8Array.of(49, 80, 48, ...data.subarray(4))),
    'ESC GS y P': () => run(Uint8Array.of(49, 81, 48)),
    'ESC GS S': (data) => {
      const [, widthLow = 0, widthHigh = 0, heightLow = 0, heightHigh = 0] = data;
      composer.addPicture(rowsPicture(data.slice(6), widthLow + widthHigh * 256, heightLow + heightHigh * 256));
    },
    'ESC k': (data) => composer.addBand(rowsPicture(data.slice(2), (data[0] ?? 0) + (data[1] ?? 0) * 256, 24)),
    'ESC X': (data) => composer.addBand(columnsPicture(data.slice(2), (data[0] ?? 0) + (data[1] ?? 0) * 256)),
  };
}

function rowsPicture(dots: Uint8Array, rowBytes: number, heightDots: number): Picture {
  return {
    widthDots: rowBytes * 8,
    heightDots,
    isDark: (row, column) => ((dots[row * rowBytes + (column >> 3)] ?? 0) & (0x80 >> (column & 7))) !== 0,
  };
}

function columnsPicture(dots: Uint8Array, widthDots: number): Picture {
  return {
    widthDots,
    heightDots: 24,
    isDark: (row, column) => ((dots[column * 3 + (row >> 3)] ?? 0) & (0x80 >> (row & 7))) !== 0,
  };
}

function createDrawers({ move, pulse }: Hardware) {
  let first = FIRST_PULSE;
  const open = (source: 'BEL' | 'SUB') => {
    const times = source === 'BEL' ? first : FIRST_PULSE;
    const pin = source === 'BEL' ? 2 : 5;
    move({ kind: 'act', lastsMs: times.onMs, run: () => pulse({ source, pin, ...times }) });
  };
  return {
    actions: {
      'ESC \u0007': ([on = 0, off = 0]: Uint8Array) => {
        first = { onMs: on * PULSE_UNIT_MS, offMs: off * PULSE_UNIT_MS };
      },
      BEL: () => open('BEL'),
      FS: () => open('BEL'),
      SUB: () => open('SUB'),
      EM: () => open('SUB'),
    },
    reset(): void {
      first = FIRST_PULSE;
    },
  };
}

function counters({ move }: Hardware, reports: Reports): Actions {
  return {
    ETB: () => move({ kind: 'act', lastsMs: 0, run: () => reports.count() }),
    'ESC RS E': () => reports.resetCounter(),
    'ESC RS a': (_data, mode) => reports.setAutomatic(mode % 48 === 1),
  };
}
