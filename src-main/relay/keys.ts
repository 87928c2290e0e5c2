/**
 * Tills' keys: 256 random bits each, of which the relay keeps a hash. A key that strong needs no slow hash: there is nothing to guess at.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ShopConfig } from './config.ts';

export type Caller = Readonly<{ shop: string; till: string }>;

const LONGEST_HEADER = 200;

export function makeKey(): Readonly<{ key: string; keySha256: string }> {
  const key = `vtr_${randomBytes(32).toString('base64url')}`;
  return { key, keySha256: hashOf(key).toString('hex') };
}

/** Whose key an Authorization header presents. Takes the same time whether one fits or none. */
export function callerOf(header: string | undefined, shops: ReadonlyMap<string, ShopConfig>): Caller | undefined {
  const given = header === undefined || header.length > LONGEST_HEADER ? '' : header;
  const presented = hashOf(/^Bearer ([!-~]+)$/.exec(given)?.[1] ?? '');
  let found: Caller | undefined;
  for (const [shop, { tills }] of shops) {
    for (const { name, keyHash } of tills) if (timingSafeEqual(presented, keyHash)) found = { shop, till: name };
  }
  return found;
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key, 'utf8').digest();
}
