/**
 * The legacy in-store API of Mercado Pago as a payment network: withdrawals by sticker (static), one-time code (dynamic) or both
 * (hybrid), with a third leg that says whether the notes were given.
 *
 * Source  Mercado Pago instore orders V2, dynamic QR, merchant orders and cash-out confirmation references.
 * Units   amounts as JSON numbers on the wire, minor units above it; times in ms.
 * Errors  every end of a call is a value of the port; FaultError `settings.invalid` at construction for a base URL that may not be used.
 *
 * Money once, without an idempotency key on this wire:
 * - Every create first asks whether anybody has paid, or scanned, an order of its reference. The adapter keeps nothing between calls
 *   and cannot know a first attempt from a second, so it always asks. Without that answer nothing leaves (`not-sent`).
 * - A PUT overwrites what waits at the sticker with the same content: repeating it leaves one order there, as long as nobody has paid.
 *   Should somebody pay between the question and the PUT and somebody else scan afterwards, two merchant orders have money in them:
 *   that is told as a problem, never as paid.
 * - A POST makes another order each time, but the code of an order whose answer was lost was never shown to anybody: nobody can pay
 *   it, and it ends by itself at the same moment as ours. If the search does show a scan of it, nothing is sent and the order is unclear.
 *
 * A cancel asks whose order waits at the sticker, deletes it unless it is another's (then ours was replaced, and is gone), and asks what
 * became of ours; only without any money, and nobody paying, is it cancelled. A dynamic order cannot be deleted: its cancel only asks, and is `busy` until the order has ended.
 */
import type { Delivery, PaymentNetwork, Reading } from '../../../core/application/ports/payment-network.ts';
import type { Clock, Ids } from '../../../core/application/ports/system.ts';
import type { Order, Terms } from '../../../core/domain/cash-out.ts';
import type { FrozenRequest } from '../../../core/domain/command.ts';
import type { Evidence, OrderFact } from '../../../core/domain/network.ts';
import { err, invariant } from '../../../core/domain/result.ts';
import type { MercadoPagoInstoreSettings } from '../../../core/domain/settings.ts';
import type { FarClock } from '../../../core/domain/warning.ts';
import type { Exchange } from '../http/exchange.ts';
import { createHttpClient, isUsableToken } from '../http/http-client.ts';
import type { HttpClient } from '../http/http-client.ts';
import { waitOf } from '../http/outcome.ts';
import type { Wait } from '../http/outcome.ts';
import { checkQr } from '../mercadopago-shared/qr-check.ts';
import { stickerOf } from '../mercadopago-shared/sticker.ts';
import { COUNTRIES } from './countries.ts';
import { EXPIRY_PATIENCE_MS, factOf } from './order-fact.ts';
import type { Asked } from './order-fact.ts';
import { listMerchantOrders } from './listing.ts';
import { deliveryOf, isWordRefused } from './outcomes.ts';
import { confirmRequest, notGivenRequest, otherWordsFor } from './confirmation.ts';
import { cancelRequest, createRequest, operationOf, orderIdOf } from './requests.ts';
import { searchMerchantOrders } from './search.ts';
import type { Searched, SearchFailure } from './search.ts';
import { readWaitingOrder } from './waiting-order.ts';
import type { Waiting } from './waiting-order.ts';
import { verdictOf } from './verdict.ts';

export type MercadoPagoInstoreOptions = Readonly<{
  settings: MercadoPagoInstoreSettings;
  /** The access token, asked at every call. Without one nothing is prepared and nothing leaves. */
  token: () => string | undefined;
  /** Other secrets of the till, so that no answer carries one into evidence. */
  otherSecrets?: () => readonly string[];
  clock: Clock;
  ids: Ids;
  /** Told what the network's clock says, with every answer. */
  hearClock?: (seen: FarClock) => void;
  /** Another line than this machine's own. */
  exchange?: Exchange;
  /** Of the program, for User-Agent. */
  version?: string;
  commandDeadlineMs?: number;
  /** For a read, and for the question before a create or after a DELETE. */
  readDeadlineMs?: number;
}>;

const COMMAND_DEADLINE_MS = 10_000;
const READ_DEADLINE_MS = 6_000;

type Line = Readonly<{
  settings: MercadoPagoInstoreSettings;
  search(terms: Terms): Promise<Searched>;
  waiting(path: string): Promise<Waiting>;
  send(request: FrozenRequest): ReturnType<HttpClient['send']>;
}>;

export function createMercadoPagoInstore(options: MercadoPagoInstoreOptions): PaymentNetwork {
  const { settings, token, clock, version } = options;
  const userAgent = version === undefined ? 'ventanilla' : `ventanilla/${version}`;
  const http = createHttpClient({ ...options, baseUrl: settings.baseUrl, userAgent });
  const commandDeadlineMs = options.commandDeadlineMs ?? COMMAND_DEADLINE_MS;
  const readDeadlineMs = options.readDeadlineMs ?? READ_DEADLINE_MS;
  const line: Line = {
    settings,
    search: (terms) => searchMerchantOrders({ http, clock, terms, deadlineMs: readDeadlineMs }),
    waiting: (path) => readWaitingOrder(http, path, readDeadlineMs),
    send: ({ method, path, body }) =>
      http.send({ method, path, body, headers: contentTypeOf(body), deadlineMs: commandDeadlineMs }),
  };

  return {
    id: 'mercadopago-instore',
    traits: {
      modes: COUNTRIES[settings.country].modes,
      defaultMode: settings.mode,
      lifetimeMs: settings.lifetimeMs,
      cancel: true,
      refund: true,
      confirmation: true,
      purchase: true,
      listing: true,
      sticker: stickerOf(settings.externalPosId),
      // Money goes back through the third leg alone, and that is taken only this long.
      returnWindowMs: settings.confirmWithinMs,
    },
    prepareCreate(terms) {
      if (!isUsableToken(token()))
        return err({ code: 'no-token', detail: 'no usable access token is stored for this network' });
      return createRequest(terms, settings);
    },
    prepareCancel: (_terms, order) => cancelRequest(order, settings),
    prepareRefund: (_terms, _order, payment, cause) => notGivenRequest(payment, cause),
    prepareConfirm: (_terms, _order, payment) => confirmRequest(payment),
    async deliver({ request, terms, order }) {
      const operation = operationOf(request);
      if (operation === 'create') return deliverCreate(line, request, terms);
      invariant(order !== undefined, `${operation} without its order`);
      if (operation === 'cancel') return deliverCancel(line, request, terms, order);
      const confirmationId = /\d+/.exec(request.path)?.[0] ?? '';
      const asked = { ...askedOf(terms, order, settings), confirmationId };
      return deliveryOf(operation, await tellOutcome(line, request), asked);
    },
    async read(terms, order) {
      return readingOf(await line.search(terms), askedOf(terms, order, settings));
    },
    list: (window) => listMerchantOrders(http, settings, window, readDeadlineMs),
    checkQr: (terms, qrData) => checkQr(terms, qrData, settings),
    close: () => http.close(),
  };
}

async function deliverCreate(line: Line, request: FrozenRequest, terms: Terms): Promise<Delivery> {
  const asked: Asked = {
    terms,
    settings: line.settings,
    networkOrderId: orderIdOf(posIn(request), terms.externalReference),
    expiresAtMs: terms.requestedAtMs + terms.lifetimeMs,
  };
  const searched = await line.search(terms);
  if (searched.kind !== 'found') return unasked(searched);
  const { fact, evidence } = answerOf(searched, asked);
  const isUntouched = fact.status === 'awaiting' || fact.status === 'expired';
  if (!isUntouched) return { kind: 'answered', fact, evidence };
  if (terms.mode === 'dynamic' && searched.merchantOrders.length > 0) {
    const problems = ['somebody has scanned a code of this order before it was shown'];
    return { kind: 'answered', fact: { ...fact, status: 'unclear', problems }, evidence };
  }
  return deliveryOf('create', await line.send(request), asked);
}

/** The command itself was not sent: the question before it had no answer. */
function unasked(failure: SearchFailure): Delivery {
  switch (failure.kind) {
    case 'unauthorized':
    case 'busy':
      return failure;
    case 'refused':
      // An account that may not ask could never learn that it was paid.
      return { ...failure, detail: 'the search for payments was refused', blocksNetwork: true };
    case 'unreadable':
      return { kind: 'not-sent', cause: failure.detail };
    default:
      return { kind: 'not-sent', cause: failure.cause };
  }
}

/**
 * The documents spell one detail of a failure in two ways, and one of them knows no failure at all. A refusal of the words has changed
 * nothing, so the same fact is told in the next words at once; what the last of them met is the answer.
 */
async function tellOutcome(line: Line, request: FrozenRequest): ReturnType<HttpClient['send']> {
  let outcome = await line.send(request);
  for (const other of otherWordsFor(request)) {
    if (!isWordRefused(outcome)) return outcome;
    outcome = await line.send(other);
  }
  return outcome;
}

async function deliverCancel(line: Line, request: FrozenRequest, terms: Terms, order: Order): Promise<Delivery> {
  const asked = askedOf(terms, order, line.settings);
  if (terms.mode === 'dynamic') return waitForEnd(await line.search(terms), asked);
  const waiting = await line.waiting(request.path);
  if (waiting.kind !== 'waiting' && waiting.kind !== 'nothing') return unasked(waiting);
  const isReplaced = waiting.kind === 'waiting' && waiting.externalReference !== terms.externalReference;
  const delivery = isReplaced ? undefined : deliveryOf('cancel', await line.send(request), asked);
  if (delivery !== undefined && delivery.kind !== 'answered') return delivery;
  const searched = await line.search(terms);
  if (searched.kind !== 'found') return { kind: 'unknown', cause: 'deleted-but-not-looked-after', ...waitIn(searched) };
  const verdict = verdictOf(searched.merchantOrders);
  const { fact, evidence } = answerOf(searched, asked);
  const isOver = verdict.kind === 'no-money' && !verdict.isPaying && verdict.isUnderstood;
  if (!isOver) return { kind: 'answered', fact, evidence };
  const statusText = `${isReplaced ? 'replaced' : 'deleted'}, ${fact.statusText}`;
  return { kind: 'answered', fact: { ...fact, status: 'cancelled', statusText }, evidence };
}

function waitIn(failure: SearchFailure): Wait {
  return 'retryAfterMs' in failure ? waitOf(failure) : {};
}

/** No call ends a dynamic order. Once it has ended, or was paid, its own state settles the cancel. */
function waitForEnd(searched: Searched, asked: Asked): Delivery {
  switch (searched.kind) {
    case 'found': {
      const { fact, evidence } = answerOf(searched, asked);
      if (fact.status !== 'awaiting') return { kind: 'answered', fact, evidence };
      const endsInMs = asked.expiresAtMs + EXPIRY_PATIENCE_MS - searched.clockMs;
      return { kind: 'busy', code: 'dynamic-order-ends-by-itself', retryAfterMs: Math.max(1_000, endsInMs), evidence };
    }
    case 'unauthorized':
    case 'busy':
      return searched;
    case 'refused':
      return { kind: 'conflict', code: searched.code, evidence: searched.evidence };
    case 'unreadable':
      return { kind: 'not-sent', cause: searched.detail };
    default:
      return { kind: 'not-sent', cause: searched.cause };
  }
}

function readingOf(searched: Searched, asked: Asked): Reading {
  return searched.kind === 'found' ? { kind: 'answered', ...answerOf(searched, asked) } : searched;
}

function answerOf(found: Extract<Searched, { kind: 'found' }>, asked: Asked): { fact: OrderFact; evidence: Evidence } {
  const fact = factOf(found, asked);
  const { evidence } = found;
  return {
    fact,
    evidence: fact.updatedAtMs === undefined ? evidence : { ...evidence, orderUpdatedAtMs: fact.updatedAtMs },
  };
}

function askedOf(terms: Terms, order: Order, settings: MercadoPagoInstoreSettings): Asked {
  const expiresAtMs = terms.requestedAtMs + terms.lifetimeMs;
  return { terms, settings, networkOrderId: order.networkOrderId, expiresAtMs };
}

/** From the saved bytes: settings may have changed since. */
function posIn({ path }: FrozenRequest): string {
  const externalPosId = /\/pos\/([^/]+)\//.exec(path)?.[1];
  invariant(externalPosId !== undefined, `not a create of the in-store API: ${path}`);
  return externalPosId;
}

function contentTypeOf(body: string): Record<string, string> {
  return body === '' ? {} : { 'Content-Type': 'application/json' };
}
