/**
 * A device file, as `/dev/usb/lp0` is one: a FIFO that is made here, or a plain file to which another program appends. One way only: what
 * the device answers finds nobody. Linux and macOS.
 * Errors  rejects where the FIFO cannot be made, or something else is in its place.
 */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { Recorder } from './recorder.ts';
import { createRecorder } from './recorder.ts';
import type { Wire, WiredDevice } from './wire.ts';

export type FileWireOptions = Readonly<{
  kind: 'fifo' | 'file';
  device: WiredDevice;
  path: string;
  recorder?: Recorder;
}>;

const LOOK_MS = 15;
const PIECE_BYTES = 4_096;

type Open = Readonly<{ read: () => Uint8Array | undefined; end: () => void }>;

export async function createFileWire(options: FileWireOptions): Promise<Wire> {
  const { kind, device, path, recorder = createRecorder() } = options;
  let open: Open | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;

  function look(): void {
    // A device without room leaves the bytes where they are: the till finds the file full.
    for (let piece = nextPiece(); piece !== undefined; piece = nextPiece()) {
      recorder.record('till', piece);
      device.write(piece);
    }
  }
  function nextPiece(): Uint8Array | undefined {
    return (device.lineByteCount?.() ?? 0) > 0 ? undefined : open?.read();
  }

  async function plug(): Promise<void> {
    if (open) return;
    open = kind === 'fifo' ? openFifo(path) : openFile(path);
    timer = setInterval(look, LOOK_MS);
  }

  async function unplug(): Promise<void> {
    clearInterval(timer);
    open?.end();
    open = undefined;
  }

  await plug();
  return {
    kind,
    address: path,
    recorder,
    get isPlugged() {
      return open !== undefined;
    },
    plug,
    unplug,
    close: unplug,
  };
}

/** Made new, and gone when the cable is: as a device file appears and disappears. */
function openFifo(path: string): Open {
  execFileSync('mkfifo', [path], { stdio: 'pipe' });
  const handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return {
    read: () => readPiece(handle, null),
    end() {
      closeSync(handle);
      if (existsSync(path) && statSync(path).isFIFO()) rmSync(path);
    },
  };
}

/** From what is in it when the cable is plugged in; the file stays when the device goes. */
function openFile(path: string): Open {
  if (!existsSync(path)) writeFileSync(path, '');
  const handle = openSync(path, 'r');
  let position = fstatSync(handle).size;
  return {
    read() {
      const piece = readPiece(handle, position);
      position += piece?.length ?? 0;
      return piece;
    },
    end: () => closeSync(handle),
  };
}

function readPiece(handle: number, position: number | null): Uint8Array | undefined {
  const piece = new Uint8Array(PIECE_BYTES);
  try {
    const length = readSync(handle, piece, 0, PIECE_BYTES, position);
    return length === 0 ? undefined : piece.subarray(0, length);
  } catch (error) {
    // Nobody has written anything: there is a writer, and it is quiet.
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return undefined;
    throw error;
  }
}
