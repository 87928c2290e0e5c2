/** Between the windows and the till: open, or shut for good with the reason that every question is then answered with. */
import type { CallName, EventFrame, Handlers } from '../core/contract/contract.ts';
import type { Fault } from '../core/domain/fault.ts';
import { err } from '../core/domain/result.ts';

export interface Gate {
  readonly handlers: Handlers;
  /** Whether a window may still hear this: of a till that has stopped, only that something changed. */
  pass(frame: EventFrame): boolean;
  shut(why: Fault): void;
}

export function createGate(open: Handlers): Gate {
  let reason: Fault | undefined;
  const names = Object.keys(open) as readonly CallName[];
  const guarded = names.map((name) => {
    const ask = open[name] as (request: unknown) => Promise<unknown>;
    return [name, (request: unknown) => (reason ? Promise.resolve(err(reason)) : ask(request))] as const;
  });
  return {
    handlers: Object.fromEntries(guarded) as unknown as Handlers,
    pass: (frame) => reason === undefined || frame.name === 'till.changed',
    shut(why) {
      reason ??= why;
    },
  };
}
