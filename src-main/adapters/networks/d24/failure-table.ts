/**
 * What each documented failure means for the till, per operation, as data: by the pair of HTTP status and the code in the body. The code
 * looks like an HTTP status at times and is none: body 504 is a refused customer, HTTP 504 a gateway that gave up.
 *
 * Source  D24 and OneKey cashouts API: api codes; creation, status, cancel and update endpoints. 415, 422 and 429 are not documented.
 */
import type { RefusalAdvice } from '../../../core/application/ports/payout-network.ts';
import type { Operation } from './requests.ts';

export type CommandMeaning =
  RefusalAdvice | 'account-stop' | 'duplicate' | 'conflict' | 'not-found' | 'busy' | 'unknown';
export type ReadMeaning = 'refused' | 'not-found' | 'account-stop' | 'busy' | 'unreachable' | 'unreadable';

export type FailureRow = Readonly<{
  code: number;
  /** The HTTP statuses with which the code means this. */
  http: readonly number[];
  create?: CommandMeaning;
  cancel?: CommandMeaning;
  update?: CommandMeaning;
  read?: ReadMeaning;
}>;

/** 412 carries nearly every business error; creation and update pages name 400 as well. */
const BUSINESS = [400, 412] as const;
const WITH_CREDENTIALS = [400, 401, 412] as const;
const STOP = { create: 'account-stop', cancel: 'account-stop', update: 'account-stop', read: 'account-stop' } as const;
const OUR_BUG = { create: 'our-bug', cancel: 'our-bug', update: 'our-bug', read: 'refused' } as const;

export const FAILURES: readonly FailureRow[] = [
  // The account: every further call would meet the same.
  { code: 302, http: WITH_CREDENTIALS, ...STOP },
  { code: 401, http: WITH_CREDENTIALS, ...STOP },
  { code: 402, http: WITH_CREDENTIALS, ...STOP },
  { code: 524, http: WITH_CREDENTIALS, ...STOP },
  { code: 518, http: BUSINESS, create: 'configuration' },
  { code: 519, http: BUSINESS, create: 'configuration' },

  // The data: a person can correct it.
  { code: 300, http: BUSINESS, create: 'fix-data', cancel: 'our-bug', update: 'our-bug', read: 'refused' },
  { code: 303, http: BUSINESS, create: 'fix-data' },
  { code: 526, http: BUSINESS, create: 'fix-data' },
  { code: 533, http: BUSINESS, create: 'fix-data' },
  { code: 540, http: BUSINESS, create: 'fix-data' },
  { code: 541, http: BUSINESS, create: 'fix-data' },
  { code: 542, http: BUSINESS, create: 'fix-data' },
  { code: 543, http: BUSINESS, create: 'fix-data' },

  // The customer, the account, the moment.
  { code: 503, http: BUSINESS, create: 'no' },
  { code: 504, http: BUSINESS, create: 'no' },
  { code: 508, http: BUSINESS, create: 'supervisor' },
  { code: 514, http: BUSINESS, create: 'top-up' },
  { code: 515, http: BUSINESS, create: 'no' },
  { code: 525, http: BUSINESS, create: 'no' },
  { code: 538, http: BUSINESS, create: 'no' },
  { code: 539, http: BUSINESS, create: 'another-way' },
  { code: 565, http: BUSINESS, create: 'another-way' },

  // The payout: which one, and where it is.
  { code: 509, http: [400, 404, 412], cancel: 'not-found', update: 'not-found', read: 'not-found' },
  { code: 510, http: BUSINESS, cancel: 'conflict', update: 'conflict' },
  { code: 511, http: BUSINESS, create: 'duplicate' },
  { code: 702, http: BUSINESS, cancel: 'conflict', update: 'conflict' },

  // Ours.
  { code: 502, http: BUSINESS, ...OUR_BUG },
  { code: 521, http: BUSINESS, update: 'our-bug' },

  // "Could not make the cashout" does not say that there is none.
  { code: 537, http: BUSINESS, create: 'unknown' },
  { code: 703, http: BUSINESS, create: 'unknown' },
];

/** `code` is undefined when the answer carried no error of the network's: then a gateway spoke, and only some statuses settle anything. */
export function commandMeaning(operation: Operation, status: number, code: number | undefined): CommandMeaning {
  const documented = rowOf(status, code)?.[operation];
  if (documented !== undefined) return documented;
  if (status === 401) return 'account-stop';
  if (status === 429) return 'busy';
  if (status === 415 || status === 422) return 'our-bug';
  const isDefinite = status >= 400 && status < 500 && status !== 408 && status !== 425;
  // A payout is asked about in any case; of a create that nobody has a word for, only its status proves anything.
  return operation !== 'create' && isDefinite ? 'conflict' : 'unknown';
}

export function readMeaning(status: number, code: number | undefined): ReadMeaning {
  const documented = rowOf(status, code)?.read;
  if (documented !== undefined) return documented;
  if (status === 401) return 'account-stop';
  if (status === 429) return 'busy';
  if (status === 408 || status === 425 || status >= 500) return 'unreachable';
  return (status === 400 || status === 412) && code !== undefined ? 'refused' : 'unreadable';
}

function rowOf(status: number, code: number | undefined): FailureRow | undefined {
  return FAILURES.find((row) => row.code === code && row.http.includes(status));
}
