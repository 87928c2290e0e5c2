/**
 * Points of sale: one till each, with the sticker that customers scan.
 *
 * Source  Mercado Pago POS reference, and qr-code-ca, create store and POS. The answer comes as `qr{image, …}` in the
 *         documents and flat as `qr_code`, `qr_code_image` in the OpenAPI file.
 */
import { isRecord } from '../body-rules.ts';
import type { CallBody } from '../call-body.ts';
import { jsonAnswer } from '../exchange.ts';
import { pageOf } from './paging.ts';
import { SITES } from './places.ts';
import type { PointOfSale, Store } from './places.ts';
import { nextNumber, refusal } from './places-state.ts';
import type { PlaceDone, PlaceSettings, PlacesState, PlaceTurn } from './places-state.ts';
import { emptyAnswer } from './refusals.ts';
import type { Problem } from './refusals.ts';
import { stickerLinksOf, stickerTextOf } from './sticker.ts';
import { wireTime } from './wire-time.ts';

const HIDDEN_FOR_MS = 3_000;
const LONGEST_NAME = 45;
const LONGEST_EXTERNAL_ID = 40;
const LONGEST_URL = 300;

export function createPos(state: PlacesState, turn: PlaceTurn): PlaceDone {
  const { userId, nowMs, chosen } = turn;
  const wish = readPos(turn.call.body, state.settings);
  if ('code' in wish) return { answer: refusal(state, wish) };
  const { name, externalId } = wish;
  if (name === undefined) return { answer: refusal(state, bad('INVALID_NAME')) };
  if (externalId === undefined) return { answer: refusal(state, bad('INVALID_EXTERNAL_ID')) };
  const place = findPlace(state, userId, wish);
  if ('code' in place) return { answer: refusal(state, place) };
  if (isTaken(state, userId, externalId, undefined)) return { answer: refusal(state, TAKEN) };
  const pos: PointOfSale = {
    id: nextNumber(state.lastNumbers, 'pos', state.random.ids),
    uuid: state.random.ids.uuid(),
    userId,
    country: state.settings.country,
    createdAtMs: nowMs,
    visibleFromMs: chosen?.fault === 'hidden-after-create' ? nowMs + (chosen.afterMs ?? HIDDEN_FOR_MS) : nowMs,
    updatedAtMs: nowMs,
    name,
    isAmountFixed: wish.isAmountFixed ?? false,
    category: wish.category,
    url: wish.url,
    storeId: place.id,
    externalId,
  };
  state.pointsOfSale.set(pos.id, pos);
  return { answer: jsonAnswer(state.settings.createdStatus, wirePosOf(state, turn, pos)) };
}

export function searchPos(state: PlacesState, turn: PlaceTurn): PlaceDone {
  const { query } = turn.call.request;
  const found = [...state.pointsOfSale.values()].filter((pos) => {
    const own: Readonly<Record<string, string>> = {
      external_id: pos.externalId,
      external_store_id: state.stores.get(pos.storeId)?.externalId ?? '',
      store_id: String(pos.storeId),
      category: String(pos.category ?? ''),
    };
    const isWanted = Object.entries(own).every(([name, value]) => query[name] === undefined || query[name] === value);
    return pos.userId === turn.userId && pos.visibleFromMs <= turn.nowMs && isWanted;
  });
  return {
    answer: jsonAnswer(
      200,
      pageOf(
        found.map((pos) => wirePosOf(state, turn, pos)),
        query,
      ),
    ),
  };
}

export function readPosById(state: PlacesState, turn: PlaceTurn): PlaceDone {
  const pos = findPos(state, turn);
  return { answer: pos === undefined ? refusal(state, NO_POS) : jsonAnswer(200, wirePosOf(state, turn, pos)) };
}

export function updatePos(state: PlacesState, turn: PlaceTurn): PlaceDone {
  const pos = findPos(state, turn);
  if (pos === undefined) return { answer: refusal(state, NO_POS) };
  const wish = readPos(turn.call.body, state.settings);
  if ('code' in wish) return { answer: refusal(state, wish) };
  const isMoved = wish.storeId !== undefined || wish.externalStoreId !== undefined;
  const place = isMoved ? findPlace(state, turn.userId, wish) : undefined;
  if (place !== undefined && 'code' in place) return { answer: refusal(state, place) };
  if (isTaken(state, turn.userId, wish.externalId, pos)) return { answer: refusal(state, TAKEN) };
  pos.name = wish.name ?? pos.name;
  pos.isAmountFixed = wish.isAmountFixed ?? pos.isAmountFixed;
  pos.category = wish.category ?? pos.category;
  pos.url = wish.url ?? pos.url;
  pos.externalId = wish.externalId ?? pos.externalId;
  pos.storeId = place?.id ?? pos.storeId;
  pos.updatedAtMs = turn.nowMs;
  return { answer: jsonAnswer(200, wirePosOf(state, turn, pos)) };
}

export function deletePos(state: PlacesState, turn: PlaceTurn): PlaceDone {
  const pos = findPos(state, turn);
  if (pos === undefined) return { answer: refusal(state, NO_POS) };
  state.pointsOfSale.delete(pos.id);
  return { answer: emptyAnswer(204) };
}

const NO_POS: Problem = { code: 'not_found', message: 'There is no such point of sale.' };
const TAKEN: Problem = { code: 'conflict', message: 'Another point of sale has this external_id.' };

function bad(code: string): Problem {
  return { code, message: 'The point of sale cannot be as it is described.' };
}

function findPos(state: PlacesState, { call, userId }: PlaceTurn): PointOfSale | undefined {
  const pos = state.pointsOfSale.get(Number(call.parts.id ?? ''));
  return pos?.userId === userId ? pos : undefined;
}

function isTaken(
  state: PlacesState,
  userId: string,
  externalId: string | undefined,
  own: PointOfSale | undefined,
): boolean {
  return [...state.pointsOfSale.values()].some(
    (pos) => pos !== own && pos.userId === userId && pos.externalId === externalId,
  );
}

/** The store that a point of sale is to stand in, by either of its ids, which must agree. */
function findPlace(state: PlacesState, userId: string, wish: PosWish): Store | Problem {
  const { storeId, externalStoreId } = wish;
  const byId = storeId === undefined ? undefined : state.stores.get(storeId);
  const byExternalId = [...state.stores.values()].find(
    (store) => store.userId === userId && store.externalId === externalStoreId,
  );
  if (byId !== undefined && byId.userId !== userId) {
    return { code: 'forbidden', message: 'The store belongs to another user.' };
  }
  if (storeId !== undefined && byId === undefined) return bad('INVALID_STORE_ID');
  if (externalStoreId === undefined) return byId ?? bad('INVALID_STORE_ID');
  if (byExternalId === undefined) return bad('INEXISTENT_EXTERNAL_STORE_ID');
  return byId === undefined || byId === byExternalId ? byExternalId : bad('EXTERNAL_STORE_ID_NOT_MATCH');
}

type PosWish = Readonly<{
  name: string | undefined;
  isAmountFixed: boolean | undefined;
  category: number | undefined;
  url: string | undefined;
  storeId: number | undefined;
  externalStoreId: string | undefined;
  externalId: string | undefined;
}>;

const FIELDS = ['name', 'fixed_amount', 'category', 'store_id', 'external_store_id', 'external_id', 'url'];

function readPos(body: CallBody, settings: PlaceSettings): PosWish | Problem {
  if (body.kind === 'empty') return bad('MISSING_BODY');
  const value = body.kind === 'json' ? body.value : undefined;
  if (!isRecord(value)) return bad('BAD_REQUEST');
  const unknown = Object.keys(value).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) return { code: 'UNKNOWN_FIELD_EXCEPTION', message: `There is no field ${unknown}.` };
  const code = problemOfPos(value, settings);
  return code === undefined ? wishOf(value) : bad(code);
}

function problemOfPos(value: Record<string, unknown>, settings: PlaceSettings): string | undefined {
  const { name, fixed_amount: fixed, category, url } = value;
  if (name !== undefined && (typeof name !== 'string' || name.trim() === '')) return 'INVALID_NAME';
  if (typeof name === 'string' && name.length >= LONGEST_NAME) return 'NAME_TOO_LONG';
  if (fixed !== undefined && typeof fixed !== 'boolean') return 'INVALID_FIXED_AMOUNT';
  if (fixed === false && !settings.acceptsFreeAmountPos) return 'FIXED_AMOUNT_FALSE';
  if (category !== undefined && typeof category !== 'number') return 'INVALID_CATEGORY';
  const known: readonly number[] = SITES[settings.country].categories;
  if (typeof category === 'number' && !known.includes(category)) return 'UNKNOWN_MCC';
  if (url !== undefined && (typeof url !== 'string' || !URL.canParse(url))) return 'INVALID_URL';
  if (typeof url === 'string' && url.length > LONGEST_URL) return 'URL_TOO_LONG';
  return problemOfPosIds(value, settings);
}

function problemOfPosIds(value: Record<string, unknown>, settings: PlaceSettings): string | undefined {
  const { store_id: storeId, external_store_id: externalStoreId, external_id: externalId } = value;
  if (storeId !== undefined && typeof storeId !== 'number') return 'INVALID_STORE_ID';
  if (externalStoreId !== undefined && typeof externalStoreId !== 'string') return 'INVALID_EXTERNAL_STORE_ID';
  if (externalId === undefined) return undefined;
  const allowed = settings.posExternalIdAllows === 'dashes-too' ? /^[A-Za-z0-9_-]+$/ : /^[A-Za-z0-9]+$/;
  if (typeof externalId !== 'string' || !allowed.test(externalId)) return 'INVALID_EXTERNAL_ID';
  return externalId.length > LONGEST_EXTERNAL_ID ? 'EXTERNAL_ID_TOO_LONG' : undefined;
}

/** The body is known to keep the rules. */
function wishOf(value: Record<string, unknown>): PosWish {
  return {
    name: value['name'] as string | undefined,
    isAmountFixed: value['fixed_amount'] as boolean | undefined,
    category: value['category'] as number | undefined,
    url: value['url'] as string | undefined,
    storeId: value['store_id'] as number | undefined,
    externalStoreId: value['external_store_id'] as string | undefined,
    externalId: value['external_id'] as string | undefined,
  };
}

function wirePosOf(state: PlacesState, { call }: PlaceTurn, pos: PointOfSale): unknown {
  const links = stickerLinksOf(pos, call.request.headers['host']);
  const isNested = state.settings.posShape === 'nested';
  const externalStoreId = state.stores.get(pos.storeId)?.externalId;
  return {
    id: pos.id,
    ...(isNested
      ? { qr: links }
      : { qr_code: stickerTextOf(pos, state.settings.merchantName), qr_code_image: links.image }),
    status: 'active',
    date_created: wireTime(pos.createdAtMs),
    date_last_updated: wireTime(pos.updatedAtMs),
    uuid: pos.uuid.replaceAll('-', ''),
    user_id: Number(pos.userId),
    name: pos.name,
    fixed_amount: pos.isAmountFixed,
    ...(pos.category !== undefined && { category: pos.category }),
    store_id: String(pos.storeId),
    ...(externalStoreId !== undefined && { external_store_id: externalStoreId }),
    external_id: pos.externalId,
    ...(pos.url !== undefined && { url: pos.url }),
  };
}
