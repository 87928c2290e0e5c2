/**
 * The contract between the till and a window: every question, every announcement. One entry in `Calls` and its reader in `readers.ts`
 * are the whole cost of adding a call; a call without a reader does not compile.
 */
import type { Notes } from '../domain/cash-out.ts';
import type { Fault } from '../domain/fault.ts';
import type { SlipKind } from '../domain/journal-event.ts';
import type { Locale } from '../domain/locale.ts';
import type { NetworkId, QrMode } from '../domain/network.ts';
import type { AskedItem } from '../domain/purchase.ts';
import type { PairingNetworkId, PairRequest } from '../domain/pairing.ts';
import type { Result } from '../domain/result.ts';
import type { ScanFinding, ScanReading } from '../domain/scan.ts';
import type { PairingLookView, PairingView, StickerPrintView, StickerView } from './pairing-views.ts';
import type { CaseCalls } from './case-views.ts';
import type { DeviceCalls, DevicesView } from './device-views.ts';
import type { PayoutCalls } from './payout-contract.ts';
import type { ReconciliationCalls } from './reconciliation-contract.ts';
import type { CashOutView, CustomerView, ReportView, ShiftView, SlipPreviewView, SlipView, TillView } from './views.ts';

export interface Calls extends PayoutCalls, CaseCalls, ReconciliationCalls, DeviceCalls {
  'till.view': { request: Record<string, never>; reply: TillView };
  'customer.view': { request: Record<string, never>; reply: CustomerView };
  'till.preferences': { request: { language?: Locale; theme?: 'light' | 'dark' | 'system' }; reply: TillView };

  'shift.open': { request: { cashierCode: number; floatMinor: number }; reply: ShiftView };
  'shift.drop': { request: { amountMinor: number; reason: string }; reply: ShiftView };
  'shift.report': { request: { shiftId?: string }; reply: ReportView };
  /** Blind: the reply is the first sight of the expected amount. */
  'shift.close': { request: { totalMinor: number; notes?: Notes }; reply: ReportView };

  /**
   * With a `requestId` the same request asked again is the same cash-out, also after a restart. `items`: a purchase that the same
   * payment pays for, on a network that can; `purchaseMinor`, where given, must be their sum.
   */
  'cash-out.start': {
    request: {
      network: NetworkId;
      amountMinor: number;
      mode?: QrMode;
      requestId?: string;
      items?: readonly AskedItem[];
      purchaseMinor?: number;
    };
    reply: CashOutView;
  };
  'cash-out.show': { request: { id: string }; reply: CashOutView };
  'cash-out.list': { request: { sinceMs: number; limit: number }; reply: readonly CashOutView[] };
  'cash-out.cancel': { request: { id: string }; reply: CashOutView };
  /** Asks the network once more; then the drawer opens. */
  'cash-out.hand-over': { request: { id: string }; reply: CashOutView };
  'cash-out.given': { request: { id: string; notes?: Notes }; reply: CashOutView };
  'cash-out.not-given': { request: { id: string; reason: string }; reply: CashOutView };
  'cash-out.return': { request: { id: string; reason: string }; reply: CashOutView };
  /** The window has shown an ended cash-out long enough: the customer's screen may go idle. */
  'cash-out.dismiss': { request: { id: string }; reply: Record<string, never> };

  /** `subjectId`: a cash-out for qr and receipt, a payout for its voucher, a shift for reports, empty for a test. A repeat is printed as COPY n. */
  /** The reply comes when the slip has ended, when its printer waits for somebody, or after a few seconds: `till.view` follows it further. */
  'slip.print': { request: { kind: SlipKind; subjectId: string }; reply: SlipView };
  /** Takes a slip out of the queue. One that is at the printer ends unknown: it may still come out. */
  'slip.cancel': { request: { jobId: string }; reply: SlipView };
  /** Somebody has read what became of it: offered no more. */
  'slip.seen': { request: { jobId: string }; reply: Record<string, never> };
  /** The same slip as it would be printed now, for the screen. Nothing is queued. */
  'slip.preview': { request: { kind: SlipKind; subjectId: string }; reply: SlipPreviewView };
  'drawer.open': { request: { reason: string }; reply: Record<string, never> };
  /** Somebody has read that the drawer may be shut (`drawerNotice` of that instant). One that stands open is told until it is shut. */
  'drawer.seen': { request: { sinceMs: number }; reply: Record<string, never> };

  /** How this till stands with a network: what pairing found and did, and the run that is under way. */
  'pairing.view': { request: { network: PairingNetworkId }; reply: PairingView };
  /** Asks the network what there is; makes and changes nothing. */
  'pairing.look': { request: { network: PairingNetworkId; storeId?: string }; reply: PairingLookView };
  /** Begins a run; the reply comes at once, progress by `till.changed` and `pairing.view`. */
  'pairing.start': { request: Omit<PairRequest, 'tokenSecret'>; reply: PairingView };
  /** The kept picture of the sticker as a data URL; absent when there is none. */
  'pairing.sticker': { request: { network: PairingNetworkId }; reply: StickerView };
  'pairing.print-sticker': { request: { network: PairingNetworkId }; reply: StickerPrintView };

  /** What a scanner typed into the window: whose record it names. Untrusted; nothing is asked of a network. */
  'scan.read': { request: ScanReading; reply: ScanFinding };

  /** Tries everything that waits right now; the reply says how it stands afterwards. */
  'sync.now': { request: Record<string, never>; reply: TillView };

  /** Training only: what the simulated customer does. Elsewhere the fault `training.only`. */
  'training.customer': {
    request: { cashOutId: string; act: 'pay' | 'start-paying' | 'walk-away' };
    reply: Record<string, never>;
  };
  'training.network': { request: { state: 'up' | 'down' }; reply: Record<string, never> };
}

/** What the till announces. State only, never a command: a window reads again what it shows. */
export interface Events {
  /** Something in the till's views changed; the ids name the cash-outs and payouts it was about. */
  'till.changed': { seq: number; cashOutIds: readonly string[]; payoutIds: readonly string[] };
  'customer.changed': CustomerView;
  /** A device was paired, changed or forgotten, or stands differently now. */
  'devices.changed': DevicesView;
  /** A scanner on a line of its own read something: the cashier's window opens what it names. */
  'scan.happened': ScanFinding;
}

export type CallName = keyof Calls;
export type EventName = keyof Events;
export type CallRequest<Name extends CallName> = Calls[Name]['request'];
export type CallReply<Name extends CallName> = Result<Calls[Name]['reply'], Fault>;

/** The till's side of each call, by construction. */
export type Handlers = { readonly [Name in CallName]: (request: CallRequest<Name>) => Promise<CallReply<Name>> };

export type CallFrame = Readonly<{ kind: 'call'; id: number; name: CallName; request: unknown }>;
export type ReplyFrame = Readonly<{ kind: 'reply'; id: number; reply: Result<unknown, Fault> }>;
export type EventFrame = {
  [Name in EventName]: Readonly<{ kind: 'event'; name: Name; event: Events[Name] }>;
}[EventName];
/** First frame of a window: its page is up and which surface it shows. */
export type HelloFrame = Readonly<{ kind: 'hello'; role: WindowRole }>;
export type WindowRole = 'cashier' | 'customer';

/** From the window, and to it. */
export type UpFrame = CallFrame | HelloFrame;
export type DownFrame = ReplyFrame | EventFrame;

/** What both hosts can carry, as the till sees it: Electron's IPC and the Chromium pipe alike. Frames from a window are not trusted. */
export interface Connection {
  send(frame: DownFrame): void;
  onFrame(listen: (frame: unknown) => void): () => void;
}

/** What a window's page finds as `window.ventanilla`, put there by the host before the page's own code runs. */
export interface WindowPort {
  readonly role: WindowRole;
  send(frame: UpFrame): void;
  onFrame(listen: (frame: unknown) => void): () => void;
}
