/** What the ladder of a print job needs of a printer's language; ESC/POS and Star differ in nothing else. */
import type { DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { Result } from '../../../core/domain/result.ts';
import type { SlipDocument } from '../../../core/domain/slips/slip-document.ts';
import type { DeviceStatus } from './printer-status.ts';

export type PrinterNews =
  | Readonly<{ kind: 'status'; status: DeviceStatus }>
  /** It was switched on: what it had in its buffer is gone. */
  | Readonly<{ kind: 'power-on' }>
  /** A job is on paper (`printed`), or has been worked through. */
  | Readonly<{ kind: 'confirmed'; jobId: string; state: 'printed' | 'processed' }>;

export interface PrinterSpeech {
  /** Errors: why this paper cannot carry the document, for the log. */
  encode(document: SlipDocument): Result<Uint8Array, string>;
  /** Whether a job's end is told by the printer. */
  readonly confirms: boolean;
  /** Undefined: it says nothing, or the line cannot read. */
  askStatus(): Promise<DeviceStatus | undefined>;
  /** The answer ends it. */
  onNews(listener: (news: PrinterNews) => void): () => void;
  /**
   * The whole job: what goes before the slip, the slip, and the question behind it. From now on its confirmation is listened for.
   * Errors: the line fails before anything of the slip has left.
   */
  wrap(jobId: string, slip: Uint8Array): Promise<Result<Uint8Array, DeviceFault>>;
  /** Nothing of the job left the till; it is done as far as anybody can tell; or it broke off, and a command may be half told. */
  ended(jobId: string, how: 'unsent' | 'done' | 'broken'): void;
}
