/**
 * A receipt printer made of nothing but its command set: bytes in, paper and status bytes out. It shares no code with the till's encoder;
 * the two meet only over bytes.
 *
 * It has the mechanics that spoil slips: the cutter sits above the print head, so a cut without feed takes the last lines off; a cell that
 * does not fit wraps; a picture that is too wide loses its edge; real-time commands are obeyed wherever they turn up, picture data included;
 * without paper or with the cover open it keeps what it got and prints on when it can.
 *
 * Source  Epson ESC/POS reference: fonts 12×24 and 9×17, default line spacing 30 dots, DLE EOT, DLE DC4, GS r, GS ( H.
 */
import type { DrawerPulse } from './command-actions.ts';
import { actionsOf } from './command-actions.ts';
import type { Command } from './command-reader.ts';
import { hex, readCommand } from './command-reader.ts';
import type { Paper } from './paper.ts';
import { PrintMechanism } from './print-mechanism.ts';
import { createQrFirmware } from './qr-firmware.ts';
import type { PrinterCondition } from './status-bytes.ts';
import { WELL, createRealTimeScanner, isOnline, statusByte } from './status-bytes.ts';

export type VirtualPrinterOptions = Readonly<{
  /** Dots of the print head: 576, 512 or 384. */
  widthDots: number;
  /** Vertical steps per dot: 2 where a step is 1/360 inch and a dot 1/180. */
  stepsPerDot?: number;
  /** From the print head up to the cutter, or to the tear bar. */
  cutterDistanceDots?: number;
}>;

const CUTTER_DISTANCE_DOTS = 120;

export class VirtualPrinter {
  readonly #mechanism: PrintMechanism;
  readonly #actions: ReturnType<typeof actionsOf>;
  readonly #realTime: ReturnType<typeof createRealTimeScanner>;
  readonly #papers: Paper[] = [];
  readonly #pulses: DrawerPulse[] = [];
  readonly #unknown: string[] = [];
  readonly #commands: string[] = [];
  readonly #paperListeners = new Set<(paper: Paper) => void>();
  readonly #replyListeners = new Set<(bytes: Uint8Array) => void>();
  #condition = WELL;
  #pending = new Uint8Array(0);

  constructor({ widthDots, stepsPerDot = 1, cutterDistanceDots = CUTTER_DISTANCE_DOTS }: VirtualPrinterOptions) {
    this.#mechanism = new PrintMechanism(widthDots, cutterDistanceDots);
    this.#realTime = createRealTimeScanner({
      onStatus: (kind) => this.#reply(statusByte(kind, this.#condition)),
      onPulse: (pin, onMs) => this.#pulses.push({ source: 'DLE DC4', pin, onMs, offMs: onMs }),
    });
    this.#actions = actionsOf({
      mechanism: this.#mechanism,
      qr: createQrFirmware(),
      stepsPerDot,
      condition: () => this.#condition,
      reply: (...bytes) => this.#reply(...bytes),
      pulse: (pulse) => this.#pulses.push(pulse),
      paper: (paper) => this.#deliver(paper),
      complain: (what) => this.#unknown.push(what),
    });
  }

  write(bytes: Uint8Array): void {
    this.#realTime.see(bytes);
    this.#pending = Buffer.concat([this.#pending, bytes]);
    this.#work();
  }

  /** Paper runs out, somebody opens the cover, or all is well again and what was kept is printed. */
  setCondition(change: Partial<PrinterCondition>): void {
    this.#condition = { ...this.#condition, ...change };
    this.#work();
  }

  /** The hand at a printer without cutter: takes everything above the tear bar. */
  tearOff(): void {
    this.#deliver(this.#mechanism.cut());
  }

  /** Papers that were cut or torn off, oldest first. */
  papers(): readonly Paper[] {
    return this.#papers;
  }

  pulses(): readonly DrawerPulse[] {
    return this.#pulses;
  }

  /** Commands and values that this printer does not know. */
  unknown(): readonly string[] {
    return this.#unknown;
  }

  /** What went wrong on paper, in words. */
  troubles(): readonly string[] {
    return this.#mechanism.troubles;
  }

  /** Names of the commands that were executed, text apart. */
  commands(): readonly string[] {
    return this.#commands;
  }

  /** Bytes of a command whose end has not come, or that wait for paper. */
  waitingByteCount(): number {
    return this.#pending.length;
  }

  onPaper(listener: (paper: Paper) => void): () => void {
    this.#paperListeners.add(listener);
    return () => this.#paperListeners.delete(listener);
  }

  onReply(listener: (bytes: Uint8Array) => void): () => void {
    this.#replyListeners.add(listener);
    return () => this.#replyListeners.delete(listener);
  }

  #work(): void {
    let offset = 0;
    while (offset < this.#pending.length && isOnline(this.#condition)) {
      const command = readCommand(this.#pending.subarray(offset));
      if (!command) break;
      offset += command.bytes.length;
      this.#execute(command);
    }
    this.#pending = this.#pending.slice(offset);
  }

  #execute({ name, bytes, data }: Command): void {
    const action = this.#actions[name];
    if (name !== 'text') this.#commands.push(name);
    if (action) action(data, data[0] ?? 0);
    else this.#unknown.push(name.startsWith('unknown') ? name : `unknown ${hex(bytes)}`);
  }

  #deliver(paper: Paper): void {
    this.#papers.push(paper);
    for (const listener of this.#paperListeners) listener(paper);
  }

  #reply(...bytes: readonly number[]): void {
    for (const listener of this.#replyListeners) listener(Uint8Array.from(bytes));
  }
}

export function createVirtualPrinter(options: VirtualPrinterOptions): VirtualPrinter {
  return new VirtualPrinter(options);
}
