/** What a cable is to the device at its end: bytes in, bytes back, and somebody who pulls it out. */
import type { Recorder } from './recorder.ts';

/** The device, as far as a cable knows it. */
export interface WiredDevice {
  readonly isPowered: boolean;
  write(bytes: Uint8Array): void;
  /** Devices that only listen have none. */
  onReply?(listener: (bytes: Uint8Array) => void): () => void;
  /** Bytes that it has not taken yet; a cable that can make the till wait does so until there are none. */
  lineByteCount?(): number;
  onChange(listener: () => void): () => void;
}

export interface Wire {
  readonly kind: 'tcp' | 'pty' | 'fifo' | 'file';
  /** What a till is given: a host and a port, or a path. */
  readonly address: string;
  readonly isPlugged: boolean;
  readonly recorder: Recorder;
  plug(): Promise<void>;
  unplug(): Promise<void>;
  /** Nothing of it is left: no socket, no file, no process. */
  close(): Promise<void>;
}

const LOOK_AGAIN_MS = 10;

/** Hands bytes to the device; while it has not taken them all, `pause` holds the till back. */
export function createFlow(device: WiredDevice, hold: Readonly<{ pause: () => void; resume: () => void }>) {
  let timer: ReturnType<typeof setInterval> | undefined;

  function look(): void {
    if ((device.lineByteCount?.() ?? 0) > 0) return;
    stop();
    hold.resume();
  }
  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }
  return {
    deliver(bytes: Uint8Array): void {
      device.write(bytes);
      if (timer !== undefined || (device.lineByteCount?.() ?? 0) === 0) return;
      hold.pause();
      timer = setInterval(look, LOOK_AGAIN_MS);
      timer.unref();
    },
    stop,
  };
}
