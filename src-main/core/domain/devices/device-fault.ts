/** What can go wrong between the till and a device, by name. Stored in the journal and put into words on screens: a meaning never changes. */
export const DEVICE_FAULT_CODES = [
  /** The cable or the device is gone. */
  'unplugged',
  /** Nothing with that name, address or path. */
  'not-found',
  /** Another program holds it. */
  'busy',
  /** The operating system refuses us. */
  'permission',
  /** No progress within the deadline. */
  'timeout',
  /** The device answers that it is not ready, no longer answers, or nobody listens at its address. */
  'offline',
  /** It was switched off and on again while it worked: what it had not done yet is lost. */
  'restarted',
  'paper-out',
  'cover-open',
  'cutter',
  'overheat',
  /** The device reports an error that has no name of its own here. */
  'printer-error',
  /** The device or its profile cannot do what was asked; nothing was sent. */
  'unsupported',
  /** Any other failure of the line or the disk. */
  'io',
  /** The caller gave up waiting. */
  'cancelled',
] as const;

export type DeviceFaultCode = (typeof DEVICE_FAULT_CODES)[number];
