/** The counter with everything that the plan puts on it, each device at the end of its own cable. */
import { createDaisyChain } from '../daisy-chain.ts';
import { MACHINE_TIME } from '../device-time.ts';
import { createVirtualDisplay } from '../virtual-display/virtual-display.ts';
import type { VirtualDisplay } from '../virtual-display/virtual-display.ts';
import { QR_DISPLAY_DIALECTS, createVirtualQrDisplay } from '../virtual-display/virtual-qr-display.ts';
import type { QrDisplayDialect, VirtualQrDisplay } from '../virtual-display/virtual-qr-display.ts';
import { createVirtualDrawer } from '../virtual-drawer.ts';
import type { VirtualDrawer } from '../virtual-drawer.ts';
import { PRINTER_MODELS } from '../virtual-printer/printer-models.ts';
import type { PrinterModelName } from '../virtual-printer/printer-models.ts';
import { createVirtualPrinter } from '../virtual-printer/virtual-printer.ts';
import type { VirtualPrinter } from '../virtual-printer/virtual-printer.ts';
import { createVirtualScanner } from '../virtual-scanner.ts';
import type { VirtualScanner } from '../virtual-scanner.ts';
import { createFileWire } from '../wires/file-wire.ts';
import { createPtyWire } from '../wires/pty-wire.ts';
import { createTcpWire } from '../wires/tcp-wire.ts';
import type { Wire, WiredDevice } from '../wires/wire.ts';
import type { CounterPlan, DisplayDialectName, DrawerSensor, LinePlan } from './plan.ts';

export type Counter = Readonly<{
  printer: Readonly<{ device: VirtualPrinter; wire: Wire; model: PrinterModelName }> | undefined;
  drawer: Readonly<{ device: VirtualDrawer; sensor: DrawerSensor }>;
  display: Readonly<{ device: VirtualDisplay | VirtualQrDisplay; wire: Wire; dialect: DisplayDialectName }> | undefined;
  scanner: Readonly<{ device: VirtualScanner; wire: Wire }> | undefined;
  /** Anything that a person would see has changed. */
  onChange: (listener: () => void) => () => void;
  /** A hand has moved something that no device can tell, such as a cable. */
  touched: () => void;
  close: () => Promise<void>;
}>;

const REMEMBERED = 200;

/** Rejects when a line cannot be had; what was already there is gone again. */
export async function setUpCounter(plan: CounterPlan): Promise<Counter> {
  const listeners = new Set<() => void>();
  const wires: Wire[] = [];
  const changed = () => {
    for (const listener of listeners) listener();
  };
  async function wired(line: LinePlan, device: WiredDevice): Promise<Wire> {
    const wire = await connect(line, device);
    wires.push(wire);
    device.onChange(changed);
    return wire;
  }
  const close = async () => {
    for (const wire of wires.splice(0)) await wire.close();
  };

  const drawer = createVirtualDrawer({
    sensor: plan.drawer,
    time: MACHINE_TIME,
    ...(plan.drawerClosesAfterMs !== undefined && { closesAfterMs: plan.drawerClosesAfterMs }),
  });
  drawer.onChange(changed);
  try {
    const printer = plan.printer && createPrinter(plan.printer, plan.baud, drawer);
    const display = plan.display && createDisplay(plan.display, plan.baud);
    const scanner = plan.scanner && createVirtualScanner({ prefix: plan.scanner.prefix });
    const shared =
      printer && display && plan.display?.line === 'printer' ? createDaisyChain(printer, display) : printer;
    const printerWire = plan.printer && shared && (await wired(plan.printer.line, shared));
    const displayWire =
      plan.display?.line === 'printer'
        ? printerWire
        : plan.display && display && (await wired(plan.display.line, display));
    display?.onChange(changed);
    return {
      printer: plan.printer &&
        printer &&
        printerWire && { device: printer, wire: printerWire, model: plan.printer.model },
      drawer: { device: drawer, sensor: plan.drawer },
      display: plan.display &&
        display &&
        displayWire && { device: display, wire: displayWire, dialect: plan.display.dialect },
      scanner: plan.scanner && scanner && { device: scanner, wire: await wired(plan.scanner.line, scanner) },
      onChange(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      touched: changed,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function createPrinter(
  { line, model, bufferBytes }: NonNullable<CounterPlan['printer']>,
  baud: number,
  drawer: VirtualDrawer,
): VirtualPrinter {
  const isSerial = line.kind === 'pty';
  return createVirtualPrinter({
    ...PRINTER_MODELS[model],
    ...(bufferBytes !== undefined && { bufferBytes }),
    ...(isSerial && { baud, whenBufferIsFull: 'lose', sendsXonXoff: true }),
    time: MACHINE_TIME,
    drawer,
    remembers: REMEMBERED,
  });
}

function createDisplay(
  { line, dialect }: NonNullable<CounterPlan['display']>,
  baud: number,
): VirtualDisplay | VirtualQrDisplay {
  const isSerial = line !== 'printer' && line.kind === 'pty';
  const speed = { time: MACHINE_TIME, ...(isSerial && { baud }) };
  if (isQrDialect(dialect)) return createVirtualQrDisplay({ ...speed, dialect });
  return createVirtualDisplay({ ...speed, dialect });
}

function isQrDialect(dialect: DisplayDialectName): dialect is QrDisplayDialect {
  return (QR_DISPLAY_DIALECTS as readonly string[]).includes(dialect);
}

function connect(line: LinePlan, device: WiredDevice): Promise<Wire> {
  if (line.kind === 'tcp') return createTcpWire({ device, host: line.host, port: line.port });
  if (line.kind === 'pty') return createPtyWire({ device, path: line.path });
  return createFileWire({ kind: line.kind, device, path: line.path });
}
