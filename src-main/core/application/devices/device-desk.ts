/**
 * The technician's work on devices: looking, trying out, pairing, forgetting. What is paired is a fact of the journal; how it stands is asked
 * of the rack. Training has neither rack nor workshop (I10): there everything but looking at the list is refused.
 */
import { canCarry, holderOf } from '../../domain/devices/device-rules.ts';
import { lineText } from '../../domain/devices/device.ts';
import type { LineAddress, PairedDevice } from '../../domain/devices/device.ts';
import type { DeviceDraft, TryOutJob, TryOutResult } from '../../domain/devices/try-out.ts';
import { fault } from '../../domain/fault.ts';
import type { Fault } from '../../domain/fault.ts';
import type { JournalEvent } from '../../domain/journal-event.ts';
import { err, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { DeviceState } from '../ports/device-rack.ts';
import type { DeviceProfile, DeviceWorkshop, Discovered, Identified, NetworkLook } from '../ports/device-workshop.ts';
import type { Stop } from '../cancelling.ts';
import { createStop } from '../cancelling.ts';
import type { TillContext } from '../till-parts.ts';

/** `id`: the same device, changed. Absent: a new one, in place of the device that has its role. */
export type DeviceToPair = DeviceDraft & Readonly<{ id?: string }>;

export interface DeviceDesk {
  readonly canPair: boolean;
  /** Where slips go while no printer is paired. */
  readonly spoolFolder: string | undefined;
  paired(): readonly PairedDevice[];
  profiles(): readonly DeviceProfile[];
  state(deviceId: string): DeviceState | undefined;
  /** Asks every device how it stands, now. */
  look(): Promise<void>;
  /** Told when a device was paired, changed or forgotten, and when the state of one changed. The answer ends it. */
  onChange(listener: () => void): () => void;
  discover(network: NetworkLook): Promise<Result<Discovered, Fault>>;
  identify(line: LineAddress): Promise<Result<Identified, Fault>>;
  /** One at a time: a person watches. */
  tryOut(draft: DeviceDraft, job: TryOutJob): Promise<Result<TryOutResult, Fault>>;
  test(deviceId: string, job: TryOutJob): Promise<Result<TryOutResult, Fault>>;
  /** Ends the wait of the try-out under way. */
  stopTrying(): void;
  pair(device: DeviceToPair): Result<PairedDevice, Fault>;
  forget(deviceId: string, reason: string): Result<undefined, Fault>;
}

const NOT_HERE = fault('device.not-here', 'practice has simulated devices: devices are paired with the real till');

export function deviceDesk(till: TillContext): DeviceDesk {
  const { store, rack, workshop } = till;
  let underWay: Stop | undefined;

  const tryOut: DeviceDesk['tryOut'] = async (draft, job) => {
    const bench = checked(till, draft);
    if (!bench.ok) return bench;
    if (underWay) return err(fault('device.busy', 'another try-out is under way: wait for its end, or stop it'));
    const stop = createStop();
    underWay = stop;
    try {
      const result = await bench.value.tryOut(draft, job, stop.signal);
      if (job === 'drawer-pulse') recordPulse(till, result);
      return ok(result);
    } finally {
      underWay = undefined;
    }
  };

  return {
    canPair: workshop !== undefined,
    spoolFolder: till.spoolFolder,
    paired: () => store.devices(),
    profiles: () => workshop?.profiles() ?? [],
    state: (deviceId) => rack?.state(deviceId),
    look: async () => rack?.look(),
    onChange: (listener) => onChange(till, listener),
    async discover(network) {
      if (!workshop) return err(NOT_HERE);
      const found = await workshop.discover(network);
      if (found.ok) return found;
      return err(fault('device.look-failed', found.error.detail, { code: found.error.code }));
    },
    identify: async (line) => (workshop ? ok(await workshop.identify(line)) : err(NOT_HERE)),
    tryOut,
    async test(deviceId, job) {
      const device = required(till, deviceId);
      return device.ok ? tryOut(device.value, job) : device;
    },
    stopTrying: () => underWay?.stop(),
    pair: (device) => pair(till, device),
    forget: (deviceId, reason) => forget(till, deviceId, reason),
  };
}

function onChange({ store, rack }: TillContext, listener: () => void): () => void {
  const endCommits = store.onCommit((entries) => {
    if (entries.some(({ event }) => event.type === 'device.paired' || event.type === 'device.forgotten')) listener();
  });
  const endStates = rack?.onChange(listener);
  return () => {
    endCommits();
    endStates?.();
  };
}

function pair(till: TillContext, asked: DeviceToPair): Result<PairedDevice, Fault> {
  const bench = checked(till, asked);
  if (!bench.ok) return bench;
  const { store, ids } = till;
  const paired = store.devices();
  const before = paired.find(({ role }) => role === asked.role);
  if (asked.id !== undefined && before?.id !== asked.id)
    return err(fault('device.unknown', `no ${asked.role} with the id ${asked.id} is paired`, { id: asked.id }));
  const sharesLine = bench.value.profiles().find(({ id }) => id === asked.profileId)?.sharesLine ?? false;
  const holder = holderOf({ ...asked, sharesLine }, paired);
  if (holder) {
    const words = `${lineText(asked.line)} belongs to ${holder.name} (${holder.role}): one line, one device`;
    return err(fault('device.line-taken', words, { name: holder.name }));
  }
  const device: PairedDevice = { ...asked, id: asked.id ?? ids.next() };
  const isAnother = before !== undefined && before.id !== device.id;
  const events: JournalEvent[] = [
    ...(isAnother ? [forgotten(before.id, `replaced by ${device.name}`)] : []),
    { type: 'device.paired', v: 1, device },
  ];
  store.commit(events);
  return ok(device);
}

function forget(till: TillContext, deviceId: string, reason: string): Result<undefined, Fault> {
  const device = required(till, deviceId);
  if (!device.ok) return device;
  till.store.commit([forgotten(deviceId, reason)]);
  return ok(undefined);
}

function forgotten(deviceId: string, reason: string): JournalEvent {
  return { type: 'device.forgotten', v: 1, deviceId, reason };
}

function required({ store }: TillContext, deviceId: string): Result<PairedDevice, Fault> {
  const device = store.devices().find(({ id }) => id === deviceId);
  return device ? ok(device) : err(fault('device.unknown', `no device has the id ${deviceId}`, { id: deviceId }));
}

/** A draft that could be a device of this till. */
function checked({ workshop }: TillContext, draft: DeviceDraft): Result<DeviceWorkshop, Fault> {
  if (!workshop) return err(NOT_HERE);
  const { role, profileId, line } = draft;
  const ofRole = workshop.profiles().filter((profile) => profile.role === role);
  if (!ofRole.some(({ id }) => id === profileId)) {
    const words = `there is no ${role} profile "${profileId}"; there are ${ofRole.map(({ id }) => id).join(', ')}`;
    return err(fault('device.profile-unknown', words, { profile: profileId }));
  }
  if (!canCarry(role, line)) {
    const words = `a ${role} cannot be on ${lineText(line)}`;
    return err(fault('device.line-wrong', words, { line: lineText(line) }));
  }
  return ok(workshop);
}

/** Every opening is on record, also one for a test; before the first shift there is no drawer in anybody's care. */
function recordPulse({ store }: TillContext, { outcome }: TryOutResult): void {
  const shift = store.openShift();
  if (!shift) return;
  const didOpen = outcome === 'sent' || outcome === 'processed' || outcome === 'printed';
  const result = didOpen ? 'opened' : 'failed';
  store.commit([{ type: 'drawer.opened', v: 1, shiftId: shift.id, reason: 'test: pairing', outcome: result }]);
}
