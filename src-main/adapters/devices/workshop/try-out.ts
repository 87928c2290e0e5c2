/** One try-out job on one open line, as the draft says that the device is. */
import type { CancelSignal, DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { PrinterStatus, SlipPrinter } from '../../../core/application/ports/slip-printer.ts';
import type { PrinterTraits } from '../../../core/domain/devices/device.ts';
import { qrFormsToTry } from '../../../core/domain/devices/pairing-guide.ts';
import type { DeviceDraft, TryOutJob, TryOutResult } from '../../../core/domain/devices/try-out.ts';
import { money } from '../../../core/domain/money.ts';
import { unreachable } from '../../../core/domain/result.ts';
import { guidedTestSlip, qrTestPayload } from '../../../core/domain/slips/pairing-slip.ts';
import type { SlipDocument } from '../../../core/domain/slips/slip-document.ts';
import { centred } from '../../../core/domain/slips/slip-document.ts';
import { framed, title } from '../../../core/domain/slips/slip-frame.ts';
import { SLIP_WORDS } from '../../../core/domain/slips/slip-words.ts';
import { withDisplayTraits } from '../displays/display-profile.ts';
import { createLineDisplay } from '../displays/line-display.ts';
import { createQrDisplay } from '../displays/qr-display.ts';
import { createEscPosCashDrawer } from '../drawers/escpos-cash-drawer.ts';
import { createEscPosPrinter, printerOptions } from '../printers/escpos-printer.ts';
import { profileWith } from '../printers/printer-profile.ts';
import type { PrinterProfile } from '../printers/printer-profile.ts';
import { starVoiceOf } from '../printers/star-voice.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import { PRINTER_STATUS } from './identify.ts';
import { ask, pause, reach } from './line-talk.ts';
import { pagesOf } from './profile-shelf.ts';
import type { WorkshopParts } from './device-workshop.ts';

export type TryOut = Readonly<{
  draft: DeviceDraft;
  job: TryOutJob;
  transport: ByteTransport;
  parts: Pick<WorkshopParts, 'shelf' | 'frame' | 'clock' | 'timers' | 'ids'>;
  cancel?: CancelSignal;
}>;

export async function tryOut(trial: TryOut): Promise<TryOutResult> {
  // A device process that is just starting must not look like a printer that says nothing.
  const reached = await reach(trial.transport);
  return reached.ok ? doJob(trial) : refusedAs(reached.error);
}

function doJob(trial: TryOut): Promise<TryOutResult> {
  switch (trial.job) {
    case 'test-slip':
      return print(trial, {}, testSlip);
    case 'proof-printed':
      return print(trial, { confirm: isStar(trial) ? 'star-etb' : 'process-id' }, proofSlip);
    case 'proof-processed':
      return print(trial, { confirm: 'gs-r' }, proofSlip);
    case 'status':
      return askStatus(trial);
    case 'drawer-pulse':
      return pulse(trial);
    case 'drawer-level':
      return readLevel(trial);
    case 'display-page':
      return showPage(trial);
    case 'scan':
      return waitForScan(trial);
    default:
      return unreachable(trial.job);
  }
}

const NO_SUCH_JOB: TryOutResult = {
  outcome: 'refused',
  problem: { step: 'choose the job', code: 'unsupported', detail: 'a device of this role has no such job' },
};

function refusedAs(fault: DeviceFault): TryOutResult {
  const step = fault.sent === 'none' ? 'open the line' : 'send';
  const problem = { step, code: fault.code, detail: fault.detail };
  return { outcome: fault.sent === 'none' ? 'refused' : 'unknown', problem };
}

function profileOf({ draft, parts }: TryOut): PrinterProfile | undefined {
  return draft.role === 'printer' ? parts.shelf.printer(draft.profileId) : undefined;
}

function isStar(trial: TryOut): boolean {
  return profileOf(trial)?.dialect !== 'escpos';
}

type Writes = (trial: TryOut, profile: PrinterProfile) => SlipDocument;

/** Unless it is what is being tried, nothing is asked behind a slip that nobody has seen the printer answer. */
async function print(trial: TryOut, tried: PrinterTraits, write: Writes): Promise<TryOutResult> {
  const { draft, transport, parts, cancel } = trial;
  const plain = profileOf(trial);
  if (!plain) return NO_SUCH_JOB;
  const profile = profileWith(plain, { confirm: 'none', ...draft.printer, ...tried });
  const printer = createEscPosPrinter(profile, transport, printerOptions(draft.line));
  const job = { id: parts.ids.next(), document: write(trial, profile) };
  const printed = await printer.print(job, cancel);
  if (!('fault' in printed)) return { outcome: printed.state };
  const { code, detail, sent } = printed.fault;
  // Everything left, and only the answer behind it did not come.
  const isSilent = printed.state === 'unknown' && sent === 'all' && code === 'timeout';
  const step = sent === 'none' ? 'open the line' : sent === 'all' ? 'wait for its answer' : 'send';
  return { outcome: isSilent ? 'silent' : printed.state, problem: { step, code, detail } };
}

function testSlip({ parts, draft }: TryOut, profile: PrinterProfile): SlipDocument {
  const facts = {
    printerName: draft.name,
    pages: pagesOf(profile),
    qrForms: qrFormsToTry(profile),
    atMs: parts.clock.nowMs(),
  };
  return guidedTestSlip(facts, parts.frame());
}

function proofSlip({ parts, draft }: TryOut): SlipDocument {
  const frame = parts.frame();
  return framed('test', frame, [...title(SLIP_WORDS[frame.locale].testTitle), centred(draft.name)]);
}

async function askStatus(trial: TryOut): Promise<TryOutResult> {
  const { draft, transport } = trial;
  const plain = profileOf(trial);
  if (!plain) return NO_SUCH_JOB;
  const status = draft.printer?.status ?? plain.status;
  // Also where the profile says that it never answers: that is what is being tried.
  const asked = status === 'none' ? 'dle' : status;
  const printer: SlipPrinter = createEscPosPrinter(profileWith(plain, { ...draft.printer, status: asked }), transport);
  const told = await printer.status();
  return isTold(told) ? { outcome: 'answered', status: told } : { outcome: 'silent' };
}

function isTold({ online, paper, cover }: PrinterStatus): boolean {
  return [online, paper, cover].some((fact) => fact !== 'unknown');
}

async function pulse(trial: TryOut): Promise<TryOutResult> {
  const { draft, transport, parts, cancel } = trial;
  const plain = profileOf(trial);
  if (!plain) return NO_SUCH_JOB;
  const drawer = createEscPosCashDrawer(profileWith(plain, draft.printer), transport);
  const opened = await drawer.open({ id: parts.ids.next(), reason: 'test' }, cancel);
  return 'fault' in opened ? refusedAs(opened.fault) : { outcome: 'sent' };
}

const DRAWER_MOVES_MS = 300;

/** Pin 3 of the connector: DLE EOT 1, bit 2. A Star printer says it with everything else. */
async function readLevel(trial: TryOut): Promise<TryOutResult> {
  if (!profileOf(trial)) return NO_SUCH_JOB;
  // A box that is just springing open has not told its switch yet.
  await pause(trial.parts.timers, DRAWER_MOVES_MS);
  if (isStar(trial)) {
    const level = (await starVoiceOf(trial.transport, trial.parts.timers).askStatus())?.drawerPin;
    return level === undefined ? { outcome: 'silent' } : { outcome: 'answered', level };
  }
  const answer = await ask(trial.transport, PRINTER_STATUS, trial.parts.timers, trial.cancel);
  if (!answer.ok) return refusedAs(answer.error);
  const [byte] = answer.value ?? [];
  return byte === undefined ? { outcome: 'silent' } : { outcome: 'answered', level: byte & 0x04 ? 'high' : 'low' };
}

async function showPage({ draft, transport, parts }: TryOut): Promise<TryOutResult> {
  const display = parts.shelf.display(draft.profileId);
  const qrDisplay = parts.shelf.qrDisplay(draft.profileId);
  if (draft.role === 'display' && display) {
    const { codePage } = draft.display ?? {};
    const line = createLineDisplay(withDisplayTraits(display, draft.display), transport, parts);
    const shown = await line.test(codePage ? { page: 'letters', codePage } : { page: 'ruler' });
    return shown.ok ? { outcome: 'sent' } : refusedAs(shown.error);
  }
  if (draft.role === 'qr-display' && qrDisplay) {
    const { locale } = parts.frame();
    const shown = await createQrDisplay(qrDisplay, transport, parts).show({
      state: 'pay',
      locale,
      amount: money('MXN', 0),
      qrData: qrTestPayload('native'),
      remainingMs: TRIAL_SHOWN_MS,
    });
    return shown.ok ? { outcome: 'sent' } : refusedAs(shown.error);
  }
  return NO_SUCH_JOB;
}
const TRIAL_SHOWN_MS = 60_000;

const SCAN_PATIENCE_MS = 30_000;
const SCAN_LENGTH_MAX = 512;

async function waitForScan({ draft, transport, parts, cancel }: TryOut): Promise<TryOutResult> {
  if (draft.role !== 'scanner') return NO_SUCH_JOB;
  const question = { label: 'scan', bytes: [], find: scannedLine, timeoutMs: SCAN_PATIENCE_MS };
  const read = await ask(transport, question, parts.timers, cancel);
  if (!read.ok) return refusedAs(read.error);
  if (!read.value) return { outcome: cancel?.aborted ? 'refused' : 'silent' };
  const text = new TextDecoder().decode(read.value).slice(0, SCAN_LENGTH_MAX);
  return { outcome: 'answered', text: text.replaceAll(/\p{C}/gu, '') };
}

function scannedLine(heard: Uint8Array): Uint8Array | undefined {
  const end = heard.findIndex((byte) => byte === 0x0d || byte === 0x0a);
  return end > 0 ? heard.slice(0, end) : undefined;
}
