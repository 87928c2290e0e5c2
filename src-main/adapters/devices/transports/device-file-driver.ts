/**
 * Device files: Linux `/dev/usb/lpN`, opened without blocking, because a blocking read never returns and a close behind it hangs a thread.
 * A FIFO or a plain file stands for one in tests and spools: written only, and never made when it is not there.
 *
 * The system says exactly how many bytes it took, so that a job which nobody reads fails with `none` or `some` and never in doubt.
 * Source  usblp.c of Linux: EAGAIN while the device takes no more, ENODEV after an unplug, EBUSY for a second opener; fifo(7): ENXIO
 *         without a reader.
 */
import type { Stats } from 'node:fs';
import { constants, existsSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DeviceIdentity, LineAddress } from '../../../core/domain/devices/device.ts';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import { watchForFile } from './hotplug.ts';
import { addressId } from './line-names.ts';
import type { FarEnd, LineDriver, LineTrouble, OpenLine, Sent } from './line-driver.ts';
import { findSameDevice, isSameDevice, printerDevices } from './sysfs.ts';
import { systemCode, systemTrouble } from './system-errors.ts';

export type DeviceFileAddress = Extract<LineAddress, { kind: 'devfile' }>;

const PIECE_BYTES = 4_096;
/** While somebody may be waiting for an answer, and while nobody is. */
const QUICK_LOOK_MS = 15;
const CALM_LOOK_MS = 100;
const QUICK_FOR_MS = 3_000;

type FileKind = 'device' | 'fifo' | 'plain';

export function createDeviceFileDriver(
  address: DeviceFileAddress,
  identity: DeviceIdentity | undefined,
  sysfs?: string,
): LineDriver {
  let kind: FileKind = 'device';
  return {
    ...addressId(address),
    canRead: () => kind === 'device',
    pieceBytes: PIECE_BYTES,
    async open(far) {
      const file = findFile(address.path, identity, sysfs);
      if (!file.ok) return file;
      try {
        kind = kindOf(await stat(file.value));
        return ok(openLine(await open(file.value, flagsFor(kind)), kind, file.value, far));
      } catch (error) {
        const trouble = systemTrouble(error, file.value);
        return err(kind === 'fifo' && systemCode(error) === 'ENXIO' ? { ...trouble, code: 'offline' } : trouble);
      }
    },
    watch: (mayBeThere) =>
      watchForFile(address.path, (name) => identity !== undefined && /^lp\d+$/.test(name), mayBeThere),
  };
}

/** Numbers move: lp0 may be another printer after a reboot. */
function findFile(file: string, identity: DeviceIdentity | undefined, sysfs?: string): Result<string, LineTrouble> {
  if (identity?.vendorId === undefined) return ok(file);
  const printers = printerDevices(sysfs);
  const found = findSameDevice(identity, printers);
  if (found !== undefined) return ok(path.join(path.dirname(file), found.name));
  const there = printers.find(({ name }) => name === path.basename(file));
  if (there === undefined || isSameDevice(identity, there.identity)) return ok(file);
  return err({ code: 'not-found', detail: `${file} now leads to another device` });
}

function kindOf(stats: Stats): FileKind {
  if (stats.isFIFO()) return 'fifo';
  return stats.isFile() ? 'plain' : 'device';
}

function flagsFor(kind: FileKind): number {
  const { O_RDWR, O_WRONLY, O_APPEND, O_NONBLOCK, O_NOCTTY } = constants;
  if (kind === 'device') return O_RDWR | O_NONBLOCK | O_NOCTTY;
  // Opened for reading too, a FIFO would give us back our own bytes.
  return O_WRONLY | O_NONBLOCK | (kind === 'plain' ? O_APPEND : 0);
}

function openLine(handle: FileHandle, kind: FileKind, where: string, far: FarEnd): OpenLine {
  const closing = new AbortController();
  let quickUntilMs = 0;
  let working: Promise<unknown> = Promise.resolve();

  async function read(): Promise<void> {
    const buffer = Buffer.allocUnsafe(PIECE_BYTES);
    while (!closing.signal.aborted) {
      const heard = await readSome(handle, buffer);
      if (closing.signal.aborted) return;
      if (typeof heard !== 'number') return far.lost(systemTrouble(heard, where));
      // An empty answer is no news from a printer; from a terminal it is the end, and then the path is gone as well.
      if (heard === 0 && !existsSync(where)) return far.lost({ code: 'unplugged', detail: `${where} is gone` });
      if (heard > 0) {
        quickUntilMs = performance.now() + QUICK_FOR_MS;
        far.heard(Uint8Array.from(buffer.subarray(0, heard)));
      } else {
        await pause(performance.now() < quickUntilMs ? QUICK_LOOK_MS : CALM_LOOK_MS);
      }
    }
  }

  async function send(piece: Uint8Array, stop: AbortSignal): Promise<Sent> {
    quickUntilMs = performance.now() + QUICK_FOR_MS;
    let took = 0;
    while (took < piece.length && !stop.aborted && !closing.signal.aborted) {
      const written = await writeSome(handle, piece.subarray(took));
      if (typeof written !== 'number') return { took, trouble: systemTrouble(written, where) };
      took += written;
      if (written === 0) await pause(QUICK_LOOK_MS);
    }
    return { took };
  }

  async function close(): Promise<void> {
    if (closing.signal.aborted) return;
    closing.abort();
    await working;
    await handle.close().catch(() => undefined);
  }

  if (kind === 'device') void read();
  return {
    send(piece, stop) {
      const sending = send(piece, stop);
      working = sending;
      return sending;
    },
    close,
    abandon: close,
  };
}

/** -1: nothing there yet. */
async function readSome(handle: FileHandle, buffer: Buffer): Promise<number | Error> {
  try {
    return (await handle.read(buffer, 0, buffer.length, null)).bytesRead;
  } catch (error) {
    return isLater(error) ? -1 : asError(error);
  }
}

/** 0: it takes nothing now. */
async function writeSome(handle: FileHandle, bytes: Uint8Array): Promise<number | Error> {
  try {
    return (await handle.write(bytes, 0, bytes.length, null)).bytesWritten;
  } catch (error) {
    return isLater(error) ? 0 : asError(error);
  }
}

function isLater(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'EAGAIN' || code === 'EWOULDBLOCK' || code === 'EINTR';
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
