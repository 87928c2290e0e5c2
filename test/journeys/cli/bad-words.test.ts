/** Everything a person can type wrongly: clear words, the right exit code, and nothing changed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cashOutIn, NETWORK, openForBusiness, openShop, refusalIn, worked } from './shop.ts';
import type { Shop } from './shop.ts';

let shop: Shop;
let chile: Shop;
let open: string;
let paid: string;
beforeAll(async () => {
  shop = await openShop();
  await openForBusiness(shop, { limits: { min: '50', max: '6000', step: '10' } });
  open = cashOutIn(worked(await shop.till('cash-out', 'start', ...NETWORK, '--amount', '100', '--json'))).id;
  const second = cashOutIn(worked(await shop.till('cash-out', 'start', ...NETWORK, '--amount', '200', '--json')));
  paid = second.id;
  shop.engine.customerPays(second.externalReference);
  worked(await shop.till('cash-out', 'watch', paid));
  chile = await openShop({ country: 'CL' });
  await openForBusiness(chile, { networks: { 'mercadopago-orders': { baseUrl: chile.baseUrl, country: 'CL' } } });
}, 60_000);
afterAll(async () => {
  await shop.close();
  await chile.close();
});

const USAGE = 2;
const REFUSED = 1;

type Outcome = Readonly<{
  exit: number | null;
  code: string;
  detail: string;
  isSaidAloud: boolean;
  hasChanged: boolean;
}>;

/** What came of a command; `isSaidAloud`: the same words on standard error, and no stack. */
async function outcome(where: Shop, ...words: readonly string[]): Promise<Outcome> {
  const before = where.everything();
  const said = await where.till(...words, '--json');
  const { code, detail } = refusalIn(said);
  const isSaidAloud = said.err.startsWith(`${code}: ${detail}\n`) && !/\n\s+at |node:internal/.test(said.err);
  return { exit: said.exit, code, detail, isSaidAloud, hasChanged: where.everything() !== before };
}

function refused(exit: number, code: string, says: RegExp): unknown {
  return { exit, code, detail: expect.stringMatching(says) as unknown, isSaidAloud: true, hasChanged: false };
}

test.each([
  ['500.001', USAGE, 'amount.invalid', /"500\.001".*more decimals/],
  ['0', USAGE, 'amount.invalid', /more than zero/],
  ['0.00', USAGE, 'amount.invalid', /more than zero/],
  ['-5', USAGE, 'amount.invalid', /"-5".*more than zero/],
  ['1e3', USAGE, 'amount.invalid', /"1e3".*no exponent/],
  ['1.500,00', USAGE, 'amount.invalid', /"1\.500,00".*no grouping/],
  ['1,500.00', USAGE, 'amount.invalid', /"1,500\.00".*no grouping/],
  ['500,00', USAGE, 'amount.invalid', /"500,00".*one dot/],
  ['', USAGE, 'amount.invalid', /there is nothing/],
  ['   ', USAGE, 'amount.invalid', /there is nothing/],
  ['5 00', USAGE, 'amount.invalid', /write digits/],
  ['$500', USAGE, 'amount.invalid', /write digits/],
  ['+500', USAGE, 'amount.invalid', /write digits/],
  ['.5', USAGE, 'amount.invalid', /write digits/],
  ['500.', USAGE, 'amount.invalid', /write digits/],
  ['0x1f4', USAGE, 'amount.invalid', /write digits/],
  ['٥٠٠', USAGE, 'amount.invalid', /write digits/],
  ['NaN', USAGE, 'amount.invalid', /write digits/],
  ['Infinity', USAGE, 'amount.invalid', /write digits/],
  ['500\u0000', USAGE, 'amount.invalid', /write digits/],
  ['999999999999999', USAGE, 'amount.invalid', /too large/],
  ['99999999999999999999999', USAGE, 'amount.invalid', /too large/],
  ['9'.repeat(5_000), USAGE, 'amount.invalid', /too large/],
  ['6010', REFUSED, 'amount.above-maximum', /the most is/],
  ['40', REFUSED, 'amount.below-minimum', /the least is/],
  ['505', REFUSED, 'amount.not-a-step', /multiples of/],
  ['5500', REFUSED, 'amount.drawer-short', /does not hold/],
])('an amount of "%s" starts nothing', async (amount, exit, code, says) => {
  // A null byte cannot even be handed to a process; what arrives is tried.
  const text = amount.replaceAll('\u0000', '\u0001');
  expect(await outcome(shop, 'cash-out', 'start', ...NETWORK, '--amount', text)).toEqual(refused(exit, code, says));
});

test('Chilean pesos have no decimals', async () => {
  const start = ['cash-out', 'start', ...NETWORK, '--amount'];
  expect(await outcome(chile, ...start, '5000.00')).toEqual(
    refused(USAGE, 'amount.invalid', /no amount in CLP.*more decimals/),
  );
  expect(await outcome(chile, ...start, '5000.5')).toEqual(refused(USAGE, 'amount.invalid', /more decimals/));
  expect(await outcome(chile, ...start, '5000', '--currency', 'MXN')).toEqual(
    refused(USAGE, 'amount.invalid', /works in CLP, not MXN/),
  );
});

const start = ['cash-out', 'start', '--amount', '100', '--network'];
const ID = '01K9ZZ7H4Q2V8D6M3N5P7R9T1W';

test.each<readonly [readonly string[], number, string, RegExp]>([
  [[...start, 'paypal'], USAGE, 'network.unknown', /"paypal"; there are mercadopago-orders/],
  [[...start, 'tupay'], REFUSED, 'network.not-configured', /no network tupay/],
  [[...start, 'mercadopago-orders', '--mode', 'magic'], USAGE, 'request.invalid', /"magic"; there are dynamic/],
  [[...start, 'mercadopago-orders', '--currency', 'XXX'], USAGE, 'request.invalid', /no currency "XXX"/],
  [[...start, 'mercadopago-orders', '--currency', 'ARS'], USAGE, 'amount.invalid', /works in MXN, not ARS/],
  [[...start, 'mercadopago-orders', '--wait', 'long'], USAGE, 'request.invalid', /"long" is no number of seconds/],
  [[...start, 'mercadopago-orders', '--wait', '-1'], USAGE, 'request.invalid', /"-1" is no number of seconds/],
  [[...start, 'mercadopago-orders', '--amount', '200'], USAGE, 'request.invalid', /--amount.*given twice/],
  [['cash-out', 'start', '--amount', '100'], USAGE, 'request.invalid', /required option '--network <id>'/],
  [['cash-out', 'start', ...NETWORK], USAGE, 'request.invalid', /required option '--amount <amount>'/],
  [['cash-out', 'start', ...NETWORK, '--amount'], USAGE, 'request.invalid', /argument missing/],
  [['cash-out', 'start', ...NETWORK, '--amount', '100', '--fast'], USAGE, 'request.invalid', /unknown option '--fast'/],
  [['cash-out', 'start', ...NETWORK, '--amount', '100', 'now'], USAGE, 'request.invalid', /too many arguments/],
  [['cash-out', 'watch', ID], REFUSED, 'cash-out.unknown', /no cash-out has the id/],
  [['cash-out', 'watch', ID, '--until', 'rich'], USAGE, 'request.invalid', /no state "rich"; there are requested/],
  [['cash-out', 'watch', ID, '--timeout', '1e9'], USAGE, 'request.invalid', /no number of seconds/],
  [['cash-out', 'watch'], USAGE, 'request.invalid', /missing required argument 'id'/],
  [['cash-out', 'show', "'; DROP TABLE journal; --"], USAGE, 'request.invalid', /no id of this till/],
  [['cash-out', 'show', 'x'.repeat(500)], USAGE, 'request.invalid', /no id of this till/],
  [['cash-out', 'hand-over', ID], REFUSED, 'cash-out.unknown', /no cash-out has the id/],
  [['cash-out', 'list', '--state', 'lost'], USAGE, 'request.invalid', /no state "lost"/],
  [['cash-out', 'list', '--since', '31/01/2026'], USAGE, 'request.invalid', /no date/],
  [['cash-out', 'list', '--since', '2026-02-31'], USAGE, 'request.invalid', /no date/],
  [['cash-out', 'list', '--since', '1'], USAGE, 'request.invalid', /no date/],
  [['cash-out', 'list', '--limit', '0'], USAGE, 'request.invalid', /from 1 to 1000/],
  [['cash-out', 'borrow'], USAGE, 'request.invalid', /unknown command 'borrow'/],
  [['cash-out'], USAGE, 'request.invalid', /a command is missing; ventanilla cash-out --help/],
  [[], USAGE, 'request.invalid', /a command is missing; ventanilla --help/],
  [['dance'], USAGE, 'request.invalid', /unknown command 'dance'/],
  [['--fast', 'status'], USAGE, 'request.invalid', /unknown option '--fast'/],
  [['--data', '', 'status'], USAGE, 'request.invalid', /--data is empty/],
  [['shift', 'open', '--float', '100'], REFUSED, 'shift.already-open', /shift 1 of Caja 1 is open/],
  [['shift', 'open'], USAGE, 'request.invalid', /required option '--float/],
  [['shift', 'open', '--float', '-1'], USAGE, 'amount.invalid', /more than zero|zero or more/],
  [['shift', 'open', '--float', '100', '--cashier', 'Rosa'], USAGE, 'request.invalid', /"Rosa" is no cashier code/],
  [['shift', 'drop', '--amount', '999999'], REFUSED, 'drop.too-large', /does not hold/],
  [['shift', 'drop', '--amount', '0'], USAGE, 'amount.invalid', /more than zero/],
  [['shift', 'drop', '--amount', '10', '--reason', ' '], USAGE, 'request.invalid', /reason is empty/],
  [['shift', 'drop', '--amount', '10', '--reason', 'a\nb'], USAGE, 'request.invalid', /one line/],
  [['shift', 'drop', '--amount', '10', '--reason', 'x'.repeat(201)], USAGE, 'request.invalid', /201 characters/],
  [['shift', 'report', '--shift', ID], REFUSED, 'shift.unknown', /no shift has the id/],
  [['shift', 'close', '--count', '5000'], REFUSED, 'shift.open-cash-outs', /settle these first/],
  [['sync', '--until', 'rich'], USAGE, 'request.invalid', /knows only idle/],
  [['journal', 'verify', '--from', '0'], USAGE, 'request.invalid', /no journal number/],
  [['journal', 'verify', '--from', '99999'], USAGE, 'request.invalid', /the journal ends at/],
  [['journal', 'export', '--output', '/nonexistent/a.jsonl'], USAGE, 'request.invalid', /no such file or folder/],
  [['journal', 'export', '--to', '99999'], USAGE, 'request.invalid', /the journal ends at/],
  [['journal', 'export', '--from', '3', '--to', '2'], USAGE, 'request.invalid', /2 stands before 3/],
  [['journal', 'export', '--shift', '99'], USAGE, 'request.invalid', /no shift has the number or id 99/],
  [['journal', 'export', '--shift', '1', '--to', '2'], USAGE, 'request.invalid', /says where it begins/],
  [['slip', 'print', 'poem'], USAGE, 'request.invalid', /no slip "poem"; there are qr/],
  [['slip', 'print', 'receipt'], USAGE, 'request.invalid', /which one/],
  [['slip', 'print', 'receipt', ID], REFUSED, 'slip.not-now', /no receipt slip/],
  [['drawer', 'open', '--reason', ''], USAGE, 'request.invalid', /reason is empty/],
])('%j is refused', async (words, exit, code, says) => {
  expect(await outcome(shop, ...words)).toEqual(refused(exit, code, says));
});

test('a step with a wrong word beside it is not taken', async () => {
  expect(await outcome(shop, 'cash-out', 'cancel', open, '--wait', 'x')).toEqual(
    refused(USAGE, 'request.invalid', /no number of seconds/),
  );
  expect(await outcome(shop, 'cash-out', 'given', paid, '--wait', 'x')).toEqual(
    refused(USAGE, 'request.invalid', /no number of seconds/),
  );
  expect(await outcome(shop, 'cash-out', 'return', paid, '--wait', '0.0001')).toEqual(
    refused(USAGE, 'request.invalid', /no number/),
  );
  expect(await outcome(shop, 'cash-out', 'return', paid, '--reason', '')).toEqual(
    refused(USAGE, 'request.invalid', /reason is empty/),
  );
});

test('a step that the state does not allow is not taken, and the words say how it stands', async () => {
  const wrong = 'cash-out.wrong-state';
  expect(await outcome(shop, 'cash-out', 'hand-over', open)).toEqual(
    refused(REFUSED, wrong, /is awaiting_payment; notes are handed over only/),
  );
  expect(await outcome(shop, 'cash-out', 'given', paid)).toEqual(
    refused(REFUSED, wrong, /is paid; only notes that are being handed over/),
  );
  expect(await outcome(shop, 'cash-out', 'not-given', paid)).toEqual(refused(REFUSED, wrong, /is paid/));
  expect(await outcome(shop, 'cash-out', 'return', open)).toEqual(refused(REFUSED, wrong, /only one that is paid/));
  expect(await outcome(shop, 'slip', 'print', 'qr', paid)).toEqual(refused(REFUSED, 'slip.not-now', /no qr slip/));
});

test('a journal is never exported over a file that exists', async () => {
  expect(await outcome(shop, 'journal', 'export', '--output', `${shop.data}/till.db`)).toEqual(
    refused(USAGE, 'request.invalid', /exists already; choose another name/),
  );
});

test.each([
  ['not there', undefined, /no such file/],
  ['empty', '', /the file is empty/],
  ['no JSON', '{"notes":{"500":3},}', /count\.json:1:19 a comma too many/],
  ['a note twice', '{"notes":{"500":3,"500":4}}', /count\.json:1:19 "500" stands here a second time/],
  ['the same note in two spellings', '{"notes":{"500":3,"500.00":4}}', /500\.00 is counted twice/],
  ['half a note', '{"notes":{"500":1.5}}', /pieces of 500 must be a whole number/],
  ['fewer than no notes', '{"notes":{"500":-1}}', /pieces of 500 must be a whole number/],
  ['pieces as text', '{"notes":{"500":"3"}}', /pieces of 500 must be a whole number/],
  ['a million pieces', '{"notes":{"500":1000000}}', /from 0 to 100000/],
  ['a denomination that is none', '{"notes":{"five":3}}', /"five" is no amount/],
  ['an unknown key', '{"coins":{"5":3}}', /has no "coins"/],
  ['nothing at all', '{}', /no "notes" and no "total"/],
  ['a list', '[]', /holds an object/],
  ['another currency', '{"currency":"ARS","notes":{"500":3}}', /in ARS, the shift in MXN/],
  ['no currency', '{"currency":7,"notes":{"500":3}}', /unknown currency 7/],
  ['a total as a number', '{"total":4500}', /"total" is a text/],
  [
    'a total that the notes do not make',
    '{"total":"4500","notes":{"500":3}}',
    /"total" says 4500\.00, the notes make 1500\.00/,
  ],
])('a count that is %s does not close the shift', async (_what, content, says) => {
  const file = content === undefined ? `${shop.folder}/nothing.json` : shop.file('count.json', content);
  expect(await outcome(shop, 'shift', 'close', '--count', file)).toEqual(refused(USAGE, 'count.invalid', says));
});

test.each([
  ['Bad Name', 'value', /name of a secret has 1 to 64 of a-z/],
  ['mercadopago-token', '', /is empty/],
  ['mercadopago-token', '\n', /is empty/],
  ['mercadopago-token', 'two words', /no access token has/],
  ['mercadopago-token', 'tokén', /no access token has/],
  ['mercadopago-token', 'x'.repeat(5_000), /5000 characters, the most is 4096/],
  ['signature-key', 'two\nlines', /line break/],
])('a secret %s of %j is not kept, and not repeated', async (name, value, says) => {
  const before = worked(await shop.till('secret', 'list', '--json')).out;

  const said = await shop.tillHears(value, 'secret', 'set', name, '--json');

  expect(said.exit).toBe(USAGE);
  expect(refusalIn(said).detail).toMatch(says);
  expect(said.out + said.err).not.toContain('two');
  expect(worked(await shop.till('secret', 'list', '--json')).out).toBe(before);
});
