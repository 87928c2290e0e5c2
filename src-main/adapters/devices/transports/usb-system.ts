/**
 * USB devices through `usb`, which is loaded when the first one is asked for.
 *
 * Without `/sys/bus/usb` (a container, a kernel without USB) listening for devices ends the whole process from inside the package, where
 * nobody can catch it; so the folder is looked at first.
 */
import { existsSync } from 'node:fs';

/** The part of a device that is used, as WebUSB and the package have it. */
export interface UsbDeviceLike {
  readonly vendorId: number;
  readonly productId: number;
  readonly serialNumber?: string | null | undefined;
  readonly manufacturerName?: string | null | undefined;
  readonly productName?: string | null | undefined;
  /** Place on the bus, e.g. `1-1.2`. */
  readonly bus: string;
  readonly configuration?: Readonly<{ interfaces: readonly UsbInterfaceLike[] }> | null | undefined;
  open(): Promise<void>;
  close(): Promise<void>;
  claimInterface(interfaceNumber: number): Promise<void>;
  releaseInterface(interfaceNumber: number): Promise<void>;
  selectAlternateInterface(interfaceNumber: number, alternateSetting: number): Promise<void>;
  /** A limit that runs out rejects with `Cancelled`; without one it is a second. */
  transferIn(
    endpointNumber: number,
    length: number,
    timeoutMs: number,
  ): Promise<Readonly<{ data?: DataView | undefined }>>;
  transferOut(
    endpointNumber: number,
    bytes: Uint8Array,
    timeoutMs: number,
  ): Promise<Readonly<{ bytesWritten: number; status?: string | undefined }>>;
  detachKernelDriver(interfaceNumber: number): Promise<void>;
  attachKernelDriver(interfaceNumber: number): Promise<void>;
}

export type UsbInterfaceLike = Readonly<{
  interfaceNumber: number;
  alternates: readonly Readonly<{
    alternateSetting: number;
    interfaceClass: number;
    interfaceProtocol: number;
    endpoints: readonly Readonly<{ endpointNumber: number; direction: 'in' | 'out'; type: string }>[];
  }>[];
}>;

export interface UsbSystem {
  devices(): Promise<readonly UsbDeviceLike[]>;
  /** Calls at each plug and unplug; the answer ends it. */
  onChange(listener: (change: 'plugged' | 'unplugged', device: UsbDeviceLike) => void): () => void;
}

export function createUsbSystem(): UsbSystem {
  return {
    async devices() {
      if (!hasUsb()) return [];
      const { usb } = await import('usb');
      return (await usb.getDevices()) as unknown as readonly UsbDeviceLike[];
    },
    onChange(listener) {
      const end = new AbortController();
      if (hasUsb()) void listen(listener, end.signal);
      return () => end.abort();
    },
  };
}

function hasUsb(): boolean {
  return process.platform !== 'linux' || existsSync('/sys/bus/usb/devices');
}

async function listen(listener: Parameters<UsbSystem['onChange']>[0], end: AbortSignal): Promise<void> {
  const { usb } = await import('usb');
  if (end.aborted) return;
  const plugged = (event: Event): void => listener('plugged', deviceOf(event));
  const unplugged = (event: Event): void => listener('unplugged', deviceOf(event));
  usb.addEventListener('connect', plugged);
  usb.addEventListener('disconnect', unplugged);
  end.addEventListener('abort', () => {
    usb.removeEventListener('connect', plugged);
    usb.removeEventListener('disconnect', unplugged);
  });
}

function deviceOf(event: Event): UsbDeviceLike {
  return (event as Event & Readonly<{ device: UsbDeviceLike }>).device;
}

/** USB class 7. */
const PRINTER_CLASS = 7;

export type PrinterInterface = Readonly<{
  interfaceNumber: number;
  alternateSetting: number;
  outEndpoint: number;
  /** Absent: it says nothing. */
  inEndpoint?: number;
}>;

/**
 * The interface that takes slips: printer class with a bulk pipe out, before all one that answers (protocol 2).
 * Source  USB Device Class Definition for Printing Devices 1.1, section 4.2 (protocols 1 unidirectional, 2 bidirectional).
 */
export function findPrinterInterface(device: UsbDeviceLike): PrinterInterface | undefined {
  const found: PrinterInterface[] = [];
  for (const { interfaceNumber, alternates } of device.configuration?.interfaces ?? []) {
    for (const { alternateSetting, interfaceClass, endpoints } of alternates) {
      const pipe = (direction: 'in' | 'out') =>
        endpoints.find((one) => one.direction === direction && one.type === 'bulk')?.endpointNumber;
      const outEndpoint = pipe('out');
      const inEndpoint = pipe('in');
      if (interfaceClass !== PRINTER_CLASS || outEndpoint === undefined) continue;
      found.push({ interfaceNumber, alternateSetting, outEndpoint, ...(inEndpoint !== undefined && { inEndpoint }) });
    }
  }
  return found.find(({ inEndpoint }) => inEndpoint !== undefined) ?? found[0];
}
