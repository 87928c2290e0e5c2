/**
 * Views: what windows and the command line are shown. Plain data, amounts in minor units, times in ms since 1970 UTC.
 * A view never holds a secret (I11), and `qrData` only while the order awaits payment (I7).
 */
import type { CaseKind, Foreign } from '../domain/case-file.ts';
import type { CashOutState, Late, Notes } from '../domain/cash-out.ts';
import type { CommandKind } from '../domain/command.ts';
import type { DeviceFaultCode } from '../domain/devices/device-fault.ts';
import type { SlipCode, SlipKind, SlipState } from '../domain/journal-event.ts';
import type { Locale } from '../domain/locale.ts';
import type { Currency } from '../domain/money.ts';
import type { NetworkId, QrMode } from '../domain/network.ts';
import type { Purchase } from '../domain/purchase.ts';
import type { Warning } from '../domain/warning.ts';
import type { Limits, Person } from '../domain/settings.ts';
import type { OpenPayoutView, PayoutNetworkView } from './payout-contract.ts';
import type { PreviewLine } from '../domain/slips/slip-preview.ts';

/** What the cashier may do next with a cash-out; screens show exactly these. */
export type CashOutAction = 'cancel' | 'hand-over' | 'given' | 'not-given' | 'return' | 'print-qr' | 'print-receipt';

/** A command was sent and nobody has answered: neither notes nor a second order until the network or a supervisor decides. */
export type DoubtView = Readonly<{
  command: CommandKind;
  attempts: number;
  lastOutcome: string;
  nextAttemptAtMs: number;
  /** When it was sent first. */
  sinceMs?: number;
}>;

/** A slip as this till's printer would print it, line by line. */
export type SlipPreviewView = Readonly<{
  columns: number;
  lines: readonly Exclude<PreviewLine, Readonly<{ kind: 'picture' }>>[];
}>;

export type SlipView = Readonly<{
  jobId: string;
  kind: SlipKind;
  copy: number;
  state: SlipState;
  detail: string;
  atMs: number;
  /** What it is about; empty for a test. */
  subjectId: string;
  /** Why it was refused or is unknown. */
  code?: SlipCode;
  /** The printer waits for somebody and goes on by itself afterwards. */
  waitingFor?: DeviceFaultCode;
  /** Not printed after that. */
  expiresAtMs?: number;
}>;

/** What is before the printer, and what came to nothing. */
export type PrintingView = Readonly<{
  hasPrinter: boolean;
  /** The slip at the printer and those that wait for their turn, oldest first. */
  queue: readonly SlipView[];
  /** Refused or unknown, and neither seen by anybody nor asked for again; newest first. */
  offered: readonly SlipView[];
}>;

export type CashOutView = Readonly<{
  id: string;
  state: CashOutState;
  network: NetworkId;
  mode: QrMode;
  currency: Currency;
  /** The notes. */
  amountMinor: number;
  /** Goods that the same payment pays for; the wallet pays both together. */
  purchase?: Purchase;
  externalReference: string;
  cashierName: string;
  shiftId: string;
  requestedAtMs: number;
  /** True from the moment the cashier asked to cancel, also before the network has the order. */
  cancelAsked: boolean;
  networkOrderId?: string;
  qrData?: string;
  expiresAtMs?: number;
  paidAtMs?: number;
  paymentReference?: string;
  /** Networks with a third leg: until when they take it. Notes are given only well before. */
  confirmByMs?: number;
  late?: Late;
  handingOverSinceMs?: number;
  endedAtMs?: number;
  /** Refused: the network's code. Returning and returned: the reason given. */
  reason?: string;
  doubt?: DoubtView;
  /** When the network last answered about it, in this run of the program. */
  checkedAtMs?: number;
  /** The last question to the network got no usable answer. */
  checkFailing: boolean;
  cases: readonly CaseView[];
  slips: readonly SlipView[];
  actions: readonly CashOutAction[];
  /** Fewest notes for the amount; absent where notes cannot make it. */
  noteSuggestion?: Notes;
}>;

/** `closed`: what was decided, by whom and why; by `till` where the network itself explained it. */
export type CaseView = Readonly<{
  id: string;
  kind: CaseKind;
  /** What it is about: one of the three. */
  cashOutId?: string;
  payoutId?: string;
  foreign?: Foreign;
  amountMinor: number;
  currency: Currency;
  detail: string;
  openedAtMs: number;
  closed?: Readonly<{ decision: string; reason: string; by: string; atMs: number }>;
}>;

export type ShiftView = Readonly<{
  id: string;
  number: number;
  currency: Currency;
  cashierCode: number;
  cashierName: string;
  floatMinor: number;
  openedAtMs: number;
}>;

/** unknown: nothing asked yet · offline: the line or the network does not answer · blocked: token or configuration refused. */
export type ConnectionState = 'unknown' | 'online' | 'offline' | 'blocked';

export type NetworkView = Readonly<{
  id: NetworkId;
  connection: ConnectionState;
  sinceMs: number;
  /** Code of the block, e.g. `unauthorized` or `seller_configuration`. */
  code?: string;
  modes: readonly QrMode[];
  defaultMode: QrMode;
  /** Whether a cash-out may be linked to a purchase. */
  purchase: boolean;
}>;

export type TillView = Readonly<{
  appVersion: string;
  mode: 'production' | 'training';
  language: Locale;
  theme: 'light' | 'dark' | 'system';
  timeZone: string;
  shopName: string;
  tillId: string;
  currency: Currency;
  limits: Limits;
  quickAmountsMinor: readonly number[];
  /** Denominations, largest first: a count asks for both. */
  notesMinor: readonly number[];
  coinsMinor: readonly number[];
  people: readonly Person[];
  networks: readonly NetworkView[];
  payoutNetworks: readonly PayoutNetworkView[];
  shift?: ShiftView;
  /** Counted at the last close: what the next float is expected to be. */
  lastCountedMinor?: number;
  /** Everything that is not ended, oldest first; the window opens on these after a restart (I8). */
  openCashOuts: readonly CashOutView[];
  /** Payouts that something is still expected of, oldest first; one whose notes are being counted is among them. */
  openPayouts: readonly OpenPayoutView[];
  openCases: readonly CaseView[];
  commandsWaiting: number;
  printing: PrintingView;
  /** Nothing is refused by these: for people to see to. */
  warnings: readonly Warning[];
  /** What the cashier should know of the cash box now. */
  drawerNotice?: Readonly<{ kind: 'use-key' | 'look' | 'open-long'; sinceMs: number }>;
  nowMs: number;
}>;

/** An X report (shift open: expected and variance stay hidden, the count is blind) or a Z report (shift closed). */
export type ReportView = Readonly<{
  kind: 'x' | 'z';
  shift: ShiftView;
  atMs: number;
  dispensed: Readonly<{ count: number; totalMinor: number }>;
  returned: Readonly<{ count: number; totalMinor: number }>;
  cancelled: Readonly<{ count: number; totalMinor: number }>;
  expired: Readonly<{ count: number; totalMinor: number }>;
  refused: Readonly<{ count: number; totalMinor: number }>;
  /** Neither ended nor given, by name. What blocks the close must be settled first; the rest goes over to the next shift. */
  open: readonly Readonly<{ id: string; state: CashOutState; amountMinor: number; blocksClose: boolean }>[];
  /** `open`: what the shift leaves behind; `notesInstead`: notes out of this drawer in place of payouts. */
  payouts: Readonly<{
    started: Readonly<{ count: number }>;
    open: readonly OpenPayoutView[];
    notesInstead: Readonly<{ count: number; totalMinor: number }>;
  }>;
  dropsMinor: number;
  drawerOpeningsWithoutSale: number;
  /** Open now. */
  cases: readonly CaseView[];
  /** Closed in this shift by a person. */
  decidedCases: readonly CaseView[];
  close?: Readonly<{
    closedAtMs: number;
    expectedMinor: number;
    countedMinor: number;
    notes?: Notes;
    varianceMinor: number;
  }>;
  /** Head of the journal's hash chain. */
  head: Readonly<{ seq: number; hash: string }>;
}>;

/** What the customer sees; the same for the second window and for a display of two lines. */
export type CustomerView = Readonly<{
  language: Locale;
  theme: 'light' | 'dark' | 'system';
  training: boolean;
  shopName: string;
}> &
  (
    | Readonly<{ scene: 'idle' | 'closed' }>
    | (Readonly<{ scene: 'preparing' }> & CustomerAmounts)
    | (Readonly<{
        scene: 'pay';
        cashOutId: string;
        /** Absent in static mode: scan the sticker. */
        qrData?: string;
        /** How long the order lives in all: the whole ring of the countdown. */
        lifetimeMs: number;
        expiresAtMs: number;
        nowMs: number;
      }> &
        CustomerAmounts)
    | (Readonly<{
        scene: 'checking' | 'paid' | 'take-notes' | 'done' | 'cancelled' | 'expired' | 'returning' | 'returned';
      }> &
        CustomerAmounts)
  );

/** The notes, and the goods where there are any: the phone asks for their sum. */
export type CustomerAmounts = Readonly<{
  currency: Currency;
  amountMinor: number;
  purchaseMinor?: number;
}>;
