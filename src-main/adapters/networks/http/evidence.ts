/**
 * Evidence of one exchange: what a network answered, when, and under which request id, fit to be journalled for years.
 * The hash is of every byte received; the text has known secrets removed (I11) and is cut at 64 KiB.
 */
import { isAscii } from 'node:buffer';
import { hash } from 'node:crypto';
import type { Evidence } from '../../../core/domain/network.ts';
import type { SecretFilter } from './secret-filter.ts';

export const EVIDENCE_BODY_BYTES = 65_536;

export type Witnessed = Readonly<{
  httpStatus: number;
  networkRequestId: string | undefined;
  ownRequestId: string;
  sentAtMs: number;
  answeredAtMs: number;
  body: Buffer;
}>;

/** `json` is the body read as JSON with secrets removed, absent when it is none. */
export function witness(seen: Witnessed, filter: SecretFilter): { evidence: Evidence; json: unknown } {
  const { text, json } = readBody(seen.body, filter);
  const evidence = {
    httpStatus: seen.httpStatus,
    requestId: usableRequestId(seen.networkRequestId, filter) ?? seen.ownRequestId,
    sentAtMs: seen.sentAtMs,
    answeredAtMs: seen.answeredAtMs,
    bodySha256: hash('sha256', seen.body),
    body: cutAtBytes(text, EVIDENCE_BODY_BYTES),
  };
  return { evidence, json };
}

const UTF_8 = new TextDecoder();
/** A text without these reads as it is written: escapes in texts, and numbers with an exponent. */
const WRITTEN_OTHERWISE = /\\|\d[eE]/;

function readBody(body: Buffer, filter: SecretFilter): { text: string; json: unknown } {
  const text = filter.clean(isAscii(body) ? body.toString('latin1') : UTF_8.decode(body));
  const json = parseJson(text);
  if (json === undefined || !WRITTEN_OTHERWISE.test(text)) return { text, json };
  // JSON escapes could hide a secret from the plain search, and parsing would bring it back.
  const plain = JSON.stringify(json);
  if (!filter.finds(plain)) return { text, json };
  const cleaned = filter.clean(plain);
  return { text: cleaned, json: parseJson(cleaned) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function usableRequestId(id: string | undefined, filter: SecretFilter): string | undefined {
  return id !== undefined && /^[\w.:/=+-]{1,128}$/.test(id) && filter.clean(id) === id ? id : undefined;
}

function cutAtBytes(text: string, maxBytes: number): string {
  // No UTF-16 unit takes more than three bytes.
  if (text.length * 3 <= maxBytes) return text;
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= maxBytes) return text;
  // `stream` holds back a character that the cut split, so that no replacement mark is invented.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, maxBytes), { stream: true });
}
