/** Settings files with mistakes: each is shown at its line and column, with what to write instead, and nothing of the file is used. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cashOutIn, json, NETWORK, openForBusiness, openShop, refusalIn, worked } from './shop.ts';
import type { Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await openForBusiness(shop);
}, 60_000);
afterAll(() => shop.close());

const orders = (text: string): string => `{\n  "networks": { "mercadopago-orders": {\n    ${text}\n  } }\n}\n`;

test.each<readonly [string, string | Uint8Array, string, RegExp]>([
  ['an empty file', '', '1:1', /the file is empty/],
  ['blanks alone', ' \n\n', '1:1', /the file is empty/],
  ['a trailing comma', '{\n  "language": "es",\n}', '2:19', /a comma too many/],
  ['a comment', '{\n  // the till\n  "language": "es"\n}', '2:3', /comments are not allowed/],
  ['a key twice', '{\n  "language": "es",\n  "language": "pt"\n}', '3:3', /"language" stands here a second time/],
  ['half a file', '{\n  "language": "es', '2:15', /not closed with a double quote/],
  ['single quotes', "{\n  'language': 'es'\n}", '2:3', /neither a text|a name in double quotes/],
  ['text after the end', '{}\n{}', '2:1', /text after the end/],
  ['a list', '[]', '1:1', /expected object, received array/],
  ['brackets without end', '['.repeat(100_000), '1:51', /more than 50 brackets/],
  [
    'another encoding',
    Uint8Array.from(Buffer.from('{"shop":{"name":"Peña"}}', 'latin1')),
    '1:20',
    /save the file as UTF-8/,
  ],
  ['UTF-16', Uint8Array.from(Buffer.from('\ufeff{}', 'utf16le')), '1:1', /save the file as UTF-8/],
  ['an unknown key', '{\n  "langauge": "es"\n}', '2:3', /langauge: no setting has this name; there are language, /],
  ['an unknown key inside', orders('"baseURL": "https://api.mercadopago.com"'), '3:5', /there are baseUrl, country/],
  [
    'an unknown network',
    '{"networks":{"paypal":{}}}',
    '1:14',
    /no setting has this name; there are mercadopago-orders/,
  ],
  ['a token in the file', orders('"token": "APP_USR-1"'), '3:5', /token: no setting has this name/],
  ['a wrong type', '{\n  "limits": { "min": 500 }\n}', '2:15', /an amount is a text, e\.g\. "500\.00"/],
  ['a wrong word', '{"language":"fr"}', '1:2', /expected one of "es"\|"pt"\|"en"/],
  ['no URL', orders('"baseUrl": "api.mercadopago.com"'), '3:5', /a URL such as https:/],
  ['a port that is none', orders('"baseUrl": "https://host:99999"'), '3:5', /this is no URL/],
  ['an address that is none', orders('"baseUrl": "http://127.999.1.1"'), '3:5', /this is no URL/],
  ['http to another machine', orders('"baseUrl": "http://10.0.0.5:4010"'), '3:5', /https is required/],
  [
    'http to a name that looks like this machine',
    orders('"baseUrl": "http://127.0.0.1.example.test"'),
    '3:5',
    /https is req/,
  ],
  ['a password in a URL', orders('"baseUrl": "https://user:secret@host"'), '3:5', /without user, query or fragment/],
  ['a query in a URL', orders('"baseUrl": "https://host/?x=1"'), '3:5', /without user, query or fragment/],
  ['a time zone that is none', '{"timeZone":"Mexico"}'.replace('Mexico', 'Mars/Base'), '1:2', /an IANA time zone/],
  [
    'a currency of another country',
    `{\n "currency": "ARS",\n "networks": {"mercadopago-orders": {"country": "MX"}}\n}`,
    '2:2',
    /MX pays in MXN, not ARS/,
  ],
  [
    'two people with one code',
    '{"people":[\n{"code":1,"name":"A","role":"cashier"},\n{"code":1,"name":"B","role":"cashier"}]}',
    '3:2',
    /A has the code 1 already/,
  ],
  ['nobody', '{"people":[]}', '1:2', /array to have >=1 items/],
  ['a name that moves a printer', '{"shop":{"name":"A\\u001b@B"}}', '1:10', /without control characters/],
  ['limits upside down', '{\n"limits":{"min":"500","max":"100"}}', '2:1', /min is more than max/],
  ['limits that nothing fits', '{"limits":{"min":"110","max":"190","step":"100"}}', '1:2', /no multiple of step/],
  [
    'a key that could only be refused',
    '{"limits":{"max":"1000"},\n"quickAmounts":["500","2000"]}',
    '2:23',
    /outside the limits/,
  ],
  ['a printer nobody has', '{"printer":{"profile":"gutenberg"}}', '1:13', /no printer profile "gutenberg"/],
  [
    'decimals in Chile',
    `{"networks":{"mercadopago-orders":{"country":"CL"}},\n"limits":{"max":"500.00"}}`,
    '2:11',
    /no amount in CLP/,
  ],
])('%s', async (_what, content, place, says) => {
  const file = shop.file('bad.json', content);
  const before = shop.everything();

  const said = await shop.till('settings', 'import', file, '--json');

  expect(said.exit).toBe(2);
  expect(refusalIn(said).code).toBe('settings.invalid');
  const lines = refusalIn(said).detail.split('\n').slice(1);
  expect(lines.filter((line) => line.startsWith(`  ${file}:${place} `)).join()).toMatch(says);
  expect(said.err).not.toMatch(/\n\s+at /);
  expect(shop.everything()).toBe(before);
});

test('every mistake is told at once, in the order of the file', async () => {
  const file = shop.file('bad.json', '{\n "language": "fr",\n "till": { "id": "caja" },\n "colour": "red"\n}');

  const said = await shop.till('settings', 'check', file, '--json');

  expect(json(said)).toMatchObject({
    error: {
      problems: [
        { line: 2, column: 2 },
        { line: 3, column: 12 },
        { line: 4, column: 2, path: ['colour'] },
      ],
    },
  });
});

test('a file that is not there, a folder, and a file far too large are refused with their names', async () => {
  for (const [file, words] of [
    [`${shop.folder}/none.json`, 'no such file'],
    [shop.folder, 'it is a folder'],
    [shop.file('large.json', ' '.repeat(1_048_577)), 'larger than 1 MiB'],
  ] as const) {
    const said = await shop.till('settings', 'import', file, '--json');
    expect([said.exit, refusalIn(said).code]).toEqual([2, 'settings.invalid']);
    expect(refusalIn(said).detail).toContain(file);
    expect(refusalIn(said).detail).toContain(words);
  }
});

test('a mark at the beginning, as some editors write it, is no mistake; checking changes nothing', async () => {
  const networks = { 'mercadopago-orders': { baseUrl: shop.baseUrl } };
  const file = shop.file('good.json', `\ufeff${JSON.stringify({ networks, shop: { name: 'Peña & Hijos' } })}`);
  const before = shop.everything();

  const said = worked(await shop.till('settings', 'check', file));

  expect(said.out).toContain('Peña & Hijos');
  expect(shop.everything()).toBe(before);
});

test('what open money hangs on cannot be taken away: the currency of an open shift, the network of an open cash-out', async () => {
  const started = cashOutIn(worked(await shop.till('cash-out', 'start', ...NETWORK, '--amount', '100', '--json')));
  const before = shop.everything();
  const chile = shop.file('chile.json', orders('"country": "CL"'));
  const bare = shop.file('bare.json', '{}');

  const currency = await shop.till('settings', 'import', chile, '--json');
  expect([currency.exit, refusalIn(currency).detail]).toEqual([2, expect.stringContaining('shift 1 is open in MXN')]);
  const network = await shop.till('settings', 'import', bare, '--json');
  expect([network.exit, refusalIn(network).detail]).toEqual([2, expect.stringContaining(started.id)]);
  expect(shop.everything()).toBe(before);
});
