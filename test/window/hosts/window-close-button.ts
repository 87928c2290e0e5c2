/**
 * What a window manager does when a person presses a window's close button: WM_DELETE_WINDOW to every window that takes it.
 *
 * Source  X Window System Protocol, version 11, "Connection Setup" and "Requests"; ICCCM 4.2.8.1.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** `display` as in the environment variable, e.g. `:1`; on this machine, without access control. */
export async function pressCloseButtons(display: string): Promise<number> {
  const socket = connect(`/tmp/.X11-unix/X${display.slice(1)}`);
  await once(socket, 'connect');
  const reader = createReader(socket);
  try {
    const root = await greet(socket, reader);
    const protocols = await internAtom(socket, reader, 'WM_PROTOCOLS');
    const deleteWindow = await internAtom(socket, reader, 'WM_DELETE_WINDOW');
    let count = 0;
    for (const window of await childrenOf(socket, reader, root)) {
      if (!(await atomsOf(socket, reader, window, protocols)).includes(deleteWindow)) continue;
      sendClientMessage(socket, window, protocols, deleteWindow);
      count += 1;
    }
    // An answer to anything proves that what was sent before it has arrived.
    await internAtom(socket, reader, 'WM_PROTOCOLS');
    return count;
  } finally {
    socket.destroy();
  }
}

type Reader = (length: number) => Promise<Buffer>;

function createReader(socket: Socket): Reader {
  let held = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
  });
  return async (length) => {
    while (held.length < length) await once(socket, 'data');
    const part = held.subarray(0, length);
    held = held.subarray(length);
    return part;
  };
}

/** Little-endian, protocol 11.0, no authorisation; the answer is the first screen's root window. */
async function greet(socket: Socket, read: Reader): Promise<number> {
  const hello = Buffer.alloc(12);
  hello.write('l', 0);
  hello.writeUInt16LE(11, 2);
  socket.write(hello);
  const head = await read(8);
  const body = await read(head.readUInt16LE(6) * 4);
  if (head[0] !== 1) throw new Error('the X server refused the connection');
  const vendorLength = body.readUInt16LE(16);
  const formatCount = body.readUInt8(21);
  return body.readUInt32LE(32 + Math.ceil(vendorLength / 4) * 4 + formatCount * 8);
}

/** A reply of 32 bytes, then as many words as it says. Events in between are passed over. */
async function reply(read: Reader): Promise<Buffer> {
  for (;;) {
    const head = await read(32);
    if (head[0] === 0) throw new Error(`the X server answered with error ${head[1]}`);
    if (head[0] === 1) return Buffer.concat([head, await read(head.readUInt32LE(4) * 4)]);
  }
}

async function internAtom(socket: Socket, read: Reader, name: string): Promise<number> {
  const request = Buffer.alloc(8 + Math.ceil(name.length / 4) * 4);
  request.writeUInt8(16, 0);
  request.writeUInt16LE(request.length / 4, 2);
  request.writeUInt16LE(name.length, 4);
  request.write(name, 8, 'latin1');
  socket.write(request);
  return (await reply(read)).readUInt32LE(8);
}

async function childrenOf(socket: Socket, read: Reader, window: number): Promise<readonly number[]> {
  const request = Buffer.alloc(8);
  request.writeUInt8(15, 0);
  request.writeUInt16LE(2, 2);
  request.writeUInt32LE(window, 4);
  socket.write(request);
  const answer = await reply(read);
  return Array.from({ length: answer.readUInt16LE(16) }, (_, index) => answer.readUInt32LE(32 + index * 4));
}

async function atomsOf(socket: Socket, read: Reader, window: number, property: number): Promise<readonly number[]> {
  const request = Buffer.alloc(24);
  request.writeUInt8(20, 0);
  request.writeUInt16LE(6, 2);
  request.writeUInt32LE(window, 4);
  request.writeUInt32LE(property, 8);
  request.writeUInt32LE(32, 20);
  socket.write(request);
  const answer = await reply(read);
  return Array.from({ length: answer.readUInt32LE(16) }, (_, index) => answer.readUInt32LE(32 + index * 4));
}

function sendClientMessage(socket: Socket, window: number, type: number, value: number): void {
  const request = Buffer.alloc(44);
  request.writeUInt8(25, 0);
  request.writeUInt16LE(11, 2);
  request.writeUInt32LE(window, 4);
  const event = request.subarray(12);
  event.writeUInt8(33, 0);
  event.writeUInt8(32, 1);
  event.writeUInt32LE(window, 4);
  event.writeUInt32LE(type, 8);
  event.writeUInt32LE(value, 12);
  socket.write(request);
}
