/**
 * How this network words its refusals. The `code` in a body is the network's own number and no HTTP status, even where
 * it looks like one.
 *
 * Source  D24 and OneKey, cashouts API codes; TuPay and OneKey, cashout status endpoint: 401 with 401 or 402, 412 with
 *         nearly all others; create reference: 400 for a refused identity (504); the reference of status: 400 for
 *         malformed JSON (502).
 */
import { jsonAnswer, textAnswer } from '../exchange.ts';
import type { SimulatedAnswer } from '../exchange.ts';
import type { Dialect } from '../transport-faults.ts';

const REFUSALS = {
  300: [412, 'Invalid or missing parameter'],
  302: [412, 'Invalid control string'],
  303: [412, 'Invalid bank code'],
  401: [401, 'Invalid credentials.'],
  402: [401, 'Unregistered IP address'],
  502: [400, 'Invalid request body'],
  503: [412, 'Regulatory limit of the beneficiary account'],
  504: [400, 'The user was refused for his cadastral situation.'],
  508: [412, 'TRANSACTION limit exceeded'],
  509: [412, 'Cashout not found with this ID'],
  510: [412, 'Invalid status transition'],
  511: [412, 'external_id already used'],
  514: [412, 'Insufficient funds'],
  515: [412, 'User BLACKLISTED'],
  518: [412, 'Country not available'],
  519: [412, 'Merchant not enabled'],
  521: [412, 'Status not supported'],
  524: [412, 'Invalid credentials, contact support'],
  525: [412, 'The money must go back to the funding account'],
  526: [412, 'Invalid currency'],
  533: [412, 'Amount below the minimum'],
  537: [412, 'The cashout could not be made'],
  538: [412, 'Account BLACKLISTED'],
  539: [412, 'Method or bank not available'],
  540: [412, 'Email or phone required'],
  541: [412, 'Email used by another user'],
  542: [412, 'Phone used by another user'],
  543: [412, 'Invalid phone'],
  565: [412, 'Bank not licensed'],
  702: [412, 'The cashout could not be cancelled'],
  703: [412, 'The cashout could not be made'],
} as const satisfies Record<number, readonly [status: number, message: string]>;

export type RefusalCode = keyof typeof REFUSALS;

export type RefusalDetails = Readonly<{ message?: string; status?: number; reasonCode?: number }>;

/** The reason of a refused identity, as far as the documents name them. */
const KYC_REASONS: Readonly<Record<number, string>> = { 101: 'USER_REJECTED_KYC_CHECK', 105: 'Underage user detected' };

export function refuse(code: RefusalCode, details: RefusalDetails = {}): SimulatedAnswer {
  const [status, message] = REFUSALS[code];
  return jsonAnswer(details.status ?? status, {
    code,
    message: details.message ?? message,
    ...(code === 504 && reasonOf(details.reasonCode ?? 101)),
  });
}

function reasonOf(reasonCode: number): { reason: string; reason_code: number } {
  return { reason: KYC_REASONS[reasonCode] ?? 'USER_REJECTED_KYC_CHECK', reason_code: reasonCode };
}

/** A refusal by number, as a script asks for it: the documented one, or one that no document knows. */
export function refuseWith(code: number, details: RefusalDetails = {}): SimulatedAnswer {
  if (isKnown(code)) return refuse(code, details);
  return jsonAnswer(details.status ?? 412, { code, message: 'Unexpected error' });
}

function isKnown(code: number): code is RefusalCode {
  return Object.hasOwn(REFUSALS, code);
}

export const DIALECT: Dialect = {
  serverError(status) {
    if (status === 500) return jsonAnswer(500, { code: 500, message: 'Internal server error' });
    // Gateways answer for the network with a page of their own.
    const reason = status === 502 ? 'Bad Gateway' : status === 503 ? 'Service Unavailable' : 'Gateway Time-out';
    return textAnswer(status, `<html><body><h1>${status} ${reason}</h1></body></html>`, 'text/html');
  },
  tooManyRequests(retryAfterSeconds) {
    const page = textAnswer(429, '<html><body><h1>429 Too Many Requests</h1></body></html>', 'text/html');
    return { ...page, headers: { ...page.headers, 'retry-after': String(retryAfterSeconds) } };
  },
};

export const NO_SUCH_ENDPOINT: SimulatedAnswer = textAnswer(404, 'Not Found', 'text/plain');
