/**
 * The signed body: login and pass go in front of the frozen text, the bytes are made once, signed, and those same bytes are sent.
 *
 * Frozen   `{"external_id":"T07…","country":"PE",…}`: a JSON object with at least one field, no blanks, no login, no pass.
 * Sent     `{"login":<JSON text>,"pass":<JSON text>,` and then the frozen text without its first brace, in UTF-8.
 * Signed   lower-case hexadecimal HMAC-SHA-256 of the sent bytes with the API signature key; empty bytes are signed like any others.
 *
 * Source   D24, TuPay, OneKey cashouts API: calculating the payload signature.
 */
import { createHmac } from 'node:crypto';
import { invariant } from '../../../core/domain/result.ts';

export type Credentials = Readonly<{ login: string; pass: string; signatureKey: string }>;

export function bytesToSend(frozen: string, { login, pass }: Pick<Credentials, 'login' | 'pass'>): Buffer {
  invariant(
    /^\{"(?!login"|pass")/.test(frozen),
    'a frozen body is a JSON object with a first field that is no credential',
  );
  return Buffer.from(`{"login":${JSON.stringify(login)},"pass":${JSON.stringify(pass)},${frozen.slice(1)}`, 'utf8');
}

export function payloadSignature(bytes: Uint8Array, signatureKey: string): string {
  return createHmac('sha256', signatureKey).update(bytes).digest('hex');
}

/** A value on the wire: text, truth, or digits that go out as a JSON number exactly as written here. */
export type WireValue = string | boolean | Readonly<{ digits: string }>;

/** Compact JSON in the order of the entries. Numbers are never computed: 250.5 leaves as `250.5` because it was written so. */
export function jsonText(entries: readonly (readonly [name: string, value: WireValue])[]): string {
  const fields = entries.map(([name, value]) => `${JSON.stringify(name)}:${valueText(value)}`);
  return `{${fields.join(',')}}`;
}

function valueText(value: WireValue): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  invariant(/^(0|[1-9]\d*)(\.\d+)?$/.test(value.digits), `not a JSON number: ${value.digits}`);
  return value.digits;
}
