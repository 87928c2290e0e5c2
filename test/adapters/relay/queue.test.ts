/** The relay's queue of hints: one suite, over SQLite and over a real PostgreSQL. */
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openPostgresQueue } from '../../../src-main/relay/postgres-queue.ts';
import { identityOf } from '../../../src-main/relay/queue.ts';
import type { HintPage, HintQueue, NewHint } from '../../../src-main/relay/queue.ts';
import { openSqliteQueue } from '../../../src-main/relay/sqlite-queue.ts';
import { createPostgresCluster } from '../../support/postgres-cluster.ts';
import type { PostgresCluster } from '../../support/postgres-cluster.ts';
import { temporaryDirectory } from '../system/temporary-directory.ts';

let cluster: PostgresCluster;
let databases = 0;

beforeAll(async () => {
  cluster = await createPostgresCluster();
});
afterAll(() => cluster.close());

const newDatabase = (): Promise<string> => cluster.makeDatabase(`hints_${(databases += 1)}`);

/** Opens the same queue again and again, as relays do after a restart. */
type Place = () => Promise<HintQueue>;

async function sqlitePlace(): Promise<Place> {
  const file = path.join(temporaryDirectory(), 'hints.db');
  return async () => openSqliteQueue(file);
}

async function postgresPlace(): Promise<Place> {
  const url = await newDatabase();
  return () => openPostgresQueue({ url });
}

async function opened(place: Place): Promise<HintQueue> {
  const queue = await place();
  onTestFinished(() => queue.close());
  return queue;
}

function hintOf(name: string, change: Partial<NewHint> = {}): NewHint {
  return {
    shop: 'centro',
    hint: { network: 'mercadopago-orders', subjects: { orderId: name } },
    isVerified: true,
    receivedAtMs: 1_000,
    identity: identityOf(name),
    ...change,
  };
}

function namesIn(page: HintPage): readonly (string | undefined)[] {
  return page.kind === 'gap' ? ['gap'] : page.hints.map(({ hint }) => hint.subjects.orderId);
}

async function beginning(queue: HintQueue, shop = 'centro'): Promise<string> {
  return (await queue.after(shop, undefined, 10)).cursor;
}

describe.each([
  ['SQLite', sqlitePlace],
  ['PostgreSQL', postgresPlace],
] as const)('a queue in %s', (_name, makePlace) => {
  test('a hint is read once, by everybody who reads on from a cursor', async () => {
    const queue = await opened(await makePlace());
    const start = await beginning(queue);
    expect(await queue.add(hintOf('A', { hint: { network: 'tupay', subjects: { externalReference: 'T07' } } }))).toBe(
      'added',
    );
    const first = await queue.after('centro', start, 10);
    expect(first).toEqual({
      kind: 'hints',
      hints: [
        {
          cursor: first.cursor,
          hint: { network: 'tupay', subjects: { externalReference: 'T07' } },
          isVerified: true,
          receivedAtMs: 1_000,
        },
      ],
      cursor: first.cursor,
    });
    expect(await queue.after('centro', first.cursor, 10)).toEqual({ kind: 'hints', hints: [], cursor: first.cursor });
    expect(await queue.after('centro', start, 10)).toEqual(first);
  });

  test('pages follow one another in order', async () => {
    const queue = await opened(await makePlace());
    let { cursor } = await queue.after('centro', undefined, 10);
    for (const name of ['A', 'B', 'C', 'D', 'E']) await queue.add(hintOf(name));
    const seen = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const page = await queue.after('centro', cursor, 2);
      seen.push(namesIn(page));
      cursor = page.cursor;
    }
    expect(seen).toEqual([['A', 'B'], ['C', 'D'], ['E'], []]);
  });

  test('each shop has a line of its own', async () => {
    const queue = await opened(await makePlace());
    const [centro, norte] = [await beginning(queue), await beginning(queue, 'norte')];
    await queue.add(hintOf('A'));
    await queue.add(hintOf('A', { shop: 'norte' }));
    await queue.add(hintOf('B', { shop: 'norte' }));
    expect(namesIn(await queue.after('centro', centro, 10))).toEqual(['A']);
    expect(namesIn(await queue.after('norte', norte, 10))).toEqual(['A', 'B']);
  });

  test('a duplicate is told as such, is not queued, and wakes nobody', async () => {
    const queue = await opened(await makePlace());
    const start = await beginning(queue);
    expect(await Promise.all([queue.add(hintOf('A')), queue.add(hintOf('A')), queue.add(hintOf('B'))])).toEqual([
      'added',
      'duplicate',
      'added',
    ]);
    const { promise: quiet, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, 200);
    await quiet; // PostgreSQL's own word of the first two may still be under way.
    const looks: unknown[] = [];
    queue.onLook((shop) => looks.push(shop));
    expect(await queue.add(hintOf('A', { receivedAtMs: 2_000 }))).toBe('duplicate');
    await new Promise((done) => setTimeout(done, 200));
    expect(looks).toEqual([]);
    expect(namesIn(await queue.after('centro', start, 10))).toEqual(['A', 'B']);
  });

  test('after a restart the cursor goes on where it was, and duplicates are still known', async () => {
    const place = await makePlace();
    const before = await place();
    const start = await beginning(before);
    await before.add(hintOf('A'));
    const { cursor } = await before.after('centro', start, 10);
    await before.add(hintOf('B'));
    await before.close();
    const queue = await opened(place);
    expect(await queue.add(hintOf('A'))).toBe('duplicate');
    await queue.add(hintOf('C'));
    expect(namesIn(await queue.after('centro', cursor, 10))).toEqual(['B', 'C']);
  });

  test('what expired unread is a gap, what expired after it was read is none', async () => {
    const queue = await opened(await makePlace());
    const start = await beginning(queue);
    for (const [index, name] of ['A', 'B', 'C'].entries())
      await queue.add(hintOf(name, { receivedAtMs: index * 1_000 }));
    const two = await queue.after('centro', start, 2);
    expect(await queue.expire(2_000)).toBe(2);
    expect(namesIn(await queue.after('centro', start, 10))).toEqual(['gap']);
    expect(namesIn(await queue.after('centro', two.cursor, 10))).toEqual(['C']);
    const page = await queue.after('centro', start, 10);
    expect(namesIn(await queue.after('centro', page.cursor, 10))).toEqual([]);
    expect(await queue.expire(2_000)).toBe(0);
    expect(await queue.expire(9_000)).toBe(1);
    expect(namesIn(await queue.after('centro', page.cursor, 10))).toEqual([]);
    expect(await queue.add(hintOf('A'))).toBe('added');
    expect(namesIn(await queue.after('centro', page.cursor, 10))).toEqual(['A']);
  });

  test.each(['', 'x', '-1', '000000000000-0', '000000000000-99999999999999999999', "'; DROP TABLE hint; --"])(
    'a cursor that is not this queue’s is a gap: %s',
    async (cursor) => {
      const queue = await opened(await makePlace());
      await queue.add(hintOf('A'));
      const page = await queue.after('centro', cursor, 10);
      expect(namesIn(page)).toEqual(['gap']);
      expect(namesIn(await queue.after('centro', page.cursor, 10))).toEqual([]);
    },
  );

  test('a cursor from beyond the end, as after a restored backup, is a gap', async () => {
    const queue = await opened(await makePlace());
    const [mark] = (await beginning(queue)).split('-');
    await queue.add(hintOf('A'));
    expect(namesIn(await queue.after('centro', `${mark}-2`, 10))).toEqual(['gap']);
    expect(namesIn(await queue.after('centro', `${mark}-1`, 10))).toEqual([]);
  });

  test('those who listen are told of a new hint, and only of the shops they hear', async () => {
    const queue = await opened(await makePlace());
    const told: (string | undefined)[] = [];
    const stop = queue.onLook((shop) => told.push(shop));
    await queue.add(hintOf('A'));
    expect(told).toContain('centro');
    stop();
    const count = told.length;
    await queue.add(hintOf('B'));
    expect(told).toHaveLength(count);
  });

  test('many at once are all there, in one order for all readers', async () => {
    const queue = await opened(await makePlace());
    const start = await beginning(queue);
    const names = Array.from({ length: 300 }, (_none, index) => `N${index}`);
    const outcomes = await Promise.all(names.map((name) => queue.add(hintOf(name))));
    expect(new Set(outcomes)).toEqual(new Set(['added']));
    const page = await queue.after('centro', start, 1_000);
    expect(new Set(namesIn(page))).toEqual(new Set(names));
    expect(await queue.after('centro', start, 1_000)).toEqual(page);
    await expect(queue.check()).resolves.toBeUndefined();
  });
});

async function writeMany(queue: HintQueue, which: number): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) {
    await Promise.all([0, 1, 2].map((piece) => queue.add(hintOf(`${which}-${turn}-${piece}`))));
  }
}

test('a reader steps over nothing while several relays write at once', async () => {
  const url = await newDatabase();
  const relays = await Promise.all([0, 1, 2].map(() => opened(() => openPostgresQueue({ url }))));
  const [reader] = relays;
  if (!reader) throw new Error('no relay');
  let { cursor } = await reader.after('centro', undefined, 10);
  const seen: string[] = [];
  let isWriting = true;
  async function read(queue: HintQueue): Promise<void> {
    for (;;) {
      const wasWriting = isWriting;
      const page = await queue.after('centro', cursor, 7);
      if (page.kind === 'gap') throw new Error('a gap, and nothing expired');
      cursor = page.cursor;
      seen.push(...page.hints.map(({ hint }) => hint.subjects.orderId ?? ''));
      if (page.hints.length === 0 && !wasWriting) return;
    }
  }
  const reading = read(reader);
  await Promise.all(relays.map(writeMany));
  isWriting = false;
  await reading;
  expect(seen).toHaveLength(3 * 60 * 3);
  expect(new Set(seen).size).toBe(seen.length);
});

test('a hint that commits late holds the later ones back, so that no cursor passes it', async () => {
  const url = await newDatabase();
  const queue = await opened(() => openPostgresQueue({ url }));
  const start = await beginning(queue);
  await queue.add(hintOf('A'));
  const slow = new Client({ connectionString: url });
  await slow.connect();
  onTestFinished(() => slow.end());
  await slow.query('BEGIN');
  await slow.query("UPDATE relay_shop SET head = head + 1 WHERE name = 'centro'");
  await slow.query(
    `INSERT INTO relay_hint SELECT 'centro', 2, 'mercadopago-orders', '{"orderId":"SLOW"}', true, 1000, 'slow'`,
  );
  let isAdded = false;
  const adding = queue.add(hintOf('LATER')).then(() => (isAdded = true));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(isAdded).toBe(false);
  const page = await queue.after('centro', start, 10);
  expect(namesIn(page)).toEqual(['A']);
  // Another shop does not wait for this one.
  expect(await queue.add(hintOf('A', { shop: 'norte' }))).toBe('added');
  await slow.query('COMMIT');
  await adding;
  expect(namesIn(await queue.after('centro', page.cursor, 10))).toEqual(['SLOW', 'LATER']);
});

test('another relay hears of a hint; when its line was cut, it looks again as soon as it listens', async () => {
  const url = await newDatabase();
  const line: string[] = [];
  const writer = await opened(() => openPostgresQueue({ url }));
  const hearer = await opened(() => openPostgresQueue({ url, onLine: (state) => line.push(state) }));
  let looks = 0;
  hearer.onLook(() => (looks += 1));
  await expect.poll(() => looks).toBeGreaterThan(0); // It listens.
  const before = looks;
  await writer.add(hintOf('A'));
  await expect.poll(() => looks).toBeGreaterThan(before);

  const knife = new Client({ connectionString: url });
  await knife.connect();
  onTestFinished(() => knife.end());
  const cut =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query IN ('LISTEN ventanilla_hints', 'SELECT 1') AND pid <> pg_backend_pid()";
  const looksAtCut = looks;
  await knife.query(cut);
  await expect.poll(() => line).toEqual(['lost']);
  await writer.add(hintOf('B')); // Nobody listens now.
  await expect.poll(() => line).toEqual(['lost', 'back']);
  expect(looks).toBeGreaterThan(looksAtCut);
});

test('while the database is away nothing is accepted; when it is back, what was accepted is there', async () => {
  const own = await createPostgresCluster();
  onTestFinished(() => own.close());
  const url = await own.makeDatabase('hints');
  const queue = await openPostgresQueue({ url });
  onTestFinished(() => queue.close());
  const start = await beginning(queue);
  await queue.add(hintOf('A'));
  await own.crash();
  await expect(queue.add(hintOf('B'))).rejects.toThrow(/connect|terminat/i);
  await expect(queue.check()).rejects.toThrow(/connect|terminat/i);
  await own.start();
  await expect.poll(() => queue.add(hintOf('B')).catch(() => 'away')).toBe('added');
  expect(namesIn(await queue.after('centro', start, 10))).toEqual(['A', 'B']);
});

test('several relays may open a new queue at the same moment, and share its cursors', async () => {
  const url = await newDatabase();
  const queues = await Promise.all([0, 1, 2, 3].map(() => opened(() => openPostgresQueue({ url }))));
  const cursors = await Promise.all(queues.map((queue) => beginning(queue)));
  expect(new Set(cursors).size).toBe(1);
});

test('a file that is another program’s, and a database of a later relay, are left alone', async () => {
  const { default: Database } = await import('better-sqlite3');
  const file = path.join(temporaryDirectory(), 'other.db');
  new Database(file).exec('CREATE TABLE till (id TEXT)').close();
  expect(() => openSqliteQueue(file)).toThrow('is not a queue of the relay');
  const url = await newDatabase();
  await (await openPostgresQueue({ url })).close();
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("UPDATE relay_about SET value = '2' WHERE name = 'version'");
  await client.end();
  await expect(openPostgresQueue({ url })).rejects.toThrow('version 2');
});
