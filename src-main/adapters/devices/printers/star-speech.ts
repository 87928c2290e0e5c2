/**
 * Star Line Mode and StarPRNT as the ladder speaks them: the status is asked for, and the printer counts the jobs that it has printed.
 *
 * Source  Star Line Mode specification: ESC ACK SOH (status, on reception), ETB (counted when the data before it is printed).
 */
import type { Timers } from '../../../core/application/ports/system.ts';
import { err, ok } from '../../../core/domain/result.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import type { PrinterProfile } from './printer-profile.ts';
import type { PrinterNews, PrinterSpeech } from './printer-speech.ts';
import { encodeSlip } from './slip-encoder.ts';
import { ETB_COUNTS } from './star-answers.ts';
import { starVoiceOf } from './star-voice.ts';

const COUNT_THIS = 0x17;
/** ESC d 3: feed to the cutter and cut. */
const PART = [0x0a, 0x1b, 0x64, 0x03];

export function createStarSpeech(profile: PrinterProfile, transport: ByteTransport, timers: Timers): PrinterSpeech {
  const listeners = new Set<(news: PrinterNews) => void>();
  const asks = transport.canRead && profile.status === 'star-asb';
  const confirms = transport.canRead && profile.confirm === 'star-etb';
  const voice = starVoiceOf(transport, timers);
  const { fillUp } = voice;
  let count: number | undefined;
  let awaited: Readonly<{ jobId: string; count: number }> | undefined;
  /** The slip before broke off, and what there is of it hangs out of the printer. */
  let hasStump = false;
  let lastLength = 0;

  const tell = (news: PrinterNews): void => [...listeners].forEach((listener) => listener(news));
  voice.onAnswer(({ status, etbCount }) => {
    count = etbCount;
    tell({ kind: 'status', status });
    if (!awaited || etbCount !== awaited.count) return;
    const { jobId } = awaited;
    awaited = undefined;
    tell({ kind: 'confirmed', jobId, state: 'printed' });
  });

  return {
    confirms,
    encode(document) {
      const encoded = encodeSlip(document, profile);
      return encoded.ok ? encoded : err(JSON.stringify(encoded.error));
    },
    askStatus: async () => (asks || confirms ? voice.askStatus() : undefined),
    onNews(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async wrap(jobId, slip) {
      const filled = await fillUp.pay();
      if (!filled.ok) return filled;
      if (confirms && count === undefined) await voice.askStatus();
      // A counter that nobody could read: the job then ends at its deadline, unknown.
      awaited = confirms && count !== undefined ? { jobId, count: (count + 1) % ETB_COUNTS } : undefined;
      const start = hasStump ? [0x1b, 0x40, ...PART] : [];
      const job = Buffer.concat([Uint8Array.from(start), slip, Uint8Array.from(confirms ? [COUNT_THIS] : [])]);
      lastLength = job.length;
      return ok(job);
    },
    ended(_jobId, how) {
      if (how === 'unsent') awaited = undefined;
      else hasStump = how !== 'done';
      if (how === 'broken') fillUp.owe(lastLength);
    },
  };
}
