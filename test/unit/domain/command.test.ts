import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { advanceCommand, isInDoubt, isOpen, newCommand } from '../../../src-main/core/domain/command.ts';
import type { Command, CommandEvent, CommandState, NewCommand } from '../../../src-main/core/domain/command.ts';

const MADE: NewCommand = {
  id: 'k1',
  cashOutId: 'c1',
  network: 'mercadopago-orders',
  kind: 'create',
  idempotencyKey: '4f9c2a30-6f1e-4a56-9b0d-0d9d3d0e7a11',
  request: { method: 'POST', path: '/v1/orders', body: '{"total_amount":"500.00"}' },
};

const STATES = ['waiting', 'sending', 'unknown', 'accepted', 'refused', 'dropped', 'overtaken'] as const;

function outcome(state: 'waiting' | 'unknown' | 'accepted' | 'refused', arrived: 'no' | 'maybe' | 'yes'): CommandEvent {
  return { type: 'outcome', state, outcome: 'as told', arrived, nextAttemptAtMs: 77 };
}

function inState(state: CommandState, mayHaveArrived = false): Command {
  return { ...newCommand(MADE, 5), state, mayHaveArrived };
}

test('I3: a new command waits, has never left and may be sent at once', () => {
  expect(newCommand(MADE, 5)).toEqual({
    ...MADE,
    state: 'waiting',
    attempts: 0,
    mayHaveArrived: false,
    nextAttemptAtMs: 5,
    lastOutcome: '',
  });
});

const anyEvent = fc.oneof(
  fc.constant<CommandEvent>({ type: 'sending' }),
  fc
    .tuple(fc.constantFrom('waiting', 'unknown', 'accepted', 'refused'), fc.constantFrom('no', 'maybe', 'yes'))
    .map(([state, arrived]) => outcome(state, arrived)),
  fc.constant<CommandEvent>({ type: 'dropped', reason: 'never left' }),
  fc.constant<CommandEvent>({ type: 'overtaken', reason: 'paid' }),
);

function tryAdvance(command: Command, event: CommandEvent): Command | undefined {
  try {
    return advanceCommand(command, event);
  } catch {
    return undefined;
  }
}

test('I3: whatever happens to a command, its key and its bytes stay, its attempts only grow, and doubt once raised stays until it ends', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
      let command = newCommand(MADE, 5);
      for (const event of events) {
        const after = tryAdvance(command, event) ?? command;
        expect(after).toMatchObject(MADE);
        expect(after.attempts - command.attempts).toBe(after !== command && event.type === 'sending' ? 1 : 0);
        expect(command.mayHaveArrived && !after.mayHaveArrived).toBe(false);
        expect(isOpen(command) || after === command).toBe(true);
        expect(isInDoubt(command) && isOpen(after) && !isInDoubt(after) && after.mayHaveArrived).toBe(false);
        command = after;
      }
    }),
  );
});

test.each(STATES.filter((state) => !isOpen(inState(state))))(
  'I3: nothing happens any more to a command that is %s',
  (state) => {
    for (const event of [{ type: 'sending' }, outcome('accepted', 'yes'), { type: 'dropped', reason: 'r' }] as const) {
      expect(() => advanceCommand(inState(state), event)).toThrow(`I3: ${event.type} for a command that is ${state}`);
    }
  },
);

test.each(['waiting', 'unknown'] as const)(
  'I3: there is no outcome of a command that is %s: nothing was being sent',
  (state) => {
    expect(() => advanceCommand(inState(state), outcome('accepted', 'yes'))).toThrow(/I3: outcome for a command/);
  },
);

test('I3: only a command that provably never left is withdrawn', () => {
  const withdrawn: CommandEvent = { type: 'dropped', reason: 'never left' };
  expect(advanceCommand(inState('waiting'), withdrawn)).toMatchObject({ state: 'dropped', lastOutcome: 'never left' });
  expect(() => advanceCommand(inState('waiting', true), withdrawn)).toThrow(/only a command that never left/);
  expect(() => advanceCommand(inState('sending'), withdrawn)).toThrow(/only a command that never left/);
  expect(() => advanceCommand(inState('unknown'), withdrawn)).toThrow(/only a command that never left/);
});

test('I8: a command found in sending after a crash may have arrived, and sending it again says so', () => {
  const found = advanceCommand(newCommand(MADE, 5), { type: 'sending' });
  expect(isInDoubt(found)).toBe(true);
  expect(found.mayHaveArrived).toBe(false);
  const again = advanceCommand(found, { type: 'sending' });
  expect(again).toMatchObject({ attempts: 2, mayHaveArrived: true });
  expect(advanceCommand(again, outcome('waiting', 'no'))).toMatchObject({ state: 'waiting', mayHaveArrived: true });
});

test('in doubt is what is open and may have arrived', () => {
  const table = STATES.map((state) => [
    state,
    isOpen(inState(state)),
    isInDoubt(inState(state)),
    isInDoubt(inState(state, true)),
  ]);
  expect(table).toEqual([
    ['waiting', true, false, true],
    ['sending', true, true, true],
    ['unknown', true, false, true],
    ['accepted', false, false, false],
    ['refused', false, false, false],
    ['dropped', false, false, false],
    ['overtaken', false, false, false],
  ]);
});

test('an attempt that ended without an answer leaves the command open, with the time of the next one', () => {
  const sending = advanceCommand(newCommand(MADE, 5), { type: 'sending' });
  const lost = advanceCommand(sending, outcome('unknown', 'maybe'));
  expect(lost).toMatchObject({ state: 'unknown', nextAttemptAtMs: 77, mayHaveArrived: true, lastOutcome: 'as told' });
  expect(isInDoubt(lost)).toBe(true);
  const overtaken = advanceCommand(lost, { type: 'overtaken', reason: 'order is cancelled' });
  expect(isInDoubt(overtaken)).toBe(false);
});
