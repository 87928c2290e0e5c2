/** A till that could not be opened, in its windows all the same: every question is answered with why, so that the screen says it. */
import { createClock } from '../adapters/system/clock.ts';
import type { DataDirectory } from '../adapters/system/data-directory.ts';
import { createLog } from '../adapters/system/log.ts';
import type { CallName, Handlers } from '../core/contract/contract.ts';
import { READERS } from '../core/contract/readers.ts';
import type { Fault } from '../core/domain/fault.ts';
import { err } from '../core/domain/result.ts';
import type { WindowTill } from './window-till.ts';

export function composeStoppedTill(directory: DataDirectory, why: Fault): WindowTill {
  const clock = createClock();
  const log = createLog({ directory: directory.logs, clock, secretValues: () => [] });
  log.error('the till could not be opened', { code: why.code, detail: why.detail });
  const names = Object.keys(READERS) as readonly CallName[];
  const answer = () => Promise.resolve(err(why));
  return {
    mode: 'stopped',
    handlers: Object.fromEntries(names.map((name) => [name, answer])) as unknown as Handlers,
    events: () => () => undefined,
    clock,
    log,
    dataDirectory: directory.root,
    async close() {
      log.close();
    },
  };
}
