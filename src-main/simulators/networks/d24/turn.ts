/** One signed request from the door to the answer: address, body, credentials, signature, faults that refuse, then the operation. */
import type { SimulatedAnswer } from '../exchange.ts';
import type { ChosenFault } from '../script.ts';
import { refuse, refuseWith } from './answers.ts';
import type { Call } from './call.ts';
import { missing } from './create-rules.ts';
import type { D24Fault } from './faults.ts';
import { settle } from './happenings.ts';
import { cancel, create, declined, status, update } from './operations.ts';
import type { Turn } from './operations.ts';
import { rejectionOf } from './payout.ts';
import type { Payout, PayoutEvent } from './payout.ts';
import { read } from './reading.ts';
import { isSigned } from './signature.ts';
import { findPayout } from './state.ts';
import type { NetworkState } from './state.ts';

const OPERATE = { create, status, cancel, update } as const;

const EVENTS_FIRST: Partial<Record<D24Fault, PayoutEvent>> = {
  'bank-accepts-first': { type: 'bank-accepted' },
  'merchant-cancels-first': { type: 'cancelled' },
};

const EVENTS_AFTER: Partial<Record<D24Fault, PayoutEvent>> = {
  'bank-accepts-after': { type: 'bank-accepted' },
  'bank-completes-after': { type: 'bank-completed' },
  'bank-rejects-after': { type: 'bank-rejected', rejection: rejectionOf(807) },
  'bank-returns-after': { type: 'bank-returned', rejection: rejectionOf(826) },
  'merchant-cancels-after': { type: 'cancelled' },
  'merchant-holds-after': { type: 'held' },
};

/** The comma after the reason is missing in the documents too. */
const KYC_SAMPLE = `{
    "code": 504,
    "message": "The user was refused for his cadastral situation.",
    "reason": "Underage user detected"
    "reason_code": 105
}`;

export function takeTurn(
  state: NetworkState,
  call: Call,
  chosen: ChosenFault<D24Fault> | undefined,
  nowMs: number,
): SimulatedAnswer {
  const { operation } = call;
  if (operation !== 'create' && operation !== 'status' && operation !== 'cancel' && operation !== 'update') {
    return read(state, call, chosen?.fault, nowMs);
  }
  const refusal = stopAtDoor(state, call, chosen?.fault);
  if (refusal !== undefined) return refusal;
  if (call.body.kind === 'broken') return refuse(502);
  const turn: Turn = { body: call.body.value, nowMs, chosen };
  const unwilling = declineBefore(state, turn, operation);
  if (unwilling !== undefined) return unwilling;
  const named = payoutOf(state, call);
  const first = chosen === undefined ? undefined : EVENTS_FIRST[chosen.fault];
  if (first !== undefined && named !== undefined) settle(state, named, first, nowMs);
  const { answer, payout } = OPERATE[operation](state, turn);
  if (payout !== undefined) later(state, payout, turn);
  return chosen?.fault === 'refused-after-commit' ? scriptedRefusal(chosen, 703) : answer;
}

/** Who asks, from where, and whether the body is what was signed. */
function stopAtDoor(state: NetworkState, call: Call, fault: D24Fault | undefined): SimulatedAnswer | undefined {
  const { settings } = state;
  const { request, body, operation } = call;
  if (!settings.isIpRegistered || fault === 'unregistered-ip') return refuse(402);
  if (settings.needsUserAgent && (request.headers['user-agent'] ?? '') === '') {
    return refuse(300, { message: missing('user_agent') });
  }
  const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
  if (!isJson || body.kind === 'broken') return refuse(502);
  if (fault === 'credentials-revoked') state.areCredentialsRevoked = true;
  const isKnown = body.value['login'] === settings.login && body.value['pass'] === settings.pass;
  if (!isKnown || state.areCredentialsRevoked || fault === 'unauthorized') return refuse(401);
  if (fault === 'contact-support') return refuse(524);
  const isRight = isSigned(settings.signature, request.bodyText, request.headers['payload-signature']);
  // The reference of hold and release lists a wrong signature under 401.
  if (!isRight || fault === 'signature-refused') return refuse(302, operation === 'update' ? { status: 401 } : {});
  return undefined;
}

function declineBefore(state: NetworkState, turn: Turn, operation: string): SimulatedAnswer | undefined {
  const { chosen } = turn;
  switch (chosen?.fault) {
    case 'not-found':
      return refuse(509);
    case 'sample-kyc':
      return declined(state, turn, { ...refuse(504), bodyText: KYC_SAMPLE }).answer;
    case 'refused': {
      const answer = scriptedRefusal(chosen, 537);
      return operation === 'create' ? declined(state, turn, answer).answer : answer;
    }
    default:
      return undefined;
  }
}

/** Weather draws a status for every fault; a refusal keeps its own unless a script names a code and a status. */
function scriptedRefusal({ code, status: wanted }: ChosenFault<D24Fault>, otherwise: number): SimulatedAnswer {
  const isChosen = code !== undefined && wanted !== undefined;
  return refuseWith(code ?? otherwise, isChosen ? { status: wanted } : {});
}

function payoutOf(state: NetworkState, { refs }: Call): Payout | undefined {
  return refs.map((ref) => findPayout(state, ref)).find((payout) => payout !== undefined);
}

/** Faults that strike when the answer is already on its way. */
function later(state: NetworkState, payout: Payout, { chosen, nowMs }: Turn): void {
  const event = chosen === undefined ? undefined : EVENTS_AFTER[chosen.fault];
  if (event === undefined) return;
  state.due.add(nowMs + (chosen?.afterMs ?? 0), { kind: 'event', cashoutId: payout.terms.cashoutId, event });
}
