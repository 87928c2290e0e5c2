/**
 * The weather: how often each fault happens by itself. One draw per request decides, so that the same seed and the
 * same requests meet the same faults, whatever order the rates were written in.
 *
 * Units   rates from 0 to 1, and all that can hit one operation together at most 1; times in milliseconds.
 * Errors  RangeError for rates outside those bounds.
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

/** The weather, made ready for drawing: asked a million times, worked out once. */
export interface WeatherVane<Fault extends string, Operation extends string> {
  readonly weather: Weather<Fault>;
  draw(operation: Operation, random: SeededRandom): ChosenFault<Fault> | undefined;
  drawLatencyMs(random: SeededRandom): number;
}

const DEFAULT_DELAY: RangeMs = { minimumMs: 2_000, maximumMs: 30_000 };
const DEFAULT_AFTER: RangeMs = { minimumMs: 0, maximumMs: 5_000 };
const SERVER_ERRORS = [500, 502, 503, 504] as const;

export function createWeatherVane<Fault extends string, Operation extends string>(
  weather: Weather<Fault>,
  operations: readonly Operation[],
  applies: (fault: Fault, operation: Operation) => boolean,
): WeatherVane<Fault, Operation> {
  const rates = (Object.entries(weather.rates) as [Fault, number][])
    .filter(([, rate]) => rate !== 0)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const ratesOf = new Map(
    operations.map((operation) => [operation, rates.filter(([fault]) => applies(fault, operation))]),
  );
  for (const [operation, own] of ratesOf) checkRates(operation, own);

  return {
    weather,
    draw(operation, random) {
      let drawn = random.next();
      for (const [fault, rate] of ratesOf.get(operation) ?? []) {
        if (drawn < rate) return withDetails(fault, weather, random);
        drawn -= rate;
      }
      return undefined;
    },
    drawLatencyMs: (random) => (weather.latency === undefined ? 0 : drawMs(weather.latency, random)),
  };
}

function checkRates(operation: string, rates: readonly [fault: string, rate: number][]): void {
  for (const [fault, rate] of rates) {
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`the rate of ${fault} is ${rate}, not between 0 and 1`);
  }
  const total = rates.reduce((sum, [, rate]) => sum + rate, 0);
  // Ten rates of 0.1 add up to a little more than 1 in binary.
  if (total > 1.000_001) throw new RangeError(`the rates that can hit "${operation}" add up to ${total}, over 1`);
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
