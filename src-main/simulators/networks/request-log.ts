/** The newest requests as they arrived, with what became of each: what a test compares with what it meant to send. */
import type { SimulatedExchange, SimulatedRequest } from './exchange.ts';

export type RecordedRequest = Readonly<{
  number: number;
  atMs: number;
  operation: string;
  request: SimulatedRequest;
  exchange: SimulatedExchange;
}>;

export interface RequestLog {
  record(entry: Omit<RecordedRequest, 'number'>): void;
  /** Oldest first, at most the limit. */
  list(): readonly RecordedRequest[];
  /** How many there ever were. */
  count(): number;
  clear(): void;
}

/** @param limit how many are kept; 0 keeps none and costs nothing. */
export function createRequestLog(limit: number): RequestLog {
  let kept: RecordedRequest[] = [];
  let count = 0;
  return {
    record(entry) {
      count += 1;
      if (limit === 0) return;
      kept.push({ number: count, ...entry });
      // Cut rarely and in one piece: removing the first of a long list each time would cost more than the rest.
      if (kept.length >= limit * 2) kept = kept.slice(-limit);
    },
    list: () => kept.slice(-limit),
    count: () => count,
    clear() {
      kept = [];
    },
  };
}
