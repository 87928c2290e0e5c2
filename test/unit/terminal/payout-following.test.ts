/** How payout commands follow a payout, when they stop waiting, and what their exit codes say. */
import { expect, test } from 'vitest';
import type { PayoutView } from '../../../src-main/core/contract/payout-contract.ts';
import { ID, openDesk, PENDING } from './payout-desk.ts';

const DOUBT = {
  command: 'create',
  attempts: 2,
  lastOutcome: 'timeout',
  nextAttemptAtMs: 0,
  needsPerson: false,
} as const;
const REQUESTED: PayoutView = { ...PENDING, state: 'requested', doubt: DOUBT, actions: [] };
const DELIVERED: PayoutView = { ...PENDING, state: 'delivered', actions: [] };
const COMPLETED: PayoutView = { ...PENDING, state: 'completed', actions: [] };
const REJECTED: PayoutView = {
  ...PENDING,
  state: 'rejected',
  rejection: { code: 801, reason: 'ERROR_ACCOUNT_CLOSED', hint: 'other-account' },
  notesInstead: 'once',
  actions: ['notes', 'reissue'],
};
const ON_HOLD: PayoutView = { ...PENDING, state: 'on_hold', actions: ['release', 'cancel'] };

test.each([
  ['to the money’s arrival', [PENDING, DELIVERED, COMPLETED], [], 0, 'completed'],
  ['to a refusal by the bank', [PENDING, DELIVERED, REJECTED], [], 1, 'rejected'],
  ['until its time is up', [PENDING, DELIVERED], [], 3, 'delivered'],
  ['out of doubt', [REQUESTED, PENDING], ['--until', 'pending'], 0, 'pending'],
  ['past the wanted state', [PENDING, COMPLETED], ['--until', 'delivered'], 0, 'completed'],
  ['until a cancel is out of reach', [PENDING, DELIVERED, COMPLETED], ['--until', 'cancelled'], 1, 'delivered'],
  ['after its completion, for a late return', [COMPLETED], ['--until', 'rejected'], 3, 'completed'],
  ['no further than a hold', [PENDING, ON_HOLD, COMPLETED], [], 3, 'on_hold'],
  ['through a hold when told to', [PENDING, ON_HOLD, COMPLETED], ['--until', 'completed'], 0, 'completed'],
  [
    'no further than what a person must see',
    [{ ...REQUESTED, doubt: { ...DOUBT, needsPerson: true } }, COMPLETED],
    [],
    3,
    'requested',
  ],
] as const)('watch follows %s', async (_words, [first, ...rest], options, exit, state) => {
  const desk = openDesk(first);
  desk.standings.push(...rest);
  const said = await desk.run('payout', 'watch', ID, ...options, '--json');
  expect([said.exit, (JSON.parse(said.out) as PayoutView).state]).toEqual([exit, state]);
});

test('each change is told once, with its doubt', async () => {
  const desk = openDesk(REQUESTED);
  desk.standings.push(PENDING, { ...PENDING, checkFailing: true }, COMPLETED);
  const { err } = await desk.run('payout', 'watch', ID);
  const told = err
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(10));
  expect(told).toEqual(['pending', 'pending, the network does not answer', 'completed']);
});

test.each([
  ['cancel', ['--reason', 'wrong account'], 'cancelled', 'delivered'],
  ['hold', ['--reason', 'identity'], 'on_hold', 'delivered'],
  ['release', ['--supervisor', '7'], 'pending', 'cancelled'],
] as const)(
  '%s ends 0 when it is so, 1 when it cannot be any more, 3 while nobody knows',
  async (name, words, done, late) => {
    const from: PayoutView = { ...(name === 'release' ? ON_HOLD : PENDING), actions: [] };
    for (const [state, exit] of [
      [done, 0],
      [late, 1],
      [from.state, 3],
    ] as const) {
      const desk = openDesk(from);
      if (state !== from.state) desk.standings.push({ ...from, state });
      const said = await desk.run('payout', name, ID, ...words);
      expect([state, said.exit]).toEqual([state, exit]);
      expect(desk.calls[0]).toMatchObject({ name: `payout.${name}`, request: { id: ID } });
    }
  },
);

test('a hold that the network refused can be asked for again, and is no doubt: exit 1 at once', async () => {
  const desk = openDesk(PENDING);
  expect((await desk.run('payout', 'hold', ID, '--reason', 'identity')).exit).toBe(1);
});

test.each([
  [['payout', 'cancel', ID], /required option '--reason <words>' not specified/],
  [['payout', 'hold', ID, '--reason', ' '], /the reason is empty/],
  [['payout', 'release', ID], /required option '--supervisor <code>'/],
  [['payout', 'release', ID, '--supervisor', 'Marta'], /is no supervisor’s code/],
  [['payout', 'reviewed', ID, '--supervisor', '7'], /required option '--reason/],
  [['payout', 'watch', ID, '--until', 'paid'], /there is no state "paid"; there are requested, declined/],
  [['payout', 'notes', ID, '--given', '--not-given', 'left'], /which of the two/],
  [['payout', 'notes', ID, '--given', '--supervisor', '7'], /before the drawer opens/],
  [['payout', 'find', 'x', '--network', 'mercadopago-orders'], /pays nothing out/],
  [['payout', 'rate', '--network', 'tupay', '--country', 'PE', '--amount', '1,5'], /no amount in USD/],
])('%j is wrong usage and opens nothing', async (words, says) => {
  const desk = openDesk();
  const said = await desk.run(...words);
  expect([said.exit, desk.isOpened(), said.err]).toEqual([2, false, expect.stringMatching(says) as unknown]);
});

const COUNTING: PayoutView = { ...REJECTED, notesSinceMs: 0, actions: ['notes-given', 'notes-not-given'] };

const START = { name: 'payout.notes-start', request: { id: ID } };
const GIVEN = { name: 'payout.notes-given', request: { id: ID } };
const notGiven = (reason: string): unknown => ({ name: 'payout.notes-not-given', request: { id: ID, reason } });

test.each([
  [['yes'], [START, GIVEN]],
  [
    ['maybe', 'SÍ'],
    [START, GIVEN],
  ],
  [
    ['no', 'customer left'],
    [START, notGiven('customer left')],
  ],
  [
    ['n', ''],
    [START, notGiven('not given')],
  ],
  [[], [START]],
])('notes asks once more, opens the drawer, and hears %j', async (typed, calls) => {
  const desk = openDesk(REJECTED);
  desk.typed.push(...typed);
  const said = await desk.run('payout', 'notes', ID);
  expect([said.exit, desk.calls]).toEqual([0, calls]);
  expect(said.err).toBe('The drawer is open: count out S/ 250.50.\n');
});

test('notes that are being counted already are not begun again', async () => {
  const desk = openDesk(COUNTING);
  desk.typed.push('yes');
  expect((await desk.run('payout', 'notes', ID)).exit).toBe(0);
  expect(desk.calls.map(({ name }) => name)).toEqual(['payout.notes-given']);
});

test('a script begins, and says with a second command what became of the notes', async () => {
  const desk = openDesk(REJECTED);
  desk.typed.push('yes');
  expect((await desk.run('payout', 'notes', ID, '--supervisor', '7', '--no-ask', '--json')).exit).toBe(0);
  expect((await desk.run('payout', 'notes', ID, '--given', '--json')).exit).toBe(0);
  expect((await desk.run('payout', 'notes', ID, '--not-given', 'customer left')).exit).toBe(0);
  expect(desk.calls).toEqual([
    { name: 'payout.notes-start', request: { id: ID, supervisorCode: 7 } },
    { name: 'payout.notes-given', request: { id: ID } },
    { name: 'payout.notes-not-given', request: { id: ID, reason: 'customer left' } },
  ]);
});

test('no notes where the network cannot be asked: exit 3, and nothing is asked of the person', async () => {
  const desk = openDesk(REJECTED);
  desk.refusals['payout.notes-start'] = 'payout.cannot-check-now';
  desk.typed.push('yes');
  const said = await desk.run('payout', 'notes', ID);
  expect([said.exit, desk.calls.length, desk.typed]).toEqual([3, 1, ['yes']]);
  expect(said.err).toContain('try: no notes yet');
});

test('a supervisor tells what the panel shows, and the network’s number where the till could not learn it', async () => {
  const desk = openDesk();
  const words = ['payout', 'reviewed', ID, '--supervisor', '7', '--reason', 'seen in the panel'];
  expect((await desk.run(...words)).exit).toBe(0);
  expect((await desk.run(...words, '--network-id', '#8405147')).exit).toBe(0);
  const request = { id: ID, supervisorCode: 7, reason: 'seen in the panel' };
  expect(desk.calls.map((call) => call.request)).toEqual([request, { ...request, cashoutId: '8405147' }]);
  expect((await desk.run(...words, '--network-id', '0123')).exit).toBe(2);
});

test.each([
  ['payout.in-doubt', 3],
  ['payout.cannot-check-now', 3],
  ['payout.wrong-state', 1],
  ['payout.not-possible', 1],
  ['payout.another-handing-over', 1],
  ['payout.replaced', 1],
  ['supervisor.needed', 1],
] as const)('%s exits %i', async (code, exit) => {
  const desk = openDesk();
  desk.refusals['payout.reviewed'] = code;
  const said = await desk.run('payout', 'reviewed', ID, '--supervisor', '7', '--reason', 'seen in the panel');
  expect([said.exit, said.err.split(':')[0]]).toEqual([exit, code]);
});
