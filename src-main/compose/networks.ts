/** Payment networks as the settings name them. */
import { createMercadoPagoOrders } from '../adapters/networks/mercadopago-orders/mercadopago-orders.ts';
import type { PaymentNetwork } from '../core/application/ports/payment-network.ts';
import type { Settings } from '../core/domain/settings.ts';
import type { Foundation } from './foundation.ts';

/** `baseUrl`: where training sends everything, whatever the settings say (I10). */
export function createNetworks(
  foundation: Foundation,
  settings: Settings,
  training?: Readonly<{ baseUrl: string; token: string }>,
): readonly PaymentNetwork[] {
  const { vault, clock, ids, appVersion } = foundation;
  const orders = settings.networks['mercadopago-orders'];
  if (!orders) return [];
  return [
    createMercadoPagoOrders({
      settings: training ? { ...orders, baseUrl: training.baseUrl } : orders,
      token: () => training?.token ?? vault.get(orders.tokenSecret),
      otherSecrets: () => vault.values(),
      clock,
      ids,
      version: appVersion,
    }),
  ];
}
