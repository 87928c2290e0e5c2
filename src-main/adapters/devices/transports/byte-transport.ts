/**
 * A line to one device: bytes go out, and on some lines come back. Never retries; what it cannot do is a value.
 */
import type { CancelSignal, DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { Result } from '../../../core/domain/result.ts';

export interface ByteTransport {
  /** Stable name of the line, for the log: a path, an address, a serial number. */
  readonly id: string;
  readonly kind: 'serial' | 'usb' | 'tcp' | 'devfile' | 'spooler' | 'file';
  /** As far as it is known now: a device file tells only when it is open. Ask before each job. */
  readonly canRead: boolean;
  /**
   * Hands over all bytes as one job; calls are carried out one after another, so that jobs never mix. `timeoutMs` counts from the call:
   * a job whose turn does not come in time is refused, and so is one whose line is not connected and cannot be connected now.
   * Fails with `sent: none` when not a byte has left; `some` when a part was taken and the rest never handed over, so that the slip is
   * certainly not whole; `all` when everything was taken before the trouble; `unknown` otherwise. Success means that the line took them,
   * no more. Nothing is ever kept to be sent later.
   */
  write(bytes: Uint8Array, options: WriteOptions): Promise<Result<void, DeviceFault>>;
  /** Bytes from the device, as they come. The answer ends it. A line that cannot read never calls. */
  onData(listener: (bytes: Uint8Array) => void): () => void;
  /**
   * Whether the line is there: called at once, and at every change; a kind that cannot know stays at `unknown`. A network printer is
   * `unknown` between jobs, and `no` from a failed connection until the next one. The answer ends it.
   */
  onState?(listener: (state: LineState) => void): () => void;
  close(): Promise<void>;
}

/** `fault`: why it is not connected. */
export type LineState = Readonly<{ connected: 'yes' | 'no' | 'unknown'; fault?: DeviceFault }>;

export type WriteOptions = Readonly<{
  /** What the bytes are, for spool names and the log. */
  label: string;
  timeoutMs: number;
  cancel?: CancelSignal;
}>;
