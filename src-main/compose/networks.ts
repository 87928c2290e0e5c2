/** Payment networks as the settings name them. */
import { createMercadoPagoInstore } from '../adapters/networks/mercadopago-instore/mercadopago-instore.ts';
import { createMercadoPagoOrders } from '../adapters/networks/mercadopago-orders/mercadopago-orders.ts';
import { createMercadoPagoPairing } from '../adapters/networks/mercadopago-pairing/mercadopago-pairing.ts';
import { createPictureShelf } from '../adapters/system/picture-shelf.ts';
import type { PairingParts } from '../core/application/pairing/run.ts';
import type { PaymentNetwork } from '../core/application/ports/payment-network.ts';
import type { Settings } from '../core/domain/settings.ts';
import type { Foundation } from './foundation.ts';

/** `training`: where everything is sent in training mode, whatever the settings say (I10). */
export function createNetworks(
  foundation: Foundation,
  settings: Settings,
  training?: Readonly<{ baseUrl: string; token: string }>,
): readonly PaymentNetwork[] {
  const { vault, clock, ids, appVersion } = foundation;
  const { 'mercadopago-orders': orders, 'mercadopago-instore': instore } = settings.networks;
  const shared = (tokenSecret: string) => ({
    token: () => training?.token ?? vault.get(tokenSecret),
    otherSecrets: () => vault.values(),
    clock,
    ids,
    version: appVersion,
  });
  const at = training ? { baseUrl: training.baseUrl } : {};
  return [
    ...(orders ? [createMercadoPagoOrders({ settings: { ...orders, ...at }, ...shared(orders.tokenSecret) })] : []),
    ...(instore ? [createMercadoPagoInstore({ settings: { ...instore, ...at }, ...shared(instore.tokenSecret) })] : []),
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
