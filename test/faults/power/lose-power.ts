/**
 * Power loss, on the bytes themselves (I4, I8).
 *
 * A story is told over a real database file, and after each commit the three files are kept as they are: synced, since a commit returns only
 * after the sync of its write-ahead log. Then, for each commit n → n+1, what the disk may hold had the power gone in between is made from the
 * two pictures and opened as the till opens it at a start:
 *
 *   while the log is begun anew    database as after n, log with its new header whole or in part        must be n
 *   while the log is written       database as after n, log with any mixture of old and new sectors     must be n or n+1, whole
 *   while a checkpoint is written  log as after n+1, database with any mixture of old and new sectors   must be n+1
 *
 * Between these there are syncs: of the log after its new header, of the log at the end of a commit, of the database at the end of a
 * checkpoint. The shared-memory file is never synced: it is left old, new, filled with noise or missing. Neither a state in between nor a file
 * that cannot be opened is ever right.
 *
 * Source  SQLite documentation: "Write-Ahead Logging", "WAL-mode File Format" (checksums, salts, recovery), PRAGMA synchronous (FULL).
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openDatabase } from '../../../src-main/adapters/storage/database.ts';
import type { SqliteDatabase } from '../../../src-main/adapters/storage/database.ts';
import { createJournal } from '../../../src-main/adapters/storage/journal.ts';
import { createTillStore } from '../../../src-main/adapters/storage/till-store.ts';
import { createSeededRandom } from '../../../src-main/simulators/seeded-random.ts';
import type { SeededRandom } from '../../../src-main/simulators/seeded-random.ts';
import { breaches } from '../../support/invariants.ts';
import type { ShopNetwork } from '../loops/faulty-shop.ts';
import type { Story } from '../loops/stories.ts';
import { tell } from '../loops/tell.ts';
import { putImage, takeImage } from './image.ts';
import type { Image } from './image.ts';
import { tornWrites } from './torn-writes.ts';
import type { Torn } from './torn-writes.ts';

export type Lost = Readonly<{
  commits: number;
  /** Commits in which a checkpoint was written. */
  checkpoints: number;
  openings: number;
  /** Openings that found the state before, and the one after. */
  before: number;
  after: number;
  wrong: readonly string[];
}>;

export type LossPlan = Readonly<{
  story: Story;
  network: ShopNetwork;
  seed: number;
  /** Mixtures for each commit, besides all and nothing. */
  mixtures: number;
  /** After how many pages of log the database is written; SQLite's own 1000 is not reached by one cash-out. */
  checkpointPages?: number;
  /** False: as if a log that is begun anew were not synced after its header. */
  isHeaderSynced?: boolean;
}>;

const MEMORY = '/dev/shm';

export async function losePower(plan: LossPlan): Promise<Lost> {
  // Bytes are looked at here, not a disk's speed: in memory where the machine has such a folder.
  const folder = mkdtempSync(path.join(existsSync(MEMORY) ? MEMORY : os.tmpdir(), 'ventanilla-power-'));
  try {
    const images = await imagesOf(plan, path.join(folder, 'till.db'));
    return replayLosses(plan, images, path.join(folder, 'torn.db'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One after each commit, the last after the program has closed the file. */
async function imagesOf(
  { story, network, checkpointPages }: LossPlan,
  databasePath: string,
): Promise<readonly Image[]> {
  const images: Image[] = [];
  const told = await tell(story, network, undefined, {
    databasePath,
    afterCommit(db) {
      images.push(takeImage(databasePath));
      if (checkpointPages !== undefined) db.pragma(`wal_autocheckpoint = ${checkpointPages}`);
    },
  });
  if (told.wrong.length > 0) throw new Error(told.wrong.join('\n'));
  images.push(takeImage(databasePath));
  return images;
}

type Tally = { checkpoints: number; openings: number; before: number; after: number; wrong: string[] };

function replayLosses(
  { seed, mixtures, isHeaderSynced = true }: LossPlan,
  images: readonly Image[],
  torn: string,
): Lost {
  const chance = createSeededRandom(seed, 'power');
  const tally: Tally = { checkpoints: 0, openings: 0, before: 0, after: 0, wrong: [] };
  const states = images.map((image, index) => cleanState(torn, image, `after commit ${index + 1}`, tally));
  for (const [index, after] of images.entries()) {
    const before = images[index - 1];
    const [left, right] = [states[index - 1], states[index]];
    if (!before || left === undefined || right === undefined) continue;
    const name = `commit ${index} → ${index + 1}`;
    const shm = (): Buffer | undefined => anyShm(before, after, chance);
    const logAfter = after.wal ?? before.wal ?? Buffer.alloc(0);
    const logBefore = isHeaderSynced ? logWithHeader(before, after) : (before.wal ?? Buffer.alloc(0));
    for (const { how, bytes } of tornHeaders(before.wal, after.wal)) {
      judge(torn, { db: before.db, wal: bytes, shm: shm() }, `${name}, log: ${how}`, [left, left], tally);
    }
    for (const { how, bytes } of after.wal ? tornWrites(logBefore, after.wal, mixtures, chance) : []) {
      judge(torn, { db: before.db, wal: bytes, shm: shm() }, `${name}, log: ${how}`, [left, right], tally);
    }
    if (after.db.equals(before.db)) continue;
    tally.checkpoints += 1;
    for (const { how, bytes } of tornWrites(before.db, after.db, mixtures, chance)) {
      judge(torn, { db: bytes, wal: logAfter, shm: shm() }, `${name}, database: ${how}`, [right, right], tally);
    }
  }
  return { commits: images.length - 1, ...tally };
}

const WAL_HEADER = 32;

/** A log that is begun anew: its header is synced before the first frame is written over an old one. */
function tornHeaders(before: Buffer | undefined, after: Buffer | undefined): readonly Torn[] {
  if (!before || !after || before.subarray(0, WAL_HEADER).equals(after.subarray(0, WAL_HEADER))) return [];
  return [8, 16, 24, WAL_HEADER].map((count) => {
    const bytes = Buffer.from(before);
    after.copy(bytes, 0, 0, count);
    return { how: `${count} bytes of a new header`, bytes };
  });
}

function logWithHeader(before: Image, after: Image): Buffer {
  const log = Buffer.from(before.wal ?? Buffer.alloc(0));
  after.wal?.copy(log, 0, 0, Math.min(WAL_HEADER, log.length));
  return log;
}

/** What is there when nothing was torn: sound, and with a next step. */
function cleanState(torn: string, image: Image, name: string, tally: Tally): string {
  putImage(torn, image);
  const db = openDatabase(torn);
  try {
    tally.wrong.push(...breaches({ db }).map((breach) => `${name}: ${breach}`));
    return stateOf(db);
  } finally {
    db.close();
  }
}

function judge(
  torn: string,
  image: Image,
  name: string,
  [before, after]: readonly [string, string],
  tally: Tally,
): void {
  tally.openings += 1;
  putImage(torn, image);
  try {
    const db = openDatabase(torn);
    try {
      const state = stateOf(db);
      if (state === after) tally.after += 1;
      else if (state === before) tally.before += 1;
      else tally.wrong.push(`${name}: a state that never was`);
      tally.wrong.push(...goesOn(db).map((words) => `${name}: ${words}`));
    } finally {
      db.close();
    }
  } catch (error) {
    tally.wrong.push(`${name}: cannot be opened: ${String(error)}`);
  }
}

/** The next commit follows on what was found. */
function goesOn(db: SqliteDatabase): readonly string[] {
  const store = createTillStore(db, { clock: { nowMs: () => 1 } });
  const { seq } = store.head();
  store.commit([{ type: 'till.started', v: 1, mode: 'production', appVersion: '0.0.0-power' }]);
  const verified = createJournal(db).verify();
  const isNext = store.head().seq === seq + 1;
  return verified.sound && isNext ? [] : [`the journal does not go on after entry ${seq}`];
}

/** Every row of every table, as one digest. */
function stateOf(db: SqliteDatabase): string {
  const tables = db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
  const digest = createHash('sha256');
  for (const table of tables)
    digest.update(JSON.stringify([table, db.prepare(`SELECT * FROM "${table}"`).raw().all()]));
  return digest.digest('hex');
}

function anyShm(before: Image, after: Image, chance: SeededRandom): Buffer | undefined {
  const noise = Buffer.from(Array.from({ length: 32_768 }, () => chance.below(256)));
  return [before.shm, after.shm, noise, undefined][chance.below(4)];
}
