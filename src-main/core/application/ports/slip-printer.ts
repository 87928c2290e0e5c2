/**
 * Puts one slip on paper. Never retries and never repeats: only the caller knows whether a second copy is harmful (I9).
 * Nothing is thrown for what a device or a line can do.
 */
import type { Result } from '../../domain/result.ts';
import type { SlipDocument } from '../../domain/slips/slip-document.ts';
import type { SlipPreview } from '../../domain/slips/slip-preview.ts';
import type { CancelSignal, DeviceFault, DeviceFaultCode } from './device-fault.ts';

export interface SlipPrinter {
  /** The printer's name for people: its profile's. */
  readonly name: string;
  /** Character cells of a normal line. */
  readonly columns: number;
  /** The code page that its texts are sent in, e.g. `CP858`. */
  readonly codePageName: string;
  /** Jobs are printed one at a time, in the order of the calls. After a cancel it ends soon; what is in the printer by then may still print. */
  print(job: PrintJob, cancel?: CancelSignal): Promise<PrintOutcome>;
  /** The lines that `print` would send, for a screen; touches no line. Errors: the `unsupported` that `print` would refuse it with. */
  preview(document: SlipDocument): Promise<Result<SlipPreview, DeviceFault>>;
  status(): Promise<PrinterStatus>;
  /** A job that had ended `unknown` is on paper after all: somebody changed the roll. The answer ends it. */
  onLateWord?(listener: (jobId: string, state: 'printed' | 'processed') => void): () => void;
  /** Gives the line free. A job in progress ends first. */
  close(): Promise<void>;
}

export type PrintJob = Readonly<{
  /** The job's id in the journal: it names the spool file and ties an answer of the printer to its job. */
  id: string;
  document: SlipDocument;
  /** Asked once more right before the first byte leaves; false refuses the job as `cancelled`. */
  isStillWanted?: () => boolean;
  /** The printer waits for somebody (no paper, open cover, ...) and goes on by itself afterwards; undefined when it goes on. */
  onWaiting?: (why: DeviceFaultCode | undefined) => void;
}>;

export type PrintOutcome =
  /** The printer itself said that the slip is on paper. */
  | Readonly<{ state: 'printed' }>
  /** The printer said that it has worked through the data; it may still be printing the last lines. */
  | Readonly<{ state: 'processed' }>
  /** All bytes left the till and this printer tells no more: somebody looks whether there is a slip. */
  | Readonly<{ state: 'sent' }>
  /** Nothing left the till (`fault.sent` is `none`): the same job may be tried again. */
  | Readonly<{ state: 'refused'; fault: DeviceFault }>
  /** Some or all may be on paper. Never repeated silently: a person decides, and a reprint says COPY. */
  | Readonly<{ state: 'unknown'; fault: DeviceFault }>;

/** `unknown` is no error: many printers tell nothing, and print. */
export type PrinterStatus = Readonly<{
  online: 'yes' | 'no' | 'unknown';
  paper: 'ok' | 'low' | 'out' | 'unknown';
  cover: 'open' | 'closed' | 'unknown';
  error?: 'cutter' | 'overheat' | 'unrecoverable' | 'other';
}>;
