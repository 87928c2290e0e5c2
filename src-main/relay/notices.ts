/** Notifications of each network, checked by the network's own rules. Pure. */
import { readNotice } from '../adapters/networks/d24/notice.ts';
import { readMercadoPagoNotice } from '../adapters/networks/mercadopago-shared/notice.ts';
import { isSubject } from '../core/domain/hint.ts';
import type { NoticeVerdict } from '../core/domain/hint.ts';
import type { NetworkId } from '../core/domain/network.ts';
import { unreachable } from '../core/domain/result.ts';
import type { NetworkRules } from './config.ts';

/** A request as it came; `query` without its question mark. */
export type IncomingNotice = Readonly<{
  query: string;
  header: (name: string) => string | undefined;
  bodyText: string;
}>;

const MAX_AHEAD_MS = 5 * 60_000;

export function checkNotice(
  network: NetworkId,
  rules: NetworkRules,
  incoming: IncomingNotice,
  nowMs: number,
): NoticeVerdict {
  switch (network) {
    case 'mercadopago-orders':
    case 'mercadopago-instore':
      return checkMercadoPago(rules, incoming, nowMs);
    case 'tupay':
    case 'onekey':
      return checkD24(rules, incoming);
    default:
      return unreachable(network);
  }
}

function checkMercadoPago(rules: NetworkRules, incoming: IncomingNotice, nowMs: number): NoticeVerdict {
  const { secret, maxAgeMs, acceptsUnsigned } = rules;
  const [signature, requestId] = [incoming.header('x-signature'), incoming.header('x-request-id')];
  const verdict = readMercadoPagoNotice(
    {
      query: incoming.query,
      bodyText: incoming.bodyText,
      ...(signature !== undefined && { signature }),
      ...(requestId !== undefined && { requestId }),
    },
    { nowMs, maxAgeMs, maxAheadMs: MAX_AHEAD_MS, ...(secret !== undefined && { secret }) },
  );
  return verdict.kind === 'hint' && !acceptsUnsigned ? { kind: 'forged', why: 'no-signature' } : verdict;
}

function checkD24({ secret, controlPrefix, controlSuffix }: NetworkRules, { bodyText }: IncomingNotice): NoticeVerdict {
  // With no key, anybody could make a control.
  if (secret === undefined || secret === '') return { kind: 'forged', why: 'no-signature' };
  const read = readNotice(bodyText, { signatureKey: secret, prefix: controlPrefix, suffix: controlSuffix });
  if (read.kind === 'forged') return { kind: 'forged', why: 'mismatch' };
  if (read.kind === 'unreadable') return read;
  const { externalId } = read;
  // An id that is none of ours in form, e.g. of a payout made in the panel: true, and nothing that a till asks about.
  if (!isSubject(externalId)) return { kind: 'unrelated', topic: 'unusual-id' };
  // The control is the same for every notification of a payout: only the whole form tells a repetition from news.
  return { kind: 'genuine', about: { externalReference: externalId }, identity: bodyText };
}
