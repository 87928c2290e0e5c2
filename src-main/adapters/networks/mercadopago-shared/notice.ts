/**
 * Notifications of Mercado Pago: whether one is the network's, and what to ask for. Pure.
 *
 * Signed   `x-signature: ts=<digits>,v1=<64 hex>`; v1 is the HMAC-SHA-256 with the application's secret over
 *          `id:<data.id of the query>;request-id:<x-request-id>;ts:<ts>;`, a part whose value is missing being left out.
 * Unsigned Notifications of QR products may come without a signature, and the older kinds (IPN: `topic` and `id` in the query) never have
 *          one: hints that anybody could send.
 * Disputed Documents lower-case the id in the signed text, traces show it as received: both are accepted. `ts` is in ms by the documents, in
 *          seconds by an SDK: told apart by size. One text signs the notification's own id instead of `data.id`: refused, because such a
 *          signature says nothing of the order.
 *
 * Source   Mercado Pago qr-code-ca, notifications: validating the origin; in-person notification guides: topics of merchant orders.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { isSubject } from '../../../core/domain/hint.ts';
import type { HintSubjects, NoticeVerdict } from '../../../core/domain/hint.ts';
import { codeText, fieldOf, objectIn, textIn, asObject } from '../http/wire-fields.ts';
import type { WireObject } from '../http/wire-fields.ts';

/** As it came. `query` is without the question mark; headers are absent where the request had none. */
export type MercadoPagoNotice = Readonly<{
  query: string;
  signature?: string;
  requestId?: string;
  bodyText: string;
}>;

export type NoticeRules = Readonly<{
  /** The application's secret; absent or empty: nothing can be checked, and what claims a signature is refused. */
  secret?: string;
  nowMs: number;
  /** A signature is for life, and repetitions come for about a day: how old one may be. */
  maxAgeMs: number;
  /** How far the network's clock may be ahead of ours. */
  maxAheadMs: number;
}>;

const LONGEST_QUERY = 2_048;
const LONGEST_BODY = 65_536;
const LONGEST_REQUEST_ID = 200;
/** From here on, digits are milliseconds: as seconds they would be in the year 33658. */
const FIRST_MS = 1_000_000_000_000;

/** What a topic's id names. Anything absent is nothing a till could ask for. */
const TOPICS: ReadonlyMap<string, keyof HintSubjects> = new Map([
  ['order', 'orderId'],
  ['orders', 'orderId'],
  ['merchant_order', 'merchantOrderId'],
  ['topic_merchant_order_wh', 'merchantOrderId'],
  ['payment', 'paymentId'],
]);

export function readMercadoPagoNotice(notice: MercadoPagoNotice, rules: NoticeRules): NoticeVerdict {
  if (notice.query.length > LONGEST_QUERY || notice.bodyText.length > LONGEST_BODY) return unreadable('too long');
  const query = new URLSearchParams(notice.query);
  const ids = query.getAll('data.id');
  if (ids.length > 1) return unreadable('more than one data.id');
  const id = ids[0] === '' ? undefined : ids[0];
  if (notice.signature !== undefined) {
    const refusal = checkSignature(notice.signature, id, notice.requestId, rules);
    if (refusal) return refusal;
  }
  const body = bodyOf(notice.bodyText);
  const topic = query.get('type') ?? query.get('topic') ?? textIn(body, 'type') ?? textIn(body, 'topic');
  if (topic === undefined) return unreadable('no topic');
  const name = TOPICS.get(topic);
  if (name === undefined) return { kind: 'unrelated', topic: codeText(topic) };
  const subject = id ?? onlyId(query) ?? textIn(objectIn(body, 'data'), 'id') ?? idInResource(body);
  if (subject === undefined || subject === '') return unreadable('no id');
  if (!isSubject(subject) || /[/?#]/.test(subject)) return unreadable('not an id');
  const about: HintSubjects = { [name]: subject, ...referenceIn(body) };
  // A signature over no id is the network's, but not about this order.
  const isCovered = notice.signature !== undefined && id !== undefined;
  return isCovered ? { kind: 'genuine', about, identity: identityOf(subject, body, notice) } : { kind: 'hint', about };
}

/** `id` and `requestId` are absent where the notification has none. Every text that documents and traces allow, by itself. */
export function manifestsOf(id: string | undefined, requestId: string | undefined, ts: string): readonly string[] {
  const rest = `${requestId === undefined ? '' : `request-id:${requestId};`}ts:${ts};`;
  const ids = id === undefined ? [''] : [...new Set([`id:${id.toLowerCase()};`, `id:${id};`])];
  return ids.map((part) => part + rest);
}

function checkSignature(
  header: string,
  id: string | undefined,
  requestId: string | undefined,
  { secret, nowMs, maxAgeMs, maxAheadMs }: NoticeRules,
): Extract<NoticeVerdict, { kind: 'forged' }> | undefined {
  const parts = readSignature(header);
  if (!parts || (requestId !== undefined && requestId.length > LONGEST_REQUEST_ID)) return forged('malformed');
  if (secret === undefined || secret === '') return forged('mismatch');
  const { ts, v1 } = parts;
  const given = Buffer.from(v1, 'hex');
  // All are computed and compared, so that the time tells nothing of which one fitted.
  const fits = manifestsOf(id, requestId === '' ? undefined : requestId, ts).map((manifest) =>
    timingSafeEqual(given, createHmac('sha256', secret).update(manifest, 'utf8').digest()),
  );
  if (!fits.includes(true)) return forged('mismatch');
  const digits = Number(ts);
  const signedAtMs = digits >= FIRST_MS ? digits : digits * 1_000;
  if (nowMs - signedAtMs > maxAgeMs) return forged('too-old');
  return signedAtMs - nowMs > maxAheadMs ? forged('from-the-future') : undefined;
}

/** Each part once; blanks around them and further parts do no harm. */
function readSignature(header: string): Readonly<{ ts: string; v1: string }> | undefined {
  if (header.length > 300) return undefined;
  const found = new Map<string, string>();
  for (const part of header.split(',')) {
    const [name = '', value, ...more] = part.split('=').map((text) => text.trim());
    if (value === undefined || more.length > 0 || found.has(name)) return undefined;
    found.set(name, value);
  }
  const [ts = '', v1 = ''] = [found.get('ts'), found.get('v1')];
  return /^\d{1,16}$/.test(ts) && /^[0-9a-f]{64}$/i.test(v1) ? { ts, v1 } : undefined;
}

/** The same order in the same version, told by the same action, is the same notification however often it is repeated. */
function identityOf(subject: string, body: WireObject | undefined, { requestId = '' }: MercadoPagoNotice): string {
  const action = textIn(body, 'action');
  const version = textIn(objectIn(body, 'data'), 'version');
  return JSON.stringify(
    action === undefined || version === undefined ? [subject, requestId] : [subject, action, version],
  );
}

/** Not covered by any signature: good for finding our own cash-out, for nothing else. */
function referenceIn(body: WireObject | undefined): Pick<HintSubjects, 'externalReference'> {
  const reference = fieldOf(objectIn(body, 'data'), 'external_reference');
  const isOne = typeof reference === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(reference);
  return isOne ? { externalReference: reference } : {};
}

function onlyId(query: URLSearchParams): string | undefined {
  const ids = query.getAll('id');
  return ids.length === 1 ? ids[0] : undefined;
}

/** IPN names its subject by address: `https://…/merchant_orders/123`. The address itself is never called. */
function idInResource(body: WireObject | undefined): string | undefined {
  return /(?:^|\/)(\d{1,20})$/.exec(textIn(body, 'resource') ?? '')?.[1];
}

function bodyOf(bodyText: string): WireObject | undefined {
  try {
    return asObject(JSON.parse(bodyText));
  } catch {
    return undefined; // The query alone says which order it is about.
  }
}

function forged(why: Extract<NoticeVerdict, { kind: 'forged' }>['why']): Extract<NoticeVerdict, { kind: 'forged' }> {
  return { kind: 'forged', why };
}

function unreadable(detail: string): NoticeVerdict {
  return { kind: 'unreadable', detail };
}
