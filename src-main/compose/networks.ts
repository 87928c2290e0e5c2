/** Payment networks as the settings name them. */
import { createD24 } from '../adapters/networks/d24/d24.ts';
import type { D24Secrets } from '../adapters/networks/d24/signed-line.ts';
import { createMercadoPagoInstore } from '../adapters/networks/mercadopago-instore/mercadopago-instore.ts';
import { createMercadoPagoOrders } from '../adapters/networks/mercadopago-orders/mercadopago-orders.ts';
import { createMercadoPagoPairing } from '../adapters/networks/mercadopago-pairing/mercadopago-pairing.ts';
import { createPictureShelf } from '../adapters/system/picture-shelf.ts';
import type { PairingParts } from '../core/application/pairing/run.ts';
import type { SecretVault } from '../adapters/system/secrets.ts';
import type { HearClock } from '../core/application/till-parts.ts';
import type { PaymentNetwork } from '../core/application/ports/payment-network.ts';
import type { PayoutNetwork } from '../core/application/ports/payout-network.ts';
import type { NetworkId } from '../core/domain/network.ts';
import type { FarClock } from '../core/domain/warning.ts';
import type { PayoutSettings } from '../core/domain/payouts/payout-settings.ts';
import { PAYOUT_NETWORK_IDS } from '../core/domain/payouts/payout.ts';
import type { PayoutNetworkId } from '../core/domain/payouts/payout.ts';
import type { Settings } from '../core/domain/settings.ts';
import type { Foundation } from './foundation.ts';

/** Networks that pay out, as the settings name them. `training`: as below, by network. */
export function createPayoutNetworks(
  foundation: Foundation,
  settings: Settings,
  hearClock: HearClock,
  training?: Readonly<Record<PayoutNetworkId, Readonly<{ baseUrl: string; secrets: D24Secrets }>>>,
): readonly PayoutNetwork[] {
  const { vault, clock, ids, appVersion } = foundation;
  return PAYOUT_NETWORK_IDS.flatMap((brand) => {
    const network = settings.networks[brand];
    if (!network) return [];
    const practice = training?.[brand];
    const at = practice
      ? { baseUrl: practice.baseUrl, ...(network.listBaseUrl !== undefined && { listBaseUrl: practice.baseUrl }) }
      : {};
    const adapter = createD24({
      brand,
      settings: { ...network, ...at },
      secrets: () => practice?.secrets ?? secretsOf(vault, network),
      otherSecrets: () => vault.values(),
      clock,
      ids,
      version: appVersion,
      hearClock: (seen) => hearClock(brand, seen),
    });
    return [adapter];
  });
}

function secretsOf(vault: SecretVault, network: PayoutSettings): D24Secrets {
  const values = {
    login: vault.get(network.loginSecret),
    pass: vault.get(network.passSecret),
    signatureKey: vault.get(network.signatureSecret),
    readOnlyKey: network.readOnlySecret === undefined ? undefined : vault.get(network.readOnlySecret),
    listUser: network.listUserSecret === undefined ? undefined : vault.get(network.listUserSecret),
    listPassword: network.listPasswordSecret === undefined ? undefined : vault.get(network.listPasswordSecret),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** `training`: where everything is sent in training mode, whatever the settings say (I10). */
export function createNetworks(
  foundation: Foundation,
  settings: Settings,
  hearClock: HearClock,
  training?: Readonly<{ baseUrl: string; instoreBaseUrl: string; token: string }>,
): readonly PaymentNetwork[] {
  const { vault, clock, ids, appVersion } = foundation;
  const { 'mercadopago-orders': orders, 'mercadopago-instore': instore } = settings.networks;
  const shared = (id: NetworkId, tokenSecret: string) => ({
    token: () => training?.token ?? vault.get(tokenSecret),
    otherSecrets: () => vault.values(),
    clock,
    ids,
    version: appVersion,
    hearClock: (seen: FarClock) => hearClock(id, seen),
  });
  const at = training ? { baseUrl: training.baseUrl } : {};
  const atInstore = training ? { baseUrl: training.instoreBaseUrl } : {};
  return [
    ...(orders
      ? [
          createMercadoPagoOrders({
            settings: { ...orders, ...at },
            ...shared('mercadopago-orders', orders.tokenSecret),
          }),
        ]
      : []),
    ...(instore
      ? [
          createMercadoPagoInstore({
            settings: { ...instore, ...atInstore },
            ...shared('mercadopago-instore', instore.tokenSecret),
          }),
        ]
      : []),
  ];
}

/** Accounts, stores and points of sale, and where stickers are kept; with `training` all of it simulated. */
export function createPairingParts(
  foundation: Foundation,
  picturesFolder: string,
  training?: Readonly<{ baseUrl: string; token: string }>,
): PairingParts {
  const { vault, clock, ids, appVersion } = foundation;
  return {
    pictures: createPictureShelf(picturesFolder),
    connect: ({ baseUrl, tokenSecret }) =>
      createMercadoPagoPairing({
        baseUrl: training?.baseUrl ?? baseUrl,
        token: () => training?.token ?? vault.get(tokenSecret),
        otherSecrets: () => vault.values(),
        clock,
        ids,
        version: appVersion,
      }),
  };
}
