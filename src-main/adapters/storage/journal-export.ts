/**
 * A part of the journal as one file that can be checked without the till: a header, then the entries as they were hashed.
 * The format is docs/journal-format.md; `assets/verifier/verify-journal.mjs` checks it and shares no code with this.
 */
import { hash } from 'node:crypto';

import { canonical } from '../../core/domain/canonical.ts';
import { GENESIS_HASH } from '../../core/domain/journal-event.ts';
import type { JournalHead } from '../../core/domain/journal-event.ts';
import type { Result } from '../../core/domain/result.ts';
import { err, ok } from '../../core/domain/result.ts';
import type { SqliteDatabase } from './database.ts';
import { createJournal } from './journal.ts';

/** `shift`: its number or id, from the entry after the close before it to its own close, so that exports of shifts join without a gap. */
export type ExportRange = Readonly<{ fromSeq?: number; toSeq?: number }> | Readonly<{ shift: string }>;

export type ExportFacts = Readonly<{ till: Readonly<{ id: string; shop: string }>; madeAtMs: number }>;

export type JournalExport = Readonly<{ first: number; last: number; lines: () => Generator<string, void, undefined> }>;

type ShiftPlace = Readonly<{ id: string; number: number }>;
type Span = Readonly<{ first: number; last: number; shift?: ShiftPlace }>;

/** Errors in words: no such shift, no such entries. */
export function exportJournal(
  db: SqliteDatabase,
  range: ExportRange,
  facts: ExportFacts,
): Result<JournalExport, string> {
  const journal = createJournal(db);
  const span = 'shift' in range ? spanOfShift(db, range.shift, journal.head().seq) : spanOf(range, journal.head().seq);
  if (!span.ok) return span;
  const { first, last, shift } = span.value;
  const at = db.prepare<[number], JournalHead>('SELECT seq, hash FROM journal WHERE seq = ?');
  const lastEntry = at.get(last);
  const prevHash = first === 1 ? GENESIS_HASH : at.get(first - 1)?.hash;
  if (!lastEntry || prevHash === undefined) return err(`entry ${lastEntry ? first - 1 : last} is missing`);
  const header = headerLine({
    ...facts,
    ...(shift && { shift }),
    entries: last - first + 1,
    first: { seq: first, prevHash },
    last: lastEntry,
  });
  return ok({
    first,
    last,
    *lines() {
      yield header;
      yield* journal.exportLines(first, last);
    },
  });
}

/** The header vouches for itself: SHA-256 of the line as it would be without its `sha256`. */
function headerLine(facts: Readonly<Record<string, unknown>>): string {
  const line = `{"format":"ventanilla-journal","version":1,${canonical(facts).slice(1)}`;
  return `${line.slice(0, -1)},"sha256":"${hash('sha256', line)}"}`;
}

function spanOf({ fromSeq = 1, toSeq }: { fromSeq?: number; toSeq?: number }, headSeq: number): Result<Span, string> {
  if (headSeq === 0) return err('the journal is empty');
  if (fromSeq > headSeq || (toSeq ?? 0) > headSeq) return err(`the journal ends at ${headSeq}`);
  if (toSeq !== undefined && toSeq < fromSeq) return err(`${toSeq} stands before ${fromSeq}`);
  return ok({ first: fromSeq, last: toSeq ?? headSeq });
}

function spanOfShift(db: SqliteDatabase, asked: string, headSeq: number): Result<Span, string> {
  const find = db.prepare<[string, number], ShiftPlace & { closedSeq: number | null }>(
    'SELECT id, number, closed_seq AS closedSeq FROM shift WHERE id = ? OR number = ?',
  );
  const found = find.get(asked, /^\d{1,9}$/.test(asked) ? Number(asked) : -1);
  if (!found) return err(`no shift has the number or id ${asked}`);
  const { id, number, closedSeq } = found;
  const before = db
    .prepare<[number], number>('SELECT coalesce(max(closed_seq), 0) FROM shift WHERE number < ?')
    .pluck();
  return ok({ first: (before.get(number) ?? 0) + 1, last: closedSeq ?? headSeq, shift: { id, number } });
}
