/**
 * What is only read: banks, rates, and the merchants API with its login, list of payouts and balance.
 *
 * Source  D24 bank list and OneKey authorized banks; D24 exchange rates, whose refusals say `description`; D24 and TuPay
 *         reconciliation API: login with a cookie, pages of 50 rows, windows of at most 60 days, times in unix seconds.
 *         The wording of refusals in the merchants API is not documented, but for 403 with 83.
 */
import { jsonAnswer } from '../exchange.ts';
import type { SimulatedAnswer, SimulatedRequest } from '../exchange.ts';
import { jsonAmountOf, productOf } from './amounts.ts';
import { refuse } from './answers.ts';
import { BANKS } from './banks.ts';
import { BRANDS } from './brands.ts';
import type { Call } from './call.ts';
import { COUNTRIES, isCountry } from './countries.ts';
import type { D24Fault } from './faults.ts';
import { networkTimeOf } from './notices.ts';
import { STATUS } from './payout.ts';
import type { Payout } from './payout.ts';
import type { NetworkState } from './state.ts';

const ROWS_PER_PAGE = 50;
const LONGEST_WINDOW_SECONDS = 60 * 86_400;
const TOKEN_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** Bank list, rates, login, payouts and balance: everything without a signature. */
export function read(state: NetworkState, call: Call, fault: D24Fault | undefined, nowMs: number): SimulatedAnswer {
  switch (call.operation) {
    case 'banks':
      return bearerIs(call.request, state.settings.readOnlyKey, fault) ? banks(state, call) : refuse(401);
    case 'rates':
      return bearerIs(call.request, state.settings.readOnlyKey, fault) ? rates(state, call) : describe(401, 100);
    case 'login':
      return isOutside(state, fault) ? IP_NOT_ALLOWED : login(state, call, nowMs);
    default:
      if (isOutside(state, fault)) return IP_NOT_ALLOWED;
      if (!isLoggedIn(state, call.request, fault, nowMs)) return refuse(401);
      return call.operation === 'balance' ? balance(state) : list(state, call.request.query, nowMs);
  }
}

const IP_NOT_ALLOWED = jsonAnswer(403, { code: 83, message: 'IP address not allowed' });

function bearerIs(request: SimulatedRequest, key: string, fault: D24Fault | undefined): boolean {
  return fault !== 'unauthorized' && bearerOf(request) === key;
}

function bearerOf(request: SimulatedRequest): string | undefined {
  return /^Bearer ([^\s]+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
}

function describe(status: number, code: number, description = 'Invalid credentials'): SimulatedAnswer {
  return jsonAnswer(status, { code, description });
}

function banks({ brand }: NetworkState, { request }: Call): SimulatedAnswer {
  if (BRANDS[brand].hasAuthorizedBanks) {
    const all = BANKS.BR.map(({ code, ispb, name, isLicensed }) => ({ code, ispb, name, licensed: isLicensed }));
    return jsonAnswer(200, all);
  }
  const country = request.query['country'] ?? '';
  if (!isCountry(country)) return refuse(518);
  return jsonAnswer(
    200,
    BANKS[country].map(({ code, name }) => ({ code, name })),
  );
}

function rates({ settings }: NetworkState, { request }: Call): SimulatedAnswer {
  const country = request.query['country'] ?? '';
  if (!isCountry(country)) return describe(412, 518, 'Country not available');
  const rate = settings.fxRates[country];
  const converted = productOf(rate, request.query['amount'] ?? '1');
  if (converted === undefined) return describe(412, 300, 'amount: Invalid or missing amount');
  const { currency } = COUNTRIES[country];
  return jsonAnswer(200, { fx_rate: Number(rate), currency, converted_amount: Number(converted) });
}

function login(state: NetworkState, { body }: Call, nowMs: number): SimulatedAnswer {
  const { merchantsAccessKey, merchantsSecretKey, merchantsTokenLifeMs } = state.settings;
  if (body.kind === 'broken') return refuse(502);
  const isRight = body.value['accessKey'] === merchantsAccessKey && body.value['secretKey'] === merchantsSecretKey;
  if (!isRight) return refuse(401);
  const token = state.random.tokens.text(48, TOKEN_LETTERS);
  state.sessions.set(token, nowMs + merchantsTokenLifeMs);
  return jsonAnswer(200, {}, { 'set-cookie': `BEARER_TOKEN=${token}; Path=/; HttpOnly; Secure` });
}

function isOutside({ settings }: NetworkState, fault: D24Fault | undefined): boolean {
  return !settings.isMerchantsIpAllowed || fault === 'ip-not-allowed';
}

function isLoggedIn(
  state: NetworkState,
  request: SimulatedRequest,
  fault: D24Fault | undefined,
  nowMs: number,
): boolean {
  const cookie = /(?:^|;\s*)BEARER_TOKEN=([^;\s]+)/.exec(request.headers['cookie'] ?? '')?.[1];
  const token = bearerOf(request) ?? cookie ?? '';
  if (fault === 'token-expires') state.sessions.delete(token);
  return fault !== 'unauthorized' && nowMs < (state.sessions.get(token) ?? Number.NEGATIVE_INFINITY);
}

function balance({ floats }: NetworkState): SimulatedAnswer {
  const balances = [...floats].map(([currency, { availableMinor, reservedMinor }]) => ({
    currency,
    data: {
      totalBalance: jsonAmountOf(availableMinor + reservedMinor),
      availableBalance: jsonAmountOf(availableMinor),
      usableBalance: jsonAmountOf(availableMinor),
      rollingReserveBalance: 0,
    },
  }));
  return jsonAnswer(200, { balances });
}

function list(state: NetworkState, query: Readonly<Record<string, string>>, nowMs: number): SimulatedAnswer {
  const [from, to, page] = [query['from'], query['to'], query['page'] ?? '0'].map(wholeNumberIn);
  if (from === undefined || to === undefined || page === undefined || to < from || to - from > LONGEST_WINDOW_SECONDS) {
    return refuse(300, { status: 400, message: 'from, to: at most 60 days, in unix seconds' });
  }
  const isWanted = ({ terms, moment, visibleFromMs }: Payout): boolean =>
    terms.createdAtMs >= from * 1_000 &&
    terms.createdAtMs < (to + 1) * 1_000 &&
    Math.max(visibleFromMs, terms.createdAtMs + state.settings.listLagMs) <= nowMs &&
    (query['country'] ?? terms.country) === terms.country &&
    (query['status'] ?? STATUS[moment.life.state].listName) === STATUS[moment.life.state].listName &&
    (query['clientDocument'] ?? terms.documentId) === terms.documentId;
  const rows = [...state.payouts.values()]
    .filter(isWanted)
    .slice(page * ROWS_PER_PAGE, (page + 1) * ROWS_PER_PAGE)
    .map(rowOf);
  return jsonAnswer(200, { page, rows: rows.length, maxRows: ROWS_PER_PAGE, data: rows });
}

function rowOf({ terms, moment }: Payout): unknown {
  const { life } = moment;
  const amount = jsonAmountOf(terms.amountMinor);
  return {
    idCashout: terms.cashoutId,
    externalId: terms.externalId,
    creationDate: networkTimeOf(terms.createdAtMs),
    country: terms.country,
    currency: terms.currency,
    amount,
    creditedAmount: amount,
    fee: 0,
    tax: 0,
    lastChangeDate: networkTimeOf(moment.updatedAtMs),
    status: STATUS[life.state].listName,
    clientDocument: terms.documentId,
    reason: life.state === 'rejected' ? life.rejection.reason : null,
  };
}

function wholeNumberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}
