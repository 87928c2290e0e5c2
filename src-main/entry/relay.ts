#!/usr/bin/env node
/** The relay, for a host with a public address. No part of a till: it knows orders by name, and nothing of money. */
import { runRelayProgram } from '../relay/program.ts';

// npm runs scripts from the project's folder; the person typed file names from theirs.
if (process.env['npm_lifecycle_event'] === 'relay') process.chdir(process.env['INIT_CWD'] ?? '.');
const ended = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
});
process.exitCode = await runRelayProgram(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  errorOut: (text) => void process.stderr.write(text),
  ended,
});
