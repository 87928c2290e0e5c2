/**
 * A slip printer that speaks ESC/POS over any byte transport. Encoding is pure; only the line and the printer can fail.
 *
 * I9: after the first byte has left, nothing is sent again by itself. "Sent" is not "printed": where the line reads back, the printer is asked
 * first whether it can print, and afterwards (GS ( H, or GS r) whether it did.
 */
import type { CancelSignal, DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type {
  PrintJob,
  PrintOutcome,
  PrinterStatus,
  SlipPrinter,
} from '../../../core/application/ports/slip-printer.ts';
import { err } from '../../../core/domain/result.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import type { EncodeProblem } from './escpos-encoder.ts';
import type { Conversation } from './printer-conversation.ts';
import { UNKNOWN_STATUS, obstacleIn, startConversation } from './printer-conversation.ts';
import { previewSlip } from './preview-slip.ts';
import type { PrinterProfile } from './printer-profile.ts';
import { encodeSlip } from './slip-encoder.ts';

export type EscPosTimes = Readonly<{
  /** For the line to take a job. */
  sendTimeoutMs: number;
  /** For the printer to say that it printed, while nothing is wrong with it. */
  confirmTimeoutMs: number;
  /** The same while it waits for paper or a closed cover: somebody is changing the roll. */
  stallTimeoutMs: number;
  /** Between two looks at a printer that has not confirmed yet. */
  lookEveryMs: number;
}>;

const TIMES: EscPosTimes = {
  sendTimeoutMs: 20_000,
  confirmTimeoutMs: 8_000,
  stallTimeoutMs: 120_000,
  lookEveryMs: 1_000,
};

export function createEscPosPrinter(
  profile: PrinterProfile,
  transport: ByteTransport,
  times: Partial<EscPosTimes> = {},
): SlipPrinter {
  const printing = { profile, transport, times: { ...TIMES, ...times } };
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Answer>(run: () => Promise<Answer>): Promise<Answer> => {
    const turn = last.then(run);
    last = turn;
    return turn;
  };
  return {
    name: profile.name,
    columns: profile.columns,
    codePageName: profile.codePage.name,
    preview(document) {
      const preview = previewSlip(document, profile);
      return preview.ok ? preview : err(unsupported(preview.error));
    },
    print: (job, cancel) => inTurn(() => printJob(job, printing, cancel)),
    status: () => inTurn(() => withConversation(printing, (conversation) => statusOf(printing, conversation))),
    async close() {
      await inTurn(() => transport.close());
    },
  };
}

function unsupported(problem: EncodeProblem): DeviceFault {
  return { code: 'unsupported', sent: 'none', detail: JSON.stringify(problem) };
}

type Printing = Readonly<{ profile: PrinterProfile; transport: ByteTransport; times: EscPosTimes }>;

async function withConversation<Answer>(
  { transport }: Printing,
  use: (conversation: Conversation) => Promise<Answer>,
): Promise<Answer> {
  const conversation = startConversation(transport);
  try {
    return await use(conversation);
  } finally {
    conversation.end();
  }
}

async function statusOf({ profile, transport }: Printing, conversation: Conversation): Promise<PrinterStatus> {
  return transport.canRead && profile.status === 'dle' ? conversation.askStatus() : UNKNOWN_STATUS;
}

function printJob(job: PrintJob, printing: Printing, cancel?: CancelSignal): Promise<PrintOutcome> {
  return withConversation(printing, async (conversation) => {
    const encoded = encodeSlip(job.document, printing.profile);
    if (!encoded.ok) return refused(unsupported(encoded.error));
    const obstacle = obstacleIn(await statusOf(printing, conversation));
    if (cancel?.aborted) return refused({ code: 'cancelled', sent: 'none', detail: job.id });
    if (obstacle) return refused({ code: obstacle, sent: 'none', detail: `${printing.profile.name} before ${job.id}` });
    return sendAndConfirm(job, encoded.value, printing, conversation, cancel);
  });
}

async function sendAndConfirm(
  job: PrintJob,
  bytes: Uint8Array,
  printing: Printing,
  conversation: Conversation,
  cancel?: CancelSignal,
): Promise<PrintOutcome> {
  const { profile, transport, times } = printing;
  const confirm = transport.canRead ? profile.confirm : 'none';
  const token = tokenOf(job.id);
  const whole = Buffer.concat([bytes, confirmationRequest(confirm, token)]);
  const confirmed = waitForConfirmation(confirm, token, printing, conversation, cancel);
  const label = `${job.document.kind}-${job.id}`;
  const sent = await transport.write(whole, { label, timeoutMs: times.sendTimeoutMs, ...(cancel && { cancel }) });
  if (!sent.ok) {
    confirmed.abandon();
    return sent.error.sent === 'none' ? refused(sent.error) : unknown(sent.error);
  }
  return confirmed.outcome;
}

function refused(fault: DeviceFault): PrintOutcome {
  return { state: 'refused', fault };
}

function unknown(fault: DeviceFault): PrintOutcome {
  return { state: 'unknown', fault };
}

type Confirm = PrinterProfile['confirm'];

/** Listens before the job is sent, so that a quick answer is not missed. */
function waitForConfirmation(
  confirm: Confirm,
  token: string,
  printing: Printing,
  conversation: Conversation,
  cancel?: CancelSignal,
): Readonly<{ outcome: Promise<PrintOutcome>; abandon: () => void }> {
  if (confirm === 'none') return { outcome: Promise.resolve({ state: 'sent' }), abandon: () => undefined };
  const abandoned = new AbortController();
  const giveUp = () => abandoned.abort();
  cancel?.addEventListener('abort', giveUp);
  const outcome = listenForConfirmation(confirm, token, printing, conversation, abandoned.signal);
  const end = () => {
    cancel?.removeEventListener('abort', giveUp);
    giveUp(); // Takes the listener and its timer away.
  };
  return { outcome: outcome.finally(end), abandon: giveUp };
}

async function listenForConfirmation(
  confirm: Exclude<Confirm, 'none'>,
  token: string,
  { times }: Printing,
  conversation: Conversation,
  cancel: AbortSignal,
): Promise<PrintOutcome> {
  const heard = conversation.waitFor(
    (answer) =>
      confirm === 'process-id' ? answer.kind === 'printed' && answer.token === token : answer.kind === 'processed',
    times.stallTimeoutMs,
    cancel,
  );
  let obstacle: DeviceFault['code'] | undefined;
  for (let waitedMs = 0; waitedMs < times.stallTimeoutMs; waitedMs += times.lookEveryMs) {
    const answer = await Promise.race([heard, pause(times.lookEveryMs)]);
    if (answer !== 'nothing yet') {
      if (answer) return { state: confirm === 'process-id' ? 'printed' : 'processed' };
      break;
    }
    obstacle = obstacleIn(await conversation.askStatus());
    if (!obstacle && waitedMs + times.lookEveryMs >= times.confirmTimeoutMs) break;
  }
  const code = obstacle ?? (cancel.aborted ? 'cancelled' : 'timeout');
  return unknown({ code, sent: 'all', detail: `no confirmation ${token}` });
}

function pause(durationMs: number): Promise<'nothing yet'> {
  return new Promise((resolve) => {
    setTimeout(() => resolve('nothing yet'), durationMs);
  });
}

/** Four printable characters that differ from job to job. */
function tokenOf(jobId: string): string {
  return jobId
    .replaceAll(/[^0-9A-Za-z]/g, '')
    .slice(-4)
    .padStart(4, '0');
}

/** GS ( H function 48 answers when the data before it is on paper; GS r 1 when it has been worked through. */
function confirmationRequest(confirm: Confirm, token: string): Uint8Array {
  if (confirm === 'process-id')
    return Uint8Array.of(0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30, ...Buffer.from(token, 'latin1'));
  return confirm === 'gs-r' ? Uint8Array.of(0x1d, 0x72, 1) : new Uint8Array(0);
}
