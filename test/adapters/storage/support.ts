/** A store of its own for each test, closed and removed again when the test ends. */
import { onTestFinished } from 'vitest';

import { openDatabase } from '../../../src-main/adapters/storage/database.ts';
import type { SqliteDatabase } from '../../../src-main/adapters/storage/database.ts';
import { createTillStore } from '../../../src-main/adapters/storage/till-store.ts';
import type { TillStore } from '../../../src-main/core/application/ports/till-store.ts';

export { temporaryDirectory } from '../system/temporary-directory.ts';

export type TestStore = Readonly<{ db: SqliteDatabase; store: TillStore; clock: { ms: number } }>;

/** Each commit is one ms after the one before. */
export function openStore(path = ':memory:'): TestStore {
  const db = openDatabase(path);
  onTestFinished(() => {
    db.close();
  });
  const clock = { ms: 1_000_000 };
  const nowMs = (): number => {
    clock.ms += 1;
    return clock.ms;
  };
  return { db, store: createTillStore(db, { clock: { nowMs } }), clock };
}
