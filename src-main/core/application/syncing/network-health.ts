/** What the till believes of each network: whether it answers, and whether it refuses to work for us at all. */
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { JournalEvent } from '../../domain/journal-event.ts';
import type { NetworkId } from '../../domain/network.ts';
import type { TillContext } from '../till-parts.ts';

/**
 * Any HTTP answer that is not a server error counts as online. `subject`: the cash-out or payout it was about. One that the network cannot
 * answer for while it answers for others is that one's trouble: it does not make the till refuse everybody else.
 */
export function noteConnection(
  till: TillContext,
  network: NetworkId,
  state: 'online' | 'offline',
  subject: string,
): void {
  const before = till.connections.get(network);
  const silent = new Set(before?.silent);
  const odd = new Set(before?.odd);
  if (state === 'online') {
    silent.delete(subject);
    for (const id of silent) odd.add(id);
    silent.clear();
    odd.delete(subject);
  } else {
    if (before?.state === 'online' && odd.has(subject)) return;
    silent.add(subject);
  }
  const isNews = before?.state !== state;
  till.connections.set(network, { state, sinceMs: isNews ? till.clock.nowMs() : before.sinceMs, silent, odd });
  if (!isNews) return;
  till.log.info('network connection', { network, state });
  till.touched();
}

/** Known not to answer. A network that nothing has been asked of in this run is not known to be anything. */
export function isOffline(till: TillContext, network: NetworkId): boolean {
  return till.connections.get(network)?.state === 'offline';
}

/** No network, no new cash-outs and payouts: said before anything is saved, and over as soon as the network answers anything. */
export function offlineFault(network: NetworkId): Fault {
  return fault('network.offline', `${network} does not answer: nothing new is started until it does`, { network });
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
