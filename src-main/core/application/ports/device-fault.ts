/**
 * What can go wrong between the till and a device, as a value. `sent` decides whether trying again may be harmful:
 * only after `none` is a second try the same as a first one.
 */
export type DeviceFaultCode =
  /** The cable or the device is gone. */
  | 'unplugged'
  /** Nothing with that name, address or path. */
  | 'not-found'
  /** Another program holds it. */
  | 'busy'
  /** The operating system refuses us. */
  | 'permission'
  /** No progress within the deadline. */
  | 'timeout'
  /** The device answers that it is not ready, or nobody listens at its address. */
  | 'offline'
  | 'paper-out'
  | 'cover-open'
  | 'cutter'
  | 'overheat'
  /** The device reports an error that has no name of its own here. */
  | 'printer-error'
  /** The device or its profile cannot do what was asked; nothing was sent. */
  | 'unsupported'
  /** Any other failure of the line or the disk. */
  | 'io'
  /** The caller gave up waiting. */
  | 'cancelled';

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
