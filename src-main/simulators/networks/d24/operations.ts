/** Create, status, cancel, hold and release, as the network performs them when only its own rules stand in the way. */
import { jsonAnswer } from '../exchange.ts';
import type { SimulatedAnswer } from '../exchange.ts';
import type { ChosenFault } from '../script.ts';
import { minorOf } from './amounts.ts';
import { refuse } from './answers.ts';
import { missing, readWish, textIn } from './create-rules.ts';
import type { Wish } from './create-rules.ts';
import type { D24Fault } from './faults.ts';
import { follow, happen } from './happenings.ts';
import type { Payout } from './payout.ts';
import { floatOf } from './state.ts';
import type { NetworkState } from './state.ts';
import { shortStatusOf, statusAnswerOf, withOtherText } from './wire-status.ts';

export type Turn = Readonly<{
  body: Record<string, unknown>;
  nowMs: number;
  chosen: ChosenFault<D24Fault> | undefined;
}>;

/** An answer, and the payout that a success was about. */
export type Done = Readonly<{ answer: SimulatedAnswer; payout?: Payout }>;

const DAY_MS = 86_400_000;
const HIDDEN_FOR_MS = 10_000;
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghijkmnopqrstuvwxyz';

export function create(state: NetworkState, turn: Turn): Done {
  const { settings } = state;
  if (!settings.isMerchantEnabled) return { answer: refuse(519) };
  const reading = readWish(turn.body, settings, state.brand);
  if ('refusal' in reading) return declined(state, turn, reading.refusal);
  const { wish } = reading;
  if (state.byExternalId.has(wish.externalId) || state.burntIds.has(wish.externalId)) return { answer: refuse(511) };
  const refusal = refusalOfMoney(state, wish, turn.nowMs);
  if (refusal !== undefined) return declined(state, turn, refusal);
  const payout = open(state, wish, turn);
  return { answer: createAnswer(payout, turn.chosen?.fault), payout };
}

/** A create that was refused leaves nothing, except perhaps its external id used up. */
export function declined(state: NetworkState, { body }: Turn, answer: SimulatedAnswer): Done {
  const externalId = textIn(body, 'external_id');
  if (state.settings.burnsDeclinedIds && !state.byExternalId.has(externalId)) state.burntIds.add(externalId);
  return { answer };
}

export function status(state: NetworkState, turn: Turn): Done {
  const { ids, statusByExternalIdAlone } = state.settings;
  const found = find(state, turn, { needsBoth: ids === 'both', takesExternalIdAlone: statusByExternalIdAlone });
  if ('answer' in found) return found;
  return { answer: statusAnswerOf(found.payout, state.settings, turn.chosen?.fault), payout: found.payout };
}

export function cancel(state: NetworkState, turn: Turn): Done {
  const found = find(state, turn, { needsBoth: !state.settings.cancelByOneId, takesExternalIdAlone: false });
  if ('answer' in found) return found;
  const { payout } = found;
  const isHeld = payout.moment.life.state === 'on_hold';
  if (isHeld && !state.settings.cancelsOnHold) return { answer: refuse(510) };
  if (!happen(state, payout, { type: 'cancelled' }, turn.nowMs)) return { answer: refuse(510) };
  const wire = shortStatusOf(payout);
  const answer = jsonAnswer(200, turn.chosen?.fault === 'text-does-not-fit' ? withOtherText(wire) : wire);
  return { answer, payout };
}

export function update(state: NetworkState, turn: Turn): Done {
  const id = cashoutIdIn(state, turn.body);
  if (typeof id !== 'number') return { answer: refuse(300, { message: missing('cashout_id') }) };
  const payout = visible(state.payouts.get(id), turn.nowMs);
  if (payout === undefined) return { answer: refuse(509) };
  const wanted = turn.body['status'];
  if (wanted !== 'PENDING' && wanted !== 'ON_HOLD') return { answer: refuse(521) };
  if (!happen(state, payout, { type: wanted === 'ON_HOLD' ? 'held' : 'released' }, turn.nowMs)) {
    return { answer: refuse(510, { status: state.settings.transitionRefusalStatus }) };
  }
  const sample = { cashout_status: 1, cashout_status_description: 'Completed' };
  return { answer: jsonAnswer(200, turn.chosen?.fault === 'sample-update' ? sample : shortStatusOf(payout)), payout };
}

type IdsRule = Readonly<{ needsBoth: boolean; takesExternalIdAlone: boolean }>;

function find(state: NetworkState, turn: Turn, rule: IdsRule): Done | { payout: Payout } {
  const id = cashoutIdIn(state, turn.body);
  if (id === 'not-an-id') return { answer: refuse(300, { message: missing('cashout_id') }) };
  const externalId = turn.body['external_id'];
  const hasExternalId = typeof externalId === 'string' && externalId !== '' && externalId.length <= 100;
  if (externalId !== undefined && !hasExternalId) return { answer: refuse(300, { message: missing('external_id') }) };
  if (rule.needsBoth && !hasExternalId) return { answer: refuse(300, { message: missing('external_id') }) };
  const isAloneEnough = hasExternalId && (rule.takesExternalIdAlone || !rule.needsBoth);
  if (id === undefined && !isAloneEnough) return { answer: refuse(300, { message: missing('cashout_id') }) };
  const payout = id === undefined ? state.byExternalId.get(String(externalId)) : state.payouts.get(id);
  const isTheSame = !hasExternalId || payout?.terms.externalId === externalId;
  const found = isTheSame ? visible(payout, turn.nowMs) : undefined;
  return found === undefined ? { answer: refuse(509) } : { payout: found };
}

/** The network's id is a number on the way in, although it is text on the way out. */
function cashoutIdIn({ settings }: NetworkState, body: Record<string, unknown>): number | 'not-an-id' | undefined {
  const id = body['cashout_id'];
  if (id === undefined || id === null) return undefined;
  if (typeof id === 'string' && settings.acceptsQuotedIds && /^\d{1,15}$/.test(id)) return Number(id);
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : 'not-an-id';
}

function visible(payout: Payout | undefined, nowMs: number): Payout | undefined {
  return payout !== undefined && payout.visibleFromMs <= nowMs ? payout : undefined;
}

/** What only the network's books can tell: whose phone it is, how much today, how much is left. */
function refusalOfMoney(state: NetworkState, wish: Wish, nowMs: number): SimulatedAnswer | undefined {
  const { checksContactOwners, limits } = state.settings;
  const isAnothers = (contact: string): boolean =>
    (state.contactOwners.get(contact) ?? wish.documentId) !== wish.documentId;
  if (checksContactOwners) {
    if (isAnothers(wish.email)) return refuse(541);
    if (isAnothers(wish.phone)) return refuse(542);
  }
  if (limits.dailyMaximum !== null) {
    const today = [...state.payouts.values()].filter(
      ({ terms, moment }) =>
        terms.documentId === wish.documentId &&
        terms.currency === wish.currency &&
        Math.floor(terms.createdAtMs / DAY_MS) === Math.floor(nowMs / DAY_MS) &&
        moment.life.state !== 'cancelled' &&
        moment.life.state !== 'rejected',
    );
    const sum = today.reduce((total, { terms }) => total + terms.amountMinor, wish.amountMinor);
    if (sum > (minorOf(limits.dailyMaximum) ?? 0)) return refuse(508, { message: 'DAILY limit exceeded' });
  }
  return floatOf(state, wish.currency).availableMinor < wish.amountMinor ? refuse(514) : undefined;
}

function createAnswer({ terms }: Payout, fault: D24Fault | undefined): SimulatedAnswer {
  switch (fault) {
    case 'missing-cashout-id':
      return jsonAnswer(200, {});
    case 'numeric-cashout-id':
      return jsonAnswer(200, { cashout_id: terms.cashoutId });
    case 'another-cashout-id':
      return jsonAnswer(200, { cashout_id: String(terms.cashoutId + 1) });
    default:
      return jsonAnswer(200, { cashout_id: String(terms.cashoutId) });
  }
}

function open(state: NetworkState, wish: Wish, { nowMs, chosen }: Turn): Payout {
  const { ids } = state.random;
  state.latestCashoutId += ids.between(2, 9);
  const cashoutId = state.latestCashoutId;
  const { isOnHold, isPickup, ...agreed } = wish;
  const minute = new Date(nowMs).toISOString().replace(/\D/g, '').slice(0, 12);
  const life = { state: isOnHold ? 'on_hold' : 'pending' } as const;
  const payout: Payout = {
    terms: {
      cashoutId,
      ...agreed,
      providerReference: `E${wish.bank?.ispb ?? '35210410'}${minute}${ids.text(11, LETTERS)}`,
      bankReferenceId: isPickup ? `${ids.text(9, '0123456789')}#${cashoutId}` : '',
      createdAtMs: nowMs,
    },
    moment: { life, updatedAtMs: nowMs },
    previous: undefined,
    version: 1,
    visibleFromMs: chosen?.fault === 'hidden-after-create' ? nowMs + (chosen.afterMs ?? HIDDEN_FOR_MS) : nowMs,
    trail: [life.state],
  };
  state.payouts.set(cashoutId, payout);
  state.byExternalId.set(wish.externalId, payout);
  for (const contact of [wish.email, wish.phone]) {
    if (contact !== '') state.contactOwners.set(contact, wish.documentId);
  }
  const float = floatOf(state, wish.currency);
  float.availableMinor -= wish.amountMinor;
  float.reservedMinor += wish.amountMinor;
  follow(state, payout, nowMs);
  return payout;
}
