/** Stores, points of sale and their stickers: what a technician meets while pairing a till. */
import { expect, test } from 'vitest';
import type { InstoreSettings } from '../../../../src-main/simulators/networks/mercadopago-instore/settings.ts';
import {
  answerOf,
  createBench,
  jsonOf,
  outcomeOf,
  POS,
  PUT_PATH,
  REFERENCE,
  TOKEN,
  USER,
  withdrawal,
} from './instore-bench.ts';
import type { Bench } from './instore-bench.ts';

const STORES = `/users/${USER}/stores`;

const LOCATION = {
  street_number: '1530',
  street_name: 'Bulevar Oroño',
  city_name: 'Rosario',
  state_name: 'Santa Fe',
  latitude: -32.95,
  longitude: -60.65,
  reference: 'Frente a la plaza',
};

function store(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'Sucursal Centro',
    external_id: 'SUC01',
    business_hours: { monday: [{ open: '08:00', close: '13:00' }] },
    location: LOCATION,
    ...changes,
  };
}

function pos(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { name: 'Caja 7', fixed_amount: true, external_store_id: 'SUC01', external_id: POS, ...changes };
}

function at(changes: Record<string, unknown>): Record<string, unknown> {
  return store({ location: { ...LOCATION, ...changes } });
}

type WireStore = { id: number; name: string; external_id: string };
type WirePos = { id: number; store_id: string; qr?: Record<string, string>; qr_code?: string; qr_code_image?: string };

function makeStore(bench: Bench, changes: Record<string, unknown> = {}): WireStore {
  return jsonOf(bench.send('POST', STORES, { body: store(changes) })) as WireStore;
}

function makePos(bench: Bench, changes: Record<string, unknown> = {}): WirePos {
  return jsonOf(bench.send('POST', '/pos', { body: pos(changes) })) as WirePos;
}

test('a store is made once, found by its external id, read, changed and deleted', () => {
  const bench = createBench();
  const made = makeStore(bench);

  expect(made).toMatchObject({
    external_id: 'SUC01',
    date_created: '2025-11-21T11:00:00.000-04:00',
    location: { address_line: 'Bulevar Oroño 1530, Rosario, Santa Fe', city_name: 'Rosario' },
  });
  const search = { query: { external_id: 'SUC01' } };
  expect(jsonOf(bench.send('GET', `${STORES}/search`, search))).toEqual({
    paging: { total: 1, offset: 0, limit: 30 },
    results: [made],
  });
  expect(jsonOf(bench.send('GET', `/stores/${made.id}`))).toEqual(made);
  expect(jsonOf(bench.send('PUT', `${STORES}/${made.id}`, { body: { name: 'Centro' } }))).toMatchObject({
    id: made.id,
    name: 'Centro',
    external_id: 'SUC01',
  });
  expect(outcomeOf(bench.send('DELETE', `${STORES}/${made.id}`))).toBe('204');
  expect(outcomeOf(bench.send('GET', `/stores/${made.id}`))).toBe('404 not_found');
});

test.each([
  ['INVALID_NAME', store({ name: undefined })],
  ['INVALID_NAME', store({ name: 7 })],
  ['VALIDATION_ERROR', store({ external_id: 'SUC 01' })],
  ['INVALID_BUSINESS_HOURS', store({ business_hours: [] })],
  ['INVALID_BUSINESS_HOURS', store({ business_hours: { monday: [{ open: '8', close: '13:00' }] } })],
  [
    'INVALID_BUSINESS_HOURS',
    store({ business_hours: { monday: Array.from({ length: 5 }, () => ({ open: '08:00', close: '09:00' })) } }),
  ],
  ['INVALID_DAY', store({ business_hours: { lunes: [] } })],
  ['INVALID_LOCATION', store({ location: undefined })],
  ['INVALID_LOCATION', store({ location: 'Rosario' })],
  ['INVALID_STREET_NAME', at({ street_name: '' })],
  ['INVALID_STREET_NUMBER', at({ street_number: 1530 })],
  ['INVALID_CITY_NAME', at({ city_name: undefined })],
  ['INVALID_STATE_NAME', at({ state_name: undefined })],
  ['INVALID_REFERENCE', at({ reference: 7 })],
  ['BAD_REQUEST', at({ latitude: 19.4, longitude: -99.1 })],
  ['BAD_REQUEST', at({ latitude: '-32.95' })],
])('%s refuses the store %j', (code, body) => {
  expect(outcomeOf(createBench().send('POST', STORES, { body }))).toBe(`400 ${code}`);
});

test("cities and states are those of the country's catalogue", () => {
  const bench = createBench({ settings: { knownPlaces: [{ state: 'Santa Fe', city: 'Rosario' }] } });

  expect(outcomeOf(bench.send('POST', STORES, { body: at({ city_name: 'Rosárió' }) }))).toBe('400 INVALID_CITY_NAME');
  expect(outcomeOf(bench.send('POST', STORES, { body: at({ state_name: 'SF' }) }))).toBe('400 INVALID_STATE_NAME');
  expect(outcomeOf(bench.send('POST', STORES, { body: store() }))).toBe('201');
});

test("a user id that is not the token's owner is forbidden", () => {
  const bench = createBench();

  expect(outcomeOf(bench.send('POST', '/users/42/stores', { body: store() }))).toBe('403 forbidden');
  expect(outcomeOf(bench.send('GET', '/users/42/stores/search'))).toBe('403 forbidden');
  expect(outcomeOf(bench.send('PUT', '/users/42/stores/1', { body: {} }))).toBe('403 forbidden');
  expect(outcomeOf(bench.send('DELETE', '/users/42/stores/1'))).toBe('403 forbidden');
});

test('an external id is good for one store and one point of sale of an account', () => {
  const bench = createBench();
  makeStore(bench);
  makePos(bench);

  expect(outcomeOf(bench.send('POST', STORES, { body: store() }))).toBe('400 VALIDATION_ERROR');
  expect(outcomeOf(bench.send('POST', '/pos', { body: pos() }))).toBe('409 conflict');
  bench.engine.change({ tokens: [{ token: TOKEN, userId: '42' }] });
  expect(outcomeOf(bench.send('POST', '/users/42/stores', { body: store() }))).toBe('201');
  expect(outcomeOf(bench.send('POST', '/pos', { body: pos() }))).toBe('201');
});

test('who lost the answer of a create finds what was made, and makes no second one', () => {
  const bench = createBench();
  bench.engine.script({ fault: 'drop-after-commit', operation: 'create-store' });

  expect(outcomeOf(bench.send('POST', STORES, { body: store() }))).toBe('dropped-after-commit');
  expect(outcomeOf(bench.send('POST', STORES, { body: store() }))).toBe('400 VALIDATION_ERROR');
  expect(jsonOf(bench.send('GET', `${STORES}/search`, { query: { external_id: 'SUC01' } }))).toMatchObject({
    results: [{ external_id: 'SUC01' }],
  });
  expect(bench.engine.stores()).toHaveLength(1);
});

test('what was just made may be hidden from searches for a while, and is taken all the same', () => {
  const bench = createBench();
  makeStore(bench);
  bench.engine.script({ fault: 'hidden-after-create', operation: 'create-pos', afterMs: 2_000 });
  makePos(bench);
  const found = () => jsonOf(bench.send('GET', '/pos', { query: { external_id: POS } })) as { results: unknown[] };

  expect(found().results).toEqual([]);
  expect(outcomeOf(bench.send('POST', '/pos', { body: pos() }))).toBe('409 conflict');
  bench.clock.nowMs += 2_000;
  expect(found().results).toHaveLength(1);
});

test('a point of sale is made in its store, found, read, changed and deleted', () => {
  const bench = createBench({ settings: { acceptsFreeAmountPos: true } });
  const { id: storeId } = makeStore(bench);
  const made = makePos(bench, { fixed_amount: false, category: 621102 });

  expect(made).toMatchObject({
    status: 'active',
    user_id: Number(USER),
    name: 'Caja 7',
    fixed_amount: false,
    category: 621102,
    store_id: String(storeId),
    external_store_id: 'SUC01',
    external_id: POS,
  });
  for (const query of [{ external_id: POS }, { external_store_id: 'SUC01' }, { store_id: String(storeId) }]) {
    expect(jsonOf(bench.send('GET', '/pos', { query }))).toMatchObject({ paging: { total: 1 }, results: [made] });
  }
  expect(jsonOf(bench.send('GET', '/pos', { query: { category: '1' } }))).toMatchObject({ results: [] });
  expect(jsonOf(bench.send('PUT', `/pos/${made.id}`, { body: { fixed_amount: true } }))).toMatchObject({
    id: made.id,
    fixed_amount: true,
    external_id: POS,
  });
  expect(outcomeOf(bench.send('DELETE', `/pos/${made.id}`))).toBe('204');
  expect(outcomeOf(bench.send('GET', `/pos/${made.id}`))).toBe('404 not_found');
});

test.each([
  ['400 UNKNOWN_FIELD_EXCEPTION', { colour: 'red' }],
  ['400 INVALID_NAME', { name: undefined }],
  ['400 NAME_TOO_LONG', { name: 'C'.repeat(45) }],
  ['400 INVALID_FIXED_AMOUNT', { fixed_amount: 'true' }],
  ['400 FIXED_AMOUNT_FALSE', { fixed_amount: false }],
  ['400 INVALID_CATEGORY', { category: '621102' }],
  ['400 UNKNOWN_MCC', { category: 5812 }],
  ['400 INVALID_STORE_ID', { store_id: 'SUC01' }],
  ['400 INVALID_STORE_ID', { store_id: 1 }],
  ['400 INVALID_STORE_ID', { external_store_id: undefined }],
  ['400 INVALID_EXTERNAL_STORE_ID', { external_store_id: 1 }],
  ['400 INEXISTENT_EXTERNAL_STORE_ID', { external_store_id: 'SUC09' }],
  ['400 INVALID_EXTERNAL_ID', { external_id: undefined }],
  ['400 INVALID_EXTERNAL_ID', { external_id: 'SUC01-CAJA07' }],
  ['400 EXTERNAL_ID_TOO_LONG', { external_id: 'C'.repeat(41) }],
  ['400 INVALID_URL', { url: 'here' }],
  ['400 URL_TOO_LONG', { url: `https://caja.example.test/${'c'.repeat(300)}` }],
])('%s refuses the point of sale %j', (outcome, changes) => {
  const bench = createBench();
  makeStore(bench);

  expect(outcomeOf(bench.send('POST', '/pos', { body: pos(changes) }))).toBe(outcome);
  expect(bench.engine.pointsOfSale()).toEqual([]);
});

test("a store's two ids must agree, and be the account's own", () => {
  const bench = createBench();
  makeStore(bench);
  const other = makeStore(bench, { external_id: 'SUC02' });
  const make = (changes: Record<string, unknown>) => outcomeOf(bench.send('POST', '/pos', { body: pos(changes) }));

  expect(make({ store_id: other.id })).toBe('400 EXTERNAL_STORE_ID_NOT_MATCH');
  bench.engine.change({ tokens: [{ token: TOKEN, userId: '42' }] });
  expect(make({ store_id: other.id })).toBe('403 forbidden');
});

test('a point of sale without a body is refused, and newer text allows dashes', () => {
  const bench = createBench({ settings: { posExternalIdAllows: 'dashes-too' } });
  makeStore(bench);

  expect(outcomeOf(bench.send('POST', '/pos'))).toBe('400 MISSING_BODY');
  expect(outcomeOf(bench.send('POST', '/pos', { body: pos({ external_id: 'SUC01-CAJA_07' }) }))).toBe('201');
});

test.each([
  [{ createdStatus: 200 }, '200'],
  [{ createdStatus: 201 }, '201'],
] as const satisfies readonly (readonly [Partial<InstoreSettings>, string])[])(
  'with %j a create answers %s',
  (settings, status) => {
    expect(outcomeOf(createBench({ settings }).send('POST', STORES, { body: store() }))).toBe(status);
  },
);

test('a store may say date_creation, and a point of sale its code without a folder around it', () => {
  const bench = createBench({ settings: { storeDateName: 'date_creation', posShape: 'flat' } });

  expect(makeStore(bench)).toHaveProperty('date_creation');
  const { qr, qr_code: code, qr_code_image: image } = makePos(bench);
  expect(qr).toBeUndefined();
  expect(code).toMatch(/^000201010211/);
  expect(image).toMatch(/^http:.*\.png$/);
});

test('an order goes to a point of sale that was made, in its own store', () => {
  const bench = createBench({ settings: { knownPos: 'created' } });
  makeStore(bench);
  makeStore(bench, { external_id: 'SUC02' });
  makePos(bench);

  expect(outcomeOf(bench.put())).toBe('204');
  const elsewhere = PUT_PATH.replace('SUC01', 'SUC02').replace('SUC02CAJA07', POS);
  expect(outcomeOf(bench.send('PUT', elsewhere, { body: withdrawal() }))).toBe('400 invalid_externalPosId');
});

test('the text on a sticker finds whatever waits there', () => {
  const bench = createBench({ settings: { posShape: 'flat' } });
  makeStore(bench);
  const { qr_code: sticker = '' } = makePos(bench);
  expect(bench.engine.customerScans(sticker)).toMatchObject({ ok: false, kind: 'unknown-order' });
  bench.put();

  expect(bench.engine.customerPays(sticker)).toMatchObject({ ok: true, order: { externalReference: REFERENCE } });
});

test('only the files of an existing sticker are there, and they need no token', () => {
  const bench = createBench();
  makeStore(bench);
  const { id, qr } = makePos(bench);
  const path = new URL(qr?.['image'] ?? '').pathname;

  expect(answerOf(bench.send('GET', path, { headers: { authorization: '' } })).headers['content-type']).toBe(
    'image/png',
  );
  expect(outcomeOf(bench.send('GET', `/instore/merchant/qr/${id}/other.png`))).toBe('404 not_found');
  expect(outcomeOf(bench.send('GET', path.replace(String(id), '1')))).toBe('404 not_found');
});
