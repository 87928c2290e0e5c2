/** Every operation of every network, on a line with every fault: the same expectations for all. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Seen } from '../raw-server.ts';
import { CAUSES, expectedKind, FAULT_NAMES, LINE_FAULTS, RETRY_AFTER_MS } from './line-faults.ts';
import type { FaultName } from './line-faults.ts';
import { isDone } from './network-under-test.ts';
import type { Call, NetworkUnderTest, Outcome, Scene } from './network-under-test.ts';
import { NETWORKS_UNDER_TEST } from './networks-under-test.ts';

// Deadlines pass when a test says so, never because the machine is busy.
beforeAll(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterAll(() => void vi.useRealTimers());

function bytesOf({ head, body }: Seen): string {
  return `${head}\r\n\r\n${body}`;
}

/** Bytes of the request that the fault is about, each time that it was sent. */
function sentBytes({ line }: Scene, { legs, at }: Call): readonly string[] {
  return line.seen.map(bytesOf).filter((bytes) => bytes.startsWith(legs[at] ?? 'no such leg'));
}

/** How many requests leave: none after the one that met the fault, and that one only where somebody listens. */
function expectedRequests({ legs, at }: Call, fault: FaultName, kind: string): number {
  if (kind === 'honest') return legs.length;
  return fault === 'refused' ? at : at + 1;
}

function secretsOf({ secrets, secretHeaders }: NetworkUnderTest, { line }: Scene): readonly string[] {
  const fresh = line.seen.flatMap((seen) => secretHeaders.flatMap((name) => seen.header(name) ?? []));
  return [...secrets, ...fresh];
}

/** What an outcome holds of the network's secrets; one that has nothing of them is empty. */
function leaksIn(outcome: Outcome, network: NetworkUnderTest, scene: Scene): readonly string[] {
  const kept = JSON.stringify(outcome);
  return secretsOf(network, scene).filter((secret) => kept.includes(secret));
}

type Case = readonly [sentence: string, NetworkUnderTest, Call, FaultName];

const CASES: readonly Case[] = NETWORKS_UNDER_TEST.flatMap((network) =>
  network.calls.flatMap((call) =>
    FAULT_NAMES.map((fault): Case => {
      const kind = kindOf(network, call, fault);
      return [`${network.id}: ${call.words} ${LINE_FAULTS[fault].words} is ${kind}`, network, call, fault];
    }),
  ),
);

function kindOf({ stopped }: NetworkUnderTest, { kind, role }: Call, fault: FaultName): string {
  const expected = expectedKind(fault, role);
  return expected === 'honest' ? kind : expected === 'stopped' ? stopped : expected;
}

function wordOf({ cause, code, detail }: Outcome): string | undefined {
  return cause ?? code ?? detail;
}

function expectedWord(network: NetworkUnderTest, call: Call, fault: FaultName): string | undefined {
  if (fault === 'wrong-type' || kindOf(network, call, fault) === 'unauthorized') return undefined;
  return call.role === 'after-delete' ? 'deleted-but-not-looked-after' : CAUSES[fault];
}

test.each(CASES)('%s', async (_sentence, network, call, fault) => {
  const scene = await call.set();
  try {
    const sentBefore = scene.line.seen.length;
    expect(scene.books()).toEqual(call.before);
    scene.line.strike(call.at, fault);

    const outcome = await scene.act();

    expect(outcome.kind).toBe(kindOf(network, call, fault));
    expect(wordOf(outcome)).toBe(expectedWord(network, call, fault));
    expect(scene.line.strikes()).toBe(1);
    expect(scene.line.seen.length - sentBefore).toBe(expectedRequests(call, fault, expectedKind(fault, call.role)));
    expect(leaksIn(outcome, network, scene)).toEqual([]);
    expect(scene.books()).toEqual(isDone(call, fault) ? call.after : call.before);

    await scene.line.mend();
    const settled = await scene.act();

    expect(settled.kind).toBe(isDone(call, fault) ? call.again : call.kind);
    expect(new Set(sentBytes(scene, call)).size).toBe(1);
    expect(leaksIn(settled, network, scene)).toEqual([]);
    expect(scene.books()).toEqual(isDone(call, fault) ? (call.repeated ?? call.after) : call.after);
  } finally {
    await scene.close();
  }
});

/** A question without an answer before a create: nothing has left, and there is no answer to wait by. */
const WAITS = CASES.filter(
  ([, , { role }, fault]) => fault === 'too-many' || (fault === 'error-before' && role !== 'before-command'),
);

test.each(WAITS)('%s, and how long to wait is told', async (_sentence, _network, call, fault) => {
  const scene = await call.set();
  scene.line.strike(call.at, fault);
  expect((await scene.act()).retryAfterMs).toBe(RETRY_AFTER_MS);
  await scene.close();
});

const ECHOES = CASES.filter(([, , { role }, fault]) => fault === 'garbage' && role === 'command');

test.each(ECHOES)('%s, and what it repeated of our secrets is taken out of the evidence', async (...echo) => {
  const [, , call, fault] = echo;
  const scene = await call.set();
  scene.line.strike(call.at, fault);
  const cleaned = { evidence: { body: expect.stringContaining('[removed]') as string } };
  expect(await scene.act()).toMatchObject(cleaned);
  await scene.close();
});
