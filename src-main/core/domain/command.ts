/**
 * Network commands in the outbox: each is made once, saved with its one idempotency key and frozen bytes before anything leaves,
 * and resent unchanged until the network answers (I3).
 */
import type { Evidence, NetworkId } from './network.ts';
import { invariant, unreachable } from './result.ts';

export type CommandKind = 'create' | 'cancel' | 'refund' | 'confirm';

/** The exact request: method, path below the network's base URL, and body bytes as text (empty = no body). No secret in it. */
export type FrozenRequest = Readonly<{ method: 'POST' | 'PUT' | 'DELETE'; path: string; body: string }>;

/**
 * waiting: saved, never sent, or proven not to have left · sending: about to leave; after a crash the same as unknown ·
 * unknown: sent, no answer that settles it: the cash-out is in doubt · accepted, refused: answered · dropped: never sent, withdrawn ·
 * overtaken: the order's own state, read from the network, shows that it was done or has become pointless.
 */
export type CommandState = 'waiting' | 'sending' | 'unknown' | 'accepted' | 'refused' | 'dropped' | 'overtaken';

/** How far a command has come; the same for cash-outs and payouts. */
export type CommandProgress = Readonly<{
  state: CommandState;
  attempts: number;
  /** True once any attempt may have reached the network. */
  mayHaveArrived: boolean;
  nextAttemptAtMs: number;
  /** Word of the last outcome, e.g. `timeout` or `instore_order_locked_error`; empty before the first. */
  lastOutcome: string;
}>;

export type Command = CommandProgress &
  Readonly<{
    id: string;
    cashOutId: string;
    network: NetworkId;
    kind: CommandKind;
    idempotencyKey: string;
    request: FrozenRequest;
  }>;

export function isOpen(command: CommandProgress): boolean {
  return command.state === 'waiting' || command.state === 'sending' || command.state === 'unknown';
}

/** Sent without a settling answer: blocks notes and any second order until the network or a supervisor decides. */
export function isInDoubt(command: CommandProgress): boolean {
  return isOpen(command) && (command.mayHaveArrived || command.state === 'sending');
}

/** For a command that nothing may resend before a person has looked. */
export const NEVER_AGAIN_MS = Number.MAX_SAFE_INTEGER;

/** What was decided about a command before anything left; the rest of `Command` is its progress. */
export type NewCommand = Pick<Command, 'id' | 'cashOutId' | 'network' | 'kind' | 'idempotencyKey' | 'request'>;

/**
 * sending: saved before the first byte of an attempt leaves · outcome: what came of it · dropped: withdrawn, proven never to have left.
 * overtaken: a status answer made it moot, or a supervisor decided that it is. again: a supervisor has it sent once more.
 * `state` is the command's state afterwards; `nextAttemptAtMs` matters only while it is open.
 */
export type CommandEvent =
  | Readonly<{ type: 'sending' }>
  | Readonly<{
      type: 'outcome';
      state: 'waiting' | 'unknown' | 'accepted' | 'refused';
      outcome: string;
      arrived: 'no' | 'maybe' | 'yes';
      nextAttemptAtMs: number;
      evidence?: Evidence;
    }>
  | Readonly<{ type: 'dropped'; reason: string }>
  | Readonly<{ type: 'overtaken'; reason: string }>
  /** A supervisor's wish: the same bytes with the same key once more, also after a no. */
  | Readonly<{ type: 'again'; by: number; reason: string }>;

export function newCommand<Made extends object>(command: Made, atMs: number): Made & CommandProgress {
  return { ...command, state: 'waiting', attempts: 0, mayHaveArrived: false, nextAttemptAtMs: atMs, lastOutcome: '' };
}

/** Throws for an event that does not fit: only our own code makes these. */
export function advanceCommand<Any extends CommandProgress>(command: Any, event: CommandEvent): Any {
  if (event.type === 'again') {
    const mayLeave = isOpen(command) || command.state === 'refused';
    invariant(mayLeave, `I3: sent again, but it is ${command.state}`);
    return { ...command, state: command.mayHaveArrived ? 'unknown' : 'waiting', nextAttemptAtMs: 0 };
  }
  invariant(isOpen(command), `I3: ${event.type} for a command that is ${command.state}`);
  switch (event.type) {
    case 'sending':
      // From here until the outcome is saved, a crash leaves us not knowing: that is what `sending` means to a restart.
      return {
        ...command,
        state: 'sending',
        attempts: command.attempts + 1,
        mayHaveArrived: command.mayHaveArrived || command.state === 'sending',
      };
    case 'outcome':
      invariant(command.state === 'sending', `I3: outcome for a command that is ${command.state}`);
      return {
        ...command,
        state: event.state,
        mayHaveArrived: command.mayHaveArrived || event.arrived !== 'no',
        nextAttemptAtMs: event.nextAttemptAtMs,
        lastOutcome: event.outcome,
      };
    case 'dropped':
      invariant(
        command.state === 'waiting' && !command.mayHaveArrived,
        'I3: only a command that never left can be dropped',
      );
      return { ...command, state: 'dropped', lastOutcome: event.reason };
    case 'overtaken':
      return { ...command, state: 'overtaken', lastOutcome: event.reason };
    default:
      return unreachable(event);
  }
}
