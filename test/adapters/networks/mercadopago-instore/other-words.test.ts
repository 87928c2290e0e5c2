/** A failure has several names in the documents: the till finds the one that this network knows, and says it once. */
import { afterEach, expect, test } from 'vitest';
import type { Delivery } from '../../../../src-main/core/application/ports/payment-network.ts';
import { startRawServer, wire } from '../raw-server.ts';
import type { RawServer } from '../raw-server.ts';
import { KEY, ORDER, PAYMENT, TERMS, till } from './bench.ts';

let server: RawServer | undefined;
afterEach(() => server?.close());

const ONE_M = 'fail/internal_comunication_error';
const TWO_M = 'fail/internal_communication_error';

type Known = Readonly<Record<string, string>>;

/** A network that knows these words, and what it answers to all others. */
async function networkThatKnows(known: readonly string[], refusal: Known | number): Promise<RawServer> {
  return startRawServer((seen, socket) => {
    const { status, status_detail: detail } = JSON.parse(seen.body) as { status: string; status_detail: string };
    const close = { Connection: 'close' };
    if (known.includes(`${status}/${detail}`)) {
      socket.end(wire(200, JSON.stringify({ order_id: 31200045001, status }), close));
      return;
    }
    const code = typeof refusal === 'number' ? undefined : (refusal[status] ?? 'invalid_status_detail');
    const answer = JSON.stringify({ error: code ?? 'internal_error', status: 400, message: '', causes: [] });
    socket.end(wire(typeof refusal === 'number' ? refusal : 400, answer, close));
  });
}

async function giveBack(cause: 'asked' | 'no-connection' | 'drawer-failed' | 'late-payment'): Promise<Delivery> {
  const network = till({ baseUrl: server?.baseUrl ?? '' });
  const request = network.prepareRefund(TERMS, ORDER, PAYMENT, cause);
  return network.deliver({ request, idempotencyKey: KEY, terms: TERMS, order: ORDER });
}

function said(): readonly string[] {
  return (server?.seen ?? []).map(({ body }) => {
    const { status, status_detail: detail } = JSON.parse(body) as { status: string; status_detail: string };
    return `${status}/${detail}`;
  });
}

test.each<[string, readonly string[], Known, readonly string[]]>([
  ['the reference’s spelling is enough', [ONE_M], {}, [ONE_M]],
  ['the guides’ spelling comes second', [TWO_M, 'fail/other'], {}, [ONE_M, TWO_M]],
  ['neither spelling is known', ['fail/other', 'cancelled/other'], {}, [ONE_M, TWO_M, 'fail/other']],
  [
    'no failure is known at all',
    ['cancelled/other'],
    { fail: 'invalid_status' },
    [ONE_M, TWO_M, 'fail/other', 'cancelled/other'],
  ],
])('%s', async (_case, known, refusal, words) => {
  server = await networkThatKnows(known, refusal);
  const delivery = await giveBack('no-connection');
  expect(delivery).toMatchObject({ kind: 'answered', fact: { status: 'returning' } });
  expect(said()).toEqual(words);
});

test('the drawer’s failure has one spelling, and after it the plain cancellation', async () => {
  server = await networkThatKnows(['cancelled/other'], { fail: 'invalid_status' });
  expect((await giveBack('drawer-failed')).kind).toBe('answered');
  expect(said()).toEqual(['fail/other', 'cancelled/other']);
});

test('a network that refuses every word has refused, and a person must look', async () => {
  server = await networkThatKnows([], {});
  expect(await giveBack('no-connection')).toMatchObject({ kind: 'refused', code: 'invalid_status_detail' });
  expect(said()).toEqual([ONE_M, TWO_M, 'fail/other', 'cancelled/other']);
});

test.each(['asked', 'late-payment'] as const)(
  'a cancellation has only its own words, and is not told twice: %s',
  async (cause) => {
    server = await networkThatKnows([], {});
    expect((await giveBack(cause)).kind).toBe('refused');
    expect(said()).toHaveLength(1);
  },
);

test('an answer that leaves open whether it was heard is never followed by other words', async () => {
  server = await networkThatKnows([], 500);
  expect((await giveBack('no-connection')).kind).toBe('unknown');
  expect(said()).toEqual([ONE_M]);
});
