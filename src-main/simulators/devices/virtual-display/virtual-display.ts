/**
 * A 2×20 vacuum fluorescent display: bytes in, two lines of light out, in whichever command set its switches are put to.
 *
 * It behaves as poles do: text wraps from the first line to the second and back, a command that it does not know is reported and its
 * argument bytes light up as characters, and what comes faster than it can take is lost without a word.
 */
import { ByteQueue } from '../byte-queue.ts';
import type { DeviceTime } from '../device-time.ts';
import { LinePace } from '../line-pace.ts';
import type { CodePageName } from '../virtual-printer/code-pages.ts';
import { EPSON_CODE_PAGES, decodeFrom } from '../virtual-printer/code-pages.ts';
import { createCd5220Dialect } from './cd5220-dialect.ts';
import type { DisplayDialect, DisplayHardware } from './display-dialect.ts';
import { createEscPosDialect } from './escpos-dialect.ts';
import { Screen } from './screen.ts';
import { createAedexDialect, createUtcDialect } from './utc-dialects.ts';

export { COLUMNS, LINES } from './screen.ts';

/** `utc` starts in the standard mode, `utc-enhanced` in the other. */
export const LINE_DISPLAY_DIALECTS = ['escpos', 'cd5220', 'utc', 'utc-enhanced', 'aedex'] as const;
export type LineDisplayDialect = (typeof LINE_DISPLAY_DIALECTS)[number];

export type VirtualDisplayOptions = Readonly<{
  dialect?: LineDisplayDialect;
  /** `ascii`: whatever lies above 7Eh is a block. By default the pages that its command set can name. */
  font?: 'pages' | 'ascii';
  time?: DeviceTime;
  /** Speed of its serial line, 8N1. Needs a clock. */
  baud?: number;
  /** What has no place is lost. Needs a clock and `msPerByte` to fill up. */
  bufferBytes?: number;
  /** How long it works on each byte. */
  msPerByte?: number;
}>;

const BLOCK = '\ufffd';
const CD5220_PAGES: ReadonlyMap<number, CodePageName> = new Map([[0x41, 'CP437']]);

export class VirtualDisplay {
  readonly dialect: LineDisplayDialect;
  readonly #options: VirtualDisplayOptions;
  readonly #screen = new Screen();
  readonly #interpreter: DisplayDialect;
  readonly #line: LinePace;
  readonly #buffer = new ByteQueue();
  readonly #begun = new ByteQueue();
  readonly #unknown: string[] = [];
  readonly #listeners = new Set<(lines: readonly string[]) => void>();
  #cancelWork: (() => void) | undefined;
  #isPowered = true;
  #isTelling = false;
  #ignoredBytes = 0;
  #lostBytes = 0;

  constructor(options: VirtualDisplayOptions = {}) {
    this.#options = options;
    this.dialect = options.dialect ?? 'escpos';
    this.#interpreter = this.#createInterpreter();
    this.#line = new LinePace({
      time: options.time,
      baud: options.baud,
      deliver: (byte) => this.#receive(byte),
    });
  }

  write(bytes: Uint8Array): void {
    if (this.#isPowered) this.#telling(() => this.#line.send(bytes));
  }

  /** Both lines, twenty characters each. */
  lines(): readonly string[] {
    return this.#screen.lines();
  }

  /** 1 to 4. */
  brightness(): number {
    return this.#screen.brightness;
  }

  isCursorShown(): boolean {
    return this.#screen.isCursorShown;
  }

  unknown(): readonly string[] {
    return this.#unknown;
  }

  /** Bytes that it heard and did nothing with: not selected, or swallowed by a mode. */
  ignoredByteCount(): number {
    return this.#ignoredBytes;
  }

  /** Bytes that came while its buffer was full. */
  lostByteCount(): number {
    return this.#lostBytes;
  }

  get isPowered(): boolean {
    return this.#isPowered;
  }

  powerOff(): void {
    this.#telling(() => {
      this.#isPowered = false;
      this.#cancelWork?.();
      this.#cancelWork = undefined;
      this.#line.clear();
      this.#buffer.clear();
      this.#begun.clear();
      this.#screen.reset();
      this.#interpreter.reset();
    });
  }

  powerOn(): void {
    this.#telling(() => {
      this.#isPowered = true;
    });
  }

  /** Called after each piece of data that changed what is to be seen. */
  onChange(listener: (lines: readonly string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #createInterpreter(): DisplayDialect {
    const pages = this.dialect === 'cd5220' ? CD5220_PAGES : EPSON_CODE_PAGES;
    const hardware: DisplayHardware = {
      screen: this.#screen,
      character: (byte, page) => {
        if (this.#options.font === 'ascii' && byte > 0x7e) return BLOCK;
        return decodeFrom((page === undefined ? undefined : pages.get(page)) ?? 'CP437', byte);
      },
      hasPage: (page) => this.#options.font !== 'ascii' && pages.has(page),
      complain: (what) => this.#unknown.push(what),
      ignore: (count) => {
        this.#ignoredBytes += count;
      },
    };
    switch (this.dialect) {
      case 'cd5220':
        return createCd5220Dialect(hardware);
      case 'utc':
      case 'utc-enhanced':
        return createUtcDialect(hardware, this.dialect === 'utc-enhanced');
      case 'aedex':
        return createAedexDialect(hardware);
      default:
        return createEscPosDialect(hardware);
    }
  }

  #receive(byte: number): void {
    const { time, msPerByte = 0, bufferBytes = Infinity } = this.#options;
    if (time === undefined || msPerByte === 0) {
      this.#telling(() => this.#interpret(byte));
      return;
    }
    if (this.#buffer.length >= bufferBytes) this.#lostBytes += 1;
    else this.#buffer.pushByte(byte);
    this.#workLater(time, msPerByte);
  }

  #workLater(time: DeviceTime, msPerByte: number): void {
    this.#cancelWork ??= time.after(msPerByte, () => {
      this.#cancelWork = undefined;
      const byte = this.#buffer.shift();
      if (byte === undefined) return;
      this.#telling(() => this.#interpret(byte));
      if (this.#buffer.length > 0) this.#workLater(time, msPerByte);
    });
  }

  #interpret(byte: number): void {
    this.#begun.pushByte(byte);
    while (this.#begun.length > 0) {
      const used = this.#interpreter.take(this.#begun.view());
      if (used === 0) return;
      this.#begun.drop(used);
    }
  }

  /** Listeners hear of it once, and only if there is something else to be seen. */
  #telling(act: () => void): void {
    if (this.#isTelling) {
      act();
      return;
    }
    this.#isTelling = true;
    const before = this.#look();
    act();
    this.#isTelling = false;
    if (this.#look() === before) return;
    for (const listener of this.#listeners) listener(this.lines());
  }

  #look(): string {
    return [...this.lines(), this.#screen.brightness, this.#screen.isCursorShown, this.#isPowered].join('\n');
  }
}

export function createVirtualDisplay(options: VirtualDisplayOptions = {}): VirtualDisplay {
  return new VirtualDisplay(options);
}
