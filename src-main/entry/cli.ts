#!/usr/bin/env node
/** The command line `ventanilla`. */
import { MACHINE_SHELL } from '../compose/terminal.ts';
import { runProgram } from '../hosts/terminal/program.ts';

// A reader that has seen enough (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runProgram(process.argv.slice(2), MACHINE_SHELL);
