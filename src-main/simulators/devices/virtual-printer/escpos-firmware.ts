/**
 * An ESC/POS printer's firmware: what each command does, and what is answered when. A command without an entry is unknown to it.
 * Source  Epson ESC/POS reference, by command name.
 */
import { readCommand } from './command-reader.ts';
import type { Firmware, Hardware } from './firmware.ts';
import { hex } from './firmware.ts';
import type { Picture } from './paper.ts';
import { isOnline } from './printer-condition.ts';
import { createQrFirmware } from './qr-firmware.ts';
import { createRealTimeScanner } from './real-time.ts';
import { automaticStatus, processedReply, statusByte, watchedPart } from './status-bytes.ts';

/** `data`: the bytes behind the command's name; `first`: the first of them. */
type Action = (data: Uint8Array, first: number) => void;
type Actions = Readonly<Record<string, Action>>;
type Reports = ReturnType<typeof createReports>;
type Qr = ReturnType<typeof createQrFirmware>;

const ALIGNS = ['left', 'center', 'right'] as const;
const IGNORED: Action = () => undefined;
const PRINTER_BIT = 1;

export function createEscPosFirmware(hardware: Hardware): Firmware {
  const { model, complain, composer, move } = hardware;
  const reports = createReports(hardware);
  const qr = createQrFirmware(model.largestQrModuleDots);
  const canPulse = { atOnce: true };
  let isSelected = true;
  const realTime = createRealTimeScanner({
    onStatus: (kind) => reports.status(kind),
    onRecover: (clears) => hardware.recover(clears),
    onClear: () => hardware.clearReceived(),
    onPulse(pin, onMs) {
      if (canPulse.atOnce) hardware.pulse({ source: 'DLE DC4', pin, onMs, offMs: onMs });
    },
  });
  const actions: Actions = {
    ...formatActions(hardware),
    ...paperActions(hardware, qr),
    ...answerActions(hardware, reports),
    'ESC p': ([pin = 0, on = 0, off = 0]) => {
      const pulse = { source: 'ESC p', pin: pin % 48 === 0 ? 2 : 5, onMs: on * 2, offMs: off * 2 } as const;
      move({ kind: 'act', lastsMs: pulse.onMs, run: () => hardware.pulse(pulse) });
    },
    'GS ( D': ([m, ...pairs]) => {
      const at = m === 20 ? pairs.findIndex((kind, index) => index % 2 === 0 && kind === 1) : -1;
      if (at !== -1) canPulse.atOnce = ((pairs[at + 1] ?? 0) & 1) === 1;
    },
  };

  function reset(): void {
    composer.reset();
    qr.reset();
  }

  return {
    hear: (byte) => realTime.hear(byte),
    read: (bytes) => readCommand(bytes, model),
    execute({ name, bytes, data }) {
      const action = actions[name];
      // On a line that it shares with a display, it obeys only while it is the one that is spoken to.
      if (name === 'ESC =') isSelected = ((data[0] ?? 0) & PRINTER_BIT) !== 0;
      else if (!isSelected) return;
      else if (name === 'ESC @') reset();
      else if (action) action(data, data[0] ?? 0);
      else complain(name.startsWith('unknown') || name.startsWith('lacks') ? name : `unknown ${hex(bytes)}`);
    },
    conditionChanged: () => reports.conditionChanged(),
    reset() {
      reset();
      realTime.reset();
      reports.reset();
      canPulse.atOnce = true;
      isSelected = true;
    },
  };
}

/** Everything this printer says about itself, as far as its maker thought of it. */
function createReports({ model, condition, reply }: Hardware) {
  let watched = 0;
  let lastWatched = watchedPart(0, condition());

  function answersNow(): boolean {
    return model.answersStatus === 'always' || isOnline(condition());
  }

  return {
    status(kind: number): void {
      if (!model.lacks.includes('DLE EOT') && answersNow()) reply(statusByte(kind, condition()));
    },
    watch(parts: number): void {
      watched = parts;
      lastWatched = watchedPart(watched, condition());
      if (watched !== 0) reply(...automaticStatus(condition()));
    },
    conditionChanged(): void {
      const nowWatched = watchedPart(watched, condition());
      if (nowWatched === lastWatched) return;
      lastWatched = nowWatched;
      if (answersNow()) reply(...automaticStatus(condition()));
    },
    reset(): void {
      watched = 0;
      lastWatched = watchedPart(0, condition());
    },
  };
}

function formatActions({ composer, model, complain }: Hardware): Actions {
  return {
    'ESC !': (_data, mode) =>
      composer.set({
        font: (mode & 1) === 1 ? 'B' : 'A',
        isBold: (mode & 8) !== 0,
        isUnderlined: (mode & 128) !== 0,
        widthScale: (mode & 32) === 0 ? 1 : 2,
        heightScale: (mode & 16) === 0 ? 1 : 2,
      }),
    'ESC -': (_data, mode) => composer.set({ isUnderlined: mode % 48 !== 0 }),
    'ESC D': (data) => composer.set({ tabStops: [...data.subarray(0, -1)] }),
    'ESC E': (_data, mode) => composer.set({ isBold: (mode & 1) === 1 }),
    'ESC G': (_data, mode) => composer.set({ isBold: (mode & 1) === 1 }),
    'ESC M': (_data, mode) => composer.set({ font: mode % 48 === 1 ? 'B' : 'A' }),
    'ESC R': (_data, country) => {
      if (country !== 0) complain(`country set ${country}`);
    },
    'ESC a': (_data, mode) => composer.set({ align: ALIGNS[mode % 48] ?? 'left' }),
    'ESC t': (_data, number) => {
      const codePage = model.codePages.get(number);
      if (codePage) composer.set({ codePage });
      else complain(`code page ${number}`);
    },
    'FS &': () => composer.set({ isKanji: model.startsInKanjiMode }),
    // Looks of Chinese characters; upside-down print does not come out upside down here, but is no surprise.
    'FS !': IGNORED,
    'FS C': IGNORED,
    'FS S': IGNORED,
    'ESC {': IGNORED,
    'FS .': () => composer.set({ isKanji: false }),
    'GS !': (_data, size) => composer.set({ widthScale: (size >> 4) + 1, heightScale: (size & 15) + 1 }),
    'GS B': (_data, mode) => composer.set({ isInverse: (mode & 1) === 1 }),
  };
}

function paperActions(hardware: Hardware, qr: Qr): Actions {
  const { composer, model } = hardware;
  const { stepsPerDot } = model;
  const graphics = createGraphics(hardware);
  return {
    text: (_data, byte) => composer.addByte(byte),
    HT: () => composer.tab(),
    LF: () => composer.printLine(),
    CR: IGNORED,
    NUL: IGNORED,
    'ESC $': ([low = 0, high = 0]) => composer.moveTo(low + high * 256),
    'ESC \\': ([low = 0, high = 0]) => composer.moveTo(composer.lineDots + (((low + high * 256) << 16) >> 16)),
    'GS L': ([low = 0, high = 0]) => composer.set({ marginDots: low + high * 256 }),
    'GS W': ([low = 0, high = 0]) => composer.set({ areaDots: low + high * 256 }),
    'ESC 2': () => composer.set({ spacingDots: 30 }),
    'ESC 3': (_data, steps) => composer.set({ spacingDots: steps / stepsPerDot }),
    'ESC J': (_data, steps) => composer.feed(steps / stepsPerDot),
    'ESC d': (_data, lines) => composer.feedLines(lines),
    'GS V': (data) => cut(data, hardware),
    'GS ( k': (data) => runQr(data, hardware, qr),
    'GS v 0': (data) => composer.addPicture(rasterOf(data)),
    'GS ( L': (data) => graphics.run(data),
  };
}

function answerActions({ model, condition, reply, move }: Hardware, reports: Reports): Actions {
  const information: Readonly<Record<number, string>> = { 65: '1.00', 66: model.maker, 67: model.name, 68: 'V000001' };
  return {
    'GS I': (_data, kind) => {
      const text = information[kind];
      if (text === undefined) reply(kind % 48 === 1 ? 0x20 : 0x02);
      else reply(0x5f, ...Buffer.from(text, 'latin1'), 0);
    },
    'GS a': (_data, parts) => reports.watch(parts),
    'GS r': (_data, kind) => reply(processedReply(kind, condition())),
    // Sent when what stands before it is on paper, not merely when it was understood.
    'GS ( H': ([, fn, ...token]) => {
      if (fn === 48) move({ kind: 'act', lastsMs: 0, run: () => reply(0x37, 0x22, ...token, 0) });
    },
    // Obeyed on reception, before their turn comes.
    'DLE EOT': IGNORED,
    'DLE ENQ': IGNORED,
    'DLE DC4': IGNORED,
  };
}

function cut([mode = 0, steps = 0]: Uint8Array, { composer, model, move, complain }: Hardware): void {
  if (![0, 1, 48, 49, 65, 66].includes(mode)) {
    complain(`cut ${mode}`);
    return;
  }
  composer.finishLine();
  if (mode >= 65) move({ kind: 'feed', dots: model.cutterDistanceDots + steps / model.stepsPerDot });
  if (model.hasCutter) move({ kind: 'cut' });
}

function runQr(data: Uint8Array, { composer, complain }: Hardware, qr: Qr): void {
  const answer = qr.execute(data);
  if (answer === undefined) return;
  if (typeof answer === 'string') complain(answer);
  else composer.addPicture(answer);
}

/** GS ( L and GS 8 L: a picture is put into the memory (fn 112), and printed from it (fn 50 or 2). */
function createGraphics({ composer, complain }: Hardware) {
  let stored: Picture | undefined;
  return {
    run(data: Uint8Array): void {
      const [, fn, , scaleX = 1, scaleY = 1, , widthLow = 0, widthHigh = 0, heightLow = 0, heightHigh = 0] = data;
      if (fn === 112) {
        const rowBytes = Math.ceil((widthLow + widthHigh * 256) / 8);
        const mode = (scaleX === 2 ? 1 : 0) | (scaleY === 2 ? 2 : 0);
        const size = [mode, rowBytes & 0xff, rowBytes >> 8, heightLow, heightHigh];
        stored = rasterOf(Uint8Array.of(...size, ...data.subarray(10)));
      } else if (fn === 50 || fn === 2) {
        if (stored) composer.addPicture(stored);
        stored = undefined;
      } else complain(`graphics function ${fn}`);
    },
  };
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
