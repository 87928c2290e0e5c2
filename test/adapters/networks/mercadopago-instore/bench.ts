/** A till's view of the network under test: terms, an order, a payment, settings, and the adapter pointed at a base URL. */
import { readFileSync } from 'node:fs';
import { createMercadoPagoInstore } from '../../../../src-main/adapters/networks/mercadopago-instore/mercadopago-instore.ts';
import type { MercadoPagoInstoreOptions } from '../../../../src-main/adapters/networks/mercadopago-instore/mercadopago-instore.ts';
import type { Delivery, PaymentNetwork } from '../../../../src-main/core/application/ports/payment-network.ts';
import type { Order, Payment, Terms } from '../../../../src-main/core/domain/cash-out.ts';
import type { FrozenRequest } from '../../../../src-main/core/domain/command.ts';
import type { Purchase } from '../../../../src-main/core/domain/purchase.ts';
import type { MercadoPagoInstoreSettings } from '../../../../src-main/core/domain/settings.ts';
import { countingIds, machineClock } from '../machine.ts';
import { wire } from '../raw-server.ts';
import type { Answer } from '../raw-server.ts';

export const TOKEN = 'APP_USR-5510000000000002-112100-c0ffee00canary11c0ffee11canary11-700100200';
export const KEY = '2d3c7c1e-2f3d-4a57-9a51-0b8f0c6a7e22';

export const TERMS: Terms = {
  id: '01K9ZZ7H4Q2V8D000000000001',
  network: 'mercadopago-instore',
  mode: 'static',
  currency: 'ARS',
  amountMinor: 2_000_000,
  externalReference: 'COT0701K9ZZ7H4Q2V8D',
  lifetimeMs: 300_000,
  shiftId: '01K9ZZ7H4Q2V8D000000000002',
  cashierCode: 1042,
  cashierName: 'Rosa',
  requestedAtMs: 1_763_737_200_000,
};

/** A purchase of 15,902.50 beside the notes. */
export const PURCHASE: Purchase = {
  items: [
    {
      sku: 'KS955RUR',
      category: 'FOOD',
      title: 'Yerba mate 500 g',
      description: 'Yerba mate con palo 500 g',
      unitPriceMinor: 238_050,
      quantity: 5,
      measure: 'unit',
      totalMinor: 1_190_250,
    },
    {
      sku: 'AG6',
      category: 'DRINKS',
      title: 'Agua mineral',
      description: 'Agua mineral',
      unitPriceMinor: 400_000,
      quantity: 1,
      measure: 'pack',
      totalMinor: 400_000,
    },
  ],
  totalMinor: 1_590_250,
};

export const ORDER: Order = {
  networkOrderId: 'SUC01CAJA07-COT0701K9ZZ7H4Q2V8D',
  offeredAtMs: 1_763_737_200_000,
  expiresAtMs: 1_763_737_500_000,
};

export const PAYMENT: Payment = {
  paidAtMs: 1_763_737_260_000,
  amountMinor: 2_000_000,
  reference: '98877665544',
  confirmationId: '31200045001',
  confirmByMs: 1_763_737_560_000,
};

export const SETTINGS: MercadoPagoInstoreSettings = {
  baseUrl: 'https://api.mercadopago.com',
  country: 'AR',
  userId: '700100200',
  externalStoreId: 'SUC01',
  externalPosId: 'SUC01CAJA07',
  tokenSecret: 'mercadopago',
  mode: 'dynamic',
  lifetimeMs: 300_000,
  qrValidation: 'strict',
  confirmWithinMs: 300_000,
  pureCashoutTotal: 'sum',
};

export function till(
  settings: Partial<MercadoPagoInstoreSettings>,
  options: Partial<MercadoPagoInstoreOptions> = {},
): PaymentNetwork {
  return tillOf({ ...SETTINGS, ...settings }, options);
}

export function tillWithoutStore(changes: Partial<MercadoPagoInstoreSettings>): PaymentNetwork {
  const { externalStoreId: _none, ...settings } = SETTINGS;
  return tillOf({ ...settings, ...changes });
}

function tillOf(
  settings: MercadoPagoInstoreSettings,
  options: Partial<MercadoPagoInstoreOptions> = {},
): PaymentNetwork {
  return createMercadoPagoInstore({
    settings,
    token: () => TOKEN,
    clock: machineClock,
    ids: countingIds(),
    version: '0.1.0',
    ...options,
  });
}

/** The order of a create that must be possible. */
export function createRequestOf(network: PaymentNetwork, terms: Terms = TERMS): FrozenRequest {
  const prepared = network.prepareCreate(terms);
  if (!prepared.ok) throw new Error(`${prepared.error.code}: ${prepared.error.detail}`);
  return prepared.value;
}

export const OPERATIONS = ['create', 'cancel', 'confirm', 'refund'] as const;
export type OperationName = (typeof OPERATIONS)[number];

export function send(network: PaymentNetwork, operation: OperationName, terms: Terms = TERMS): Promise<Delivery> {
  const base = { idempotencyKey: KEY, terms };
  if (operation === 'create') return network.deliver({ ...base, request: createRequestOf(network, terms) });
  const requests = {
    cancel: () => network.prepareCancel(terms, ORDER),
    confirm: () => network.prepareConfirm(terms, ORDER, PAYMENT),
    refund: () => network.prepareRefund(terms, ORDER, PAYMENT, 'asked'),
  };
  return network.deliver({ ...base, request: requests[operation](), order: ORDER });
}

export function fixture(path: string): string {
  return readFileSync(new URL(`../../../fixtures/mercadopago-instore/${path}`, import.meta.url), 'utf8');
}

export type Json = Record<string, unknown>;

export function answer(name: string): Json {
  return JSON.parse(fixture(`answers/${name}.json`)) as Json;
}

export const NOBODY_SCANNED = '{"elements":[],"next_offset":0,"total":0}';

/** What the sticker says when our order waits there. */
export const OURS_WAITS = JSON.stringify([{ external_reference: TERMS.externalReference }]);

/** Searches find no scan, our order waits at the sticker; every command gets these bytes. */
export function toCommands(bytes: () => string): Answer {
  return (seen, socket) => {
    const question = answerToQuestion(seen.head);
    socket.end(question === undefined ? bytes() : wire(200, question, { Connection: 'close' }));
  };
}

function answerToQuestion(head: string): string | undefined {
  if (head.startsWith('GET /merchant_orders/search')) return NOBODY_SCANNED;
  return head.startsWith('GET /instore/') ? OURS_WAITS : undefined;
}
