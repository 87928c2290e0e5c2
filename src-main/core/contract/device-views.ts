/**
 * Devices as a window and the command line see them: what is paired and how it stands, what was found, and trying out. No secret is in any
 * of it. The questions of guided pairing are asked by the window itself: `guideStep` in core/domain/devices/pairing-guide.ts says what comes
 * next, `devices.try` does it, and the traits of the last step are what `devices.pair` is given.
 */
import type { DeviceRole, FoundLine, LineAddress, PairedDevice } from '../domain/devices/device.ts';
import type { GuideProfile } from '../domain/devices/pairing-guide.ts';
import type { DeviceDraft, DeviceProblem, TryOutJob, TryOutResult } from '../domain/devices/try-out.ts';

export interface DeviceCalls {
  'devices.view': { request: Record<string, never>; reply: DevicesView };
  /** The same after every device was asked how it stands, within some seconds. */
  'devices.look': { request: Record<string, never>; reply: DevicesView };
  /** Takes up to some ten seconds with the network. Fault `device.not-here` in training. */
  'devices.discover': { request: { network: 'none' | 'announced' | 'scan' }; reply: DiscoveryView };
  /** Asks what is at the end of a line, without printing a letter. */
  'devices.identify': { request: { line: LineAddress }; reply: IdentifiedView };
  /** One job on a device that need not be paired, ended by its own time limit or by `devices.stop`; faults only for a draft that cannot be. */
  'devices.try': { request: { device: DeviceDraft; job: TryOutJob }; reply: TryOutResult };
  /** The same on a paired device as it is. */
  'devices.test': { request: { deviceId: string; job: TryOutJob }; reply: TryOutResult };
  /** Gives up waiting: for a scan, for a printer without paper. */
  'devices.stop': { request: Record<string, never>; reply: Record<string, never> };
  /** With an id: the same device, changed. Without: a new one, which takes the place of the device that had its role. */
  'devices.pair': { request: { device: DeviceDraft & { id?: string } }; reply: DeviceView };
  'devices.forget': { request: { deviceId: string; reason: string }; reply: DevicesView };
  /** A device as text (for a file, or as QR on a screen or slip), to be paired the same way on another till. */
  'devices.export': { request: { deviceId: string }; reply: DeviceFileView };
  /** Reads such a text; nothing is paired by it. Fault `device.file-invalid`. */
  'devices.import': { request: { text: string }; reply: ImportedDeviceView };
}

export type DevicesView = Readonly<{
  /** False in training: its devices are simulated, and nothing can be paired. */
  canPair: boolean;
  devices: readonly DeviceView[];
  /** What a device can be paired as. */
  profiles: readonly DeviceProfileView[];
  /** Where slips go while no printer is paired; absent when one is. */
  spoolFolder?: string;
}>;

export type DeviceView = PairedDevice &
  Readonly<{
    profileName: string;
    /** E.g. `serial /dev/ttyUSB0 9600`. */
    lineText: string;
    state: DeviceStateView;
  }>;

/** Only what the device tells; a display tells nothing, and a printer may. */
export type DeviceStateView = Readonly<{
  /** unknown: a line that cannot know, or nobody has looked yet. */
  connected: 'yes' | 'no' | 'unknown';
  online: 'yes' | 'no' | 'unknown';
  paper: 'ok' | 'low' | 'out' | 'unknown';
  cover: 'open' | 'closed' | 'unknown';
  /** Of the drawer on this printer; `none`: none is paired on it. */
  drawer: 'open' | 'closed' | 'unknown' | 'no-sensor' | 'none';
  /** Code of a device fault, e.g. `unplugged`, `paper-out`; absent: nothing is wrong as far as is known. */
  fault?: string;
  /** In English, for the technician. */
  detail?: string;
  sinceMs: number;
}>;

export type DeviceProfileView = GuideProfile &
  Readonly<{
    id: string;
    role: DeviceRole;
    name: string;
    usualBaudRate: number;
    sharesLine: boolean;
    isExperimental: boolean;
  }>;

/** `pairedAs`: the paired device that this is already. */
export type FoundLineView = FoundLine & Readonly<{ lineText: string; pairedAs?: string }>;

export type DiscoveryView = Readonly<{
  lines: readonly FoundLineView[];
  /** What could not be looked at; the rest was. */
  problems: readonly DeviceProblem[];
}>;

export type IdentifiedView = Readonly<{
  /** `silent` proves nothing: many printers, and every display, say nothing. */
  answer: 'escpos' | 'star' | 'silent' | 'not-reached';
  model?: string;
  suggested?: Readonly<{ role: DeviceRole; profileId: string }>;
  problem?: DeviceProblem;
}>;

/** `qrData` is the same text, for a code: absent where it is too long for one. */
export type DeviceFileView = Readonly<{ fileName: string; text: string; qrData?: string }>;

/** As it was on the other till; its line may be another one here. */
export type ImportedDeviceView = Readonly<{ device: DeviceDraft }>;
