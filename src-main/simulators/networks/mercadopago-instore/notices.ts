/**
 * Notifications: what the network would post to a seller's address. They are hints, cannot be verified, and say no more
 * than which merchant order to read.
 *
 * Source  Mercado Pago in-person notification guides: topic `merchant_order` (IPN, query `topic` and `id`); with
 *         `source_news=webhooks` in the address, topic `topic_merchant_order_wh` instead.
 */
import type { MerchantOrder } from './merchant-order.ts';
import { orderOf } from './state.ts';
import type { NetworkState } from './state.ts';
import { wireTime } from './wire-time.ts';

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

const LATE_BY_MS = 30_000;

/** Tells of a scan's new status, as well as the weather allows. */
export function tell(state: NetworkState, scan: MerchantOrder, atMs: number): void {
  if (state.keepNotices === 0) return;
  const reference = orderOf(state, scan)?.terms.externalReference ?? '';
  const call = { operation: 'notify' as const, refs: [String(scan.id), reference] };
  const chosen = state.script.take(call) ?? state.vane.draw('notify', state.random.noticeWeather);
  if (chosen?.fault === 'notice-lost') return;
  const notice = makeNotice(state, scan, atMs);
  if (chosen?.fault === 'notice-late') {
    state.due.add(atMs + (chosen.afterMs ?? LATE_BY_MS), { kind: 'notice', notice });
    return;
  }
  post(state, notice);
  if (chosen?.fault === 'notice-twice') post(state, notice);
}

export function post(state: NetworkState, notice: Notice): void {
  if (notice.url !== null) state.unsentNotices.push(notice);
  state.notices.push(notice);
  if (state.notices.length >= state.keepNotices * 2) state.notices = state.notices.slice(-state.keepNotices);
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
