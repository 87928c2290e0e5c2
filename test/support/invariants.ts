/**
 * Reads a till as an auditor would, a year later: journal, tables and, where it is at hand, what the network itself believes.
 * Every breach is a sentence that begins with the number of its invariant; an empty list is a sound till.
 */
import { createJournal } from '../../src-main/adapters/storage/journal.ts';
import { compareTables, replay } from '../../src-main/adapters/storage/replay.ts';
import { decisionBreaches } from './case-invariants.ts';
import { payoutBreaches } from './payout-invariants.ts';
import { openDatabase } from '../../src-main/adapters/storage/database.ts';
import type { SqliteDatabase } from '../../src-main/adapters/storage/database.ts';
import { createTillStore } from '../../src-main/adapters/storage/till-store.ts';
import type { TillStore } from '../../src-main/core/application/ports/till-store.ts';
import { ARROWS, CASH_OUT_STATES, isEnded, transition } from '../../src-main/core/domain/cash-out.ts';
import type { CashOut } from '../../src-main/core/domain/cash-out.ts';
import { isOpen, NEVER_AGAIN_MS } from '../../src-main/core/domain/command.ts';
import type { JournalEntry, JournalEvent } from '../../src-main/core/domain/journal-event.ts';
import type { NetworkId } from '../../src-main/core/domain/network.ts';
import type { OrderSummary } from '../../src-main/simulators/networks/mercadopago-orders/actions.ts';
import type { MercadoPagoEngine } from '../../src-main/simulators/networks/mercadopago-orders/engine.ts';

import {
  confirmationBreaches,
  elementsProvePayment,
  elementsProveReturn,
  instoreRequestBreaches,
  instoreTruthBreaches,
  qrDataIn,
} from './instore-audit.ts';
import type { InstoreSide } from './instore-audit.ts';

export type Audited = Readonly<{
  db: SqliteDatabase;
  /** What the network believes and what reached it. */
  engine?: Pick<MercadoPagoEngine, 'orders' | 'requests'>;
  /** The same of the in-store network. */
  instore?: InstoreSide;
  /** Drawer pulses, in order, by reason. */
  pulses?: readonly string[];
  /** Values that may stand nowhere in the file (I11). */
  secrets?: readonly string[];
  /** Everything has had time to end: whatever is paid over there must be ended here, or be a case. */
  isAtRest?: boolean;
}>;

type Book = Readonly<{ store: TillStore; entries: readonly JournalEntry[]; cashOuts: readonly CashOut[] }>;

export function breaches(audited: Audited): readonly string[] {
  const { db, engine, instore } = audited;
  const read = createTillStore(db, { clock: { nowMs: () => 0 } });
  const entries = read.entries(1, 1_000_000);
  // Read once and told apart here: the auditor asks again and again about each cash-out.
  const bySubject = Map.groupBy(entries, ({ subject }) => subject);
  const store: TillStore = { ...read, entriesAbout: (subject) => bySubject.get(subject) ?? [] };
  const book = { store, entries, cashOuts: store.cashOutsIn(CASH_OUT_STATES) };
  return [
    ...journalBreaches(db),
    ...dispenseBreaches(book, audited.pulses),
    ...nextStepBreaches(book),
    ...commandBreaches(book),
    ...ledgerBreaches(db),
    ...arrowBreaches(book),
    ...returnBreaches(book),
    ...qrBreaches(book),
    ...payoutBreaches(db, entries),
    ...decisionBreaches(entries),
    ...secretBreaches(entries, audited.secrets ?? []),
    ...confirmationBreaches(of(book, 'mercadopago-instore').cashOuts, store),
    ...(engine ? networkBreaches(of(book, 'mercadopago-orders'), engine, audited.isAtRest ?? false) : []),
    ...(instore ? instoreBreaches(of(book, 'mercadopago-instore'), instore, audited.isAtRest ?? false) : []),
  ];
}

/** What this network had to do with: its cash-outs, and the entries about its commands. */
function of({ store, entries, cashOuts }: Book, network: NetworkId): Book {
  const own = new Set(
    entries.flatMap(({ event }) =>
      event.type === 'command.enqueued' && event.command.network === network ? [event.command.id] : [],
    ),
  );
  const isOwn = ({ event }: JournalEntry): boolean =>
    (event.type === 'command.enqueued' && own.has(event.command.id)) ||
    (event.type === 'command.step' && own.has(event.commandId));
  return { store, entries: entries.filter(isOwn), cashOuts: cashOuts.filter((cashOut) => cashOut.network === network) };
}

function instoreBreaches(
  { store, entries, cashOuts }: Book,
  instore: InstoreSide,
  isAtRest: boolean,
): readonly string[] {
  return [...instoreRequestBreaches(entries, instore), ...instoreTruthBreaches({ cashOuts, store, isAtRest }, instore)];
}

/** I4: the chain holds, and the tables are what replaying the journal gives. */
function journalBreaches(db: SqliteDatabase): readonly string[] {
  const verified = createJournal(db).verify();
  if (!verified.sound) return [`I4: entry ${verified.seq}: ${verified.detail}`];
  const again = openDatabase(':memory:');
  try {
    replay(db, again);
    return compareTables(db, again).map(
      ({ table, row, column }) => `I4: ${table} row ${row} ${column} is not what replay gives`,
    );
  } finally {
    again.close();
  }
}

/** I1: one dispense at most, of the amount that earlier evidence says was paid for the same order. */
function dispenseBreaches(
  { entries, cashOuts, store }: Book,
  pulses: readonly string[] | undefined,
): readonly string[] {
  const handOvers = entries.filter(
    ({ event }) => event.type === 'cash-out.step' && event.step.type === 'hand-over-started',
  );
  const notesInstead = entries.filter(
    ({ event }) => event.type === 'payout.step' && event.step.type === 'notes-started',
  );
  const most = handOvers.length + notesInstead.length;
  const pulsed = pulses?.filter((reason) => reason === 'hand-over').length ?? 0;
  const tooMany = pulsed > most ? [`I1: ${pulsed} pulses for ${most} hand-overs`] : [];
  return [...tooMany, ...cashOuts.flatMap((cashOut) => dispenseBreachesOf(cashOut, store))];
}

function dispenseBreachesOf(cashOut: CashOut, store: TillStore): readonly string[] {
  const steps = stepsOf(store.entriesAbout(cashOut.id));
  const dispensed = steps.filter(({ step }) => step.type === 'dispensed');
  if (dispensed.length === 0) return [];
  const [first] = dispensed;
  const paid = steps.find(({ step, seq }) => step.type === 'paid' && seq < (first?.seq ?? 0));
  const started = steps.findLast(({ step, seq }) => step.type === 'hand-over-started' && seq < (first?.seq ?? 0));
  const problems = [];
  if (dispensed.length > 1) problems.push(`I1: ${dispensed.length} dispenses of ${cashOut.id}`);
  for (const proof of [paid, started]) {
    if (!proof || !('evidence' in proof.step) || !proof.step.evidence)
      problems.push(`I1: ${cashOut.id} dispensed without evidence`);
    else if (!provesPayment(cashOut, proof.step.evidence.body)) {
      problems.push(`I1: the evidence of ${proof.step.type} does not prove the payment of ${cashOut.id}`);
    }
  }
  return problems;
}

/** The kept bytes themselves, read here by other means than the adapter's. An empty object is a scripted network's. */
function provesPayment(cashOut: CashOut, body: string): boolean {
  if (body === '{}') return true;
  if (cashOut.network === 'mercadopago-instore') return elementsProvePayment(cashOut, body);
  const order = JSON.parse(body) as {
    id?: string;
    status?: string;
    transactions?: { cash_outs?: { amount?: string; status?: string }[]; refunds?: unknown[] };
  };
  const [only, ...others] = order.transactions?.cash_outs ?? [];
  const paidMinor = Math.round(Number(only?.amount) * 100);
  return (
    'order' in cashOut &&
    order.id === cashOut.order.networkOrderId &&
    order.status === 'processed' &&
    only?.status === 'processed' &&
    others.length === 0 &&
    (order.transactions?.refunds ?? []).length === 0 &&
    paidMinor === cashOut.amountMinor
  );
}

/** I2, I8: whatever is not ended has something that will move it: the loop, a person at the till, or a person with a case. */
function nextStepBreaches({ cashOuts, store }: Book): readonly string[] {
  return cashOuts.flatMap((cashOut) => {
    const { id, state } = cashOut;
    const commands = store.commandsOf(id).filter(isOpen);
    const hasCase = store.casesOf(id).some((file) => file.state === 'open');
    const isDriven = commands.some(({ nextAttemptAtMs }) => nextAttemptAtMs !== NEVER_AGAIN_MS);
    const problems = [];
    if (state === 'requested' && !isDriven && !hasCase)
      problems.push(`I8: ${id} is requested and nothing will ask again`);
    if (isEnded(state) && commands.length > 0)
      problems.push(`I8: ${id} is ${state} with a ${commands[0]?.kind} still open`);
    if (
      state === 'returning' &&
      commands.length === 0 &&
      !store.commandsOf(id).some(({ kind }) => kind === 'refund') &&
      !isByNetwork(cashOut)
    ) {
      problems.push(`I2: ${id} is returning without a refund`);
    }
    // The network is still to hear of notes that were given.
    const isTold = state === 'dispensed' && commands.every(({ kind }) => kind === 'confirm') && (isDriven || hasCase);
    if (['paid', 'handing_over', 'dispensed'].includes(state) && commands.length > 0 && !isTold) {
      problems.push(`I8: ${id} is ${state} and held up by an open ${commands[0]?.kind}`);
    }
    return problems;
  });
}

/** Asked for over there, or asked for here when the network already returns it unasked: the third leg's time was over. */
function isByNetwork(cashOut: CashOut): boolean {
  if (cashOut.state !== 'returning') return false;
  const { confirmByMs } = cashOut.payment;
  return cashOut.reason === 'by-the-network' || (confirmByMs !== undefined && cashOut.askedAtMs >= confirmByMs);
}

/** I3: a kind of command once for a cash-out, a key once for a command; saved before it was sent. */
function commandBreaches({ entries }: Book): readonly string[] {
  const problems: string[] = [];
  const keys = new Set<string>();
  const kinds = new Set<string>();
  for (const { event } of entries) {
    if (event.type !== 'command.enqueued') continue;
    const { idempotencyKey, cashOutId, kind } = event.command;
    if (keys.has(idempotencyKey)) problems.push(`I3: the key ${idempotencyKey} belongs to two commands`);
    if (kinds.has(`${cashOutId} ${kind}`)) problems.push(`I3: ${cashOutId} has a second ${kind}`);
    keys.add(idempotencyKey);
    kinds.add(`${cashOutId} ${kind}`);
  }
  return problems;
}

/** I5: every entry sums to zero, no drawer was ever below zero, all is whole minor units. */
function ledgerBreaches(db: SqliteDatabase): readonly string[] {
  type Line = { seq: number; shiftId: string; account: string; amountMinor: number };
  const lines = db
    .prepare<[], Line>(
      'SELECT seq, shift_id AS shiftId, account, amount_minor AS amountMinor FROM posting ORDER BY seq, line',
    )
    .all();
  const problems = lines
    .filter(({ amountMinor }) => !Number.isSafeInteger(amountMinor))
    .map(({ seq }) => `I5: entry ${seq} is not whole`);
  const bySeq = Map.groupBy(lines, ({ seq }) => seq);
  const drawers = new Map<string, number>();
  for (const [seq, entry] of bySeq) {
    const sum = entry.reduce((total, { amountMinor }) => total + amountMinor, 0);
    if (sum !== 0) problems.push(`I5: the postings of entry ${seq} sum to ${sum}`);
    for (const { account, shiftId, amountMinor } of entry) {
      if (account === 'drawer') drawers.set(shiftId, (drawers.get(shiftId) ?? 0) + amountMinor);
    }
    for (const [shiftId, minor] of drawers)
      if (minor < 0) problems.push(`I5: drawer of ${shiftId} at ${minor} after entry ${seq}`);
  }
  return problems;
}

/** I6: the journal's steps, walked again by the arrows; and evidence never older than the one before. */
function arrowBreaches({ cashOuts, store }: Book): readonly string[] {
  return cashOuts.flatMap(({ id, ...last }) => {
    const entries = store.entriesAbout(id);
    const requested = entries.find(({ event }) => event.type === 'cash-out.requested')?.event;
    if (requested?.type !== 'cash-out.requested') return [`I6: ${id} was never requested`];
    let now: CashOut = { ...requested.terms, state: 'requested', cancelAsked: false };
    let newestMs = 0;
    const problems: string[] = [];
    for (const { step, atMs } of stepsOf(entries)) {
      const next = transition(now, step, atMs);
      if (!next.ok || !ARROWS[now.state].includes(next.value.state))
        return [`I6: ${id}: ${step.type} while ${now.state}`];
      const saidMs = ('evidence' in step && step.evidence?.orderUpdatedAtMs) || newestMs;
      if (saidMs < newestMs) problems.push(`I6: ${id}: ${step.type} by an answer older than the one before`);
      newestMs = saidMs;
      now = next.value;
    }
    if (now.state !== last.state) problems.push(`I6: ${id} is ${last.state}, its journal says ${now.state}`);
    return problems;
  });
}

/** I2: returned only on evidence that the money went back, read here by other means than the adapter's. */
function returnBreaches({ cashOuts, store }: Book): readonly string[] {
  return cashOuts.flatMap((cashOut) =>
    stepsOf(store.entriesAbout(cashOut.id)).flatMap(({ step }) => {
      if (step.type !== 'returned' || cashOut.network !== 'mercadopago-instore') return [];
      const isProven = elementsProveReturn(cashOut, step.evidence.body);
      return isProven ? [] : [`I2: the evidence does not prove the return of ${cashOut.id}`];
    }),
  );
}

/** I7: a QR that is kept is byte for byte in the answer that brought it, and is kept only for an order that was to be shown. */
function qrBreaches({ cashOuts, store }: Book): readonly string[] {
  return cashOuts.flatMap(({ id, network }) =>
    stepsOf(store.entriesAbout(id)).flatMap(({ step }) => {
      if (step.type !== 'offered' || step.order.qrData === undefined || step.evidence.body === '{}') return [];
      if (network === 'mercadopago-instore') {
        return qrDataIn(step.evidence.body) === step.order.qrData
          ? []
          : [`I7: the QR kept for ${id} is not the network's own`];
      }
      const answered = JSON.parse(step.evidence.body) as { type_response?: { qr_data?: string }; status?: string };
      const isSame = answered.type_response?.qr_data === step.order.qrData;
      return isSame && answered.status === 'created' ? [] : [`I7: the QR kept for ${id} is not the network's own`];
    }),
  );
}

function secretBreaches(entries: readonly JournalEntry[], secrets: readonly string[]): readonly string[] {
  const text = JSON.stringify(entries);
  return secrets.filter((secret) => text.includes(secret)).map(() => 'I11: a secret stands in the journal');
}

function networkBreaches(book: Book, engine: NonNullable<Audited['engine']>, isAtRest: boolean): readonly string[] {
  return [...requestBreaches(book, engine), ...truthBreaches(book, engine.orders(), isAtRest)];
}

/** I3: what arrived is, byte for byte, a saved command with its key, and never arrived before it was saved as being sent. */
function requestBreaches({ entries }: Book, engine: NonNullable<Audited['engine']>): readonly string[] {
  const saved = new Map<string, { id: string; path: string; body: string; seq: number }>();
  const sendings = new Map<string, readonly number[]>();
  for (const { event, seq, atMs } of entries) {
    if (event.type === 'command.enqueued') {
      const { id, idempotencyKey, request } = event.command;
      saved.set(idempotencyKey, { id, path: request.path, body: request.body, seq });
    }
    if (isSending(event)) sendings.set(event.commandId, [...(sendings.get(event.commandId) ?? []), atMs]);
  }
  const arrivals = new Map<string, number>();
  return engine.requests().flatMap(({ request, atMs }) => {
    if (request.method !== 'POST') return [];
    const key = request.headers['x-idempotency-key'] ?? '';
    const command = saved.get(key);
    if (!command) return [`I3: ${request.path} arrived with a key that was never saved`];
    const count = (arrivals.get(key) ?? 0) + 1;
    arrivals.set(key, count);
    const sentAtMs = sendings.get(command.id)?.[count - 1];
    const problems = [];
    if (request.bodyText !== command.body || request.path !== command.path)
      problems.push(`I3: ${request.path} arrived with other bytes than saved`);
    if (sentAtMs === undefined || sentAtMs > atMs)
      problems.push(`I3: ${request.path} arrived before it was saved as being sent`);
    return problems;
  });
}

function isSending(event: JournalEvent): event is Extract<JournalEvent, { type: 'command.step' }> {
  return event.type === 'command.step' && event.step.type === 'sending';
}

/** I1, I2 against the network's own truth: nobody got notes unpaid, nobody's money hangs unseen. */
function truthBreaches(
  { cashOuts, store }: Book,
  orders: readonly OrderSummary[],
  isAtRest: boolean,
): readonly string[] {
  const byReference = Map.groupBy(orders, ({ externalReference }) => externalReference);
  const own = new Set(cashOuts.map(({ externalReference }) => externalReference));
  const foreign = orders
    .filter(({ externalReference }) => !own.has(externalReference))
    .map(({ id }) => `I3: order ${id} is nobody's`);
  const problems = cashOuts.flatMap((cashOut) => {
    const made = byReference.get(cashOut.externalReference) ?? [];
    if (made.length > 1) return [`I1: ${made.length} orders for ${cashOut.id}`];
    const hasCase = store.casesOf(cashOut.id).some((file) => file.state === 'open');
    // By a supervisor's word, which the journal keeps: paid back in the panel, or never to be heard of again.
    const isDecidedUnpaid = stepsOf(store.entriesAbout(cashOut.id)).at(-1)?.step.type === 'given-up';
    return made.flatMap((order) => truthBreachesOf(cashOut, order, { hasCase, isDecidedUnpaid }, isAtRest));
  });
  return [...foreign, ...problems];
}

function truthBreachesOf(
  cashOut: CashOut,
  order: OrderSummary,
  { hasCase, isDecidedUnpaid }: Readonly<{ hasCase: boolean; isDecidedUnpaid: boolean }>,
  isAtRest: boolean,
): readonly string[] {
  const { id, state } = cashOut;
  const isGiven = state === 'dispensed' || state === 'settled';
  const isTaken = order.state === 'processed';
  const paidMinor = order.paidAmount === null ? 0 : Math.round(Number(order.paidAmount) * 100);
  const problems: string[] = [];
  if (isGiven && !hasCase && !isTaken) problems.push(`I1: notes given for ${id}, its order is ${order.state}`);
  if (isGiven && paidMinor !== cashOut.amountMinor)
    problems.push(`I1: ${cashOut.amountMinor} given for ${id}, ${paidMinor} paid`);
  const isRepaid = state === 'returned' && cashOut.repaidBy !== undefined;
  if (state === 'returned' && !isRepaid && order.state !== 'refunded')
    problems.push(`I2: ${id} is returned, its order is ${order.state}`);
  const isLeftHanging =
    isTaken &&
    !isGiven &&
    !hasCase &&
    !isRepaid &&
    !isDecidedUnpaid &&
    !['paid', 'handing_over', 'returning'].includes(state);
  if (isAtRest && isLeftHanging)
    problems.push(`I2: the customer of ${id} has paid, the till has it as ${state} without a case`);
  if (isAtRest && (state === 'paid' || state === 'handing_over' || state === 'requested') && !hasCase)
    problems.push(`I2: ${id} was left ${state}`);
  return problems;
}

type StepEntry = Readonly<{
  seq: number;
  atMs: number;
  step: Extract<JournalEvent, { type: 'cash-out.step' }>['step'];
}>;

function stepsOf(entries: readonly JournalEntry[]): readonly StepEntry[] {
  return entries.flatMap(({ event, seq, atMs }) =>
    event.type === 'cash-out.step' ? [{ seq, atMs, step: event.step }] : [],
  );
}
