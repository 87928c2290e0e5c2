/**
 * The till's own program, as a process that dies: each command is started on the real data directory, and most of them are killed with
 * SIGKILL at an instant that a seed draws from the life that such a command usually has.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import type { SeededRandom } from '../../../src-main/simulators/seeded-random.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** Built before by whoever uses this (test/support/build-programs.ts). */
const PROGRAM = path.join(ROOT, 'dist/cli/cli.js');
const GIVEN_UP_MS = 120_000;

/** Of the usual life of such a command: from before it has opened anything to after its end. */
const KILLED_BETWEEN = { earliest: 0.25, latest: 1.1 } as const;
const FIRST_GUESS_MS = 600;

export type Ended = Readonly<{ exit: number | null; wasKilled: boolean; out: string; err: string; tookMs: number }>;

export class MortalProgram {
  kills = 0;
  commands = 0;
  readonly killsByCommand = new Map<string, number>();
  readonly #data: string;
  readonly #chance: SeededRandom;
  readonly #killRate: number;
  readonly #usualMs = new Map<string, number>();

  constructor(data: string, chance: SeededRandom, killRate: number) {
    this.#data = data;
    this.#chance = chance;
    this.#killRate = killRate;
  }

  /** Runs one command; the power may go before it ends. */
  async daring(words: readonly string[], input = ''): Promise<Ended> {
    const name = words.slice(0, 2).join(' ');
    if (!this.#chance.chance(this.#killRate)) return this.safely(words, input);
    const usualMs = this.#usualMs.get(name) ?? FIRST_GUESS_MS;
    const { earliest, latest } = KILLED_BETWEEN;
    const ended = await this.#run(words, input, usualMs * (earliest + this.#chance.next() * (latest - earliest)));
    if (ended.wasKilled) {
      this.kills += 1;
      this.killsByCommand.set(name, (this.killsByCommand.get(name) ?? 0) + 1);
    }
    return ended;
  }

  /** Runs one command to its end. */
  async safely(words: readonly string[], input = ''): Promise<Ended> {
    const name = words.slice(0, 2).join(' ');
    const ended = await this.#run(words, input, undefined);
    const usualMs = this.#usualMs.get(name);
    this.#usualMs.set(name, usualMs === undefined ? ended.tookMs : usualMs * 0.7 + ended.tookMs * 0.3);
    return ended;
  }

  #run(words: readonly string[], input: string, killAfterMs: number | undefined): Promise<Ended> {
    this.commands += 1;
    const startedMs = performance.now();
    const child = spawn(process.execPath, [PROGRAM, ...words, '--json'], {
      env: { ...process.env, VENTANILLA_DATA: this.#data },
    });
    child.stdin.on('error', () => undefined); // A command may die without having read.
    child.stdin.end(input);
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs ?? GIVEN_UP_MS);
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exit, signal) => {
        clearTimeout(timer);
        resolve({ exit, wasKilled: signal === 'SIGKILL', out, err, tookMs: performance.now() - startedMs });
      });
    });
  }
}
