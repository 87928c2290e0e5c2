/**
 * A serial port whose cable is pulled while it looks for bytes. The package's own loop takes an empty read for "not yet" and reads again at
 * once: it turns for ever at full speed, and nobody hears of the unplug. Here an empty read is what it is: the terminal has hung up.
 *
 * Source  unix-read.js of bindings-cpp 13.0.0; tty_io.c of Linux (`hung_up_tty_read` answers 0); termios(3): with VMIN 1, as the package
 *         opens ports, a read without data blocks or says EAGAIN, and never answers 0.
 */
import { read } from 'node:fs';
import { promisify } from 'node:util';
import { systemCode, systemTrouble } from './system-errors.ts';

const readFile = promisify(read);
const NOT_YET = ['EAGAIN', 'EWOULDBLOCK', 'EINTR'];

/** The part of the package's ports on Linux and macOS that is used; on Windows there is neither a descriptor nor a poller. */
export interface PolledPort {
  readonly isOpen: boolean;
  readonly fd: number | null;
  readonly poller: { once(event: 'readable', listener: (error?: Error | null) => void): unknown };
  read(buffer: Buffer, offset: number, length: number): Promise<{ bytesRead: number; buffer: Buffer }>;
}

/** Teaches an open port to notice; one without a descriptor is left as it is. */
export function noticingHangUp(port: object): void {
  if (!isPolled(port)) return;
  port.read = async (buffer, offset, length) => {
    for (;;) {
      const bytesRead = await readOnce(port, buffer, offset, length);
      if (bytesRead !== 'not yet') return { bytesRead, buffer };
      await readable(port);
    }
  };
}

function isPolled(port: object): port is PolledPort {
  return 'fd' in port && 'poller' in port && 'read' in port;
}

async function readOnce(port: PolledPort, buffer: Buffer, offset: number, length: number): Promise<number | 'not yet'> {
  if (!port.isOpen || port.fd === null) throw canceled();
  try {
    const { bytesRead } = await readFile(port.fd, buffer, offset, length, null);
    if (bytesRead > 0) return bytesRead;
  } catch (error) {
    if (!NOT_YET.includes(systemCode(error) ?? '')) throw isUnplugged(error) ? disconnected(error) : error;
    if (!port.isOpen) throw canceled();
    return 'not yet';
  }
  throw disconnected(new Error('no such device: the line has hung up'));
}

function isUnplugged(error: unknown): boolean {
  return systemTrouble(error, '').code === 'unplugged';
}

function readable({ poller }: PolledPort): Promise<void> {
  return new Promise((resolve, reject) => {
    poller.once('readable', (error) => (error ? reject(error) : resolve()));
  });
}

/** The marks by which the package's stream tells a port that was closed from one that was lost. */
function canceled(): Error {
  return Object.assign(new Error('Port is not open'), { canceled: true });
}

function disconnected(error: unknown): unknown {
  return error instanceof Error ? Object.assign(error, { disconnect: true }) : error;
}
