/**
 * A receipt printer made of nothing but its command set: bytes in, paper and status bytes out. It shares no code with the till's encoder;
 * the two meet only over bytes.
 *
 * Bytes come over its line (at a baud rate, where one is given) into a receive buffer; what must be obeyed at once is obeyed on reception;
 * the firmware takes commands out of the buffer as long as the printer is online and the mechanics keep up; the mechanics move paper line
 * by line. It has what spoils slips: the cutter sits above the print head, so a cut without feed takes the last lines off; a cell that does
 * not fit wraps; a picture that is too wide loses its edge; without paper or with the cover open it keeps what it got and prints on when it
 * can; without power it forgets everything.
 *
 * Without a clock everything happens at once, in the call that causes it.
 */
import { ByteQueue } from '../byte-queue.ts';
import type { DeviceTime } from '../device-time.ts';
import type { VirtualDrawer } from '../virtual-drawer.ts';
import { createEscPosFirmware } from './escpos-firmware.ts';
import type { DrawerPulse, Firmware, Hardware } from './firmware.ts';
import { LineComposer, PLAIN_TEXT } from './line-composer.ts';
import type { Movement } from './movements.ts';
import { MovementQueue } from './movements.ts';
import { PaperPath } from './paper-path.ts';
import type { Paper } from './paper.ts';
import type { PrinterCondition } from './printer-condition.ts';
import { WELL, isOnline } from './printer-condition.ts';
import type { PrinterModel } from './printer-model.ts';
import { IDEAL_PRINTER } from './printer-model.ts';
import { Receiver } from './receiver.ts';
import { createStarFirmware } from './star/star-firmware.ts';

export type VirtualPrinterOptions = Partial<PrinterModel> &
  Readonly<{
    time?: DeviceTime;
    /** Speed of its serial line, 8N1. Needs a clock. */
    baud?: number;
    drawer?: VirtualDrawer;
    /** How much of what it has done it remembers, of each kind; without it, everything. For programs that run for weeks. */
    remembers?: number;
  }>;

const LOW_ROLL_MM = 300;
const POWER_ON = 0x3b;

export class VirtualPrinter {
  readonly model: PrinterModel;
  readonly #options: VirtualPrinterOptions;
  readonly #firmware: Firmware;
  readonly #composer: LineComposer;
  readonly #path: PaperPath;
  readonly #movements: MovementQueue;
  readonly #receiver: Receiver;
  /** The command whose end has not come. */
  readonly #begun = new ByteQueue();
  readonly #papers: Paper[] = [];
  readonly #pulses: DrawerPulse[] = [];
  readonly #unknown: string[] = [];
  readonly #troubles: string[] = [];
  readonly #commands: string[] = [];
  readonly #paperListeners = new Set<(paper: Paper) => void>();
  readonly #replyListeners = new Set<(bytes: Uint8Array) => void>();
  readonly #changeListeners = new Set<() => void>();
  #condition = WELL;
  #isPowered = true;
  #isReady = true;
  /** How often power has come on: an answer of an earlier time is never sent. */
  #lives = 1;
  #isCutterJammed = false;
  #isWorking = false;
  #neededBytes = 1;
  #paperCount = 0;
  #pulseEndsMs = 0;

  constructor(options: VirtualPrinterOptions = {}) {
    this.#options = options;
    this.model = { ...IDEAL_PRINTER, ...options };
    const { time, baud, drawer } = options;
    const complain = (what: string) => this.#remember(this.#troubles, what);
    this.#path = new PaperPath({ ...this.model, complain });
    this.#movements = new MovementQueue({
      time,
      ahead: this.model.movementsAhead,
      lastsMs: (movement) => this.#lastsMs(movement),
      canMove: () => this.#isReady && isOnline(this.#condition),
      perform: (movement) => this.#perform(movement),
      performPart: (movement, share) => this.#path.performPart(movement, share),
      onMoved: () => this.#afterMovement(),
    });
    this.#composer = new LineComposer({
      widthDots: this.model.widthDots,
      fonts: this.model.fonts,
      powerOn: { ...PLAIN_TEXT, isKanji: this.model.startsInKanjiMode },
      move: (movement) => this.#movements.add(movement),
      complain,
    });
    const createFirmware = this.model.dialect === 'star' ? createStarFirmware : createEscPosFirmware;
    this.#firmware = createFirmware(this.#hardware());
    this.#receiver = new Receiver({
      model: this.model,
      time,
      baud,
      isListening: () => this.#isReady,
      hear: (byte) => this.#firmware.hear(byte),
      onBuffered: () => this.#work(),
      say: (byte) => this.#reply(byte),
      complain,
    });
    drawer?.onChange(() => this.setCondition({ isDrawerPinHigh: drawer.isPinHigh }));
    if (drawer) this.#condition = { ...this.#condition, isDrawerPinHigh: drawer.isPinHigh };
  }

  /** Bytes at the till's end of the line. */
  write(bytes: Uint8Array): void {
    this.#receiver.runMoments();
    if (this.#isPowered) this.#receiver.send(bytes);
  }

  /** Bytes that are under way, wait in the buffer, or belong to a command whose end has not come. */
  waitingByteCount(): number {
    return this.#receiver.lineByteCount + this.#receiver.bufferedByteCount + this.#begun.length;
  }

  /** Bytes on the line that the printer has not taken yet: the till's own buffers would hold them. */
  lineByteCount(): number {
    return this.#receiver.lineByteCount;
  }

  receivedByteCount(): number {
    return this.#receiver.receivedByteCount;
  }

  /** Runs when so many bytes have been received since the printer was made, and before the next one: for mishaps at an exact byte. */
  afterReceiving(byteCount: number, run: () => void): void {
    this.#receiver.at(byteCount, run);
  }

  get condition(): PrinterCondition {
    return this.#condition;
  }

  get isPowered(): boolean {
    return this.#isPowered;
  }

  /** Something is still to be moved, taken out of the buffer, or under way. */
  get isBusy(): boolean {
    return this.#movements.isMoving || this.waitingByteCount() > 0;
  }

  /** Paper runs out, somebody opens the cover, or all is well again and what was kept is printed. */
  setCondition(change: Partial<PrinterCondition>): void {
    const before = this.#condition;
    const isClosing = before.cover === 'open' && change.cover === 'closed';
    // Whoever frees the blade has opened the cover for it.
    const repaired = isClosing && before.fault === 'cutter' && !this.#isCutterJammed ? { fault: 'none' as const } : {};
    this.#condition = { ...before, ...repaired, ...change };
    if (change.cover === 'open') this.#movements.interrupt();
    if (this.#isReady) this.#firmware.conditionChanged();
    this.#tellChange();
    this.#goOn();
  }

  /** A blade that is stuck shows itself at the next cut. */
  setCutter(state: 'jammed' | 'free'): void {
    this.#isCutterJammed = state === 'jammed';
    this.#tellChange();
  }

  get isCutterJammed(): boolean {
    return this.#isCutterJammed;
  }

  /**
   * A new roll, in an open or a closed cover. What hangs printed in the printer comes out with the end of the old one.
   * `lengthMm`: it will run low and out by itself; without it, it is as long as anybody needs.
   */
  loadPaper(lengthMm = Infinity): void {
    const hadPrint = this.#path.hasPrint;
    const old = this.#path.load(lengthMm * this.model.dotsPerMm);
    if (hadPrint) this.#deliver(old);
    this.setCondition({ paper: this.#rollState() ?? 'ok' });
  }

  /** Everything that it had received or not yet printed is gone. */
  powerOff(): void {
    if (!this.#isPowered) return;
    this.#movements.interrupt();
    this.#movements.clear();
    this.#isPowered = false;
    this.#isReady = false;
    this.#forget();
    this.#tellChange();
  }

  powerOn(): void {
    if (this.#isPowered) return;
    this.#isPowered = true;
    this.#lives += 1;
    const life = this.#lives;
    if (this.#condition.fault !== 'none') this.#condition = { ...this.#condition, fault: 'none' };
    const start = () => {
      if (this.#lives !== life || !this.#isPowered) return;
      this.#isReady = true;
      this.#firmware.reset();
      if (this.model.tellsPowerOn) this.#reply(POWER_ON);
      this.#tellChange();
      this.#goOn();
    };
    const { time } = this.#options;
    if (time && this.model.startMs > 0) time.after(this.model.startMs, start);
    else start();
    this.#tellChange();
  }

  /** The hand at a printer without cutter: takes everything above the tear bar. */
  tearOff(): void {
    this.#deliver(this.#path.cut());
  }

  /** What hangs in the printer and has not been cut. */
  strip(): Paper {
    return this.#path.strip();
  }

  /** Papers that were cut, torn off or taken out, oldest first. */
  papers(): readonly Paper[] {
    return this.#papers;
  }

  /** How many there were, remembered or not. */
  get paperCount(): number {
    return this.#paperCount;
  }

  pulses(): readonly DrawerPulse[] {
    return this.#pulses;
  }

  /** Commands and values that this printer does not know. */
  unknown(): readonly string[] {
    return this.#unknown;
  }

  /** What went wrong on paper and on the line, in words. */
  troubles(): readonly string[] {
    return this.#troubles;
  }

  /** Names of the commands that were executed, text apart. */
  commands(): readonly string[] {
    return this.#commands;
  }

  onPaper(listener: (paper: Paper) => void): () => void {
    this.#paperListeners.add(listener);
    return () => this.#paperListeners.delete(listener);
  }

  onReply(listener: (bytes: Uint8Array) => void): () => void {
    this.#replyListeners.add(listener);
    return () => this.#replyListeners.delete(listener);
  }

  /** After each change of its condition, its power or its paper. */
  onChange(listener: () => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  #hardware(): Hardware {
    return {
      model: this.model,
      composer: this.#composer,
      condition: () => this.#condition,
      isBufferEmpty: () => this.#receiver.bufferedByteCount + this.#begun.length === 0,
      move: (movement) => this.#movements.add(movement),
      reply: (...bytes) => this.#answer(bytes),
      pulse: (pulse) => this.#pulse(pulse),
      recover: (clears) => this.#recover(clears),
      clearReceived: () => this.#clearReceived(),
      complain: (what) => this.#remember(this.#unknown, what),
    };
  }

  /** Takes commands out of the buffer for as long as the printer can. */
  #work(): void {
    if (this.#isWorking) return;
    this.#isWorking = true;
    while (this.#isReady && isOnline(this.#condition) && !this.#movements.isFull) {
      const byte = this.#receiver.take();
      if (byte === undefined) break;
      this.#begun.pushByte(byte);
      if (this.#begun.length >= this.#neededBytes) this.#executeBegun();
    }
    this.#isWorking = false;
  }

  #executeBegun(): void {
    // A command that this printer does not know may leave bytes that are the beginning of something else.
    while (this.#begun.length > 0) {
      const command = this.#firmware.read(this.#begun.view());
      if (typeof command === 'number') {
        this.#neededBytes = command;
        return;
      }
      this.#begun.drop(command.bytes.length);
      if (command.name !== 'text') this.#remember(this.#commands, command.name);
      this.#firmware.execute(command);
    }
    this.#neededBytes = 1;
  }

  #perform(movement: Movement): boolean {
    if (movement.kind === 'cut') {
      if (this.#isCutterJammed) {
        this.setCondition({ fault: 'cutter' });
        return false;
      }
      this.#deliver(this.#path.cut());
    } else if (movement.kind === 'act') movement.run();
    else this.#path.perform(movement);
    return true;
  }

  #afterMovement(): void {
    const paper = this.#rollState();
    if (paper !== undefined && paper !== this.#condition.paper) this.setCondition({ paper });
    this.#tellChange();
    this.#goOn();
  }

  /** What the sensors see of a roll whose length is known. */
  #rollState(): PrinterCondition['paper'] | undefined {
    const { leftDots } = this.#path;
    if (leftDots === Infinity) return undefined;
    if (leftDots <= 0) return 'out';
    return leftDots <= LOW_ROLL_MM * this.model.dotsPerMm ? 'low' : 'ok';
  }

  #lastsMs(movement: Movement): number {
    const { cutMs, dotsPerMm, speedMmPerSecond } = this.model;
    if (movement.kind === 'cut') return cutMs;
    if (movement.kind === 'act') return movement.lastsMs;
    return (PaperPath.travelDots(movement) * 1_000) / dotsPerMm / speedMmPerSecond;
  }

  #goOn(): void {
    this.#movements.proceed();
    this.#work();
    this.#receiver.proceed();
  }

  /** A pulse at once finds the coil's transistor busy while another one runs, and is then nothing. */
  #pulse(pulse: DrawerPulse): void {
    const nowMs = this.#options.time?.nowMs() ?? Infinity;
    if (pulse.source === 'DLE DC4' && nowMs < this.#pulseEndsMs) return;
    this.#pulseEndsMs = nowMs + pulse.onMs + pulse.offMs;
    this.#remember(this.#pulses, pulse);
    this.#options.drawer?.pulse(pulse.pin, pulse.onMs);
  }

  #recover(clears: boolean): void {
    if (this.#condition.fault !== 'cutter') return;
    if (clears) this.#clearReceived();
    this.setCondition({ fault: 'none' });
  }

  #clearReceived(): void {
    this.#movements.clear();
    this.#composer.reset();
    this.#clearBuffers();
  }

  #clearBuffers(): void {
    this.#receiver.clearBuffer();
    this.#begun.clear();
    this.#neededBytes = 1;
  }

  #forget(): void {
    this.#receiver.forget();
    this.#clearBuffers();
    this.#firmware.reset();
  }

  #answer(bytes: readonly number[]): void {
    const { time } = this.#options;
    const life = this.#lives;
    if (!time || this.model.answerDelayMs === 0) this.#reply(...bytes);
    else time.after(this.model.answerDelayMs, () => void (this.#lives === life && this.#reply(...bytes)));
  }

  #reply(...bytes: readonly number[]): void {
    if (!this.#isReady) return;
    for (const listener of this.#replyListeners) listener(Uint8Array.from(bytes));
  }

  #deliver(paper: Paper): void {
    this.#remember(this.#papers, paper);
    this.#paperCount += 1;
    for (const listener of this.#paperListeners) listener(paper);
  }

  #remember<Thing>(list: Thing[], thing: Thing): void {
    list.push(thing);
    if (list.length > (this.#options.remembers ?? Infinity)) list.shift();
  }

  #tellChange(): void {
    for (const listener of this.#changeListeners) listener();
  }
}

export function createVirtualPrinter(options: VirtualPrinterOptions): VirtualPrinter {
  return new VirtualPrinter(options);
}
