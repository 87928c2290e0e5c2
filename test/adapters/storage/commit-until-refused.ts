/** Child of `database.test.ts`: commits until the disk refuses, then says how many commits it had and what it was told. */
import { openDatabase } from '../../../src-main/adapters/storage/database.ts';
import { createTillStore } from '../../../src-main/adapters/storage/till-store.ts';
import { FaultError } from '../../../src-main/core/domain/fault.ts';

const db = openDatabase(process.argv[2] ?? '');
const store = createTillStore(db, { clock: { nowMs: () => Date.now() } });
let committed = 0;
try {
  for (;;) {
    store.commit([{ type: 'network.blocked', v: 1, network: 'onekey', code: 'x'.repeat(3000) }]);
    committed += 1;
  }
} catch (error) {
  const fault = error instanceof FaultError ? error.fault : String(error);
  process.stdout.write(JSON.stringify({ committed, fault }));
}
