/** Slips that came to nothing, or to nobody knows what, and that somebody may still want: offered until they are seen or asked for again. */
import type { SlipJob } from '../ports/till-store.ts';
import type { TillContext } from '../till-parts.ts';
import { slipContent } from './slip-content.ts';

/** Whoever stood at the counter for it has left. */
const OFFERED_FOR_MS = 30 * 60_000;

/** Newest first. */
export function offeredSlips(till: TillContext): readonly SlipJob[] {
  const { store, clock, slipsSeen } = till;
  const settings = store.settings();
  if (!settings) return [];
  return store
    .slipsThatCameToNothing(clock.nowMs() - OFFERED_FOR_MS)
    .filter(({ id, slip }) => !slipsSeen.has(id) && slipContent(till, settings, slip) !== undefined);
}
