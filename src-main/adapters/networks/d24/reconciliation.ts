/**
 * The account's list of payouts, on a host of its own: the only place where the network names both ids and the amount of a payout.
 * An API user of the panel signs in, and the session that the answer sets as a cookie is carried as a bearer token until it is refused.
 *
 * Source  D24 and OneKey reconciliation API: login, cashouts (unix seconds, at most 60 days, 50 rows a page, from page 0).
 * Units   times in ms above, seconds on the wire; amounts as JSON numbers, read by the text they print as.
 *
 * The list also names customers' documents, of this till's payouts and of others': none of it is kept, so no answer becomes evidence.
 */
import type { Inquiry, ListedPayout } from '../../../core/application/ports/payout-network.ts';
import { isCurrency } from '../../../core/domain/money.ts';
import { isCashoutId } from '../../../core/domain/payouts/voucher.ts';
import type { HttpClient, HttpOutcome } from '../http/http-client.ts';
import { isUsableToken } from '../http/http-client.ts';
import { asObject, fieldOf, objectsIn, plainText, textIn } from '../http/wire-fields.ts';
import type { WireObject } from '../http/wire-fields.ts';
import { minorOf } from '../http/wire-amount.ts';
import { inquiryOf } from './inquiries.ts';
import { statusNamed, wholeNumberIn } from './wire-answer.ts';

const DAY_MS = 86_400_000;
export const LONGEST_WINDOW_MS = 60 * DAY_MS;
/** A till asks for days, not for an account's history. */
const MOST_PAGES = 200;
const SESSION_COOKIE = 'BEARER_TOKEN';

export type ListUser = Readonly<{ user: string; password: string }>;
export type ReconciliationList = Readonly<{
  between(fromMs: number, toMs: number): Promise<Inquiry<readonly ListedPayout[]>>;
  close(): void;
}>;

type Page = Readonly<{ rows: readonly ListedPayout[]; isLast: boolean }>;

export function createReconciliationList(
  http: HttpClient,
  user: () => ListUser | undefined,
  deadlineMs: number,
): ReconciliationList {
  let session: string | undefined;

  async function signIn({ user: accessKey, password }: ListUser): Promise<Inquiry<string>> {
    const outcome = await http.send({
      method: 'POST',
      path: '/v1/auth/login',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ accessKey, secretKey: password }),
      deadlineMs,
      secrets: [password],
      sessionCookie: SESSION_COOKIE,
    });
    const cookie = outcome.kind === 'answered' ? outcome.cookie : undefined;
    return inquiryOf(outcome, () => (isUsableToken(cookie) ? cookie : undefined));
  }

  function ask(path: string, token: string): Promise<HttpOutcome> {
    const headers = { Authorization: `Bearer ${token}` };
    return http.send({ method: 'GET', path, headers, body: '', deadlineMs, secrets: [token] });
  }

  /** One page; a session that has run out is renewed once. */
  async function page(path: string, account: ListUser): Promise<Inquiry<Page>> {
    const known = session;
    if (known !== undefined) {
      const outcome = await ask(path, known);
      if (outcome.kind !== 'answered' || (outcome.status !== 401 && outcome.status !== 403))
        return inquiryOf(outcome, readPage);
      session = undefined;
    }
    const signed = await signIn(account);
    if (signed.kind !== 'answered') return signed;
    session = signed.value;
    return inquiryOf(await ask(path, signed.value), readPage);
  }

  return {
    async between(fromMs, toMs) {
      const account = user();
      if (account === undefined) return { kind: 'unavailable' };
      const rows: ListedPayout[] = [];
      for (const [startMs, endMs] of windowsOf(fromMs, toMs)) {
        for (let number = 0, isLast = false; !isLast; number += 1) {
          if (number === MOST_PAGES) return { kind: 'unreadable', detail: 'more pages than a till can use' };
          const path = `/v1/cashouts?from=${seconds(startMs)}&to=${seconds(endMs)}&page=${number}`;
          const answer = await page(path, account);
          if (answer.kind !== 'answered') return answer;
          rows.push(...answer.value.rows);
          ({ isLast } = answer.value);
        }
      }
      return { kind: 'answered', value: rows };
    },
    close: () => http.close(),
  };
}

/** Windows that the network takes, oldest first; they touch, so nothing falls between two. */
function windowsOf(fromMs: number, toMs: number): readonly (readonly [number, number])[] {
  const windows: (readonly [number, number])[] = [];
  for (let startMs = fromMs; startMs < toMs; startMs += LONGEST_WINDOW_MS) {
    windows.push([startMs, Math.min(toMs, startMs + LONGEST_WINDOW_MS)]);
  }
  return windows;
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}

/** Undefined: no page. Without a count of its rows it cannot be known whether another follows. */
function readPage(json: unknown): Page | undefined {
  const answer = asObject(json);
  const data = objectsIn(answer, 'data');
  const maxRows = wholeNumberIn(answer, 'maxRows');
  if (data === undefined || maxRows === undefined || maxRows < 1) return undefined;
  return { rows: data.flatMap(readRow), isLast: data.length < maxRows };
}

function readRow(row: WireObject): readonly ListedPayout[] {
  const externalId = textIn(row, 'externalId');
  if (externalId === undefined || externalId === '') return [];
  const cashoutId = textIn(row, 'idCashout');
  const statusText = plainText(textIn(row, 'status') ?? '', 60);
  const currency = textIn(row, 'currency') ?? '';
  const amountMinor = isCurrency(currency) ? minorOf(fieldOf(row, 'amount'), currency) : undefined;
  return [
    {
      externalId: plainText(externalId, 100),
      ...(cashoutId !== undefined &&
        isCashoutId(cashoutId) &&
        Number.isSafeInteger(Number(cashoutId)) && { cashoutId }),
      status: statusNamed(statusText) ?? 'unclear',
      statusText,
      ...(isCurrency(currency) && { currency }),
      ...(amountMinor !== undefined && { amountMinor }),
      reason: plainText(textIn(row, 'reason') ?? '', 200),
    },
  ];
}
