/** A till's view of the network under test: terms, an order, settings of any country, and the adapter pointed at a base URL. */
import { readFileSync } from 'node:fs';
import { createMercadoPagoOrders } from '../../../../src-main/adapters/networks/mercadopago-orders/mercadopago-orders.ts';
import type {
  MercadoPagoOrders,
  MercadoPagoOrdersOptions,
} from '../../../../src-main/adapters/networks/mercadopago-orders/mercadopago-orders.ts';
import type { Order, Payment, Terms } from '../../../../src-main/core/domain/cash-out.ts';
import type { FrozenRequest } from '../../../../src-main/core/domain/command.ts';
import type { MercadoPagoOrdersSettings } from '../../../../src-main/core/domain/settings.ts';
import { countingIds, machineClock } from '../machine.ts';

export const TOKEN = 'APP_USR-4410000000000001-112100-c0ffee00canary00c0ffee00canary00-700100200';
export const KEY = '5f0c6c1e-2f3d-4a57-9a51-0b8f0c6a7e11';
export const ORDER_ID = 'ORD01K9ZZ7H4Q2V8D6M3N5P7R9T1W';

export const QR_MX =
  '00020101021243650016com.mercadolibre0201306360f3d2c1b-1111-4222-8333-9444455556665204000053034845406500.005802MX5914CAJA DE PRUEBA6006PUEBLA62070503***6304C8EC';

export const TERMS: Terms = {
  id: '01K9ZZ7H4Q2V8D000000000001',
  network: 'mercadopago-orders',
  mode: 'dynamic',
  currency: 'MXN',
  amountMinor: 50_000,
  externalReference: 'COT0701K9ZZ7H4Q2V8D',
  lifetimeMs: 300_000,
  shiftId: '01K9ZZ7H4Q2V8D000000000002',
  cashierCode: 1042,
  cashierName: 'Rosa',
  requestedAtMs: 1_763_737_200_000,
};

export const ORDER: Order = {
  networkOrderId: ORDER_ID,
  qrData: QR_MX,
  offeredAtMs: 1_763_737_200_000,
  expiresAtMs: 1_763_737_500_000,
};

export const PAYMENT: Payment = { paidAtMs: 1_763_737_260_000, amountMinor: 50_000 };

export const SETTINGS: MercadoPagoOrdersSettings = {
  baseUrl: 'https://api.mercadopago.com',
  country: 'MX',
  externalPosId: 'SUC01CAJA07',
  userId: '700100200',
  tokenSecret: 'mercadopago',
  mode: 'dynamic',
  lifetimeMs: 300_000,
  qrValidation: 'strict',
  returnWindowMs: 71 * 3_600_000,
  brazil: { agencyType: 'AGTEC', bankServiceCode: 'SAQUE' },
};

export function till(
  settings: Partial<MercadoPagoOrdersSettings>,
  options: Partial<MercadoPagoOrdersOptions> = {},
): MercadoPagoOrders {
  return createMercadoPagoOrders({
    settings: { ...SETTINGS, ...settings },
    token: () => TOKEN,
    clock: machineClock,
    ids: countingIds(),
    version: '0.1.0',
    ...options,
  });
}

/** The order of a create that must be possible. */
export function createRequestOf(network: MercadoPagoOrders, terms: Terms = TERMS): FrozenRequest {
  const prepared = network.prepareCreate(terms);
  if (!prepared.ok) throw new Error(`${prepared.error.code}: ${prepared.error.detail}`);
  return prepared.value;
}

export type OperationName = 'create' | 'cancel' | 'refund';

export function send(network: MercadoPagoOrders, operation: OperationName): ReturnType<MercadoPagoOrders['deliver']> {
  const base = { idempotencyKey: KEY, terms: TERMS };
  if (operation === 'create') return network.deliver({ ...base, request: createRequestOf(network) });
  const request =
    operation === 'cancel'
      ? network.prepareCancel(TERMS, ORDER)
      : network.prepareRefund(TERMS, ORDER, PAYMENT, 'asked');
  return network.deliver({ ...base, request, order: ORDER });
}

export function fixture(path: string): string {
  return readFileSync(new URL(`../../../fixtures/mercadopago-orders/${path}`, import.meta.url), 'utf8');
}

export type Json = Record<string, unknown>;

export function answer(name: string): Json {
  return JSON.parse(fixture(`answers/${name}.json`)) as Json;
}
