/**
 * The technician's bench: what is there, what answers at the end of a line, and trying a device out before it is paired. Everything has a
 * time limit; what a device or a line does wrong is a value. A line that a paired device holds is borrowed, never opened twice.
 */
import type { DeviceRole, FoundLine, LineAddress } from '../../domain/devices/device.ts';
import type { GuideProfile } from '../../domain/devices/pairing-guide.ts';
import type { DeviceDraft, TryOutJob, TryOutResult } from '../../domain/devices/try-out.ts';
import type { Result } from '../../domain/result.ts';
import type { CancelSignal, DeviceFault } from './device-fault.ts';

export interface DeviceWorkshop {
  profiles(): readonly DeviceProfile[];
  /** Sends no byte to anything, but for `scan`: the hosts of the shop's own network are asked DLE EOT on port 9100. */
  discover(network: NetworkLook): Promise<Result<Discovered, DeviceFault>>;
  /** Asks without printing a letter. */
  identify(line: LineAddress): Promise<Identified>;
  tryOut(draft: DeviceDraft, job: TryOutJob, cancel?: CancelSignal): Promise<TryOutResult>;
}

export type NetworkLook = 'none' | 'announced' | 'scan';

/** A profile of assets/devices, as far as people and the guide need it. */
export type DeviceProfile = GuideProfile &
  Readonly<{
    id: string;
    role: DeviceRole;
    name: string;
    /** On a serial line, before somebody says otherwise. */
    usualBaudRate: number;
    /** A display behind a printer, on the printer's line. */
    sharesLine: boolean;
    /** Written from a protocol's description; nobody has seen one with this program yet. */
    isExperimental: boolean;
  }>;

export type Discovered = Readonly<{
  lines: readonly FoundLine[];
  /** What could not be looked at, and why; the rest was. */
  problems: readonly Readonly<{ step: string; code: string; detail: string }>[];
}>;

export type Identified = Readonly<{
  /** How it answered; `silent` proves nothing: many printers, and every display, say nothing. */
  answer: 'escpos' | 'star' | 'silent' | 'not-reached';
  /** What it calls itself. */
  model?: string;
  suggested?: Readonly<{ role: DeviceRole; profileId: string }>;
  /** `step`: what was asked last. */
  problem?: Readonly<{ step: string; code: string; detail: string }>;
}>;
