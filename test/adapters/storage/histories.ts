/** Random days at a till: events that fit and events that do not, in commits of one or three. */
import * as fc from 'fast-check';

import type { TillStore } from '../../../src-main/core/application/ports/till-store.ts';
import type { CashOutEvent } from '../../../src-main/core/domain/cash-out.ts';
import { transition } from '../../../src-main/core/domain/cash-out.ts';
import type { CommandEvent } from '../../../src-main/core/domain/command.ts';
import type { JournalEvent } from '../../../src-main/core/domain/journal-event.ts';
import {
  caseClosed,
  caseOpened,
  commandStep,
  enqueued,
  evidence,
  ORDER,
  requested,
  SETTINGS,
  shiftOpened,
  step,
} from './events.ts';

/** An event in the making: what it says of the drawer and the chain is filled in when its turn comes, sometimes wrongly. */
export type Recipe = (store: TillStore) => JournalEvent;

const AMOUNT = 100_00;
const cashOutId = fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5', 'c6');
const anyShift = fc.integer({ min: 1, max: 9 }).map((number) => `s${number}`);
const openShift = 'the open one';
const shiftId = fc.oneof({ weight: 5, arbitrary: fc.constant(openShift) }, { weight: 1, arbitrary: anyShift });
const proof = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined, freq: 2 }).map(evidence);
const isRight = fc.integer({ min: 0, max: 5 }).map((chance) => chance > 0);

const cashOutStep: fc.Arbitrary<CashOutEvent> = fc.oneof(
  { weight: 5, arbitrary: proof.map((given): CashOutEvent => ({ type: 'offered', order: ORDER, evidence: given })) },
  { weight: 1, arbitrary: proof.map((given): CashOutEvent => ({ type: 'cancelled', evidence: given })) },
  { weight: 1, arbitrary: proof.map((given): CashOutEvent => ({ type: 'expired', evidence: given })) },
  {
    weight: 1,
    arbitrary: proof.map((given): CashOutEvent => ({ type: 'returned', reason: 'asked', evidence: given })),
  },
  {
    weight: 5,
    arbitrary: fc.tuple(proof, isRight).map(([given, right]): CashOutEvent => ({
      type: 'paid',
      payment: { paidAtMs: 3, amountMinor: right ? AMOUNT : AMOUNT + 1 },
      evidence: given,
    })),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(shiftId, proof)
      .map(([id, given]): CashOutEvent => ({ type: 'hand-over-started', shiftId: id, evidence: given })),
  },
  {
    weight: 8,
    arbitrary: fc.constantFrom<CashOutEvent>(
      { type: 'refused', code: 'no' },
      { type: 'cancel-asked', reason: 'customer left' },
      { type: 'not-given', reason: 'came back' },
      { type: 'dispensed' },
      { type: 'dispensed', notes: { '5000': 2 } },
      { type: 'dispensed', notes: { '5000': 3 } },
      { type: 'settled' },
      { type: 'return-asked', reason: 'no notes' },
    ),
  },
);

const outboxStep: fc.Arbitrary<CommandEvent> = fc.oneof(
  fc.constantFrom<CommandEvent>({ type: 'sending' }, { type: 'sending' }, { type: 'dropped', reason: 'never left' }),
  fc.constant<CommandEvent>({ type: 'overtaken', reason: 'paid meanwhile' }),
  fc
    .record({
      state: fc.constantFrom('waiting', 'unknown', 'accepted', 'refused'),
      arrived: fc.constantFrom('no', 'maybe', 'yes'),
      evidence: proof,
    })
    .map((told): CommandEvent => ({ type: 'outcome', outcome: 'as told', nextAttemptAtMs: 9, ...told })),
);

function anyOf(weight: number, arbitrary: fc.Arbitrary<Recipe>): fc.WeightedArbitrary<Recipe> {
  return { weight, arbitrary };
}

const commandId = fc.constantFrom('k1', 'k2', 'k3');
const commandKind = fc.constantFrom('create', 'cancel', 'refund', 'confirm');
const dropped = fc.oneof(fc.integer({ min: -1, max: 5_00 }), fc.constant(40 * AMOUNT));

const recipe: fc.Arbitrary<Recipe> = fc.oneof(
  anyOf(10, fc.tuple(cashOutId, cashOutStep).map(stepAnyhow)),
  anyOf(14, fc.tuple(cashOutId, fc.array(cashOutStep, { minLength: 12, maxLength: 12 })).map(stepFitting)),
  anyOf(
    4,
    fc.tuple(cashOutId, shiftId).map(
      ([id, shift]) =>
        (store) =>
          asked(id, named(store, shift)),
    ),
  ),
  anyOf(
    3,
    fc.tuple(anyShift, fc.nat(9)).map(
      ([id, number]) =>
        () =>
          shiftOpened(id, number, 9 * AMOUNT),
    ),
  ),
  anyOf(1, fc.tuple(shiftId, fc.nat(2), isRight).map(closing)),
  anyOf(
    1,
    fc.tuple(shiftId, dropped).map(
      ([id, minor]) =>
        (store) =>
          drop(named(store, id), minor),
    ),
  ),
  anyOf(
    3,
    fc.tuple(commandId, cashOutId, commandKind, fc.nat(3)).map(
      ([id, about, what, key]) =>
        () =>
          enqueued(id, about, what, `key-${key}`),
    ),
  ),
  anyOf(
    5,
    fc.tuple(commandId, outboxStep).map(
      ([id, event]) =>
        () =>
          commandStep(id, event),
    ),
  ),
  anyOf(
    1,
    fc.tuple(fc.constantFrom('x1', 'x2', 'x3'), cashOutId).map(
      ([id, about]) =>
        () =>
          caseOpened(id, about),
    ),
  ),
  anyOf(
    1,
    fc.constantFrom('x1', 'x2', 'x3').map((id) => () => caseClosed(id)),
  ),
  anyOf(
    2,
    fc.tuple(fc.constantFrom('j1', 'j2', 'j3'), fc.nat(3)).map(
      ([id, what]) =>
        () =>
          printing(id, what),
    ),
  ),
  anyOf(
    1,
    shiftId.map((id) => (store) => drawerOpened(named(store, id))),
  ),
  anyOf(
    1,
    fc.constantFrom('a', 'b').map((source) => () => settings(source)),
  ),
);

/** Mostly one event in a commit; sometimes three, of which a later one may undo all. */
export const history = fc.array(
  fc.oneof({ weight: 4, arbitrary: fc.tuple(recipe) }, { weight: 1, arbitrary: fc.tuple(recipe, recipe, recipe) }),
  { minLength: 60, maxLength: 220, size: 'max' },
);

function named(store: TillStore, shift: string): string {
  return shift === openShift ? (store.openShift()?.id ?? 's1') : shift;
}

function stepAnyhow([id, event]: [string, CashOutEvent]): Recipe {
  return (store) => step(id, 'shiftId' in event ? { ...event, shiftId: named(store, event.shiftId) } : event);
}

/** The first of the events that fits the state, so that histories get somewhere. */
function stepFitting([id, events]: [string, CashOutEvent[]]): Recipe {
  return (store) => {
    const cashOut = store.cashOut(id);
    const fitting = cashOut && events.find((event) => transition(cashOut, event, 1).ok);
    return stepAnyhow([id, fitting ?? { type: 'settled' }])(store);
  };
}

function asked(id: string, shift: string): JournalEvent {
  return requested(id, { shiftId: shift, amountMinor: AMOUNT });
}

function drop(shift: string, amountMinor: number): JournalEvent {
  return { type: 'shift.dropped', v: 1, shiftId: shift, amountMinor, reason: 'too full' };
}

function closing([shift, off, isHonest]: [string, number, boolean]): Recipe {
  return (store) => {
    const id = named(store, shift);
    const expectedMinor = store.expectedCashMinor(id);
    const totalMinor = expectedMinor + off;
    const head = store.head().hash;
    const varianceMinor = isHonest ? off : off + 1;
    return { type: 'shift.closed', v: 1, shiftId: id, expectedMinor, count: { totalMinor }, varianceMinor, head };
  };
}

function printing(jobId: string, kind: number): JournalEvent {
  if (kind === 0) return { type: 'slip.queued', v: 1, jobId, slip: { kind: 'receipt', subjectId: 'c1', copy: 0 } };
  const state = (['sending', 'printed', 'refused'] as const)[kind - 1] ?? 'refused';
  return { type: 'slip.outcome', v: 1, jobId, state, detail: 'as told' };
}

function drawerOpened(id: string): JournalEvent {
  return { type: 'drawer.opened', v: 1, shiftId: id, reason: 'no-sale', outcome: 'manual' };
}

function settings(source: string): JournalEvent {
  return { type: 'settings.changed', v: 1, settings: { ...SETTINGS, shopName: source }, source };
}

/** Whether the store took them. */
export function tryCommit(store: TillStore, events: readonly JournalEvent[]): boolean {
  try {
    store.commit(events);
    return true;
  } catch {
    return false;
  }
}
