/**
 * The queue in PostgreSQL: for several relays that serve the same shops.
 *
 * Order    Numbers are given out by the shop's own row, raised in the very statement that inserts. Its lock is held to the commit, so hints of
 *          a shop become readable in the order of their numbers; a sequence would let a later number be read before an earlier one, and a
 *          cursor would step over the late one for good.
 * Telling  NOTIFY says "look" and nothing else. Whoever is told, or reconnects, or has not been told for a while, reads by cursor: a lost
 *          notification costs time, never a hint.
 *
 * Source   PostgreSQL manual: INSERT (ON CONFLICT), explicit locking, LISTEN and NOTIFY.
 * Errors   Opening rejects when the database cannot be reached or was written by a later version.
 */
import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';
import { createBatches } from './batches.ts';
import type { Batches } from './batches.ts';
import { createBell, readCursor, readRow, writeCursor } from './queue.ts';
import type { HintPage, HintQueue, NewHint, Row } from './queue.ts';
import { listenForever } from './postgres-listener.ts';

const VERSION = '1';
/** Any number that no other program takes: `VTRL` and which lock. */
const SCHEMA_LOCK = '6216482010000001';
const EXPIRY_LOCK = '6216482010000002';
const CONNECTIONS_MAX = 8;
const CONNECT_WITHIN_MS = 5_000;
const STATEMENT_WITHIN_MS = 10_000;
const MOST_AT_ONCE = 500;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS relay_about (name text PRIMARY KEY, value text NOT NULL);
  CREATE TABLE IF NOT EXISTS relay_shop (name text PRIMARY KEY, head bigint NOT NULL, expired_through bigint NOT NULL DEFAULT 0);
  CREATE TABLE IF NOT EXISTS relay_hint (
    shop text NOT NULL REFERENCES relay_shop (name),
    seq bigint NOT NULL,
    network text NOT NULL,
    about text NOT NULL,
    is_verified boolean NOT NULL,
    received_at_ms bigint NOT NULL,
    identity text NOT NULL,
    PRIMARY KEY (shop, seq),
    UNIQUE (shop, identity)
  );
  CREATE INDEX IF NOT EXISTS relay_hint_by_age ON relay_hint (received_at_ms);
`;

/** $1 shop, $2 hints as JSON, $3 how many. The outer select runs once for each row that was new. */
const ADD = `
  WITH incoming AS (
    SELECT item, position FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS list (item, position)
  ), taken AS (
    INSERT INTO relay_shop AS shop (name, head) VALUES ($1, $3::bigint)
    ON CONFLICT (name) DO UPDATE SET head = shop.head + $3::bigint
    RETURNING head - $3::bigint AS base
  ), added AS (
    INSERT INTO relay_hint (shop, seq, network, about, is_verified, received_at_ms, identity)
    SELECT $1, base + position, item ->> 'network', item ->> 'about', (item ->> 'isVerified')::boolean,
           (item ->> 'receivedAtMs')::bigint, item ->> 'identity'
    FROM incoming, taken ORDER BY position
    ON CONFLICT (shop, identity) DO NOTHING
    RETURNING seq
  )
  SELECT (seq - base)::int AS position, pg_notify('ventanilla_hints', 'look') FROM added, taken
`;

/** One statement, one view of the database: what is kept, what was forgotten, and the hints fit together. */
const AFTER = `
  SELECT shop.head, shop.expired_through, hint.seq, hint.network, hint.about, hint.is_verified, hint.received_at_ms
  FROM relay_shop AS shop
  LEFT JOIN LATERAL (
    SELECT * FROM relay_hint WHERE relay_hint.shop = shop.name AND seq > $2 ORDER BY seq LIMIT $3
  ) AS hint ON true
  WHERE shop.name = $1 ORDER BY hint.seq
`;

const EXPIRE = `
  WITH gone AS (DELETE FROM relay_hint WHERE received_at_ms < $1 RETURNING shop, seq),
  last AS (SELECT shop, max(seq) AS seq, count(*) AS pieces FROM gone GROUP BY shop)
  UPDATE relay_shop SET expired_through = greatest(expired_through, last.seq) FROM last WHERE name = last.shop
  RETURNING last.pieces
`;

export type PostgresQueueOptions = Readonly<{
  url: string;
  /** The line to the database broke or came back; words without secrets. */
  onLine?: (state: 'lost' | 'back', words: string) => void;
}>;

export async function openPostgresQueue({ url, onLine }: PostgresQueueOptions): Promise<HintQueue> {
  const connection = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    keepAlive: true,
    application_name: 'ventanilla-relay',
  };
  const pool = new Pool({
    ...connection,
    max: CONNECTIONS_MAX,
    statement_timeout: STATEMENT_WITHIN_MS,
    query_timeout: STATEMENT_WITHIN_MS,
  });
  // An idle connection broke; the next query opens another.
  pool.on('error', () => undefined);
  const mark = await prepare(pool).catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });
  const bell = createBell();
  const listener = listenForever({ connect: () => new Client(connection), look: () => bell.look(), onLine });
  const batches = new Map<string, Batches<NewHint, 'added' | 'duplicate'>>();

  function batchesOf(shop: string): Batches<NewHint, 'added' | 'duplicate'> {
    const found = batches.get(shop) ?? createBatches((hints) => write(pool, shop, hints), MOST_AT_ONCE);
    batches.set(shop, found);
    return found;
  }

  return {
    async add(hint) {
      const outcome = await batchesOf(hint.shop).add(hint);
      // The other relays hear of it from the database; this one should not depend on that line.
      if (outcome === 'added') bell.look(hint.shop);
      return outcome;
    },
    after: (shop, cursor, limit) => read(pool, mark, { shop, cursor, limit }),
    onLook: bell.onLook,
    expire: (beforeMs) => expire(pool, beforeMs),
    async check() {
      await pool.query('SELECT 1');
    },
    async close() {
      await Promise.all([...batches.values()].map((each) => each.idle()));
      await listener.stop();
      await pool.end();
    },
  };
}

/** Answers the queue's mark. Several relays may start at the same moment. */
async function prepare(pool: Pool): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [SCHEMA_LOCK]);
    await client.query(SCHEMA);
    const keep = 'INSERT INTO relay_about (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING';
    await client.query(keep, ['version', VERSION]);
    await client.query(keep, ['mark', randomBytes(6).toString('hex')]);
    const { rows } = await client.query<{ name: string; value: string }>('SELECT name, value FROM relay_about');
    await client.query('COMMIT');
    const about = new Map(rows.map(({ name, value }) => [name, value]));
    const version = about.get('version');
    if (version !== VERSION) throw new Error(`the queue was written by version ${version ?? '?'} of the relay`);
    return about.get('mark') ?? '';
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function write(pool: Pool, shop: string, hints: readonly NewHint[]): Promise<readonly ('added' | 'duplicate')[]> {
  const items = hints.map(({ hint, isVerified, receivedAtMs, identity }) => ({
    network: hint.network,
    about: JSON.stringify(hint.subjects),
    isVerified,
    receivedAtMs,
    identity,
  }));
  const { rows } = await pool.query<{ position: number }>(ADD, [shop, JSON.stringify(items), hints.length]);
  const added = new Set(rows.map(({ position }) => position));
  return hints.map((_hint, index) => (added.has(index + 1) ? 'added' : 'duplicate'));
}

/** 64-bit numbers come as text; ours stay far below 2^53. */
type WireRow = Readonly<{
  head: string;
  expired_through: string;
  seq: string | null;
  network: Row['network'];
  about: string;
  is_verified: boolean;
  received_at_ms: string;
}>;

async function read(
  pool: Pool,
  mark: string,
  asked: Readonly<{ shop: string; cursor: string | undefined; limit: number }>,
): Promise<HintPage> {
  const { shop, cursor, limit } = asked;
  const from = readCursor(cursor, mark, { head: Number.MAX_SAFE_INTEGER, expiredThrough: 0 });
  const { rows } = await pool.query<WireRow>(AFTER, [shop, from ?? Number.MAX_SAFE_INTEGER, limit]);
  const [first] = rows;
  const position = { head: Number(first?.head ?? 0), expiredThrough: Number(first?.expired_through ?? 0) };
  if (cursor === undefined || readCursor(cursor, mark, position) === undefined) {
    return { kind: 'gap', cursor: writeCursor(mark, position.head) };
  }
  const hints = rows
    .filter(({ seq }) => seq !== null)
    .map(({ seq, network, about, is_verified: isVerified, received_at_ms: received }) =>
      readRow(mark, { seq: Number(seq), network, about, isVerified, receivedAtMs: Number(received) }),
    );
  return { kind: 'hints', hints, cursor: hints.at(-1)?.cursor ?? cursor };
}

/** One relay at a time; the others leave it to that one. */
async function expire(pool: Pool, beforeMs: number): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows: locks } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [
      EXPIRY_LOCK,
    ]);
    const gone = locks[0]?.mine === true ? await client.query<{ pieces: string }>(EXPIRE, [beforeMs]) : { rows: [] };
    await client.query('COMMIT');
    return gone.rows.reduce((sum, { pieces }) => sum + Number(pieces), 0);
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
