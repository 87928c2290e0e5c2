/**
 * A line to one device: bytes go out, and on some lines come back. Never retries; what it cannot do is a value.
 */
import type { CancelSignal, DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { Result } from '../../../core/domain/result.ts';

export interface ByteTransport {
  /** Stable name of the line, for the log: a path, an address, a serial number. */
  readonly id: string;
  readonly kind: 'serial' | 'usb' | 'tcp' | 'devfile' | 'spooler' | 'file';
  readonly canRead: boolean;
  /**
   * Hands over all bytes as one job; calls are carried out one after another, so that jobs never mix.
   * Fails with `sent: none` when not a byte has left, `some` or `unknown` otherwise. Success means that the line took them, no more.
   */
  write(bytes: Uint8Array, options: WriteOptions): Promise<Result<void, DeviceFault>>;
  /** Bytes from the device, as they come. The answer ends it. A line that cannot read never calls. */
  onData(listener: (bytes: Uint8Array) => void): () => void;
  /** Whether the line is there, now and at every change; a kind that cannot know stays at `unknown`. The answer ends it. */
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
