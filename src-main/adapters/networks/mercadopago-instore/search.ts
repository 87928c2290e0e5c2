/**
 * All merchant orders of one reference, page after page: the only place where this network tells that an order was paid.
 * An answer that is about another reference is no answer to the question, and nothing is learnt from it.
 */
import type { Reading } from '../../../core/application/ports/payment-network.ts';
import type { Clock } from '../../../core/application/ports/system.ts';
import type { Terms } from '../../../core/domain/cash-out.ts';
import type { Evidence } from '../../../core/domain/network.ts';
import { unreachable } from '../../../core/domain/result.ts';
import type { HttpClient, HttpOutcome } from '../http/http-client.ts';
import { isSuccess, unansweredQuestion, waitOf } from '../http/outcome.ts';
import type { Answered } from '../http/outcome.ts';
import { codeIn, whyNothing } from '../mercadopago-shared/failures.ts';
import { readWireError } from '../mercadopago-shared/wire-error.ts';
import { searchMeaning } from './failure-table.ts';
import type { Search } from './order-fact.ts';
import { searchPath } from './requests.ts';
import { hasMoney } from './verdict.ts';
import { readPage } from './wire-merchant-order.ts';
import type { WireMerchantOrder, WirePage } from './wire-merchant-order.ts';

export type SearchFailure =
  | Exclude<Reading, { kind: 'answered' | 'not-found' | 'busy' }>
  | Readonly<{ kind: 'busy'; code: string; retryAfterMs?: number; evidence: Evidence }>;
export type Searched = (Search & Readonly<{ kind: 'found'; evidence: Evidence }>) | SearchFailure;

type Searching = Readonly<{ http: HttpClient; clock: Clock; terms: Terms; deadlineMs: number }>;

/** More scans of one order than anybody makes; beyond, somebody plays with the sticker and a person must look. */
const MOST_PAGES = 8;

export async function searchMerchantOrders({ http, clock, terms, deadlineMs }: Searching): Promise<Searched> {
  const endsAtMs = clock.monotonicMs() + deadlineMs;
  const found = new Map<string, WireMerchantOrder>();
  let deciding: Evidence | undefined;
  let clockMs: number | undefined;
  let offset = 0;
  for (let pages = 1; ; pages += 1) {
    const outcome = await http.send({
      method: 'GET',
      path: searchPath(terms, offset),
      headers: {},
      body: '',
      deadlineMs: Math.max(1, endsAtMs - clock.monotonicMs()),
    });
    const page = pageOf(outcome, terms);
    if ('kind' in page) return page;
    const { merchantOrders, hasMore, evidence } = page;
    clockMs ??= page.farClockMs ?? evidence.sentAtMs;
    offset += merchantOrders.length;
    merchantOrders.forEach((order, index) => found.set(order.id ?? `${offset}/${index}`, order));
    if (deciding === undefined && merchantOrders.some(hasMoney)) deciding = evidence;
    if (!hasMore(offset)) {
      const proof = deciding ?? evidence;
      const { answeredAtMs } = evidence;
      return { kind: 'found', merchantOrders: [...found.values()], clockMs, answeredAtMs, evidence: proof };
    }
    if (merchantOrders.length === 0) return { kind: 'unreadable', detail: 'search-incomplete', evidence };
    if (pages === MOST_PAGES) return { kind: 'unreadable', detail: 'too-many-scans', evidence };
  }
}

type Page = WirePage & Readonly<{ evidence: Evidence; farClockMs: number | undefined }>;

function pageOf(outcome: HttpOutcome, terms: Terms): Page | SearchFailure {
  if (outcome.kind !== 'answered') return unansweredQuestion(outcome);
  if (!isSuccess(outcome)) return failedQuestion(outcome);
  const { json, evidence, farClockMs } = outcome;
  const page = readPage(json);
  if (page === undefined) return { kind: 'unreadable', detail: whyNothing(outcome, 'no-list-in-answer'), evidence };
  const isOurs = page.merchantOrders.every((order) => order.externalReference === terms.externalReference);
  return isOurs
    ? { ...page, evidence, farClockMs }
    : { kind: 'unreadable', detail: 'about-another-reference', evidence };
}

/** An answer that is an error, to any question of this network. */
export function failedQuestion(outcome: Answered): SearchFailure {
  const { evidence } = outcome;
  const error = readWireError(outcome.json);
  const code = codeIn(outcome, error);
  const wait = waitOf(outcome);
  const meaning = searchMeaning(outcome.status, error?.code);
  switch (meaning) {
    case 'refused':
      return { kind: 'refused', code, evidence };
    case 'busy':
      return { kind: 'busy', code, ...wait, evidence };
    case 'unauthorized':
      return { kind: 'unauthorized', evidence };
    case 'unreachable':
      return { kind: 'unreachable', cause: code, ...wait };
    case 'unreadable':
      return { kind: 'unreadable', detail: code, evidence };
    default:
      return unreachable(meaning);
  }
}
