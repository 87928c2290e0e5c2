/**
 * What was read since the last commit is what is there: one process owns the file, and nothing but a commit changes it. Windows, the loop
 * and use cases ask the same few questions many times between two commits; each is read from the file once. What concerns one subject
 * lasts until a commit is about that subject: `subjectOf` names it for every entry, and no entry changes another's.
 *
 * Values are shared between askers and are never changed by any of them (`Readonly` all the way down).
 */
import type { JournalEntry } from '../../core/domain/journal-event.ts';
import type { TillStore } from '../../core/application/ports/till-store.ts';

type Readers = Omit<TillStore, 'commit' | 'onCommit'>;

/**
 * What a commit makes untrue: `always`, `about` the one subject that is the key, or only what concerns `payouts`.
 * A new reader that is not named here is simply not remembered.
 */
type Lasting = 'always' | 'about' | 'payouts';
type Memory = Readonly<{ lasting: Lasting; values: Map<string, unknown> }>;

/** `forget` belongs after every commit, with what was written; with nothing when nobody knows what was. */
export function remembering(
  readers: Readers,
): Readers & Readonly<{ forget(entries: readonly JournalEntry[] | undefined): void }> {
  const memories: Memory[] = [];

  function remembered<Arguments extends readonly unknown[], Value>(
    lasting: Lasting,
    read: (...given: Arguments) => Value,
    keyOf: (...given: Arguments) => string = (...given) => given.join(' '),
  ): (...given: Arguments) => Value {
    const values = new Map<string, Value>();
    memories.push({ lasting, values });
    return (...given) => {
      const key = keyOf(...given);
      const known = values.get(key);
      if (known !== undefined || values.has(key)) return known as Value;
      const value = read(...given);
      // Subjects come and go for years: what lasts beyond a commit is bounded.
      if (values.size >= MOST_REMEMBERED) values.clear();
      values.set(key, value);
      return value;
    };
  }

  return {
    ...readers,
    settings: remembered('always', readers.settings),
    head: remembered('always', readers.head),
    cashOut: remembered('about', readers.cashOut),
    cashOutsIn: remembered('always', readers.cashOutsIn, (states, shiftId = '') => `${shiftId} ${states.join(' ')}`),
    command: remembered('always', readers.command),
    commandsOf: remembered('about', readers.commandsOf),
    openCommands: remembered('always', readers.openCommands),
    payout: remembered('about', readers.payout),
    payoutsIn: remembered('payouts', readers.payoutsIn, (states) => states.join(' ')),
    payoutCounting: remembered('payouts', readers.payoutCounting),
    payoutCommandsOf: remembered('about', readers.payoutCommandsOf),
    openPayoutCommands: remembered('payouts', readers.openPayoutCommands),
    openShift: remembered('always', readers.openShift),
    expectedCashMinor: remembered('always', readers.expectedCashMinor),
    openCases: remembered('always', readers.openCases),
    casesOf: remembered('about', readers.casesOf),
    casesOfPayout: remembered('about', readers.casesOfPayout),
    slipJobsOf: remembered('about', readers.slipJobsOf),
    devices: remembered('always', readers.devices),
    blockedNetworks: remembered('always', readers.blockedNetworks),
    forget(entries) {
      const hasPayouts = entries?.some(({ event }) => PAYOUT_EVENT.test(event.type)) ?? true;
      for (const { lasting, values } of memories) {
        if (entries === undefined || lasting === 'always' || (lasting === 'payouts' && hasPayouts)) values.clear();
        else if (lasting === 'about') for (const { subject } of entries) values.delete(subject);
      }
    },
  };
}

const MOST_REMEMBERED = 256;
const PAYOUT_EVENT = /^payout/;
