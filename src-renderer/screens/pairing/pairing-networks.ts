import { PAIRING_NETWORKS } from '../../../src-main/core/domain/pairing.ts';
import type { PairingNetworkId } from '../../../src-main/core/domain/pairing.ts';
import type { NetworkView } from '../../../src-main/core/contract/views.ts';

export function isPairingNetwork(id: string): id is PairingNetworkId {
  return PAIRING_NETWORKS.some((network) => network === id);
}

/** Those of the settings that a till is paired with. */
export function pairingNetworks(networks: readonly NetworkView[]): readonly PairingNetworkId[] {
  return networks.flatMap(({ id }) => (isPairingNetwork(id) ? [id] : []));
}
