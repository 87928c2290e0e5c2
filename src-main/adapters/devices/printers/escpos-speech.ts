/**
 * ESC/POS as the ladder speaks it.
 *
 * Source  Epson ESC/POS reference: GS a (automatic status), GS ( H function 48 (answers when the data before it is on paper), GS r 1 (answers
 *         when the data before it has been worked through), GS V 66 (feed and cut).
 */
import type { Timers } from '../../../core/application/ports/system.ts';
import { err, ok } from '../../../core/domain/result.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import { encodeSlip } from './slip-encoder.ts';
import type { PrinterAnswer } from './printer-answers.ts';
import type { PrinterProfile } from './printer-profile.ts';
import type { PrinterNews, PrinterSpeech } from './printer-speech.ts';
import { statusOfAutomatic } from './printer-status.ts';
import { voiceOf } from './printer-voice.ts';

/** Drawer, online, error and paper: each change of them is told at once. */
const TELL_EVERYTHING = [0x1d, 0x61, 0x0f];
const DID_YOU_WORK = [0x1d, 0x72, 1];
const TOKEN_LENGTH = 4;
/** Tokens that may still come back after their jobs were given up. */
const LATE_TOKENS_MAX = 16;
const FLUSH_TIMEOUT_MS = 3_000;

export function createEscPosSpeech(profile: PrinterProfile, transport: ByteTransport, timers: Timers): PrinterSpeech {
  const voice = voiceOf(transport, timers);
  const listeners = new Set<(news: PrinterNews) => void>();
  const asks = transport.canRead && profile.status !== 'none';
  const confirm = transport.canRead ? profile.confirm : 'none';
  const awaited = createAwaited();
  /** The slip before broke off, and what there is of it hangs out of the printer. */
  let hasStump = false;
  let lastLength = 0;

  voice.onAnswer((answer) => {
    const news = newsOf(answer, awaited);
    if (news) [...listeners].forEach((listener) => listener(news));
  });

  /** Answers to GS r carry no name: those that an earlier job still owes must not pass for this one's. */
  async function settleDebts(): Promise<void> {
    if (confirm !== 'gs-r' || awaited.owed() === 0) return;
    awaited.owe('');
    const paidUp = voice.waitFor(() => awaited.owed() === 0, FLUSH_TIMEOUT_MS);
    await transport.write(Uint8Array.from(DID_YOU_WORK), { label: 'flush', timeoutMs: FLUSH_TIMEOUT_MS });
    await paidUp;
    awaited.forgive(); // What has not come by now was lost on the line.
  }

  return {
    confirms: confirm !== 'none',
    encode(document) {
      const encoded = encodeSlip(document, profile);
      return encoded.ok ? encoded : err(JSON.stringify(encoded.error));
    },
    askStatus: async () => (asks ? voice.askStatus() : undefined),
    onNews(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async wrap(jobId, slip) {
      const filled = await voice.fillUp.pay();
      if (!filled.ok) return filled;
      await settleDebts();
      if (confirm === 'gs-r') awaited.owe(jobId);
      const question =
        confirm === 'process-id' ? processId(awaited.token(jobId)) : confirm === 'gs-r' ? DID_YOU_WORK : [];
      const start = [
        ...(hasStump ? freshStart(profile) : []),
        ...(asks && profile.status === 'asb' ? TELL_EVERYTHING : []),
      ];
      const job = Buffer.concat([Uint8Array.from(start), slip, Uint8Array.from(question)]);
      lastLength = job.length;
      return ok(job);
    },
    ended(jobId, how) {
      if (how === 'unsent') return awaited.drop(jobId);
      hasStump = how !== 'done';
      if (hasStump) voice.fillUp.owe(lastLength);
    },
  };
}

/** The cut parts what there is of the broken slip from the next. */
function freshStart({ cut }: PrinterProfile): number[] {
  const parting = cut === 'none' ? [0x0a, 0x0a] : [0x0a, 0x1d, 0x56, 66, 0];
  return [0x1b, 0x40, ...parting];
}

type Awaited = ReturnType<typeof createAwaited>;

/** Which answers are still to come, and whose they are. */
function createAwaited() {
  const jobs = new Map<string, string>();
  let debts: string[] = [];
  return {
    token(jobId: string): string {
      const token = tokenOf(jobId);
      jobs.delete(token);
      jobs.set(token, jobId);
      const [oldest] = jobs.keys();
      if (jobs.size > LATE_TOKENS_MAX && oldest !== undefined) jobs.delete(oldest);
      return token;
    },
    jobOf(token: string): string | undefined {
      const jobId = jobs.get(token);
      jobs.delete(token);
      return jobId;
    },
    owed: () => debts.length,
    owe: (jobId: string) => void debts.push(jobId),
    paid: () => debts.shift(),
    drop(jobId: string): void {
      jobs.delete(tokenOf(jobId));
      debts = debts.filter((debt) => debt !== jobId);
    },
    forgive: () => void (debts = []),
    forget() {
      jobs.clear();
      debts = [];
    },
  };
}

function newsOf(answer: PrinterAnswer, awaited: Awaited): PrinterNews | undefined {
  switch (answer.kind) {
    case 'automatic':
      return { kind: 'status', status: statusOfAutomatic(answer.bytes) };
    case 'power-on':
      awaited.forget();
      return { kind: 'power-on' };
    case 'printed': {
      const jobId = awaited.jobOf(answer.token);
      return jobId === undefined ? undefined : { kind: 'confirmed', jobId, state: 'printed' };
    }
    case 'processed': {
      const jobId = awaited.paid();
      return jobId ? { kind: 'confirmed', jobId, state: 'processed' } : undefined;
    }
    default:
      return undefined;
  }
}

/** Four printable characters that differ from job to job. */
function tokenOf(jobId: string): string {
  return jobId
    .replaceAll(/[^0-9A-Za-z]/g, '')
    .slice(-TOKEN_LENGTH)
    .padStart(TOKEN_LENGTH, '0');
}

function processId(token: string): number[] {
  return [0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30, ...Buffer.from(token, 'latin1')];
}
