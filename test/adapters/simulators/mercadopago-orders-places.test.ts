/** The host of the Orders API serves accounts, stores, points of sale and stickers too: what pairing meets there. */
import { expect, test } from 'vitest';
import { createMercadoPagoEngine } from '../../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import type { MercadoPagoEngine } from '../../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import type { MercadoPagoSettings } from '../../../src-main/simulators/networks/mercadopago-orders/settings.ts';

const NOW_MS = Date.UTC(2025, 10, 21, 15);
const USER = '700100200';
const LOCATION = {
  street_number: '120',
  street_name: 'Avenida Juárez',
  city_name: 'Puebla',
  state_name: 'Puebla',
  latitude: 19.04,
  longitude: -98.2,
};

function network(settings: Partial<MercadoPagoSettings> = {}): MercadoPagoEngine {
  return createMercadoPagoEngine({ seed: 5, nowMs: () => NOW_MS, settings });
}

type Answered = Readonly<{ status: number; json: Record<string, unknown> }>;

function ask(engine: MercadoPagoEngine, method: string, address: string, body?: unknown, token = 'token'): Answered {
  const [path = '', query = ''] = address.split('?');
  const exchange = engine.handle({
    method,
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: token === '' ? {} : { authorization: `Bearer ${token}` },
    bodyText: body === undefined ? '' : JSON.stringify(body),
  });
  if (!('answer' in exchange)) throw new Error(exchange.delivery);
  const { status, bodyText, bodyEncoding } = exchange.answer;
  return { status, json: bodyEncoding === 'latin1' ? {} : (JSON.parse(bodyText) as Record<string, unknown>) };
}

function withPlaces(settings: Partial<MercadoPagoSettings> = {}): MercadoPagoEngine {
  const engine = network(settings);
  ask(engine, 'POST', `/users/${USER}/stores`, { name: 'Centro', external_id: 'SUC01', location: LOCATION });
  const pos = { name: 'CAJA07', fixed_amount: true, external_store_id: 'SUC01', external_id: 'SUC01CAJA07' };
  ask(engine, 'POST', '/pos', pos);
  return engine;
}

test('the bearer learns whose token it is, and of which site', () => {
  expect(ask(network(), 'GET', '/users/me')).toMatchObject({ status: 200, json: { id: 700_100_200, site_id: 'MLM' } });
  expect(ask(network({ country: 'BR' }), 'GET', '/users/me').json).toMatchObject({ site_id: 'MLB', country_id: 'BR' });
  expect(ask(network(), 'GET', '/users/me', undefined, '').status).toBe(401);
});

test('store and point of sale are made without any key, once for each external id, and found by it', () => {
  const engine = withPlaces();
  const again = { name: 'Centro', external_id: 'SUC01', location: LOCATION };
  expect(ask(engine, 'POST', `/users/${USER}/stores`, again)).toMatchObject({
    status: 400,
    json: { error: 'VALIDATION_ERROR' },
  });
  const pos = { name: 'CAJA07', fixed_amount: true, external_store_id: 'SUC01', external_id: 'SUC01CAJA07' };
  expect(ask(engine, 'POST', '/pos', pos).status).toBe(409);
  const found = ask(engine, 'GET', '/pos?external_id=SUC01CAJA07').json['results'];
  expect(found).toMatchObject([{ name: 'CAJA07', fixed_amount: true, external_store_id: 'SUC01' }]);
  expect(ask(engine, 'GET', '/users/42/stores/search').status).toBe(403);
  expect([engine.stores().length, engine.pointsOfSale().length]).toEqual([1, 1]);
});

function order(externalPosId: string): unknown {
  return {
    type: 'qr',
    external_reference: `REF${externalPosId}`,
    total_amount: '100.00',
    config: { qr: { external_pos_id: externalPosId, mode: 'dynamic' } },
    transactions: { cash_outs: [{ amount: '100.00', additional_info: { external_cashier_id: 1 } }] },
  };
}

test('the sticker is public, and orders can be made to need a point of sale that was made', () => {
  const engine = withPlaces({ knownPos: 'created' });
  const [pos] = engine.pointsOfSale();
  const file = `${pos?.uuid.replaceAll('-', '')}.png`;
  expect(ask(engine, 'GET', `/instore/merchant/qr/${pos?.id}/${file}`, undefined, '').status).toBe(200);
  const create = (externalPosId: string): number => {
    const exchange = engine.handle({
      method: 'POST',
      path: '/v1/orders',
      query: {},
      headers: { authorization: 'Bearer token', 'x-idempotency-key': externalPosId },
      bodyText: JSON.stringify(order(externalPosId)),
    });
    return 'answer' in exchange ? exchange.answer.status : 0;
  };
  expect([create('SUC01CAJA07'), create('SUC01CAJA08')]).toEqual([201, 404]);
});
