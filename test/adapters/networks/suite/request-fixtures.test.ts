/** Every operation of every network leaves the till as its fixture says: method, path, headers and body, byte for byte. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { NetworkId } from '../../../../src-main/core/domain/network.ts';
import type { PayoutNetworkId, PayoutTerms } from '../../../../src-main/core/domain/payouts/payout.ts';
import { SOUND_FORMS } from '../../../unit/domain/payouts/sound-forms.ts';
import * as d24 from '../d24/bench.ts';
import * as instore from '../mercadopago-instore/bench.ts';
import * as orders from '../mercadopago-orders/bench.ts';
import { startRawServer, wire } from '../raw-server.ts';
import type { Seen } from '../raw-server.ts';
import type { OperationName } from './network-under-test.ts';
import { NETWORKS_UNDER_TEST } from './networks-under-test.ts';

const TEST = path.resolve(import.meta.dirname, '../../..');

/** One operation, the fixtures of the requests that it makes, in order, and how it is asked for. */
type Row = Readonly<{
  network: NetworkId;
  operation: OperationName;
  fixtures: readonly string[];
  /** Beyond what every request of this network must have. */
  headers: readonly string[];
  ask(baseUrl: string): Promise<unknown>;
}>;

const KEYED = ['Authorization', 'X-Idempotency-Key'];
const JSON_KEYED = ['Content-Type', ...KEYED];

const ORDERS: readonly Omit<Row, 'network'>[] = [
  { operation: 'create', fixtures: ['create-mx'], headers: JSON_KEYED, ask: ordersCommand('create') },
  { operation: 'cancel', fixtures: ['cancel'], headers: JSON_KEYED, ask: ordersCommand('cancel') },
  { operation: 'refund', fixtures: ['refund'], headers: KEYED, ask: ordersCommand('refund') },
  {
    operation: 'read',
    fixtures: ['read'],
    headers: ['Authorization'],
    ask: (baseUrl) => orders.till({ baseUrl }).read(orders.TERMS, orders.ORDER),
  },
];

function ordersCommand(operation: orders.OperationName): Row['ask'] {
  return (baseUrl) => orders.send(orders.till({ baseUrl }), operation);
}

const BEARER = ['Authorization'];
const INSTORE: readonly Omit<Row, 'network'>[] = [
  { operation: 'create', fixtures: ['search', 'create-static'], headers: BEARER, ask: instoreCommand('create') },
  { operation: 'cancel', fixtures: ['waiting', 'cancel'], headers: BEARER, ask: instoreCommand('cancel') },
  { operation: 'confirm', fixtures: ['confirm'], headers: BEARER, ask: instoreCommand('confirm') },
  { operation: 'refund', fixtures: ['refund'], headers: BEARER, ask: instoreCommand('refund') },
  {
    operation: 'read',
    fixtures: ['search'],
    headers: BEARER,
    ask: (baseUrl) => instore.till({ baseUrl }).read(instore.TERMS, instore.ORDER),
  },
];

function instoreCommand(operation: instore.OperationName): Row['ask'] {
  return (baseUrl) => instore.send(instore.till({ baseUrl }), operation);
}

const SIGNED = ['Content-Type', 'Payload-Signature'];
const ONE_DAY = { fromMs: 1_740_787_200_000, toMs: 1_740_873_600_000 };
const BRAZILIAN: Partial<PayoutTerms> = {
  country: 'BR',
  currency: 'BRL',
  method: 'br-pix-cpf',
  beneficiary: SOUND_FORMS['br-pix-cpf'],
};

function payoutRows(brand: PayoutNetworkId): readonly Omit<Row, 'network'>[] {
  const isPeruvian = brand === 'tupay';
  const notice = isPeruvian ? { notificationUrl: 'https://pay.example.com/d24' } : {};
  const terms = isPeruvian ? d24.TERMS : { ...d24.TERMS, ...BRAZILIAN };
  const till = (baseUrl: string) => d24.network({ ...notice, baseUrl, listBaseUrl: baseUrl }, { brand });
  const command =
    (name: d24.CommandName, externalId: string, cashoutId: string): Row['ask'] =>
    (baseUrl) =>
      till(baseUrl).deliver({
        request: d24.requestFor(till(baseUrl), name, { externalId, cashoutId }, terms),
        terms,
      });
  const country = isPeruvian ? 'PE' : 'BR';
  const parked: readonly Omit<Row, 'network'>[] = [
    { operation: 'hold', fixtures: ['hold'], headers: SIGNED, ask: command('hold', 'ignored', '97875') },
    { operation: 'release', fixtures: ['release'], headers: SIGNED, ask: command('release', 'ignored', '97875') },
  ];
  return [
    {
      operation: 'create',
      fixtures: [isPeruvian ? 'create-pe' : 'create-br-pix-cpf'],
      headers: SIGNED,
      ask: command('create', '', ''),
    },
    { operation: 'cancel', fixtures: ['cancel'], headers: SIGNED, ask: command('cancel', 'cashoutID2134', '11954') },
    ...(till('https://no-such-host.invalid').traits.hold ? parked : []),
    {
      operation: 'read',
      fixtures: ['status-both'],
      headers: SIGNED,
      ask: (baseUrl) => till(baseUrl).read({ externalId: 's2kdfm39494', cashoutId: '11954' }),
    },
    {
      operation: 'banks',
      fixtures: [isPeruvian ? 'banks-pe' : 'banks-br'],
      headers: BEARER,
      ask: (baseUrl) => till(baseUrl).banks(country),
    },
    {
      operation: 'exchange rate',
      fixtures: [isPeruvian ? 'exchange-rate' : 'exchange-rate-br'],
      headers: BEARER,
      ask: (baseUrl) => till(baseUrl).exchangeRate(country, 10_00),
    },
    {
      operation: 'reconcile',
      fixtures: ['list-login', 'list-page'],
      headers: [],
      ask: (baseUrl) => till(baseUrl).reconcile(ONE_DAY),
    },
  ];
}

const FOLDERS: Readonly<Record<NetworkId, string>> = {
  'mercadopago-orders': 'mercadopago-orders',
  'mercadopago-instore': 'mercadopago-instore',
  tupay: 'd24',
  onekey: 'd24',
};
const TOKENS: Readonly<Record<string, string>> = {
  'mercadopago-orders': orders.TOKEN,
  'mercadopago-instore': instore.TOKEN,
  d24: '',
};

const ROWS: readonly Row[] = [
  ...ORDERS.map((row) => ({ network: 'mercadopago-orders' as const, ...row })),
  ...INSTORE.map((row) => ({ network: 'mercadopago-instore' as const, ...row })),
  ...payoutRows('tupay').map((row) => ({ network: 'tupay' as const, ...row })),
  ...payoutRows('onekey').map((row) => ({ network: 'onekey' as const, ...row })),
];

function fixture(folder: string, name: string): string {
  return readFileSync(path.join(TEST, 'fixtures', folder, 'requests', `${name}.http`), 'utf8');
}

function expectedBytes({ network }: Row, name: string, host: string): string {
  const folder = FOLDERS[network];
  const [head = '', body = ''] = fixture(folder, name).replace(/\n$/, '').split('\n\n');
  const filled = head
    .trimEnd()
    .replace('{{ACCESS_TOKEN}}', TOKENS[folder] ?? '')
    .replace('{{HOST}}', host)
    .replace('{{LENGTH}}', String(Buffer.byteLength(body)));
  return `${filled.replaceAll('\n', '\r\n')}\r\n\r\n${body}`;
}

/** Enough of a network for an operation to make all its requests; to what ends one, an error. */
function answerTo({ head }: Seen): string {
  if (head.startsWith('GET /merchant_orders/')) return wire(200, instore.NOBODY_SCANNED, { Connection: 'close' });
  if (head.startsWith('GET /instore/')) return wire(200, instore.OURS_WAITS, { Connection: 'close' });
  const cookie = { 'Set-Cookie': 'BEARER_TOKEN=session-token-1; Path=/; HttpOnly' };
  if (head.startsWith('POST /v1/auth/login')) return wire(200, '{}', { ...cookie, Connection: 'close' });
  return wire(500, '', { Connection: 'close' });
}

test.each(
  ROWS.map((row) => [`${row.network}: a ${row.operation} leaves as in ${row.fixtures.join(', ')}`, row] as const),
)('%s', async (_sentence, row) => {
  const server = await startRawServer((seen, socket) => void socket.end(answerTo(seen)));
  await row.ask(server.baseUrl);
  const sent = server.seen.map(({ head, body }) => `${head}\r\n\r\n${body}`);
  await server.close();
  expect(sent).toEqual(row.fixtures.map((name) => expectedBytes(row, name, server.host)));
});

test.each(
  ROWS.map((row) => [`${row.network}: a ${row.operation} has the headers that its network demands`, row] as const),
)('%s', (_sentence, { network, fixtures, headers }) => {
  for (const name of fixtures) {
    const [head = '', body = ''] = fixture(FOLDERS[network], name).split('\n\n');
    const names = head.split('\n').map((line) => line.split(':')[0]);
    const typed = body.trim() === '' ? [] : ['Content-Type'];
    expect(names).toEqual(expect.arrayContaining(['User-Agent', 'Host', ...headers, ...typed]));
  }
});

test.each(NETWORKS_UNDER_TEST.map((network) => [network.id, network] as const))(
  '%s has a fixture for every operation that it has',
  (id, { calls }) => {
    const shown = ROWS.filter(({ network }) => network === id).map(({ operation }) => operation);
    expect(new Set(shown)).toEqual(new Set(calls.map(({ operation }) => operation)));
  },
);

test('every fixture of a request is compared with what leaves the till', () => {
  const sources = globSync('adapters/networks/**/*.ts', { cwd: TEST }).map((file) =>
    readFileSync(path.join(TEST, file), 'utf8'),
  );
  const files = globSync('fixtures/*/requests/*.http', { cwd: TEST });
  expect(files.length).toBeGreaterThan(40);
  const unused = files.filter((file) => !sources.some((source) => isNamedIn(source, path.basename(file, '.http'))));
  expect(unused).toEqual([]);
});

/** In quotes, as the name of a field, or put together of a template's beginning and a word in quotes. */
function isNamedIn(source: string, fixtureName: string): boolean {
  if (new RegExp(`^ *${fixtureName}: `, 'm').test(source)) return true;
  const parts = fixtureName.split('-').map((_word, at, words) => [words.slice(0, at), words.slice(at)] as const);
  return parts.some(([first, rest]) => {
    const isBegun = first.length === 0 || source.includes(`\`${first.join('-')}-\${`);
    return isBegun && source.includes(`'${rest.join('-')}'`);
  });
}
