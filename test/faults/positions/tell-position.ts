/** One slip, one mishap, one byte: what the till said, what is on paper, and whether the two agree. */
import type { PrinterProfile } from '../../../src-main/adapters/devices/printers/printer-profile.ts';
import type { PrintOutcome } from '../../../src-main/core/application/ports/slip-printer.ts';
import { LOCALES } from '../../../src-main/core/domain/locale.ts';
import type { SlipDocument } from '../../../src-main/core/domain/slips/slip-document.ts';
import type { Paper } from '../../../src-main/simulators/devices/virtual-printer/paper.ts';
import type { PrinterModel } from '../../../src-main/simulators/devices/virtual-printer/printer-model.ts';
import { PRINTER_MODELS } from '../../../src-main/simulators/devices/virtual-printer/printer-models.ts';
import { WORDS } from '../../../src-renderer/text/words.ts';
import { causeWords } from '../../../src-renderer/text/slip-words.ts';
import { EPSON, WIDE } from '../../adapters/devices/printer-bench.ts';
import { SAMPLE_SLIPS, frame } from '../../unit/domain/slips/slip-samples.ts';
import type { Counter } from './counter.ts';
import { inTime, setUpCounter } from './counter.ts';
import type { Mishap } from './mishaps.ts';
import { MISHAPS } from './mishaps.ts';

export type Stand = Readonly<{ name: string; profile: PrinterProfile; model: PrinterModel }>;

/** The three ways in which printers tell, or do not tell, that a slip is on paper. */
export const STANDS: readonly Stand[] = [
  { name: 'process ID and automatic status', profile: EPSON, model: PRINTER_MODELS['epson-tm-t88'] },
  { name: 'GS r and asked status', profile: { ...WIDE, confirm: 'gs-r' }, model: PRINTER_MODELS['generic-80mm'] },
  { name: 'asked status alone', profile: WIDE, model: PRINTER_MODELS['generic-80mm'] },
];

export type SlipName = 'qr' | 'receipt';

export type Case = Readonly<{ stand: Stand; slip: SlipName; mishap: Mishap }>;

export const CASES: readonly Case[] = STANDS.flatMap((stand) =>
  (['qr', 'receipt'] as const).flatMap((slip) => MISHAPS.map((mishap) => ({ stand, slip, mishap }))),
);

export function nameOf({ stand, slip, mishap }: Case): string {
  return `${slip} slip, ${stand.name}: ${mishap.name}`;
}

function documentOf(slip: SlipName, copyNumber: number): SlipDocument {
  const make = SAMPLE_SLIPS[slip];
  if (!make) throw new Error(`no sample ${slip}`);
  return make(frame({ copyNumber }));
}

/** Text and QR as they stand on paper, for comparison. */
function printOf({ text, printed }: Pick<Paper, 'text' | 'printed'>): string {
  const codes = printed.flatMap((part) => (part.kind === 'picture' && part.qrPayload ? [part.qrPayload] : []));
  return [text, ...codes.map((code) => Buffer.from(code).toString('latin1'))].join('\n');
}

type Well = Readonly<{ original: string; copy: string; jobLength: number }>;
const wells = new Map<string, Promise<Well>>();

/** The same two slips where nothing goes wrong. */
export function wellOf({ stand, slip }: Pick<Case, 'stand' | 'slip'>): Promise<Well> {
  const key = `${stand.name} ${slip}`;
  const known = wells.get(key) ?? printWell(stand, slip);
  wells.set(key, known);
  return known;
}

async function printWell({ profile, model }: Stand, slip: SlipName): Promise<Well> {
  const counter = setUpCounter(profile, model);
  await print(counter, 'WELL0', documentOf(slip, 0));
  const jobLength = counter.cable.jobLength();
  await print(counter, 'WELL1', documentOf(slip, 1));
  rest(counter);
  const [original, copy] = counter.device.papers();
  if (!original || !copy) throw new Error('a printer that is well printed nothing');
  return { original: printOf(original), copy: printOf(copy), jobLength };
}

function print(counter: Counter, id: string, document: SlipDocument): Promise<PrintOutcome> {
  return inTime(counter, counter.printer.print({ id, document }));
}

/** Until the mechanics stand still. */
function rest({ time }: Counter): void {
  time.advance(20_000);
}

/** What is wrong, in words; empty when the till's word and the paper agree. */
export async function tellPosition({ stand, slip, mishap }: Case, position: number): Promise<readonly string[]> {
  const well = await wellOf({ stand, slip });
  const counter = setUpCounter(stand.profile, stand.model);
  counter.cable.beforeByte(position, () => mishap.strike(counter));
  const outcome = await print(counter, 'SLIP0', documentOf(slip, 0));
  const toldAt = printsOf(counter);
  mishap.repair(counter);
  rest(counter);
  rest(counter);
  const afterRepair = printsOf(counter);
  const copyOutcome = await print(counter, 'SLIP1', documentOf(slip, 1));
  rest(counter);
  const atLast = printsOf(counter);
  const whole = (prints: readonly string[]): number =>
    prints.filter((each) => each.includes(well.original) && !each.includes(well.copy)).length;
  const problems = [
    ...(outcome.state === 'refused' && afterRepair.length > 0 ? ['refused, and something is on paper'] : []),
    ...(vouches(outcome) && whole(toldAt) + whole(afterRepair) === 0 ? [`${outcome.state}, and no whole slip`] : []),
    ...(mishap.passes && !isSure(outcome) ? [`it passed, and the till says ${outcome.state}`] : []),
    ...(whole(atLast) > 1 ? ['the slip is on paper twice'] : []),
    ...(isSure(copyOutcome) ? [] : [`the copy afterwards ended ${wordsOf(copyOutcome)}`]),
    // A printer that tells nothing may have been switched off and on unseen: its next slip hangs on the rest of the one before.
    ...(outcome.state === 'sent' || atLast.filter((each) => each === well.copy).length === 1
      ? []
      : ['the copy is not on a paper of its own, once']),
    ...causeProblems(outcome, mishap),
  ];
  return problems.map((problem) => `byte ${position}: ${problem} (${wordsOf(outcome)})`);
}

function printsOf({ device }: Counter): readonly string[] {
  const strip = device.strip();
  return [...device.papers(), ...(strip.printed.length > 0 ? [strip] : [])].map(printOf).filter((each) => each !== '');
}

function isSure({ state }: PrintOutcome): boolean {
  return state === 'printed' || state === 'processed' || state === 'sent';
}

/** `sent` promises nothing: somebody looks. */
function vouches({ state }: PrintOutcome): boolean {
  return state === 'printed' || state === 'processed';
}

function wordsOf(outcome: PrintOutcome): string {
  return 'fault' in outcome ? `${outcome.state} ${outcome.fault.code}, sent ${outcome.fault.sent}` : outcome.state;
}

/** The cause is the mishap's, and every language has words for it and for the next step. */
function causeProblems(outcome: PrintOutcome, { causes }: Mishap): readonly string[] {
  if (!('fault' in outcome)) return [];
  const { state, fault } = outcome;
  const isNamed = causes.includes(fault.code);
  const speechless = LOCALES.filter((locale) => {
    const words = causeWords(WORDS[locale], { state, code: fault.code });
    return !words || words.title === '' || words.todo === '';
  });
  return [...(isNamed ? [] : [`it names ${fault.code}`]), ...speechless.map((locale) => `no words in ${locale}`)];
}
