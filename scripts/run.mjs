/**
 * What every npm script starts with: sets the machine up for a purpose, then hands over to one of the project's programs, run by the
 * project's own Node.
 *
 * Use    node scripts/run.mjs <tools|lines|window|test> <program.ts> [arguments]
 * Output Nothing of its own on stdout. The exit code is the program's; 1 when the machine could not be set up, 2 for a wrong use.
 */
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { PURPOSES, ROOT, say, setUp, SetupError } from './setup.mjs';

const ORPHAN_CHECK_MS = 500;

const [purpose, program, ...args] = process.argv.slice(2);
if (!isPurpose(purpose) || program === undefined) {
  say('use: node scripts/run.mjs <tools|lines|window|test> <program.ts> [arguments]');
  process.exit(2);
}

try {
  const node = await setUp(purpose);
  process.exitCode = await handOver(node, program);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}

/** @param {string | undefined} word @returns {word is import('./setup.mjs').Purpose} */
function isPurpose(word) {
  return PURPOSES.some((known) => known === word);
}

/** @param {string} node @param {string} file @returns {Promise<number>} the program's exit code */
function handOver(node, file) {
  const bin = path.join(ROOT, 'node_modules', '.bin');
  const environment = {
    ...process.env,
    PATH: [path.dirname(node), bin, process.env['PATH']].join(path.delimiter),
    // What was compiled once is not compiled again, here and in every program that is started from here.
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? path.join(ROOT, 'node_modules', '.cache', 'node'),
  };
  const child = spawn(node, [path.join(ROOT, file), ...args], { stdio: 'inherit', env: environment });
  // A terminal tells the whole group of an interrupt by itself; anybody else tells only us. The program ends first, and we after it.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  // npm runs us through a shell, which dies of a signal without passing it on: being an orphan is then the only word we get.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, ORPHAN_CHECK_MS);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => clearInterval(watch));
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : os.constants.signals[signal])));
  });
}
