/**
 * Notifications: what the network would post to a seller's address. They are hints; a till must read the order.
 *
 * Source  Mercado Pago qr-code-ca, notifications: body, `x-signature: ts=…,v1=…`, HMAC-SHA256 over
 *         `id:<data.id>;request-id:<x-request-id>;ts:<ts>;`.
 */
import { createHmac } from 'node:crypto';
import { keepNotice, tellBy } from '../network-core.ts';
import type { Order } from './order.ts';
import type { NetworkState } from './state.ts';
import { wireOrderOf } from './wire-order.ts';

export type Notice = Readonly<{
  number: number;
  atMs: number;
  orderId: string;
  action: string;
  version: number;
  /** The query string that goes with the seller's address, without a question mark. */
  query: string;
  headers: Readonly<Record<string, string>>;
  bodyText: string;
}>;

/** Tells of an order's new status, as well as the weather allows. */
export function tell(state: NetworkState, order: Order, atMs: number): void {
  if (state.keepNotices === 0 && !hasAddress(state)) return;
  tellBy(state, {
    refs: [order.terms.id, order.terms.externalReference],
    atMs,
    make: (chosen) => makeNotice(state, order, atMs, chosen?.fault === 'notice-wrong-signature'),
    isPosted: () => hasAddress(state),
  });
}

export function post(state: NetworkState, notice: Notice): void {
  keepNotice(state, notice, hasAddress(state));
}

function hasAddress({ settings }: NetworkState): boolean {
  return settings.webhookUrl !== null;
}

function makeNotice(state: NetworkState, order: Order, atMs: number, isWronglySigned: boolean): Notice {
  const { settings } = state;
  const wire = wireOrderOf(order, settings);
  const requestId = state.random.notices.uuid();
  const signedId = settings.webhookIdCase === 'lower' ? wire.id.toLowerCase() : wire.id;
  const secret = isWronglySigned ? `${settings.webhookSecret}-wrong` : settings.webhookSecret;
  const signature = createHmac('sha256', secret)
    .update(`id:${signedId};request-id:${requestId};ts:${atMs};`)
    .digest('hex');
  const action = `order.${wire.status}`;
  state.noticeCount += 1;
  return {
    number: state.noticeCount,
    atMs,
    orderId: wire.id,
    action,
    version: order.version,
    query: `data.id=${wire.id}&type=order`,
    headers: {
      'content-type': 'application/json',
      'x-signature': `ts=${atMs},v1=${signature}`,
      'x-request-id': requestId,
    },
    bodyText: JSON.stringify({
      action,
      api_version: 'v1',
      application_id: settings.applicationId,
      date_created: new Date(atMs).toISOString().replace(/\.\d{3}Z$/, 'Z'),
      live_mode: !settings.hasSandboxIds,
      type: 'order',
      user_id: wire.user_id,
      data: {
        id: wire.id,
        type: wire.type,
        version: order.version,
        external_reference: wire.external_reference,
        status: wire.status,
        status_detail: wire.status_detail,
        total_amount: wire.total_amount,
        transactions: {
          cash_outs: wire.transactions.cash_outs.map(({ id, amount, status, status_detail, reference_id }) => ({
            id,
            amount,
            status,
            status_detail,
            // The one place where the wire writes `reference.id` for what an order calls `reference_id`.
            ...(reference_id !== undefined && { reference: { id: reference_id } }),
          })),
        },
      },
    }),
  };
}
