/**
 * Tells apart what an ESC/POS printer sends back, byte by byte, however the line cuts it.
 *
 * Real-time answers and flow control may come at any place, between the bytes of another answer too. What does not fit its place (a byte was
 * lost on the line) ends the answer that it broke, and is looked at as the beginning of the next.
 *
 * Source  Epson ESC/POS reference, status identification: 11h/13h are flow control; 37h and 5Fh start a block that ends with 00h; 3Bh tells
 *         that it was switched on; 0xx1xx10 answers DLE EOT; 0xx1xx00 starts automatic status (three more bytes 0xx0xxxx); 0xx0xxxx answers
 *         GS r. GS ( H function 48 answers 37h 22h d1 d2 d3 d4 00h with d from 20h to 7Eh.
 */
import { unreachable } from '../../../core/domain/result.ts';

export type PrinterAnswer =
  /** DLE EOT. */
  | Readonly<{ kind: 'real-time'; byte: number }>
  /** GS r. */
  | Readonly<{ kind: 'processed'; byte: number }>
  /** GS ( H: everything before this token is on paper. */
  | Readonly<{ kind: 'printed'; token: string }>
  /** GS I: what it says of itself. */
  | Readonly<{ kind: 'named'; text: string }>
  /** GS a: how it stands, at each change. */
  | Readonly<{ kind: 'automatic'; bytes: AutomaticStatus }>
  | Readonly<{ kind: 'power-on' }>
  | Readonly<{ kind: 'flow'; go: boolean }>;

export type AutomaticStatus = readonly [number, number, number, number];

type Reading =
  | Readonly<{ in: 'between' }>
  | Readonly<{ in: 'process-id'; bytes: readonly number[] }>
  | Readonly<{ in: 'name'; bytes: readonly number[] }>
  | Readonly<{ in: 'automatic'; bytes: readonly number[] }>;

type Hear = (answer: PrinterAnswer) => void;

const PROCESS_ID = 0x22;
const TOKEN_LENGTH = 4;
const NAME_LENGTH_MAX = 80;
const BETWEEN: Reading = { in: 'between' };

export function createAnswerReader(onAnswer: Hear): (bytes: Uint8Array) => void {
  let reading: Reading = BETWEEN;
  return (bytes) => {
    for (const byte of bytes) reading = step(reading, byte, onAnswer);
  };
}

function step(reading: Reading, byte: number, hear: Hear): Reading {
  if (isFlow(byte)) {
    hear({ kind: 'flow', go: byte === 0x11 });
    return reading;
  }
  switch (reading.in) {
    case 'between':
      return begin(byte, hear);
    case 'automatic':
      return inAutomatic(reading.bytes, byte, hear);
    case 'process-id':
      return inProcessId(reading.bytes, byte, hear);
    case 'name':
      return inName(reading.bytes, byte, hear);
    default:
      return unreachable(reading);
  }
}

function begin(byte: number, hear: Hear): Reading {
  if (byte === 0x37) return { in: 'process-id', bytes: [] };
  if (byte === 0x5f) return { in: 'name', bytes: [] };
  if (byte === 0x3b) hear({ kind: 'power-on' });
  else if (isRealTime(byte)) hear({ kind: 'real-time', byte });
  else if ((byte & 0x93) === 0x10) return { in: 'automatic', bytes: [byte] };
  else if ((byte & 0x90) === 0) hear({ kind: 'processed', byte });
  return BETWEEN;
}

function inAutomatic(bytes: readonly number[], byte: number, hear: Hear): Reading {
  if (isRealTime(byte)) {
    hear({ kind: 'real-time', byte });
    return { in: 'automatic', bytes };
  }
  if ((byte & 0x90) !== 0) return begin(byte, hear);
  const [first = 0, second, third] = bytes;
  if (second === undefined || third === undefined) return { in: 'automatic', bytes: [...bytes, byte] };
  hear({ kind: 'automatic', bytes: [first, second, third, byte] });
  return BETWEEN;
}

/** A printable byte belongs to the token, whatever else it could mean. */
function inProcessId(bytes: readonly number[], byte: number, hear: Hear): Reading {
  const [identifier, ...token] = bytes;
  if (identifier === undefined && byte === PROCESS_ID) return { in: 'process-id', bytes: [byte] };
  if (identifier !== undefined && isPrintable(byte) && token.length < TOKEN_LENGTH)
    return { in: 'process-id', bytes: [...bytes, byte] };
  if (byte === 0 && token.length === TOKEN_LENGTH) {
    hear({ kind: 'printed', token: String.fromCharCode(...token) });
    return BETWEEN;
  }
  if (!isRealTime(byte)) return begin(byte, hear);
  hear({ kind: 'real-time', byte });
  return { in: 'process-id', bytes };
}

function inName(bytes: readonly number[], byte: number, hear: Hear): Reading {
  if (byte === 0) {
    hear({ kind: 'named', text: String.fromCharCode(...bytes) });
    return BETWEEN;
  }
  if (isPrintable(byte) && bytes.length < NAME_LENGTH_MAX) return { in: 'name', bytes: [...bytes, byte] };
  if (!isRealTime(byte)) return begin(byte, hear);
  hear({ kind: 'real-time', byte });
  return { in: 'name', bytes };
}

function isFlow(byte: number): boolean {
  return byte === 0x11 || byte === 0x13;
}

function isRealTime(byte: number): boolean {
  return (byte & 0x93) === 0x12;
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte <= 0x7e;
}
