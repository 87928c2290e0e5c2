import { expect, test } from 'vitest';
import type { PayoutNetwork } from '../../../../src-main/core/application/ports/payout-network.ts';
import { startRawServer, wire } from '../raw-server.ts';
import type { Answer } from '../raw-server.ts';
import { COMMANDS, KEY, network, send } from './bench.ts';
import type { Outcome } from './bench.ts';

/** Long enough for a busy machine; short where the test is about waiting in vain. */
const PATIENT_MS = 5_000;
const IMPATIENT_MS = 150;

async function against(answer: Answer, deadlineMs = PATIENT_MS): Promise<{ outcomes: Outcome[]; requests: number }> {
  const server = await startRawServer(answer);
  const till = network({ baseUrl: server.baseUrl }, { commandDeadlineMs: deadlineMs, readDeadlineMs: deadlineMs });
  const outcomes = await allOf(till);
  till.close();
  await server.close();
  return { outcomes, requests: server.seen.length };
}

async function allOf(till: PayoutNetwork): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const command of COMMANDS) outcomes.push(await send(till, command));
  outcomes.push(await till.read(KEY));
  return outcomes;
}

const GOOD = wire(200, '{"cashout_id":"8405147","cashout_status":2}');

test.each<[string, Answer, string, string]>([
  ['is silent', () => undefined, 'unknown timeout', 'unreachable timeout'],
  ['hangs up', (_seen, socket) => void socket.destroy(), 'unknown reset', 'unreachable reset'],
  [
    'speaks something else',
    (_seen, socket) => void socket.end('SSH-2.0\r\n'),
    'unknown not-http',
    'unreachable not-http',
  ],
  [
    'is cut in the middle',
    (_seen, socket) => void socket.end(GOOD.slice(0, -3)),
    'unknown answer-cut',
    'unreadable answer-cut',
  ],
  [
    'stops in the middle',
    (_seen, socket) => void socket.write(GOOD.slice(0, -3)),
    'unknown timeout',
    'unreadable timeout',
  ],
])(
  'a network that %s leaves every command in doubt, and is asked once for each',
  async (_what, answer, command, read) => {
    const { outcomes, requests } = await against(answer, command.endsWith('timeout') ? IMPATIENT_MS : PATIENT_MS);
    const told = outcomes.map((outcome) => {
      const word = 'cause' in outcome ? outcome.cause : 'detail' in outcome ? outcome.detail : '';
      return `${outcome.kind} ${word}`;
    });
    expect(told).toEqual([...COMMANDS.map(() => command), read]);
    expect(requests).toBe(outcomes.length);
  },
);

test('where nobody listens nothing has left', async () => {
  const server = await startRawServer(() => undefined);
  const till = network({ baseUrl: server.baseUrl });
  await server.close();
  const outcomes = await allOf(till);
  expect(outcomes).toEqual([
    ...COMMANDS.map(() => ({ kind: 'not-sent', cause: 'connection-refused' })),
    { kind: 'unreachable', cause: 'connection-refused' },
  ]);
});

test('a redirect is not followed: a signed body belongs to one place', async () => {
  const { outcomes, requests } = await against((seen, socket) => {
    const location = { Location: `http://${seen.header('host')}/v3/cashout`, Connection: 'close' };
    socket.end(wire(307, '', location));
  });
  expect(outcomes.map(({ kind }) => kind)).toEqual(['unknown', 'unknown', 'unknown', 'unknown', 'unreadable']);
  expect(requests).toBe(outcomes.length);
});
