/**
 * The relay's queue of hints: one line for each shop, in the order in which hints became readable. Tills read it with a cursor of their own;
 * nothing is taken out but by age.
 *
 * A cursor is opaque to tills: the queue's own mark and a number, `4f1c09aa77d2-1284`. Whoever reads on from the cursor of a page misses
 * nothing that was ever accepted, or is told `gap`.
 */
import { createHash } from 'node:crypto';
import type { Hint } from '../core/domain/hint.ts';

export type NewHint = Readonly<{
  shop: string;
  hint: Hint;
  isVerified: boolean;
  receivedAtMs: number;
  /** Two with the same one are the same notification; 64 hexadecimal digits, so that nothing of the notification is kept. */
  identity: string;
}>;

export type QueuedHint = Readonly<{ cursor: string; hint: Hint; isVerified: boolean; receivedAtMs: number }>;

export type HintPage =
  /** `cursor`: after the last of these; the one that was asked with when there are none. */
  | Readonly<{ kind: 'hints'; hints: readonly QueuedHint[]; cursor: string }>
  /** Without a cursor, with one of another queue, or with one older than what is kept: hints may have been missed. Go on from here. */
  | Readonly<{ kind: 'gap'; cursor: string }>;

export interface HintQueue {
  /** On disk when it resolves, and readable for every relay of this queue. Rejects when it could not be kept. */
  add(hint: NewHint): Promise<'added' | 'duplicate'>;
  after(shop: string, cursor: string | undefined, limit: number): Promise<HintPage>;
  /** Told when there may be something new, for one shop or for any. Said too often rather than too seldom. The answer unsubscribes. */
  onLook(listener: (shop: string | undefined) => void): () => void;
  /** Forgets what was received before; answers how many. */
  expire(beforeMs: number): Promise<number>;
  /** Rejects when hints cannot be kept at the moment. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export function identityOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

export type Position = Readonly<{ head: number; expiredThrough: number }>;

export function writeCursor(mark: string, seq: number): string {
  return `${mark}-${seq}`;
}

/** The number to read on from; undefined when this queue cannot promise that nothing was missed. */
export function readCursor(cursor: string | undefined, mark: string, position: Position): number | undefined {
  const [, foundMark, digits] = /^([0-9a-f]{12})-(\d{1,15})$/.exec(cursor ?? '') ?? [];
  if (foundMark !== mark) return undefined;
  const seq = Number(digits);
  // Beyond the head: the queue was put back from a copy, and numbers come again.
  return seq < position.expiredThrough || seq > position.head ? undefined : seq;
}

export type Row = Readonly<{
  seq: number;
  network: Hint['network'];
  about: string;
  isVerified: boolean;
  receivedAtMs: number;
}>;

export function readRow(mark: string, { seq, network, about, isVerified, receivedAtMs }: Row): QueuedHint {
  const subjects = JSON.parse(about) as Hint['subjects'];
  return { cursor: writeCursor(mark, seq), hint: { network, subjects }, isVerified, receivedAtMs };
}

/** Who wants to be told, and the telling. */
export function createBell(): Readonly<{
  onLook: HintQueue['onLook'];
  look: (shop?: string) => void;
}> {
  const listeners = new Set<(shop: string | undefined) => void>();
  return {
    onLook(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    look(shop) {
      for (const listener of listeners) listener(shop);
    },
  };
}
