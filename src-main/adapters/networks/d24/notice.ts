/**
 * Notifications: whether one is the network's. The control covers our external id alone, so it is the same for every notification of a
 * payout and can be replayed; all other fields could be anybody's. A genuine one is a reason to ask for the status, and no more.
 *
 * Source  D24, OneKey, TuPay cashouts API: notifications. Control: upper-case hexadecimal HMAC-SHA-256 of prefix + external_id + suffix
 *         with the API signature key; `Be4` and `Bo7` are in the published sample, and the text leaves open whether they are fixed.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PayoutNotice } from '../../../core/application/ports/payout-network.ts';
import { isCashoutId } from '../../../core/domain/payouts/voucher.ts';
import { plainText } from '../http/wire-fields.ts';

export type NoticeKey = Readonly<{ signatureKey: string; prefix: string; suffix: string }>;

export const CONTROL_PREFIX = 'Be4';
export const CONTROL_SUFFIX = 'Bo7';

const LONGEST_FORM = 16_384;
const LONGEST_EXTERNAL_ID = 100;

export function controlOf(externalId: string, { signatureKey, prefix, suffix }: NoticeKey): string {
  return createHmac('sha256', signatureKey)
    .update(`${prefix}${externalId}${suffix}`, 'utf8')
    .digest('hex')
    .toUpperCase();
}

/** `form` is the body as it came, form-encoded. */
export function readNotice(form: string, key: NoticeKey): PayoutNotice {
  if (form.length > LONGEST_FORM) return { kind: 'unreadable', detail: 'too long' };
  const fields = new URLSearchParams(form);
  const [externalId, ...others] = fields.getAll('external_id');
  if (externalId === undefined || externalId === '') return { kind: 'unreadable', detail: 'no external_id' };
  if (others.length > 0 || externalId.length > LONGEST_EXTERNAL_ID) {
    return { kind: 'unreadable', detail: 'no single external_id' };
  }
  const [control = '', ...further] = fields.getAll('control');
  if (further.length > 0 || !isSameControl(control, controlOf(externalId, key))) return { kind: 'forged' };
  const cashoutId = fields.get('cashout_id') ?? '';
  const text = (name: string): string => plainText(fields.get(name) ?? '', 200);
  return {
    kind: 'genuine',
    externalId,
    hints: {
      ...(isCashoutId(cashoutId) && { cashoutId }),
      date: text('date'),
      statusReason: text('status_reason'),
      bankReference: text('bank_reference_id'),
      comments: text('comments'),
    },
  };
}

/** In constant time once the length is right; that length is public. */
function isSameControl(claimed: string, expected: string): boolean {
  const left = Buffer.from(claimed.toUpperCase(), 'utf8');
  const right = Buffer.from(expected, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}
