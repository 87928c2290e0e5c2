/**
 * The journal: append-only, each entry chained to the one before by SHA-256 (I4).
 *
 * `hash` is over the canonical encoding of `{ atMs, event, prevHash, seq, subject }`; `body` is the event in that same encoding, so the bytes in
 * the file are the bytes that were hashed. Whoever has an export can check it with any SHA-256 and nothing of ours.
 */
import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';

import { canonical } from '../../core/domain/canonical.ts';
import { GENESIS_HASH } from '../../core/domain/journal-event.ts';
import type { JournalEntry, JournalEvent, JournalHead } from '../../core/domain/journal-event.ts';
import type { SqliteDatabase } from './database.ts';

export type Head = JournalHead;

/**
 * gap: an entry is missing before this one · wrong-link: it does not name the hash of the entry before · wrong-label: its type or version
 * column is not what its body says · changed: its bytes are not those that were hashed · wrong-head: a shift begins after a close that is
 * not in the journal.
 */
export type FlawKind = 'gap' | 'wrong-link' | 'wrong-label' | 'changed' | 'wrong-head';

/** `head`: the last entry that was checked. A missing tail is only seen against a head known from elsewhere, such as a Z report. */
export type Verification =
  | Readonly<{ sound: true; checked: number; head: Head }>
  | Readonly<{ sound: false; seq: number; kind: FlawKind; detail: string }>;

export interface Journal {
  /** Inside the caller's transaction. */
  append(event: JournalEvent, subject: string, atMs: number): JournalEntry;
  head(): Head;
  /** Belongs after every transaction that was not committed: the next append looks again at what is there. */
  undone(): void;
  entries(fromSeq: number, limit: number): readonly JournalEntry[];
  entriesAbout(subject: string): readonly JournalEntry[];
  /** Recomputes the chain from `fromSeq` on, at most `limit` entries: a long journal is checked a piece at a time. */
  verify(fromSeq?: number, limit?: number): Verification;
  /** Entries as lines of JSON without their line ends, one canonical entry each, read in pages so that commits go on meanwhile. */
  exportLines(fromSeq?: number, toSeq?: number): Generator<string, void, undefined>;
}

type Row = Readonly<{
  seq: number;
  atMs: number;
  subject: string;
  body: string;
  prevHash: string;
  hash: string;
}>;

/** Texts as bytes: text that is not valid UTF-8 would lose what was changed in it when it is decoded. */
type RawRow = Readonly<{
  seq: number;
  atMs: number;
  subject: Buffer;
  type: Buffer;
  v: number;
  body: Buffer;
  prevHash: Buffer;
  hash: Buffer;
}>;

const PAGE = 500;

const COLUMNS = 'seq, at_ms AS atMs, subject, body, prev_hash AS prevHash, hash';

const RAW_COLUMNS = `seq, at_ms AS atMs, CAST(subject AS BLOB) AS subject, CAST(type AS BLOB) AS type, v, CAST(body AS BLOB) AS body,
  CAST(prev_hash AS BLOB) AS prevHash, CAST(hash AS BLOB) AS hash`;

export function createJournal(db: SqliteDatabase): Journal {
  const insert = db.prepare<[number, number, string, string, number, string, string, string]>(
    'INSERT INTO journal (seq, at_ms, subject, type, v, body, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const last = db.prepare<[], Head>('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1');
  const at = db.prepare<[number], Head>('SELECT seq, hash FROM journal WHERE seq = ?');
  const from = db.prepare<[number, number], Row>(`SELECT ${COLUMNS} FROM journal WHERE seq >= ? ORDER BY seq LIMIT ?`);
  const about = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM journal WHERE subject = ? ORDER BY seq`);
  const rawFrom = db.prepare<[number, number], RawRow>(
    `SELECT ${RAW_COLUMNS} FROM journal WHERE seq >= ? ORDER BY seq LIMIT ?`,
  );
  const first = db.prepare<[], number | null>('SELECT min(seq) FROM journal').pluck();
  const head = (): Head => last.get() ?? { seq: 0, hash: GENESIS_HASH };
  /** What the last append left; whoever only reads is told what is in the file. */
  let known: Head | undefined;

  return {
    append(event, subject, atMs) {
      const before = known ?? head();
      const seq = before.seq + 1;
      const body = canonical(event);
      const entryHash = hash(
        'sha256',
        hashedText({ seq, atMs, subject: canonical(subject), body, prevHash: before.hash }),
      );
      insert.run(seq, atMs, subject, event.type, event.v, body, before.hash, entryHash);
      known = { seq, hash: entryHash };
      return { seq, atMs, subject, event, prevHash: before.hash, hash: entryHash };
    },
    head,
    undone: () => void (known = undefined),
    entries: (fromSeq, limit) => from.all(fromSeq, limit).map(readEntry),
    entriesAbout: (subject) => about.all(subject).map(readEntry),
    verify(fromSeq = 1, limit = Number.MAX_SAFE_INTEGER) {
      const before = fromSeq > 1 ? at.get(fromSeq - 1) : { seq: 0, hash: GENESIS_HASH };
      if (!before) return flaw(fromSeq, 'gap', `entry ${fromSeq - 1} is missing`);
      const firstSeq = first.get() ?? 1;
      if (firstSeq < 1) return flaw(firstSeq, 'gap', `entry ${firstSeq} stands before the beginning`);
      return verifyChain(before, limit, { page: (seq, count) => rawFrom.all(seq, count), at: (seq) => at.get(seq) });
    },
    *exportLines(fromSeq = 1, toSeq = Number.MAX_SAFE_INTEGER) {
      let next = fromSeq;
      while (next <= toSeq) {
        const rows = from.all(next, Math.min(PAGE, toSeq - next + 1));
        for (const row of rows) yield exportLine(row);
        const lastRow = rows.at(-1);
        if (!lastRow) return;
        next = lastRow.seq + 1;
      }
    },
  };
}

type Reads = Readonly<{
  page: (fromSeq: number, count: number) => readonly RawRow[];
  at: (seq: number) => Head | undefined;
}>;

function verifyChain(before: Head, limit: number, read: Reads): Verification {
  let head = before;
  let checked = 0;
  while (checked < limit) {
    const rows = read.page(head.seq + 1, Math.min(PAGE, limit - checked));
    if (rows.length === 0) break;
    for (const row of rows) {
      const found = flawIn(row, head, read);
      if (found) return found;
      head = { seq: row.seq, hash: row.hash.toString('latin1') };
      checked += 1;
    }
  }
  return { sound: true, checked, head };
}

function flawIn(row: RawRow, before: Head, read: Reads): Verification | undefined {
  const { seq } = row;
  if (seq !== before.seq + 1)
    return flaw(before.seq + 1, 'gap', `entry ${before.seq + 1} is missing; ${seq} comes next`);
  const body = row.body.toString('utf8');
  const subject = canonicalOf(row.subject.toString('utf8'));
  const event = readHeader(body);
  if (!event || subject === undefined) return flaw(seq, 'changed', `entry ${seq} cannot be read`);
  const text = hashedText({ seq, atMs: row.atMs, subject, body, prevHash: row.prevHash.toString('utf8') });
  const isDecodable = isUtf8(row.body) && isUtf8(row.subject) && isUtf8(row.prevHash);
  const isChanged = !isDecodable || hash('sha256', text) !== row.hash.toString('latin1');
  if (row.prevHash.toString('latin1') !== before.hash) {
    return flaw(seq, 'wrong-link', `entry ${seq} does not follow from entry ${before.seq}`);
  }
  if (isChanged) return flaw(seq, 'changed', `entry ${seq} is not what was hashed`);
  if (row.type.toString('latin1') !== event.type || row.v !== event.v) {
    return flaw(seq, 'wrong-label', `entry ${seq} is labelled ${row.type.toString('utf8')} v${row.v}, its body is not`);
  }
  const { previousHead } = event;
  if (previousHead && (previousHead.seq >= seq || read.at(previousHead.seq)?.hash !== previousHead.hash)) {
    return flaw(seq, 'wrong-head', `entry ${seq} begins a shift after a close ${previousHead.seq} that is not there`);
  }
  return undefined;
}

function flaw(seq: number, kind: FlawKind, detail: string): Verification {
  return { sound: false, seq, kind, detail };
}

/** Equal to `canonical({ seq, atMs, subject, event, prevHash })`, made from the parts that are canonical already. */
function hashedText(parts: { seq: number; atMs: number; subject: string; body: string; prevHash: string }): string {
  const { seq, atMs, subject, body, prevHash } = parts;
  return `{"atMs":${atMs},"event":${body},"prevHash":"${prevHash}","seq":${seq},"subject":${subject}}`;
}

function exportLine(row: Row): string {
  const { seq, atMs, body } = row;
  const own = canonical(row.hash);
  const prevHash = canonical(row.prevHash);
  return `{"atMs":${atMs},"event":${body},"hash":${own},"prevHash":${prevHash},"seq":${seq},"subject":${canonical(row.subject)}}`;
}

function readEntry(row: Row): JournalEntry {
  const { seq, atMs, subject, prevHash } = row;
  return { seq, atMs, subject, event: JSON.parse(row.body) as JournalEvent, prevHash, hash: row.hash };
}

/** Type and version as the body says them; undefined when it is not the canonical encoding of an object. */
function readHeader(body: string): { type: unknown; v: unknown; previousHead: Head | undefined } | undefined {
  try {
    const parsed = JSON.parse(body) as { type?: unknown; v?: unknown; previousHead?: Head } | null;
    if (typeof parsed !== 'object' || parsed === null || canonical(parsed) !== body) return undefined;
    const previousHead = parsed.type === 'shift.opened' ? parsed.previousHead : undefined;
    return { type: parsed.type, v: parsed.v, previousHead };
  } catch {
    return undefined;
  }
}

function canonicalOf(text: string): string | undefined {
  return text.isWellFormed() ? canonical(text) : undefined;
}
