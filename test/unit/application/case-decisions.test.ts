/** Deciding cases, in virtual time: once, by the right person, with a reason, and nothing moves twice or hangs. */
import { expect, test } from 'vitest';
import type { Delivery, Reading } from '../../../src-main/core/application/ports/payment-network.ts';
import type { CaseDecision } from '../../../src-main/core/domain/case-rules.ts';
import { refused, worked } from '../../support/till-bench.ts';
import { createVirtualTill, evidenceAt, meanwhile, requested } from '../../support/virtual-till.ts';
import type { VirtualOptions, VirtualTill } from '../../support/virtual-till.ts';

const MINUTE_MS = 60_000;
const UNREACHABLE: Reading = { kind: 'unreachable', cause: 'timeout' };
const TIMEOUT: Delivery = { kind: 'unknown', cause: 'timeout' };
const KEY_CONFLICT: Delivery = { kind: 'key-conflict', code: 'idempotency_key_already_used', evidence: evidenceAt(0) };
const REFUSED: Delivery = {
  kind: 'refused',
  code: 'refund_not_allowed',
  detail: 'not now',
  blocksNetwork: false,
  evidence: evidenceAt(0),
};

/** With a supervisor, code 7, among its people. */
function shopWithSupervisor(options: VirtualOptions = {}): VirtualTill {
  const shop = createVirtualTill(options);
  const people = [...shop.settings.people, { code: 7, name: 'Marta Ibáñez', role: 'supervisor' as const }];
  shop.till.changeSettings({ ...shop.settings, people }, 'test');
  return shop;
}

function caseOf(shop: VirtualTill, id: string, kind?: string): string {
  const file = shop.store.casesOf(id).find((each) => each.state === 'open' && (kind ?? each.kind) === each.kind);
  if (!file) throw new Error(`no open case about ${id}`);
  return file.id;
}

async function decide(shop: VirtualTill, caseId: string, decision: CaseDecision, supervisorCode = 7) {
  const reason = 'looked up in the panel';
  return meanwhile(shop, shop.till.resolveCase({ caseId, decision, reason, supervisorCode }));
}

async function silentCreate(shop: VirtualTill): Promise<string> {
  shop.network.always.delivery = TIMEOUT;
  const id = requested(shop);
  await shop.time.pass(5 * MINUTE_MS + 2 * MINUTE_MS + 30_000);
  return id;
}

async function returning(shop: VirtualTill): Promise<string> {
  const { id, externalReference } = await shop.paid();
  shop.network.deliveries.push(REFUSED);
  worked(shop.till.giveBack(id, 'customer left'));
  shop.network.statuses.set(externalReference, 'paid');
  await shop.time.pass(2_000);
  expect(shop.openCases(id)).toEqual(['return-failed']);
  return id;
}

test('a request without an answer for longer than an order lives is a case, and the shift can be closed with it on the report', async () => {
  const shop = shopWithSupervisor();
  shop.network.always.delivery = TIMEOUT;
  const id = requested(shop);
  await shop.time.pass(6 * MINUTE_MS);
  expect(shop.openCases(id)).toEqual([]);
  expect(refused(shop.till.closeShift({ totalMinor: 1_000_000 }))).toBe('shift.open-cash-outs');
  await shop.time.pass(1.5 * MINUTE_MS);
  expect(shop.openCases(id)).toEqual(['network-silent']);
  const closed = worked(shop.till.closeShift({ totalMinor: 1_000_000 }));
  const report = worked(shop.till.report(closed.id));
  expect([report.cases.map(({ kind }) => kind), report.atRiskMinor]).toEqual([['network-silent'], 50_000]);
  expect(shop.breaches()).toEqual([]);
});

test('the network answers after all: the case explains itself, and is still in the journal', async () => {
  const shop = shopWithSupervisor();
  const id = await silentCreate(shop);
  delete shop.network.always.delivery;
  await shop.time.pass(MINUTE_MS);
  expect(shop.openCases(id)).toEqual([]);
  expect(shop.store.casesOf(id)).toMatchObject([{ state: 'closed', decision: 'network-explained', by: 'till' }]);
  expect(shop.now(id).state).toBe('cancelled');
  expect(shop.breaches()).toEqual([]);
});

test('an order on screen of which nothing is heard any more is a case too; one that was decided and then paid is a late payment', async () => {
  const shop = shopWithSupervisor();
  const { id, externalReference } = await shop.awaiting();
  shop.network.always.reading = UNREACHABLE;
  await shop.time.pass(8 * MINUTE_MS);
  expect(shop.openCases(id)).toEqual(['network-silent']);
  expect(worked(await decide(shop, caseOf(shop, id), 'nothing-paid')).state).toBe('closed');
  expect(shop.now(id).state).toBe('cancelled');
  shop.network.statuses.set(externalReference, 'paid');
  delete shop.network.always.reading;
  await shop.time.pass(2 * MINUTE_MS);
  expect(shop.now(id)).toMatchObject({ state: 'paid', late: 'after-cancel' });
  expect(shop.openCases(id)).toEqual(['late-payment']);
  expect(shop.breaches()).toEqual([]);
});

test('"nobody paid" for a request without an answer ends it for good: nothing is sent again, its cash is free', async () => {
  const shop = shopWithSupervisor();
  const id = await silentCreate(shop);
  worked(await decide(shop, caseOf(shop, id), 'nothing-paid'));
  expect(shop.now(id)).toMatchObject({ state: 'refused', code: 'given-up-in-doubt' });
  expect(shop.store.openCommands()).toEqual([]);
  const before = shop.network.calls.length;
  await shop.time.pass(10 * MINUTE_MS);
  expect(shop.network.calls.length).toBe(before);
  const again = shop.restarted();
  again.till.start();
  await again.time.pass(10 * MINUTE_MS);
  expect(again.network.calls.filter(({ what }) => what === 'create').length).toBe(
    shop.network.calls.slice(0, before).filter(({ what }) => what === 'create').length,
  );
  worked(again.till.closeShift({ totalMinor: 1_000_000 }));
  expect(again.breaches()).toEqual([]);
});

test('a sticker stays taken for an order’s lifetime after its request was given up', async () => {
  const shop = shopWithSupervisor();
  shop.network.always.delivery = TIMEOUT;
  const order = { network: 'mercadopago-orders', amountMinor: 50_000, mode: 'static' } as const;
  const { id } = worked(shop.till.startCashOut(order));
  await shop.time.pass(8 * MINUTE_MS);
  worked(await decide(shop, caseOf(shop, id), 'nothing-paid'));
  expect(refused(shop.till.startCashOut(order))).toBe('cash-out.sticker-taken');
  await shop.time.pass(7 * MINUTE_MS + 1_000);
  worked(shop.till.startCashOut(order));
});

test('the decision is a supervisor’s, has a reason, is one of those allowed, and is made once', async () => {
  const shop = shopWithSupervisor();
  const id = await silentCreate(shop);
  const caseId = caseOf(shop, id);
  expect(refused(await decide(shop, caseId, 'nothing-paid', 1042))).toBe('supervisor.needed');
  expect(refused(await decide(shop, caseId, 'nothing-paid', 8))).toBe('supervisor.needed');
  const nobody = shop.till.resolveCase({ caseId, decision: 'nothing-paid', reason: 'x' });
  expect(refused(await meanwhile(shop, nobody))).toBe('supervisor.needed');
  const wordless = shop.till.resolveCase({ caseId, decision: 'nothing-paid', reason: '  ', supervisorCode: 7 });
  expect(refused(await meanwhile(shop, wordless))).toBe('request.invalid');
  expect(refused(await decide(shop, caseId, 'loss'))).toBe('case.decision-not-allowed');
  expect(refused(await decide(shop, caseId, 'noted'))).toBe('case.decision-not-allowed');
  expect(refused(await decide(shop, '01NOSUCH', 'noted'))).toBe('case.unknown');
  expect(shop.openCases(id)).toEqual(['network-silent']);

  const both = Promise.all([
    shop.till.resolveCase({ caseId, decision: 'nothing-paid', reason: 'first', supervisorCode: 7 }),
    shop.till.resolveCase({ caseId, decision: 'nothing-paid', reason: 'second', supervisorCode: 7 }),
  ]);
  const [first, second] = await meanwhile(shop, both);
  expect(worked(first)).toMatchObject({ state: 'closed', by: 'Marta Ibáñez', byCode: 7, reason: 'first' });
  expect(refused(second)).toBe('case.closed');
  expect(shop.store.entriesAbout(id).filter(({ event }) => event.type === 'case.closed')).toHaveLength(1);
  expect(shop.breaches()).toEqual([]);
});

test('a crash before the commit leaves the case open, one after it leaves it decided; both go on soundly', async () => {
  let mayCommit = true;
  const shop = shopWithSupervisor({
    store: (store) => ({
      ...store,
      commit(events) {
        if (!mayCommit && events.some(({ type }) => type === 'case.closed')) throw new Error('power is gone');
        return store.commit(events);
      },
    }),
  });
  const id = await silentCreate(shop);
  const caseId = caseOf(shop, id);
  mayCommit = false;
  const decision = { caseId, decision: 'nothing-paid', reason: 'looked up', supervisorCode: 7 } as const;
  const dying = shop.till.resolveCase(decision).catch((error: unknown) => String(error));
  expect(await meanwhile(shop, dying)).toContain('power is gone');
  mayCommit = true;
  const again = shop.restarted();
  again.till.start();
  expect([again.now(id).state, again.openCases(id)]).toEqual(['requested', ['network-silent']]);
  worked(await decide(again, caseId, 'nothing-paid'));
  const third = again.restarted();
  third.till.start();
  await third.time.pass(MINUTE_MS);
  expect([third.now(id).state, third.openCases(id)]).toEqual(['refused', []]);
  expect(refused(await decide(third, caseId, 'nothing-paid'))).toBe('case.closed');
  expect(third.breaches()).toEqual([]);
});

test('asked before the decision, the network explains the case: the decision is not needed and nothing of it happens', async () => {
  const shop = shopWithSupervisor();
  const { id, externalReference } = await shop.awaiting();
  shop.network.always.reading = UNREACHABLE;
  await shop.time.pass(8 * MINUTE_MS);
  const caseId = caseOf(shop, id);
  shop.network.statuses.set(externalReference, 'paid');
  delete shop.network.always.reading;
  expect(refused(await decide(shop, caseId, 'nothing-paid'))).toBe('case.closed');
  expect(shop.now(id)).toMatchObject({ state: 'paid' });
  expect(shop.breaches()).toEqual([]);
});

test('a refused refund is tried again with its own key and bytes, and the money goes back', async () => {
  const shop = shopWithSupervisor();
  const id = await returning(shop);
  worked(await decide(shop, caseOf(shop, id), 'return-again'));
  const refunds = shop.network.calls.filter(({ what }) => what === 'refund');
  expect(refunds).toHaveLength(2);
  expect(new Set(refunds.map(({ key, body }) => `${key} ${body}`)).size).toBe(1);
  shop.network.statuses.set(shop.now(id).externalReference, 'returned');
  await shop.time.pass(30_000);
  expect([shop.now(id).state, shop.openCases(id)]).toEqual(['returned', []]);
  expect(shop.breaches()).toEqual([]);
});

test('a refund that is refused again is a case again', async () => {
  const shop = shopWithSupervisor();
  const id = await returning(shop);
  shop.network.deliveries.push(REFUSED);
  worked(await decide(shop, caseOf(shop, id), 'return-again'));
  await shop.time.pass(5_000);
  expect(shop.openCases(id)).toEqual(['return-failed']);
  expect(shop.store.casesOf(id)).toHaveLength(2);
  expect(shop.breaches()).toEqual([]);
});

test('"the customer has the money back": never without an answer, never while a refund may go through, and then no notes', async () => {
  const shop = shopWithSupervisor();
  const id = await returning(shop);
  const caseId = caseOf(shop, id);
  shop.network.always.reading = UNREACHABLE;
  expect(refused(await decide(shop, caseId, 'repaid-outside'))).toBe('cash-out.cannot-check-now');
  const { externalReference } = shop.now(id);
  delete shop.network.always.reading;
  shop.network.statuses.set(externalReference, 'returning');
  expect(refused(await decide(shop, caseId, 'repaid-outside'))).toBe('case.decision-not-allowed');
  shop.network.statuses.set(externalReference, 'paid');
  worked(await decide(shop, caseId, 'repaid-outside'));
  expect(shop.now(id)).toMatchObject({ state: 'returned', repaidBy: 7, reason: 'looked up in the panel' });
  expect(refused(await meanwhile(shop, shop.till.handOver(id)))).toBe('cash-out.wrong-state');
  expect([shop.pulses, shop.openCases(id)]).toEqual([[], []]);
  expect(shop.breaches()).toEqual([]);
});

test('paid back by other means, and the network gives it back too: found at the next start, a loss', async () => {
  const shop = shopWithSupervisor();
  const id = await returning(shop);
  worked(await decide(shop, caseOf(shop, id), 'repaid-outside'));
  shop.network.statuses.set(shop.now(id).externalReference, 'returned');
  const again = shop.restarted();
  again.till.start();
  await again.time.pass(2 * MINUTE_MS);
  expect(again.openCases(id)).toEqual(['returned-and-given']);
  worked(await decide(again, caseOf(again, id), 'recovered'));
  expect(again.openCases(id)).toEqual([]);
  expect(again.breaches()).toEqual([]);
});

test('a stuck refund may still be in doubt for the network: while it is, nobody can say that the money was paid back', async () => {
  const shop = shopWithSupervisor();
  const { id } = await shop.paid();
  shop.network.always.delivery = TIMEOUT;
  worked(shop.till.giveBack(id, 'customer left'));
  await shop.time.pass(20 * MINUTE_MS);
  expect(shop.openCases(id)).toEqual(['return-failed']);
  expect(refused(await decide(shop, caseOf(shop, id), 'repaid-outside'))).toBe('cash-out.in-doubt');
  expect(refused(await decide(shop, caseOf(shop, id), 'return-again'))).toBe('case.decision-not-allowed');
  expect(shop.breaches()).toEqual([]);
});

test('a key that belongs to another request: sent again by a supervisor’s wish, or given up once the order must be over', async () => {
  const shop = shopWithSupervisor();
  shop.network.deliveries.push(KEY_CONFLICT);
  const first = requested(shop);
  await shop.time.pass(1_000);
  expect(refused(await decide(shop, caseOf(shop, first), 'nothing-paid'))).toBe('case.decision-not-allowed');
  worked(await decide(shop, caseOf(shop, first), 'send-again'));
  await shop.time.pass(1_000);
  expect([shop.now(first).state, shop.openCases(first)]).toEqual(['awaiting_payment', []]);
  const creates = shop.network.calls.filter(({ what }) => what === 'create');
  expect(new Set(creates.map(({ key }) => key)).size).toBe(1);

  shop.network.deliveries.push(KEY_CONFLICT);
  const second = requested(shop);
  await shop.time.pass(8 * MINUTE_MS);
  worked(await decide(shop, caseOf(shop, second), 'nothing-paid'));
  expect([shop.now(second).state, shop.openCases(second)]).toEqual(['refused', []]);
  expect(shop.breaches()).toEqual([]);
});

test('a stuck cancel: withdrawn, and the order is followed to its end; a stuck refund: paid back by other means', async () => {
  const shop = shopWithSupervisor();
  const { id, externalReference } = await shop.awaiting();
  shop.network.deliveries.push(KEY_CONFLICT);
  worked(shop.till.cancel(id));
  await shop.time.pass(2_000);
  worked(await decide(shop, caseOf(shop, id), 'withdraw'));
  expect([shop.now(id).state, shop.store.openCommands()]).toEqual(['cancelling', []]);
  shop.network.statuses.set(externalReference, 'expired');
  await shop.time.pass(10_000);
  expect(shop.now(id).state).toBe('expired');

  const other = await shop.paid();
  shop.network.deliveries.push(KEY_CONFLICT);
  worked(shop.till.giveBack(other.id, 'customer left'));
  await shop.time.pass(2_000);
  worked(await decide(shop, caseOf(shop, other.id), 'repaid-outside'));
  expect([shop.now(other.id).state, shop.openCases(other.id)]).toEqual(['returned', []]);
  expect(shop.breaches()).toEqual([]);
});

test('a word that nobody knows: decided once, said again for long, and not asked about again; a new word is a new case', async () => {
  const shop = shopWithSupervisor();
  const { id, externalReference } = await shop.awaiting();
  shop.network.statuses.set(externalReference, 'unclear');
  await shop.time.pass(5_000);
  expect(shop.openCases(id)).toEqual(['unknown-answer']);
  worked(await decide(shop, caseOf(shop, id), 'nothing-paid'));
  await shop.time.pass(15 * MINUTE_MS);
  expect([shop.now(id).state, shop.openCases(id)]).toEqual(['cancelled', []]);
  expect(shop.store.casesOf(id)).toHaveLength(1);
  shop.network.always.reading = (honest) =>
    honest.kind === 'answered' ? { ...honest, fact: { ...honest.fact, statusText: 'frozen' } } : honest;
  await shop.time.pass(2 * MINUTE_MS);
  expect(shop.openCases(id)).toEqual(['unknown-answer']);
  expect(shop.breaches()).toEqual([]);
});

test('late money goes back from the case’s own page by the cashier of the shift, in one commit', async () => {
  const shop = shopWithSupervisor();
  const { id, externalReference } = await shop.awaiting();
  worked(shop.till.cancel(id));
  shop.network.deliveries.push(TIMEOUT);
  shop.network.statuses.set(externalReference, 'paid');
  await shop.time.pass(5_000);
  expect(shop.openCases(id)).toEqual(['late-payment']);
  expect(refused(await decide(shop, caseOf(shop, id), 'hand-over'))).toBe('case.decision-not-allowed');
  const caseId = caseOf(shop, id);
  const decided = shop.till.resolveCase({ caseId, decision: 'return', reason: 'customer left' });
  expect(worked(await meanwhile(shop, decided))).toMatchObject({ by: 'Rosa Núñez', decision: 'return' });
  expect(['returning', 'returned']).toContain(shop.now(id).state);
  expect(shop.store.commandsOf(id).filter(({ kind }) => kind === 'refund')).toHaveLength(1);
  expect(shop.breaches()).toEqual([]);
});

test('money that came back although notes are out: a loss is recorded once and stands on the report of its shift', async () => {
  const shop = shopWithSupervisor();
  const { id, externalReference } = await shop.paid();
  worked(await meanwhile(shop, shop.till.handOver(id)));
  worked(shop.till.given(id));
  shop.network.statuses.set(externalReference, 'returned');
  const again = shop.restarted();
  again.till.start();
  await again.time.pass(2 * MINUTE_MS);
  expect(again.openCases(id)).toEqual(['returned-and-given']);
  worked(await decide(again, caseOf(again, id), 'loss'));
  again.till.sync.nudge(id);
  const third = again.restarted();
  third.till.start();
  await third.time.pass(2 * MINUTE_MS);
  expect(third.openCases(id)).toEqual([]);
  const report = worked(third.till.report());
  expect(report.decidedCases.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
    ['returned-and-given', 50_000],
  ]);
  expect(report.cases).toEqual([]);
  expect(third.store.expectedCashMinor(third.now(id).shiftId)).toBe(950_000);
  expect(third.breaches()).toEqual([]);
});

test('a confirmation that was never taken: "the shop has the money" settles it, and nothing more is sent', async () => {
  const shop = shopWithSupervisor({ confirmWithinMs: 300_000 });
  const { id } = await shop.paid();
  worked(await meanwhile(shop, shop.till.handOver(id)));
  shop.network.always.delivery = TIMEOUT;
  worked(shop.till.given(id));
  await shop.time.pass(330_000);
  expect(shop.openCases(id)).toEqual(['confirmation-missed']);
  worked(await decide(shop, caseOf(shop, id), 'kept'));
  expect([shop.now(id).state, shop.openCases(id), shop.store.openCommands()]).toEqual(['settled', [], []]);
  const before = shop.network.calls.filter(({ what }) => what === 'confirm').length;
  await shop.time.pass(5 * MINUTE_MS);
  expect(shop.network.calls.filter(({ what }) => what === 'confirm').length).toBe(before);
  expect(shop.breaches()).toEqual([]);
});

test('an order that the network has lost after payment: paid back by other means, and it never comes up again', async () => {
  const shop = shopWithSupervisor();
  const { id } = await shop.paid();
  shop.network.always.reading = { kind: 'not-found', evidence: evidenceAt(0) };
  await shop.time.pass(5 * MINUTE_MS);
  expect(shop.openCases(id)).toEqual(['order-lost']);
  worked(await decide(shop, caseOf(shop, id), 'repaid-outside'));
  expect([shop.now(id).state, shop.openCases(id)]).toEqual(['returned', []]);
  const again = shop.restarted();
  again.till.start();
  await again.time.pass(30 * MINUTE_MS);
  expect(again.openCases(id)).toEqual([]);
  expect(again.breaches()).toEqual([]);
});
