/**
 * The till's printer, drawer, displays and scanner, whichever are paired now: they follow the journal without a restart.
 *
 * A line is opened once, by the one device that is paired on it; the technician's workshop borrows it for a try-out, and meanwhile jobs are
 * refused as `busy`, with nothing sent. Until the first device is needed, or `start`, no line is opened and no device process runs.
 */
import type { DeviceLines } from '../../adapters/devices/transports/device-lines.ts';
import type { DeviceRack, DeviceState } from '../../core/application/ports/device-rack.ts';
import type { Clock, Log, Timers } from '../../core/application/ports/system.ts';
import type { TillStore } from '../../core/application/ports/till-store.ts';
import { canonical } from '../../core/domain/canonical.ts';
import { lineKey } from '../../core/domain/devices/device-rules.ts';
import type { DeviceRole, LineAddress, PairedDevice } from '../../core/domain/devices/device.ts';
import type { Result } from '../../core/domain/result.ts';
import type { ByteTransport } from '../../adapters/devices/transports/byte-transport.ts';
import { lazily } from '../lazily.ts';
import { holdDevice } from './held-device.ts';
import type { DeviceDriver, HeldDevice } from './held-device.ts';

export type RackParts = Readonly<{
  store: Pick<TillStore, 'devices' | 'onCommit'>;
  clock: Clock;
  timers: Timers;
  log: Log;
  /** Called once, when the first line is needed. */
  openLines: () => Promise<DeviceLines>;
  /** Called when a device is to be held. */
  drivers: () => Promise<Drive>;
}>;

/** Errors: why this program cannot drive the device, in English. */
export type Drive = (device: PairedDevice, transport: ByteTransport) => Result<DeviceDriver, string>;

export interface Rack extends DeviceRack {
  /** Opens what is paired, follows the journal, and looks at printers from now on. */
  start(): void;
  lines(): Promise<DeviceLines>;
  /** The device of a role with its line open; undefined where none is paired, or a technician has its line. */
  held(role: DeviceRole): Promise<HeldDevice | undefined>;
  /** The paired device of a role, whether or not it can be driven now. */
  paired(role: DeviceRole): PairedDevice | undefined;
  onHeld(listener: (held: HeldDevice) => void): () => void;
  onReleased(listener: (held: HeldDevice) => void): () => void;
  /** Gives a line free for the workshop; the answer takes it back. */
  lend(line: LineAddress): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export function createRack(parts: RackParts): Rack {
  const { store, log } = parts;
  const lent = createLent();
  const holding = createHolding(parts);
  let turn: Promise<void> = Promise.resolve();
  let isFollowing = false;
  let isClosed = false;

  /** What is held becomes what is paired, without what is lent. */
  function follow(): Promise<void> {
    isFollowing = true;
    turn = turn
      .then(() => holding.become(isClosed ? [] : store.devices().filter(({ line }) => !lent.has(line))))
      .catch((error: unknown) => log.error('device rack', { error: String(error) }));
    return turn;
  }
  const followed = (): Promise<void> => (isFollowing ? turn : follow());
  const followAgain = (): Promise<void> => (isFollowing ? follow() : turn);

  const endCommits = store.onCommit((entries) => {
    if (entries.some(({ event }) => event.type === 'device.paired' || event.type === 'device.forgotten'))
      void followAgain();
  });

  return {
    start() {
      holding.keepLooking();
      void follow();
    },
    lines: () => holding.lines(),
    paired: (role) => store.devices().find((device) => device.role === role),
    async held(role) {
      if (!store.devices().some((device) => device.role === role)) return undefined;
      await followed();
      return holding.all().find(({ device }) => device.role === role);
    },
    onHeld: (listener) => holding.held.add(listener),
    onReleased: (listener) => holding.released.add(listener),
    async lend(line) {
      const takeBack = lent.lend(line);
      await followAgain();
      return async () => {
        takeBack();
        await followAgain();
      };
    },
    state: holding.state,
    async look() {
      await followed();
      await Promise.all(holding.all().map((one) => one.look()));
    },
    onChange: (listener) => holding.changed.add(listener),
    onScan: (listener) => holding.scanned.add(listener),
    async close() {
      isClosed = true;
      endCommits();
      await followAgain();
      await holding.close();
    },
  };
}

/** Lines that the workshop has; one may be lent twice. */
function createLent() {
  const lent = new Map<string, number>();
  return {
    has: (line: LineAddress): boolean => lent.has(lineKey(line)),
    lend(line: LineAddress): () => void {
      const key = lineKey(line);
      lent.set(key, (lent.get(key) ?? 0) + 1);
      return () => {
        const left = (lent.get(key) ?? 1) - 1;
        if (left > 0) lent.set(key, left);
        else lent.delete(key);
      };
    },
  };
}

/** The devices whose lines are open now. */
function createHolding(parts: RackParts) {
  const { log } = parts;
  const all = new Map<DeviceRole, HeldDevice>();
  /** Paired by a program that had another profile. */
  const undriven = new Map<string, DeviceState>();
  const [held, released] = [createListeners<HeldDevice>(), createListeners<HeldDevice>()];
  const [changed, scanned] = [createListeners<void>(), createListeners<string>()];
  const openLines = lazily(parts.openLines);
  let isLooking = false;

  function hold(device: PairedDevice, lines: DeviceLines, drive: Drive): void {
    // A scanner speaks by itself: its line must be there before anything is asked of it.
    const transport = lines.line(device.line, {
      stayConnected: device.role === 'scanner',
      ...(device.identity && { identity: device.identity }),
    });
    const driver = drive(device, transport);
    if (!driver.ok) {
      log.error('a paired device cannot be driven', { role: device.role, detail: driver.error });
      const fault = { code: 'unsupported', sent: 'none', detail: driver.error } as const;
      undriven.set(device.id, { connected: 'unknown', fault, sinceMs: parts.clock.nowMs() });
      void transport.close();
      return;
    }
    undriven.delete(device.id);
    const one = holdDevice(device, { ...parts, transport, driver: driver.value, onChange: () => changed.tell() });
    driver.value.onScan?.((text) => scanned.tell(text));
    all.set(device.role, one);
    held.tell(one);
    if (isLooking) one.keepLooking();
  }

  async function release(one: HeldDevice): Promise<void> {
    all.delete(one.device.role);
    released.tell(one);
    await one.close();
  }

  return {
    held,
    released,
    changed,
    scanned,
    all: () => [...all.values()],
    state: (deviceId: string): DeviceState | undefined =>
      [...all.values()].find(({ device }) => device.id === deviceId)?.state() ?? undriven.get(deviceId),
    lines: () => openLines(),
    keepLooking(): void {
      isLooking = true;
      for (const one of all.values()) one.keepLooking();
    },
    /** First all that goes, then all that comes: a port has room for one. */
    async become(wanted: readonly PairedDevice[]): Promise<void> {
      const isWanted = ({ device }: HeldDevice): boolean =>
        wanted.some((candidate) => canonical(candidate) === canonical(device));
      const leaving = [...all.values()].filter((one) => !isWanted(one));
      await Promise.all(leaving.map(release));
      const coming = wanted.filter(({ role }) => !all.has(role));
      if (coming.length > 0) {
        // Lines first: what is behind them starts while the drivers are loaded.
        const lines = await openLines();
        const drive = await parts.drivers();
        for (const device of coming) hold(device, lines, drive);
      }
      await (await openLines.sofar())?.ready();
      if (leaving.length + coming.length > 0) changed.tell();
    },
    async close(): Promise<void> {
      await (await openLines.sofar())?.close();
    },
  };
}

type Listeners<Told> = Readonly<{ add: (listener: (told: Told) => void) => () => void; tell: (told: Told) => void }>;

function createListeners<Told>(): Listeners<Told> {
  const all = new Set<(told: Told) => void>();
  return {
    add(listener) {
      all.add(listener);
      return () => void all.delete(listener);
    },
    tell: (told) => [...all].forEach((listener) => listener(told)),
  };
}
