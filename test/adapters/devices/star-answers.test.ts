/** A Star printer's status, and the counter by which it says that a slip is printed. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEscPosPrinter } from '../../../src-main/adapters/devices/printers/escpos-printer.ts';
import { createStarAnswerReader } from '../../../src-main/adapters/devices/printers/star-answers.ts';
import type { StarAnswer } from '../../../src-main/adapters/devices/printers/star-answers.ts';
import type { ByteTransport } from '../../../src-main/adapters/devices/transports/byte-transport.ts';
import type { PrintJob, PrintOutcome, SlipPrinter } from '../../../src-main/core/application/ports/slip-printer.ts';
import { ok } from '../../../src-main/core/domain/result.ts';
import { SAMPLE_SLIPS, frame } from '../../unit/domain/slips/slip-samples.ts';
import { createVirtualTime } from '../../support/virtual-till.ts';
import type { VirtualTime } from '../../support/virtual-till.ts';
import { profile } from './printer-bench.ts';

const STAR = profile('star-mc-print3');

/** Nine bytes as of a TSP650: header, version, printer, errors, buffer, paper, reserved, ETB counter, presenter. */
function statusBytes({ printer = 0, error = 0, paper = 0, etb = 0 } = {}): number[] {
  return [0x23, 0x86, printer, error, 0, paper, 0, ((etb & 0x18) << 2) | ((etb & 7) << 1), 0];
}

function heard(...chunks: readonly (readonly number[])[]): readonly StarAnswer[] {
  const answers: StarAnswer[] = [];
  const read = createStarAnswerReader((answer) => answers.push(answer));
  chunks.forEach((chunk) => read(Uint8Array.from(chunk)));
  return answers;
}

test.each([
  [{}, { online: 'yes', paper: 'ok', cover: 'closed', drawerPin: 'low' }],
  [{ printer: 0x04 }, { online: 'yes', paper: 'ok', cover: 'closed', drawerPin: 'high' }],
  [{ printer: 0x28 }, { online: 'no', paper: 'ok', cover: 'open', drawerPin: 'low' }],
  [
    { printer: 0x08, paper: 0x0c },
    { online: 'no', paper: 'out', cover: 'closed', drawerPin: 'low' },
  ],
  [{ paper: 0x04 }, { online: 'yes', paper: 'low', cover: 'closed', drawerPin: 'low' }],
  [
    { printer: 0x08, error: 0x08 },
    { online: 'no', paper: 'ok', cover: 'closed', error: 'cutter', drawerPin: 'low' },
  ],
  [
    { printer: 0x08, error: 0x40 },
    { online: 'no', paper: 'ok', cover: 'closed', error: 'overheat', drawerPin: 'low' },
  ],
  [
    { printer: 0x08, error: 0x20 },
    { online: 'no', paper: 'ok', cover: 'closed', error: 'unrecoverable', drawerPin: 'low' },
  ],
] as const)('the status %j says %j', (bits, status) => {
  expect(heard(statusBytes(bits))).toEqual([{ status, etbCount: 0 }]);
});

test('every count from 0 to 31 is read, however the line cuts the status and whatever flow control comes between', () => {
  const property = fc.property(fc.integer({ min: 0, max: 31 }), fc.nat(8), fc.nat(9), (etb, cut, xon) => {
    const bytes = statusBytes({ etb });
    const withFlow = [...bytes.slice(0, xon), 0x11, ...bytes.slice(xon)];
    expect(heard(withFlow.slice(0, cut), withFlow.slice(cut)).map(({ etbCount }) => etbCount)).toEqual([etb]);
  });
  fc.assert(property, { numRuns: 500 });
});

test('a status that lost a byte is dropped, and the next one is read', () => {
  const broken = statusBytes().toSpliced(4, 1);
  expect(heard([...broken, ...statusBytes({ etb: 7 })]).at(-1)?.etbCount).toBe(7);
});

type StarBench = Readonly<{
  time: VirtualTime;
  printer: SlipPrinter;
  state: { etb: number; paper: number; slips: number };
}>;

/** A printer that answers ESC ACK SOH and counts an ETB one second after it came, if it has paper. */
function bench(): StarBench {
  const time = createVirtualTime();
  const state = { etb: 31, paper: 0, slips: 0 };
  let say: ((bytes: Uint8Array) => void) | undefined;
  const line: ByteTransport = {
    id: 'star',
    kind: 'serial',
    canRead: true,
    async write(bytes) {
      await Promise.resolve();
      if (bytes.at(-1) === 0x17) {
        time.timers.after(1_000, () => {
          state.slips += 1;
          state.etb = (state.etb + 1) % 32;
        });
      }
      if (bytes.length === 3)
        say?.(Uint8Array.from(statusBytes({ etb: state.etb, paper: state.paper, printer: state.paper ? 8 : 0 })));
      return ok(undefined);
    },
    onData(listener) {
      say = listener;
      return () => undefined;
    },
    close: async () => undefined,
  };
  return { time, state, printer: createEscPosPrinter(STAR, line, { timers: time.timers }) };
}

async function print({ time, printer }: StarBench, id: string): Promise<PrintOutcome> {
  const make = SAMPLE_SLIPS['receipt'];
  if (!make) throw new Error('no sample');
  const job: PrintJob = { id, document: make(frame()) };
  const outcome = printer.print(job);
  await time.pass(30_000);
  return outcome;
}

test('a Star printer’s counter says that the slip is printed, over its end at 31 too', async () => {
  const shop = bench();
  expect(await print(shop, 'A1')).toEqual({ state: 'printed' });
  expect(await print(shop, 'A2')).toEqual({ state: 'printed' });
  expect(shop.state).toMatchObject({ slips: 2, etb: 1 });
});

test('a Star printer without paper is refused before a byte of the slip has left', async () => {
  const shop = bench();
  shop.state.paper = 0x0c;
  expect(await print(shop, 'A1')).toMatchObject({ state: 'refused', fault: { code: 'paper-out', sent: 'none' } });
  expect(shop.state.slips).toBe(0);
});
