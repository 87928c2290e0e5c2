/** The shell of this machine, for the command line. The till's engine is loaded only for a command that needs it: help is instant. */
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Result } from '../core/domain/result.ts';
import { err, ok } from '../core/domain/result.ts';
import type { Shell } from '../hosts/terminal/terminal-till.ts';

/** Settings and count files are pages; anything larger was named by mistake. */
const FILE_BYTES_MAX = 1_048_576;

export function createMachineShell(): Shell {
  return {
    version: ownVersion(),
    async open(options) {
      const { openTerminal } = await import('./terminal.ts');
      return openTerminal(options);
    },
    async openStorage(options) {
      const { openStorageDesk } = await import('./storage-desk.ts');
      return openStorageDesk(options);
    },
    readFile: readSmallFile,
    async readJson(file) {
      const bytes = file === '-' ? small(await allOfInput(), 'standard input') : readSmallFile(file);
      if (!bytes.ok) return bytes;
      const { readPlacedJson } = await import('../adapters/system/settings-text.ts');
      const json = readPlacedJson(bytes.value);
      if (json.ok) return ok(json.value.value);
      const name = file === '-' ? 'standard input' : file;
      return err(json.error.map(({ line, column, message }) => `${name}:${line}:${column} ${message}`).join('; '));
    },
    readLines: (file) => {
      try {
        return ok(readFileSync(file, 'utf8').split('\n'));
      } catch (error) {
        return err(`cannot read ${file}: ${wordsOf(error)}`);
      }
    },
    writeNewFile,
    ask: (question) => (process.stdin.isTTY ? typedLine(question) : Promise.resolve(undefined)),
    readSecret: async (prompt) => (process.stdin.isTTY ? typedUnseen(prompt) : (await allOfInput()).toString('utf8')),
    out: (text) => void process.stdout.write(text),
    errorOut: (text) => void process.stderr.write(text),
  };
}

function ownVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8'));
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest ? String(manifest.version) : '0.0.0';
}

function readSmallFile(file: string): Result<Uint8Array, string> {
  try {
    return small(readFileSync(file), file);
  } catch (error) {
    return err(`cannot read ${file}: ${wordsOf(error)}`);
  }
}

function small(bytes: Uint8Array, name: string): Result<Uint8Array, string> {
  return bytes.length > FILE_BYTES_MAX ? err(`${name} is larger than 1 MiB: is it the right file?`) : ok(bytes);
}

/** On disk when it returns. Never over a file that exists: a slip of the finger must not cost a database. */
function writeNewFile(file: string, lines: Iterable<string>): Result<undefined, string> {
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    try {
      for (const line of lines) writeSync(descriptor, `${line}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    return ok(undefined);
  } catch (error) {
    return err(`cannot write ${file}: ${wordsOf(error)}`);
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EEXIST: 'it exists already; choose another name',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
};

function wordsOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return WORDS[code] ?? (error instanceof Error ? error.message : String(error));
}

async function allOfInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** At a keyboard: one line, and nothing of it on the screen. */
async function typedUnseen(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const { promise, resolve } = Promise.withResolvers<string>();
  lines.once('line', resolve);
  lines.once('close', () => resolve(''));
  try {
    return await promise;
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

/** One line; undefined when the keyboard is closed (Ctrl-D) or the person gives up (Ctrl-C). */
async function typedLine(question: string): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  lines.once('line', resolve);
  lines.once('close', () => resolve(undefined));
  lines.setPrompt(question);
  lines.prompt();
  try {
    return await promise;
  } finally {
    lines.close();
  }
}
