/**
 * What can go wrong between the till and a device, as a value. `sent` decides whether trying again may be harmful:
 * only after `none` is a second try the same as a first one.
 */
import type { DeviceFaultCode } from '../../domain/devices/device-fault.ts';

export type { DeviceFaultCode } from '../../domain/devices/device-fault.ts';

/** How much of the job had left the till: `unknown` when the driver cannot say. */
export type BytesSent = 'none' | 'some' | 'all' | 'unknown';

export type DeviceFault = Readonly<{
  code: DeviceFaultCode;
  sent: BytesSent;
  /** For the log and the technician; never shown as the whole message to a cashier. */
  detail: string;
}>;

/** How a caller stops waiting: an `AbortSignal` is one. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
