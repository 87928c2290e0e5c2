/** The scripted shift's payouts, in the drawer's own currency; their bank does what each story says and nothing by itself. */
import type { Payout, PayoutState } from '../../core/domain/payouts/payout.ts';
import { invariant } from '../../core/domain/result.ts';
import type { Stage } from './stage.ts';

/** A customer that nobody is: the account has the right check digit and no owner. */
const CUSTOMER = {
  firstName: 'Lucía',
  lastName: 'Herrera',
  documentId: 'HELU850101AB3',
  account: '021790064060296642',
};
const SUPERVISOR = 'Marta Ibáñez';
const MOST = 50;

/** Newest first. */
export function payoutsOf(stage: Stage): readonly Payout[] {
  return stage.training.till.context.store.payoutsSince(0, MOST);
}

export async function paidOut(stage: Stage): Promise<Payout> {
  const { id, externalId } = await sent(stage, '850', { isPictured: true });
  await reached(stage, id, 'pending');
  const { onekey } = stage.training.payoutEngines;
  onekey.bankAccepts(externalId);
  await reached(stage, id, 'delivered');
  await stage.picture('payout-at-bank');
  onekey.bankCompletes(externalId);
  const paid = await reached(stage, id, 'completed');
  await stage.tap('F8');
  await stage.picture('payout-paid');
  return paid;
}

/** More than the cashier may send alone: it waits at the network until a supervisor has given a name for it. */
export async function paidOutAfterRelease(stage: Stage): Promise<Payout> {
  const { id, externalId } = await sent(stage, '6500');
  await reached(stage, id, 'on_hold');
  await stage.picture('payout-on-hold');
  await stage.tap('F4');
  await stage.answer(SUPERVISOR);
  await stage.picture('payout-release');
  await stage.answer('Autorizar');
  await reached(stage, id, 'pending');
  stage.training.payoutEngines.onekey.bankCompletes(externalId);
  return reached(stage, id, 'completed');
}

/** The bank says no while the customer still stands there: notes in its place, and not a second time. */
export async function rejectedThenNotes(stage: Stage): Promise<Payout> {
  const { id, externalId } = await sent(stage, '400');
  await reached(stage, id, 'pending');
  stage.training.payoutEngines.onekey.bankRejects(externalId, { code: 800 });
  await reached(stage, id, 'rejected');
  await stage.picture('payout-rejected');
  await stage.tap('F4');
  await stage.answer('Dar billetes');
  await stage.eventually(`notes for ${id}`, () => payout(stage, id)?.counting);
  await stage.picture('payout-notes');
  await stage.tap('F9');
  const replaced = await stage.eventually(`${id} replaced by notes`, () => {
    const found = payout(stage, id);
    return found && 'replacement' in found && found.replacement?.by === 'notes' ? found : undefined;
  });
  await stage.picture('payout-notes-given');
  const again = await stage.training.handlers['payout.notes-start']({ id });
  invariant(!again.ok && again.error.code === 'payout.replaced', 'notes could be given a second time');
  return replaced;
}

/** The first payout of the shift: paid, and then the bank gave the money back. A case, for the customer has long gone. */
export async function returnedLate(stage: Stage): Promise<Payout> {
  const { till, payoutEngines, handlers } = stage.training;
  const paid = payoutsOf(stage).findLast(({ state }) => state === 'completed');
  invariant(paid !== undefined, 'the shift has paid nothing out');
  payoutEngines.onekey.bankReturnsLate(paid.externalId);
  await handlers['payout.refresh']({ id: paid.id });
  const returned = await stage.eventually(`${paid.id} given back`, () => payoutIn(stage, paid.id, 'rejected'));
  const cases = till.context.store.casesOfPayout(paid.id).map(({ kind, state }) => `${kind} ${state}`);
  invariant(cases.join() === 'payout-returned-late open', `what came back late is no case: ${cases.join()}`);
  await stage.tap('F6');
  await stage.say('Envío devuelto después');
  await stage.picture('payout-case');
  await stage.say('Ver el envío');
  await stage.picture('payout-returned-late');
  return returned;
}

/** Through the form, field by field, as a cashier types it. */
async function sent(stage: Stage, amount: string, { isPictured = false } = {}): Promise<Payout> {
  const { hands } = stage;
  const before = payoutsOf(stage).length;
  const picture = async (name: string): Promise<void> => (isPictured ? stage.picture(name) : undefined);
  await stage.tap('F7');
  await hands.type(amount);
  await picture('payout-way');
  await stage.tap('F4');
  await hands.sees('Quién lo recibe');
  await hands.type(`${CUSTOMER.firstName}\n${CUSTOMER.lastName}\n${CUSTOMER.documentId}\n${CUSTOMER.account}`);
  await picture('payout-who');
  await stage.tap('F4');
  await hands.sees('Revisar con el cliente');
  await picture('payout-review');
  await stage.tap('F4');
  return stage.eventually('a new payout', () => {
    const all = payoutsOf(stage);
    return all.length > before ? all[0] : undefined;
  });
}

/** The till asks at once instead of at its next turn. */
async function reached(stage: Stage, id: string, state: PayoutState): Promise<Payout> {
  await stage.training.till.sync.sweep();
  return stage.eventually(`${id} ${state}`, () => payoutIn(stage, id, state));
}

function payoutIn(stage: Stage, id: string, state: PayoutState): Payout | undefined {
  const found = payout(stage, id);
  return found?.state === state ? found : undefined;
}

function payout(stage: Stage, id: string): Payout | undefined {
  return stage.training.till.context.store.payout(id);
}
