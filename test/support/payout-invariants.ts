/**
 * Payouts as an auditor reads them: walked again by the domain's arrows, one external id and one create each, notes at most once and only
 * after proof, and the drawer's postings for exactly those.
 */
import type { SqliteDatabase } from '../../src-main/adapters/storage/database.ts';
import type { JournalEntry, JournalEvent } from '../../src-main/core/domain/journal-event.ts';
import { isReplaceable } from '../../src-main/core/domain/payouts/notes-instead.ts';
import type { NewPayoutCommand } from '../../src-main/core/domain/payouts/payout-command.ts';
import { transition } from '../../src-main/core/domain/payouts/payout.ts';
import type { Payout } from '../../src-main/core/domain/payouts/payout.ts';

type Book = { payouts: Map<string, Payout>; creates: Map<string, NewPayoutCommand>; problems: string[] };

export function payoutBreaches(db: SqliteDatabase, entries: readonly JournalEntry[]): readonly string[] {
  const book: Book = { payouts: new Map(), creates: new Map(), problems: [] };
  for (const { event, atMs } of entries) read(book, event, atMs);
  return [...book.problems, ...idBreaches(book), ...postingBreaches(db, book)];
}

function read(book: Book, event: JournalEvent, atMs: number): void {
  if (event.type === 'payout.requested') {
    book.payouts.set(event.terms.id, { ...event.terms, state: 'requested', cancelAsked: false });
  }
  if (event.type === 'payout.step') step(book, event, atMs);
  if (event.type !== 'payout-command.enqueued' || event.command.kind !== 'create') return;
  const { payoutId, request } = event.command;
  const externalId = book.payouts.get(payoutId)?.externalId ?? 'nobody';
  if (book.creates.has(payoutId)) book.problems.push(`I3: ${payoutId} has a second create`);
  if (!request.body.includes(externalId)) book.problems.push(`I3: the create of ${payoutId} names another id`);
  book.creates.set(payoutId, event.command);
}

function step(
  book: Book,
  { payoutId, step: taken }: Extract<JournalEvent, { type: 'payout.step' }>,
  atMs: number,
): void {
  const before = book.payouts.get(payoutId);
  const moved = before && transition(before, taken, atMs);
  if (!before || !moved?.ok) {
    book.problems.push(`I6: ${payoutId}: ${taken.type} while ${before?.state ?? 'unknown'}`);
    return;
  }
  if (taken.type === 'notes-started') {
    const isWithdrawn = before.state === 'declined' && before.code === 'cancelled-before-it-left';
    if (!isReplaceable(before)) book.problems.push(`I1: notes for ${payoutId} without proof`);
    if (!taken.evidence && !isWithdrawn) book.problems.push(`I1: notes for ${payoutId} without a fresh word`);
  }
  if (taken.type === 'replaced-by-notes' && !before.counting) book.problems.push(`I1: notes for ${payoutId} uncounted`);
  book.payouts.set(payoutId, moved.value);
}

function idBreaches({ payouts, creates }: Book): readonly string[] {
  const ids = [...payouts.values()].map(({ externalId }) => externalId);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `I3: two payouts are called ${id}`);
  const without = [...payouts.keys()].filter((id) => !creates.has(id)).map((id) => `I3: ${id} has no saved create`);
  return [...twice, ...without];
}

/** I5: the drawer paid for each payout replaced by notes, once, its amount; and for no other. */
function postingBreaches(db: SqliteDatabase, { payouts }: Book): readonly string[] {
  const posted = db
    .prepare<[], { payoutId: string; amountMinor: number }>(
      "SELECT payout_id AS payoutId, amount_minor AS amountMinor FROM posting WHERE account = 'drawer' AND payout_id IS NOT NULL",
    )
    .all();
  const given = [...payouts.values()].filter((payout) => 'replacement' in payout && payout.replacement?.by === 'notes');
  const wrong = posted.filter(
    ({ payoutId, amountMinor }) => !given.some(({ id, amountMinor: owed }) => id === payoutId && owed === -amountMinor),
  );
  const problems = wrong.map(({ payoutId }) => `I5: the drawer paid for ${payoutId}, which no notes replaced`);
  return posted.length === given.length
    ? problems
    : [...problems, `I5: ${posted.length} postings for ${given.length} payouts`];
}
