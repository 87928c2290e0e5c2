/** Where networks bring their notifications: checked, queued, and answered at once. */
import type { NetworkId } from '../core/domain/network.ts';
import { NETWORK_IDS } from '../core/domain/network.ts';
import type { HintSubjects, NoticeVerdict } from '../core/domain/hint.ts';
import { unreachable } from '../core/domain/result.ts';
import type { NetworkRules, RelayConfig } from './config.ts';
import type { RelayLog } from './log.ts';
import { checkNotice } from './notices.ts';
import type { IncomingNotice } from './notices.ts';
import { identityOf } from './queue.ts';
import type { HintQueue, NewHint } from './queue.ts';
import { createRate } from './rates.ts';

/** What became of notifications since the start. */
export const OUTCOMES = [
  'verified',
  'hints',
  'duplicates',
  'forged',
  'unreadable',
  'unrelated',
  'too-many',
  'unknown-shop',
  'failed',
] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type Counts = Record<Outcome, number>;

const SUBJECT_PER_MINUTE = 60;
const COMPLAINTS_PER_MINUTE = 6;

export type NotifyDesk = Readonly<{
  knows(shop: string, network: string): boolean;
  /** Answers the HTTP status for the network; never rejects. */
  receive(shop: string, network: string, incoming: IncomingNotice): Promise<number>;
  counts(): Readonly<Counts>;
}>;

export type DeskParts = Readonly<{
  config: RelayConfig;
  queue: HintQueue;
  log: RelayLog;
  nowMs: () => number;
}>;

type Signed = Extract<NoticeVerdict, { kind: 'genuine' }>;
type Unsigned = Extract<NoticeVerdict, { kind: 'hint' }>;

export function createNotifyDesk({ config, queue, log, nowMs }: DeskParts): NotifyDesk {
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Counts;
  const isAllowed = createLimits(config);
  /** A flood of forgeries must not become a flood of lines. */
  const complaints = createRate(COMPLAINTS_PER_MINUTE, () => performance.now());

  function rulesOf(shop: string, network: string): Readonly<{ id: NetworkId; rules: NetworkRules }> | undefined {
    const id = NETWORK_IDS.find((candidate) => candidate === network);
    const rules = id && config.shops.get(shop)?.networks.get(id);
    return id && rules && { id, rules };
  }

  function complain(shop: string, network: string, outcome: Outcome, detail: string): void {
    counts[outcome] += 1;
    if (!complaints.take(`${shop} ${network} ${outcome}`)) return;
    log.warn('notification refused', { shop, network, outcome, detail });
  }

  async function enqueue(shop: string, network: NetworkId, verdict: Signed | Unsigned): Promise<number> {
    if (!isAllowed(shop, network, verdict)) {
      complain(shop, network, 'too-many', verdict.kind);
      return 429;
    }
    const hint = newHint(shop, network, verdict, { receivedAtMs: nowMs(), windowMs: config.unsignedWindowMs });
    try {
      const added = await queue.add(hint);
      counts[added === 'duplicate' ? 'duplicates' : hint.isVerified ? 'verified' : 'hints'] += 1;
      if (added === 'added') {
        log.info('hint queued', { shop, network, isVerified: hint.isVerified, ...verdict.about });
      }
      return 200;
    } catch (error) {
      complain(shop, network, 'failed', error instanceof Error ? error.message : String(error));
      return 500; // The network comes again.
    }
  }

  return {
    knows: (shop, network) => rulesOf(shop, network) !== undefined,
    async receive(shop, network, incoming) {
      const known = rulesOf(shop, network);
      if (!known) {
        counts['unknown-shop'] += 1;
        return 404;
      }
      const verdict = checkNotice(known.id, known.rules, incoming, nowMs());
      switch (verdict.kind) {
        case 'genuine':
        case 'hint':
          return enqueue(shop, known.id, verdict);
        case 'forged':
          complain(shop, network, 'forged', verdict.why);
          return 401;
        case 'unreadable':
          complain(shop, network, 'unreadable', verdict.detail);
          return 400;
        case 'unrelated':
          counts.unrelated += 1;
          return 200;
        default:
          return unreachable(verdict);
      }
    },
    counts: () => ({ ...counts }),
  };
}

function createLimits({ unsignedPerMinute }: RelayConfig) {
  const unsigned = createRate(unsignedPerMinute, () => performance.now());
  /** A signature can be sent again by whoever has seen it once, with another body around it. */
  const aboutOne = createRate(SUBJECT_PER_MINUTE, () => performance.now());
  return (shop: string, network: NetworkId, verdict: Signed | Unsigned): boolean =>
    verdict.kind === 'hint'
      ? unsigned.take(`${shop} ${network}`)
      : aboutOne.take(`${shop} ${network} ${subjectOf(verdict.about)}`);
}

function newHint(
  shop: string,
  network: NetworkId,
  verdict: Signed | Unsigned,
  { receivedAtMs, windowMs }: Readonly<{ receivedAtMs: number; windowMs: number }>,
): NewHint {
  const window = String(Math.floor(receivedAtMs / windowMs));
  return {
    shop,
    hint: { network, subjects: verdict.about },
    isVerified: verdict.kind === 'genuine',
    receivedAtMs,
    // What nobody signs has no identity of its own, and must never stand in the way of what is signed.
    identity:
      verdict.kind === 'genuine'
        ? identityOf('signed', network, verdict.identity)
        : identityOf('unsigned', network, JSON.stringify(verdict.about), window),
  };
}

function subjectOf({ orderId, merchantOrderId, paymentId, externalReference }: HintSubjects): string {
  return orderId ?? merchantOrderId ?? paymentId ?? externalReference ?? '';
}
