/** Makes a failing shop small: fewer cash-outs, and none of the troubles that the failure does not need. */
import { simulate, TROUBLES } from './simulate.ts';
import type { Outcome, Plan } from './simulate.ts';

const SMALL = 30;

export type Shrunk = Readonly<{ plan: Plan; outcome: Outcome; history: readonly string[] }>;

export async function shrink(plan: Plan, outcome: Outcome): Promise<Shrunk> {
  let best = { plan, outcome };
  // Only what has been seen to fail: a shop with fewer cash-outs ends its day earlier, perhaps before the failure.
  const tryPlan = async (candidate: Plan): Promise<boolean> => {
    const tried = await simulate(candidate);
    if (tried.breaches.length === 0) return false;
    best = { plan: candidate, outcome: tried };
    return true;
  };
  for (const trouble of TROUBLES) {
    // In the whole shop: without a trouble chance falls otherwise, and the failure may come later.
    await tryPlan({ ...best.plan, cashOuts: plan.cashOuts, without: [...(best.plan.without ?? []), trouble] });
  }
  // Whoever would have come after the failure; the next one keeps the shop open until then.
  await tryPlan({ ...best.plan, cashOuts: Math.min(best.plan.cashOuts, best.outcome.cashOuts + 1) });
  for (let step = best.plan.cashOuts >> 1; step >= 1;) {
    const cashOuts = best.plan.cashOuts - step;
    if (cashOuts < 1 || !(await tryPlan({ ...best.plan, cashOuts }))) step >>= 1;
  }
  // A smaller shop is another day, not a part of this one: the smallest that fails may lie below some that do not.
  const upTo = Math.min(best.plan.cashOuts - 1, SMALL);
  for (let cashOuts = 1; cashOuts <= upTo && !(await tryPlan({ ...best.plan, cashOuts }));) cashOuts += 1;
  return { ...best, history: await historyOf(best.plan, best.outcome) };
}

/** One line that makes the same shop again. */
export function replayLine({ seed, cashOuts, networks, storm, without = [] }: Plan): string {
  const parts = [`npm run simulate -- --seed ${seed} --cash-outs ${cashOuts} --shop-size ${cashOuts}`];
  if (networks) parts.push(`--networks ${networks.join(',')}`);
  if (storm) parts.push(`--storm ${storm}`);
  if (without.length > 0) parts.push(`--without ${without.join(',')}`);
  return parts.join(' ');
}

const ID = /[0-9A-Z]{26}/;

/** What the journal says of the cash-out that the first breach names. */
async function historyOf(plan: Plan, outcome: Outcome): Promise<readonly string[]> {
  const id = ID.exec(outcome.breaches[0] ?? '')?.[0];
  if (id === undefined) return [];
  const lines: string[] = [];
  await simulate({
    ...plan,
    inspect({ store }) {
      for (const { seq, atMs, event } of store.entriesAbout(id)) {
        const step = 'step' in event && 'type' in event.step ? event.step : undefined;
        const word = step && 'outcome' in step ? step.outcome : '';
        lines.push(
          `${String(seq).padStart(6)} ${new Date(atMs).toISOString().slice(11, 23)} ${event.type} ${step?.type ?? ''} ${word}`.trimEnd(),
        );
      }
    },
  });
  return lines;
}
