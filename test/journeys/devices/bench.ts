/** The command line in this very process, with a person at its keyboard, and golden files of what went down a line. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { openTerminalWith } from '../../../src-main/compose/terminal.ts';
import { createMachineShell } from '../../../src-main/compose/shell.ts';
import { runProgram } from '../../../src-main/hosts/terminal/program.ts';
import { linesInProcess } from '../../support/device-shop.ts';

const FIXTURES = path.join(import.meta.dirname, '../../fixtures/devices');

export type Said = Readonly<{ exit: number; out: string; err: string }>;

/** Answers a question by its words; undefined: nobody sits at the keyboard. */
export type Person = (question: string) => string | undefined;
export const NOBODY: Person = () => undefined;

export type Desk = Readonly<{
  folder: string;
  run(words: readonly string[], person?: Person): Promise<Said>;
  /** The value that the command printed as JSON. */
  json(...words: readonly string[]): Promise<unknown>;
  close(): void;
}>;

/** `isWhole`: with the device process as a process; else its lines are in this one, which is quicker. */
export function openDesk(isWhole = false): Desk {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-desk-'));
  async function run(words: readonly string[], person: Person = NOBODY): Promise<Said> {
    let [out, err] = ['', ''];
    const exit = await runProgram(['--data', path.join(folder, 'data'), ...words], {
      ...createMachineShell(),
      ...(!isWhole && { open: (place) => openTerminalWith({ startDeviceProcess: linesInProcess }, place) }),
      ask: (question) => Promise.resolve(person(question)),
      out: (text) => void (out += text),
      errorOut: (text) => void (err += text),
    });
    return { exit, out, err };
  }
  return {
    folder,
    run,
    async json(...words) {
      const { exit, out, err } = await run(['--json', ...words]);
      if (exit !== 0) throw new Error(`exit ${exit}: ${out}${err}`);
      return JSON.parse(out) as unknown;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const PROCESS_ID = '1d284806003030';
const STATUS = ['100401', '100402', '100403', '100404'];

/** What differs from run to run: the four letters of a process ID, and how often a printer is asked how it stands while it works. */
export function comparable(bytes: Uint8Array): Buffer {
  const hex = Buffer.from(bytes).toString('hex');
  const pairs = hex.match(/../g) ?? [];
  const kept: string[] = [];
  for (let at = 0; at < pairs.length; at += 1) {
    if (STATUS.includes(pairs.slice(at, at + 3).join(''))) {
      at += 2;
      continue;
    }
    kept.push(pairs[at] ?? '');
    if (kept.slice(-7).join('') !== PROCESS_ID) continue;
    kept.push('30', '30', '30', '30');
    at += 4;
  }
  return Buffer.from(kept.join(''), 'hex');
}

/** WRITE_GOLDEN=1 makes the files anew; they are looked at as pictures before they are kept. */
export function expectGolden(name: string, bytes: Uint8Array): void {
  const file = path.join(FIXTURES, `${name}.bin`);
  const plain = comparable(bytes);
  if (process.env['WRITE_GOLDEN'] === '1') writeFileSync(file, plain);
  const kept = readFileSync(file);
  const at = plain.findIndex((byte, index) => byte !== kept[index]);
  expect({ name, bytes: plain.length, firstOtherByteAt: at }).toEqual({
    name,
    bytes: kept.length,
    firstOtherByteAt: -1,
  });
}
