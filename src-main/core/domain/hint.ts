/**
 * A hint: a network, or somebody who says to be it, has spoken of an order. It is a reason to ask that network sooner, and nothing else:
 * whatever a hint says of money is not even read.
 */
import type { NetworkId } from './network.ts';

/** By which names the order is known; at least one. Nothing here proves that it exists. */
export type HintSubjects = Readonly<{
  /** The network's own id of the order. */
  orderId?: string;
  /** Ours: a cash-out's external reference, a payout's external id. */
  externalReference?: string;
  merchantOrderId?: string;
  paymentId?: string;
}>;

export type Hint = Readonly<{ network: NetworkId; subjects: HintSubjects }>;

/** Who wants to hear of hints. `onGap`: some may have been missed, and everything that is open is worth a look. */
export interface HintListener {
  onHint(hint: Hint): void;
  onGap(): void;
}

/** What came of checking a notification. Never data: only what to ask for. */
export type NoticeVerdict =
  /** Signed by the network, and the signature covers the subject. `identity`: the same for a repetition of the same notification. */
  | Readonly<{ kind: 'genuine'; about: HintSubjects; identity: string }>
  /** Nobody vouches for it: kinds that networks do not sign. */
  | Readonly<{ kind: 'hint'; about: HintSubjects }>
  /** It claims a signature that is not the network's, or one that is too old. */
  | Readonly<{ kind: 'forged'; why: 'no-signature' | 'malformed' | 'mismatch' | 'too-old' | 'from-the-future' }>
  /** Well formed, but about something that no till asks for. */
  | Readonly<{ kind: 'unrelated'; topic: string }>
  | Readonly<{ kind: 'unreadable'; detail: string }>;

export const LONGEST_SUBJECT = 100;

/** One line of text: ids of networks and of ours. Anything else is no id. */
export function isSubject(text: string): boolean {
  return text.length <= LONGEST_SUBJECT && /^[^\p{C}\p{Zl}\p{Zp}]+$/u.test(text);
}
