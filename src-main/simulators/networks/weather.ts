/**
 * The weather: how often each fault happens by itself. One draw per request decides, so that the same seed and the
 * same requests meet the same faults, whatever order the rates were written in.
 *
 * Units  rates from 0 to 1, and all that can hit one operation together at most 1; times in milliseconds.
 */
import type { SeededRandom } from '../seeded-random.ts';
import type { ChosenFault } from './script.ts';

export type RangeMs = Readonly<{ minimumMs: number; maximumMs: number }>;

export type Weather<Fault extends string> = Readonly<{
  rates: Readonly<Partial<Record<Fault, number>>>;
  /** Every answer takes this long. */
  latency?: RangeMs;
  /** What the fault `delay` adds. */
  delay?: RangeMs;
  /** How long after the answer the faults of the kind "and then it happens" strike. */
  after?: RangeMs;
}>;

export const FINE_WEATHER: Weather<never> = { rates: {} };

const DEFAULT_DELAY: RangeMs = { minimumMs: 2_000, maximumMs: 30_000 };
const DEFAULT_AFTER: RangeMs = { minimumMs: 0, maximumMs: 5_000 };
const SERVER_ERRORS = [500, 502, 503, 504] as const;

/** What is wrong with these rates, in words; undefined when nothing is. */
export function problemOfWeather<Fault extends string, Operation extends string>(
  weather: Weather<Fault>,
  operations: readonly Operation[],
  applies: (fault: Fault, operation: Operation) => boolean,
): string | undefined {
  for (const operation of operations) {
    const total = ratesFor(weather, (fault) => applies(fault, operation)).reduce((sum, { rate }) => sum + rate, 0);
    if (total > 1 + Number.EPSILON * 16) return `the rates that can hit "${operation}" add up to ${total}, over 1`;
  }
  return undefined;
}

export function drawFault<Fault extends string>(
  weather: Weather<Fault>,
  random: SeededRandom,
  applies: (fault: Fault) => boolean,
): ChosenFault<Fault> | undefined {
  let drawn = random.next();
  for (const { fault, rate } of ratesFor(weather, applies)) {
    if (drawn < rate) return withDetails(fault, weather, random);
    drawn -= rate;
  }
  return undefined;
}

export function drawLatencyMs(weather: Weather<string>, random: SeededRandom): number {
  return weather.latency === undefined ? 0 : drawMs(weather.latency, random);
}

function withDetails<Fault extends string>(
  fault: Fault,
  weather: Weather<Fault>,
  random: SeededRandom,
): ChosenFault<Fault> {
  // Drawn whether needed or not: what comes later must not depend on which fault it was.
  const status = SERVER_ERRORS[random.below(SERVER_ERRORS.length)] ?? 500;
  const retryAfterSeconds = random.between(1, 5);
  const delayMs = drawMs(weather.delay ?? DEFAULT_DELAY, random);
  const afterMs = drawMs(weather.after ?? DEFAULT_AFTER, random);
  return { fault, status, retryAfterSeconds, afterMs, ...(fault === 'delay' && { delayMs }) };
}

function drawMs(range: RangeMs, random: SeededRandom): number {
  return random.between(range.minimumMs, range.maximumMs);
}

function ratesFor<Fault extends string>(
  weather: Weather<Fault>,
  applies: (fault: Fault) => boolean,
): { fault: Fault; rate: number }[] {
  return (Object.entries(weather.rates) as [Fault, number][])
    .filter(([fault, rate]) => rate > 0 && applies(fault))
    .map(([fault, rate]) => ({ fault, rate }))
    .sort((left, right) => (left.fault < right.fault ? -1 : 1));
}
