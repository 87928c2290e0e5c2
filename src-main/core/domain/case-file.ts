/**
 * Case: something that only a person can decide, with a name, the amount at risk, and a decision with a reason when it is closed.
 * Kinds are data that screens, reports and commands read; none disappears by itself except where the network explains it.
 */
import type { Currency } from './money.ts';
import type { NetworkId } from './network.ts';

export const CASE_KINDS = [
  /** Money arrived after the till had cancelled or the order had expired: hand over or return. */
  'late-payment',
  /** The network says something the till has no word for; polled slowly, never taken for paid. */
  'unknown-answer',
  /** An answer names another amount, reference, POS, account or currency than was ordered. */
  'answer-mismatch',
  /** The network's QR does not parse, fails its checksum or names another amount; it was not shown. */
  'qr-refused',
  /** The network says our key was used for another request: nothing is resent until somebody looks. */
  'command-conflict',
  /** A refund was refused or failed: the shop owes the customer. */
  'return-failed',
  /** The network returned the money although notes are out: a loss. */
  'returned-and-given',
  /** Notes are out and the network took no confirmation in time: it may have given the money back. A loss until it shows otherwise. */
  'confirmation-missed',
  /** The network does not know an order that it had confirmed. */
  'order-lost',
  /** Longer than the order could live, the network has not said what became of it. */
  'network-silent',
  /** Reconciliation: the customer paid, and no notes were given. */
  'paid-not-given',
  /** Reconciliation: notes are out for an order that the network does not have as paid. A loss until it shows otherwise. */
  'given-not-paid',
  /** Reconciliation: money moved at the network on an order or payout that the till's books do not have. */
  'not-at-till',
  /** A payout that had been completed came back from the bank: the shop owes the customer. */
  'payout-returned-late',
  /** Notes or another payout took its place, and it surfaced or moved all the same. */
  'payout-paid-twice',
  /** The network said of a payout what does not fit, or denies one that it had. */
  'payout-contradiction',
  /** The till cannot find out what became of a payout: somebody must look into the network's panel. */
  'payout-stuck',
  /** The network has another payout under an id that this till never sent. */
  'payout-id-clash',
] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** An order or payout of a network that the till has nothing of: by the name that the network gives it. */
export type Foreign = Readonly<{ network: NetworkId; reference: string }>;

/** What a record is about: a cash-out, a payout, or what only the network has; exactly one of them. */
export type About =
  | Readonly<{ cashOutId: string; payoutId?: never; foreign?: never }>
  | Readonly<{ payoutId: string; cashOutId?: never; foreign?: never }>
  | Readonly<{ foreign: Foreign; cashOutId?: never; payoutId?: never }>;

/** Under this the journal files what is about it. */
export function subjectIdOf(about: About): string {
  return about.foreign ? foreignSubject(about.foreign) : (about.payoutId ?? about.cashOutId);
}

export function foreignSubject({ network, reference }: Foreign): string {
  return `${network} ${reference}`;
}

export type NewCase = About &
  Readonly<{
    id: string;
    kind: CaseKind;
    amountMinor: number;
    currency: Currency;
    /** One sentence with the facts, in English, for the record; screens choose their words by `kind`. */
    detail: string;
  }>;

export type CaseFile = NewCase &
  Readonly<
    { openedAtMs: number } & (
      | { state: 'open' }
      | { state: 'closed'; decision: string; reason: string; by: string; byCode?: number; closedAtMs: number }
    )
  >;

/** What the till itself writes when the network has explained a case. */
export const NETWORK_EXPLAINED = 'network-explained';

/** A person closed it, not the network's own explanation. */
export function isDecided(file: CaseFile): file is Extract<CaseFile, { state: 'closed' }> {
  return file.state === 'closed' && file.decision !== NETWORK_EXPLAINED;
}

type AtRisk = Readonly<{
  cashOutId?: string;
  payoutId?: string;
  foreign?: Foreign;
  amountMinor: number;
  currency: Currency;
}>;

/** Money in one currency that nobody has settled: several cases about one cash-out or payout are about the same money. */
export function atRiskMinorOf(cases: readonly AtRisk[], currency: Currency): number {
  const bySubject = new Map<string, number>();
  for (const file of cases.filter((each) => each.currency === currency)) {
    const subject = file.payoutId ?? file.cashOutId ?? (file.foreign ? foreignSubject(file.foreign) : '');
    bySubject.set(subject, Math.max(bySubject.get(subject) ?? 0, file.amountMinor));
  }
  return [...bySubject.values()].reduce((sum, minor) => sum + minor, 0);
}
