/**
 * How the paired devices stand. The rack itself (who opens which line, and when it is made anew) is composed outside; use cases only see
 * the printer, the drawer and the displays that it holds out, and this.
 */
import type { DeviceFault } from './device-fault.ts';
import type { PrinterStatus } from './slip-printer.ts';

export type DeviceState = Readonly<{
  connected: 'yes' | 'no' | 'unknown';
  /** As the printer told it last; absent while it has told nothing. */
  status?: PrinterStatus;
  drawer?: 'open' | 'closed' | 'unknown';
  /** Why it is not connected, or what hinders it. */
  fault?: DeviceFault;
  /** Wall clock, ms: since when all of this is so. */
  sinceMs: number;
}>;

export interface DeviceRack {
  /** Undefined: no such device, or nothing is known of it yet. */
  state(deviceId: string): DeviceState | undefined;
  /** Asks every device how it stands; resolves when they have answered, or have not in time. */
  look(): Promise<void>;
  /** Called when the state of any device changed, many changes of one instant as one. The answer ends it. */
  onChange(listener: () => void): () => void;
  /** What a paired scanner read. Not trusted. The answer ends it. */
  onScan(listener: (text: string) => void): () => void;
}
