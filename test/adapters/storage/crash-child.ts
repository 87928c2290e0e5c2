/** Child of `crash.test.ts`: commits without end and prints each sequence number with its hash, once it is committed. */
import { writeSync } from 'node:fs';

import { openDatabase } from '../../../src-main/adapters/storage/database.ts';
import { createTillStore } from '../../../src-main/adapters/storage/till-store.ts';
import { commandStep, DISPENSED, enqueued, handOver, OFFERED, paid, requested, shiftOpened, step } from './events.ts';

const [, , path = '', run = '0'] = process.argv;
const store = createTillStore(openDatabase(path), { clock: { nowMs: () => Date.now() } });
store.onCommit((entries) => {
  writeSync(1, entries.map(({ seq, hash }) => `${seq} ${hash}\n`).join(''));
});

if (!store.openShift()) store.commit([shiftOpened('s1', 1, 1_000_000_000_00)]);
const [inHand] = store.cashOutsIn(['handing_over']);
if (inHand) store.commit([step(inHand.id, { type: 'not-given', reason: 'the till was killed' })]);

for (let n = 0; ; n += 1) {
  const id = `${run}x${n}`;
  store.commit([requested(id), enqueued(`k${id}`, id)]);
  store.commit([commandStep(`k${id}`, { type: 'sending' })]);
  store.commit([
    commandStep(`k${id}`, { type: 'outcome', state: 'accepted', outcome: 'ok', arrived: 'yes', nextAttemptAtMs: 0 }),
    step(id, OFFERED),
  ]);
  store.commit([step(id, paid())]);
  store.commit([step(id, handOver())]);
  store.commit([step(id, DISPENSED), step(id, { type: 'settled' })]);
}
