import type { ConnectionState, NetworkView } from '../../../src-main/core/contract/views.ts';

const BADNESS: readonly ConnectionState[] = ['online', 'unknown', 'offline', 'blocked'];

/** The network a cashier should hear about first. */
export function worstConnection(networks: readonly NetworkView[]): NetworkView | undefined {
  return networks.toSorted((left, right) => BADNESS.indexOf(right.connection) - BADNESS.indexOf(left.connection))[0];
}
