/** Goal: nothing a window sends reaches the till unless it is a readable call that this window may make. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { attachBridge, CALLS_UNDER_WAY_MAX, FRAME_CHARACTERS_MAX } from '../../../src-main/bridge/bridge.ts';
import type {
  CallName,
  Connection,
  DownFrame,
  EventFrame,
  Handlers,
} from '../../../src-main/core/contract/contract.ts';
import type { WindowRole } from '../../../src-main/core/contract/contract.ts';
import { isCallName, READERS } from '../../../src-main/core/contract/readers.ts';
import { fault, FaultError } from '../../../src-main/core/domain/fault.ts';
import { ok } from '../../../src-main/core/domain/result.ts';
import { REQUESTS } from './request-samples.ts';

const CALL_NAMES = Object.keys(REQUESTS).filter(isCallName);

type Asked = Readonly<{ name: string; request: unknown }>;

function setUp(role: WindowRole, answerWith?: (asked: Asked) => Promise<unknown>) {
  const sent: DownFrame[] = [];
  const asked: Asked[] = [];
  const logged: string[] = [];
  const frameListeners = new Set<(frame: unknown) => void>();
  const eventListeners = new Set<(frame: EventFrame) => void>();
  const state = { isTrusted: true };
  const connection: Connection = {
    send: (frame) => void sent.push(frame),
    onFrame: (listen) => {
      frameListeners.add(listen);
      return () => frameListeners.delete(listen);
    },
  };
  const handlers = new Proxy({} as Handlers, {
    get: (_, name) => (request: unknown) => {
      const heard = { name: String(name), request };
      asked.push(heard);
      return answerWith ? answerWith(heard) : Promise.resolve(ok({}));
    },
  });
  const note = (message: string, facts?: unknown): void => void logged.push(`${message} ${JSON.stringify(facts)}`);
  const bridge = attachBridge({
    connection,
    role,
    handlers,
    events: (listen) => {
      eventListeners.add(listen);
      return () => eventListeners.delete(listen);
    },
    log: { info: note, warn: note, error: note },
    isTrusted: () => state.isTrusted,
  });
  return {
    sent,
    asked,
    logged,
    bridge,
    state,
    arrive: (frame: unknown): void => frameListeners.forEach((listen) => listen(frame)),
    announce: (frame: EventFrame): void => eventListeners.forEach((listen) => listen(frame)),
    listenerCount: () => frameListeners.size + eventListeners.size,
  };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function call(name: string, request: unknown, id = 1): unknown {
  return { kind: 'call', id, name, request };
}

test('a call that the cashier may make reaches its handler as read, and the reply carries the id of the question', async () => {
  const window = setUp('cashier', () => Promise.resolve(ok({ said: 'yes' })));
  window.arrive(call('cash-out.cancel', { id: 'C1' }, 77));
  await settle();
  expect(window.asked).toEqual([{ name: 'cash-out.cancel', request: { id: 'C1' } }]);
  expect(window.sent).toEqual([{ kind: 'reply', id: 77, reply: ok({ said: 'yes' }) }]);
});

test.each(CALL_NAMES)('%s has a reader that accepts a proper request and rejects one more key', async (name) => {
  const sample = REQUESTS[name];
  expect(READERS[name](sample)).toEqual(sample);
  expect(READERS[name]({ ...sample, isAdministrator: true })).toBeUndefined();

  const window = setUp('cashier');
  window.arrive(call(name, { ...sample, isAdministrator: true }));
  window.arrive(call(name, sample, 2));
  await settle();
  expect(window.asked).toEqual([{ name, request: sample }]);
  expect(window.sent).toMatchObject([
    {
      id: 1,
      reply: { ok: false, error: { code: 'request.invalid', detail: expect.stringContaining(name) as string } },
    },
    { id: 2, reply: { ok: true } },
  ]);
});

test('the samples name every call that has a reader', () => {
  expect(CALL_NAMES.toSorted()).toEqual(Object.keys(READERS).toSorted());
});

test.each(CALL_NAMES.filter((name) => name !== 'customer.view'))(
  'the customer window is refused %s, which never reaches the till',
  async (name: CallName) => {
    const window = setUp('customer');
    window.arrive(call(name, REQUESTS[name]));
    await settle();
    expect(window.asked).toEqual([]);
    expect(window.sent).toMatchObject([{ id: 1, reply: { ok: false, error: { code: 'request.invalid' } } }]);
  },
);

test('the customer window may ask for its own view, and hears of nothing but that view', async () => {
  const window = setUp('customer');
  window.arrive(call('customer.view', {}));
  await settle();
  expect(window.asked).toHaveLength(1);

  window.announce({ kind: 'event', name: 'till.changed', event: { seq: 4, payoutIds: [], cashOutIds: ['C1'] } });
  const idle = { scene: 'idle', language: 'es', theme: 'light', training: false, shopName: 'Kiosco' } as const;
  window.announce({ kind: 'event', name: 'customer.changed', event: idle });
  expect(window.sent.slice(1)).toEqual([{ kind: 'event', name: 'customer.changed', event: idle }]);
});

test.each(['cash-out.giveaway', 'toString', '__proto__', 'constructor', ''])(
  'the unknown call "%s" is refused by name',
  async (name) => {
    const window = setUp('cashier');
    window.arrive(call(name, {}));
    await settle();
    expect(window.asked).toEqual([]);
    expect(window.sent).toMatchObject([{ id: 1, reply: { ok: false, error: { code: 'request.invalid' } } }]);
  },
);

test('garbage from a window neither stops the bridge nor reaches a handler', async () => {
  const window = setUp('cashier');
  const almostFrame = fc.record(
    {
      kind: fc.constantFrom('call', 'hello', 'reply', 'event', ''),
      id: fc.oneof(fc.integer({ max: -1 }), fc.double(), fc.string(), fc.anything()),
      name: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'cash-out.start'), fc.anything()),
      request: fc.anything(),
      role: fc.constantFrom('cashier', 'customer', 'owner'),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.anything(), almostFrame), async (frame) => {
      window.arrive(frame);
      await Promise.resolve();
      expect(window.asked).toEqual([]);
    }),
    { numRuns: 3000 },
  );
  window.arrive(call('till.view', {}, 9));
  await settle();
  expect(window.asked).toEqual([{ name: 'till.view', request: {} }]);
});

test('a readable frame with a garbage request never reaches the handler of any call', async () => {
  const window = setUp('cashier');
  const nameAndRequest = fc.tuple(fc.constantFrom(...CALL_NAMES), fc.anything());
  await fc.assert(
    fc.asyncProperty(nameAndRequest, async ([name, request]) => {
      fc.pre(READERS[name](request) === undefined);
      window.sent.length = 0;
      window.arrive(call(name, request));
      await settle();
      expect(window.asked).toEqual([]);
      expect(window.sent).toMatchObject([{ id: 1, reply: { ok: false, error: { code: 'request.invalid' } } }]);
    }),
    { numRuns: 1000 },
  );
});

test('a frame larger than the limit, or one that contains itself, is dropped before it is read', async () => {
  const window = setUp('cashier');
  const cyclic: Record<string, unknown> = { kind: 'call', id: 1, name: 'till.view' };
  cyclic['request'] = cyclic;
  window.arrive(cyclic);
  window.arrive(call('shift.drop', { amountMinor: 1, reason: 'x'.repeat(FRAME_CHARACTERS_MAX) }));
  window.arrive(
    call(
      'till.view',
      Array.from({ length: FRAME_CHARACTERS_MAX }, () => 0),
    ),
  );
  window.arrive(call('till.view', new Uint8Array(FRAME_CHARACTERS_MAX + 1)));
  window.arrive(call('till.view', new Map([['a', 'b']])));
  await settle();
  expect(window.asked).toEqual([]);
  expect(window.sent).toEqual([]);
  expect(window.logged.join('\n')).toContain('larger than the limit');
});

test('a window with too many questions open is refused the next one, and heard again once they are answered', async () => {
  const held = Promise.withResolvers<unknown>();
  const window = setUp('cashier', () => held.promise);
  for (let id = 0; id <= CALLS_UNDER_WAY_MAX; id += 1) window.arrive(call('till.view', {}, id));
  await settle();
  expect(window.asked).toHaveLength(CALLS_UNDER_WAY_MAX);
  expect(window.sent).toMatchObject([{ id: CALLS_UNDER_WAY_MAX, reply: { error: { code: 'request.invalid' } } }]);

  held.resolve(ok({}));
  await settle();
  window.arrive(call('till.view', {}, 500));
  await settle();
  expect(window.sent.at(-1)).toEqual({ kind: 'reply', id: 500, reply: ok({}) });
});

test('an id that is still under way is not asked a second time', async () => {
  const held = Promise.withResolvers<unknown>();
  const window = setUp('cashier', () => held.promise);
  window.arrive(call('cash-out.given', { id: 'C1' }, 5));
  window.arrive(call('cash-out.given', { id: 'C1' }, 5));
  held.resolve(ok({}));
  await settle();
  expect(window.asked).toHaveLength(1);
  expect(window.sent).toHaveLength(1);
});

test('what a handler throws stays in the log; the window is told of an internal fault', async () => {
  const window = setUp('cashier', () => Promise.reject(new Error('no such table: cash_out, token APP_USR-1')));
  window.arrive(call('till.view', {}));
  await settle();
  expect(window.sent).toMatchObject([{ id: 1, reply: { ok: false, error: { code: 'internal' } } }]);
  expect(JSON.stringify(window.sent)).not.toContain('APP_USR-1');
  expect(window.logged.join('\n')).toContain('no such table');
});

test('a handler that throws before it answers is an internal fault as well', async () => {
  const window = setUp('cashier', () => {
    throw new Error('at once');
  });
  window.arrive(call('till.view', {}));
  await settle();
  expect(window.sent).toMatchObject([{ id: 1, reply: { ok: false, error: { code: 'internal' } } }]);
});

test('a fault that travelled as an exception reaches the window with its own code', async () => {
  const problem = fault('storage.failed', 'the disk is full');
  const window = setUp('cashier', () => Promise.reject(new FaultError(problem)));
  window.arrive(call('till.view', {}));
  await settle();
  expect(window.sent).toEqual([{ kind: 'reply', id: 1, reply: { ok: false, error: problem } }]);
});

test('a window that is no longer trusted is not heard', async () => {
  const window = setUp('cashier');
  window.state.isTrusted = false;
  window.arrive(call('till.view', {}));
  await settle();
  expect(window.asked).toEqual([]);
  expect(window.sent).toEqual([]);
});

test('after detaching, frames, events and late replies go nowhere, and detaching waits for the calls under way', async () => {
  const held = Promise.withResolvers<unknown>();
  const window = setUp('cashier', () => held.promise);
  window.arrive(call('cash-out.given', { id: 'C1' }));
  const steps: string[] = [];
  const detached = window.bridge.detach().then(() => steps.push('detached'));
  expect(window.listenerCount()).toBe(0);
  await settle();
  steps.push('handler ends');
  held.resolve(ok({}));
  await detached;
  expect(steps).toEqual(['handler ends', 'detached']);
  expect(window.sent).toEqual([]);
});

test('a line that breaks while a reply is sent does not take the till down', async () => {
  const warnings: string[] = [];
  const listeners: ((frame: unknown) => void)[] = [];
  attachBridge({
    connection: {
      send: () => {
        throw new Error('window destroyed');
      },
      onFrame: (listen) => {
        listeners.push(listen);
        return () => undefined;
      },
    },
    role: 'cashier',
    handlers: new Proxy({} as Handlers, { get: () => () => Promise.resolve(ok({})) }),
    events: () => () => undefined,
    log: { info: () => undefined, warn: (message) => void warnings.push(message), error: () => undefined },
  });
  listeners[0]?.(call('till.view', {}));
  await settle();
  expect(warnings).toEqual(['a frame could not be sent to the window']);
});
