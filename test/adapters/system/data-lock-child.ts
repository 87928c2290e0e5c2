/** Child of `data-lock.test.ts`: takes the lock, says so, and holds it until it is killed. */
import { writeSync } from 'node:fs';

import { lockDataDirectory } from '../../../src-main/adapters/system/data-lock.ts';
import { FaultError } from '../../../src-main/core/domain/fault.ts';

try {
  lockDataDirectory(process.argv[2] ?? '', { nowMs: () => Date.now() });
  writeSync(1, 'locked\n');
  setInterval(() => {}, 1000);
} catch (error) {
  writeSync(1, error instanceof FaultError ? `${error.fault.code}\n` : `${String(error)}\n`);
}
