/**
 * Starts virtual devices alone, for a till on this machine and a technician at the control page.
 *
 *   npm run devices
 *   npm run devices -- --printer tcp:9100 --kind epson-tm-t88
 *   npm run devices -- --printer pty:/tmp/printer --display pty:/tmp/display,cd5220 --scanner pty:/tmp/scanner
 *
 * Lines typed at it do what a hand does: `paper out`, `cover open`, `unplug`, `scan V7K2`; `help` lists them.
 * Exit code 0 when stopped by a signal, 1 when a line or the port cannot be had, 2 for a wrong option.
 */
import { actsOf } from './counter/acts.ts';
import { stateOf } from './counter/counter-state.ts';
import { setUpCounter } from './counter/counter.ts';
import type { Counter } from './counter/counter.ts';
import { createPictures } from './counter/pictures.ts';
import { USAGE, readPlan } from './counter/plan.ts';
import type { CounterPlan } from './counter/plan.ts';
import { createCounterServer } from './counter/server.ts';
import { listenToWords } from './counter/typed-words.ts';

async function run(plan: CounterPlan): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  const counter = await setUpCounter(plan);
  const pictures = createPictures(counter);
  try {
    const acts = actsOf(counter);
    const server = await createCounterServer({ counter, acts, pictures }, plan);
    process.stdout.write(`${greeting(counter, server.baseUrl, server.controlUrl).join('\n')}\n`);
    const words = listenToWords(process.stdin, process.stdout, acts, () =>
      JSON.stringify(stateOf(counter, 0), null, 2),
    );
    await stopped;
    words.close();
    // Whatever it is (a terminal, a pipe, a file), it must not keep the program.
    process.stdin.destroy();
    await server.close();
  } finally {
    pictures.close();
    await counter.close();
  }
}

function greeting({ printer, display, scanner }: Counter, page: string, control: string): readonly string[] {
  return [
    'Virtual devices',
    ...(printer ? [`  printer   ${printer.wire.kind} ${printer.wire.address}   ${printer.model}, with a drawer`] : []),
    ...(display ? [`  display   ${display.wire.kind} ${display.wire.address}   ${display.dialect}`] : []),
    ...(scanner ? [`  scanner   ${scanner.wire.kind} ${scanner.wire.address}`] : []),
    `  page      ${page}/   the counter to look at and to touch`,
    `  control   ${control}   lists what can be done to it (?format=text for reading)`,
    '  or type here: help lists the words',
  ];
}

const plan = readPlan(process.argv.slice(2));
if (plan === 'help') {
  process.stdout.write(USAGE);
} else if ('problem' in plan) {
  process.stderr.write(`${plan.problem}\n\n${USAGE}`);
  process.exitCode = 2;
} else {
  try {
    await run(plan);
  } catch (error) {
    process.stderr.write(`cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
