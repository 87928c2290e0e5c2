/** Child of `sync-order.ts`: commits through the till's store, and says so after each; checkpoints come often. */
import { writeSync } from 'node:fs';
import { openDatabase } from '../../../src-main/adapters/storage/database.ts';
import { createTillStore } from '../../../src-main/adapters/storage/till-store.ts';

const [, , path = '', commits = '0'] = process.argv;
const db = openDatabase(path);
const store = createTillStore(db, { clock: { nowMs: () => Date.now() } });
writeSync(2, 'OPEN\n');
db.pragma('wal_autocheckpoint = 7');
for (let commit = 1; commit <= Number(commits); commit += 1) {
  store.commit([{ type: 'till.started', v: 1, mode: 'production', appVersion: String(commit) }]);
  writeSync(2, 'DONE\n');
}
