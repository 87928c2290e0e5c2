#!/usr/bin/env node
/** The command line `ventanilla`. */
import { MACHINE_SHELL } from '../compose/terminal.ts';
import { runProgram } from '../hosts/terminal/program.ts';

process.exitCode = await runProgram(process.argv.slice(2), MACHINE_SHELL);
