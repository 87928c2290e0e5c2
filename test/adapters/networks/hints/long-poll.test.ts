/** A till's ear at the relay: over real HTTP, to a real relay and to ones that lie. */
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLongPollHints } from '../../../../src-main/adapters/networks/hints/long-poll.ts';
import type { HintSource } from '../../../../src-main/core/application/ports/hint-source.ts';
import { FaultError } from '../../../../src-main/core/domain/fault.ts';
import type { HintSubjects } from '../../../../src-main/core/domain/hint.ts';
import { openSqliteQueue } from '../../../../src-main/relay/sqlite-queue.ts';
import { openRelay, postOrderNotice, relayConfig, TILL_KEY } from '../../../support/relay-bench.ts';
import { MACHINE_TIMERS } from '../../../support/till-bench.ts';
import { temporaryDirectory } from '../../system/temporary-directory.ts';
import { countingIds, machineClock } from '../machine.ts';

type Ear = Readonly<{ source: HintSource; heard: string[]; said: string[]; waitsMs: number[] }>;

/** Waits of the ear are hurried: what they would have been is kept. */
function listen(
  url: string,
  key: string = TILL_KEY.key,
  isHurried = true,
  onSubjects?: (subjects: HintSubjects) => void,
): Ear {
  const [heard, said, waitsMs]: [string[], string[], number[]] = [[], [], []];
  const note = (message: string, facts: object = {}): void => void said.push(`${message} ${JSON.stringify(facts)}`);
  const source = createLongPollHints({
    url,
    key: () => key,
    waitMs: 5_000,
    clock: machineClock,
    timers: {
      after(delayMs, run) {
        waitsMs.push(delayMs);
        return MACHINE_TIMERS.after(isHurried ? Math.min(delayMs, 20) : delayMs, run);
      },
    },
    ids: countingIds(),
    random: { next: () => 0.5 },
    log: { info: note, warn: note, error: note },
    version: '0.0.0',
  });
  source.start({
    onHint({ network, subjects }) {
      heard.push(`${network} ${JSON.stringify(subjects)}`);
      onSubjects?.(subjects);
    },
    onGap: () => heard.push('gap'),
  });
  onTestFinished(() => source.stop());
  return { source, heard, said, waitsMs };
}

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('it hears what the relay heard, and nothing twice', async () => {
  const folder = temporaryDirectory();
  const relay = await openRelay(openSqliteQueue(path.join(folder, 'relay.db')), relayConfig(folder));
  onTestFinished(() => relay.close());
  await postOrderNotice(relay.url, { orderId: 'BEFORE' });
  const { heard } = listen(relay.url);
  await expect.poll(() => relay.waiting()).toBe(1);
  await postOrderNotice(relay.url, { orderId: 'ORD1' });
  await postOrderNotice(relay.url, { orderId: 'ORD2' });
  await expect.poll(() => heard).toHaveLength(3);
  expect(heard).toEqual(['gap', 'mercadopago-orders {"orderId":"ORD1"}', 'mercadopago-orders {"orderId":"ORD2"}']);
});

test('a relay that is away is waited for, longer each time, and said so once', async () => {
  const { waitsMs, said, source } = listen('http://127.0.0.1:9');
  await expect.poll(() => waitsMs.length).toBeGreaterThan(9);
  await source.stop();
  expect(waitsMs.slice(0, 9)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  expect(said).toEqual(['the relay does not answer {"because":"connection-refused"}']);
});

test('a key that is refused is tried again a minute later, and stands in no line', async () => {
  const folder = temporaryDirectory();
  const relay = await openRelay(openSqliteQueue(path.join(folder, 'relay.db')), relayConfig(folder));
  onTestFinished(() => relay.close());
  const { waitsMs, said } = listen(relay.url, 'vtr_a-key-that-is-none', false);
  await expect.poll(() => waitsMs).toEqual([60_000]);
  expect(said.join()).not.toContain('vtr_a-key');
});

test('without a key nothing is asked', async () => {
  let calls = 0;
  const url = await serve((_request, response) => {
    calls += 1;
    response.end();
  });
  const { said, waitsMs } = listen(url, '');
  await expect.poll(() => waitsMs.length).toBeGreaterThan(1);
  expect([calls, said[0]]).toEqual([0, 'the relay does not answer {"because":"no-token"}']);
});

const PAGE = { cursor: 'a-1', gap: false, hints: [] };
const hint = (subjects: object, network = 'tupay'): object => ({ network, subjects, verified: true, receivedAtMs: 1 });

test.each([
  ['not JSON', 'hello'],
  ['another shape', JSON.stringify([PAGE])],
  ['a cursor that is a path', JSON.stringify({ ...PAGE, cursor: '../../x?y' })],
  ['a cursor without an end', JSON.stringify({ ...PAGE, cursor: 'x'.repeat(65) })],
  ['an id with a line break', JSON.stringify({ ...PAGE, hints: [hint({ orderId: 'a\nb' })] })],
  ['an id without an end', JSON.stringify({ ...PAGE, hints: [hint({ orderId: 'x'.repeat(101) })] })],
  ['a number for an id', JSON.stringify({ ...PAGE, hints: [hint({ orderId: 1 })] })],
  ['more hints than a page has', JSON.stringify({ ...PAGE, hints: Array.from({ length: 501 }, () => hint({})) })],
  ['an endless answer', `{"cursor":"${'x'.repeat(1_200_000)}`],
])('%s from a relay is not used at all', async (_what, body) => {
  const url = await serve((_request, response) => response.end(body));
  const { heard, waitsMs } = listen(url);
  await expect.poll(() => waitsMs.length).toBeGreaterThan(2);
  expect(heard).toEqual([]);
  expect(waitsMs.slice(0, 2)).toEqual([1_000, 2_000]);
});

test('what is unknown in a page is left out, and the rest is heard', async () => {
  let calls = 0;
  const url = await serve((_request, response) => {
    calls += 1;
    const hints = calls === 1 ? [hint({ orderId: 'A', status: 'paid' }), hint({ orderId: 'B' }, 'dogecoin')] : [];
    response.end(JSON.stringify({ ...PAGE, hints, more: 1 }));
  });
  const { heard } = listen(url);
  await expect.poll(() => calls).toBeGreaterThan(1);
  expect(heard).toEqual(['tupay {"orderId":"A"}']);
});

test('a relay that answers nothing at once, over and over, is asked once a second', async () => {
  let calls = 0;
  const url = await serve((_request, response) => {
    calls += 1;
    response.end(JSON.stringify(PAGE));
  });
  const { source } = listen(url, TILL_KEY.key, false);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  await source.stop();
  expect(calls).toBeGreaterThanOrEqual(2);
  expect(calls).toBeLessThanOrEqual(4);
});

test('a listener that fails costs its hint, and the next one is heard', async () => {
  let calls = 0;
  const url = await serve((_request, response) => {
    calls += 1;
    response.end(JSON.stringify({ ...PAGE, hints: [hint({ orderId: `N${calls}` })] }));
  });
  const heard: string[] = [];
  const { said } = listen(url, TILL_KEY.key, true, ({ orderId = '' }) => {
    heard.push(orderId);
    if (orderId === 'N1') throw new Error('disk full');
  });
  await expect.poll(() => heard.length).toBeGreaterThan(1);
  expect(heard.slice(0, 2)).toEqual(['N1', 'N2']);
  expect(said).toEqual(['a hint could not be followed {"error":"Error: disk full"}']);
});

test('stopping ends an open question at once', async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const url = await serve(() => resolve());
  const { source } = listen(url);
  await asked;
  const startedMs = performance.now();
  await source.stop();
  expect(performance.now() - startedMs).toBeLessThan(2_000);
});

test('a relay’s address that would carry the key in the clear is refused', () => {
  expect(() => listen('http://relay.example.test')).toThrow(FaultError);
});
