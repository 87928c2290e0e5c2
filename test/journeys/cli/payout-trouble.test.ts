/** Payouts when things go wrong: lost answers, killed commands, a stopped account, money that comes back; and never a second payout. */
import { afterEach, expect, test } from 'vitest';
import { createKiller } from './killer.ts';
import {
  openForPayouts,
  openPayoutShop,
  payoutIn,
  payoutsIn,
  PERSON,
  refreshed,
  settingsFile,
  startPayout,
} from './payout-shop.ts';
import type { PayoutShop } from './payout-shop.ts';
import { json, refusalIn, worked } from './shop.ts';
import type { Said } from './shop.ts';

let shop: PayoutShop;
afterEach(() => shop.close());

function creates(): readonly string[] {
  return shop.network
    .requests()
    .flatMap(({ operation, request }) => (operation === 'create' ? [request.bodyText] : []));
}

test('a lost answer: exit 3 and neither notes nor another payout, until watch has found out: exit 0', async () => {
  shop = await openPayoutShop('onekey');
  await openForPayouts(shop);
  shop.network.script({ fault: 'drop-after-commit', operation: 'create' });

  const started = await startPayout(shop, '--wait', '1');
  const { id, state, doubt, notesInstead } = payoutIn(started);
  expect([started.exit, state, doubt?.command, notesInstead]).toEqual([3, 'requested', 'create', 'no']);
  const notes = await shop.till('payout', 'notes', id, '--no-ask', '--json');
  expect([notes.exit, refusalIn(notes).code]).toEqual([3, 'payout.in-doubt']);
  expect((await startPayout(shop, '--reissue-of', id)).exit).not.toBe(0);

  const watched = await shop.till('payout', 'watch', id, '--until', 'pending', '--timeout', '30', '--json');
  expect([watched.exit, payoutIn(watched).state]).toEqual([0, 'pending']);
  expect([shop.network.payouts().length, creates().length]).toEqual([1, 1]);
}, 120_000);

test('a request that may have arrived, at a network that answers to both ids alone: a person has to look, and it waits', async () => {
  shop = await openPayoutShop('tupay');
  await openForPayouts(shop);
  shop.network.setNetwork('down');
  const started = await startPayout(shop, '--wait', '1');
  expect([started.exit, payoutIn(started).state]).toEqual([3, 'requested']);
  shop.network.setNetwork('up');
  const watched = await shop.till('payout', 'watch', payoutIn(started).id, '--timeout', '60', '--json');
  const { state, notesInstead, cases } = payoutIn(watched);
  expect([watched.exit, state, notesInstead, cases]).toMatchObject([3, 'requested', 'no', [{ kind: 'payout-stuck' }]]);
  expect(shop.network.payouts()).toEqual([]);
}, 120_000);

test('--no-wait saves and ends; sync sends what was saved', async () => {
  shop = await openPayoutShop('tupay');
  await openForPayouts(shop);
  const saved = await startPayout(shop, '--no-wait');
  expect([saved.exit, payoutIn(saved).state, creates().length]).toEqual([3, 'requested', 0]);
  worked(await shop.till('sync'));
  const { state } = payoutIn(worked(await shop.till('payout', 'show', payoutIn(saved).id, '--json')));
  expect([state, creates().length]).toEqual(['pending', 1]);
}, 60_000);

test('an address that is not registered stops the account, says 402, and goes on when the settings come again', async () => {
  shop = await openPayoutShop('tupay', { isIpRegistered: false });
  await openForPayouts(shop);
  const stopped = await startPayout(shop, '--wait', '5');
  const { id, state } = payoutIn(stopped);
  expect([stopped.exit, state]).toEqual([3, 'requested']);
  expect(worked(await shop.till('status')).out).toContain('tupay: blocked (401/402)');
  const asked = shop.network.requestCount();
  const next = await startPayout(shop);
  expect([next.exit, refusalIn(next).code]).toEqual([1, 'network.blocked']);
  expect(shop.network.requestCount()).toBe(asked);

  shop.network.change({ isIpRegistered: true });
  worked(await shop.till('settings', 'import', settingsFile(shop)));
  const watched = await shop.till('payout', 'watch', id, '--until', 'pending', '--timeout', '120', '--json');
  expect([watched.exit, shop.network.payouts().length]).toEqual([0, 1]);
}, 180_000);

test('money that comes back days later is a case, and notes for it need a supervisor', async () => {
  shop = await openPayoutShop('tupay');
  await openForPayouts(shop);
  const { id, externalId } = payoutIn(worked(await startPayout(shop)));
  shop.network.bankCompletes(externalId);
  await refreshed(shop, id, 'completed');
  shop.network.bankReturnsLate(externalId);
  const back = await refreshed(shop, id, 'rejected');
  expect([back.reversed, back.notesInstead, back.cases]).toMatchObject([
    true,
    'supervisor',
    [{ kind: 'payout-returned-late' }],
  ]);
  const cases = json(worked(await shop.till('case', 'list', '--json')));
  expect(cases).toMatchObject([{ kind: 'payout-returned-late', payoutId: id, amountMinor: 25_050, currency: 'PEN' }]);
  expect(worked(await shop.till('case', 'list')).out).toContain(id);

  const alone = await shop.till('payout', 'notes', id, '--no-ask', '--json');
  expect([alone.exit, refusalIn(alone).code]).toEqual([1, 'supervisor.needed']);
  worked(await shop.till('payout', 'notes', id, '--no-ask', '--supervisor', '7', '--json'));
  const given = payoutIn(worked(await shop.till('payout', 'notes', id, '--given', '--json')));
  expect(given.replacement?.by).toBe('notes');
}, 120_000);

const TRIES_MAX = 40;

/** What is repeated until it was killed so many times may have got to its end before: repeating it must change nothing. */
async function killedOften(times: number, tryOnce: () => Promise<Said>): Promise<void> {
  let kills = 0;
  for (let tried = 0; kills < times && tried < TRIES_MAX; tried += 1) {
    if ((await tryOnce()).signal === 'SIGKILL') kills += 1;
  }
}

test('killed at any instant of start and of what follows, there is one payout, and notes once', async () => {
  shop = await openPayoutShop('onekey');
  await openForPayouts(shop);
  shop.network.setWeather({ rates: {}, latency: { minimumMs: 5, maximumMs: 60 } });
  const form = JSON.stringify({ firstName: 'Jacinto', lastName: 'Conceição', documentId: '52998224725' });
  const killer = await createKiller(shop, 20_261_121, { longerMs: 160 });
  const start = ['payout', 'start', '--network', 'onekey', '--method', 'br-pix-cpf', '--amount', '100', '--form', '-'];
  const named = [...start, '--request-id', 'desk-7'];
  await killedOften(3, () => killer.kill(form, ...named));
  // Killed while the request was leaving, nobody knows whether it arrived: it is sent again after two minutes of "no such payout".
  worked(await shop.tillHears(form, ...named, '--wait', '170'));
  const [payout, ...others] = payoutsIn(worked(await shop.till('payout', 'list', '--json')));
  expect([payout?.state, others, shop.network.payouts().length]).toEqual(['pending', [], 1]);
  expect(new Set(creates()).size).toBe(1);

  const { id, externalId } = payout ?? { id: '', externalId: '' };
  shop.network.bankRejects(externalId, { code: 807 });
  await refreshed(shop, id, 'rejected');
  await killedOften(2, () => killer.kill(form, 'payout', 'notes', id, '--no-ask'));
  worked(await shop.till('payout', 'notes', id, '--no-ask'));
  await killedOften(2, () => killer.kill(form, 'payout', 'notes', id, '--given'));
  const given = await shop.till('payout', 'notes', id, '--given', '--json');
  expect(given.exit === 0 ? payoutIn(given).replacement?.by : refusalIn(given).code).toMatch(
    /^(notes|payout\.(replaced|wrong-state))$/,
  );
  const postings = shop.read("SELECT amount_minor FROM posting WHERE account = 'drawer' AND amount_minor < 0");
  expect(postings).toEqual([{ amount_minor: -10_000 }]);
  expect(killer.kills).toBeGreaterThanOrEqual(7);
  expect(json(worked(await shop.till('journal', 'verify', '--tables', '--json')))).toMatchObject({ tables: 'same' });
  worked(await shop.till('shift', 'close', '--count', '4900'));
}, 400_000);

test('limits, people and methods that are not there are refused in words, and nothing is sent', async () => {
  shop = await openPayoutShop('tupay');
  await openForPayouts(shop);
  for (const [options, code] of [
    [['--amount', '3000.01'], 'payout.amount-invalid'],
    [['--amount', '0.50'], 'payout.amount-invalid'],
    [['--currency', 'USD'], 'payout.amount-invalid'],
    [['--hold'], 'payout.not-possible'],
  ] as const) {
    const refused = await startPayout(shop, ...options);
    expect([options, refused.exit, refusalIn(refused).code]).toEqual([options, 1, code]);
  }
  const words = ['payout', 'start', '--network', 'tupay', '--country', 'PE', '--amount', '10', '--form', '-', '--json'];
  const short = await shop.tillHears(JSON.stringify({ ...PERSON, bankAccount: '0021930015389520681' }), ...words);
  expect([short.exit, refusalIn(short).code]).toEqual([1, 'payout.field-invalid']);
  expect([shop.network.requestCount(), payoutsIn(worked(await shop.till('payout', 'list', '--json')))]).toEqual([
    0,
    [],
  ]);
}, 60_000);
