/**
 * Mercado Pago Orders API (`/v1/orders`, type `qr`) as a payment network: pure cash-out by dynamic, static or hybrid QR.
 *
 * Source  Mercado Pago developers, qr-code-ca: payment processing, resources and the Orders API reference.
 * Units   amounts as decimal text on the wire, minor units above it; times in ms.
 * Errors  every end of a call is a value of the port; FaultError `settings.invalid` at construction for a base URL that may not be used.
 *
 * There is no confirmation leg: `processed` is final for the network, and the only way back is a full refund.
 */
import type { PaymentNetwork } from '../../../core/application/ports/payment-network.ts';
import type { Clock, Ids } from '../../../core/application/ports/system.ts';
import { err, invariant } from '../../../core/domain/result.ts';
import type { MercadoPagoOrdersSettings } from '../../../core/domain/settings.ts';
import type { FarClock } from '../../../core/domain/warning.ts';
import type { Exchange } from '../http/exchange.ts';
import { createHttpClient, isUsableToken } from '../http/http-client.ts';
import { listOrders } from './listing.ts';
import { deliveryOf, readingOf } from './outcomes.ts';
import { checkQr } from '../mercadopago-shared/qr-check.ts';
import { stickerOf } from '../mercadopago-shared/sticker.ts';
import { cancelRequest, createRequest, operationOf, orderPath, refundRequest } from './requests.ts';
import type { Operation } from './requests.ts';

export type MercadoPagoOrdersOptions = Readonly<{
  settings: MercadoPagoOrdersSettings;
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
  readDeadlineMs?: number;
}>;

export type MercadoPagoOrders = PaymentNetwork;

const COMMAND_DEADLINE_MS = 10_000;
const READ_DEADLINE_MS = 6_000;

export function createMercadoPagoOrders(options: MercadoPagoOrdersOptions): MercadoPagoOrders {
  const { settings, token } = options;
  const commandDeadlineMs = options.commandDeadlineMs ?? COMMAND_DEADLINE_MS;
  const readDeadlineMs = options.readDeadlineMs ?? READ_DEADLINE_MS;
  const http = createHttpClient({ ...options, baseUrl: settings.baseUrl, userAgent: userAgent(options.version) });

  return {
    id: 'mercadopago-orders',
    traits: {
      modes: ['dynamic', 'static', 'hybrid'],
      defaultMode: settings.mode,
      lifetimeMs: settings.lifetimeMs,
      cancel: true,
      refund: true,
      confirmation: false,
      // The product for cash-outs takes no items: an order is one withdrawal.
      purchase: false,
      listing: true,
      sticker: stickerOf(settings.externalPosId),
      returnWindowMs: settings.returnWindowMs,
    },
    prepareCreate(terms) {
      if (!isUsableToken(token()))
        return err({ code: 'no-token', detail: 'no usable access token is stored for this network' });
      return createRequest(terms, settings);
    },
    prepareCancel: (_terms, order) => cancelRequest(order),
    prepareRefund: (_terms, order) => refundRequest(order),
    prepareConfirm() {
      throw new Error('the Orders API has no confirmation leg');
    },
    async deliver({ request, idempotencyKey, terms, order }) {
      invariant(isUsableKey(idempotencyKey), 'I3: not an idempotency key');
      const operation = operationOf(request);
      const outcome = await http.send({
        method: request.method,
        path: request.path,
        headers: headersOf(operation, idempotencyKey),
        body: request.body,
        deadlineMs: commandDeadlineMs,
      });
      return deliveryOf(operation, outcome, {
        terms,
        settings,
        orderId: operation === 'create' ? undefined : order?.networkOrderId,
        short: operation === 'refund',
      });
    },
    async read(terms, order) {
      const path = orderPath(order);
      const outcome = await http.send({ method: 'GET', path, headers: {}, body: '', deadlineMs: readDeadlineMs });
      return readingOf(outcome, { terms, settings, orderId: order.networkOrderId, short: false });
    },
    list: (window) => listOrders(http, settings, window, readDeadlineMs),
    checkQr: (terms, qrData) => checkQr(terms, qrData, settings),
    close: () => http.close(),
  };
}

/** As the documents' examples send them: a cancel names a content type although it has no body, a refund does not. */
function headersOf(operation: Operation, idempotencyKey: string): Record<string, string> {
  const contentType = operation === 'refund' ? {} : { 'Content-Type': 'application/json' };
  return { ...contentType, 'X-Idempotency-Key': idempotencyKey };
}

/** At most 128 characters by the documents. */
function isUsableKey(key: string): boolean {
  return /^[\w-]{1,128}$/.test(key);
}

function userAgent(version: string | undefined): string {
  return version === undefined ? 'ventanilla' : `ventanilla/${version}`;
}
