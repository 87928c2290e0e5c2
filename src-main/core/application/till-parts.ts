/**
 * What a till is made of, and the little that it remembers between two commits. Everything that must survive is in the store;
 * the memory here may be lost at any instant without harm (I8).
 */
import type { CashOut } from '../domain/cash-out.ts';
import type { DeviceFaultCode } from '../domain/devices/device-fault.ts';
import type { Fault } from '../domain/fault.ts';
import { fault } from '../domain/fault.ts';
import type { Evidence, NetworkId } from '../domain/network.ts';
import type { PayoutNetworkId } from '../domain/payouts/payout.ts';
import type { Result } from '../domain/result.ts';
import { err, ok } from '../domain/result.ts';
import type { Settings } from '../domain/settings.ts';
import type { Shift } from '../domain/shift.ts';
import type { FarClock, Warning } from '../domain/warning.ts';
import type { PairingParts } from './pairing/run.ts';
import type { CashDrawer } from './ports/cash-drawer.ts';
import type { CustomerDisplay } from './ports/customer-display.ts';
import type { DeviceRack } from './ports/device-rack.ts';
import type { DeviceWorkshop } from './ports/device-workshop.ts';
import type { PaymentNetwork } from './ports/payment-network.ts';
import type { PayoutNetwork } from './ports/payout-network.ts';
import type { SlipPrinter } from './ports/slip-printer.ts';
import { noteFarClock } from './syncing/clock-watch.ts';
import type { Clock, Ids, Log, Random, Timers } from './ports/system.ts';
import type { TillStore } from './ports/till-store.ts';

/** Told by a network's adapter with every answer that says what time it is over there. */
export type HearClock = (network: NetworkId, seen: FarClock) => void;

export type TillParts = Readonly<{
  mode: 'production' | 'training';
  appVersion: string;
  store: TillStore;
  /** Made anew whenever the settings change. */
  networks: (settings: Settings, hearClock: HearClock) => readonly PaymentNetwork[];
  /** The same for payouts; a till without it pays none out. */
  payoutNetworks?: (settings: Settings, hearClock: HearClock) => readonly PayoutNetwork[];
  clock: Clock;
  timers: Timers;
  ids: Ids;
  random: Random;
  log: Log;
  printer?: SlipPrinter;
  display?: CustomerDisplay;
  /** Absent: this till cannot be paired. */
  pairing?: PairingParts;
  /** Absent in training (I10): no pulse is ever sent. */
  drawer?: CashDrawer;
  /** How the paired devices stand. */
  rack?: DeviceRack;
  /** Absent in training: nothing is paired there. */
  workshop?: DeviceWorkshop;
  /** Where slips go while no printer is paired. */
  spoolFolder?: string;
}>;

/** `use-key`: the box did not open by itself · `look`: the pulse may have left, nobody knows · `open-long`: its sensor says that it still stands open. */
export type DrawerNotice = Readonly<{ kind: 'use-key' | 'look' | 'open-long'; sinceMs: number }>;

/** `silent`: what it did not answer about when asked last · `odd`: those of them about which it was silent while it answered about others. */
export type ConnectionMemory = Readonly<{
  state: 'online' | 'offline';
  sinceMs: number;
  silent: ReadonlySet<string>;
  odd: ReadonlySet<string>;
}>;

/** `notFound`: how many times in a row the network did not know the order. */
export type CheckMemory = Readonly<{ checkedAtMs?: number; failing: boolean; notFound: number }>;

/** What is known of a create without an answer since its last attempt; see `LostCreate`. */
export type LostMemory = Readonly<{
  /** Monotonic ms. Absent: from before this run. */
  sinceMs?: number;
  questions: number;
  denials: number;
  lastDenialAfterMs: number;
  lastDenial?: Evidence;
  refusesOwnIdAlone: boolean;
}>;

/** `asked`: ordinal of the last question or command. Times are monotonic ms, but for `checkedAtMs`. */
export type PayoutMemory = Readonly<{
  asked: number;
  checkedAtMs?: number;
  failing: boolean;
  askedAtMs?: number;
  /** The network wants to be left alone until then. */
  notBeforeMs?: number;
  listedAtMs?: number;
  /** A supervisor has looked and lets the same bytes be sent once more. */
  resendAllowed?: boolean;
  failures: number;
  lost: LostMemory;
}>;

/** Parts plus memory: what every use case is given. */
export type TillContext = TillParts & {
  readonly connections: Map<NetworkId, ConnectionMemory>;
  /** What people must see although nothing is refused by it, by a name of its own. */
  readonly warnings: Map<string, Warning>;
  readonly hearClock: HearClock;
  readonly checks: Map<string, CheckMemory>;
  readonly payoutMemory: Map<string, PayoutMemory>;
  /** Last answer set aside per cash-out or payout (reason and hash), so that the same one is journaled once, not at every poll. */
  readonly setAside: Map<string, string>;
  /** Networks that are being paired at this moment: no order is started on them. */
  readonly beingPaired: Set<NetworkId>;
  /** The slip at the printer, and what the printer waits for. */
  printerWaits: Readonly<{ jobId: string; why: DeviceFaultCode }> | undefined;
  /** The last opening, until the box is seen shut or a cashier has read what there is to read. Times: wall clock, ms. */
  drawerNotice: DrawerNotice | undefined;
  /** Of the opening that is watched. */
  drawerOpenedAtMs: number | undefined;
  /** Slips that came to nothing and that a cashier has seen: offered no more. */
  readonly slipsSeen: Set<string>;
  /** The cash-out that the customer's screen follows. */
  focus: string | undefined;
  network(id: NetworkId): PaymentNetwork | undefined;
  payoutNetwork(id: PayoutNetworkId): PayoutNetwork | undefined;
  closeNetworks(): void;
  /** Runs one thing at a time for a cash-out or payout: a network call and a cashier's key never overlap. */
  exclusively<Value>(id: string, run: () => Promise<Value>): Promise<Value>;
  isBusy(id: string): boolean;
  /** Resolves when nothing runs for any of them. */
  whenIdle(): Promise<void>;
  /** Something that is not in the journal changed (connection, check age): windows read again. */
  touched(id?: string): void;
};

type Made = Readonly<{ networks: readonly PaymentNetwork[]; payoutNetworks: readonly PayoutNetwork[] }>;

export function createContext(parts: TillParts, touched: (id?: string) => void): TillContext {
  const queues = new Map<string, Promise<unknown>>();
  const warnings = new Map<string, Warning>();
  const hearClock: HearClock = (network, seen) => noteFarClock({ ...parts, warnings, touched }, network, seen);
  let made: Made | undefined;

  function closeNetworks(): void {
    [...(made?.networks ?? []), ...(made?.payoutNetworks ?? [])].forEach((each) => each.close());
    made = undefined;
  }

  parts.store.onCommit((entries) => {
    if (entries.some(({ event }) => event.type === 'settings.changed')) closeNetworks();
  });

  function networks(): Made | undefined {
    const settings = made ? undefined : parts.store.settings();
    if (settings) {
      made = {
        networks: parts.networks(settings, hearClock),
        payoutNetworks: parts.payoutNetworks?.(settings, hearClock) ?? [],
      };
    }
    return made;
  }

  async function exclusively<Value>(id: string, run: () => Promise<Value>): Promise<Value> {
    const before = queues.get(id) ?? Promise.resolve();
    const mine = before.then(run, run);
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    queues.set(id, settled);
    try {
      return await mine;
    } finally {
      if (queues.get(id) === settled) queues.delete(id);
    }
  }

  return {
    ...parts,
    connections: new Map(),
    warnings,
    hearClock,
    checks: new Map(),
    payoutMemory: new Map(),
    setAside: new Map(),
    beingPaired: new Set(),
    printerWaits: undefined,
    drawerNotice: undefined,
    drawerOpenedAtMs: undefined,
    slipsSeen: new Set(),
    focus: undefined,
    network: (id) => networks()?.networks.find((candidate) => candidate.id === id),
    payoutNetwork: (id) => networks()?.payoutNetworks.find((candidate) => candidate.id === id),
    closeNetworks,
    exclusively,
    isBusy: (id) => queues.has(id),
    async whenIdle() {
      while (queues.size > 0) await Promise.all(queues.values());
    },
    touched,
  };
}

export function requireSettings(till: TillContext): Result<Settings, Fault> {
  const settings = till.store.settings();
  return settings ? ok(settings) : err(fault('settings.missing', 'no settings yet: import a settings file first'));
}

export function requireOpenShift(till: TillContext): Result<Shift, Fault> {
  const shift = till.store.openShift();
  return shift ? ok(shift) : err(fault('shift.none-open', 'no shift is open: open one with its float first'));
}

export function requireCashOut(till: TillContext, id: string): Result<CashOut, Fault> {
  const cashOut = till.store.cashOut(id);
  return cashOut ? ok(cashOut) : err(fault('cash-out.unknown', `no cash-out has the id ${id}`));
}

export function requireNetwork(till: TillContext, id: NetworkId): Result<PaymentNetwork, Fault> {
  const network = till.network(id);
  return network
    ? ok(network)
    : err(fault('network.not-configured', `the settings have no network ${id}`, { network: id }));
}

export function wrongState(cashOut: CashOut, wanted: string): Fault {
  return fault('cash-out.wrong-state', `cash-out ${cashOut.id} is ${cashOut.state}; ${wanted}`, {
    state: cashOut.state,
  });
}
