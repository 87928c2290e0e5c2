/** A small screen beside the till that draws a QR code of what it is told: bytes in, one picture out. */
import { ByteQueue } from '../byte-queue.ts';
import type { DeviceTime } from '../device-time.ts';
import { LinePace } from '../line-pace.ts';
import { BONRIX, MERTECH } from './qr-protocols.ts';
import type { QrScreen } from './qr-protocols.ts';

export const QR_DISPLAY_DIALECTS = ['bonrix', 'mertech'] as const;
export type QrDisplayDialect = (typeof QR_DISPLAY_DIALECTS)[number];

export type VirtualQrDisplayOptions = Readonly<{
  dialect: QrDisplayDialect;
  time?: DeviceTime;
  /** Speed of its serial line, 8N1. Needs a clock. */
  baud?: number;
}>;

const PROTOCOLS = { bonrix: BONRIX, mertech: MERTECH };

export class VirtualQrDisplay {
  readonly dialect: QrDisplayDialect;
  readonly #line: LinePace;
  readonly #begun = new ByteQueue();
  readonly #unknown: string[] = [];
  readonly #listeners = new Set<(screen: QrScreen) => void>();
  #screen: QrScreen = { shows: 'welcome' };
  #isPowered = true;

  constructor({ dialect, time, baud }: VirtualQrDisplayOptions) {
    this.dialect = dialect;
    this.#line = new LinePace({ time, baud, deliver: (byte) => this.#receive(byte) });
  }

  write(bytes: Uint8Array): void {
    if (this.#isPowered) this.#line.send(bytes);
  }

  screen(): QrScreen {
    return this.#screen;
  }

  unknown(): readonly string[] {
    return this.#unknown;
  }

  get isPowered(): boolean {
    return this.#isPowered;
  }

  powerOff(): void {
    this.#isPowered = false;
    this.#line.clear();
    this.#begun.clear();
    this.#show({ shows: 'blank' });
  }

  powerOn(): void {
    this.#isPowered = true;
    this.#show({ shows: 'welcome' });
  }

  onChange(listener: (screen: QrScreen) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #receive(byte: number): void {
    this.#begun.pushByte(byte);
    while (this.#begun.length > 0) {
      const { used, screen, complaint } = PROTOCOLS[this.dialect].take(this.#begun.view());
      if (used === 0) return;
      this.#begun.drop(used);
      if (complaint !== undefined) this.#unknown.push(complaint);
      if (screen) this.#show(screen);
    }
  }

  #show(screen: QrScreen): void {
    this.#screen = screen;
    for (const listener of this.#listeners) listener(screen);
  }
}

export function createVirtualQrDisplay(options: VirtualQrDisplayOptions): VirtualQrDisplay {
  return new VirtualQrDisplay(options);
}
