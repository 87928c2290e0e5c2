/** The queue before the printer: saved first, one at a time, in order; nothing prints by itself after a restart, a reconnect or its time (I7, I9). */
import { expect, test } from 'vitest';
import { createHandlers } from '../../../src-main/bridge/handlers.ts';
import type { TillView } from '../../../src-main/core/contract/views.ts';
import type { DeviceFaultCode } from '../../../src-main/core/domain/devices/device-fault.ts';
import type { PrintJob, PrintOutcome, SlipPrinter } from '../../../src-main/core/application/ports/slip-printer.ts';
import { fault, FaultError } from '../../../src-main/core/domain/fault.ts';
import { ok } from '../../../src-main/core/domain/result.ts';
import { refused, worked } from '../../support/till-bench.ts';
import { createVirtualTill, meanwhile, quiet } from '../../support/virtual-till.ts';
import type { VirtualTill } from '../../support/virtual-till.ts';

type Given = Readonly<{ job: PrintJob; isCancelled: () => boolean; end: (outcome: PrintOutcome) => void }>;
type Press = Readonly<{ printer: SlipPrinter; jobs: Given[]; late: (jobId: string) => void }>;

const failed = (state: 'refused' | 'unknown', code: DeviceFaultCode): PrintOutcome => ({
  state,
  fault: { code, sent: state === 'refused' ? 'none' : 'all', detail: 'test' },
});

/** A printer that ends its jobs when the test says so. */
function press(): Press {
  const jobs: Given[] = [];
  let lateWord: ((jobId: string, state: 'printed' | 'processed') => void) | undefined;
  const printer: SlipPrinter = {
    name: 'Test',
    columns: 42,
    codePageName: 'CP858',
    preview: async () => ok({ columns: 42, lines: [] }),
    print: (job, cancel) => {
      const { promise, resolve } = Promise.withResolvers<PrintOutcome>();
      jobs.push({ job, isCancelled: () => cancel?.aborted === true, end: resolve });
      return promise;
    },
    status: async () => ({ online: 'yes', paper: 'ok', cover: 'closed' }),
    onLateWord(listener) {
      lateWord = listener;
      return () => undefined;
    },
    close: async () => undefined,
  };
  return { printer, jobs, late: (jobId) => lateWord?.(jobId, 'printed') };
}

async function settled(shop: VirtualTill): Promise<string> {
  const { id } = await shop.paid();
  worked(await meanwhile(shop, shop.till.handOver(id)));
  worked(shop.till.given(id));
  return id;
}

async function viewOf(shop: VirtualTill): Promise<TillView> {
  return worked(await createHandlers(shop.till)['till.view']({}));
}

const states = (shop: VirtualTill, id: string): readonly string[] =>
  shop.store.slipJobsOf(id).map(({ state, code }) => (code === undefined ? state : `${state} ${code}`));

test('slips wait for each other in the order in which they were asked for, and each is on disk before its turn comes', async () => {
  const { printer, jobs } = press();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  const queued = [1, 2, 3].map(() => worked(shop.till.printing.add('receipt', id)).id);
  expect(states(shop, id)).toEqual(['sending', 'queued', 'queued']);
  expect((await viewOf(shop)).printing.queue.map(({ jobId, state }) => [jobId, state])).toEqual([
    [queued[0], 'sending'],
    [queued[1], 'queued'],
    [queued[2], 'queued'],
  ]);
  for (const jobId of queued) {
    expect(jobs.at(-1)?.job.id).toBe(jobId);
    jobs.at(-1)?.end({ state: 'printed' });
    await quiet();
  }
  expect(states(shop, id)).toEqual(['printed', 'printed', 'printed']);
  expect(shop.breaches()).toEqual([]);
});

test.each([1, 2, 3, 4, 5, 6])(
  'a disk that cannot be read once (at the %ith look at a job) stops one slip at most, and the next is printed',
  async (nth) => {
    const { printer, jobs } = press();
    const shop = createVirtualTill({ printer });
    const id = await settled(shop);
    const slipJob = shop.store.slipJob.bind(shop.store);
    const failing = { looks: 0 };
    Object.assign(shop.store, {
      slipJob(jobId: string) {
        failing.looks += 1;
        if (failing.looks === nth) throw new FaultError(fault('storage.failed', 'not read', { reason: 'io' }));
        return slipJob(jobId);
      },
    });
    // Whether the caller of the failing one hears of it depends on who looked; it is not what this is about.
    const addAnyhow = (): unknown => {
      try {
        return shop.till.printing.add('receipt', id);
      } catch (error) {
        if (error instanceof FaultError) return error;
        throw error;
      }
    };
    for (let slips = 0; slips < 8 && failing.looks < nth; slips += 1) {
      addAnyhow();
      await quiet();
      jobs.at(-1)?.end({ state: 'printed' });
      await quiet();
    }
    expect(failing.looks).toBeGreaterThanOrEqual(nth);
    const before = jobs.length;
    worked(shop.till.printing.add('receipt', id));
    await quiet();
    expect(jobs).toHaveLength(before + 1);
  },
);

test('I7: a QR slip that waited behind another is not printed once its order is paid', async () => {
  const { printer, jobs } = press();
  const shop = createVirtualTill({ printer });
  worked(shop.till.printing.add('test', ''));
  const { id, externalReference } = await shop.awaiting();
  worked(shop.till.printing.add('qr', id));
  shop.network.statuses.set(externalReference, 'paid');
  await shop.time.pass(2_000);
  jobs[0]?.end({ state: 'printed' });
  await quiet();
  expect(jobs).toHaveLength(1);
  expect(states(shop, id)).toEqual(['refused expired']);
});

test('I7: asked right before the first byte, the till no longer wants the QR of an order that has just been cancelled', async () => {
  const { printer, jobs } = press();
  const shop = createVirtualTill({ printer });
  const { id } = await shop.awaiting();
  worked(shop.till.printing.add('qr', id));
  const [given] = jobs;
  expect(given?.job.isStillWanted?.()).toBe(true);
  worked(shop.till.cancel(id));
  expect(given?.job.isStillWanted?.()).toBe(false);
  given?.end(failed('refused', 'cancelled'));
  await quiet();
  expect(states(shop, id)).toEqual(['refused expired']);
});

test('a slip whose time is over when its turn comes is not printed, and the till offers it', async () => {
  const { printer, jobs } = press();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  worked(shop.till.printing.add('test', ''));
  worked(shop.till.printing.add('receipt', id));
  await shop.time.pass(20 * 60_000);
  jobs[0]?.end({ state: 'printed' });
  await quiet();
  expect(jobs).toHaveLength(1);
  expect(states(shop, id)).toEqual(['refused expired']);
  expect((await viewOf(shop)).printing.offered).toMatchObject([{ subjectId: id, code: 'expired' }]);
});

test('I9: after a restart nothing prints by itself: what was sent is unknown, what waited was never sent, and both are offered', async () => {
  const { printer, jobs } = press();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  worked(shop.till.printing.add('receipt', id));
  const shiftId = shop.store.openShift()?.id ?? '';
  worked(shop.till.printing.add('x-report', shiftId));
  const again = shop.restarted();
  again.till.start();
  await again.time.pass(60_000);
  expect(jobs).toHaveLength(1);
  expect(states(again, id)).toEqual(['unknown interrupted']);
  expect(states(again, shiftId)).toEqual(['refused interrupted']);
  expect((await viewOf(again)).printing).toMatchObject({
    queue: [],
    offered: [
      { kind: 'x-report', state: 'refused' },
      { kind: 'receipt', state: 'unknown' },
    ],
  });
  worked(again.till.printing.add('receipt', id));
  expect(jobs[1]?.job.document.parts).toContainEqual({ kind: 'band', text: 'COPIA 1' });
  expect((await viewOf(again)).printing.offered).toMatchObject([{ kind: 'x-report' }]);
  expect(again.breaches()).toEqual([]);
});

test.each([
  ['unknown', 'unplugged'],
  ['refused', 'offline'],
] as const)(
  'I9: behind a slip that ended %s (%s) nothing prints by itself when the printer is back',
  async (state, code) => {
    const { printer, jobs } = press();
    const shop = createVirtualTill({ printer });
    const id = await settled(shop);
    worked(shop.till.printing.add('test', ''));
    worked(shop.till.printing.add('receipt', id));
    jobs[0]?.end(failed(state, code));
    await shop.time.pass(60_000);
    expect(jobs).toHaveLength(1);
    expect(states(shop, id)).toEqual(['refused held']);
  },
);

test('a slip that its paper cannot carry holds up nothing behind it', async () => {
  const { printer, jobs } = press();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  worked(shop.till.printing.add('test', ''));
  worked(shop.till.printing.add('receipt', id));
  jobs[0]?.end(failed('refused', 'unsupported'));
  await quiet();
  expect(jobs).toHaveLength(2);
});

test('a printer that waits for paper is told live, the key that printed is free again, and nobody waits with it', async () => {
  const { printer, jobs } = press();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  const changes: string[] = [];
  shop.till.onChange(({ cashOutIds }) => changes.push(...cashOutIds));
  const asked = createHandlers(shop.till)['slip.print']({ kind: 'receipt', subjectId: id });
  await quiet();
  jobs[0]?.job.onWaiting?.('paper-out');
  expect(worked(await asked)).toMatchObject({ state: 'sending', waitingFor: 'paper-out' });
  expect(changes).toContain(id);
  jobs[0]?.job.onWaiting?.(undefined);
  jobs[0]?.end({ state: 'printed' });
  await quiet();
  expect((await viewOf(shop)).printing).toMatchObject({ queue: [], offered: [] });
  expect(states(shop, id)).toEqual(['printed']);
});

test('a printer that says nothing frees the key after a few seconds', async () => {
  const { printer } = press();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  const asked = createHandlers(shop.till)['slip.print']({ kind: 'receipt', subjectId: id });
  await shop.time.pass(10_000);
  expect(worked(await asked)).toMatchObject({ state: 'sending' });
});

test('the cashier who waits no longer ends the wait; what waited in line behind is taken back without a doubt', async () => {
  const { printer, jobs } = press();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  const [first, second] = [1, 2].map(() => worked(shop.till.printing.add('receipt', id)).id);
  worked(shop.till.printing.cancel(second ?? ''));
  worked(shop.till.printing.cancel(first ?? ''));
  expect(jobs[0]?.isCancelled()).toBe(true);
  jobs[0]?.end(failed('unknown', 'paper-out'));
  await quiet();
  expect(states(shop, id)).toEqual(['unknown paper-out', 'refused cancelled']);
  expect(refused({ ok: false, error: { code: 'slip.failed', detail: '' } })).toBe('slip.failed');
});

test('a slip that came out after it was given up counts as printed, and is offered no more', async () => {
  const { printer, jobs, late } = press();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  const { id: jobId } = worked(shop.till.printing.add('receipt', id));
  jobs[0]?.end(failed('unknown', 'paper-out'));
  await quiet();
  expect((await viewOf(shop)).printing.offered).toMatchObject([{ jobId, code: 'paper-out' }]);
  late(jobId);
  late(jobId);
  expect(states(shop, id)).toEqual(['printed']);
  expect((await viewOf(shop)).printing.offered).toEqual([]);
});

test('what a cashier has seen is offered no more', async () => {
  const { printer, jobs } = press();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  const { id: jobId } = worked(shop.till.printing.add('receipt', id));
  jobs[0]?.end(failed('refused', 'paper-out'));
  await quiet();
  worked(await createHandlers(shop.till)['slip.seen']({ jobId }));
  expect((await viewOf(shop)).printing.offered).toEqual([]);
  expect(states(shop, id)).toEqual(['refused paper-out']);
});

test('a till that stops gives the slip at the printer up, and writes nothing more of it', async () => {
  const { printer, jobs } = press();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  worked(shop.till.printing.add('receipt', id));
  worked(shop.till.printing.add('receipt', id));
  await shop.till.stop();
  expect(jobs[0]?.isCancelled()).toBe(true);
  jobs[0]?.end(failed('unknown', 'cancelled'));
  await quiet();
  expect(jobs).toHaveLength(1);
});
