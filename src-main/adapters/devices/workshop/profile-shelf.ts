/** Every profile of a folder, by id: printers, displays, QR displays, and the scanner, which needs no file. Read once, at the first question. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { DeviceProfile } from '../../../core/application/ports/device-workshop.ts';
import type { Result } from '../../../core/domain/result.ts';
import { readDisplayProfile, readQrDisplayProfile } from '../displays/display-profile.ts';
import type { DisplayProfile, QrDisplayProfile } from '../displays/display-profile.ts';
import { readPrinterProfile } from '../printers/printer-profile.ts';
import type { PrinterProfile } from '../printers/printer-profile.ts';

export interface ProfileShelf {
  all(): readonly DeviceProfile[];
  printer(id: string): PrinterProfile | undefined;
  display(id: string): DisplayProfile | undefined;
  qrDisplay(id: string): QrDisplayProfile | undefined;
}

const PRINTER_BAUD_RATE = 9_600;
export const SCANNER_PROFILE: DeviceProfile = {
  id: 'serial-scanner',
  role: 'scanner',
  name: 'Scanner on a serial or USB-COM line',
  usualBaudRate: 9_600,
  sharesLine: false,
  isExperimental: false,
};

/** Errors: a profile that cannot be read throws at the first question; the project's own tests read them all. */
export function createProfileShelf(folder: string): ProfileShelf {
  let read: ReturnType<typeof readShelf> | undefined;
  const shelf = (): ReturnType<typeof readShelf> => (read ??= readShelf(folder));
  return {
    all: () => shelf().all,
    printer: (id) => shelf().printers.find((profile) => profile.id === id),
    display: (id) => shelf().displays.find((profile) => profile.id === id),
    qrDisplay: (id) => shelf().qrDisplays.find((profile) => profile.id === id),
  };
}

function readShelf(folder: string) {
  const printers = readKind(folder, 'printer', readPrinterProfile);
  const displayFiles = readKind<DisplayProfile | QrDisplayProfile>(folder, 'display', (raw) => {
    const line = readDisplayProfile(raw);
    return line.ok ? line : readQrDisplayProfile(raw);
  });
  const displays = displayFiles.filter((profile): profile is DisplayProfile => profile.kind === 'display');
  const qrDisplays = displayFiles.filter((profile): profile is QrDisplayProfile => profile.kind === 'qr-display');
  const all = [
    ...printers.map(printerFacts),
    ...displays.map(displayFacts),
    ...qrDisplays.map(qrDisplayFacts),
    SCANNER_PROFILE,
  ];
  return { printers, displays, qrDisplays, all };
}

function readKind<Profile>(
  folder: string,
  kind: 'printer' | 'display',
  read: (raw: unknown) => Result<Profile, string>,
): readonly Profile[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}-`) && name.endsWith('.json'))
    .toSorted()
    .map((name) => {
      const profile = read(JSON.parse(readFileSync(path.join(folder, name), 'utf8')));
      if (!profile.ok) throw new Error(`${name}: ${profile.error}`);
      return profile.value;
    });
}

function printerFacts(profile: PrinterProfile): DeviceProfile {
  const { id, name, columns, codePage, qr, status, confirm, drawer } = profile;
  return {
    id,
    role: 'printer',
    name,
    columns,
    codePage,
    codePages: pagesOf(profile),
    qr,
    status,
    confirm,
    drawerPin: drawer.pin,
    usualBaudRate: PRINTER_BAUD_RATE,
    sharesLine: false,
    isExperimental: false,
  };
}

/** The profile's own page first, then the others that the model may have. */
export function pagesOf({ codePage, otherCodePages }: PrinterProfile): readonly PrinterProfile['codePage'][] {
  const isOwn = (page: PrinterProfile['codePage']): boolean =>
    page.number === codePage.number && page.name === codePage.name;
  return [codePage, ...otherCodePages.filter((page) => !isOwn(page))];
}

function displayFacts({
  id,
  name,
  codePage,
  codePagesToTry,
  baudRate,
  sharesLineWithPrinter,
}: DisplayProfile): DeviceProfile {
  return {
    id,
    role: 'display',
    name,
    ...(codePage && { codePage }),
    codePages: codePagesToTry,
    usualBaudRate: baudRate,
    sharesLine: sharesLineWithPrinter,
    isExperimental: false,
  };
}

function qrDisplayFacts({ id, name, baudRate, isExperimental }: QrDisplayProfile): DeviceProfile {
  return { id, role: 'qr-display', name, usualBaudRate: baudRate, sharesLine: false, isExperimental };
}
