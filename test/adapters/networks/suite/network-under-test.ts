/**
 * A network as the suite sees it: what it can do, how a moment before each operation is reached, and what its books then say.
 * The four descriptions beside this file are the only places in the suite that know one network from another.
 */
import type { NetworkId, QrMode } from '../../../../src-main/core/domain/network.ts';
import type { Purchase } from '../../../../src-main/core/domain/purchase.ts';
import type { Line } from './line.ts';
import { expectedKind, LINE_FAULTS } from './line-faults.ts';
import type { FaultName, Role } from './line-faults.ts';

/** Every operation of the two ports. */
export const PAYMENT_OPERATIONS = ['create', 'cancel', 'refund', 'confirm', 'read'] as const;
export const PAYOUT_OPERATIONS = [
  'create',
  'cancel',
  'hold',
  'release',
  'read',
  'banks',
  'exchange rate',
  'reconcile',
] as const;
export type OperationName = (typeof PAYMENT_OPERATIONS)[number] | (typeof PAYOUT_OPERATIONS)[number];

/** Any answer of either port. */
export type Outcome = Readonly<{
  kind: string;
  cause?: string;
  code?: string;
  detail?: string;
  retryAfterMs?: number;
}>;

/** One moment: everything before the operation has been done over a line that is whole. */
export type Scene = Readonly<{
  line: Line;
  /** The operation; every call of it delivers the same frozen request. */
  act(): Promise<Outcome>;
  /** One entry for each order or payout that the network has, with what became of its money. */
  books(): readonly string[];
  close(): Promise<void>;
}>;

/** One request of one operation, as the target of a fault. */
export type Call = Readonly<{
  operation: OperationName;
  /** Where the network has several ways to show an order. */
  mode?: QrMode;
  /** Paid for by the same payment as the notes. */
  purchase?: Purchase;
  /** Subject of the test's sentence. */
  words: string;
  role: Role;
  /** How the requests of the operation begin, in order; the fault strikes number `at`. */
  legs: readonly string[];
  at: number;
  /** Kind of the outcome when nothing goes wrong, and of another delivery after it was done. */
  kind: string;
  again: string;
  /** The network's books before it and after it; `repeated` where doing it twice leaves more behind, which nobody can pay. */
  before: readonly string[];
  after: readonly string[];
  repeated?: readonly string[];
  /** Where the cash-out ends when this was done and nobody heard of it, if not where it would have ended otherwise. */
  unheardEnd?: 'expired';
  /** What the books say of it then, if not what they say of every cash-out that ends so. */
  endBook?: string;
  set(): Promise<Scene>;
}>;

/** What a network does not have: whether its traits say so, and the word that asking for it comes to. */
export type Lack = Readonly<{
  /** Absent where only a form of the operation is lacking. */
  operation?: OperationName;
  words: string;
  isStated: boolean;
  answer: string;
  ask(): Promise<string> | string;
}>;

export type NetworkUnderTest = Readonly<{
  id: NetworkId;
  port: 'payment' | 'payout';
  /** Kind of an outcome that tells of credentials which are not good. */
  stopped: 'unauthorized' | 'account-stop';
  /** Values that may be kept nowhere. */
  secrets: readonly string[];
  /** Headers whose values, new with every request, may be kept nowhere either. */
  secretHeaders: readonly string[];
  calls: readonly Call[];
  lacks: readonly Lack[];
}>;

export function operationsOf({ port }: NetworkUnderTest): readonly OperationName[] {
  return port === 'payment' ? PAYMENT_OPERATIONS : PAYOUT_OPERATIONS;
}

/** Whether the operation's command is done: a question that fails before it keeps it from leaving, one after it does not undo it. */
export function isDone({ role }: Call, fault: FaultName): boolean {
  if (role === 'after-delete' || expectedKind(fault, role) === 'honest') return true;
  return role !== 'before-command' && LINE_FAULTS[fault].isDone;
}
