/**
 * Accounts, stores and points of sale as the network writes them, read tolerantly: documents and answers differ in names and kinds.
 *
 * Source  Mercado Pago: users/me; stores reference; POS reference (`qr{image,…}`) and the OpenAPI file (`qr_code`, `qr_code_image`).
 */
import type { Account, PointOfSale, Store } from '../../../core/domain/pairing.ts';
import type { Country } from '../../../core/domain/settings.ts';
import { asObject, fieldOf, objectIn, objectsIn, plainText, textIn } from '../http/wire-fields.ts';
import type { WireObject } from '../http/wire-fields.ts';

const COUNTRY_OF_SITE: Readonly<Record<string, Country>> = { MLA: 'AR', MLB: 'BR', MLC: 'CL', MLM: 'MX', MLU: 'UY' };
const NAME_LENGTH_MAX = 80;

export function readAccount(json: unknown): Account | undefined {
  const wire = asObject(json);
  const userId = numberText(wire, 'id', 20);
  const siteId = textIn(wire, 'site_id');
  if (userId === undefined || siteId === undefined || !/^[A-Z]{3}$/.test(siteId)) return undefined;
  const country = Object.hasOwn(COUNTRY_OF_SITE, siteId) ? COUNTRY_OF_SITE[siteId] : undefined;
  const nickname = nameIn(wire, 'nickname');
  return { userId, siteId, ...(country && { country }), ...(nickname !== undefined && { nickname }) };
}

/** One page of a list; undefined when it is none. An entry that cannot be read makes the whole page unreadable: it may be the one. */
export function readPage<Entry>(
  json: unknown,
  readEntry: (wire: unknown) => Entry | undefined,
): Readonly<{ entries: readonly Entry[]; total: number }> | undefined {
  const wire = asObject(json);
  const results = objectsIn(wire, 'results');
  if (!results) return undefined;
  const entries = results.flatMap((entry) => readEntry(entry) ?? []);
  if (entries.length < results.length) return undefined;
  const total = Number(textIn(objectIn(wire, 'paging'), 'total') ?? results.length);
  return { entries, total: Number.isSafeInteger(total) ? total : results.length };
}

export function readStore(json: unknown): Store | undefined {
  const wire = asObject(json);
  const id = numberText(wire, 'id', 15);
  if (id === undefined) return undefined;
  const externalId = idIn(wire, 'external_id');
  const address = nameIn(objectIn(wire, 'location'), 'address_line');
  return {
    id,
    name: nameIn(wire, 'name') ?? id,
    ...(externalId !== undefined && { externalId }),
    ...(address !== undefined && { address }),
  };
}

export function readPos(json: unknown): PointOfSale | undefined {
  const wire = asObject(json);
  const id = numberText(wire, 'id', 15);
  const storeId = numberText(wire, 'store_id', 15);
  if (id === undefined || storeId === undefined) return undefined;
  const qr = objectIn(wire, 'qr');
  const stickerUrl = textIn(qr, 'image') ?? textIn(wire, 'qr_code_image');
  const stickerText = textIn(qr, 'qr_code') ?? textIn(wire, 'qr_code');
  const externalId = idIn(wire, 'external_id');
  return {
    id,
    name: nameIn(wire, 'name') ?? id,
    storeId,
    isAmountFixed: fieldOf(wire, 'fixed_amount') === true,
    ...(externalId !== undefined && { externalId }),
    ...(stickerUrl !== undefined && { stickerUrl }),
    ...(stickerText !== undefined && { stickerText }),
  };
}

/** Ids come as numbers and as texts; here they are texts of digits. */
function numberText(wire: WireObject | undefined, name: string, longest: number): string | undefined {
  const text = textIn(wire, name);
  return text !== undefined && /^\d+$/.test(text) && text.length <= longest ? text : undefined;
}

/** Made by hand elsewhere, an external id may be anything; one that we could not send is as good as none. */
function idIn(wire: WireObject | undefined, name: string): string | undefined {
  const text = textIn(wire, name);
  return text !== undefined && /^[A-Za-z0-9_-]{1,60}$/.test(text) ? text : undefined;
}

function nameIn(wire: WireObject | undefined, name: string): string | undefined {
  const text = plainText(textIn(wire, name) ?? '', NAME_LENGTH_MAX);
  return text === '' ? undefined : text;
}
