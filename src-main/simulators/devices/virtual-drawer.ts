/**
 * A cash drawer at a printer's connector: a pulse on its pin throws it open, a person pushes it shut, and pin 3 tells, in whatever
 * polarity its maker chose, or not at all.
 */
import type { DeviceTime } from './device-time.ts';

export type VirtualDrawerOptions = Readonly<{
  /** The pin of the connector that its coil hangs on. */
  pin?: 2 | 5;
  sensor?: 'high-when-open' | 'low-when-open' | 'none';
  /** The shortest pulse that moves the bolt. */
  shortestPulseMs?: number;
  time?: DeviceTime;
  /** Until the person pushes it shut; without it, only `close` does. */
  closesAfterMs?: number;
}>;

const SHORTEST_PULSE_MS = 20;

export class VirtualDrawer {
  readonly #options: VirtualDrawerOptions;
  readonly #listeners = new Set<() => void>();
  #isOpen = false;
  #isLocked = false;
  #openings = 0;
  #cancelClosing: (() => void) | undefined;

  constructor(options: VirtualDrawerOptions = {}) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get isLocked(): boolean {
    return this.#isLocked;
  }

  /** How often it has opened. */
  get openings(): number {
    return this.#openings;
  }

  get isPinHigh(): boolean {
    const { sensor = 'high-when-open' } = this.#options;
    if (sensor === 'none') return false;
    return this.#isOpen === (sensor === 'high-when-open');
  }

  pulse(pin: 2 | 5, onMs: number): void {
    const { pin: ownPin = 2, shortestPulseMs = SHORTEST_PULSE_MS, time, closesAfterMs } = this.#options;
    if (pin !== ownPin || onMs < shortestPulseMs || this.#isLocked || this.#isOpen) return;
    this.#openings += 1;
    this.#set(true);
    if (time && closesAfterMs !== undefined) this.#cancelClosing = time.after(closesAfterMs, () => this.close());
  }

  close(): void {
    this.#cancelClosing?.();
    this.#cancelClosing = undefined;
    this.#set(false);
  }

  /** The key in its lock: no pulse opens it any more. */
  setLocked(isLocked: boolean): void {
    this.#isLocked = isLocked;
    this.#tell();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #set(isOpen: boolean): void {
    if (this.#isOpen === isOpen) return;
    this.#isOpen = isOpen;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export function createVirtualDrawer(options: VirtualDrawerOptions = {}): VirtualDrawer {
  return new VirtualDrawer(options);
}
