/**
 * The script: "the next request like this one meets that fault". Entries are tried in the order they were written;
 * the first that matches is used, and one request uses at most one entry.
 */
export type FaultDetails = Readonly<{
  /** Server errors: which of 500, 502, 503, 504. */
  status?: number;
  /** How long the answer is held back. */
  delayMs?: number;
  /** What a 429 asks for. */
  retryAfterSeconds?: number;
  /** How long after the answer something happens, or how long it lasts. */
  afterMs?: number;
  /** An amount as the network writes it, where the fault is about one. */
  amount?: string;
  /** The network's own number of a refusal, where it numbers them. */
  code?: number;
}>;

export type ChosenFault<Fault extends string> = FaultDetails & Readonly<{ fault: Fault }>;

export type ScriptEntry<Fault extends string, Operation extends string> = ChosenFault<Fault> &
  Readonly<{
    operation?: Operation | 'any';
    /** Order id or external reference; any order when absent. */
    ref?: string;
    /** How many requests meet the fault: 1 when absent. */
    count?: number | 'always';
    /** How many matching requests pass before the first one that meets it. */
    skip?: number;
  }>;

export type ScriptedCall<Operation extends string> = Readonly<{ operation: Operation; refs: readonly string[] }>;

export interface Script<Fault extends string, Operation extends string> {
  add(entry: ScriptEntry<Fault, Operation>): void;
  clear(): void;
  /** What is still to come. */
  entries(): readonly ScriptEntry<Fault, Operation>[];
  take(call: ScriptedCall<Operation>): ChosenFault<Fault> | undefined;
}

type Waiting<Fault extends string, Operation extends string> = {
  readonly entry: ScriptEntry<Fault, Operation>;
  skip: number;
  left: number;
};

/** @param applies whether a fault can happen to an operation at all: an entry for `any` waits for one where it can. */
export function createScript<Fault extends string, Operation extends string>(
  applies: (fault: Fault, operation: Operation) => boolean,
): Script<Fault, Operation> {
  let waiting: Waiting<Fault, Operation>[] = [];

  function matches({ entry }: Waiting<Fault, Operation>, call: ScriptedCall<Operation>): boolean {
    const isOperation = (entry.operation ?? 'any') === 'any' || entry.operation === call.operation;
    const isOrder = entry.ref === undefined || call.refs.includes(entry.ref);
    return isOperation && isOrder && applies(entry.fault, call.operation);
  }

  return {
    add(entry) {
      const left = entry.count === 'always' ? Number.POSITIVE_INFINITY : (entry.count ?? 1);
      waiting.push({ entry, skip: entry.skip ?? 0, left });
    },
    clear() {
      waiting = [];
    },
    entries: () =>
      waiting.map(({ entry, skip, left }) => ({ ...entry, skip, count: Number.isFinite(left) ? left : 'always' })),
    take(call) {
      for (const candidate of waiting) {
        if (!matches(candidate, call)) continue;
        if (candidate.skip > 0) {
          candidate.skip -= 1;
          continue;
        }
        candidate.left -= 1;
        if (candidate.left <= 0) waiting = waiting.filter((other) => other !== candidate);
        return candidate.entry;
      }
      return undefined;
    },
  };
}
