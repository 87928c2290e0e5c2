/** The scripted shift: each customer is a small story with the end that it must have. The cashier works in Spanish. */
import type { CashOut, CashOutState } from '../../core/domain/cash-out.ts';
import type { Payout, PayoutState } from '../../core/domain/payouts/payout.ts';
import { paidOut, paidOutAfterRelease, rejectedThenNotes, returnedLate } from './payout-stories.ts';
import type { Stage } from './stage.ts';

export type Story = Readonly<{
  title: string;
  ends: CashOutState | PayoutState;
  play: (stage: Stage) => Promise<CashOut | Payout>;
}>;

export const FLOAT = '8000';

export const STORIES: readonly Story[] = [
  { title: 'paid', ends: 'settled', play: paid },
  { title: 'cancelled', ends: 'cancelled', play: cancelled },
  { title: 'expired', ends: 'expired', play: expired },
  { title: 'paid late', ends: 'settled', play: paidLate },
  { title: 'network down and back', ends: 'settled', play: networkDown },
  { title: 'returned', ends: 'returned', play: returned },
  { title: 'with a purchase', ends: 'settled', play: withPurchase },
  { title: 'answer lost', ends: 'settled', play: answerLost },
  { title: 'payout', ends: 'completed', play: paidOut },
  { title: 'payout, released', ends: 'completed', play: paidOutAfterRelease },
  { title: 'payout rejected, notes', ends: 'rejected', play: rejectedThenNotes },
  { title: 'payout given back late', ends: 'rejected', play: returnedLate },
];

async function paid(stage: Stage): Promise<CashOut> {
  const cashOut = await stage.charge('500');
  await stage.picture('pay');
  await stage.tap('F8');
  await stage.customerPays(cashOut);
  await stage.until(cashOut.id, 'paid');
  await stage.picture('paid');
  await stage.tap('F4');
  await stage.until(cashOut.id, 'handing_over');
  await stage.picture('hand-over');
  await stage.tap('F9');
  const settled = await stage.until(cashOut.id, 'settled');
  await stage.tap('F8');
  await stage.picture('done');
  return settled;
}

async function cancelled(stage: Stage): Promise<CashOut> {
  const cashOut = await stage.charge('200');
  await stage.pause(700);
  await stage.tap('F3');
  const ended = await stage.until(cashOut.id, 'cancelled');
  await stage.picture('cancelled');
  return ended;
}

async function expired(stage: Stage): Promise<CashOut> {
  const cashOut = await stage.charge('1000');
  stage.training.engine.expire(cashOut.externalReference);
  stage.training.till.sync.nudge(cashOut.id);
  const ended = await stage.until(cashOut.id, 'expired');
  await stage.picture('expired');
  return ended;
}

/** The order had expired; then the money came all the same. A case, and the customer still stands there. */
async function paidLate(stage: Stage): Promise<CashOut> {
  const cashOut = await stage.charge('300');
  stage.training.engine.expire(cashOut.externalReference);
  stage.training.till.sync.nudge(cashOut.id);
  await stage.until(cashOut.id, 'expired');
  await stage.customerPays(cashOut, { late: true });
  await stage.until(cashOut.id, 'paid');
  await stage.picture('paid-late');
  await stage.tap('F6');
  await stage.picture('cases');
  await stage.say('Pago tardío');
  await stage.picture('case');
  await stage.say('Ver el retiro');
  return giveNotes(stage, cashOut);
}

async function networkDown(stage: Stage): Promise<CashOut> {
  const { engine, till } = stage.training;
  const cashOut = await stage.charge('700');
  engine.setNetwork('down');
  till.sync.nudge(cashOut.id);
  await stage.pause(1_500);
  await stage.picture('network-down');
  engine.customerPays(cashOut.externalReference);
  engine.setNetwork('up');
  till.sync.nudge(cashOut.id);
  await stage.until(cashOut.id, 'paid');
  return giveNotes(stage, cashOut);
}

async function returned(stage: Stage): Promise<CashOut> {
  const cashOut = await stage.charge('400');
  await stage.customerPays(cashOut);
  await stage.until(cashOut.id, 'paid');
  await stage.pause(700);
  await stage.tap('F4');
  await stage.until(cashOut.id, 'handing_over');
  await stage.pause(700);
  await stage.tap('F3');
  await stage.say('El cliente ya no lo quiere');
  await stage.picture('not-given');
  await stage.say('No se entregó');
  await stage.until(cashOut.id, 'paid');
  await stage.pause(700);
  await stage.tap('F3');
  await stage.say('El cliente ya no lo quiere');
  await stage.picture('return');
  await stage.say('Devolver $');
  await stage.until(cashOut.id, 'returning');
  await stage.picture('returning');
  const ended = await stage.until(cashOut.id, 'returned');
  await stage.picture('returned');
  return ended;
}

/** The order was made, its answer was lost: in doubt, asked again with the same key, and it is the same order. */
async function answerLost(stage: Stage): Promise<CashOut> {
  const { engine } = stage.training;
  engine.script({ operation: 'create', fault: 'drop-after-commit', count: 2 });
  const cashOut = await stage.charge('600', 'requested');
  await stage.untilDoubt(cashOut.id);
  await stage.picture('in-doubt');
  await stage.until(cashOut.id, 'awaiting_payment');
  await stage.customerPays(cashOut);
  await stage.until(cashOut.id, 'paid');
  return giveNotes(stage, cashOut);
}

/** Goods and notes in one payment, through the network that takes both; it must hear that the notes were given. */
async function withPurchase(stage: Stage): Promise<CashOut> {
  const cashOut = await stage.chargeWithPurchase('500', ['28.90', '116', '24.50']);
  await stage.picture('pay-purchase');
  await stage.tap('F8');
  await stage.customerPays(cashOut);
  await stage.until(cashOut.id, 'paid');
  await stage.picture('paid-purchase');
  await stage.tap('F4');
  await stage.until(cashOut.id, 'handing_over');
  await stage.picture('hand-over-purchase');
  await stage.tap('F9');
  const settled = await stage.until(cashOut.id, 'settled');
  await stage.tap('F8');
  await stage.picture('done-purchase');
  return settled;
}

async function giveNotes(stage: Stage, cashOut: CashOut): Promise<CashOut> {
  await stage.pause(700);
  await stage.tap('F4');
  await stage.until(cashOut.id, 'handing_over');
  await stage.pause(700);
  await stage.tap('F9');
  return stage.until(cashOut.id, 'settled');
}
