/** A till's view of the account under test, and every question of pairing by name. */
import { readFileSync } from 'node:fs';
import { createMercadoPagoPairing } from '../../../../src-main/adapters/networks/mercadopago-pairing/mercadopago-pairing.ts';
import type { NetworkPairing, PairingAnswer } from '../../../../src-main/core/application/ports/network-pairing.ts';
import type { Address } from '../../../../src-main/core/domain/pairing.ts';
import { countingIds, machineClock } from '../machine.ts';

export const TOKEN = 'APP_USR-6610000000000003-112100-c0ffee00canary11c0ffee11canary11-700100200';
export const USER = '700100200';

export const ADDRESS: Address = {
  streetName: 'Avenida Juárez',
  streetNumber: '120',
  cityName: 'Puebla',
  stateName: 'Puebla',
  latitude: 19.0433,
  longitude: -98.2019,
  reference: 'Frente al mercado',
};

export function pairingAt(
  baseUrl: string,
  options: Readonly<{ token?: () => string | undefined; deadlineMs?: number }> = {},
): NetworkPairing {
  return createMercadoPagoPairing({
    baseUrl,
    token: () => TOKEN,
    clock: machineClock,
    ids: countingIds(),
    version: '0.1.0',
    ...options,
  });
}

export const QUESTIONS: Readonly<Record<string, (wire: NetworkPairing) => Promise<PairingAnswer<unknown>>>> = {
  account: (wire) => wire.account(),
  'search-store': (wire) => wire.stores(USER, 'SUC01'),
  'list-stores': (wire) => wire.stores(USER),
  'create-store': (wire) => wire.createStore(USER, { name: 'Sucursal Centro', externalId: 'SUC01', address: ADDRESS }),
  'search-pos': (wire) => wire.pointsOfSale({ externalId: 'SUC01CAJA07' }),
  'list-pos': (wire) => wire.pointsOfSale({ storeId: '41230001' }),
  'create-pos': (wire) => wire.createPointOfSale({ name: 'CAJA07', externalId: 'SUC01CAJA07', storeId: '41230001' }),
  'fix-amount': (wire) => wire.fixAmount('81450001'),
};

export const NAMES = Object.keys(QUESTIONS);

export function ask(wire: NetworkPairing, name: string): Promise<PairingAnswer<unknown>> {
  const question = QUESTIONS[name];
  if (!question) throw new Error(`no question ${name}`);
  return question(wire);
}

export function fixture(name: string): string {
  return readFileSync(new URL(`../../../fixtures/mercadopago-pairing/requests/${name}.http`, import.meta.url), 'utf8');
}
