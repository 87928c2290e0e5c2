/** What a technician reads: help with examples, money and times as people write them, short tables, and nothing else on standard output. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type jsQr from 'jsqr';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cashOutIn, cashOutsIn, json, NETWORK, openForBusiness, openShop, ROOT, worked } from './shop.ts';
import type { Shop } from './shop.ts';

const decode = createRequire(import.meta.url)('jsqr') as (typeof jsQr)['default'];
const MANUAL = readFileSync(path.join(ROOT, 'docs/cli.md'), 'utf8');

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await openForBusiness(shop, { shop: { name: 'Abarrotes La Esquina' }, timeZone: 'America/Mexico_City' });
}, 60_000);
afterAll(() => shop.close());

const COMMANDS = [
  'settings import',
  'settings check',
  'settings show',
  'secret set',
  'secret list',
  'network pair',
  'network show',
  'network sticker',
  'devices discover',
  'devices profiles',
  'devices pair',
  'devices list',
  'devices state',
  'devices test',
  'devices forget',
  'devices export',
  'devices import',
  'shift open',
  'shift drop',
  'shift close',
  'shift report',
  'cash-out start',
  'cash-out watch',
  'cash-out hand-over',
  'cash-out given',
  'cash-out not-given',
  'cash-out cancel',
  'cash-out return',
  'cash-out show',
  'cash-out list',
  'payout form',
  'payout start',
  'payout watch',
  'payout refresh',
  'payout cancel',
  'payout hold',
  'payout release',
  'payout reviewed',
  'payout notes',
  'payout print',
  'payout find',
  'payout show',
  'payout list',
  'payout banks',
  'payout rate',
  'status',
  'sync',
  'backup list',
  'backup now',
  'backup restore',
  'backup verify',
  'case list',
  'case show',
  'case look',
  'case resolve',
  'slip print',
  'journal verify',
  'journal export',
  'db check',
  'reconcile',
  'drawer open',
  'version',
] as const;

test.each(COMMANDS)('`%s` explains itself, is in the manual, and opens nothing to do so', async (command) => {
  const words = command.split(' ');

  const help = worked(await shop.till('--data', path.join(shop.folder, 'untouched'), ...words, '--help'));

  expect(help.out).toContain(`Usage: ventanilla ${command}`);
  expect(help.out.split('\n')[2]).toMatch(/^[A-Za-z].{10,}/);
  expect(help.err).toBe('');
  expect(worked(await shop.till('help', ...words)).out).toBe(help.out);
  expect(() => readFileSync(path.join(shop.folder, 'untouched/till.db'))).toThrow('ENOENT');
  expect(MANUAL).toContain(`ventanilla ${command}`);
  const options = [...help.out.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option = '']) => option);
  expect(options.filter((option) => !MANUAL.includes(option))).toEqual([]);
});

test('the list of commands here is the whole list', async () => {
  const top = worked(await shop.till('--help')).out;
  const groups = [...top.matchAll(/^ {2}([a-z][a-z-]+)(?: \[options\])? {2,}/gm)].map(([, name = '']) => name);
  const listed = await Promise.all(
    groups.map(async (group) => {
      const { out } = worked(await shop.till(group, '--help'));
      const inside = [...out.matchAll(/^ {2}([a-z][a-z-]+)(?: \[options\])?(?: <.+?>)*(?: \[\w+\])? {2,}\S/gm)];
      const names = inside.map(([, name = '']) => name);
      return names.length > 0 ? names.map((name) => `${group} ${name}`) : [group];
    }),
  );
  expect(listed.flat().toSorted((left, right) => left.localeCompare(right))).toEqual(
    COMMANDS.toSorted((left, right) => left.localeCompare(right)),
  );
});

test('the version is the program’s', async () => {
  const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  expect(worked(await shop.till('--version')).out).toBe(`${manifest.version}\n`);
  expect(json(worked(await shop.till('version', '--json')))).toEqual({ name: 'ventanilla', version: manifest.version });
});

test('a cash-out reads as money, wall clock and next steps; the QR on the screen is the network’s', async () => {
  const started = worked(await shop.till('cash-out', 'start', ...NETWORK, '--amount', '1570', '--qr'));
  const [view] = cashOutsIn(worked(await shop.till('cash-out', 'list', '--json')));

  expect(started.out).toContain('state      awaiting_payment: the customer has to scan and pay');
  expect(started.out).toContain('amount     $ 1,570.00');
  expect(started.out).toContain('notes      1 × $ 1,000.00, 1 × $ 500.00, 1 × $ 50.00, 1 × $ 20.00');
  expect(started.out).toMatch(/requested {2}\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\n/);
  expect(started.out).toMatch(/expires {4}\d{2}:\d{2}:\d{2} \(in (5 min 0 s|4 min 5\d s)\)/);
  expect(started.out).toContain(`next       ventanilla cash-out watch ${view?.id ?? '?'}`);
  expect(readQr(started.out)).toBe(view?.qrData);
});

/** As a phone sees it: two modules to a character, dark on light. */
function readQr(text: string): string | undefined {
  const escape = String.fromCodePoint(27);
  const lines = text.split('\n').filter((line) => line.startsWith(`${escape}[30;107m`));
  const rows = lines.map((line) => line.replace(`${escape}[30;107m`, '').replace(`${escape}[0m`, ''));
  const scale = 4;
  const [width, height] = [(rows[0]?.length ?? 0) * scale, rows.length * 2 * scale];
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const mark = rows[Math.floor(y / scale / 2)]?.[Math.floor(x / scale)] ?? ' ';
      const isUpper = Math.floor(y / scale) % 2 === 0;
      if (mark === '█' || mark === (isUpper ? '▀' : '▄')) pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return decode(pixels, width, height)?.data;
}

test('lists are tables of short lines, the newest next to the prompt', async () => {
  worked(await shop.till('cash-out', 'start', ...NETWORK, '--amount', '100'));

  const { out } = worked(await shop.till('cash-out', 'list'));

  const lines = out.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^requested +id +amount +state$/);
  expect(lines.at(-2)).toMatch(/ {4}\$ 100\.00 {2}awaiting_payment$/);
  expect(lines.at(-1)).toMatch(/^\d cash-outs, times in America\/Mexico_City$/);
  expect(lines.every((line) => line.length <= 100)).toBe(true);
  expect(worked(await shop.till('cash-out', 'list', '--state', 'settled')).out).toBe('No cash-outs.\n');
  expect(worked(await shop.till('case', 'list')).out).toBe('No open cases.\n');
});

test('times are read and written on the till’s own clock', async () => {
  const [newest] = cashOutsIn(worked(await shop.till('cash-out', 'list', '--json', '--limit', '1')));
  const { out } = worked(await shop.till('cash-out', 'show', newest?.id ?? ''));
  const [, written = ''] = /requested {2}(\S+ \S+)/.exec(out) ?? [];
  const mexico = new Date().toLocaleString('sv-SE', { timeZone: 'America/Mexico_City' });
  expect(written.slice(0, 13)).toBe(mexico.slice(0, 13));

  const since = cashOutsIn(worked(await shop.till('cash-out', 'list', '--since', written, '--json')));
  expect(since.map(({ id }) => id)).toContain(newest?.id);
  const utc = new Date(Date.now() + 60_000).toISOString();
  expect(cashOutsIn(worked(await shop.till('cash-out', 'list', '--since', utc, '--json')))).toEqual([]);
});

test('status, settings, reports and the journal fit a screen and say what matters', async () => {
  const status = worked(await shop.till('status')).out;
  expect(status).toMatch(/^Abarrotes La Esquina, till CAJA01\n/);
  expect(status).toMatch(/shift {7}1 of Caja 1, since \d{4}-/);
  const settings = worked(await shop.till('settings', 'show')).out;
  expect(settings).toContain('amounts             MXN, $ 1.00 to $ 10,000.00 in steps of $ 1.00');
  expect(settings).toContain('token "mercadopago-token" stored');
  expect(worked(await shop.till('shift', 'report')).out).toMatch(/^X report: shift 1, open\n/);
  expect(worked(await shop.till('journal', 'verify')).out).toMatch(/^The journal is whole: \d+ entries checked/);
});

test('while it watches, a person is told each change on standard error, and a program is not', async () => {
  const quiet = cashOutIn(worked(await shop.till('cash-out', 'start', ...NETWORK, '--amount', '110', '--json')));
  shop.engine.customerPays(quiet.externalReference);
  const told = worked(await shop.till('cash-out', 'watch', quiet.id));
  expect(told.err).toMatch(/^\d{2}:\d{2}:\d{2} {2}paid\n$/);

  const other = cashOutIn(worked(await shop.till('cash-out', 'start', ...NETWORK, '--amount', '120', '--json')));
  shop.engine.customerPays(other.externalReference);
  const silent = worked(await shop.till('cash-out', 'watch', other.id, '--json'));
  expect([silent.err, cashOutIn(silent).state]).toEqual(['', 'paid']);
});

test('with --json there is JSON alone on standard output, wherever the word stands', async () => {
  for (const words of [
    ['--json', 'status'],
    ['status', '--json'],
    ['cash-out', 'list', '--json'],
    ['--json', 'settings', 'show'],
    ['case', 'list', '--json'],
  ]) {
    const { out, err } = worked(await shop.till(...words));
    expect([err, out.split('\n').length, typeof JSON.parse(out)]).toEqual(['', 2, 'object']);
  }
});

test('the manual’s settings file has every key and is accepted as it stands', async () => {
  const [example = ''] = [...MANUAL.matchAll(/```json\n(.*?)```/gs)].flatMap(([, text = '']) =>
    text.includes('"shop"') ? [text] : [],
  );
  worked(await shop.till('settings', 'check', shop.file('manual.json', example)));

  const wrong = { x: 1, shop: { x: 1 }, till: { x: 1 }, limits: { x: 1 }, printer: { x: 1 }, people: [{ x: 1 }] };
  const network = { x: 1, brazil: { x: 1 } };
  const file = shop.file(
    'wrong.json',
    JSON.stringify({ ...wrong, networks: { x: 1, 'mercadopago-orders': network, tupay: { x: 1 } } }),
  );
  const { out } = await shop.till('settings', 'check', file, '--json');
  const names = [...out.matchAll(/no setting has this name; there are ([^"\\]+)/g)].flatMap(([, list = '']) =>
    list.split(', '),
  );
  expect(new Set(names).size).toBeGreaterThan(25);
  expect(names.filter((name) => !example.includes(`"${name}":`))).toEqual([]);
});
