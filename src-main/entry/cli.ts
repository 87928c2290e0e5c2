#!/usr/bin/env node
/** The command line `ventanilla`. Compiled code is kept in the user's cache folder: every command is a new process and starts twice as fast. */
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';

// npm runs scripts from the project's folder; the person typed file names from theirs.
if (process.env['npm_lifecycle_event'] === 'till') process.chdir(process.env['INIT_CWD'] ?? '.');
const caches = process.env['XDG_CACHE_HOME'] ?? process.env['LOCALAPPDATA'] ?? path.join(homedir(), '.cache');
enableCompileCache(path.join(caches, 'ventanilla'));
const { createMachineShell } = await import('../compose/shell.ts');
const { runProgram } = await import('../hosts/terminal/program.ts');

// A reader that has seen enough (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runProgram(process.argv.slice(2), createMachineShell());
