/**
 * The requests of pairing. Field order is fixed: the fixtures compare every byte.
 *
 * Source  Mercado Pago: users/me; stores reference (POST `/users/{user_id}/stores`, search); POS reference (POST, GET and PUT `/pos`).
 * Units   coordinates in degrees, as JSON numbers; ids of stores and points of sale as JSON numbers where the reference says so.
 */
import type { NewPointOfSale, NewStore } from '../../../core/domain/pairing.ts';
import { invariant } from '../../../core/domain/result.ts';
import type { HttpCall } from '../http/http-client.ts';

/** Without deadline: the adapter's own. */
export type Asked = Pick<HttpCall, 'method' | 'path' | 'headers' | 'body'>;

/** What a page of a list holds; the documents' default is 30. */
export const PAGE_ENTRIES = 50;

export function accountRequest(): Asked {
  return reading('/users/me');
}

export function searchStoresRequest(userId: string, externalId: string | undefined, offset: number): Asked {
  const query = externalId === undefined ? '' : `external_id=${encodeURIComponent(externalId)}&`;
  return reading(`/users/${accountNumber(userId)}/stores/search?${query}${page(offset)}`);
}

export function createStoreRequest(userId: string, { name, externalId, address }: NewStore): Asked {
  const { streetName, streetNumber, cityName, stateName, latitude, longitude, reference } = address;
  const location = {
    street_number: streetNumber,
    street_name: streetName,
    city_name: cityName,
    state_name: stateName,
    latitude,
    longitude,
    ...(reference !== undefined && { reference }),
  };
  return writing('POST', `/users/${accountNumber(userId)}/stores`, { name, external_id: externalId, location });
}

export function searchPosRequest(
  by: Readonly<{ externalId: string }> | Readonly<{ storeId: string }>,
  offset: number,
): Asked {
  const query =
    'externalId' in by ? `external_id=${encodeURIComponent(by.externalId)}` : `store_id=${wholeNumber(by.storeId)}`;
  return reading(`/pos?${query}&${page(offset)}`);
}

export function createPosRequest({ name, externalId, storeId }: NewPointOfSale): Asked {
  return writing('POST', '/pos', {
    name,
    fixed_amount: true,
    store_id: wholeNumber(storeId),
    external_id: externalId,
  });
}

export function fixAmountRequest(posId: string): Asked {
  return writing('PUT', `/pos/${wholeNumber(posId)}`, { fixed_amount: true });
}

function reading(path: string): Asked {
  return { method: 'GET', path, headers: {}, body: '' };
}

function writing(method: 'POST' | 'PUT', path: string, body: unknown): Asked {
  return { method, path, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

function page(offset: number): string {
  return `limit=${PAGE_ENTRIES}&offset=${offset}`;
}

/** Ids come from answers, which are read so that only these pass. */
function accountNumber(userId: string): string {
  invariant(/^\d{1,20}$/.test(userId), 'not an account number');
  return userId;
}

function wholeNumber(id: string): number {
  invariant(/^\d{1,15}$/.test(id), 'not the number of a store or a point of sale');
  return Number(id);
}
