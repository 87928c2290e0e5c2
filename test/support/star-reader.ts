/**
 * Reads the bytes of a Star job as a printer would, as far as slips go: lines with their style, QR payloads, pictures, cut and pulse.
 * It shares nothing with the encoder; a byte that is no command of the two Star languages and no printable character throws.
 *
 * Source  Star Line Mode and StarPRNT command specifications, by command name.
 */
import { decodeByte } from '../../src-main/simulators/devices/virtual-printer/code-pages.ts';

/** Star's numbers of the pages (ESC GS t), as those that the virtual printer knows them by. */
const PAGES: Readonly<Record<number, number>> = { 1: 0, 4: 19, 6: 3, 32: 16 };

export type StarLine = Readonly<{
  text: string;
  align: number;
  width: number;
  height: number;
  bold: boolean;
  inverse: boolean;
}>;
export type StarJob = {
  lines: StarLine[];
  qrPayloads: string[];
  pictures: { widthDots: number; columns: Uint8Array }[];
  cuts: number[];
  pulses: number[][];
};

/** Bytes of arguments behind `ESC x`. */
const ESC_LENGTHS: Readonly<Record<string, number>> = {
  '@': 0,
  R: 1,
  z: 1,
  '0': 0,
  E: 0,
  F: 0,
  '4': 0,
  '5': 0,
  i: 2,
  I: 1,
  d: 1,
};

export function readStarJob(bytes: Uint8Array): StarJob {
  const job: StarJob = { lines: [], qrPayloads: [], pictures: [], cuts: [], pulses: [] };
  let style = { align: 0, width: 1, height: 1, bold: false, inverse: false };
  /** The style of a line is that of its first character: the builder takes it back before the line’s end. */
  let printed = style;
  let [page, text, payload, at] = [-1, '', '', 0];
  const take = (count: number): Uint8Array => {
    if (at + count > bytes.length) throw new Error('the job ends within a command');
    at += count;
    return bytes.subarray(at - count, at);
  };
  const next = (): number => take(1)[0] ?? 0;

  function escape(): void {
    const name = String.fromCharCode(next());
    if (name === '\u001d') return escapeGroup();
    if (name === '\u0007') return void job.pulses.push([...take(2), next()]);
    if (name === 'X') {
      const [low = 0, high = 0] = take(2);
      return void job.pictures.push({ widthDots: low + high * 256, columns: take(3 * (low + high * 256)) });
    }
    const length = ESC_LENGTHS[name];
    if (length === undefined) throw new Error(`unknown ESC ${name}`);
    const [first = 0, second = 0] = take(length);
    if (name === 'E' || name === 'F') style = { ...style, bold: name === 'E' };
    if (name === '4' || name === '5') style = { ...style, inverse: name === '4' };
    if (name === 'i') style = { ...style, height: first + 1, width: second + 1 };
    if (name === 'd') job.cuts.push(first);
  }

  function escapeGroup(): void {
    const name = String.fromCharCode(next());
    if (name === 'a') style = { ...style, align: next() };
    else if (name === 't') page = PAGES[next()] ?? -1;
    else if (name === 'P') next();
    else if (name === 'y') readQr();
    else throw new Error(`unknown ESC GS ${name}`);
  }

  function readQr(): void {
    const part = String.fromCharCode(next());
    if (part === 'S') return void take(2);
    if (part === 'P') return void job.qrPayloads.push(payload);
    if (part !== 'D' || next() !== 0x31) throw new Error('a QR command that is none');
    const [, low = 0, high = 0] = take(3);
    payload = Buffer.from(take(low + high * 256)).toString('utf8');
  }

  while (at < bytes.length) {
    const byte = next();
    if (byte === 0x1b) escape();
    else if (byte === 0x0a) {
      job.lines.push({ ...printed, text });
      text = '';
    } else if (byte >= 0x20) {
      if (text === '') printed = style;
      text += decodeByte(byte, page);
    } else if (byte !== 0x18 && byte !== 0x0d) throw new Error(`byte ${byte.toString(16)} in the job`);
  }
  if (text !== '') throw new Error('text without a line’s end');
  return job;
}
