/**
 * Mercado Pago's account, stores and points of sale, for pairing a till: the same host serves them to both of its networks.
 *
 * Source  Mercado Pago: users/me, stores reference, POS reference, qr-code-ca create store and POS.
 * Errors  every end of a call is a value of the port; FaultError `settings.invalid` at construction for a base URL that may not be used.
 */
import type { NetworkPairing, PairingAnswer } from '../../../core/application/ports/network-pairing.ts';
import type { Clock, Ids } from '../../../core/application/ports/system.ts';
import { createHttpClient, isUsableToken } from '../http/http-client.ts';
import { answerOf } from './outcomes.ts';
import {
  accountRequest,
  createPosRequest,
  createStoreRequest,
  fixAmountRequest,
  PAGE_ENTRIES,
  searchPosRequest,
  searchStoresRequest,
} from './requests.ts';
import type { Asked } from './requests.ts';
import { fetchSticker } from './sticker.ts';
import { readAccount, readPage, readPos, readStore } from './wire-places.ts';

export type MercadoPagoPairingOptions = Readonly<{
  baseUrl: string;
  /** The access token, asked at every call. Without one nothing leaves. */
  token: () => string | undefined;
  /** Other secrets of the till, so that no answer carries one into what is kept. */
  otherSecrets?: () => readonly string[];
  clock: Clock;
  ids: Ids;
  /** Of the program, for User-Agent. */
  version?: string;
  deadlineMs?: number;
}>;

const DEADLINE_MS = 10_000;
/** An account with more stores than this is not listed to its end: the technician names the external id. */
const PAGES_MAX = 10;

export function createMercadoPagoPairing(options: MercadoPagoPairingOptions): NetworkPairing {
  const { token, version, clock, ids } = options;
  const userAgent = version === undefined ? 'ventanilla' : `ventanilla/${version}`;
  const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
  const http = createHttpClient({ ...options, userAgent });

  async function ask<Value>(asked: Asked, read: (json: unknown) => Value | undefined): Promise<PairingAnswer<Value>> {
    return answerOf(await http.send({ ...asked, deadlineMs }), read);
  }

  /** Every page, or the first that could not be had: half a list is no list. */
  async function list<Entry>(
    asked: (offset: number) => Asked,
    read: (wire: unknown) => Entry | undefined,
  ): Promise<PairingAnswer<readonly Entry[]>> {
    const entries: Entry[] = [];
    for (let page = 0; ; page += 1) {
      const answer = await ask(asked(page * PAGE_ENTRIES), (json) => readPage(json, read));
      if (answer.kind !== 'answered') return answer;
      entries.push(...answer.value.entries);
      const isLast = answer.value.entries.length < PAGE_ENTRIES || entries.length >= answer.value.total;
      if (isLast || page + 1 >= PAGES_MAX) return { ...answer, value: entries };
    }
  }

  return {
    hasToken: () => isUsableToken(token()),
    account: () => ask(accountRequest(), readAccount),
    stores: (userId, externalId) => list((offset) => searchStoresRequest(userId, externalId, offset), readStore),
    createStore: (userId, store) => ask(createStoreRequest(userId, store), readStore),
    pointsOfSale: (by) => list((offset) => searchPosRequest(by, offset), readPos),
    createPointOfSale: (pos) => ask(createPosRequest(pos), readPos),
    fixAmount: (posId) => ask(fixAmountRequest(posId), readPos),
    sticker: (url) => fetchSticker(url, { clock, ids, userAgent, deadlineMs }),
    close: () => http.close(),
  };
}
