/**
 * Cash-outs one after another with printer, drawer and display on virtual serial lines at 9600 baud, all of the far side in processes of
 * its own. What is held against the till: every slip once on paper, nothing left open behind it, and its loop free for its windows.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createAnnouncements } from '../../../src-main/bridge/announcements.ts';
import { createHandlers } from '../../../src-main/bridge/handlers.ts';
import { composeProduction } from '../../../src-main/compose/production.ts';
import type { SlipView } from '../../../src-main/core/contract/views.ts';
import type { Handlers } from '../../../src-main/core/contract/contract.ts';
import type { DeviceDraft } from '../../../src-main/core/domain/devices/try-out.ts';
import { value } from '../../support/device-shop.ts';
import { benchSettings } from '../../support/till-bench.ts';
import { startBystander } from './bystander.ts';
import type { Bystander, BystanderFigures } from './bystander.ts';
import { startFarProgram } from './far-program.ts';
import type { FarManner, FarProgram } from './far-program.ts';
import { watchLoop } from './loop-watch.ts';
import type { LoopFigures } from './loop-watch.ts';

export type SoakFigures = Readonly<{
  cashOuts: number;
  seconds: number;
  slips: number;
  papers: number;
  drawerOpenings: number;
  /** How many slips ended in each state. */
  states: Readonly<Record<string, number>>;
  /** How long the till's own loop stood still. */
  loop: LoopFigures;
  /** The same, and what a process with nothing to do saw meanwhile (the machine's own pauses), for every fifty cash-outs and what is left. */
  stretches: readonly Stretch[];
  /** Handles and timers, and MiB of heap, after the first cash-outs and at the end. */
  resources: Readonly<{ before: number; after: number }>;
  heapMiB: Readonly<{ before: number; after: number }>;
}>;

export type Stretch = Readonly<{ upTo: number; loop: LoopFigures; bystander: BystanderFigures }>;

const STRETCH = 50;
const AMOUNT_MINOR = 5_000;
const FLOAT_MINOR = 100_000_00;
/** Drivers are loaded and caches warm by then. */
const WARM_AFTER = 3;
const STEP_LIMIT_MS = 60_000;

/** `far`: how the programs of the far side run. */
export async function soak(
  cashOuts: number,
  say: (line: string) => void,
  far: FarManner = { isAside: false },
): Promise<SoakFigures> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-soak-'));
  const lines = { printer: path.join(folder, 'printer'), display: path.join(folder, 'display') };
  const [network, counter] = await Promise.all([
    startFarProgram('src-main/simulators/main.ts', ['--port', '0'], far),
    startFarProgram(
      'src-main/simulators/devices/main.ts',
      [
        '--kind=epson-tm-t88',
        `--printer=pty:${lines.printer}`,
        `--display=pty:${lines.display},escpos`,
        '--drawer-closes=1',
        '--baud=9600',
        '--port=0',
      ],
      far,
    ),
  ]);
  const bystander = startBystander(folder);
  const { till, foundation, devices, close } = composeProduction({ dataDirectory: path.join(folder, 'data') });
  const announcements = createAnnouncements(till);
  const handlers = createHandlers(till);
  try {
    till.start();
    devices.start();
    till.changeSettings(benchSettings(network.baseUrl), 'soak');
    foundation.vault.set('mercadopago-token', 'APP_USR-soak-token-never-real');
    await pairAll(handlers, lines);
    value(await handlers['shift.open']({ cashierCode: 1042, floatMinor: FLOAT_MINOR }));
    return await run({ handlers, network, counter, bystander }, cashOuts, say);
  } finally {
    bystander.close();
    announcements.close();
    await close();
    await counter.close();
    await network.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function serial(at: string): DeviceDraft['line'] {
  return { kind: 'serial', path: at, baudRate: 9_600, flow: 'none' };
}

async function pairAll(handlers: Handlers, lines: Readonly<{ printer: string; display: string }>): Promise<void> {
  const printer: DeviceDraft = {
    role: 'printer',
    name: 'Counter',
    profileId: 'epson-tm-t88',
    line: serial(lines.printer),
    printer: { status: 'asb', confirm: 'process-id', drawer: { pin: 0, openLevel: 'high' } },
  };
  value(await handlers['devices.pair']({ device: printer }));
  const display = { role: 'display', name: 'Pole', profileId: 'escpos-2x20', line: serial(lines.display) } as const;
  value(await handlers['devices.pair']({ device: display }));
}

type Bench = Readonly<{ handlers: Handlers; network: FarProgram; counter: FarProgram; bystander: Bystander }>;

async function run(bench: Bench, cashOuts: number, say: (line: string) => void): Promise<SoakFigures> {
  const loop = watchLoop();
  const states: Record<string, number> = {};
  const stretches: Stretch[] = [];
  let before = await measured();
  const startedMs = performance.now();
  for (let number = 1; number <= cashOuts; number += 1) {
    for (const slip of await one(bench)) {
      states[slip.state] = (states[slip.state] ?? 0) + 1;
      const atSecond = Math.round((performance.now() - startedMs) / 1_000);
      if (slip.state !== 'printed') say(JSON.stringify({ cashOut: number, atSecond, slip }));
    }
    if (number === Math.min(WARM_AFTER, cashOuts - 1)) {
      before = await measured();
      loop.begin();
      bench.bystander.begin();
    }
    if (number % STRETCH !== 0 && number !== cashOuts) continue;
    const stretch = { upTo: number, loop: loop.seenSince(), bystander: await bench.bystander.seen() };
    stretches.push(stretch);
    bench.bystander.begin();
    say(JSON.stringify(stretch));
  }
  loop.end();
  const after = await measured();
  const seen = await stateOf(bench.counter);
  return {
    cashOuts,
    seconds: Math.round((performance.now() - startedMs) / 1_000),
    slips: 2 * cashOuts,
    papers: seen.printer.papers,
    drawerOpenings: seen.drawer.openings,
    states,
    loop: loop.seen(),
    stretches,
    resources: { before: before.resources, after: after.resources },
    heapMiB: { before: before.heapMiB, after: after.heapMiB },
  };
}

const LOOKS = 8;
const LOOK_GAP_MS = 150;

/** The least of some looks: what is only under way at the moment is no leak, nor is what waits to be collected. */
async function measured(): Promise<Readonly<{ resources: number; heapMiB: number }>> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let [resources, heapBytes] = [Infinity, Infinity];
  for (let look = 0; look < LOOKS; look += 1) {
    collect();
    resources = Math.min(resources, process.getActiveResourcesInfo().length);
    heapBytes = Math.min(heapBytes, process.memoryUsage().heapUsed);
    await pause(LOOK_GAP_MS);
  }
  return { resources, heapMiB: Math.round(heapBytes / 104_857.6) / 10 };
}

/** From the request to the receipt; answers how its two slips ended. */
async function one({ handlers, network }: Bench): Promise<readonly SlipView[]> {
  const asked = { network: 'mercadopago-orders', amountMinor: AMOUNT_MINOR } as const;
  const { id, externalReference } = value(await handlers['cash-out.start'](asked));
  await until(handlers, id, 'awaiting_payment');
  const qr = value(await handlers['slip.print']({ kind: 'qr', subjectId: id }));
  const body = JSON.stringify({ ref: externalReference });
  const headers = { 'content-type': 'application/json' };
  await fetch(`${network.baseUrl}/_control/customer-pays`, { method: 'POST', headers, body });
  await until(handlers, id, 'paid');
  value(await handlers['cash-out.hand-over']({ id }));
  value(await handlers['cash-out.given']({ id }));
  const receipt = value(await handlers['slip.print']({ kind: 'receipt', subjectId: id }));
  value(await handlers['cash-out.dismiss']({ id }));
  return [qr, receipt];
}

async function until(handlers: Handlers, id: string, state: string): Promise<void> {
  const endMs = performance.now() + STEP_LIMIT_MS;
  for (;;) {
    const view = value(await handlers['cash-out.show']({ id }));
    if (view.state === state) return;
    if (performance.now() > endMs) throw new Error(`${id} is ${view.state}, not ${state}`);
    value(await handlers['sync.now']({}));
    await pause(50);
  }
}

type CounterState = Readonly<{
  printer: Readonly<{ papers: number }>;
  drawer: Readonly<{ openings: number }>;
}>;

async function stateOf({ baseUrl }: FarProgram): Promise<CounterState> {
  const answer = await fetch(`${baseUrl}/_control/state`);
  return (await answer.json()) as CounterState;
}

/**
 * What is wrong, in words; empty when all is well. `loopLimitMs` holds for the till's own work between two turns of its loop, and by the
 * clock after what a process with nothing to do had to stand still as well; absent where the machine is not ours alone.
 */
export function problemsOf(figures: SoakFigures, loopLimitMs?: number): readonly string[] {
  const { slips, papers, states, cashOuts, drawerOpenings, resources, heapMiB, stretches } = figures;
  return [
    states['printed'] === slips ? '' : `slips ended as ${JSON.stringify(states)}`,
    papers === slips ? '' : `${slips} slips and ${papers} papers`,
    drawerOpenings === cashOuts ? '' : `the drawer opened ${drawerOpenings} times for ${cashOuts} cash-outs`,
    resources.after <= resources.before + HANDLES_MORE_MAX ? '' : `handles ${resources.before} → ${resources.after}`,
    heapMiB.after <= heapMiB.before + HEAP_MORE_MAX_MIB ? '' : `heap ${heapMiB.before} → ${heapMiB.after} MiB`,
    ...stretches.flatMap((stretch) => pausesOf(stretch, loopLimitMs ?? Infinity)),
  ].filter((problem) => problem !== '');
}

function pausesOf({ upTo, loop, bystander }: Stretch, limitMs: number): readonly string[] {
  return [
    loop.work <= limitMs ? '' : `before cash-out ${upTo} the loop worked for ${loop.work} ms in one turn`,
    loop.max <= limitMs + bystander.pauseMs
      ? ''
      : `before cash-out ${upTo} the loop stood still for ${loop.max} ms, an idle one for ${bystander.pauseMs} ms`,
  ];
}

/** A timer more or less at the moment of looking is no leak. */
const HANDLES_MORE_MAX = 6;
const HEAP_MORE_MAX_MIB = 16;
