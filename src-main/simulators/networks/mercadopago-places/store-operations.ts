/**
 * Stores, as an integrator makes and finds them while pairing a till.
 *
 * Source  Mercado Pago stores reference, and qr-code-ca, create store and POS. Nothing here has an idempotency key: who
 *         lost an answer searches by external id.
 */
import { isRecord } from '../body-rules.ts';
import type { CallBody } from '../call-body.ts';
import { jsonAnswer } from '../exchange.ts';
import { pageOf } from './paging.ts';
import { SITES } from './places.ts';
import type { Store, StoreLocation } from './places.ts';
import { nextNumber, refusal } from './places-state.ts';
import type { PlaceDone, PlaceSettings, PlacesState, PlaceTurn } from './places-state.ts';
import { emptyAnswer } from './refusals.ts';
import type { Problem } from './refusals.ts';
import { wireTime } from './wire-time.ts';

const HIDDEN_FOR_MS = 3_000;
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const RANGES_A_DAY = 4;
const EXTERNAL_ID = /^[A-Za-z0-9]{1,60}$/;

export function createStore(state: PlacesState, turn: PlaceTurn): PlaceDone {
  const { userId, nowMs, chosen } = turn;
  const reading = isOwner(turn) ? readStore(turn.call.body, state.settings) : NOT_YOURS;
  if ('code' in reading) return { answer: refusal(state, reading) };
  if (reading.name === undefined) return { answer: refusal(state, BAD_NAME) };
  if (reading.location === undefined) return { answer: refusal(state, bad('LOCATION', 'a store has a location')) };
  if (isTaken(state, userId, reading.externalId, undefined)) return { answer: refusal(state, TAKEN) };
  const store: Store = {
    id: nextNumber(state.lastNumbers, 'store', state.random.ids),
    userId,
    createdAtMs: nowMs,
    visibleFromMs: chosen?.fault === 'hidden-after-create' ? nowMs + (chosen.afterMs ?? HIDDEN_FOR_MS) : nowMs,
    name: reading.name,
    externalId: reading.externalId,
    businessHours: reading.businessHours,
    location: reading.location,
  };
  state.stores.set(store.id, store);
  return { answer: jsonAnswer(state.settings.createdStatus, wireStoreOf(store, state.settings)) };
}

export function searchStores(state: PlacesState, turn: PlaceTurn): PlaceDone {
  if (!isOwner(turn)) return { answer: refusal(state, NOT_YOURS) };
  const { query } = turn.call.request;
  const wanted = query['external_id'];
  const found = [...state.stores.values()].filter(
    ({ userId, visibleFromMs, externalId }) =>
      userId === turn.userId && visibleFromMs <= turn.nowMs && (wanted === undefined || externalId === wanted),
  );
  return {
    answer: jsonAnswer(
      200,
      pageOf(
        found.map((store) => wireStoreOf(store, state.settings)),
        query,
      ),
    ),
  };
}

export function readStoreById(state: PlacesState, turn: PlaceTurn): PlaceDone {
  const store = findStore(state, turn);
  return {
    answer: store === undefined ? refusal(state, NO_STORE) : jsonAnswer(200, wireStoreOf(store, state.settings)),
  };
}

export function updateStore(state: PlacesState, turn: PlaceTurn): PlaceDone {
  if (!isOwner(turn)) return { answer: refusal(state, NOT_YOURS) };
  const store = findStore(state, turn);
  if (store === undefined) return { answer: refusal(state, NO_STORE) };
  const reading = readStore(turn.call.body, state.settings);
  if ('code' in reading) return { answer: refusal(state, reading) };
  if (isTaken(state, turn.userId, reading.externalId, store)) return { answer: refusal(state, TAKEN) };
  store.name = reading.name ?? store.name;
  store.externalId = reading.externalId ?? store.externalId;
  store.businessHours = reading.businessHours ?? store.businessHours;
  store.location = { ...store.location, ...reading.location };
  return { answer: jsonAnswer(200, wireStoreOf(store, state.settings)) };
}

export function deleteStore(state: PlacesState, turn: PlaceTurn): PlaceDone {
  if (!isOwner(turn)) return { answer: refusal(state, NOT_YOURS) };
  const store = findStore(state, turn);
  if (store === undefined) return { answer: refusal(state, NO_STORE) };
  state.stores.delete(store.id);
  return { answer: emptyAnswer(204) };
}

const NOT_YOURS: Problem = { code: 'forbidden', message: 'The user is not the owner of this access token.' };
const NO_STORE: Problem = { code: 'not_found', message: 'There is no such store.' };
const BAD_NAME: Problem = bad('NAME', 'name must be a text');
const TAKEN: Problem = { code: 'VALIDATION_ERROR', message: 'The external_id belongs to another store already.' };

function bad(what: string, message: string): Problem {
  return { code: `INVALID_${what}`, message };
}

function isOwner({ call, userId }: PlaceTurn): boolean {
  return call.parts.userId === userId;
}

function findStore(state: PlacesState, { call, userId }: PlaceTurn): Store | undefined {
  const store = state.stores.get(Number(call.parts.id ?? ''));
  return store?.userId === userId ? store : undefined;
}

function isTaken(state: PlacesState, userId: string, externalId: string | undefined, own: Store | undefined): boolean {
  if (externalId === undefined) return false;
  return [...state.stores.values()].some(
    (store) => store !== own && store.userId === userId && store.externalId === externalId,
  );
}

type StoreWish = Readonly<{
  name: string | undefined;
  externalId: string | undefined;
  businessHours: Readonly<Record<string, unknown>> | undefined;
  location: StoreLocation | undefined;
}>;

function readStore(body: CallBody, settings: PlaceSettings): StoreWish | Problem {
  const value = body.kind === 'json' ? body.value : undefined;
  if (!isRecord(value)) return { code: 'BAD_REQUEST', message: 'The body is not an object.' };
  const { name, external_id: externalId, business_hours: hours, location } = value;
  if (name !== undefined && (typeof name !== 'string' || name.trim() === '')) return BAD_NAME;
  if (externalId !== undefined && (typeof externalId !== 'string' || !EXTERNAL_ID.test(externalId))) {
    return { code: 'VALIDATION_ERROR', message: 'external_id must be at most 60 letters and digits.' };
  }
  const problem =
    (hours === undefined ? undefined : hoursProblem(hours)) ??
    (location === undefined ? undefined : locationProblem(location, settings));
  if (problem !== undefined) return problem;
  return {
    name,
    externalId,
    businessHours: isRecord(hours) ? hours : undefined,
    location: isRecord(location) ? (location as StoreLocation) : undefined,
  };
}

function hoursProblem(hours: unknown): Problem | undefined {
  if (!isRecord(hours)) return bad('BUSINESS_HOURS', 'business_hours must be an object');
  const day = Object.keys(hours).find((name) => !DAYS.includes(name));
  if (day !== undefined) return bad('DAY', `${day} is no day`);
  const isRight = Object.values(hours).every(
    (ranges) => Array.isArray(ranges) && ranges.length <= RANGES_A_DAY && ranges.every(isRange),
  );
  return isRight ? undefined : bad('BUSINESS_HOURS', 'at most four ranges a day, each with open and close');
}

function isRange(range: unknown): boolean {
  return isRecord(range) && isTimeOfDay(range['open']) && isTimeOfDay(range['close']);
}

function isTimeOfDay(time: unknown): boolean {
  return typeof time === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
}

const TEXTS: readonly (readonly [name: string, code: string])[] = [
  ['street_number', 'STREET_NUMBER'],
  ['street_name', 'STREET_NAME'],
  ['city_name', 'CITY_NAME'],
  ['state_name', 'STATE_NAME'],
];

function locationProblem(location: unknown, settings: PlaceSettings): Problem | undefined {
  if (!isRecord(location)) return bad('LOCATION', 'location must be an object');
  for (const [name, code] of TEXTS) {
    const text = location[name];
    if (typeof text !== 'string' || text.trim() === '') return bad(code, `location.${name} must be a text`);
  }
  const { reference, latitude, longitude, state_name: stateName, city_name: city } = location;
  if (reference !== undefined && typeof reference !== 'string') return bad('REFERENCE', 'reference must be a text');
  const { knownPlaces } = settings;
  if (knownPlaces !== 'any') {
    const inState = knownPlaces.filter(({ state }) => state === stateName);
    if (inState.length === 0) return bad('STATE_NAME', 'the country has no such state');
    if (!inState.some((place) => place.city === city)) return bad('CITY_NAME', 'the state has no such city');
  }
  return isInCountry(latitude, longitude, settings)
    ? undefined
    : { code: 'BAD_REQUEST', message: 'The coordinates do not lie in the country.' };
}

function isInCountry(latitude: unknown, longitude: unknown, { country }: PlaceSettings): boolean {
  const [south, north, west, east] = SITES[country].bounds;
  return (
    typeof latitude === 'number' &&
    typeof longitude === 'number' &&
    latitude >= south &&
    latitude <= north &&
    longitude >= west &&
    longitude <= east
  );
}

export function wireStoreOf(store: Store, settings: PlaceSettings): unknown {
  const { id, name, externalId, businessHours, location, createdAtMs } = store;
  const { street_name: street, street_number: number, city_name: city, state_name: stateName } = location;
  return {
    id,
    name,
    [settings.storeDateName]: wireTime(createdAtMs),
    ...(businessHours !== undefined && { business_hours: businessHours }),
    location: { address_line: `${street} ${number}, ${city}, ${stateName}`, ...location },
    ...(externalId !== undefined && { external_id: externalId }),
  };
}
