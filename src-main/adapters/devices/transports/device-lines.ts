/**
 * Lines to devices: opening them by address, and finding what there is. Two implementations: in this very process, and in the device
 * process, whose crash or hang is a fault of its lines and nothing else.
 */
import type { FoundLine, LineAddress } from '../../../core/domain/devices/device.ts';
import type { DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { Result } from '../../../core/domain/result.ts';
import type { ByteTransport } from './byte-transport.ts';

export interface DeviceLines {
  /**
   * A line, at once: it connects by itself and again after it broke. While it is not connected a write is refused (`sent: none`) with the
   * reason why; nothing is kept to be sent later. The same address again is the same line with one more user, so that a printer, its drawer
   * and a technician's test share it; the options of the first hold. Throws after `close`.
   */
  line(address: LineAddress, options?: LineOptions): ByteTransport;
  /**
   * Resolves when jobs can be given, or when it is known that they would be refused. A device process takes a second to start on a slow
   * machine, and no job's time should pay for it.
   */
  ready(): Promise<void>;
  /** What this machine sees, without sending a byte to any device. */
  list(): Promise<Result<readonly FoundLine[], DeviceFault>>;
  /** Network printers: announced by mDNS, and, where asked for, hosts of the shop's own network that answer on 9100 to DLE EOT. */
  searchNetwork(options: NetworkSearch): Promise<Result<readonly FoundLine[], DeviceFault>>;
  close(): Promise<void>;
}

export type LineOptions = Readonly<{
  /** Finds the device again when its path has changed; and never opens a path that now leads to another device. */
  identity?: NonNullable<FoundLine['identity']>;
  /** Network lines connect for a job and let go some seconds later, unless told to stay: for devices that speak by themselves. */
  stayConnected?: boolean;
}>;

export type NetworkSearch = Readonly<{
  /** Whether the own /24 is scanned too; a technician asks for it. */
  scan: boolean;
  timeoutMs: number;
}>;
