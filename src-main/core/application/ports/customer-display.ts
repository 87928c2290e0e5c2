/**
 * What the customer sees: a second screen, a two-line display, or a QR display. Shows states; never decides anything and never shows nothing.
 */
import type { Locale } from '../../domain/locale.ts';
import type { Money } from '../../domain/money.ts';
import type { Result } from '../../domain/result.ts';
import type { DeviceFault } from './device-fault.ts';

export interface CustomerDisplay {
  readonly name: string;
  readonly capabilities: DisplayCapabilities;
  /**
   * Replaces what is shown. A newer view may overtake an older one that is not yet on the display; then the older call
   * ends well without having been shown. Fails with any `DeviceFault` of the line; the cash flow never waits for it.
   */
  show(view: DisplayView): Promise<Result<void, DeviceFault>>;
  close(): Promise<void>;
}

/** `columns` and `lines` of text cells; 0 where the display is a page. `qr`: it can show a scannable code. */
export type DisplayCapabilities = Readonly<{ columns: number; lines: number; qr: boolean }>;

export type DisplayView = Readonly<{ locale: Locale }> &
  (
    | Readonly<{ state: 'idle'; shopName: string }>
    /** The till has no open shift. */
    | Readonly<{ state: 'closed'; shopName: string }>
    /** Agreed with the customer, the order is being made. */
    | Readonly<{ state: 'amount'; amount: Money }>
    /** I7: only while the order awaits payment; the data is the network's, untouched. */
    | Readonly<{ state: 'pay'; amount: Money; qrData?: string; remainingMs: number }>
    | Readonly<{ state: 'paid'; amount: Money }>
    | Readonly<{ state: 'take-notes'; amount: Money }>
    | Readonly<{ state: 'done'; amount: Money }>
    | Readonly<{ state: 'returning'; amount: Money }>
    | Readonly<{ state: 'returned'; amount: Money }>
    | Readonly<{ state: 'cancelled' }>
    | Readonly<{ state: 'expired' }>
    /** The cashier is waiting for the network's answer: please do not pay twice. */
    | Readonly<{ state: 'please-wait' }>
  );

export type DisplayState = DisplayView['state'];

/** A display of text cells, as a technician tries it at pairing. */
export interface LineDisplay extends CustomerDisplay {
  /** Stays until the next view or page; a view after it begins from scratch. */
  test(page: DisplayTestPage): Promise<Result<void, DeviceFault>>;
  /** Bytes as a technician typed them. What the display is after that nobody knows: the next view begins from scratch. */
  sendRaw(bytes: Uint8Array): Promise<Result<void, DeviceFault>>;
}

/**
 * ruler: every column of both lines · letters: what plain ASCII lacks, on a page to try or the profile's own ·
 * brightness: 1 (dim) to 4, which the display keeps until it is set up again.
 */
export type DisplayTestPage =
  | Readonly<{ page: 'ruler' }>
  | Readonly<{ page: 'letters'; codePage?: Readonly<{ number: number; name: string }> }>
  | Readonly<{ page: 'brightness'; level: 1 | 2 | 3 | 4 }>;
