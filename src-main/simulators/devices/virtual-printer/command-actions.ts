/**
 * What each command does to the printer. A command without an entry is unknown to this printer.
 * Source  Epson ESC/POS reference, by command name.
 */
import { hasCodePage } from './code-pages.ts';
import type { Paper, Picture } from './paper.ts';
import type { PrintMechanism } from './print-mechanism.ts';
import type { createQrFirmware } from './qr-firmware.ts';
import type { PrinterCondition } from './status-bytes.ts';
import { processedReply } from './status-bytes.ts';

/** `source`: told in its turn (`ESC p`), or at once (`DLE DC4`). */
export type DrawerPulse = Readonly<{ source: 'ESC p' | 'DLE DC4'; pin: 2 | 5; onMs: number; offMs: number }>;

export type Inside = Readonly<{
  mechanism: PrintMechanism;
  qr: ReturnType<typeof createQrFirmware>;
  stepsPerDot: number;
  condition: () => PrinterCondition;
  reply: (...bytes: readonly number[]) => void;
  pulse: (pulse: DrawerPulse) => void;
  paper: (paper: Paper) => void;
  complain: (what: string) => void;
}>;

/** `data`: the bytes behind the command's name; `first`: the first of them. */
type Action = (data: Uint8Array, first: number) => void;
export type Actions = Readonly<Record<string, Action>>;

const ALIGNS = ['left', 'center', 'right'] as const;
const IGNORED: Action = () => undefined;

export function actionsOf(inside: Inside): Actions {
  return { ...formatActions(inside), ...paperActions(inside), ...lineActions(inside) };
}

function formatActions({ mechanism, complain }: Inside): Actions {
  return {
    'ESC !': (_data, mode) =>
      mechanism.set({
        font: (mode & 1) === 1 ? 'B' : 'A',
        isBold: (mode & 8) !== 0,
        isUnderlined: (mode & 128) !== 0,
        widthScale: (mode & 32) === 0 ? 1 : 2,
        heightScale: (mode & 16) === 0 ? 1 : 2,
      }),
    'ESC -': (_data, mode) => mechanism.set({ isUnderlined: mode % 48 !== 0 }),
    'ESC E': (_data, mode) => mechanism.set({ isBold: (mode & 1) === 1 }),
    'ESC G': (_data, mode) => mechanism.set({ isBold: (mode & 1) === 1 }),
    'ESC M': (_data, mode) => mechanism.set({ font: mode % 48 === 1 ? 'B' : 'A' }),
    'ESC R': (_data, country) => {
      if (country !== 0) complain(`country set ${country}`);
    },
    'ESC a': (_data, mode) => mechanism.set({ align: ALIGNS[mode % 48] ?? 'left' }),
    'ESC t': (_data, codePage) => {
      if (!hasCodePage(codePage)) complain(`code page ${codePage}`);
      mechanism.set({ codePage });
    },
    'FS .': IGNORED,
    'GS !': (_data, size) => mechanism.set({ widthScale: (size >> 4) + 1, heightScale: (size & 15) + 1 }),
    'GS B': (_data, mode) => mechanism.set({ isInverse: (mode & 1) === 1 }),
  };
}

function paperActions(inside: Inside): Actions {
  const { mechanism, qr, stepsPerDot } = inside;
  return {
    text: (_data, byte) => mechanism.addCharacter(byte),
    LF: () => mechanism.printLine(),
    CR: IGNORED,
    'ESC @': () => {
      mechanism.reset();
      qr.reset();
    },
    'ESC 2': () => mechanism.set({ spacingDots: 30 }),
    'ESC 3': (_data, steps) => mechanism.set({ spacingDots: steps / stepsPerDot }),
    'ESC J': (_data, steps) => mechanism.feed(steps / stepsPerDot),
    'ESC d': (_data, lines) => mechanism.feedLines(lines),
    'GS V': (data) => cut(data, inside),
    'GS ( k': (data) => runQr(data, inside),
    'GS v 0': (data) => mechanism.addPicture(rasterOf(data)),
  };
}

function lineActions({ reply, condition, pulse }: Inside): Actions {
  return {
    'ESC p': ([pin = 0, on = 0, off = 0]) =>
      pulse({ source: 'ESC p', pin: pin % 48 === 0 ? 2 : 5, onMs: on * 2, offMs: off * 2 }),
    'GS a': IGNORED,
    'GS r': (_data, kind) => reply(processedReply(kind, condition())),
    'GS ( H': ([, fn, ...token]) => {
      if (fn === 48) reply(0x37, 0x22, ...token, 0);
    },
    'GS ( D': IGNORED,
    // Obeyed on reception, before their turn comes.
    'DLE EOT': IGNORED,
    'DLE ENQ': IGNORED,
    'DLE DC4': IGNORED,
  };
}

function cut([mode = 0, steps = 0]: Uint8Array, { mechanism, stepsPerDot, paper, complain }: Inside): void {
  if (![0, 1, 48, 49, 65, 66].includes(mode)) {
    complain(`cut ${mode}`);
    return;
  }
  mechanism.finishLine();
  if (mode >= 65) {
    mechanism.feedToCutter();
    mechanism.feed(steps / stepsPerDot);
  }
  paper(mechanism.cut());
}

function runQr(data: Uint8Array, { mechanism, qr, complain }: Inside): void {
  const answer = qr.execute(data);
  if (answer === undefined) return;
  if (typeof answer === 'string') complain(answer);
  else mechanism.addPicture(answer);
}

/** `data` = m xL xH yL yH …; bit 0 of m doubles the width, bit 1 the height. */
function rasterOf(data: Uint8Array): Picture {
  const [mode = 0, widthLow = 0, widthHigh = 0, heightLow = 0, heightHigh = 0] = data;
  const scaleX = (mode & 1) + 1;
  const scaleY = ((mode >> 1) & 1) + 1;
  const rowBytes = widthLow + widthHigh * 256;
  const dots = data.slice(5);
  return {
    widthDots: rowBytes * 8 * scaleX,
    heightDots: (heightLow + heightHigh * 256) * scaleY,
    isDark: (row, column) => {
      const x = Math.floor(column / scaleX);
      const byte = dots[Math.floor(row / scaleY) * rowBytes + (x >> 3)] ?? 0;
      return (byte & (0x80 >> (x & 7))) !== 0;
    },
  };
}
