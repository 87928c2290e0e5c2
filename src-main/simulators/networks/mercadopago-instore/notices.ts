/**
 * Notifications: what the network would post to a seller's address. They are hints, cannot be verified, and say no more
 * than which merchant order to read.
 *
 * Source  Mercado Pago in-person notification guides: topic `merchant_order` (IPN, query `topic` and `id`); with
 *         `source_news=webhooks` in the address, topic `topic_merchant_order_wh` instead.
 */
import { keepNotice, tellBy } from '../network-core.ts';
import type { MerchantOrder } from './merchant-order.ts';
import { orderOf } from './state.ts';
import type { NetworkState } from './state.ts';
import { wireTime } from '../mercadopago-places/wire-time.ts';

export type Notice = Readonly<{
  number: number;
  atMs: number;
  merchantOrderId: number;
  topic: 'merchant_order' | 'topic_merchant_order_wh';
  /** Where it goes, with its query; null when neither the order nor the settings name an address. */
  url: string | null;
  headers: Readonly<Record<string, string>>;
  bodyText: string;
}>;

/** Tells of a scan's new status, as well as the weather allows. */
export function tell(state: NetworkState, scan: MerchantOrder, atMs: number): void {
  if (state.keepNotices === 0) return;
  const reference = orderOf(state, scan)?.terms.externalReference ?? '';
  tellBy(state, {
    refs: [String(scan.id), reference],
    atMs,
    make: () => makeNotice(state, scan, atMs),
    isPosted: hasAddress,
  });
}

export function post(state: NetworkState, notice: Notice): void {
  keepNotice(state, notice, hasAddress(notice));
}

function hasAddress({ url }: Notice): boolean {
  return url !== null;
}

function makeNotice(state: NetworkState, scan: MerchantOrder, atMs: number): Notice {
  const { settings } = state;
  const address = orderOf(state, scan)?.terms.notificationUrl ?? settings.webhookUrl;
  const isWebhook = address?.includes('source_news=webhooks') === true;
  const topic = isWebhook ? 'topic_merchant_order_wh' : 'merchant_order';
  const resource = `https://api.mercadopago.com/merchant_orders/${scan.id}`;
  state.noticeCount += 1;
  const body = isWebhook
    ? {
        action: scan.version === 1 ? 'create' : 'update',
        api_version: 'v1',
        application_id: settings.applicationId,
        date_created: wireTime(atMs),
        id: String(scan.id),
        live_mode: !settings.isTest,
        status: scan.moment.life.state === 'opened' ? 'opened' : 'closed',
        type: topic,
        user_id: Number(settings.userId),
        version: scan.version,
        data: { id: String(scan.id) },
      }
    : { resource, topic };
  const query = isWebhook ? `data.id=${scan.id}&type=${topic}` : `topic=${topic}&id=${scan.id}`;
  return {
    number: state.noticeCount,
    atMs,
    merchantOrderId: scan.id,
    topic,
    url: address === null ? null : `${address}${address.includes('?') ? '&' : '?'}${query}`,
    headers: { 'content-type': 'application/json' },
    bodyText: JSON.stringify(body),
  };
}
