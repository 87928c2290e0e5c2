/** The cash box: opened only after the hand-over is on disk, every opening on record, and nobody held up by one that stays shut (I1, I10). */
import { expect, test } from 'vitest';
import type { CashDrawer, DrawerOutcome } from '../../../src-main/core/application/ports/cash-drawer.ts';
import { createHandlers } from '../../../src-main/bridge/handlers.ts';
import type { TillView } from '../../../src-main/core/contract/views.ts';
import { worked } from '../../support/till-bench.ts';
import { createVirtualTill, meanwhile } from '../../support/virtual-till.ts';
import type { VirtualTill } from '../../support/virtual-till.ts';

type Box = Readonly<{
  drawer: CashDrawer;
  is: { state: 'open' | 'closed' | 'unknown'; opens: boolean; outcome: DrawerOutcome };
}>;

/** A box with a calibrated sensor that opens at a pulse, until the test says otherwise. */
function box(): Box {
  const is: Box['is'] = { state: 'closed', opens: true, outcome: { state: 'sent' } };
  return {
    is,
    drawer: {
      async open() {
        if (is.opens && is.outcome.state === 'sent') is.state = 'open';
        return is.outcome;
      },
      state: async () => is.state,
    },
  };
}

async function handedOver(shop: VirtualTill): Promise<string> {
  const { id } = await shop.paid();
  const asked = shop.till.handOver(id);
  await shop.time.pass(3_000);
  worked(await asked);
  return id;
}

async function noticeOf(shop: VirtualTill): Promise<TillView['drawerNotice']> {
  return worked(await createHandlers(shop.till)['till.view']({})).drawerNotice;
}

const outcomes = (shop: VirtualTill): readonly string[] =>
  shop.store.drawerOpenings(shop.store.openShift()?.id ?? '').map(({ outcome }) => outcome);

test('an opening stands in the journal with its person and its reason, after the hand-over that it is for', async () => {
  const { drawer } = box();
  const shop = createVirtualTill({ drawer });
  const id = await handedOver(shop);
  const about = shop.store.entriesAbout(id).map(({ event }) => event);
  const opening = about.findIndex(({ type }) => type === 'drawer.opened');
  const start = about.findIndex((event) => event.type === 'cash-out.step' && event.step.type === 'hand-over-started');
  expect(about[opening]).toMatchObject({ outcome: 'opened', reason: 'hand-over', byCode: 1042, cashOutId: id });
  expect(start).toBeGreaterThanOrEqual(0);
  expect(opening).toBeGreaterThan(start);
  expect(await noticeOf(shop)).toBeUndefined();
});

test('a box that stays shut after its pulse is opened with the key: the screen says so, the record too, and the step goes on', async () => {
  const { drawer, is } = box();
  is.opens = false;
  const shop = createVirtualTill({ drawer });
  const id = await handedOver(shop);
  expect(shop.now(id).state).toBe('handing_over');
  expect(outcomes(shop)).toEqual(['manual']);
  expect(await noticeOf(shop)).toMatchObject({ kind: 'use-key' });
  // However long the cashier looks for it.
  await shop.time.pass(30_000);
  expect(await noticeOf(shop)).toMatchObject({ kind: 'use-key' });
  is.state = 'open';
  await shop.time.pass(5_000);
  expect(await noticeOf(shop)).toBeUndefined();
});

test('a pulse that was refused is the key’s turn; one that may have left sends the cashier to look', async () => {
  const { drawer, is } = box();
  is.outcome = { state: 'refused', fault: { code: 'paper-out', sent: 'none', detail: 'test' } };
  const shop = createVirtualTill({ drawer });
  worked(await meanwhile(shop, shop.till.openDrawer('change')));
  expect(await noticeOf(shop)).toMatchObject({ kind: 'use-key' });
  is.outcome = { state: 'unknown', fault: { code: 'timeout', sent: 'some', detail: 'test' } };
  is.state = 'unknown';
  worked(await meanwhile(shop, shop.till.openDrawer('change')));
  expect(await noticeOf(shop)).toMatchObject({ kind: 'look' });
  expect(outcomes(shop)).toEqual(['manual', 'failed']);
});

test('what a cashier has read is gone, of that opening only; a box that stands open is told until it is shut', async () => {
  const { drawer, is } = box();
  is.outcome = { state: 'unknown', fault: { code: 'timeout', sent: 'some', detail: 'test' } };
  is.state = 'unknown';
  const shop = createVirtualTill({ drawer });
  const seen = async (sinceMs: number) => worked(await createHandlers(shop.till)['drawer.seen']({ sinceMs }));
  worked(await meanwhile(shop, shop.till.openDrawer('change')));
  const first = (await noticeOf(shop))?.sinceMs ?? 0;
  worked(await meanwhile(shop, shop.till.openDrawer('change')));
  await seen(first);
  const second = (await noticeOf(shop))?.sinceMs ?? 0;
  expect(second).toBeGreaterThan(first);
  await seen(second);
  expect(await noticeOf(shop)).toBeUndefined();

  is.outcome = { state: 'sent' };
  worked(await meanwhile(shop, shop.till.openDrawer('change')));
  await shop.time.pass(70_000);
  const third = await noticeOf(shop);
  expect(third).toMatchObject({ kind: 'open-long' });
  await seen(third?.sinceMs ?? 0);
  expect(await noticeOf(shop)).toEqual(third);
});

test('a pulse in doubt is in doubt no more when the sensor sees the box open', async () => {
  const { drawer, is } = box();
  is.outcome = { state: 'unknown', fault: { code: 'timeout', sent: 'some', detail: 'test' } };
  const shop = createVirtualTill({ drawer });
  worked(await meanwhile(shop, shop.till.openDrawer('change')));
  expect(await noticeOf(shop)).toMatchObject({ kind: 'look' });
  is.state = 'open';
  await shop.time.pass(3_000);
  expect(await noticeOf(shop)).toBeUndefined();
});

test('a box that stands open for too long is told, until it is shut', async () => {
  const { drawer, is } = box();
  const shop = createVirtualTill({ drawer });
  worked(await meanwhile(shop, shop.till.openDrawer('change')));
  await shop.time.pass(30_000);
  expect(await noticeOf(shop)).toBeUndefined();
  await shop.time.pass(40_000);
  expect(await noticeOf(shop)).toMatchObject({ kind: 'open-long' });
  is.state = 'closed';
  await shop.time.pass(3_000);
  expect(await noticeOf(shop)).toBeUndefined();
});

test('how long is too long stands in the settings', async () => {
  const { drawer } = box();
  const shop = createVirtualTill({ drawer });
  const settings = shop.store.settings();
  if (!settings) throw new Error('the bench has settings');
  shop.till.changeSettings({ ...settings, drawer: { openTooLongMs: 180_000 } }, 'till.json');
  worked(await meanwhile(shop, shop.till.openDrawer('change')));
  await shop.time.pass(120_000);
  expect(await noticeOf(shop)).toBeUndefined();
  await shop.time.pass(60_000);
  expect(await noticeOf(shop)).toMatchObject({ kind: 'open-long' });
});

test('a pulse that waits behind a stuck line is called back when the till stops waiting', async () => {
  let isCalledBack = false;
  const shop = createVirtualTill({
    drawer: {
      open: (_request, cancel) => {
        cancel?.addEventListener('abort', () => (isCalledBack = true));
        return new Promise(() => undefined);
      },
      state: async () => 'unknown',
    },
  });
  worked(await meanwhile(shop, shop.till.openDrawer('change')));
  expect(isCalledBack).toBe(true);
  expect(outcomes(shop)).toEqual(['failed']);
});
