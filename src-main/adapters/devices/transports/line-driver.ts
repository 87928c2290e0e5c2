/**
 * What one kind of line has to know: how to open it, hand over a piece, and let go. Everything that lines have in common (turns, time limits,
 * reconnecting, what may be said about a job that failed) is `createSteadyLine`'s.
 */
import type { DeviceFault, DeviceFaultCode } from '../../../core/application/ports/device-fault.ts';
import type { Result } from '../../../core/domain/result.ts';
import type { ByteTransport } from './byte-transport.ts';

export type LineDriver = Readonly<{
  id: string;
  kind: ByteTransport['kind'];
  /** As far as it is known: a device file tells only when it is open. */
  canRead: () => boolean;
  /** Largest piece handed over at once. What was handed over and not answered for is in doubt, so it is small. */
  pieceBytes: number;
  /** Absent: the line stays connected. Otherwise it connects for a job and lets go this long after the last one. */
  lingerMs?: number;
  /** After the last piece of a job: the time in which a line that broke under it shows it. Absent: none. */
  settleMs?: number;
  open: (far: FarEnd) => Promise<Result<OpenLine, LineTrouble>>;
  /** Calls when a device may have come; the answer ends it. Asked for only while the line is not connected. */
  watch?: (mayBeThere: () => void) => () => void;
}>;

export type LineTrouble = Readonly<{ code: DeviceFaultCode; detail: string }>;

/** Where a driver tells what comes by itself. */
export interface FarEnd {
  heard(bytes: Uint8Array): void;
  /** The connection is over. Without a trouble the other side ended it in good order. */
  lost(trouble?: LineTrouble): void;
}

export interface OpenLine {
  /**
   * Hands over a piece. May never answer: the caller waits no longer than the job's time. A driver that knows how much it has handed over
   * stops at `stop` and says so. Never rejects.
   */
  send(piece: Uint8Array, stop: AbortSignal): Promise<Sent>;
  /** After the last piece of a job, where a kind of line has such an end. A trouble leaves the job in doubt. */
  finish?(): Promise<LineTrouble | undefined>;
  /** Lets go once everything that was handed over has been delivered, as far as the line can do that in short time. */
  close(): Promise<void>;
  /** Lets go at once and forgets what the machine still holds: a job that failed must not go on by itself. */
  abandon(): Promise<void>;
}

/** `took` may be less than the piece. With a trouble, `took` is what was taken before it, where that is known. */
export type Sent = Readonly<{ took: number | 'unknown'; trouble?: LineTrouble }>;

export function faultOf({ code, detail }: LineTrouble, sent: DeviceFault['sent']): DeviceFault {
  return { code, sent, detail };
}
