/**
 * A receipt printer made of nothing but its command set: bytes in, paper and status bytes out. It shares no code with the till's encoder;
 * the two meet only over bytes.
 *
 * It has the mechanics that spoil slips: the cutter sits above the print head, so a cut without feed takes the last lines off; a cell that
 * does not fit wraps; a picture that is too wide loses its edge; real-time commands are obeyed wherever they turn up, picture data included;
 * without paper or with the cover open it keeps what it got and prints on when it can.
 *
 * Source  Epson ESC/POS reference: fonts 12×24 and 9×17, default line spacing 30 dots, DLE EOT, GS r, GS ( H, GS a.
 */
import type { Command } from './command-reader.ts';
import { hex, readCommand } from './command-reader.ts';
import { decodeByte, hasCodePage } from './code-pages.ts';
import type { Cell, Paper, Printed } from './paper.ts';
import { paperOf } from './paper.ts';
import { createQrFirmware } from './qr-firmware.ts';
import type { PrinterCondition } from './status-bytes.ts';
import { WELL, createRealTimeScanner, isOnline, processedReply, statusByte } from './status-bytes.ts';

export type VirtualPrinterOptions = Readonly<{
  /** Dots of the print head: 576, 512 or 384. */
  widthDots: number;
  /** Vertical steps per dot: 2 where a step is 1/360 inch and a dot 1/180. */
  stepsPerDot?: number;
  cutterDistanceDots?: number;
}>;

/** `source`: told in its turn (`ESC p`), at once (`DLE DC4`). Times in ms. */
export type DrawerPulse = Readonly<{ source: 'ESC p' | 'DLE DC4'; pin: 2 | 5; onMs: number; offMs: number }>;

export type VirtualPrinter = ReturnType<typeof createVirtualPrinter>;

const CUTTER_DISTANCE_DOTS = 120;
const DEFAULT_SPACING_DOTS = 30;
const FONT_A = { widthDots: 12, heightDots: 24 };
const FONT_B = { widthDots: 9, heightDots: 17 };

function powerOn() {
  return {
    font: FONT_A,
    align: 0,
    widthScale: 1,
    heightScale: 1,
    isBold: false,
    isUnderlined: false,
    isInverse: false,
    codePage: 0,
    spacingDots: DEFAULT_SPACING_DOTS,
  };
}

export function createVirtualPrinter(options: VirtualPrinterOptions) {
  const { widthDots, stepsPerDot = 1, cutterDistanceDots = CUTTER_DISTANCE_DOTS } = options;
  const qr = createQrFirmware();
  const papers: Paper[] = [];
  const pulses: DrawerPulse[] = [];
  const unknown: string[] = [];
  const troubles: string[] = [];
  const commands: string[] = [];
  const paperListeners = new Set<(paper: Paper) => void>();
  const replyListeners = new Set<(bytes: Uint8Array) => void>();
  let pending = new Uint8Array(0);
  let condition: PrinterCondition = WELL;
  let settings = powerOn();
  let cells: Cell[] = [];
  let printed: Printed[] = [];
  let headY = cutterDistanceDots;
  const realTime = createRealTimeScanner({
    onStatus: (kind) => reply(Uint8Array.of(statusByte(kind, condition))),
    onPulse: (pin, onMs) => pulses.push({ source: 'DLE DC4', pin, onMs, offMs: onMs }),
  });

  function reply(bytes: Uint8Array): void {
    for (const listener of replyListeners) listener(bytes);
  }

  function lineWidth(): number {
    return cells.reduce((sum, cell) => sum + cell.widthDots, 0);
  }

  function alignedX(contentDots: number): number {
    const free = Math.max(0, widthDots - contentDots);
    return settings.align === 1 ? Math.floor(free / 2) : settings.align === 2 ? free : 0;
  }

  /** Puts the collected cells on paper; the paper moves by the spacing, or by the highest cell where that is more. */
  function printLine(feedDots: number): void {
    const heightDots = Math.max(0, ...cells.map((cell) => cell.heightDots));
    const offset = alignedX(lineWidth());
    const placed = cells.map((cell) => ({ ...cell, x: cell.x + offset }));
    if (placed.length > 0) printed.push({ kind: 'line', y: headY, heightDots, cells: placed });
    cells = [];
    headY += Math.max(feedDots, heightDots);
  }

  function addCharacter(byte: number): void {
    const { font, widthScale, heightScale, isBold, isUnderlined, isInverse, codePage } = settings;
    const cellDots = { widthDots: font.widthDots * widthScale, heightDots: font.heightDots * heightScale };
    if (lineWidth() + cellDots.widthDots > widthDots) {
      troubles.push('a line is wider than the paper');
      printLine(settings.spacingDots);
    }
    const character = decodeByte(byte, codePage);
    cells.push({ x: lineWidth(), character, ...cellDots, isBold, isUnderlined, isInverse });
  }

  function addPicture(picture: Omit<Extract<Printed, { kind: 'picture' }>, 'kind' | 'x' | 'y'>): void {
    if (cells.length > 0) printLine(settings.spacingDots);
    if (picture.widthDots > widthDots) troubles.push('a picture is wider than the paper');
    printed.push({ kind: 'picture', x: alignedX(picture.widthDots), y: headY, ...picture });
    headY += picture.heightDots;
  }

  function cutAt(cutY: number): void {
    const isAbove = (item: Printed) => item.y < cutY;
    const above = printed.filter(isAbove);
    if (above.some((item) => item.y + item.heightDots > cutY)) troubles.push('the cut goes through print');
    if (printed.length > above.length) troubles.push('the last lines are below the cut');
    const paper = paperOf(widthDots, cutY, above);
    printed = printed.filter((item) => !isAbove(item)).map((item) => ({ ...item, y: item.y - cutY }));
    headY -= cutY;
    papers.push(paper);
    for (const listener of paperListeners) listener(paper);
  }

  function cut(data: Uint8Array): void {
    const [mode = 0, steps = 0] = data;
    if (![0, 1, 48, 49, 65, 66].includes(mode)) {
      unknown.push(`GS V ${mode}`);
      return;
    }
    if (cells.length > 0) printLine(settings.spacingDots);
    if (mode >= 65) headY += cutterDistanceDots + steps / stepsPerDot;
    cutAt(headY - cutterDistanceDots);
  }

  function printRaster(data: Uint8Array): void {
    const [mode = 0, widthLow = 0, widthHigh = 0, heightLow = 0, heightHigh = 0] = data;
    const [scaleX, scaleY] = [(mode & 1) + 1, ((mode >> 1) & 1) + 1];
    const rowBytes = widthLow + widthHigh * 256;
    const rows = heightLow + heightHigh * 256;
    const dots = data.slice(5);
    addPicture({
      widthDots: rowBytes * 8 * scaleX,
      heightDots: rows * scaleY,
      isDark: (row, column) => {
        const [y, x] = [Math.floor(row / scaleY), Math.floor(column / scaleX)];
        return ((dots[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
      },
    });
  }

  function runQr(data: Uint8Array): void {
    const answer = qr.execute(data);
    if (answer === undefined) return;
    if (typeof answer === 'string') {
      unknown.push(answer);
    } else if (answer.sideDots > widthDots) {
      troubles.push('a QR symbol is wider than the paper and was not printed');
    } else {
      const { sideDots, isDark, payload } = answer;
      addPicture({ widthDots: sideDots, heightDots: sideDots, isDark, qrPayload: payload });
    }
  }

  function setScales(widthScale: number, heightScale: number): void {
    settings = { ...settings, widthScale, heightScale };
  }

  function printMode(mode: number): void {
    settings = {
      ...settings,
      font: mode & 1 ? FONT_B : FONT_A,
      isBold: (mode & 8) !== 0,
      isUnderlined: (mode & 128) !== 0,
    };
    setScales(mode & 32 ? 2 : 1, mode & 16 ? 2 : 1);
  }

  function selectPage(number: number): void {
    if (!hasCodePage(number)) unknown.push(`ESC t ${number}`);
    settings = { ...settings, codePage: number };
  }

  const actions: Readonly<Record<string, (data: Uint8Array, first: number) => void>> = {
    text: (_data, first) => addCharacter(first),
    LF: () => printLine(settings.spacingDots),
    CR: () => undefined,
    'ESC @': () => {
      settings = powerOn();
      cells = [];
      qr.reset();
    },
    'ESC !': (_data, mode) => printMode(mode),
    'ESC -': (_data, mode) => (settings = { ...settings, isUnderlined: mode % 48 !== 0 }),
    'ESC 2': () => (settings = { ...settings, spacingDots: DEFAULT_SPACING_DOTS }),
    'ESC 3': (_data, steps) => (settings = { ...settings, spacingDots: steps / stepsPerDot }),
    'ESC E': (_data, mode) => (settings = { ...settings, isBold: (mode & 1) === 1 }),
    'ESC G': (_data, mode) => (settings = { ...settings, isBold: (mode & 1) === 1 }),
    'ESC J': (_data, steps) => {
      if (cells.length > 0) printLine(steps / stepsPerDot);
      else headY += steps / stepsPerDot;
    },
    'ESC M': (_data, mode) => (settings = { ...settings, font: mode % 48 === 1 ? FONT_B : FONT_A }),
    'ESC R': (_data, country) => country !== 0 && unknown.push(`ESC R ${country}`),
    'ESC a': (_data, mode) => (settings = { ...settings, align: mode % 48 }),
    'ESC d': (_data, lines) => {
      printLine(0);
      headY += lines * settings.spacingDots;
    },
    'ESC p': ([pin = 0, on = 0, off = 0]) =>
      pulses.push({ source: 'ESC p', pin: pin % 48 === 0 ? 2 : 5, onMs: on * 2, offMs: off * 2 }),
    'ESC t': (_data, page) => selectPage(page),
    'FS .': () => undefined,
    'GS !': (_data, size) => setScales((size >> 4) + 1, (size & 15) + 1),
    'GS B': (_data, mode) => (settings = { ...settings, isInverse: (mode & 1) === 1 }),
    'GS V': (data) => cut(data),
    'GS ( k': (data) => runQr(data),
    'GS v 0': (data) => printRaster(data),
    'GS a': () => undefined,
    'GS r': (_data, kind) => reply(Uint8Array.of(processedReply(kind, condition))),
    'GS ( H': ([, fn, ...rest]) => fn === 48 && reply(Uint8Array.of(0x37, 0x22, ...rest, 0)),
    'GS ( D': () => undefined,
    // Obeyed on reception, before their turn comes.
    'DLE EOT': () => undefined,
    'DLE ENQ': () => undefined,
    'DLE DC4': () => undefined,
  };

  function execute(command: Command): void {
    const action = actions[command.name];
    if (command.name !== 'text') commands.push(command.name);
    if (action) action(command.data, (command.name === 'text' ? command.bytes[0] : command.data[0]) ?? 0);
    else unknown.push(command.name.startsWith('unknown') ? command.name : hex(command.bytes));
  }

  function work(): void {
    while (pending.length > 0 && isOnline(condition)) {
      const command = readCommand(pending);
      if (!command) return;
      pending = pending.slice(command.bytes.length);
      execute(command);
    }
  }

  return {
    write(bytes: Uint8Array): void {
      realTime.see(bytes);
      pending = Uint8Array.from([...pending, ...bytes]);
      work();
    },
    /** Paper runs out, somebody opens the cover, or all is well again and what was kept is printed. */
    setCondition(change: Partial<PrinterCondition>): void {
      condition = { ...condition, ...change };
      work();
    },
    /** Papers that were cut off (or torn off), oldest first. */
    papers: (): readonly Paper[] => papers,
    pulses: (): readonly DrawerPulse[] => pulses,
    /** Commands and values that this printer does not know. */
    unknown: (): readonly string[] => unknown,
    /** What went wrong mechanically, in words. */
    troubles: (): readonly string[] => troubles,
    /** Names of the commands that were executed, text apart. */
    commands: (): readonly string[] => commands,
    /** Bytes of a command whose end has not come, or that wait for paper. */
    waitingByteCount: (): number => pending.length,
    /** The hand at a printer without cutter: everything above the tear bar. */
    tearOff(): void {
      if (cells.length > 0) printLine(settings.spacingDots);
      cutAt(headY - cutterDistanceDots);
    },
    onPaper(listener: (paper: Paper) => void): () => void {
      paperListeners.add(listener);
      return () => paperListeners.delete(listener);
    },
    onReply(listener: (bytes: Uint8Array) => void): () => void {
      replyListeners.add(listener);
      return () => replyListeners.delete(listener);
    },
  };
}
