/** The account's list of orders, of every network that tells it: exact bytes out, every page read, and no list out of half an answer. */
import { expect, test } from 'vitest';
import type { PaymentNetwork } from '../../../../src-main/core/application/ports/payment-network.ts';
import * as instore from '../mercadopago-instore/bench.ts';
import * as orders from '../mercadopago-orders/bench.ts';
import { startRawServer, wire } from '../raw-server.ts';

const ONE_DAY = { fromMs: 1_740_787_200_000, toMs: 1_740_873_600_000 };

type Row = Readonly<{
  network: (baseUrl: string) => PaymentNetwork;
  fixture: string;
  token: string;
  /** One page with so many in all, this one paid; none left out. */
  page: (total: number) => string;
  status: string;
}>;

const PAID_ORDER = orders.answer('paid');
const PAID_SEARCH = instore.answer('paid') as { elements: unknown[] };

const ROWS: Readonly<Record<string, Row>> = {
  'mercadopago-orders': {
    network: (baseUrl) => orders.till({ baseUrl }),
    fixture: orders.fixture('requests/list.http'),
    token: orders.TOKEN,
    page: (total) => JSON.stringify({ data: [PAID_ORDER], paging: { total: String(total) } }),
    status: 'paid',
  },
  'mercadopago-instore': {
    network: (baseUrl) => instore.till({ baseUrl }),
    fixture: instore.fixture('requests/list.http'),
    token: instore.TOKEN,
    page: (total) => JSON.stringify({ elements: PAID_SEARCH.elements.slice(-1), total }),
    status: 'paid',
  },
};

async function list(row: Row, answer: (call: number) => string) {
  let calls = 0;
  const server = await startRawServer((_seen, socket) => void socket.end(answer((calls += 1))));
  const network = row.network(server.baseUrl);
  const listing = await network.list(ONE_DAY);
  network.close();
  await server.close();
  return { listing, heads: server.seen.map(({ head }) => head), host: server.host, network };
}

test.each(Object.entries(ROWS))(
  '%s: a list leaves as in its fixture, and each line says how it stands',
  async (_id, row) => {
    const { listing, heads, host, network } = await list(row, () => wire(200, row.page(1), { Connection: 'close' }));
    const expected = row.fixture.trimEnd().replace('{{ACCESS_TOKEN}}', row.token).replace('{{HOST}}', host);
    expect(heads).toEqual([expected.replaceAll('\n', '\r\n')]);
    expect(network.traits.listing).toBe(true);
    expect(listing).toMatchObject({ kind: 'answered', orders: [{ status: row.status }] });
  },
);

test.each(Object.entries(ROWS))('%s: every page is asked for, one behind the other', async (_id, row) => {
  const { listing, heads } = await list(row, () => wire(200, row.page(3), { Connection: 'close' }));
  expect(heads.map((head) => /offset=(\d+)/.exec(head)?.[1])).toEqual(['0', '1', '2']);
  expect(listing.kind).toBe('answered');
});

const BROKEN: Readonly<Record<string, (row: Row, call: number) => string>> = {
  'an error': () => wire(500, '', { Connection: 'close' }),
  'a refused token': () => wire(401, '{"error":"unauthorized"}', { Connection: 'close' }),
  'no JSON': () => wire(200, '<html>', { Connection: 'close' }),
  'no list': () => wire(200, '{}', { Connection: 'close' }),
  'a list without its length': () => wire(200, '{"data":[]}', { Connection: 'close' }),
  'a connection that ends': () => '',
  'an error on the second page': (row, call) =>
    call === 1 ? wire(200, row.page(3), { Connection: 'close' }) : wire(503, '', { Connection: 'close' }),
};

test.each(
  Object.entries(ROWS).flatMap(([id, row]) =>
    Object.entries(BROKEN).map((each) => [id, each[0], row, each[1]] as const),
  ),
)('%s: %s is no list at all', async (_id, _words, row, broken) => {
  const { listing } = await list(row, (call) => broken(row, call));
  expect(listing.kind).toBe('failed');
});
