/** What the till believes of each network: whether it answers, and whether it refuses to work for us at all. */
import type { JournalEvent } from '../../domain/journal-event.ts';
import type { NetworkId } from '../../domain/network.ts';
import type { TillContext } from '../till-parts.ts';

/** Any HTTP answer that is not a server error counts as online. */
export function noteConnection(till: TillContext, network: NetworkId, state: 'online' | 'offline'): void {
  if (till.connections.get(network)?.state === state) return;
  till.connections.set(network, { state, sinceMs: till.clock.nowMs() });
  till.log.info('network connection', { network, state });
  till.touched();
}

export function isBlocked(till: TillContext, network: NetworkId): boolean {
  return till.store.blockedNetworks().some((blocked) => blocked.network === network);
}

/** Token or configuration refused: nothing else will work until a technician has acted. Said once. */
export function blockEvents(till: TillContext, network: NetworkId, code: string): readonly JournalEvent[] {
  return isBlocked(till, network) ? [] : [{ type: 'network.blocked', v: 1, network, code }];
}

/**
 * The network worked for us again. `proof`: a new order proves that everything is well; any other answer proves the token alone, and says
 * nothing of a point of sale or an account that was refused.
 */
export function unblockEvents(
  till: TillContext,
  network: NetworkId,
  proof: 'order-made' | 'answered',
): readonly JournalEvent[] {
  const block = till.store.blockedNetworks().find((blocked) => blocked.network === network);
  const isCured = block !== undefined && (proof === 'order-made' || block.code === 'unauthorized');
  return isCured ? [{ type: 'network.unblocked', v: 1, network }] : [];
}

/** Somebody has acted: a start, or settings brought in. The next order shows whether it helped. */
export function forgiveBlocks(till: TillContext): readonly JournalEvent[] {
  return till.store.blockedNetworks().map(({ network }) => ({ type: 'network.unblocked', v: 1, network }));
}
