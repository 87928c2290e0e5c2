/** Slips: what may be on paper is never repeated silently, a copy says so with its number, and no printer holds up the cash (I7, I9). */
import { expect, test } from 'vitest';
import type { PrintJob, PrintOutcome, SlipPrinter } from '../../../src-main/core/application/ports/slip-printer.ts';
import { refused, worked } from '../../support/till-bench.ts';
import { createVirtualTill, meanwhile, quiet } from '../../support/virtual-till.ts';
import type { VirtualTill } from '../../support/virtual-till.ts';

type Paper = Readonly<{ printer: SlipPrinter; jobs: PrintJob[]; outcomes: (PrintOutcome | 'silence' | Error)[] }>;

const REFUSED: PrintOutcome = { state: 'refused', fault: { code: 'paper-out', sent: 'none', detail: 'no paper' } };
const UNKNOWN: PrintOutcome = { state: 'unknown', fault: { code: 'timeout', sent: 'some', detail: 'no answer' } };

const PLAIN = {
  kind: 'text',
  align: 'center',
  widthScale: 1,
  heightScale: 1,
  isBold: true,
  isInverse: true,
} as const;

/** A printer that prints, unless it was told what becomes of its next jobs. */
function paper(): Paper {
  const jobs: PrintJob[] = [];
  const outcomes: Paper['outcomes'] = [];
  const printer: SlipPrinter = {
    name: 'Test',
    columns: 42,
    codePageName: 'CP858',
    preview: async (document) => ({
      ok: true,
      value: {
        columns: 42,
        lines: document.parts.flatMap((part) => (part.kind === 'band' ? [{ ...PLAIN, text: part.text }] : [])),
      },
    }),
    async print(job) {
      jobs.push(job);
      const outcome = outcomes.shift() ?? { state: 'printed' };
      if (outcome instanceof Error) throw outcome;
      return outcome === 'silence' ? new Promise(() => undefined) : outcome;
    },
    status: async () => ({ online: 'yes', paper: 'ok', cover: 'closed' }),
    close: async () => undefined,
  };
  return { printer, jobs, outcomes };
}

/** The bands on a slip: watermark and copy mark. */
const bands = (job: PrintJob | undefined): readonly string[] => [
  ...new Set(job?.document.parts.flatMap((part) => (part.kind === 'band' ? [part.text] : []))),
];

async function settled(shop: VirtualTill): Promise<string> {
  const { id } = await shop.paid();
  worked(await meanwhile(shop, shop.till.handOver(id)));
  worked(shop.till.given(id));
  return id;
}

test('the first receipt is an original; each further print is a copy with its number', async () => {
  const { printer, jobs } = paper();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  for (const copy of [0, 1, 2]) expect(worked(await shop.till.print('receipt', id)).slip.copy).toBe(copy);
  expect(jobs.map(bands)).toEqual([[], ['COPIA 1'], ['COPIA 2']]);
});

test('a print of unknown outcome counts as one on paper: the till does not repeat it, and the cashier’s repetition is a copy', async () => {
  const { printer, jobs, outcomes } = paper();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  outcomes.push(UNKNOWN);
  expect(worked(await shop.till.print('receipt', id))).toMatchObject({ state: 'unknown', slip: { copy: 0 } });
  await shop.time.pass(600_000);
  expect(jobs).toHaveLength(1);
  expect(worked(await shop.till.print('receipt', id))).toMatchObject({ state: 'printed', slip: { copy: 1 } });
});

test('a refused print left nothing on paper and does not count', async () => {
  const { printer, jobs, outcomes } = paper();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  outcomes.push(REFUSED, REFUSED);
  expect(worked(await shop.till.print('receipt', id)).state).toBe('refused');
  expect(worked(await shop.till.print('receipt', id)).state).toBe('refused');
  expect(worked(await shop.till.print('receipt', id)).slip.copy).toBe(0);
  expect(jobs.map(bands)).toEqual([[], [], []]);
});

test('two taps on "print": the second, while the first is still at the printer, says COPY', async () => {
  const { printer } = paper();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  const both = await Promise.all([shop.till.print('receipt', id), shop.till.print('receipt', id)]);
  expect(both.map((job) => worked(job).slip.copy)).toEqual([0, 1]);
});

test('a driver that throws leaves a job of unknown outcome', async () => {
  const { printer, outcomes } = paper();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  outcomes.push(new Error('driver'));
  expect(worked(await shop.till.print('receipt', id)).state).toBe('unknown');
});

test('what was at the printer when the program ended is unknown after the start, once, and its repetition is a copy', async () => {
  const { printer, outcomes } = paper();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  outcomes.push('silence');
  void shop.till.print('receipt', id);
  await quiet();
  expect(shop.store.openSlipJobs()).toMatchObject([{ state: 'sending' }]);
  const again = shop.restarted();
  again.till.start();
  expect(again.store.slipJobsOf(id)).toMatchObject([{ state: 'unknown' }]);
  expect(worked(await again.till.print('receipt', id)).slip.copy).toBe(1);
  expect(again.breaches()).toEqual([]);
});

test('a printer that never answers holds up neither the customer nor the notes', async () => {
  const { printer, outcomes } = paper();
  outcomes.push('silence', 'silence');
  const shop = createVirtualTill({ printer });
  const { id, externalReference } = await shop.awaiting();
  void shop.till.print('qr', id);
  shop.network.statuses.set(externalReference, 'paid');
  await shop.time.pass(2_000);
  worked(await meanwhile(shop, shop.till.handOver(id)));
  worked(shop.till.given(id));
  void shop.till.print('receipt', id);
  worked(shop.till.closeShift({ totalMinor: 950_000 }));
  await shop.till.stop();
  expect(shop.now(id).state).toBe('settled');
});

test('the QR slip carries the network’s own bytes, and exists only while the order awaits payment (I7)', async () => {
  const { printer, jobs } = paper();
  const shop = createVirtualTill({ printer });
  const { id, externalReference } = await shop.awaiting();
  worked(await shop.till.print('qr', id));
  expect(jobs[0]?.document.parts.filter(({ kind }) => kind === 'qr')).toEqual([
    { kind: 'qr', payload: `QR ${externalReference}` },
  ]);
  worked(shop.till.cancel(id));
  expect(refused(await shop.till.print('qr', id))).toBe('slip.not-now');
  await shop.time.pass(2_000);
  expect(refused(await shop.till.print('qr', id))).toBe('slip.not-now');
  const paid = await shop.paid();
  expect(refused(await shop.till.print('qr', paid.id))).toBe('slip.not-now');
  expect(jobs).toHaveLength(1);
});

test('the receipt of notes paid late is an original, although one of the cancellation was printed before', async () => {
  const { printer, jobs } = paper();
  const shop = createVirtualTill({ printer });
  const { id, externalReference } = await shop.awaiting();
  worked(shop.till.cancel(id));
  await shop.time.pass(2_000);
  worked(await shop.till.print('receipt', id));
  worked(await shop.till.print('receipt', id));
  shop.network.statuses.set(externalReference, 'paid');
  await shop.time.pass(70_000);
  worked(await meanwhile(shop, shop.till.handOver(id)));
  worked(shop.till.given(id));
  worked(await shop.till.print('receipt', id));
  worked(await shop.till.print('receipt', id));
  expect(jobs.map(bands)).toEqual([[], ['COPIA 1'], [], ['COPIA 1']]);
});

test('each drop has its own slip: the second drop’s is an original, a second print of one drop is a copy', async () => {
  const { printer, jobs } = paper();
  const shop = createVirtualTill({ printer });
  const shift = worked(shop.till.dropCash(100_000, 'safe'));
  worked(await shop.till.print('drop', shift.id));
  worked(await shop.till.print('drop', shift.id));
  worked(shop.till.dropCash(200_000, 'safe'));
  worked(await shop.till.print('drop', shift.id));
  expect(jobs.map(bands)).toEqual([[], ['COPIA 1'], []]);
});

test('X reports are new every time, Z reports are not', async () => {
  const { printer, jobs } = paper();
  const shop = createVirtualTill({ printer });
  const shiftId = shop.store.openShift()?.id ?? '';
  worked(await shop.till.print('x-report', shiftId));
  worked(await shop.till.print('x-report', shiftId));
  expect(refused(await shop.till.print('z-report', shiftId))).toBe('slip.not-now');
  worked(shop.till.closeShift({ totalMinor: 1_000_000 }));
  worked(await shop.till.print('z-report', shiftId));
  worked(await shop.till.print('z-report', shiftId));
  expect(refused(await shop.till.print('x-report', shiftId))).toBe('slip.not-now');
  expect(jobs.map(bands)).toEqual([[], [], [], ['COPIA 1']]);
});

test('without a printer a slip is refused in words, and nothing is written down', async () => {
  const shop = createVirtualTill();
  const id = await settled(shop);
  const { seq } = shop.store.head();
  expect(refused(await shop.till.print('receipt', id))).toBe('slip.no-printer');
  expect(shop.store.head().seq).toBe(seq);
});

test('a preview is the slip that would be printed now, copy mark included, and leaves nothing behind', async () => {
  const { printer, jobs } = paper();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  expect(worked(await shop.till.preview('receipt', id)).lines).toEqual([]);
  worked(await shop.till.print('receipt', id));
  expect(worked(await shop.till.preview('receipt', id)).lines).toMatchObject([
    { text: 'COPIA 1' },
    { text: 'COPIA 1' },
  ]);
  worked(await shop.till.preview('receipt', id));
  expect(worked(await shop.till.print('receipt', id)).slip.copy).toBe(1);
  expect(jobs).toHaveLength(2);
  expect(shop.till.context.store.slipJobsOf(id)).toHaveLength(2);
});

test('what could not be printed now cannot be previewed either', async () => {
  const { printer } = paper();
  const shop = createVirtualTill({ printer });
  const id = await settled(shop);
  expect(refused(await shop.till.preview('qr', id))).toBe('slip.not-now');
  expect(refused(await createVirtualTill({}).till.preview('test', ''))).toBe('slip.no-printer');
});
