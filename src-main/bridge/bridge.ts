/**
 * The bridge: what a window asks becomes a call of a use case, what the till announces becomes a frame. It knows no carrier.
 *
 * Nothing that arrives is trusted: the sender, the frame, the size, the name, the role's right to ask and the request are checked, in
 * this order, before a handler hears of it.
 *
 * Errors  Replies carry a `Fault`: `request.invalid` for what could not be read or may not be asked, `internal` for a handler that threw
 *         (what it threw goes to the log alone), a `FaultError`'s own fault where the handler's helpers threw one.
 */
import type {
  CallFrame,
  CallName,
  Connection,
  DownFrame,
  EventFrame,
  EventName,
  Handlers,
  ReplyFrame,
  WindowRole,
} from '../core/contract/contract.ts';
import { isCallName, readUpFrame, READERS } from '../core/contract/readers.ts';
import type { Log } from '../core/application/ports/system.ts';
import { fault, FaultError } from '../core/domain/fault.ts';
import { err } from '../core/domain/result.ts';
import { isLargerThan } from './frame-size.ts';

export type BridgeParts = Readonly<{
  connection: Connection;
  role: WindowRole;
  handlers: Handlers;
  /** Subscribes to all that the till announces; the answer ends the subscription. */
  events: (listen: (frame: EventFrame) => void) => () => void;
  log: Log;
  /** False as soon as the window is no longer the one that the till opened. The host checks each sender besides. */
  isTrusted?: () => boolean;
}>;

export interface Bridge {
  /** Hears and says nothing more, at once; resolves when the calls under way have ended. */
  detach(): Promise<void>;
}

/** Larger than any request of ours (a count of every note is about 300), far below what would stall the till. */
export const FRAME_CHARACTERS_MAX = 16_384;
/** A cashier's screen has a handful of questions open at a time. */
export const CALLS_UNDER_WAY_MAX = 32;

const EVERY_CALL = Object.keys(READERS).filter(isCallName);

/** What each surface may ask and hear. The customer's window stands where a stranger can touch it. */
const RIGHTS: Readonly<Record<WindowRole, { calls: ReadonlySet<CallName>; events: ReadonlySet<EventName> }>> = {
  cashier: {
    calls: new Set(EVERY_CALL),
    events: new Set<EventName>(['till.changed', 'customer.changed', 'devices.changed', 'scan.happened']),
  },
  customer: { calls: new Set<CallName>(['customer.view']), events: new Set<EventName>(['customer.changed']) },
};

export function attachBridge(parts: BridgeParts): Bridge {
  const { connection, role, handlers, log } = parts;
  const rights = RIGHTS[role];
  const underWay = new Map<number, Promise<void>>();
  const reportDrop = createReport(log, role, 'dropped what a window sent');
  const reportRefusal = createReport(log, role, 'refused a call from a window');
  let isAttached = true;

  function send(frame: DownFrame): void {
    if (!isAttached) return;
    try {
      connection.send(frame);
    } catch (error) {
      log.warn('a frame could not be sent to the window', { role, kind: frame.kind, error: textOf(error) });
    }
  }

  function refuse(id: number, detail: string): void {
    reportRefusal(detail);
    send({ kind: 'reply', id, reply: err(fault('request.invalid', detail)) });
  }

  async function answer(id: number, name: CallName, raw: unknown): Promise<void> {
    const ask = readCall(name, handlers[name], raw);
    if (ask === undefined) return refuse(id, `${name}: the request cannot be read`);
    send({ kind: 'reply', id, reply: await run(name, ask, log) });
  }

  function onCall({ id, name, request }: CallFrame | (Omit<CallFrame, 'name'> & { name: string })): void {
    if (!isCallName(name)) return refuse(id, `${name.slice(0, 40)}: no such call`);
    if (!rights.calls.has(name)) return refuse(id, `${name}: not for the ${role} window`);
    // Answering a repeated id would settle the first call with the wrong words.
    if (underWay.has(id)) return reportDrop('an id that is already under way');
    if (underWay.size >= CALLS_UNDER_WAY_MAX) return refuse(id, `${name}: too many calls under way`);
    const ended = answer(id, name, request).finally(() => underWay.delete(id));
    underWay.set(id, ended);
  }

  function onFrame(raw: unknown): void {
    if (!isAttached) return;
    if (parts.isTrusted?.() === false) return reportDrop('a sender that is not trusted');
    if (isLargerThan(FRAME_CHARACTERS_MAX, raw)) return reportDrop('a frame larger than the limit');
    const frame = readUpFrame(raw);
    if (frame === undefined) return reportDrop('a frame that cannot be read');
    if (frame.kind === 'call') return onCall(frame);
    if (frame.role !== role) reportDrop(`a hello as ${frame.role}`);
  }

  const endFrames = connection.onFrame(onFrame);
  const endEvents = parts.events((frame) => {
    if (rights.events.has(frame.name)) send(frame);
  });

  return {
    async detach() {
      isAttached = false;
      endFrames();
      endEvents();
      await Promise.allSettled(underWay.values());
    },
  };
}

type Ask = () => Promise<ReplyFrame['reply']>;

/** The call with its request as read; undefined when its reader does not accept it. */
function readCall<Name extends CallName>(name: Name, handle: Handlers[Name], raw: unknown): Ask | undefined {
  const request = READERS[name](raw);
  return request === undefined ? undefined : () => handle(request);
}

async function run(name: CallName, ask: Ask, log: Log): Promise<ReplyFrame['reply']> {
  try {
    return await ask();
  } catch (error) {
    log.error('a call failed unexpectedly', { name, error: textOf(error) });
    if (error instanceof FaultError) return err(error.fault);
    return err(fault('internal', `${name}: an unexpected failure; the log has the details`));
  }
}

/** Says it the first time and then at every power of two: a page gone wild must not fill the disk. */
function createReport(log: Log, role: WindowRole, message: string): (what: string) => void {
  let count = 0;
  return (what) => {
    count += 1;
    if (Number.isInteger(Math.log2(count))) log.warn(message, { role, what, count });
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
