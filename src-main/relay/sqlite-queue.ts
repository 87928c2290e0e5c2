/**
 * The queue in one SQLite file: for a single relay. WAL with a sync at every commit, so an accepted hint outlives a power cut.
 *
 * Errors  Throws an Error with words when the file cannot be opened, is another program's, or was written by a later version.
 */
import { randomBytes } from 'node:crypto';
import Database from 'better-sqlite3';
import { createBatches } from './batches.ts';
import { createBell, readCursor, readRow, writeCursor } from './queue.ts';
import type { HintPage, HintQueue, NewHint, Position, Row } from './queue.ts';

/** `VTRL` */
const APPLICATION_ID = 0x56_54_52_4c;
const VERSION = 1;
const BUSY_TIMEOUT_MS = 2_000;
const MOST_AT_ONCE = 500;

const SCHEMA = `
  CREATE TABLE mark (mark TEXT NOT NULL) STRICT;
  CREATE TABLE shop (name TEXT PRIMARY KEY, head INTEGER NOT NULL, expired_through INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE hint (
    shop TEXT NOT NULL REFERENCES shop (name),
    seq INTEGER NOT NULL,
    network TEXT NOT NULL,
    about TEXT NOT NULL,
    is_verified INTEGER NOT NULL,
    received_at_ms INTEGER NOT NULL,
    identity TEXT NOT NULL,
    PRIMARY KEY (shop, seq),
    UNIQUE (shop, identity)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX hint_by_age ON hint (received_at_ms);
`;

/** `path`: a file, made when missing. */
export function openSqliteQueue(path: string): HintQueue {
  const db = openFile(path);
  const mark = db.prepare<[], string>('SELECT mark FROM mark').pluck().get() ?? '';
  const statements = prepare(db);
  const bell = createBell();

  const write = db.transaction((hints: readonly NewHint[]) => hints.map((hint) => statements.insert(hint)));
  const batches = createBatches<NewHint, 'added' | 'duplicate'>(async (hints) => {
    const outcomes = write.immediate(hints);
    const shops = new Set(hints.filter((_hint, index) => outcomes[index] === 'added').map(({ shop }) => shop));
    for (const shop of shops) bell.look(shop);
    return outcomes;
  }, MOST_AT_ONCE);

  const read = db.transaction((shop: string, cursor: string | undefined, limit: number): HintPage => {
    const position = statements.position(shop);
    const seq = readCursor(cursor, mark, position);
    if (cursor === undefined || seq === undefined) return { kind: 'gap', cursor: writeCursor(mark, position.head) };
    const hints = statements.after(shop, seq, limit).map((row) => readRow(mark, row));
    return { kind: 'hints', hints, cursor: hints.at(-1)?.cursor ?? cursor };
  });

  return {
    add: (hint) => batches.add(hint),
    after: async (shop, cursor, limit) => read(shop, cursor, limit),
    onLook: bell.onLook,
    expire: async (beforeMs) => statements.expire(beforeMs),
    async check() {
      // Takes the lock that a write takes, and writes nothing.
      db.transaction(() => undefined).immediate();
    },
    async close() {
      await batches.idle();
      db.close();
    },
  };
}

function openFile(path: string): Database.Database {
  const db = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    db.pragma('trusted_schema = OFF');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    const version = Number(db.pragma('user_version', { simple: true }));
    const tables = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
    const isOurs = Number(db.pragma('application_id', { simple: true })) === APPLICATION_ID;
    if (!isOurs && tables > 0) throw new Error(`${path} is not a queue of the relay`);
    if (version > VERSION) throw new Error(`${path} was written by a later version of the relay`);
    if (version === 0) {
      db.transaction(() => {
        db.exec(SCHEMA);
        db.prepare('INSERT INTO mark (mark) VALUES (?)').run(randomBytes(6).toString('hex'));
        db.pragma(`application_id = ${APPLICATION_ID}`);
        db.pragma(`user_version = ${VERSION}`);
      }).immediate();
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

type StoredRow = Omit<Row, 'isVerified'> & Readonly<{ isVerified: 0 | 1 }>;

function prepare(db: Database.Database) {
  const raise = db
    .prepare<[string], number>(
      'INSERT INTO shop (name, head) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET head = head + 1 RETURNING head',
    )
    .pluck();
  const known = db.prepare<[string, string], 1>('SELECT 1 FROM hint WHERE shop = ? AND identity = ?').pluck();
  const insert = db.prepare<[string, number, string, string, number, number, string]>(
    `INSERT INTO hint (shop, seq, network, about, is_verified, received_at_ms, identity) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const position = db.prepare<[string], Position>(
    'SELECT head, expired_through AS expiredThrough FROM shop WHERE name = ?',
  );
  const after = db.prepare<[string, number, number], StoredRow>(
    `SELECT seq, network, about, is_verified AS isVerified, received_at_ms AS receivedAtMs
     FROM hint WHERE shop = ? AND seq > ? ORDER BY seq LIMIT ?`,
  );
  const markExpired = db.prepare<[number]>(
    `UPDATE shop SET expired_through = max(expired_through, old.seq)
     FROM (SELECT shop AS name, max(seq) AS seq FROM hint WHERE received_at_ms < ? GROUP BY shop) AS old
     WHERE shop.name = old.name`,
  );
  const forget = db.prepare<[number]>('DELETE FROM hint WHERE received_at_ms < ?');
  const expire = db.transaction((beforeMs: number) => {
    markExpired.run(beforeMs);
    return forget.run(beforeMs).changes;
  });

  return {
    insert({ shop, hint, isVerified, receivedAtMs, identity }: NewHint): 'added' | 'duplicate' {
      if (known.get(shop, identity) !== undefined) return 'duplicate';
      const seq = raise.get(shop) ?? 0;
      insert.run(shop, seq, hint.network, JSON.stringify(hint.subjects), isVerified ? 1 : 0, receivedAtMs, identity);
      return 'added';
    },
    position: (shop: string): Position => position.get(shop) ?? { head: 0, expiredThrough: 0 },
    after: (shop: string, seq: number, limit: number): readonly Row[] =>
      after.all(shop, seq, limit).map((row) => ({ ...row, isVerified: row.isVerified === 1 })),
    expire: (beforeMs: number): number => expire.immediate(beforeMs),
  };
}
