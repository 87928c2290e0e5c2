/** A slip printer over any byte transport, in its profile's language. Encoding is pure; only the line and the printer can fail. */
import type { SlipPrinter } from '../../../core/application/ports/slip-printer.ts';
import type { Timers } from '../../../core/application/ports/system.ts';
import type { LineAddress } from '../../../core/domain/devices/device.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import { err } from '../../../core/domain/result.ts';
import { createEscPosSpeech } from './escpos-speech.ts';
import { MACHINE_TIMERS } from './machine-timers.ts';
import type { PrintTimes } from './print-ladder.ts';
import { PRINT_TIMES, printJob } from './print-ladder.ts';
import { previewSlip } from './preview-slip.ts';
import type { PrinterProfile } from './printer-profile.ts';
import { paperOf } from './printer-profile.ts';
import { UNKNOWN_STATUS } from './printer-status.ts';
import { createStarSpeech } from './star-speech.ts';

export type PrinterOptions = Readonly<{
  timers?: Timers;
  /** Of a serial line; absent: the slowest that printers use. */
  bitsPerSecond?: number;
  times?: Partial<PrintTimes>;
}>;

const SLOWEST_BITS_PER_SECOND = 9_600;
const QUICK_BITS_PER_SECOND = 1_000_000;

/** Only a serial line makes a slip wait for its bytes. */
export function printerOptions(line: LineAddress): PrinterOptions {
  return { bitsPerSecond: line.kind === 'serial' ? line.baudRate : QUICK_BITS_PER_SECOND };
}

export function createEscPosPrinter(
  profile: PrinterProfile,
  transport: ByteTransport,
  options: PrinterOptions = {},
): SlipPrinter {
  const { timers = MACHINE_TIMERS, bitsPerSecond = SLOWEST_BITS_PER_SECOND, times } = options;
  const speak = profile.dialect === 'escpos' ? createEscPosSpeech : createStarSpeech;
  const speech = speak(profile, transport, timers);
  const printing = { profile, transport, speech, timers, bitsPerSecond, times: { ...PRINT_TIMES, ...times } };
  const printingNow = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Answer>(run: () => Promise<Answer>): Promise<Answer> => {
    const turn = last.then(run);
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    ...paperOf(profile),
    async preview(document) {
      const preview = previewSlip(document, profile);
      return preview.ok ? preview : err({ code: 'unsupported', sent: 'none', detail: JSON.stringify(preview.error) });
    },
    print: (job, cancel) =>
      inTurn(async () => {
        printingNow.add(job.id);
        try {
          return await printJob(job, printing, cancel);
        } finally {
          printingNow.delete(job.id);
        }
      }),
    // Not in turn: a printer that waits for paper can be asked what it waits for.
    status: async () => (await speech.askStatus()) ?? UNKNOWN_STATUS,
    onLateWord: (listener) =>
      speech.onNews((news) => {
        if (news.kind === 'confirmed' && !printingNow.has(news.jobId)) listener(news.jobId, news.state);
      }),
    async close() {
      await inTurn(() => transport.close());
    },
  };
}
