/**
 * What to do about a create whose answer was lost. Pure: the caller counts and keeps time.
 *
 * The external id is the network's only guard against paying twice, so it is asked about, and then sent again unchanged; never another.
 * The network says "no such payout" for a while after taking one in; only repeated, and late enough, does it prove anything.
 * A refusal of the second attempt proves nothing about the first: the network may look at other things before it looks for duplicates.
 *
 * Source  D24 cashouts API: creation, status, code 509 and 511. The waits are ours; the documents name none.
 */

/** "No such payout" means it only when said this often … */
export const NOT_FOUND_ANSWERS = 4;
/** … and, the last time, to a question asked this long after the last attempt. */
export const NOT_FOUND_AFTER_MS = 120_000;

/** When to ask, counted from the last attempt; afterwards once a minute. */
const ASK_AT_MS = [3_000, 10_000, 30_000, 60_000, 125_000] as const;
const ASK_EVERY_MS = 60_000;
/** The network's list is heavier to ask for, and nobody says how soon a payout is in it. */
const LIST_AT_MS = [10_000, 60_000, 300_000, 900_000, 1_800_000] as const;
const LIST_EVERY_MS = 3_600_000;
const LIST_ALERT_AFTER_MS = 900_000;
const MOST_ATTEMPTS = 3;

export function isNotFoundProven({ answers, afterMs }: Readonly<{ answers: number; afterMs: number }>): boolean {
  return answers >= NOT_FOUND_ANSWERS && afterMs >= NOT_FOUND_AFTER_MS;
}

export type LostCreate = Readonly<{
  /** Attempts that may have arrived. */
  attempts: number;
  /** Since the last of them. */
  sinceAttemptMs: number;
  /** Status questions, or list questions once ids alone are refused, since then. */
  questions: number;
  /** How many of them were answered "no such payout", and how long after the attempt the last of these was asked. */
  notFoundAnswers: number;
  lastNotFoundAfterMs: number;
  /** It called the id a duplicate: then there is a payout, however often it is denied, and nothing is sent again or taken as not found. */
  calledDuplicate: boolean;
  /** The network does not answer a question that names our id alone. */
  refusesOwnIdAlone: boolean;
  /** The network has a list that names our ids. */
  canList: boolean;
  /** withdraw: the customer has left, or somebody asked for a cancel. */
  wish: 'send' | 'withdraw';
}>;

/** `alert`: a person should look into the network's panel meanwhile. */
export type LostCreateStep =
  | Readonly<{ step: 'ask-status'; delayMs: number; alert: boolean }>
  | Readonly<{ step: 'ask-list'; delayMs: number; alert: boolean }>
  /** The same bytes, with the same external id. */
  | Readonly<{ step: 'resend' }>
  /** Proven, and nobody wants it sent any more. */
  | Readonly<{ step: 'take-as-not-found' }>
  | Readonly<{ step: 'person'; why: 'cannot-be-asked' | 'never-arrives' }>;

export function afterLostCreate(lost: LostCreate): LostCreateStep {
  if (lost.refusesOwnIdAlone) {
    if (!lost.canList) return { step: 'person', why: 'cannot-be-asked' };
    const alert = lost.sinceAttemptMs >= LIST_ALERT_AFTER_MS;
    return { step: 'ask-list', delayMs: waitFor(lost, LIST_AT_MS, LIST_EVERY_MS), alert };
  }
  const isDenied = isNotFoundProven({ answers: lost.notFoundAnswers, afterMs: lost.lastNotFoundAfterMs });
  if (!isDenied || lost.calledDuplicate) {
    return { step: 'ask-status', delayMs: waitFor(lost, ASK_AT_MS, ASK_EVERY_MS), alert: isDenied };
  }
  if (lost.wish === 'withdraw') return { step: 'take-as-not-found' };
  return lost.attempts >= MOST_ATTEMPTS ? { step: 'person', why: 'never-arrives' } : { step: 'resend' };
}

function waitFor(lost: LostCreate, atMs: readonly number[], everyMs: number): number {
  const last = atMs.at(-1) ?? 0;
  const dueMs = atMs[lost.questions] ?? last + (lost.questions - atMs.length + 1) * everyMs;
  // A clock that was set back must not put the questions off.
  return Math.max(0, dueMs - Math.max(0, lost.sinceAttemptMs));
}

/**
 * One answer "no such payout". too-early: nothing yet · maybe-lost: count it for `afterLostCreate` ·
 * contradiction: it had been seen: never a rejection, a person looks.
 */
export function meaningOfNotFound(
  asked: Readonly<{ wasSeen: boolean; afterCreateMs: number }>,
): 'too-early' | 'maybe-lost' | 'contradiction' {
  if (asked.wasSeen) return 'contradiction';
  return asked.afterCreateMs < NOT_FOUND_AFTER_MS ? 'too-early' : 'maybe-lost';
}

/** The network has our external id already. Ours only if an earlier attempt may have arrived; else two tills share ids. */
export function judgeDuplicate({
  mayHaveArrivedBefore,
}: Readonly<{ mayHaveArrivedBefore: boolean }>): 'adopt' | 'clash' {
  return mayHaveArrivedBefore ? 'adopt' : 'clash';
}
