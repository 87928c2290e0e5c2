/** Shapes of control bodies that every simulated network reads alike. */
import { z } from 'zod';
import type { ScriptEntry } from './script.ts';
import type { Weather } from './weather.ts';

/** Absent properties must stay absent: an engine's settings know no undefined. */
export type Given<Shape> = { [Name in keyof Shape]: Exclude<Shape[Name], undefined> };
export function given<Shape extends object>(shape: Shape): Given<Shape> {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Given<Shape>;
}

export const milliseconds = z.int().nonnegative();
export const rate = z.number().min(0).max(1);
export const rangeMs = z
  .strictObject({ minimumMs: milliseconds, maximumMs: milliseconds })
  .refine(({ minimumMs, maximumMs }) => minimumMs <= maximumMs, 'minimumMs is above maximumMs');

/** What a `z.enum` wants: at least one word. */
export type Words<Word extends string> = readonly [Word, ...Word[]];

/** @param own how this network names an order, which statuses a refusal may have, and details that others lack. */
export function scriptEntryShape<Fault extends string, Operation extends string>(
  faults: Words<Fault>,
  operations: readonly Operation[],
  own: Readonly<{ ref: z.ZodType<string>; status: z.ZodType<number>; details: z.ZodRawShape }>,
): z.ZodType<ScriptEntry<Fault, Operation>> {
  return z
    .strictObject({
      fault: z.enum(faults),
      operation: z.enum(['any', ...operations]).optional(),
      ref: own.ref.optional(),
      count: z.union([z.int().positive(), z.literal('always')]).optional(),
      skip: milliseconds.optional(),
      status: own.status.optional(),
      delayMs: milliseconds.optional(),
      retryAfterSeconds: milliseconds.optional(),
      afterMs: milliseconds.optional(),
      ...own.details,
    })
    .transform((entry) => given(entry) as ScriptEntry<Fault, Operation>);
}

export function weatherShape<Fault extends string>(faults: Words<Fault>): z.ZodType<Weather<Fault>> {
  return z
    .strictObject({
      rates: z.partialRecord(z.enum(faults), rate),
      latency: rangeMs.optional(),
      delay: rangeMs.optional(),
      after: rangeMs.optional(),
    })
    .transform((weather) => ({ ...given(weather), rates: given(weather.rates) }));
}
