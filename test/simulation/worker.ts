/** Simulates one shop after the other for the main program, and makes what fails small. */
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';
import type { Plan } from './simulate.ts';

process.on('message', (plan: Plan) => {
  void run(plan);
});

async function run(plan: Plan): Promise<void> {
  const outcome = await simulate(plan);
  const shrunk = outcome.breaches.length === 0 ? undefined : await shrink(plan, outcome);
  process.send?.({ outcome, shrunk });
}
