import type { ConnectionState, TillView } from '../../../src-main/core/contract/views.ts';
import type { NetworkId } from '../../../src-main/core/domain/network.ts';

/** What cash-out and payout networks have in common here. */
export type Connected = Readonly<{ id: NetworkId; connection: ConnectionState; sinceMs: number }>;

const BADNESS: readonly ConnectionState[] = ['online', 'unknown', 'offline', 'blocked'];

/** The network a cashier should hear about first. */
export function worstConnection<Network extends Connected>(networks: readonly Network[]): Network | undefined {
  return networks.toSorted((left, right) => BADNESS.indexOf(right.connection) - BADNESS.indexOf(left.connection))[0];
}

/** A line for the cash-out networks, named by their worst, and one for each payout network. */
export function connectionsOf({ networks, payoutNetworks }: TillView): readonly Connected[] {
  const worst = worstConnection<Connected>(networks);
  return [...(worst ? [worst] : []), ...payoutNetworks];
}
