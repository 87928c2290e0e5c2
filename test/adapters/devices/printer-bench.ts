/** A till's printing side and a virtual printer on the other end of the line. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DeviceFault } from '../../../src-main/core/application/ports/device-fault.ts';
import type { SlipDocument } from '../../../src-main/core/domain/slips/slip-document.ts';
import { err, ok } from '../../../src-main/core/domain/result.ts';
import type { PrinterProfile } from '../../../src-main/adapters/devices/printers/printer-profile.ts';
import { readPrinterProfile } from '../../../src-main/adapters/devices/printers/printer-profile.ts';
import { encodeSlip } from '../../../src-main/adapters/devices/printers/slip-encoder.ts';
import type { ByteTransport } from '../../../src-main/adapters/devices/transports/byte-transport.ts';
import type { Paper } from '../../../src-main/simulators/devices/virtual-printer/paper.ts';
import type { VirtualPrinter } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';
import { PRINTER_MODELS } from '../../../src-main/simulators/devices/virtual-printer/printer-models.ts';
import { createVirtualPrinter } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';

export const PROFILE_FOLDER = path.resolve(import.meta.dirname, '../../../assets/devices');

export function profile(id: string): PrinterProfile {
  const raw: unknown = JSON.parse(readFileSync(path.join(PROFILE_FOLDER, `printer-${id}.json`), 'utf8'));
  const read = readPrinterProfile(raw);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

export const WIDE = profile('generic-80mm');
export const EPSON = profile('epson-tm-t88');
export const NARROW = profile('generic-58mm');
export const PROFILES: readonly PrinterProfile[] = [WIDE, EPSON, NARROW];

export function printerFor({ dialect, dots, verticalStepsPerDot }: PrinterProfile): VirtualPrinter {
  const { dialect: stars, codePages } = PRINTER_MODELS.star;
  return createVirtualPrinter({
    widthDots: dots,
    stepsPerDot: verticalStepsPerDot,
    ...(dialect !== 'escpos' && { dialect: stars, codePages }),
  });
}

export function encoded(document: SlipDocument, printerProfile: PrinterProfile): Uint8Array {
  const bytes = encodeSlip(document, printerProfile);
  if (!bytes.ok) throw new Error(JSON.stringify(bytes.error));
  return bytes.value;
}

/** Prints a document and tears it off where there is no cutter. */
export function printed(
  document: SlipDocument,
  printerProfile: PrinterProfile,
): { printer: VirtualPrinter; paper: Paper } {
  const printer = printerFor(printerProfile);
  printer.write(encoded(document, printerProfile));
  if (printerProfile.cut === 'none') printer.tearOff();
  const [paper] = printer.papers();
  if (!paper || printer.papers().length !== 1) throw new Error(`${printer.papers().length} papers`);
  return { printer, paper };
}

export function slipOf(...parts: SlipDocument['parts']): SlipDocument {
  return { kind: 'receipt', parts };
}

export type PrinterLine = ByteTransport & { failNextWrite: (fault: DeviceFault, bytesThatLeft: number) => void };

/** A two-way cable to the virtual printer. */
export function printerLine(printer: VirtualPrinter): PrinterLine {
  let failure: { fault: DeviceFault; bytesThatLeft: number } | undefined;
  return {
    id: 'virtual',
    kind: 'serial',
    canRead: true,
    async write(bytes) {
      await Promise.resolve();
      if (!failure) {
        printer.write(bytes);
        return ok(undefined);
      }
      const { fault, bytesThatLeft } = failure;
      failure = undefined;
      printer.write(bytes.subarray(0, bytesThatLeft));
      return err(fault);
    },
    onData: (listener) => printer.onReply(listener),
    close: () => Promise.resolve(),
    failNextWrite(fault, bytesThatLeft) {
      failure = { fault, bytesThatLeft };
    },
  };
}
