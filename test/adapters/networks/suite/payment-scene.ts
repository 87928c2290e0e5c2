/** Moments in the life of a cash-out, over a line, for any payment network. */
import type { SqliteDatabase } from '../../../../src-main/adapters/storage/database.ts';
import type { Delivery, PaymentNetwork, Reading } from '../../../../src-main/core/application/ports/payment-network.ts';
import type { Clock } from '../../../../src-main/core/application/ports/system.ts';
import type { Order, Payment, Terms } from '../../../../src-main/core/domain/cash-out.ts';
import type { FrozenRequest } from '../../../../src-main/core/domain/command.ts';
import type { OrderFact } from '../../../../src-main/core/domain/network.ts';
import type { SimulatedExchange, SimulatedRequest } from '../../../../src-main/simulators/networks/exchange.ts';
import { layLine } from './line.ts';
import type { Outcome, Scene } from './network-under-test.ts';

/** The simulated network and the adapter that speaks to it. */
export type PaymentPair = Readonly<{
  engine: Readonly<{ handle(request: SimulatedRequest): SimulatedExchange }>;
  connect(baseUrl: string): PaymentNetwork;
  customerPays(externalReference: string): void;
  books(externalReference: string): readonly string[];
  /** What is wrong with a till that has come to rest, by its own journal and by the network's books. */
  audit(till: Readonly<{ db: SqliteDatabase; pulses: readonly string[] }>): readonly string[];
}>;

export type PaymentOperation = 'create' | 'cancel' | 'refund' | 'confirm' | 'read';

/** No time passes. */
export function standingClock(nowMs: number): Clock {
  return { nowMs: () => nowMs, monotonicMs: () => 0 };
}

const REACHED = { create: 'nothing', cancel: 'offered', read: 'offered', refund: 'paid', confirm: 'paid' } as const;

export async function paymentScene(pair: PaymentPair, terms: Terms, operation: PaymentOperation): Promise<Scene> {
  const line = await layLine(pair.engine);
  const network = pair.connect(line.baseUrl);
  const reached = REACHED[operation];
  const create = requestOf(network, terms);
  const order = reached === 'nothing' ? undefined : orderOf(terms, factIn(await send(create, 'create')));
  const payment = reached === 'paid' && order ? await paidAfter(pair, network, terms, order) : undefined;

  function send(request: FrozenRequest, name: string, about?: Order): Promise<Delivery> {
    const idempotencyKey = `key-of-${name}`;
    return network.deliver({ request, idempotencyKey, terms, ...(about && { order: about }) });
  }

  function act(): Promise<Outcome> {
    if (!order) return send(create, 'create');
    if (operation === 'read') return network.read(terms, order);
    return send(commandOf(network, operation, { terms, order, payment }), operation, order);
  }

  return {
    line,
    act,
    books: () => pair.books(terms.externalReference),
    async close() {
      network.close();
      await line.close();
    },
  };
}

type Known = Readonly<{ terms: Terms; order: Order; payment: Payment | undefined }>;

function commandOf(network: PaymentNetwork, operation: PaymentOperation, known: Known): FrozenRequest {
  const { terms, order, payment } = known;
  if (operation === 'cancel') return network.prepareCancel(terms, order);
  if (payment === undefined) throw new Error(`${operation} before the payment`);
  if (operation === 'confirm') return network.prepareConfirm(terms, order, payment);
  return network.prepareRefund(terms, order, payment, 'asked');
}

function requestOf(network: PaymentNetwork, terms: Terms): FrozenRequest {
  const prepared = network.prepareCreate(terms);
  if (!prepared.ok) throw new Error(`${prepared.error.code}: ${prepared.error.detail}`);
  return prepared.value;
}

async function paidAfter(pair: PaymentPair, network: PaymentNetwork, terms: Terms, order: Order): Promise<Payment> {
  pair.customerPays(terms.externalReference);
  const { status, amountMinor = 0, confirmationId, confirmByMs } = factIn(await network.read(terms, order));
  if (status !== 'paid') throw new Error(`the customer has paid, and the order is ${status}`);
  return {
    paidAtMs: order.offeredAtMs,
    amountMinor,
    ...(confirmationId !== undefined && { confirmationId }),
    ...(confirmByMs !== undefined && { confirmByMs }),
  };
}

/** Why it cannot be prepared. */
export function codeOf(result: ReturnType<PaymentNetwork['prepareCreate']>): string {
  return result.ok ? 'prepared' : result.error.code;
}

export function orderOf({ requestedAtMs, lifetimeMs }: Terms, { networkOrderId, qrData }: OrderFact): Order {
  const expiresAtMs = requestedAtMs + lifetimeMs;
  return { networkOrderId, ...(qrData !== undefined && { qrData }), offeredAtMs: requestedAtMs, expiresAtMs };
}

export function factIn(outcome: Delivery | Reading): OrderFact {
  if (outcome.kind !== 'answered') throw new Error(JSON.stringify(outcome));
  return outcome.fact;
}
