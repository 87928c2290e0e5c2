/**
 * Notifications: what the network posts on every change of status. They carry no status and sign nothing but the
 * external id; a till must ask.
 *
 * Source  D24, OneKey and TuPay, cashout notifications: form fields, `control`, times in GMT without a zone mark.
 *         The real network connects to ports 80 and 443 alone; this one to any.
 */
import { keepNotice, tellBy } from '../network-core.ts';
import type { Payout } from './payout.ts';
import { noticeControl } from './signature.ts';
import type { NetworkState } from './state.ts';

export type Notice = Readonly<{
  number: number;
  atMs: number;
  cashoutId: number;
  externalId: string;
  /** Where it goes; null when nobody said. */
  url: string | null;
  headers: Readonly<Record<string, string>>;
  bodyText: string;
}>;

/** Tells of a payout's new status, as well as the weather allows. */
export function tell(state: NetworkState, payout: Payout, atMs: number): void {
  const url = addressOf(state, payout);
  if (state.keepNotices === 0 && url === null) return;
  tellBy(state, {
    refs: [String(payout.terms.cashoutId), payout.terms.externalId],
    atMs,
    make: (chosen) => makeNotice(state, payout, atMs, url, chosen?.fault),
    isPosted: hasAddress,
  });
}

export function post(state: NetworkState, notice: Notice): void {
  keepNotice(state, notice, hasAddress(notice));
}

function hasAddress({ url }: Notice): boolean {
  return url !== null;
}

/** `2020-03-12 20:26:11`, GMT. */
export function networkTimeOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');
}

function makeNotice(
  state: NetworkState,
  payout: Payout,
  atMs: number,
  url: string | null,
  fault: string | undefined,
): Notice {
  const { signature, controlWords } = state.settings;
  const { cashoutId, externalId, bankReferenceId, comments } = payout.terms;
  const { life } = payout.moment;
  const key = fault === 'notice-wrong-control' ? `${signature}-wrong` : signature;
  const fields = {
    date: networkTimeOf(atMs),
    bank_reference_id: life.state === 'pending' || life.state === 'on_hold' ? '' : bankReferenceId,
    comments,
    external_id: externalId,
    control: noticeControl(key, externalId, controlWords),
    cashout_id: String(fault === 'notice-another-cashout-id' ? cashoutId + 1 : cashoutId),
    status_reason: life.state === 'rejected' ? (life.rejection.reason ?? '') : '',
  };
  state.noticeCount += 1;
  return {
    number: state.noticeCount,
    atMs,
    cashoutId,
    externalId,
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    bodyText: Object.entries(fields)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&'),
  };
}

/** A payout's own address counts only on this machine: a simulated network posts nothing to strangers. */
function addressOf({ settings }: NetworkState, { terms }: Payout): string | null {
  return isLoopback(terms.notificationUrl) ? terms.notificationUrl : settings.notificationUrl;
}

function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);
}
