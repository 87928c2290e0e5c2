/** The till's use cases of payouts, as one counter. */
import type { Fault } from '../../domain/fault.ts';
import type { Payout } from '../../domain/payouts/payout.ts';
import type { Result } from '../../domain/result.ts';
import type { SyncEngine } from '../syncing/sync-engine.ts';
import type { TillContext } from '../till-parts.ts';
import { startPayout } from './start-payout.ts';
import type { StartPayout } from './start-payout.ts';

export interface PayoutDesk {
  start(request: StartPayout): Result<Payout, Fault>;
}

/** `followed`: lets the loop look at once, for a step may have given the network something to do. */
export function payoutDesk(
  till: TillContext,
  _sync: SyncEngine,
  followed: <Value>(result: Result<Value, Fault>) => Result<Value, Fault>,
): PayoutDesk {
  return {
    start: (request) => followed(startPayout(till, request)),
  };
}
