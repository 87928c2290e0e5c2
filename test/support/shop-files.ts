/** Benches of one test file: with a database file each, closed and removed when the test ends, and audited before. */
import { expect, onTestFinished } from 'vitest';
import { temporaryDirectory } from '../adapters/system/temporary-directory.ts';
import { createBench } from './till-bench.ts';
import type { Bench, BenchOptions } from './till-bench.ts';

/** With 10 000.00 in the drawer and a network that answers a late question within 400 ms. */
export async function openShop(options: BenchOptions = {}): Promise<Bench> {
  const databasePath = `${temporaryDirectory()}/till.db`;
  const made = await createBench({ floatMinor: 1_000_000, databasePath, deadlineMs: 400, ...options });
  onTestFinished(() => made.close());
  return made;
}

export function openCases(shop: Bench, id?: string): readonly string[] {
  const { store } = shop.till.context;
  const cases = id === undefined ? store.openCases() : store.casesOf(id).filter(({ state }) => state === 'open');
  return cases.map(({ kind }) => kind);
}

/** Keys and bytes of what arrived, without repetition. */
export function arrived(shop: Bench, operation: 'create' | 'cancel' | 'refund'): readonly string[] {
  const requests = shop.engine.requests().filter((request) => request.operation === operation);
  return [...new Set(requests.map(({ request }) => `${request.headers['x-idempotency-key']} ${request.bodyText}`))];
}

/** The auditor finds nothing, and at rest nobody's money hangs. */
export function expectSound(shop: Bench, isAtRest = false): void {
  expect(shop.breaches(isAtRest)).toEqual([]);
}
