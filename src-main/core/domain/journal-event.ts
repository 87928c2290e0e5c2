/**
 * Everything that the journal can hold. The journal is the only truth: every table is what replaying these gives (I4).
 *
 * Stored for years: a type's meaning never changes. A changed shape is a new `v`, and its reader keeps the old one.
 * No secret is in any of them (I11): settings name secrets, frozen requests carry no headers.
 */
import type { About, CaseKind, NewCase } from './case-file.ts';
import type { CashOutEvent, Terms } from './cash-out.ts';
import type { CommandEvent, NewCommand } from './command.ts';
import type { PairedDevice } from './devices/device.ts';
import type { DeviceFaultCode } from './devices/device-fault.ts';
import type { Currency } from './money.ts';
import type { Evidence, NetworkId } from './network.ts';
import type { PairingEvent, PairingNetworkId } from './pairing.ts';
import type { NewPayoutCommand } from './payouts/payout-command.ts';
import type { PayoutEvent, PayoutTerms } from './payouts/payout.ts';
import type { ReconciliationEvent } from './reconciliation.ts';
import type { Settings } from './settings.ts';
import type { Count } from './shift.ts';

export type SlipKind = 'qr' | 'receipt' | 'x-report' | 'z-report' | 'drop' | 'payout' | 'test';

/** What a slip is about: a cash-out, a payout, a shift, or nothing (test). `copy` 0 is the original. */
export type SlipRequest = Readonly<{ kind: SlipKind; subjectId: string; copy: number }>;

/** queued: saved, not sent · unknown: sent, nobody knows: never repeated silently (I9). */
export type SlipState = 'queued' | 'sending' | 'printed' | 'processed' | 'sent' | 'refused' | 'unknown';

/**
 * Why a slip was refused, or may or may not be on paper. expired: its time was over when its turn came · held: the slip before it broke off ·
 * interrupted: the program ended.
 */
export type SlipCode = DeviceFaultCode | 'expired' | 'held' | 'interrupted';

/** Why an answer changed nothing. */
export type SetAsideReason =
  'unreadable' | 'stale' | 'mismatch' | 'unknown-status' | 'not-found' | 'refused' | 'backwards';

export type JournalEvent =
  | Readonly<{ type: 'till.started'; v: 1; mode: 'production' | 'training'; appVersion: string }>
  | Readonly<{ type: 'settings.changed'; v: 1; settings: Settings; source: string }>
  | Readonly<{
      type: 'shift.opened';
      v: 1;
      shiftId: string;
      number: number;
      currency: Currency;
      cashierCode: number;
      cashierName: string;
      floatMinor: number;
      /** The entry that closed the shift before, as its Z report prints it. Absent: the first shift, or written before this was kept. */
      previousHead?: JournalHead;
    }>
  | Readonly<{ type: 'shift.dropped'; v: 1; shiftId: string; amountMinor: number; reason: string }>
  | Readonly<{
      type: 'shift.closed';
      v: 1;
      shiftId: string;
      expectedMinor: number;
      count: Count;
      varianceMinor: number;
      /** Chain head before this entry: printed on the Z report, so that paper can vouch for the file. */
      head: string;
    }>
  | Readonly<{ type: 'cash-out.requested'; v: 1; terms: Terms }>
  | Readonly<{ type: 'cash-out.step'; v: 1; cashOutId: string; step: CashOutEvent }>
  | Readonly<{ type: 'command.enqueued'; v: 1; command: NewCommand }>
  | Readonly<{ type: 'command.step'; v: 1; commandId: string; step: CommandEvent }>
  /** The terms hold the beneficiary's data: without them the request could not be made again, nor an audit follow the money. */
  | Readonly<{ type: 'payout.requested'; v: 1; terms: PayoutTerms }>
  | Readonly<{ type: 'payout.step'; v: 1; payoutId: string; step: PayoutEvent }>
  | Readonly<{ type: 'payout-command.enqueued'; v: 1; command: NewPayoutCommand }>
  | Readonly<{ type: 'payout-command.step'; v: 1; commandId: string; step: CommandEvent }>
  | (About &
      Readonly<{
        type: 'answer.set-aside';
        v: 1;
        operation: 'read' | 'list' | NewCommand['kind'] | NewPayoutCommand['kind'];
        reason: SetAsideReason;
        detail: string;
        evidence?: Evidence;
      }>)
  | Readonly<{ type: 'case.opened'; v: 1; case: NewCase }>
  | Readonly<{
      type: 'case.closed';
      v: 1;
      caseId: string;
      kind: CaseKind;
      decision: string;
      reason: string;
      by: string;
      /** Code of the person, where one decided. */
      byCode?: number;
    }>
  /** `expiresAtMs`: not printed after that. Absent: written before slips expired. */
  | Readonly<{ type: 'slip.queued'; v: 1; jobId: string; slip: SlipRequest; expiresAtMs?: number }>
  /** `code`: with `refused` and `unknown`. Absent: written before causes were kept. */
  | Readonly<{
      type: 'slip.outcome';
      v: 1;
      jobId: string;
      state: Exclude<SlipState, 'queued'>;
      detail: string;
      code?: SlipCode;
    }>
  | Readonly<{
      type: 'drawer.opened';
      v: 1;
      shiftId: string;
      reason: string;
      cashOutId?: string;
      payoutId?: string;
      outcome: 'opened' | 'manual' | 'failed' | 'training';
      /** Whose shift it is. Absent: written before this was kept. */
      byCode?: number;
    }>
  /** Paired, or changed where the id is known already. */
  | Readonly<{ type: 'device.paired'; v: 1; device: PairedDevice }>
  | Readonly<{ type: 'device.forgotten'; v: 1; deviceId: string; reason: string }>
  | Readonly<{ type: 'pairing.step'; v: 1; network: PairingNetworkId; step: PairingEvent }>
  | Readonly<{ type: 'reconciliation.step'; v: 1; runId: string; step: ReconciliationEvent }>
  | Readonly<{ type: 'network.blocked'; v: 1; network: NetworkId; code: string }>
  | Readonly<{ type: 'network.unblocked'; v: 1; network: NetworkId }>;

/** An entry by its number and hash; `seq` 0 and the genesis hash where there is none. */
export type JournalHead = Readonly<{ seq: number; hash: string }>;

export type JournalEventType = JournalEvent['type'];

/** One line of the journal. `hash` = SHA-256 of the canonical encoding of all the others, `prevHash` included. */
export type JournalEntry = Readonly<{
  seq: number;
  atMs: number;
  /** What it is about (cash-out, payout, shift or job id), for look-up; empty when about the till. */
  subject: string;
  event: JournalEvent;
  prevHash: string;
  hash: string;
}>;

/** The chain starts here. */
export const GENESIS_HASH = '0'.repeat(64);
