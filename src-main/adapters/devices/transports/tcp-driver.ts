/**
 * Printers on the network: raw bytes to port 9100.
 *
 * Measured: a socket that is destroyed after the last write loses what the printer has not read yet, because the next status byte is
 * answered with a reset. So the socket always reads, is kept open after a job, and is ended and left to the other side to close. After a
 * job that failed it is reset, which throws away what the machine still holds.
 */
import net from 'node:net';
import type { LineAddress } from '../../../core/domain/devices/device.ts';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import { addressId } from './line-names.ts';
import type { FarEnd, LineDriver, LineTrouble, OpenLine, Sent } from './line-driver.ts';
import { systemTrouble } from './system-errors.ts';

export type TcpAddress = Extract<LineAddress, { kind: 'tcp' }>;

export type TcpTimes = Readonly<{
  connectMs: number;
  /** Printers take one client at a time, so that a till which keeps the line shuts others out. */
  lingerMs: number;
  /** In which a printer that resets the connection after the last byte does so. */
  settleMs: number;
}>;

const TIMES: TcpTimes = { connectMs: 2_000, lingerMs: 8_000, settleMs: 50 };
const PIECE_BYTES = 16_384;
const KEEP_ALIVE_MS = 5_000;
/** A close waits this long for the other side; the socket itself waits longer, on its own. */
const CLOSE_WAIT_MS = 500;
const LAST_CLOSE_MS = 30_000;

export function createTcpDriver(
  address: TcpAddress,
  { stayConnected = false, times = {} }: Readonly<{ stayConnected?: boolean; times?: Partial<TcpTimes> }> = {},
): LineDriver {
  const { connectMs, lingerMs, settleMs } = { ...TIMES, ...times };
  return {
    ...addressId(address),
    canRead: () => true,
    pieceBytes: PIECE_BYTES,
    settleMs,
    ...(!stayConnected && { lingerMs }),
    open: (far) => connect(address, connectMs, far),
  };
}

function connect({ host, port }: TcpAddress, connectMs: number, far: FarEnd): Promise<Result<OpenLine, LineTrouble>> {
  const where = `${host}:${port}`;
  const { promise, resolve } = Promise.withResolvers<Result<OpenLine, LineTrouble>>();
  const socket = net.connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
  const timer = setTimeout(() => {
    resolve(err({ code: 'offline', detail: `${where} did not answer in ${connectMs} ms` }));
    socket.destroy();
  }, connectMs);
  let trouble: LineTrouble | undefined;
  socket.on('data', (bytes) => far.heard(bytes));
  socket.on('error', (error) => {
    trouble = systemTrouble(error, where);
    resolve(err(trouble));
  });
  socket.on('end', () => far.lost());
  socket.on('close', () => {
    clearTimeout(timer);
    far.lost(trouble);
  });
  socket.once('connect', () => {
    clearTimeout(timer);
    resolve(ok(openLine(socket, where)));
  });
  return promise;
}

function openLine(socket: net.Socket, where: string): OpenLine {
  return {
    send(piece) {
      const { promise, resolve } = Promise.withResolvers<Sent>();
      socket.write(piece, (error) =>
        resolve(error ? { took: 'unknown', trouble: systemTrouble(error, where) } : { took: piece.length }),
      );
      return promise;
    },
    async close() {
      if (socket.destroyed) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      socket.once('close', () => resolve());
      setTimeout(resolve, CLOSE_WAIT_MS).unref();
      // The rest of a slip may still be on its way to a printer that waits for paper.
      setTimeout(() => socket.destroy(), LAST_CLOSE_MS).unref();
      socket.end();
      socket.unref();
      await promise;
    },
    abandon() {
      if (!socket.destroyed) socket.resetAndDestroy();
      return Promise.resolve();
    },
  };
}
