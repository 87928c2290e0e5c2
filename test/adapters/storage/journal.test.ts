import { createHash } from 'node:crypto';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';

import { createJournal } from '../../../src-main/adapters/storage/journal.ts';
import type { Journal, Verification } from '../../../src-main/adapters/storage/journal.ts';
import { canonical } from '../../../src-main/core/domain/canonical.ts';
import type { JournalEntry } from '../../../src-main/core/domain/journal-event.ts';
import { GENESIS_HASH } from '../../../src-main/core/domain/journal-event.ts';
import { wholeNumbers } from '../../support/random.ts';
import { DISPENSED, requested, SETTINGS, shiftOpened, step, untilHandingOver } from './events.ts';
import { openStore, temporaryDirectory } from './support.ts';

type Written = Readonly<{ journal: Journal; path: string; store: ReturnType<typeof openStore>['store'] }>;

function aMorning(cashOuts: number): Written {
  const path = join(temporaryDirectory(), 'till.db');
  const { db, store } = openStore(path);
  store.commit([
    { type: 'settings.changed', v: 1, settings: SETTINGS, source: 'test' },
    shiftOpened('s1', 1, 90_000_00),
  ]);
  for (let n = 1; n <= cashOuts; n += 1) {
    untilHandingOver(store, `c${n}`);
    store.commit([step(`c${n}`, DISPENSED)]);
  }
  return { journal: createJournal(db), path, store };
}

const SWAP_BODIES_5_AND_6 = `
  UPDATE journal SET body = (SELECT other.body FROM journal AS other WHERE other.seq = 11 - journal.seq) WHERE seq IN (5, 6)`;

/** Somebody with the file, the time and a tool: a connection of their own without our triggers. */
function intruder(path: string): Database.Database {
  const db = new Database(path);
  db.exec(
    'DROP TRIGGER journal_never_changes; DROP TRIGGER journal_never_shrinks; DROP TRIGGER journal_grows_at_its_end',
  );
  db.pragma('ignore_check_constraints = ON');
  db.pragma('foreign_keys = OFF');
  return db;
}

test('I4: each entry is hashed over its canonical encoding, and names the hash of the one before', () => {
  const { store } = aMorning(2);
  let prevHash = GENESIS_HASH;
  const entries = store.entries(1, 1000);
  expect(entries).toHaveLength(12);
  for (const [index, { hash, ...rest }] of entries.entries()) {
    expect(rest).toMatchObject({ seq: index + 1, prevHash });
    expect(hash).toBe(createHash('sha256').update(canonical(rest)).digest('hex'));
    prevHash = hash;
  }
  expect(store.head()).toEqual({ seq: 12, hash: prevHash });
});

test('I4: entries are neither changed, nor removed, nor replaced, nor put in between', () => {
  const { path } = aMorning(1);
  const db = new Database(path);
  const columns = 'seq, at_ms, subject, type, v, body, prev_hash, hash';
  expect(() => db.prepare('UPDATE journal SET at_ms = at_ms + 1 WHERE seq = 3').run()).toThrow(/I4: .* never changes/);
  expect(() => db.prepare('DELETE FROM journal WHERE seq = 7').run()).toThrow(/I4: the journal never shrinks/);
  expect(() => db.prepare(`REPLACE INTO journal SELECT ${columns} FROM journal WHERE seq = 3`).run()).toThrow(/I4: /);
  const insert = db.prepare(
    `INSERT INTO journal SELECT ?, at_ms, subject, type, v, body, prev_hash, hash FROM journal WHERE seq = 1`,
  );
  expect(() => insert.run(9)).toThrow(/I4: the journal grows only at its end/);
  expect(() => insert.run(-1)).toThrow(/I4: the journal grows only at its end/);
  db.close();
});

test('I4: a change of any one byte in any column of any entry is found, at the entry where it is', () => {
  const { path, journal } = aMorning(8);
  const db = intruder(path);
  const entries = Number(db.prepare('SELECT count(*) FROM journal').pluck().get());
  const next = wholeNumbers(20_260_101);
  const texts = ['subject', 'type', 'body', 'prev_hash', 'hash'] as const;
  let changes = 0;

  for (const column of texts) {
    const read = db.prepare<[number], Buffer>(`SELECT CAST(${column} AS BLOB) FROM journal WHERE seq = ?`).pluck();
    const write = db.prepare<[Buffer, number]>(`UPDATE journal SET ${column} = CAST(? AS TEXT) WHERE seq = ?`);
    for (let round = 0; round < 120; round += 1) {
      const seq = 1 + next(entries);
      const original = read.get(seq);
      if (!original || original.length === 0) continue;
      const changed = Buffer.from(original);
      const place = next(changed.length);
      changed[place] = (original[place] ?? 0) ^ (1 + next(255));
      write.run(changed, seq);
      expect(journal.verify(), `${column} of ${seq}, byte ${place}`).toMatchObject({ sound: false, seq });
      write.run(original, seq);
      changes += 1;
    }
  }
  expect(changes).toBeGreaterThan(550);
  expect(journal.verify()).toMatchObject({ sound: true, checked: entries });
  db.close();
});

test('I4: a change of any one byte of a number is found too', () => {
  const { path, journal } = aMorning(6);
  const db = intruder(path);
  const entries = Number(db.prepare('SELECT count(*) FROM journal').pluck().get());
  const next = wholeNumbers(7);
  let changes = 0;

  for (const column of ['seq', 'at_ms', 'v'] as const) {
    const read = db.prepare<[number], bigint>(`SELECT ${column} FROM journal WHERE seq = ?`).pluck().safeIntegers();
    const write = db.prepare<[bigint, bigint]>(`UPDATE OR IGNORE journal SET ${column} = ? WHERE seq = ?`);
    for (let round = 0; round < 100; round += 1) {
      const seq = 1 + next(entries);
      const original = read.get(seq) ?? 0n;
      const changed = BigInt.asIntN(64, original ^ (BigInt(1 + next(255)) << BigInt(8 * next(8))));
      // A number that another entry has cannot be taken.
      if (write.run(changed, BigInt(seq)).changes === 0) continue;
      expect(journal.verify(), `${column} of ${seq}: ${changed}`).toMatchObject({ sound: false });
      write.run(original, column === 'seq' ? changed : BigInt(seq));
      changes += 1;
    }
  }
  expect(changes).toBeGreaterThan(250);
  expect(journal.verify()).toMatchObject({ sound: true, checked: entries });
  db.close();
});

test('I4: an entry that was taken out, moved or relabelled is named with what is wrong', () => {
  const { path, journal } = aMorning(2);
  const db = intruder(path);
  const undo = (change: string): Verification => {
    db.exec(`SAVEPOINT untouched; ${change}`);
    const found = createJournal(db).verify();
    db.exec('ROLLBACK TO untouched; RELEASE untouched');
    return found;
  };

  expect(undo('DELETE FROM journal WHERE seq = 5')).toMatchObject({ seq: 5, kind: 'gap' });
  expect(undo('DELETE FROM journal WHERE seq = 1')).toMatchObject({ seq: 1, kind: 'gap' });
  expect(undo(SWAP_BODIES_5_AND_6)).toMatchObject({ seq: 5, kind: 'changed' });
  expect(undo("UPDATE journal SET type = 'cash-out.step' WHERE seq = 2")).toMatchObject({
    seq: 2,
    kind: 'wrong-label',
  });
  expect(undo('UPDATE journal SET v = 2 WHERE seq = 2')).toMatchObject({ seq: 2, kind: 'wrong-label' });
  expect(undo("UPDATE journal SET prev_hash = 'x' WHERE seq = 4")).toMatchObject({ seq: 4, kind: 'wrong-link' });
  expect(undo("UPDATE journal SET body = ' ' || body WHERE seq = 4")).toMatchObject({ seq: 4, kind: 'changed' });
  expect(undo("UPDATE journal SET body = 'null' WHERE seq = 4")).toMatchObject({ seq: 4, kind: 'changed' });
  expect(journal.verify()).toMatchObject({ sound: true });
  db.close();
});

test('I4: an entry rewritten with a hash that fits it breaks the link of the next one', () => {
  const { path, journal, store } = aMorning(1);
  const db = intruder(path);
  const [entry] = store.entries(3, 1);
  if (!entry) throw new Error('no third entry');
  const { hash: _, ...rest } = { ...entry, atMs: entry.atMs - 60_000 };
  const forged = createHash('sha256').update(canonical(rest)).digest('hex');
  db.prepare('UPDATE journal SET at_ms = ?, hash = ? WHERE seq = 3').run(rest.atMs, forged);
  expect(journal.verify()).toMatchObject({ sound: false, seq: 4, kind: 'wrong-link' });
  db.close();
});

test('I4: bytes that only decode to the same text are found', () => {
  const path = join(temporaryDirectory(), 'till.db');
  const { db, store } = openStore(path);
  store.commit([shiftOpened(), requested('c1', { cashierName: 'lost \ufffd sign' })]);
  const outside = intruder(path);
  const bytes = outside.prepare<[], Buffer>('SELECT CAST(body AS BLOB) FROM journal WHERE seq = 2').pluck().get();
  const place = bytes?.indexOf('\ufffd') ?? -1;
  const changed = Buffer.concat([
    bytes?.subarray(0, place) ?? Buffer.of(),
    Buffer.of(0xff),
    bytes?.subarray(place + 3) ?? Buffer.of(),
  ]);
  expect(changed.toString()).toBe(bytes?.toString());
  outside.prepare('UPDATE journal SET body = CAST(? AS TEXT) WHERE seq = 2').run(changed);
  expect(createJournal(db).verify()).toMatchObject({ sound: false, seq: 2, kind: 'changed' });
  outside.close();
});

test('I4: an entry put before the beginning is found', () => {
  const { path, journal } = aMorning(1);
  const db = intruder(path);
  db.exec('UPDATE journal SET seq = -7 WHERE seq = 7');
  expect(journal.verify()).toMatchObject({ sound: false, seq: -7, kind: 'gap' });
  db.close();
});

test('I4: a body that is not canonical is refused even under a hash that fits it', () => {
  const { path, journal, store } = aMorning(1);
  const db = intruder(path);
  const last = store.entries(7, 1)[0];
  if (!last) throw new Error('no seventh entry');
  const { hash: _, ...rest } = last;
  const loose = canonical(rest.event).replace('{', '{ ');
  const forged = createHash('sha256')
    .update(canonical(rest).replace(canonical(rest.event), loose))
    .digest('hex');
  db.prepare('UPDATE journal SET body = ?, hash = ? WHERE seq = 7').run(loose, forged);
  expect(journal.verify()).toMatchObject({ sound: false, seq: 7, kind: 'changed' });
  db.close();
});

test('a missing tail is seen against a head that is known from paper', () => {
  const { path, journal, store } = aMorning(1);
  const head = store.head();
  expect(journal.verify()).toMatchObject({ sound: true, head });
  const db = intruder(path);
  db.exec('DELETE FROM journal WHERE seq > 5');
  expect(journal.verify()).toMatchObject({ sound: true, head: { seq: 5 } });
  db.close();
});

test('a long journal is checked a piece at a time', () => {
  const { journal, store } = aMorning(3);
  const first = journal.verify(1, 10);
  expect(first).toMatchObject({ sound: true, checked: 10, head: { seq: 10 } });
  expect(journal.verify(11, 100)).toMatchObject({ sound: true, checked: 7, head: store.head() });
  expect(journal.verify(18)).toMatchObject({ sound: true, checked: 0, head: store.head() });
  expect(journal.verify(99)).toMatchObject({ sound: false, seq: 99, kind: 'gap' });
});

test('the export is one canonical line for each entry, which any SHA-256 can check, while the till goes on', () => {
  const { journal, store } = aMorning(120);
  const lines: string[] = [];
  for (const line of journal.exportLines()) {
    if (lines.length === 3) store.commit([requested('late')]);
    lines.push(line);
  }
  const entries = lines.map((line) => JSON.parse(line) as JournalEntry);
  expect(entries).toEqual(store.entries(1, 10_000));
  expect(entries.at(-1)?.subject).toBe('late');
  expect(lines.every((line) => line === canonical(JSON.parse(line)))).toBe(true);
  expect([...journal.exportLines(entries.length)]).toHaveLength(1);
  expect([...journal.exportLines(3, 5)]).toEqual(lines.slice(2, 5));
});
