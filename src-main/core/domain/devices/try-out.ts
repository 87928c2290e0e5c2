/**
 * Trying a device out: what it is asked to do while somebody watches, and what came of it. Plain data, for screens and the command line.
 */
import type { PairedDevice } from './device.ts';

/** A device as it would be paired. Its traits hold what is known so far, so that each try already obeys the answers before it. */
export type DeviceDraft = Omit<PairedDevice, 'id'>;

export const TRY_OUT_JOBS = [
  /** Ruler, the same letters on every code page that the profile offers, the QR in each form, and the cut, on one paper. */
  'test-slip',
  /** Asks how it stands; nothing is printed. */
  'status',
  /** A short slip behind which the printer is asked to say that it is on paper (GS ( H, or Star's counter). */
  'proof-printed',
  /** The same with a question that is answered when the data has been worked through (GS r). */
  'proof-processed',
  'drawer-pulse',
  /** Level of the drawer's sensor now. */
  'drawer-level',
  /** All letters and both ends of each line. */
  'display-page',
  /** Waits for somebody to scan something. */
  'scan',
] as const;
export type TryOutJob = (typeof TRY_OUT_JOBS)[number];

export type TryOutOutcome =
  /** The device itself said that it is on paper. */
  | 'printed'
  /** It said that it has worked through the data. */
  | 'processed'
  /** All bytes left, and it tells no more. */
  | 'sent'
  /** It told what it was asked: see `status`, `level`, `text`. */
  | 'answered'
  /** It was asked, and said nothing in time. */
  | 'silent'
  /** Nothing left the till: see `problem`. */
  | 'refused'
  /** Some of it may have left. */
  | 'unknown';

export type TryOutStatus = Readonly<{
  online: 'yes' | 'no' | 'unknown';
  paper: 'ok' | 'low' | 'out' | 'unknown';
  cover: 'open' | 'closed' | 'unknown';
  error?: string;
}>;

export type TryOutResult = Readonly<{
  outcome: TryOutOutcome;
  status?: TryOutStatus;
  /** Of the drawer's sensor. */
  level?: 'high' | 'low';
  /** What a scanner read, or what a printer said of itself. Not trusted: at most 512 characters. */
  text?: string;
  /** `step`: what was being done; `code`: a device fault's; `detail`: facts in English, for the technician. */
  problem?: DeviceProblem;
}>;

export type DeviceProblem = Readonly<{ step: string; code: string; detail: string }>;
