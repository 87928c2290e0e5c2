/** Requests about accounts, stores, points of sale and stickers: which they are, and what the network makes of them. */
import { jsonAnswer } from '../exchange.ts';
import type { SimulatedRequest } from '../exchange.ts';
import { SITES } from './places.ts';
import { refusal } from './places-state.ts';
import type { PlaceDone, PlacesState, PlaceTurn } from './places-state.ts';
import * as pointsOfSale from './pos-operations.ts';
import { stickerAnswerOf } from './sticker.ts';
import * as stores from './store-operations.ts';

export const STORE_OPERATIONS = [
  'create-store',
  'search-stores',
  'read-store',
  'update-store',
  'delete-store',
] as const;
export const POS_OPERATIONS = ['create-pos', 'search-pos', 'read-pos', 'update-pos', 'delete-pos'] as const;
export const PLACE_OPERATIONS = ['read-account', ...STORE_OPERATIONS, ...POS_OPERATIONS, 'sticker'] as const;
export type PlaceOperation = (typeof PLACE_OPERATIONS)[number];

export type PlaceCall = Readonly<{
  operation: PlaceOperation;
  parts: Readonly<{ userId?: string; id?: string; file?: string }>;
}>;

type Route = Readonly<{ method: string; pattern: RegExp; operation: PlaceOperation }>;

const STORE = String.raw`/users/(?<userId>[^/]+)/stores/(?<id>[^/]+)`;

function route(method: string, path: string, operation: PlaceOperation): Route {
  return { method, pattern: new RegExp(`^${path}/?$`), operation };
}

const ROUTES: readonly Route[] = [
  route('GET', '/users/me', 'read-account'),
  route('POST', '/users/(?<userId>[^/]+)/stores', 'create-store'),
  route('GET', '/users/(?<userId>[^/]+)/stores/search', 'search-stores'),
  route('PUT', STORE, 'update-store'),
  route('DELETE', STORE, 'delete-store'),
  route('GET', '/stores/(?<id>[^/]+)', 'read-store'),
  route('POST', '/pos', 'create-pos'),
  route('GET', '/pos', 'search-pos'),
  route('GET', '/pos/(?<id>[^/]+)', 'read-pos'),
  route('PUT', '/pos/(?<id>[^/]+)', 'update-pos'),
  route('DELETE', '/pos/(?<id>[^/]+)', 'delete-pos'),
  route('GET', String.raw`/instore/merchant/qr/(?<id>\d+)/(?<file>[^/]+)`, 'sticker'),
];

/** Undefined for a request that is about something else. */
export function readPlaceCall({ method, path }: SimulatedRequest): PlaceCall | undefined {
  for (const candidate of ROUTES) {
    const match = candidate.method === method ? candidate.pattern.exec(path) : null;
    if (match !== null) return { operation: candidate.operation, parts: { ...match.groups } };
  }
  return undefined;
}

export function isPlaceOperation(operation: string): operation is PlaceOperation {
  return (PLACE_OPERATIONS as readonly string[]).includes(operation);
}

type StickerTurn = PlaceTurn & Readonly<{ call: Readonly<{ parts: Readonly<{ id?: string; file?: string }> }> }>;

export const PERFORM_AT_PLACES: Readonly<Record<PlaceOperation, (state: PlacesState, turn: StickerTurn) => PlaceDone>> =
  {
    'read-account': readAccount,
    'create-store': stores.createStore,
    'search-stores': stores.searchStores,
    'read-store': stores.readStoreById,
    'update-store': stores.updateStore,
    'delete-store': stores.deleteStore,
    'create-pos': pointsOfSale.createPos,
    'search-pos': pointsOfSale.searchPos,
    'read-pos': pointsOfSale.readPosById,
    'update-pos': pointsOfSale.updatePos,
    'delete-pos': pointsOfSale.deletePos,
    sticker,
  };

/** The bearer's own account: more of it stands in a real answer, and none of that is a till's business. */
function readAccount({ settings }: PlacesState, { userId }: PlaceTurn): PlaceDone {
  const { country, merchantName } = settings;
  const account = {
    id: Number(userId),
    nickname: merchantName.replaceAll(' ', ''),
    country_id: country,
    site_id: SITES[country].siteId,
    status: { site_status: 'active' },
  };
  return { answer: jsonAnswer(200, account) };
}

function sticker(state: PlacesState, { call }: StickerTurn): PlaceDone {
  const pos = state.pointsOfSale.get(Number(call.parts.id ?? ''));
  const { merchantName } = state.settings;
  const answer = pos === undefined ? undefined : stickerAnswerOf(pos, call.parts.file ?? '', merchantName);
  return { answer: answer ?? refusal(state, { code: 'not_found', message: 'There is no such sticker.' }) };
}
