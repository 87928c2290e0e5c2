/** The machine's small services, as parameters: nothing in core asks the machine by itself. */

export interface Clock {
  /** Wall clock, ms since 1970 UTC: for records and display only. */
  nowMs(): number;
  /** Monotonic ms: for durations and deadlines; does not jump when somebody sets the clock. */
  monotonicMs(): number;
}

export interface Timers {
  /** Calls `run` once after `delayMs`; the answer cancels it. */
  after(delayMs: number, run: () => void): () => void;
}

export interface Ids {
  /** Sortable, unique, [0-9A-Z]{26}: ids of cash-outs, shifts, cases, jobs. */
  next(): string;
  /** UUID v4 for an idempotency key. */
  key(): string;
}

export interface Random {
  /** Uniform in [0, 1): jitter only. */
  next(): number;
}

/** Structured log. Never given a secret; the adapter removes known ones all the same (I11). */
export interface Log {
  info(message: string, facts?: LogFacts): void;
  warn(message: string, facts?: LogFacts): void;
  error(message: string, facts?: LogFacts): void;
}
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Tokens, keys and passes, by name. Never in the journal, a log, an export or a window (I11). */
export interface Secrets {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  names(): readonly string[];
}
