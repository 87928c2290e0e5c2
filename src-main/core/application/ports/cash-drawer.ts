/**
 * The cash box that opens by an electric pulse. Every opening has a reason, which the caller records.
 * I10: training mode is composed without a drawer; nothing in this port opens one "just for practice".
 */
import type { CancelSignal, DeviceFault } from './device-fault.ts';

export interface CashDrawer {
  open(opening: DrawerOpeningRequest, cancel?: CancelSignal): Promise<DrawerOutcome>;
  /** `unknown` where there is no sensor or nobody calibrated it. */
  state(): Promise<'open' | 'closed' | 'unknown'>;
}

export type DrawerOpeningRequest = Readonly<{
  /** Names the pulse in the spool and the log. */
  id: string;
  reason: 'hand-over' | 'no-sale' | 'drop' | 'opening' | 'count' | 'test';
}>;

export type DrawerOutcome =
  /** No drawer hangs on this till: the key opens it. */
  | Readonly<{ state: 'none' }>
  /** The pulse left the till. Whether the box sprang open, the cashier sees. */
  | Readonly<{ state: 'sent' }>
  /** Nothing left the till: open it with the key, or try again. */
  | Readonly<{ state: 'refused'; fault: DeviceFault }>
  /** The pulse may have left: look before trying again. */
  | Readonly<{ state: 'unknown'; fault: DeviceFault }>;
