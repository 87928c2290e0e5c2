/**
 * What is signed with the API signature: every request body, and the control word of a notification.
 *
 * Source  TuPay and OneKey, calculating the payload signature: lower-case hex HMAC-SHA256 over the body as it was sent.
 *         Notifications of the same documents: upper-case hex over the external id between two fixed words.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** @param bodyText the body as received; bytes that are no UTF-8 have no valid signature. */
export function payloadSignature(apiSignature: string, bodyText: string): string {
  return createHmac('sha256', apiSignature).update(bodyText, 'utf8').digest('hex');
}

/** The value must be in lower case. */
export function isSigned(apiSignature: string, bodyText: string, given: string | undefined): boolean {
  const expected = Buffer.from(payloadSignature(apiSignature, bodyText));
  const received = Buffer.from(given ?? '');
  return expected.length === received.length && timingSafeEqual(expected, received);
}

export type ControlWords = Readonly<{ before: string; after: string }>;

export function noticeControl(apiSignature: string, externalId: string, { before, after }: ControlWords): string {
  return createHmac('sha256', apiSignature)
    .update(`${before}${externalId}${after}`, 'utf8')
    .digest('hex')
    .toUpperCase();
}
