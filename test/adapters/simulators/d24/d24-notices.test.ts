/** Notifications: what the network posts when a status changes, and how it can get them wrong. */
import { expect, test } from 'vitest';
import { noticeControl } from '../../../../src-main/simulators/networks/d24/signature.ts';
import type { Notice } from '../../../../src-main/simulators/networks/d24/notices.ts';
import { createBench, openPayout, payoutOf, SIGNATURE } from './payout-bench.ts';

const fieldsOf = ({ bodyText }: Notice) => Object.fromEntries(new URLSearchParams(bodyText));

test('every change is told as a form, without the status, in network time', () => {
  const bench = createBench({ settings: { signature: 'your_cashout_api_signature' } });
  bench.engine.change({ signature: SIGNATURE });
  const ids = openPayout(bench, payoutOf('tupay', { external_id: 'cashoutID1234', comments: 'Turno 7 & caja ñ' }));
  bench.engine.change({ signature: 'your_cashout_api_signature' });
  bench.engine.bankAccepts(ids.external_id);
  bench.clock.nowMs += 61_000;
  bench.engine.bankRejects(ids.external_id, { code: 801 });

  const notices = bench.engine.notices();

  expect(notices.map(fieldsOf)).toEqual([
    {
      date: '2025-11-21 12:00:00',
      bank_reference_id: '',
      comments: 'Turno 7 & caja ñ',
      external_id: 'cashoutID1234',
      control: 'DDD345FB66A8053FBB69E0DBCACFDE5F63CA05140C3A2C446B7A0E4118F8BA1D',
      cashout_id: String(ids.cashout_id),
      status_reason: '',
    },
    expect.objectContaining({ date: '2025-11-21 12:01:01', status_reason: 'ERROR_ACCOUNT_CLOSED' }),
  ]);
  expect(notices[0]?.headers).toEqual({ 'content-type': 'application/x-www-form-urlencoded' });
  expect(notices[0]?.bodyText).toMatch(/^date=2025-11-21%2012%3A00%3A00&bank_reference_id=&comments=Turno%207/);
});

test('each of the changes of a long life is told once', () => {
  const bench = createBench();
  const { external_id: ref } = openPayout(bench);
  const { engine } = bench;
  engine.merchantHolds(ref);
  engine.merchantReleases(ref);
  engine.bankCompletes(ref);
  engine.bankReturnsLate(ref);

  expect(engine.notices()).toHaveLength(5);
});

const datesWith = (fault: 'notice-lost' | 'notice-twice' | 'notice-late') => {
  const bench = createBench();
  const { external_id: ref } = openPayout(bench);
  bench.engine.script({ fault });
  bench.engine.bankAccepts(ref);
  bench.clock.nowMs += 1_000;
  bench.engine.bankCompletes(ref);
  bench.clock.nowMs += 60_000;
  return bench.engine.notices().map((notice) => fieldsOf(notice)['date']?.slice(-2));
};

test('a notification can be lost, doubled, or overtaken by a later one', () => {
  expect(datesWith('notice-lost')).toEqual(['01']);
  expect(datesWith('notice-twice')).toEqual(['00', '00', '01']);
  expect(datesWith('notice-late')).toEqual(['01', '00']);
});

test('a notification can have a wrong control word, or name another payout under a good one', () => {
  const bench = createBench();
  const ids = openPayout(bench);
  const control = noticeControl(SIGNATURE, ids.external_id, bench.engine.settings.controlWords);
  bench.engine.script({ fault: 'notice-wrong-control' }, { fault: 'notice-another-cashout-id' });
  bench.engine.bankCompletes(ids.external_id);

  const [wrong, other] = bench.engine.notices().map(fieldsOf);

  expect(wrong).toMatchObject({ control: expect.stringMatching(/^[0-9A-F]{64}$/) as unknown });
  expect(wrong?.['control']).not.toBe(control);
  expect(other).toMatchObject({ control, cashout_id: String(ids.cashout_id + 1) });
});

test.each([
  ['http://127.0.0.1:9/own', 'http://127.0.0.1:9/own'],
  ['http://localhost:9/own', 'http://localhost:9/own'],
  ['https://till.example.com/own', 'http://127.0.0.1:9/panel'],
  ['http://127.0.0.1.example.com/own', 'http://127.0.0.1:9/panel'],
  [undefined, 'http://127.0.0.1:9/panel'],
])('for a payout with the address %s, notifications go to %s', (own, url) => {
  const bench = createBench({ settings: { notificationUrl: 'http://127.0.0.1:9/panel' } });
  const { external_id: ref } = openPayout(bench, payoutOf('tupay', { notification_url: own }));
  bench.engine.bankAccepts(ref);

  expect(bench.engine.takeUnsentNotices().map((notice) => notice.url)).toEqual([url]);
  expect(bench.engine.takeUnsentNotices()).toEqual([]);
});

test('without an address notifications are listed and not sent, and without keeping any none is made', () => {
  const listing = createBench();
  listing.engine.bankAccepts(openPayout(listing).external_id);
  const silent = createBench({ keepNotices: 0 });
  silent.engine.bankAccepts(openPayout(silent).external_id);

  expect([listing.engine.notices().length, listing.engine.takeUnsentNotices().length]).toEqual([1, 0]);
  expect([silent.engine.notices().length, silent.engine.takeUnsentNotices().length]).toEqual([0, 0]);
});
