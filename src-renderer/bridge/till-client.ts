/**
 * The window's side of the contract: one promise for each call, one listener list for each event, over whatever the host carries.
 *
 * Errors  A call that nobody answers in time resolves with the fault `window.no-answer`: the till may still have done it, so nothing is
 *         ever repeated here. The same call with the same request while one is under way is the same promise: a double tap sends once.
 * Units   Deadlines in ms.
 */
import type {
  CallName,
  CallRequest,
  Calls,
  EventName,
  Events,
  WindowPort,
} from '../../src-main/core/contract/contract.ts';
import type { Fault } from '../../src-main/core/domain/fault.ts';
import { err } from '../../src-main/core/domain/result.ts';
import type { Result } from '../../src-main/core/domain/result.ts';

export type WindowFault = Fault | Readonly<{ code: 'window.no-answer'; detail: string }>;
export type WindowFaultCode = WindowFault['code'];
export type Answer<Name extends CallName> = Result<Calls[Name]['reply'], WindowFault>;

export interface TillClient {
  readonly role: WindowPort['role'];
  call<Name extends CallName>(name: Name, request: CallRequest<Name>): Promise<Answer<Name>>;
  on<Name extends EventName>(name: Name, listen: (event: Events[Name]) => void): () => void;
}

type Pending = Readonly<{ settle: (answer: Result<unknown, WindowFault>) => void }>;

const READ_DEADLINE_MS = 8_000;
/** The customer's window must say "one moment" soon rather than show an old amount. */
const CUSTOMER_DEADLINE_MS = 4_000;
/** Longer than the till's own deadlines towards networks and devices, so that its word arrives first. */
const WORK_DEADLINE_MS = 60_000;
const READS: readonly CallName[] = [
  'till.view',
  'cash-out.show',
  'cash-out.list',
  'payout.show',
  'payout.list',
  'shift.report',
  'till.preferences',
];

export function deadlineMsOf(name: CallName): number {
  if (name === 'customer.view') return CUSTOMER_DEADLINE_MS;
  return READS.includes(name) ? READ_DEADLINE_MS : WORK_DEADLINE_MS;
}

/** `firstId` differs for each page load: a reply meant for the page before a reload must not settle a call of this one. */
export function createTillClient(port: WindowPort, firstId: number): TillClient {
  const pending = new Map<number, Pending>();
  const underWay = new Map<string, Promise<Result<unknown, WindowFault>>>();
  const listeners = new Map<string, Set<(event: never) => void>>();
  let nextId = firstId;

  port.onFrame((frame) => {
    if (!isObject(frame)) return;
    if (frame['kind'] === 'reply' && typeof frame['id'] === 'number') {
      pending.get(frame['id'])?.settle(frame['reply'] as Result<unknown, WindowFault>);
    }
    if (frame['kind'] === 'event' && typeof frame['name'] === 'string') {
      for (const listen of listeners.get(frame['name']) ?? []) listen(frame['event'] as never);
    }
  });
  port.send({ kind: 'hello', role: port.role });

  function send(name: CallName, request: unknown): Promise<Result<unknown, WindowFault>> {
    const id = nextId;
    nextId += 1;
    const { promise, resolve } = Promise.withResolvers<Result<unknown, WindowFault>>();
    const deadlineMs = deadlineMsOf(name);
    const timer = setTimeout(() => {
      settle(err({ code: 'window.no-answer', detail: `${name}: no answer within ${deadlineMs} ms` }));
    }, deadlineMs);
    function settle(answer: Result<unknown, WindowFault>): void {
      clearTimeout(timer);
      pending.delete(id);
      resolve(answer);
    }
    pending.set(id, { settle });
    port.send({ kind: 'call', id, name, request });
    return promise;
  }

  return {
    role: port.role,
    call<Name extends CallName>(name: Name, request: CallRequest<Name>): Promise<Answer<Name>> {
      const key = `${name} ${JSON.stringify(request)}`;
      const running = underWay.get(key);
      if (running) return running as Promise<Answer<Name>>;
      const sent = send(name, request).finally(() => underWay.delete(key));
      underWay.set(key, sent);
      return sent as Promise<Answer<Name>>;
    },
    on(name, listen) {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known);
      known.add(listen);
      return () => known.delete(listen);
    },
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
