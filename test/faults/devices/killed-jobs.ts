/**
 * Print jobs while the process with the device drivers is killed again and again, at moments that chance chooses. Afterwards what the till
 * believes of each job is held against the paper: a printed slip is there once, a refused one is not there, and nothing is there twice.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { DeviceProcess } from '../../../src-main/adapters/devices/process/device-process.ts';
import { forkDeviceProcess } from '../../../src-main/adapters/devices/process/fork-process.ts';
import type { PrintOutcome, SlipPrinter } from '../../../src-main/core/application/ports/slip-printer.ts';
import { centred, pair } from '../../../src-main/core/domain/slips/slip-document.ts';
import type { SlipDocument } from '../../../src-main/core/domain/slips/slip-document.ts';
import { openDeviceShop, openNetworkPrinter, value } from '../../support/device-shop.ts';
import type { NetworkPrinter } from '../../support/device-shop.ts';
import { wholeNumbers } from '../../support/random.ts';

type State = PrintOutcome['state'];

export type KilledJobs = Readonly<{
  /** How many jobs ended in each state. */
  states: Readonly<Partial<Record<State, number>>>;
  kills: number;
  /** Jobs whose state is not what the paper says; empty when all is true. */
  untrue: readonly string[];
  /** After the last kill a slip comes out again. */
  isBack: boolean;
}>;

/** One job in so many is killed under way, and one in so many between two jobs. */
const KILL_ONE_IN = 6;
const KILL_WITHIN_MS = 12;
/** Refused because the process is just coming back: somebody tries again a moment later. */
const MOMENT_MS = 150;
const IDLE_MS = 20;

export async function killWhilePrinting({ jobs, seed }: Readonly<{ jobs: number; seed: number }>): Promise<KilledJobs> {
  const below = wholeNumbers(seed);
  const far = await openNetworkPrinter();
  let current: DeviceProcess | undefined;
  const shop = openDeviceShop({
    startDeviceProcess() {
      current = forkDeviceProcess();
      return current;
    },
  });
  try {
    value(await shop.handlers['devices.pair']({ device: far.draft() }));
    const { printer } = shop.composed.devices.parts;
    const believed = new Map<string, State>();
    let kills = 0;
    for (let number = 1; number <= jobs; number += 1) {
      const id = `JOB${String(number).padStart(5, '0')}`;
      const printing = printer.print({ id, document: slip(id) });
      if (below(KILL_ONE_IN) === 0) {
        await pause(below(KILL_WITHIN_MS));
        current?.kill();
        kills += 1;
      }
      const { state } = await printing;
      believed.set(id, state);
      await pause(state === 'refused' ? MOMENT_MS : below(IDLE_MS));
    }
    const isBack = await comesBack(printer);
    return { states: count([...believed.values()]), kills, untrue: untrueOf(believed, far), isBack };
  } finally {
    await shop.close();
    await far.close();
  }
}

function slip(id: string): SlipDocument {
  const lines = Array.from({ length: 12 }, (_, line) => pair(`${id} line ${line}`, String(line)));
  return { kind: 'test', parts: [centred(`<${id}>`), ...lines, { kind: 'cut' }] };
}

const BACK_WITHIN_TRIES = 100;

async function comesBack(printer: SlipPrinter): Promise<boolean> {
  for (let tries = 1; tries <= BACK_WITHIN_TRIES; tries += 1) {
    const { state } = await printer.print({ id: `BACK${String(tries)}`, document: slip(`BACK${String(tries)}`) });
    if (state === 'printed') return true;
    await pause(MOMENT_MS);
  }
  return false;
}

const COPIES: Readonly<Record<State, readonly number[]>> = {
  printed: [1],
  processed: [1],
  sent: [1],
  refused: [0],
  unknown: [0, 1],
};

function untrueOf(believed: ReadonlyMap<string, State>, { printer }: NetworkPrinter): readonly string[] {
  const papers = [...printer.papers(), printer.strip()].map(({ text }) => text);
  return [...believed].flatMap(([id, state]) => {
    const copies = papers.join('\n').split(`<${id}>`).length - 1;
    return COPIES[state].includes(copies) ? [] : [`${id} is ${state} and ${copies} times on paper`];
  });
}

function count(states: readonly State[]): Partial<Record<State, number>> {
  const counts: Partial<Record<State, number>> = {};
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
