/** What the operating system's errors mean for a device. */
import type { DeviceFaultCode } from '../../../core/application/ports/device-fault.ts';
import type { LineTrouble } from './line-driver.ts';

/**
 * Source  errno(3); usblp.c of Linux (ENODEV after an unplug, EBUSY for a second opener); serial lines answer EIO or ENXIO when the
 *         adapter is gone; Windows reports a held COM port as access denied, which `serialTrouble` sorts out.
 */
const CODES: Readonly<Record<string, DeviceFaultCode>> = {
  ENODEV: 'unplugged',
  EIO: 'unplugged',
  EBADF: 'unplugged',
  ENXIO: 'unplugged',
  EPIPE: 'unplugged',
  ESHUTDOWN: 'unplugged',
  ECONNRESET: 'unplugged',
  ECONNABORTED: 'unplugged',
  EBUSY: 'busy',
  EACCES: 'permission',
  EPERM: 'permission',
  EROFS: 'permission',
  ENOENT: 'not-found',
  ENOTDIR: 'not-found',
  ENOTFOUND: 'not-found',
  ECONNREFUSED: 'offline',
  EHOSTUNREACH: 'offline',
  EHOSTDOWN: 'offline',
  ENETUNREACH: 'offline',
  ENETDOWN: 'offline',
  EAI_AGAIN: 'offline',
  ETIMEDOUT: 'timeout',
};

/** `where`: the line, for the log. */
export function systemTrouble(error: unknown, where: string): LineTrouble {
  const name = systemCode(error);
  const text = error instanceof Error ? error.message : String(error);
  const code = (name === undefined ? undefined : CODES[name]) ?? 'io';
  return { code, detail: `${where}: ${text.slice(0, 200)}` };
}

export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
