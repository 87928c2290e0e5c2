/**
 * Tells apart what an ESC/POS printer sends back, byte by byte, however the line cuts it.
 *
 * Source  Epson ESC/POS reference, status identification: 11h/13h are flow control; 37h and 5Fh start a block that ends with 00h;
 *         0xx1xx10 answers DLE EOT; 0xx1xx00 starts automatic status (three more bytes); 0xx0xxxx answers GS r.
 */
import { unreachable } from '../../../core/domain/result.ts';

export type PrinterAnswer =
  | Readonly<{ kind: 'real-time'; byte: number }>
  | Readonly<{ kind: 'processed'; byte: number }>
  /** GS ( H: everything before this token is on paper. */
  | Readonly<{ kind: 'printed'; token: string }>;

type Reading =
  | Readonly<{ in: 'between' }>
  | Readonly<{ in: 'block'; bytes: readonly number[] }>
  | Readonly<{ in: 'automatic'; left: number }>;

const PROCESS_ID = 0x22;
const BLOCK_LENGTH_MAX = 80;

export function createAnswerReader(onAnswer: (answer: PrinterAnswer) => void): (bytes: Uint8Array) => void {
  let reading: Reading = { in: 'between' };
  return (bytes) => {
    for (const byte of bytes) reading = step(reading, byte, onAnswer);
  };
}

function step(reading: Reading, byte: number, onAnswer: (answer: PrinterAnswer) => void): Reading {
  switch (reading.in) {
    case 'between':
      return start(byte, onAnswer);
    case 'automatic':
      return reading.left > 1 ? { in: 'automatic', left: reading.left - 1 } : { in: 'between' };
    case 'block': {
      if (byte !== 0) {
        const bytes = [...reading.bytes, byte];
        return bytes.length > BLOCK_LENGTH_MAX ? { in: 'between' } : { in: 'block', bytes };
      }
      const [header, identifier, ...token] = reading.bytes;
      if (header === 0x37 && identifier === PROCESS_ID)
        onAnswer({ kind: 'printed', token: String.fromCharCode(...token) });
      return { in: 'between' };
    }
    default:
      return unreachable(reading);
  }
}

function start(byte: number, onAnswer: (answer: PrinterAnswer) => void): Reading {
  if (byte === 0x11 || byte === 0x13 || byte === 0x3b) return { in: 'between' };
  if (byte === 0x37 || byte === 0x5f) return { in: 'block', bytes: [byte] };
  if ((byte & 0x93) === 0x12) onAnswer({ kind: 'real-time', byte });
  else if ((byte & 0x93) === 0x10) return { in: 'automatic', left: 3 };
  else if ((byte & 0x90) === 0) onAnswer({ kind: 'processed', byte });
  return { in: 'between' };
}
