/**
 * Whether this till's clock and a network's agree. Every answer tells; nothing is refused by it, for either of the two may be wrong. It is
 * written to the log once, and shown until an answer says that it is well again.
 */
import type { NetworkId } from '../../domain/network.ts';
import { clockOffByMs, isClockFarOff } from '../../domain/warning.ts';
import type { FarClock, Warning } from '../../domain/warning.ts';
import type { TillContext } from '../till-parts.ts';

/** A clock that drifts on is shown anew only by steps that a person would see. */
const SHOWN_STEP_MS = 30_000;

export function noteFarClock(
  till: Pick<TillContext, 'warnings' | 'clock' | 'log' | 'touched'>,
  network: NetworkId,
  seen: FarClock,
): void {
  const { warnings, clock, log } = till;
  const key = `clock ${network}`;
  const offByMs = clockOffByMs(seen);
  const before = warnings.get(key);
  if (!isClockFarOff(offByMs)) {
    if (!warnings.delete(key)) return;
    log.info('clock agrees again', { network });
    till.touched();
    return;
  }
  const isSame = before?.kind === 'clock' && Math.abs(before.offByMs - offByMs) < SHOWN_STEP_MS;
  if (isSame) return;
  const warning: Warning = { kind: 'clock', network, offByMs, sinceMs: before?.sinceMs ?? clock.nowMs() };
  warnings.set(key, warning);
  if (!before) log.warn('clock differs from the network’s', { network, offByMs });
  till.touched();
}
