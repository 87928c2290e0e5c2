/** What amounts the till accepts. The network's own limits are not published: its 400 has the last word. */
import type { Limits } from './settings.ts';

export type AmountRefusal =
  | Readonly<{ kind: 'below-minimum'; minMinor: number }>
  | Readonly<{ kind: 'above-maximum'; maxMinor: number }>
  | Readonly<{ kind: 'not-a-step'; stepMinor: number }>
  | Readonly<{ kind: 'drawer-short' }>;

/** `freeMinor`: drawer cash not yet held by other open cash-outs. Undefined: accepted. */
export function refuseAmount(amountMinor: number, limits: Limits, freeMinor: number): AmountRefusal | undefined {
  if (amountMinor < limits.minMinor) return { kind: 'below-minimum', minMinor: limits.minMinor };
  if (amountMinor > limits.maxMinor) return { kind: 'above-maximum', maxMinor: limits.maxMinor };
  if (amountMinor % limits.stepMinor !== 0) return { kind: 'not-a-step', stepMinor: limits.stepMinor };
  if (amountMinor > freeMinor) return { kind: 'drawer-short' };
  return undefined;
}
