/** A payout through the real screens, the real till and the simulated network: its whole life, and what the pages get to know of a person. */
import { afterEach, expect, test } from 'vitest';
import { composeTraining } from '../../../src-main/compose/training.ts';
import type { TrainingTill } from '../../../src-main/compose/training.ts';
import { openWindows } from '../../../src-main/compose/window-app.ts';
import type { WindowRole } from '../../../src-main/core/contract/contract.ts';
import type { Payout, PayoutState } from '../../../src-main/core/domain/payouts/payout.ts';
import type { WindowHands, WindowHost } from '../../../src-main/hosts/window-host.ts';
import { refused, worked } from '../../support/till-bench.ts';
import { eventually, headlessHost, temporaryFolder } from './whole-till.ts';

const FLOAT = 500_000;
const PERSON = { firstName: 'Lucía', lastName: 'Herrera', documentId: 'HELU850101AB3', account: '021790064060296642' };

const cleanUps: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

type Counter = Readonly<{
  training: TrainingTill;
  hands: WindowHands;
  /** Everything that went down to the pages. */
  told: Readonly<Record<WindowRole, string[]>>;
}>;

async function atTheCounter(): Promise<Counter> {
  const { folder, remove } = temporaryFolder('payouts');
  cleanUps.push(remove);
  const training = await composeTraining({ dataDirectory: folder });
  cleanUps.push(() => training.close());
  // Banks do what the test says.
  training.payoutEngines.onekey.setBanks('none');
  const told: Counter['told'] = { cashier: [], customer: [] };
  const app = await openWindows(training, overheard(await headlessHost(training), told), { kiosk: false });
  cleanUps.push(() => app.close());
  worked(training.till.openShift({ cashierCode: 1042, floatMinor: FLOAT }));
  const hands = app.window('cashier')?.hands;
  if (!hands) throw new Error('the host has no hands');
  await hands.sees('Retiro nuevo');
  return { training, hands, told };
}

function overheard(host: WindowHost, told: Counter['told']): WindowHost {
  return {
    close: () => host.close(),
    async open(spec) {
      const window = await host.open(spec);
      const { connection } = window;
      const send: typeof connection.send = (frame) => {
        told[spec.role].push(JSON.stringify(frame));
        connection.send(frame);
      };
      return { ...window, connection: { ...connection, send } };
    },
  };
}

async function sent({ training, hands }: Counter, amount: string): Promise<Payout> {
  const { store } = training.till.context;
  const before = store.payoutsSince(0, 9).length;
  await hands.tap({ key: 'F7' });
  await hands.type(amount);
  await hands.tap({ key: 'F4' });
  await hands.sees('Quién lo recibe');
  await hands.type(`${PERSON.firstName}\n${PERSON.lastName}\n${PERSON.documentId}\n${PERSON.account}`);
  await hands.tap({ key: 'F4' });
  await hands.sees('Revisar con el cliente');
  await hands.tap({ key: 'F4' });
  const payout = await eventually('a payout', () => {
    const all = store.payoutsSince(0, 9);
    return all.length > before ? all[0] : undefined;
  });
  return payout;
}

async function reached({ training }: Counter, { id }: Payout, state: PayoutState): Promise<Payout> {
  const { till } = training;
  await till.sync.sweep();
  return eventually(`${id} ${state}`, () => {
    const payout = till.context.store.payout(id);
    return payout?.state === state ? payout : undefined;
  });
}

test('a payout above the limit waits for the supervisor and arrives; no page is told whose account it is', async () => {
  const counter = await atTheCounter();
  const { training, hands, told } = counter;
  const payout = await sent(counter, '6500');
  await reached(counter, payout, 'on_hold');
  await hands.sees('Espera a un supervisor');
  await hands.tap({ key: 'F4' });
  await hands.tap({ answer: 'Marta Ibáñez' });
  await hands.tap({ answer: 'Autorizar' });
  await hands.sees('Aceptado, en cola');
  training.payoutEngines.onekey.bankCompletes(payout.externalId);
  await reached(counter, payout, 'completed');
  await hands.sees('El dinero llegó a la cuenta');
  expect(training.till.context.store.payout(payout.id)?.beneficiary).toMatchObject({ bankAccount: PERSON.account });

  const cashier = told.cashier.join('\n');
  expect(cashier, 'the cashier follows it').toContain(payout.externalId);
  for (const personal of [PERSON.documentId, PERSON.account, PERSON.firstName, PERSON.lastName]) {
    expect(cashier).not.toContain(personal);
  }
  expect(told.customer.length).toBeGreaterThan(0);
  const customer = told.customer.join('\n');
  for (const trace of [payout.id, payout.externalId, PERSON.account.slice(-4), PERSON.documentId.slice(-3)]) {
    expect(customer, 'a stranger may stand before that window').not.toContain(trace);
  }
});

test('rejected by the bank: notes in its place leave the drawer once, and never a second time', async () => {
  const counter = await atTheCounter();
  const { training, hands } = counter;
  const { till, payoutEngines } = training;
  const payout = await sent(counter, '400');
  await reached(counter, payout, 'pending');
  payoutEngines.onekey.bankRejects(payout.externalId, { code: 800 });
  await reached(counter, payout, 'rejected');
  await hands.sees('Rechazado por el banco');
  await hands.tap({ key: 'F4' });
  await hands.tap({ answer: 'Dar billetes' });
  await hands.sees('Dé los billetes ahora');
  await hands.tap({ key: 'F9' });
  await hands.sees('Se dieron billetes en su lugar');
  expect(refused(await till.payouts.startNotes(payout.id))).toBe('payout.replaced');
  worked(till.payouts.notesGiven(payout.id));
  expect(worked(till.report()).payouts.notesInstead).toEqual({ count: 1, totalMinor: 40_000 });
  worked(till.closeShift({ totalMinor: FLOAT - 40_000 }));
  const shift = till.context.store.payout(payout.id)?.shiftId ?? '';
  expect(worked(await training.handlers['shift.report']({ shiftId: shift })).close?.varianceMinor).toBe(0);
});
