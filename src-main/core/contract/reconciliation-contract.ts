/** Reconciliation for windows and the command line: what was compared, what was found, and how far a run has come. */
import type { NetworkId } from '../domain/network.ts';
import type { Finding, FindingKind, Trigger } from '../domain/reconciliation.ts';

/** Amounts in minor units, times in ms since 1970 UTC. */
export type ReconciliationView = Readonly<{
  runId: string;
  trigger: Trigger;
  /** On the shop's calendar, where one day was asked for. */
  day?: string;
  fromMs: number;
  toMs: number;
  startedAtMs: number;
  endedAtMs: number;
  asked: number;
  agree: number;
  /** Among the asked, those that no network answered about: asked again later. */
  unanswered: number;
  /** How many of each kind; kinds without any are absent. */
  counts: readonly Readonly<{ kind: FindingKind; count: number }>[];
  findings: readonly Finding[];
  /** Networks whose own lists were looked through for orders that the till does not know. */
  listed: readonly NetworkId[];
}>;

/** `running`: one is under way and has asked about so many. `last`: the newest that came to its end. */
export type ReconciliationState = Readonly<{
  running?: Readonly<{ runId: string; trigger: Trigger; startedAtMs: number; asked: number; total: number }>;
  last?: ReconciliationView;
}>;

export interface ReconciliationCalls {
  'reconcile.last': { request: Record<string, never>; reply: ReconciliationState };
  /** Begins one and replies at once; it goes on in the background, each step is announced by `till.changed`. `day`: YYYY-MM-DD. */
  'reconcile.run': { request: { day?: string }; reply: ReconciliationState };
}
