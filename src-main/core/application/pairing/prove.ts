/**
 * Proof that the pairing works: a test order of the smallest amount, made through the very port that cash-outs go through, and taken back.
 *
 * It is no cash-out: no shift, no drawer, no QR on any screen. Keys and bytes are saved before anything leaves and never change, so a lost
 * answer is asked for again and finds the same order. It ends cancelled, or expired, or, if somebody paid it all the same, returned;
 * until one of these is known it stays open in the journal, and the next run goes on with it.
 */
import type { Order, Payment, Terms } from '../../domain/cash-out.ts';
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { Evidence, OrderFact } from '../../domain/network.ts';
import { PROOF_LIFETIME_MS, PROOF_MODE } from '../../domain/pairing.ts';
import type { PairingEvidence, PairingEvent, Proof } from '../../domain/pairing.ts';
import { err, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Delivery, PaymentNetwork, Reading } from '../ports/payment-network.ts';
import { pairingRecord } from './pairing-record.ts';
import type { PairingRecord } from './pairing-record.ts';
import { ASKED_AT_MOST, faultOf, pauseFor, save } from './run.ts';
import type { Run } from './run.ts';

/** After its lifetime and this, an order that nobody heard of again is over: nobody has its code. */
const EXPIRY_MARGIN_MS = 120_000;

type OpenProof = NonNullable<PairingRecord['proof']>;

/** Answers how the test order ended, in words for the technician. */
export async function prove(run: Run, candidate: Settings, record: PairingRecord): Promise<Result<string, Fault>> {
  const network = run.till.networks(candidate, run.till.hearClock).find(({ id }) => id === run.request.network);
  if (!network) return err(fault('network.not-configured', `${run.request.network} is not in the settings`));
  try {
    const left = record.proof;
    if (left && left.end === undefined) {
      const settled = await finish(run, network, left, true);
      const isOver = pairingRecord(run.till.store, run.request.network).proof?.end !== undefined;
      if (!settled.ok && !isOver) return settled;
    }
    const proof = newProof(run, network, candidate);
    if (!proof.ok) return proof;
    save(run, { kind: 'proof-asked', proof: proof.value });
    return await finish(run, network, proof.value, false);
  } finally {
    network.close();
  }
}

function newProof({ till, request }: Run, network: PaymentNetwork, settings: Settings): Result<Proof, Fault> {
  const { ids, clock } = till;
  const id = ids.next();
  const { minMinor, stepMinor } = settings.limits;
  const terms: Terms = {
    id,
    network: request.network,
    mode: PROOF_MODE[request.network],
    currency: settings.currency,
    amountMinor: Math.ceil(minMinor / stepMinor) * stepMinor,
    externalReference: `${settings.tillId}${id}`,
    lifetimeMs: PROOF_LIFETIME_MS,
    shiftId: '',
    cashierCode: settings.people[0]?.code ?? 0,
    cashierName: '',
    requestedAtMs: clock.nowMs(),
  };
  const create = network.prepareCreate(terms);
  if (!create.ok) return err(fault('pairing.proof-failed', create.error.detail, { code: create.error.code }));
  const externalPosId = settings.networks[request.network]?.externalPosId ?? '';
  return ok({
    id,
    externalPosId,
    terms,
    create: create.value,
    createKey: ids.key(),
    cancelKey: ids.key(),
    refundKey: ids.key(),
  });
}

async function finish(
  run: Run,
  network: PaymentNetwork,
  proof: OpenProof,
  isResumed: boolean,
): Promise<Result<string, Fault>> {
  const made = proof.order ? ok({ order: proof.order, problems: [] }) : await make(run, network, proof, isResumed);
  if (!made.ok) return made;
  if (made.value === undefined) return ok('the answer to an earlier test order was lost; it has expired');
  const { order, problems } = made.value;
  const ended = await takeBack(run, network, proof, order);
  if (!ended.ok || problems.length === 0) return ended;
  return err(fault('pairing.proof-failed', `the test order is not what was asked for: ${problems.join('; ')}`));
}

type Made = Readonly<{ order: Order; problems: readonly string[] }>;

/** Undefined: it can no longer exist. */
async function make(
  run: Run,
  network: PaymentNetwork,
  proof: Proof,
  isResumed: boolean,
): Promise<Result<Made | undefined, Fault>> {
  const { till } = run;
  const { terms, create, createKey } = proof;
  if (till.clock.nowMs() > terms.requestedAtMs + terms.lifetimeMs + EXPIRY_MARGIN_MS) {
    end(run, proof, 'expired', 'its answer was lost and its lifetime is over');
    return ok(undefined);
  }
  // A crash may have cut off an attempt: only a first one can be proven not to have arrived.
  let mayExist = isResumed;
  let last: Delivery | undefined;
  for (let asked = 1; asked <= ASKED_AT_MOST; asked += 1) {
    const delivery = await network.deliver({ request: create, idempotencyKey: createKey, terms });
    last = delivery;
    switch (delivery.kind) {
      case 'answered': {
        const order = orderOf(delivery.fact, terms, till.clock.nowMs());
        save(run, { kind: 'proof-order', proofId: proof.id, order, evidence: witness(delivery.evidence) });
        return ok({ order, problems: delivery.fact.problems });
      }
      case 'refused':
      case 'unauthorized':
        if (!mayExist) end(run, proof, 'refused', delivery.kind === 'refused' ? delivery.code : 'unauthorized');
        return err(refusal(run, delivery));
      case 'not-sent':
        if (!mayExist && asked >= ASKED_AT_MOST) end(run, proof, 'not-sent', delivery.cause);
        break;
      case 'unknown':
      case 'conflict':
      case 'key-conflict':
        mayExist = true;
        break;
      case 'busy':
        mayExist ||= delivery.evidence.httpStatus === 423;
        break;
      default:
        delivery satisfies never;
    }
    await pauseFor(run, delivery);
  }
  return err(unsettled(run, last, 'made'));
}

function orderOf({ networkOrderId, qrData }: OrderFact, terms: Terms, nowMs: number): Order {
  const times = { offeredAtMs: nowMs, expiresAtMs: nowMs + terms.lifetimeMs };
  return { networkOrderId, ...(qrData !== undefined && { qrData }), ...times };
}

/** Cancels, and believes only what the order itself says afterwards. */
async function takeBack(run: Run, network: PaymentNetwork, proof: Proof, order: Order): Promise<Result<string, Fault>> {
  const { terms, cancelKey } = proof;
  const request = network.prepareCancel(terms, order);
  let last: Delivery | Reading | undefined;
  for (let asked = 1; asked <= ASKED_AT_MOST; asked += 1) {
    const delivery = await network.deliver({ request, idempotencyKey: cancelKey, terms, order });
    const settled = delivery.kind === 'answered' ? delivery : await network.read(terms, order);
    last = settled;
    if (settled.kind === 'answered') {
      const over = ending(settled.fact);
      if (over) {
        end(run, proof, over, settled.fact.statusText, settled.evidence);
        return ok(over === 'cancelled' ? 'a test order was made and cancelled' : `the test order ended ${over}`);
      }
      if (settled.fact.status === 'paid') return giveBack(run, network, proof, order, settled.fact);
    }
    await pauseFor(run, settled.kind === 'answered' ? {} : settled);
  }
  return err(unsettled(run, last, 'cancelled'));
}

function ending({ status }: OrderFact): 'cancelled' | 'expired' | 'returned' | undefined {
  return status === 'cancelled' || status === 'expired' || status === 'returned' ? status : undefined;
}

/** Somebody paid the test order: the money goes back, and no notes are given. */
async function giveBack(
  run: Run,
  network: PaymentNetwork,
  proof: Proof,
  order: Order,
  paid: OrderFact,
): Promise<Result<string, Fault>> {
  const { terms, refundKey } = proof;
  const payment: Payment = {
    paidAtMs: paid.updatedAtMs ?? run.till.clock.nowMs(),
    amountMinor: paid.amountMinor ?? terms.amountMinor,
    ...(paid.paymentReference !== undefined && { reference: paid.paymentReference }),
    ...(paid.confirmationId !== undefined && { confirmationId: paid.confirmationId }),
    ...(paid.confirmByMs !== undefined && { confirmByMs: paid.confirmByMs }),
  };
  const request = network.prepareRefund(terms, order, payment, 'asked');
  let last: Delivery | Reading | undefined;
  for (let asked = 1; asked <= 2 * ASKED_AT_MOST; asked += 1) {
    const delivery = await network.deliver({ request, idempotencyKey: refundKey, terms, order });
    const reading = await network.read(terms, order);
    last = reading;
    const fact = reading.kind === 'answered' ? reading.fact : undefined;
    if (reading.kind === 'answered' && fact?.status === 'returned') {
      end(run, proof, 'returned', fact.statusText, reading.evidence);
      return ok('somebody paid the test order; the money went back');
    }
    await pauseFor(run, delivery.kind === 'answered' ? {} : delivery);
  }
  return err(unsettled(run, last, 'given back'));
}

function end(
  run: Run,
  proof: Proof,
  how: Extract<PairingEvent, { kind: 'proof-ended' }>['end'],
  detail: string,
  evidence?: Evidence,
): void {
  const seen = evidence && { evidence: witness(evidence) };
  save(run, { kind: 'proof-ended', proofId: proof.id, end: how, detail, ...seen });
}

function witness({ httpStatus, requestId, answeredAtMs, bodySha256 }: Evidence): PairingEvidence {
  return { httpStatus, requestId, answeredAtMs, bodySha256 };
}

function refusal(run: Run, delivery: Extract<Delivery, { kind: 'refused' | 'unauthorized' }>): Fault {
  if (delivery.kind === 'unauthorized') return faultOf(run, 'test order', delivery);
  const { code, detail } = delivery;
  const words = code === 'seller_configuration' ? 'cash-out is not enabled for this account' : detail;
  return fault(
    'pairing.proof-failed',
    `the network refuses the test order: ${code}${words === '' ? '' : ` (${words})`}`,
    {
      code,
    },
  );
}

function unsettled({ own }: Run, last: Delivery | Reading | undefined, wanted: string): Fault {
  const why = last === undefined ? 'no answer' : 'cause' in last ? last.cause : 'code' in last ? last.code : last.kind;
  const words = `the test order could not be ${wanted} yet (${why}); it ends by itself within a minute. Run it again`;
  return fault('pairing.in-doubt', `${words}: ${own.baseUrl}`, { why });
}
