/** What a person reads of payouts. */
import { expect, test } from 'vitest';
import type { PayoutFinding, PayoutView } from '../../../src-main/core/contract/payout-contract.ts';
import { ID, openDesk, PENDING } from './payout-desk.ts';

async function shown(view: PayoutView): Promise<string> {
  return (await openDesk(view).run('payout', 'show', ID)).out;
}

test('a payout reads as money, masked beneficiary, wall clock and next steps', async () => {
  expect(await shown(PENDING)).toBe(`Payout ${ID}
  state        pending: the network has it; not with the bank yet, it can still be cancelled
  amount       S/ 250.50 (PEN)
  to           A. R., DNI ••••43, account ••••6813
  way          pe-bank (PE) by tupay
  notes        not before it is cancelled, and the network has confirmed that
  voucher      VPCA JA01 01K9 ZZ7H 4Q2V 8D6M 3N5P 7R9T 1WX
  external id  CAJA01${ID}
  network id   8405147
  cashier      Rosa
  requested    2026-01-31 12:00:00
  next         ventanilla payout watch ${ID}
               ventanilla payout refresh ${ID}
               ventanilla payout cancel ${ID} --reason WORDS
               ventanilla payout hold ${ID} --reason WORDS
               ventanilla payout print ${ID}
`);
});

test('a doubt says how often it was sent, and when only a person can find out', async () => {
  const doubt = {
    command: 'create',
    attempts: 3,
    lastOutcome: 'timeout',
    nextAttemptAtMs: 8e15,
    needsPerson: true,
  } as const;
  const text = await shown({ ...PENDING, state: 'requested', doubt, notesInstead: 'no' });
  expect(text).toContain('state           requested: saved; the network has not answered yet: no notes');
  expect(text).toContain('in doubt        create sent 3 times, no answer that settles it (timeout)');
  expect(text).toContain('needs a person  the till cannot find out: look into the network’s panel');
  expect(text).toContain('notes           none in its place');
  expect(text).not.toContain('next try');
});

test.each([
  [
    { code: 801, reason: 'ERROR_ACCOUNT_CLOSED', hint: 'other-account' },
    '801 ERROR_ACCOUNT_CLOSED: ask the customer for another account',
  ],
  [{ code: 0, reason: 'Test', hint: 'support' }, '0 Test: ask the network’s support what happened'],
  [{ reason: '', hint: 'support' }, 'the bank named no reason: ask the network’s support what happened'],
] as const)('a rejection %j reads as what helps', async (rejection, words) => {
  expect(await shown({ ...PENDING, state: 'rejected', rejection })).toContain(`rejected     ${words}\n`);
});

test.each([
  [
    { state: 'declined', code: '412/514' },
    'declined     412/514: the shop’s balance at the network is too low: call the manager',
  ],
  [{ state: 'declined', code: '999' }, 'declined     999\n'],
  [{ state: 'rejected', reversed: true }, 'the bank gave it back after it had arrived: the shop owes the customer'],
  [
    { state: 'delivered', method: 'co-efecty', pickupReference: '123' },
    'ready to be collected with the reference below',
  ],
  [{ state: 'pending', cancelAsked: true }, 'a cancel is under way'],
  [{ review: { why: 'the network says 9', sinceMs: 0 } }, 'to be reviewed  the network says 9, since 1970-01-01'],
  [{ state: 'rejected', replacement: { by: 'notes', atMs: 0 } }, 'replaced     by notes, 1970-01-01'],
  [{ state: 'rejected', replacement: { by: 'payout', payoutId: 'OTHER', atMs: 0 } }, 'by payout OTHER'],
] as const)('%j is said', async (more, words) => {
  expect(await shown({ ...PENDING, ...more })).toContain(words);
});

test('a name cannot move the cursor', async () => {
  const text = await shown({ ...PENDING, bankName: 'Banco\u001b[2J\u202e' });
  expect(text).toContain('bank         Banco?[2J?\n');
});

test('lists are short lines, the newest next to the prompt; marks say what is wrong with each', async () => {
  const desk = openDesk();
  const old = { ...PENDING, requestedAtMs: PENDING.requestedAtMs - 60_000, state: 'rejected', reversed: true } as const;
  desk.answers['payout.list'] = [PENDING, old];
  const { out } = await desk.run('payout', 'list', '--open', '--since', '2026-01-01');
  expect(out).toBe(`requested            id                             amount  state
2026-01-31 11:59:00  ${ID}  S/ 250.50  rejected  given back late
2026-01-31 12:00:00  ${ID}  S/ 250.50  pending
2 payouts, times in UTC
`);
  const request = { sinceMs: Date.UTC(2026, 0, 1), limit: 1_000, open: true };
  expect(desk.calls).toEqual([{ name: 'payout.list', request }]);
  expect((await desk.run('payout', 'list', '--state', 'declined')).out).toBe('No payouts.\n');
});

const FINDINGS: readonly (readonly [PayoutFinding, number, RegExp])[] = [
  [{ kind: 'ours', payout: PENDING }, 0, /^Payout 01K9/],
  [
    { kind: 'network', network: 'tupay', cashoutId: '8405147', status: 'completed', statusText: '1 Completed' },
    0,
    /^Not in this till's records; tupay has it\n {2}status +completed\n {2}network id +8405147\n/,
  ],
  [{ kind: 'network', network: 'onekey', status: 'unclear', statusText: '9 Odd' }, 0, /unclear: 9 Odd/],
  [{ kind: 'unknown', askedNetwork: true }, 1, /^Nobody knows it/],
  [{ kind: 'unknown', askedNetwork: false }, 1, /With --network ID the network is asked too/],
  [{ kind: 'damaged' }, 2, /misread: scan it again/],
  [{ kind: 'unusable', why: 'characters' }, 2, /^No voucher and no id/],
];

test.each(FINDINGS)('find: %j', async (finding, exit, words) => {
  const desk = openDesk();
  desk.answers['payout.find'] = finding;
  const said = await desk.run('payout', 'find', 'VPCA', 'JA01', '01K9', '--network', 'tupay');
  expect([said.exit, said.out, said.err]).toEqual([exit, expect.stringMatching(words) as unknown, '']);
  expect(desk.calls).toEqual([{ name: 'payout.find', request: { text: 'VPCA JA01 01K9', network: 'tupay' } }]);
  expect(JSON.parse((await desk.run('payout', 'find', 'x', '--json')).out)).toEqual(finding);
});

test('banks and rates', async () => {
  const desk = openDesk();
  desk.answers['payout.banks'] = [
    { code: '001', name: 'Banco do Brasil' },
    { code: '99', name: 'Outro', licensed: false },
  ];
  desk.answers['payout.rate'] = { currency: 'PEN', rate: '3.7', converted: '37.037' };
  expect((await desk.run('payout', 'banks', '--network', 'onekey', '--country', 'BR')).out).toBe(
    'code  bank\n001   Banco do Brasil\n99    Outro            not licensed\n2 banks\n',
  );
  expect((await desk.run('payout', 'rate', '--network', 'tupay', '--country', 'PE', '--amount', '10')).out).toMatch(
    /^US\$ 10\.00 is about 37\.037 PEN \(1 US\$ = 3\.7 PEN\)/,
  );
  expect(desk.calls.at(-1)?.request).toEqual({ network: 'tupay', country: 'PE', usdMinor: 1_000 });
});
