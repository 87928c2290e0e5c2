import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { UpFrame } from '../../../src-main/core/contract/contract.ts';
import { ok } from '../../../src-main/core/domain/result.ts';
import { createTillClient, deadlineMsOf } from '../../../src-renderer/bridge/till-client.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function line() {
  const sent: UpFrame[] = [];
  const listeners: ((frame: unknown) => void)[] = [];
  const client = createTillClient(
    {
      role: 'cashier',
      send: (frame) => void sent.push(frame),
      onFrame: (listen) => {
        listeners.push(listen);
        return () => undefined;
      },
    },
    1000,
  );
  return { sent, client, say: (frame: unknown) => listeners.forEach((listen) => listen(frame)) };
}

test('the first frame says hello with the window’s role', () => {
  expect(line().sent).toEqual([{ kind: 'hello', role: 'cashier' }]);
});

test('each reply settles its own call, in whatever order they come', async () => {
  const { client, sent, say } = line();
  const first = client.call('cash-out.show', { id: 'A' });
  const second = client.call('cash-out.show', { id: 'B' });
  expect(sent.slice(1).map((frame) => ('id' in frame ? frame.id : undefined))).toEqual([1000, 1001]);
  say({ kind: 'reply', id: 1001, reply: ok('b') });
  say({ kind: 'reply', id: 1000, reply: ok('a') });
  expect([await first, await second]).toEqual([ok('a'), ok('b')]);
});

test('the same request while one is under way is not sent again; afterwards it is a new one', async () => {
  const { client, sent, say } = line();
  const start = () => client.call('cash-out.start', { network: 'mercadopago-orders', amountMinor: 50_000 });
  const both = [start(), start()];
  expect(sent.filter(({ kind }) => kind === 'call')).toHaveLength(1);
  say({ kind: 'reply', id: 1000, reply: ok('started') });
  expect(await Promise.all(both)).toEqual([ok('started'), ok('started')]);
  void start();
  expect(sent.filter(({ kind }) => kind === 'call')).toHaveLength(2);
});

test('a call without an answer ends at its deadline as a fault, and a late reply changes nothing', async () => {
  const { client, say } = line();
  const asked = client.call('cash-out.hand-over', { id: 'A' });
  await vi.advanceTimersByTimeAsync(deadlineMsOf('cash-out.hand-over'));
  expect(await asked).toMatchObject({ ok: false, error: { code: 'window.no-answer' } });
  say({ kind: 'reply', id: 1000, reply: ok('late') });
  expect(await asked).toMatchObject({ ok: false });
});

test('the customer’s window gives up soonest, money has the most time', () => {
  expect(deadlineMsOf('customer.view')).toBeLessThan(deadlineMsOf('till.view'));
  expect(deadlineMsOf('till.view')).toBeLessThan(deadlineMsOf('cash-out.start'));
});

test('events reach who listens, until they stop listening; nonsense reaches nobody', () => {
  const { client, say } = line();
  const heard: number[] = [];
  const stop = client.on('till.changed', ({ seq }) => heard.push(seq));
  say({ kind: 'event', name: 'till.changed', event: { seq: 1, cashOutIds: [] } });
  for (const nonsense of [undefined, null, 'event', 7, {}, { kind: 'event' }, { kind: 'reply', id: 'x' }])
    say(nonsense);
  stop();
  say({ kind: 'event', name: 'till.changed', event: { seq: 2, cashOutIds: [] } });
  expect(heard).toEqual([1]);
});
