import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import type { Evidence } from '../../../../src-main/core/domain/network.ts';
import { PAYOUT_STATUSES } from '../../../../src-main/core/domain/payouts/payout-fact.ts';
import type { PayoutFact, PayoutStatus } from '../../../../src-main/core/domain/payouts/payout-fact.ts';
import { concernOf, notesInstead } from '../../../../src-main/core/domain/payouts/notes-instead.ts';
import {
  isKnown,
  isPayoutEnded,
  PAYOUT_ARROWS,
  PAYOUT_STATES,
  payoutTermsOf,
  reaches,
  transition,
} from '../../../../src-main/core/domain/payouts/payout.ts';
import type {
  Payout,
  PayoutEvent,
  PayoutIn,
  PayoutState,
  PayoutTerms,
} from '../../../../src-main/core/domain/payouts/payout.ts';

const TERMS: PayoutTerms = {
  id: '01K9ZZ7H4Q2V8D000000000011',
  network: 'onekey',
  externalId: 'T0701K9ZZ7H4Q2V8D000000000011',
  country: 'PE',
  method: 'pe-bank',
  currency: 'PEN',
  amountMinor: 250_50,
  beneficiary: { firstName: 'Ana', lastName: 'Rojas', documentId: '71594743' },
  onHold: false,
  shiftId: 's1',
  cashierCode: 7,
  cashierName: 'Rosa',
  requestedAtMs: 1,
};
const evidence: Evidence = {
  httpStatus: 200,
  requestId: 'r',
  sentAtMs: 1,
  answeredAtMs: 2,
  bodySha256: 'a',
  body: '{}',
};
const known = { cashoutId: '8405147', asked: 5 };

const SAMPLES: { readonly [State in PayoutState]: PayoutIn<State> } = {
  requested: { ...TERMS, state: 'requested', cancelAsked: false },
  declined: { ...TERMS, state: 'declined', code: '303', declinedAtMs: 2 },
  not_found: { ...TERMS, state: 'not_found', notFoundAtMs: 2 },
  pending: { ...TERMS, ...known, state: 'pending', cancelAsked: false },
  on_hold: { ...TERMS, ...known, state: 'on_hold', cancelAsked: false },
  delivered: { ...TERMS, ...known, state: 'delivered', deliveredAtMs: 3 },
  completed: { ...TERMS, ...known, state: 'completed', completedAtMs: 3 },
  cancelled: { ...TERMS, ...known, state: 'cancelled', cancelledAtMs: 3 },
  rejected: {
    ...TERMS,
    ...known,
    state: 'rejected',
    rejectedAtMs: 3,
    rejection: { code: 0, reason: 'Test' },
    reversed: false,
  },
};

function observed(status: PayoutFact['status'], asked: number, more: Partial<PayoutFact> = {}): PayoutEvent {
  return { type: 'observed', fact: { status, statusText: status, ...more }, asked, evidence };
}

/** As a name, what each event is in the matrix; `asked: 9` is newer than anything in the samples. */
const EVENTS = {
  accepted: { type: 'accepted', cashoutId: '8405147', asked: 9, evidence },
  declined: { type: 'declined', code: '303', afterDoubt: false, evidence },
  'declined after doubt': { type: 'declined', code: '514', afterDoubt: true, evidence },
  'not-found': { type: 'not-found', answers: 4, afterMs: 120_000, evidence },
  'not-found too early': { type: 'not-found', answers: 4, afterMs: 119_999, evidence },
  'not-found too seldom': { type: 'not-found', answers: 3, afterMs: 500_000, evidence },
  'seen pending': observed('pending', 9),
  'seen on_hold': observed('on_hold', 9),
  'seen delivered': observed('delivered', 9),
  'seen completed': observed('completed', 9),
  'seen cancelled': observed('cancelled', 9),
  'seen rejected': observed('rejected', 9, { rejection: { code: 813, reason: 'DOCUMENT_ACCOUNT_MISMATCH' } }),
  'seen unclear': observed('unclear', 9),
  vanished: { type: 'vanished', asked: 9, evidence },
  identified: { type: 'identified', cashoutId: '8405147', evidence },
  'cancel-asked': { type: 'cancel-asked', reason: 'left' },
  'cancel-refused': { type: 'cancel-refused', code: '412/510' },
  'hold-asked': { type: 'hold-asked', reason: 'large' },
  'release-asked': { type: 'release-asked', by: 2 },
  'notes-started': { type: 'notes-started', shiftId: 's2', evidence },
  'replaced-by-notes': { type: 'replaced-by-notes' },
  'notes-not-given': { type: 'notes-not-given', reason: 'left' },
  reissued: { type: 'reissued', payoutId: 'p2' },
  reviewed: { type: 'reviewed', by: 2, reason: 'asked them' },
} satisfies Record<string, PayoutEvent>;
type EventName = keyof typeof EVENTS;
const EVENT_NAMES = Object.keys(EVENTS) as EventName[];

/** Where each event leads from each state; `!` = the same state, under review; what is not here must be refused. */
const CONTRADICTED = '!';
const LEADS: Readonly<Record<PayoutState, Partial<Record<EventName, PayoutState | '!'>>>> = {
  requested: {
    accepted: 'pending',
    declined: 'declined',
    'not-found': 'not_found',
    ...seen('pending', 'on_hold', 'delivered', 'completed', 'cancelled', 'rejected'),
    'cancel-asked': 'requested',
  },
  declined: {
    accepted: 'pending',
    ...seen('pending', 'on_hold', 'delivered', 'completed', 'cancelled', 'rejected'),
    'notes-started': 'declined',
    reissued: 'declined',
  },
  not_found: {
    accepted: 'pending',
    ...seen('pending', 'on_hold', 'delivered', 'completed', 'cancelled', 'rejected'),
    'notes-started': 'not_found',
    reissued: 'not_found',
  },
  pending: {
    ...alreadyKnown('pending'),
    ...seen('pending', 'on_hold', 'delivered', 'completed', 'cancelled', 'rejected'),
    'cancel-asked': 'pending',
    'hold-asked': 'pending',
  },
  on_hold: {
    ...alreadyKnown('on_hold'),
    ...seen('pending', 'on_hold', 'delivered', 'completed', 'cancelled', 'rejected'),
    'cancel-asked': 'on_hold',
    'release-asked': 'on_hold',
  },
  delivered: { ...alreadyKnown('delivered'), ...seen('delivered', 'completed', 'rejected') },
  completed: { ...alreadyKnown('completed'), ...seen('completed', 'rejected') },
  cancelled: {
    ...alreadyKnown('cancelled'),
    ...seen('cancelled'),
    'notes-started': 'cancelled',
    reissued: 'cancelled',
  },
  rejected: { ...alreadyKnown('rejected'), ...seen('rejected'), 'notes-started': 'rejected', reissued: 'rejected' },
};

function seen(...possible: PayoutStatus[]): Partial<Record<EventName, PayoutState | '!'>> {
  return Object.fromEntries([
    ['seen unclear', CONTRADICTED],
    ...PAYOUT_STATUSES.map((status) => [`seen ${status}`, possible.includes(status) ? status : CONTRADICTED]),
  ]) as Partial<Record<EventName, PayoutState | '!'>>;
}

function alreadyKnown(state: PayoutState): Partial<Record<EventName, PayoutState | '!'>> {
  return { accepted: state, identified: state, vanished: CONTRADICTED };
}

const PAIRS = PAYOUT_STATES.flatMap((state) => EVENT_NAMES.map((name) => [state, name] as const));

test.each(PAIRS)('I6: a payout that is %s meets %s', (state, name) => {
  const before = SAMPLES[state];
  const untouched = structuredClone(before);
  const moved = transition(before, EVENTS[name], 99);
  const expected = LEADS[state][name];
  const next = moved.ok ? moved.value : undefined;
  const arrivedAt = next?.review ? CONTRADICTED : next?.state;

  expect(arrivedAt).toBe(expected);
  expect(moved.ok || moved.error).toEqual(expected !== undefined || { state, event: EVENTS[name].type });
  expect(next?.review === undefined || next.state === state).toBe(true);
  expect(next ? payoutTermsOf(next) : TERMS).toEqual(TERMS);
  expect(next === undefined || next.state === state || reaches(state, next.state)).toBe(true);
  expect(before).toEqual(untouched);
});

test('I6: from everywhere there is a way to an end, and money that failed can only be followed if it shows up', () => {
  for (const state of PAYOUT_STATES) {
    expect(isPayoutEnded(state) || PAYOUT_STATES.some((end) => isPayoutEnded(end) && reaches(state, end))).toBe(true);
  }
  expect(PAYOUT_STATES.filter((state) => PAYOUT_ARROWS[state].length === 0)).toEqual(['cancelled', 'rejected']);
});

function after(payout: Payout, ...events: PayoutEvent[]): Payout {
  return events.reduce((current, event, index) => {
    const moved = transition(current, event, 100 + index);
    if (!moved.ok) throw new Error(`${event.type} refused while ${current.state}`);
    return moved.value;
  }, payout);
}

test('a payout asked for on hold begins on hold', () => {
  expect(after({ ...SAMPLES.requested, onHold: true }, EVENTS.accepted)).toEqual({
    ...TERMS,
    onHold: true,
    state: 'on_hold',
    cashoutId: '8405147',
    asked: 9,
    cancelAsked: false,
  });
});

test('a payout found only by our own id has no id of the network until a list or a late answer names it', () => {
  const adopted = after(SAMPLES.requested, observed('pending', 2));
  expect(isKnown(adopted) && adopted.cashoutId).toBeUndefined();
  expect(after(adopted, EVENTS.identified)).toMatchObject({ state: 'pending', cashoutId: '8405147' });
  expect(after(adopted, { ...EVENTS.accepted, asked: 1 })).toMatchObject({ state: 'pending', cashoutId: '8405147' });
});

test('two ids for one payout are a contradiction', () => {
  const twoNames = after(SAMPLES.pending, { ...EVENTS.identified, cashoutId: '1' });
  expect(twoNames).toMatchObject({ cashoutId: '8405147', review: { why: 'the network calls it 1 and 8405147' } });
});

test('I6: an answer to an older question never undoes a newer one', () => {
  const onHold = after(SAMPLES.pending, observed('on_hold', 8));
  expect(after(onHold, observed('pending', 7))).toBe(onHold);
  const delivered = after(onHold, observed('delivered', 9));
  expect(after(delivered, observed('pending', 7), observed('on_hold', 8))).toBe(delivered);
  expect(after(delivered, observed('pending', 10))).toMatchObject({ state: 'delivered', review: { sinceMs: 100 } });
});

test('an answer to an older question still counts where it tells of something that cannot be undone', () => {
  const polled = after(SAMPLES.pending, observed('pending', 8));
  const cancelled = after(polled, observed('cancelled', 7));
  expect(cancelled).toMatchObject({ state: 'cancelled', asked: 8 });
});

test('whatever the order in which answers come in, the payout never goes back', () => {
  const anyAnswer = record({ status: constantFrom(...PAYOUT_STATUSES), asked: integer({ min: 1, max: 30 }) });
  assert(
    property(array(anyAnswer, { maxLength: 12 }), (answers) => {
      let payout: Payout = SAMPLES.requested;
      for (const { status, asked } of answers) {
        const next = after(payout, observed(status, asked));
        expect(next.state === payout.state || reaches(payout.state, next.state)).toBe(true);
        payout = next;
      }
    }),
  );
});

test('completed and given back days later is rejected, returned, and the supervisor’s to make good', () => {
  const returned = after(SAMPLES.completed, EVENTS['seen rejected']);
  expect(returned).toMatchObject({ state: 'rejected', reversed: true, rejection: { code: 813 } });
  expect([notesInstead(returned), concernOf(returned)]).toEqual(['supervisor', 'returned-late']);
  expect(transition(returned, EVENTS['notes-started'], 9).ok).toBe(false);

  const repaid = after(returned, { ...EVENTS['notes-started'], approvedBy: 2 }, EVENTS['replaced-by-notes']);
  expect(repaid).toMatchObject({ replacement: { by: 'notes', shiftId: 's2', approvedBy: 2, atMs: 101 } });
  expect([notesInstead(repaid), concernOf(repaid)]).toEqual(['no', undefined]);
});

test('the bank’s own word for a return counts, even if the till never saw it completed', () => {
  const rejection = { code: 826, reason: 'WITHDRAWAL_REVERSED' };
  expect(after(SAMPLES.delivered, observed('rejected', 9, { rejection }))).toMatchObject({ reversed: true });
  expect(after(SAMPLES.delivered, EVENTS['seen rejected'])).toMatchObject({ reversed: false });
});

const BY_NOTES = [EVENTS['notes-started'], EVENTS['replaced-by-notes']];

const MEANS: Readonly<Record<PayoutState, ReturnType<typeof notesInstead>>> = {
  requested: 'no',
  declined: 'once',
  not_found: 'once',
  pending: 'cancel-first',
  on_hold: 'cancel-first',
  delivered: 'no',
  completed: 'no',
  cancelled: 'once',
  rejected: 'once',
};

test.each(PAYOUT_STATES)('I1: notes in place of a payout that is %s', (state) => {
  const payout = SAMPLES[state];
  expect(notesInstead(payout)).toBe(MEANS[state]);
  expect(transition(payout, EVENTS['notes-started'], 9).ok).toBe(MEANS[state] === 'once');
  expect(notesInstead({ ...payout, review: { why: 'odd', sinceMs: 1 } })).toBe('no');
});

test.each(['declined', 'not_found', 'cancelled', 'rejected'] as const)(
  'I1: a payout that is %s is replaced once, by notes or by another payout',
  (state) => {
    for (const first of [BY_NOTES, [EVENTS.reissued]]) {
      const replaced = after(SAMPLES[state], ...first);
      expect(notesInstead(replaced)).toBe('no');
      expect(transition(replaced, EVENTS['notes-started'], 9).ok).toBe(false);
      expect(transition(replaced, EVENTS['replaced-by-notes'], 9).ok).toBe(false);
      expect(transition(replaced, EVENTS.reissued, 9).ok).toBe(false);
    }
  },
);

test('a payout that shows up after notes were given in its place is somebody’s case, and gets no notes again', () => {
  const surfaced = after(SAMPLES.not_found, ...BY_NOTES, EVENTS['seen delivered']);
  expect(surfaced).toMatchObject({ state: 'delivered', surfaced: true, replacement: { by: 'notes' } });
  expect(concernOf(surfaced)).toBe('paid-twice');
  expect(concernOf(after(surfaced, observed('completed', 10)))).toBe('paid-twice');
  const rejected = after(surfaced, observed('rejected', 10));
  expect([notesInstead(rejected), concernOf(rejected)]).toEqual(['no', undefined]);
});

test('I1: while notes are being counted nothing else takes its place; taken back, the payout is as it was', () => {
  const counting = after(SAMPLES.rejected, EVENTS['notes-started']);
  expect([notesInstead(counting), counting.counting]).toEqual(['no', { shiftId: 's2', sinceMs: 100 }]);
  expect(transition(counting, EVENTS['notes-started'], 9).ok).toBe(false);
  expect(transition(counting, EVENTS.reissued, 9).ok).toBe(false);
  expect(after(counting, EVENTS['notes-not-given'])).toEqual(SAMPLES.rejected);
});

test('a payout that shows up while notes are being counted is a case at once, and what the hand has done stands', () => {
  const surfaced = after(SAMPLES.declined, EVENTS['notes-started'], EVENTS['seen pending']);
  expect([notesInstead(surfaced), concernOf(surfaced)]).toEqual(['no', 'paid-twice']);
  expect(after(surfaced, EVENTS['replaced-by-notes'])).toMatchObject({
    state: 'pending',
    replacement: { by: 'notes' },
  });
  const takenBack = after(surfaced, EVENTS['notes-not-given']);
  expect([notesInstead(takenBack), concernOf(takenBack)]).toEqual(['cancel-first', undefined]);
});

test('a cancel that the network did not take may be asked for again', () => {
  const refused = after(SAMPLES.pending, EVENTS['cancel-asked'], EVENTS['cancel-refused']);
  expect(refused).toEqual(SAMPLES.pending);
  expect(after(refused, EVENTS['cancel-asked'])).toMatchObject({ cancelAsked: true });
});

test('a completed payout keeps when the network last said so', () => {
  expect(after(SAMPLES.completed, EVENTS['seen completed'])).toMatchObject({ completedAtMs: 3, confirmedAtMs: 100 });
});

test('a contradiction holds notes back until a supervisor has decided', () => {
  const doubted = after(SAMPLES.cancelled, observed('completed', 9));
  expect([notesInstead(doubted), concernOf(doubted)]).toEqual(['no', 'contradiction']);
  expect(doubted.review?.why).toBe('the network says completed of what was cancelled');
  const decided = after(doubted, EVENTS.reviewed);
  expect([notesInstead(decided), concernOf(decided)]).toEqual(['once', undefined]);
});

test('a status without a meaning blocks every end that a lost create could be given', () => {
  const unclear = after(SAMPLES.requested, observed('unclear', 2, { statusText: '9 Teleported' }));
  expect(unclear).toMatchObject({ state: 'requested', review: { why: 'the network says 9 Teleported' } });
  expect(transition(unclear, EVENTS.declined, 9).ok).toBe(false);
  expect(transition(unclear, EVENTS['not-found'], 9).ok).toBe(false);
});

test('facts that come with an answer are kept, and stay when a later answer leaves them out', () => {
  const delivered = after(SAMPLES.pending, observed('delivered', 9, { pickupReference: '777', bankName: 'BCP' }));
  const completed = after(delivered, observed('completed', 10, { bankReference: 'E35' }));
  expect(completed).toMatchObject({ pickupReference: '777', bankName: 'BCP', bankReference: 'E35', asked: 10 });
  expect(after(SAMPLES.rejected, observed('rejected', 9))).toMatchObject({ rejection: { code: 0, reason: 'Test' } });
});

test('a wish to cancel is remembered until it can be carried out', () => {
  const wished = after(SAMPLES.requested, EVENTS['cancel-asked'], EVENTS.accepted);
  expect(wished).toMatchObject({ state: 'pending', cancelAsked: true });
  expect(transition(wished, EVENTS['cancel-asked'], 9).ok).toBe(false);
});
