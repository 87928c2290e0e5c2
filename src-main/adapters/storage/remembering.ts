/**
 * What was read since the last commit is what is there: one process owns the file, and nothing but a commit changes it. Windows, the loop
 * and use cases ask the same few questions many times between two commits; each is read from the file once.
 *
 * Values are shared between askers and are never changed by any of them (`Readonly` all the way down).
 */
import type { TillStore } from '../../core/application/ports/till-store.ts';

type Readers = Omit<TillStore, 'commit' | 'onCommit'>;

/** `forget` belongs before and after every commit, whatever became of it. */
export function remembering(readers: Readers): Readers & Readonly<{ forget(): void }> {
  const memories = new Set<Map<string, unknown>>();

  function remembered<Arguments extends readonly unknown[], Value>(
    read: (...given: Arguments) => Value,
    keyOf: (...given: Arguments) => string = (...given) => given.join(' '),
  ): (...given: Arguments) => Value {
    const memory = new Map<string, Value>();
    memories.add(memory);
    return (...given) => {
      const key = keyOf(...given);
      const known = memory.get(key);
      if (known !== undefined || memory.has(key)) return known as Value;
      const value = read(...given);
      memory.set(key, value);
      return value;
    };
  }

  return {
    ...readers,
    settings: remembered(readers.settings),
    head: remembered(readers.head),
    cashOut: remembered(readers.cashOut),
    cashOutsIn: remembered(readers.cashOutsIn, (states, shiftId = '') => `${shiftId} ${states.join(' ')}`),
    command: remembered(readers.command),
    commandsOf: remembered(readers.commandsOf),
    openCommands: remembered(readers.openCommands),
    openShift: remembered(readers.openShift),
    expectedCashMinor: remembered(readers.expectedCashMinor),
    openCases: remembered(readers.openCases),
    casesOf: remembered(readers.casesOf),
    slipJobsOf: remembered(readers.slipJobsOf),
    blockedNetworks: remembered(readers.blockedNetworks),
    forget: () => memories.forEach((memory) => memory.clear()),
  };
}
