/** Printer and drawer of a simulated shop: they work, refuse, or leave everybody in doubt, and what they did stands in the shop's book. */
import type { CashDrawer, DrawerOutcome } from '../../src-main/core/application/ports/cash-drawer.ts';
import type { PrintOutcome, SlipPrinter } from '../../src-main/core/application/ports/slip-printer.ts';
import type { DeviceFault } from '../../src-main/core/application/ports/device-fault.ts';
import type { SeededRandom } from '../../src-main/simulators/seeded-random.ts';
import type { SimulatedTime } from './simulated-time.ts';

/** Rates from 0 to 1 per job. */
export type DeviceWeather = Readonly<{ refuses: number; inDoubt: number }>;
export const CALM_DEVICES: DeviceWeather = { refuses: 0, inDoubt: 0 };

/** What the devices did, by job or opening. */
export type DeviceBook = { readonly pulses: string[]; readonly papers: string[] };

const NOT_LEFT: DeviceFault = { code: 'offline', sent: 'none', detail: 'the device does not answer' };
const IN_DOUBT: DeviceFault = { code: 'timeout', sent: 'some', detail: 'the line went quiet in the middle' };

type Needs = Readonly<{ time: SimulatedTime; chance: SeededRandom; book: DeviceBook; weather: () => DeviceWeather }>;

export function createSimulatedDrawer({ time, chance, book, weather }: Needs): CashDrawer {
  return {
    async open({ reason }): Promise<DrawerOutcome> {
      const { refuses, inDoubt } = weather();
      await wait(time, chance.between(5, 60));
      if (chance.chance(refuses)) return { state: 'refused', fault: NOT_LEFT };
      book.pulses.push(reason);
      return chance.chance(inDoubt) ? { state: 'unknown', fault: IN_DOUBT } : { state: 'sent' };
    },
    state: async () => 'unknown',
  };
}

export function createSimulatedPrinter({ time, chance, book, weather }: Needs): SlipPrinter {
  let line: Promise<unknown> = Promise.resolve();
  async function printOne(id: string): Promise<PrintOutcome> {
    const { refuses, inDoubt } = weather();
    await wait(time, chance.between(200, 1_500));
    if (chance.chance(refuses)) return { state: 'refused', fault: NOT_LEFT };
    const isDoubtful = chance.chance(inDoubt);
    // In doubt, there may be paper or none.
    if (!isDoubtful || chance.chance(0.5)) book.papers.push(id);
    return isDoubtful ? { state: 'unknown', fault: IN_DOUBT } : { state: 'sent' };
  }
  return {
    name: 'simulated',
    columns: 42,
    codePageName: 'CP858',
    preview: async () => ({ ok: true, value: { columns: 42, lines: [] } }),
    print({ id }) {
      const job = line.then(() => printOne(id));
      line = job;
      return job;
    },
    status: async () => ({ online: 'unknown', paper: 'unknown', cover: 'unknown' }),
    close: async () => undefined,
  };
}

function wait(time: SimulatedTime, delayMs: number): Promise<void> {
  return new Promise((resolve) => void time.after(delayMs, resolve));
}
