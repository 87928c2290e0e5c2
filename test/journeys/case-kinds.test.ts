/**
 * Every kind of case is made, found by the window's own calls, and decided by them, in each way that can be reached.
 */
import { afterEach, expect, test } from 'vitest';
import { createHandlers } from '../../src-main/bridge/handlers.ts';
import { CASE_KINDS } from '../../src-main/core/domain/case-file.ts';
import type { CaseKind } from '../../src-main/core/domain/case-file.ts';
import { CASE_RULES } from '../../src-main/core/domain/case-rules.ts';
import type { CaseDecision } from '../../src-main/core/domain/case-rules.ts';
import {
  cameBack,
  closePayoutShops,
  conflict,
  conflictInCancel,
  elsewhere,
  failedReturn,
  given,
  KEY_CONFLICT,
  late,
  MINUTE_MS,
  NOT_FOUND,
  reconciled,
  REFUSED,
  silent,
  SUPERVISOR,
  TIMEOUT,
  turnedUpAfterNotes,
  unconfirmed,
  unlisted,
  virtually,
  withPayouts,
} from '../support/case-shops.ts';
import type { Make } from '../support/case-shops.ts';
import { sent } from '../support/payout-bench.ts';
import { worked } from '../support/till-bench.ts';
import { meanwhile } from '../support/virtual-till.ts';

afterEach(closePayoutShops);

/** The network's word for an external id that it has already. */
const DUPLICATE_ID = 511;

type Row = Readonly<{ kind: CaseKind; where: string; make: Make; decisions: readonly CaseDecision[] }>;

const ROWS: readonly Row[] = [
  { kind: 'late-payment', where: 'after a cancel', make: virtually(late), decisions: ['return', 'repaid-outside'] },
  {
    kind: 'unknown-answer',
    where: 'unpaid',
    make: virtually(async (shop) => {
      const { externalReference } = await shop.awaiting();
      shop.network.statuses.set(externalReference, 'unclear');
      await shop.time.pass(10_000);
    }),
    decisions: ['nothing-paid'],
  },
  {
    kind: 'unknown-answer',
    where: 'paid',
    make: virtually(async (shop) => {
      const { externalReference } = await shop.paid();
      shop.network.statuses.set(externalReference, 'unclear');
      await shop.time.pass(MINUTE_MS);
    }),
    decisions: ['return', 'repaid-outside'],
  },
  {
    kind: 'answer-mismatch',
    where: 'unpaid',
    make: virtually(async (shop) => {
      const { externalReference } = await shop.awaiting();
      elsewhere(shop);
      await shop.time.pass(200);
      shop.network.statuses.set(externalReference, 'paid');
      await shop.time.pass(10_000);
    }),
    decisions: ['nothing-paid', 'repaid-outside'],
  },
  {
    kind: 'answer-mismatch',
    where: 'paid',
    make: virtually(async (shop) => {
      await shop.paid();
      elsewhere(shop);
      await shop.time.pass(MINUTE_MS);
    }),
    decisions: ['return', 'repaid-outside'],
  },
  {
    kind: 'answer-mismatch',
    where: 'done',
    make: virtually(async (shop) => {
      await given(shop);
      shop.network.always.reading = (honest) =>
        honest.kind === 'answered' ? { ...honest, fact: { ...honest.fact, amountMinor: 40_000 } } : honest;
      await reconciled(shop);
    }),
    decisions: ['noted'],
  },
  {
    kind: 'unknown-answer',
    where: 'given, not confirmed yet',
    make: virtually(
      async (shop) => {
        const { id, externalReference } = await shop.paid();
        worked(await meanwhile(shop, shop.till.handOver(id)));
        shop.network.always.delivery = TIMEOUT;
        worked(shop.till.given(id));
        shop.network.statuses.set(externalReference, 'unclear');
        await shop.time.pass(2 * MINUTE_MS);
      },
      { confirmWithinMs: 30 * MINUTE_MS },
    ),
    decisions: ['noted'],
  },
  {
    kind: 'qr-refused',
    where: 'shown with a warning',
    make: virtually(async (shop) => {
      Object.assign(shop.network, { checkQr: () => ({ verdict: 'warn', detail: 'no amount in it' }) });
      await shop.awaiting();
    }),
    decisions: ['noted'],
  },
  {
    kind: 'command-conflict',
    where: 'a create',
    make: virtually((shop) => conflict(shop, 1_000)),
    decisions: ['send-again'],
  },
  {
    kind: 'command-conflict',
    where: 'a create whose order must be over',
    make: virtually((shop) => conflict(shop, 8 * MINUTE_MS)),
    decisions: ['send-again', 'nothing-paid'],
  },
  {
    kind: 'command-conflict',
    where: 'a cancel',
    make: virtually(conflictInCancel),
    decisions: ['send-again', 'withdraw'],
  },
  {
    kind: 'command-conflict',
    where: 'a refund',
    make: virtually(async (shop) => {
      const { id } = await shop.paid();
      shop.network.deliveries.push(KEY_CONFLICT);
      worked(shop.till.giveBack(id, 'customer left'));
      await shop.time.pass(1_000);
    }),
    decisions: ['send-again', 'repaid-outside'],
  },
  {
    kind: 'command-conflict',
    where: 'a confirmation',
    make: virtually(
      async (shop) => {
        const { id } = await shop.paid();
        worked(await meanwhile(shop, shop.till.handOver(id)));
        shop.network.deliveries.push(KEY_CONFLICT);
        worked(shop.till.given(id));
        await shop.time.pass(1_000);
      },
      { confirmWithinMs: 30 * MINUTE_MS },
    ),
    decisions: ['send-again', 'loss'],
  },
  {
    kind: 'command-conflict',
    where: 'a sticker that may hold an order',
    make: virtually(async (shop) => {
      shop.network.deliveries.push(TIMEOUT, REFUSED);
      worked(shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000, mode: 'static' }));
      await shop.time.pass(8 * MINUTE_MS);
    }),
    decisions: ['noted'],
  },
  {
    kind: 'return-failed',
    where: 'refused',
    make: virtually(failedReturn),
    decisions: ['return-again', 'repaid-outside'],
  },
  {
    kind: 'returned-and-given',
    where: 'in the panel',
    make: virtually(async (shop) => {
      shop.network.statuses.set(await given(shop), 'returned');
      await reconciled(shop);
    }),
    decisions: ['loss', 'recovered'],
  },
  {
    kind: 'confirmation-missed',
    where: 'refused',
    make: virtually(unconfirmed, { confirmWithinMs: 5 * MINUTE_MS }),
    decisions: ['kept', 'loss', 'recovered'],
  },
  {
    kind: 'order-lost',
    where: 'paid',
    make: virtually(async (shop) => {
      await shop.paid();
      shop.network.always.reading = NOT_FOUND;
      await shop.time.pass(5 * MINUTE_MS);
    }),
    decisions: ['return', 'repaid-outside'],
  },
  {
    kind: 'order-lost',
    where: 'unpaid',
    make: virtually(async (shop) => {
      await shop.awaiting();
      shop.network.always.reading = NOT_FOUND;
      await shop.time.pass(MINUTE_MS);
    }),
    decisions: ['nothing-paid'],
  },
  {
    kind: 'order-lost',
    where: 'done',
    make: virtually(async (shop) => {
      await given(shop);
      shop.network.always.reading = NOT_FOUND;
      await shop.time.pass(30 * MINUTE_MS);
      await reconciled(shop);
    }),
    decisions: ['noted'],
  },
  { kind: 'network-silent', where: 'a create', make: virtually(silent), decisions: ['nothing-paid'] },
  {
    kind: 'paid-not-given',
    where: 'nobody came',
    make: virtually(async (shop) => {
      await shop.paid();
      await shop.time.pass(30 * MINUTE_MS);
      await reconciled(shop);
    }),
    decisions: ['return', 'repaid-outside'],
  },
  {
    kind: 'given-not-paid',
    where: 'expired over there',
    make: virtually(async (shop) => {
      shop.network.statuses.set(await given(shop), 'expired');
      await reconciled(shop);
    }),
    decisions: ['loss', 'recovered', 'noted'],
  },
  {
    kind: 'not-at-till',
    where: 'in the list',
    make: virtually(unlisted),
    decisions: ['repaid-outside', 'loss', 'noted'],
  },
  { kind: 'payout-returned-late', where: 'by the bank', make: withPayouts(cameBack), decisions: ['repaid-outside'] },
  {
    kind: 'payout-contradiction',
    where: 'denied',
    make: withPayouts(async (shop) => {
      const { externalId } = await sent(shop);
      shop.engine.forget(externalId);
      await shop.settle();
    }),
    decisions: ['reviewed'],
  },
  {
    kind: 'payout-stuck',
    where: 'no list, no answer',
    make: withPayouts(
      async (shop) => {
        shop.engine.script({ fault: 'drop-after-commit', operation: 'create' });
        const { id } = await sent(shop);
        await shop.until(() => shop.openCases(id).includes('payout-stuck'), 2_000);
      },
      { brand: 'tupay', hasList: false },
    ),
    decisions: ['reviewed'],
  },
  {
    kind: 'payout-id-clash',
    where: 'never sent before',
    make: withPayouts(async (shop) => {
      shop.engine.script({ fault: 'refused', code: DUPLICATE_ID, operation: 'create' });
      await sent(shop);
    }),
    decisions: ['reviewed'],
  },
  {
    kind: 'payout-paid-twice',
    where: 'notes given',
    make: withPayouts(turnedUpAfterNotes),
    decisions: ['loss', 'recovered'],
  },
];

/** What ends these decides or explains the case in the same commit: an open one is not met there. */
const ENDED_WITH_THEM = ['late-payment', 'return-failed', 'network-silent', 'paid-not-given'].map(
  (kind) => `${kind} noted`,
);

const CASES = ROWS.flatMap((row) => row.decisions.map((decision) => ({ ...row, decision })));

test.each(CASES)('$kind ($where): shown, decided as $decision, once, and kept', async ({ kind, make, decision }) => {
  const { till, wait } = await make();
  const handlers = createHandlers(till);
  const open = worked(await handlers['case.list']({ which: 'open' }));
  expect(open.map((file) => file.kind)).toEqual([kind]);
  const id = open[0]?.id ?? '';
  const shown = worked(await handlers['case.show']({ id }));
  const { atRisk, notes } = CASE_RULES[kind];
  expect(shown).toMatchObject({ atRisk, notes });
  expect(shown.amountMinor).toBeGreaterThan(0);
  const rule = shown.decisions.find((each) => each.decision === decision);
  expect(rule, `offered: ${shown.decisions.map((each) => each.decision).join(', ')}`).toBeDefined();
  const request = { id, decision, reason: 'looked up in the panel' };
  const byCashier = await wait(handlers['case.resolve']({ ...request, supervisorCode: 1042 }));
  expect(byCashier).toMatchObject({ ok: false, error: { code: 'supervisor.needed' } });
  const resolved = worked(await wait(handlers['case.resolve']({ ...request, supervisorCode: SUPERVISOR })));
  expect(resolved.closed).toMatchObject({ reason: request.reason, by: expect.any(String) as string });
  expect(resolved.decisions).toEqual([]);
  const again = await wait(handlers['case.resolve']({ ...request, supervisorCode: SUPERVISOR }));
  expect(again).toMatchObject({ ok: false, error: { code: 'case.closed' } });
  const kept = worked(await handlers['case.list']({ which: 'all' }));
  expect(kept.find((file) => file.id === id)?.closed).toMatchObject({ decision });
});

test('no kind is left out, and the decisions that are met nowhere in these scenes are named', () => {
  const decided = new Set(ROWS.map(({ kind }) => kind));
  expect(CASE_KINDS.filter((kind) => !decided.has(kind))).toEqual([]);
  const reached = new Set(CASES.map(({ kind, decision }) => `${kind} ${decision}`));
  const missing = CASE_KINDS.flatMap((kind) =>
    CASE_RULES[kind].decisions.flatMap(({ decision, effect }) =>
      effect === 'elsewhere' || reached.has(`${kind} ${decision}`) ? [] : [`${kind} ${decision}`],
    ),
  );
  expect([...new Set(missing)].toSorted()).toEqual(ENDED_WITH_THEM.toSorted());
});
