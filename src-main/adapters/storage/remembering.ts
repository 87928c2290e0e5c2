/**
 * What was read since the last commit is what is there: one process owns the file, and nothing but a commit changes it. Windows, the loop
 * and use cases ask the same few questions many times between two commits; each is read from the file once, until an event is committed
 * that writes to a table that the answer came from. What concerns one subject lasts until such an event is about that subject:
 * `subjectOf` names it for every entry, and no entry changes another's.
 *
 * Values are shared between askers and are never changed by any of them (`Readonly` all the way down).
 */
import type { TillStore } from '../../core/application/ports/till-store.ts';
import type { JournalEntry, JournalEvent } from '../../core/domain/journal-event.ts';

type Readers = Omit<TillStore, 'commit' | 'onCommit'>;

/** Tables; `newest` is the time of a cash-out's newest answer, which its commands' answers move too, `ledger` postings and balances. */
type Written =
  | 'cash-out'
  | 'newest'
  | 'command'
  | 'payout'
  | 'payout-command'
  | 'shift'
  | 'ledger'
  | 'opening'
  | 'case'
  | 'slip'
  | 'setting'
  | 'block'
  | 'device';
type Family = JournalEvent['type'] extends infer Type
  ? Type extends `${infer Before}.${string}`
    ? Before
    : never
  : never;

/** What the projector writes for events of each family. Every entry also moves the journal's head. */
const WRITES: Readonly<Record<Family, readonly Written[]>> = {
  till: [],
  settings: ['setting'],
  shift: ['shift', 'ledger'],
  'cash-out': ['cash-out', 'newest', 'ledger'],
  command: ['command', 'newest'],
  payout: ['payout', 'ledger'],
  'payout-command': ['payout-command'],
  answer: [],
  case: ['case'],
  slip: ['slip'],
  drawer: ['opening'],
  device: ['device'],
  pairing: [],
  reconciliation: [],
  network: ['block'],
};

/** `about`: undefined when nobody knows what was written. */
type Memory = Readonly<{ reads: readonly (Written | 'journal')[]; forget(about: string | undefined): void }>;

const MOST_REMEMBERED = 256;

/**
 * `forget` belongs after every commit, with what was written; with nothing when nobody knows what was.
 * A new reader that is not named here is simply not remembered.
 */
export function remembering(
  readers: Readers,
): Readers & Readonly<{ forget(entries: readonly JournalEntry[] | undefined): void }> {
  const memories: Memory[] = [];
  const { one, each, about } = memoriesInto(memories);
  const lists = each(['cash-out'], (key) => {
    const [shiftId = '', ...states] = key.split(' ');
    return readers.cashOutsIn(states as Parameters<Readers['cashOutsIn']>[0], shiftId === '' ? undefined : shiftId);
  });
  const payoutLists = each(['payout'], (key) =>
    readers.payoutsIn(key.split(' ') as Parameters<Readers['payoutsIn']>[0]),
  );

  const remembered = {
    ...readers,
    settings: one(['setting'], readers.settings),
    head: one(['journal'], readers.head),
    cashOut: about(['cash-out'], readers.cashOut),
    newestAnswerMs: about(['newest'], readers.newestAnswerMs),
    cashOutsIn: (states, shiftId = '') => (states.length === 0 ? [] : lists(`${shiftId} ${states.join(' ')}`)),
    command: each(['command'], readers.command),
    commandsOf: about(['command'], readers.commandsOf),
    openCommands: one(['command'], readers.openCommands),
    payout: about(['payout'], readers.payout),
    payoutsIn: (states) => (states.length === 0 ? [] : payoutLists(states.join(' '))),
    payoutCounting: one(['payout'], readers.payoutCounting),
    payoutCommandsOf: about(['payout-command'], readers.payoutCommandsOf),
    openPayoutCommands: one(['payout-command'], readers.openPayoutCommands),
    openShift: one(['shift'], readers.openShift),
    expectedCashMinor: each(['ledger'], readers.expectedCashMinor),
    openCases: one(['case'], readers.openCases),
    casesOf: about(['case'], readers.casesOf),
    casesOfPayout: about(['case'], readers.casesOfPayout),
    slipJobsOf: each(['slip'], readers.slipJobsOf),
    devices: one(['device'], readers.devices),
    blockedNetworks: one(['block'], readers.blockedNetworks),
  } satisfies Readers;
  return { ...remembered, forget: forgetter(memories) };
}

function forgetter(memories: readonly Memory[]): (entries: readonly JournalEntry[] | undefined) => void {
  const reading = (written: readonly Memory['reads'][number][]): readonly Memory[] =>
    memories.filter(({ reads }) => reads.some((table) => written.includes(table)));
  const touchedBy = new Map(
    Object.entries(WRITES).map(([family, writes]) => [family, reading([...writes, 'journal'])]),
  );
  return (entries) => {
    if (entries === undefined) return memories.forEach((memory) => memory.forget(undefined));
    for (const { event, subject } of entries) {
      const family = event.type.slice(0, event.type.indexOf('.'));
      for (const memory of touchedBy.get(family) ?? memories) memory.forget(subject);
    }
  };
}

type Memories = Readonly<{
  one: <Value>(reads: Memory['reads'], read: () => Value) => () => Value;
  each: Keyed;
  about: Keyed;
}>;
type Keyed = <Value>(reads: Memory['reads'], read: (key: string) => Value) => (key: string) => Value;

function memoriesInto(memories: Memory[]): Memories {
  function keyed<Value>(
    reads: Memory['reads'],
    read: (key: string) => Value,
    isAbout: boolean,
  ): (key: string) => Value {
    const values = new Map<string, Value>();
    memories.push({
      reads,
      forget: (subject) => void (isAbout && subject !== undefined ? values.delete(subject) : values.clear()),
    });
    return (key) => {
      const known = values.get(key);
      if (known !== undefined || values.has(key)) return known as Value;
      const value = read(key);
      // Subjects come and go for years: what lasts beyond a commit is bounded.
      if (values.size >= MOST_REMEMBERED) values.clear();
      values.set(key, value);
      return value;
    };
  }
  /** One answer. */
  function one<Value>(reads: Memory['reads'], read: () => Value): () => Value {
    let known: { value: Value } | undefined;
    memories.push({ reads, forget: () => void (known = undefined) });
    return () => (known ??= { value: read() }).value;
  }

  /** One answer for each key, forgotten together. */
  function each<Value>(reads: Memory['reads'], read: (key: string) => Value): (key: string) => Value {
    return keyed(reads, read, false);
  }

  /** The key is the subject: what is committed about another leaves it as it is. */
  function about<Value>(reads: Memory['reads'], read: (subject: string) => Value): (subject: string) => Value {
    return keyed(reads, read, true);
  }

  return { one, each, about } as const;
}
