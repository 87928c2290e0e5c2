/** Profiles are data in assets/devices. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readPrinterProfile } from '../adapters/devices/printers/printer-profile.ts';
import type { PrinterProfile } from '../adapters/devices/printers/printer-profile.ts';
import { readDisplayProfile } from '../adapters/devices/displays/display-profile.ts';
import type { DisplayProfile } from '../adapters/devices/displays/display-profile.ts';
import { fault, FaultError } from '../core/domain/fault.ts';
import { PROGRAM_FOLDER } from './foundation.ts';

export const PROFILE_FOLDER = path.join(PROGRAM_FOLDER, 'assets/devices');

/** Errors: FaultError `settings.invalid` for a profile that does not exist or is broken. */
export function loadPrinterProfile(name: string): PrinterProfile {
  const profile = readPrinterProfile(readAsset(`printer-${name}.json`));
  if (!profile.ok)
    throw new FaultError(fault('settings.invalid', `the printer profile ${name} cannot be used: ${profile.error}`));
  return profile.value;
}

export function loadDisplayProfile(name: string): DisplayProfile {
  const profile = readDisplayProfile(readAsset(`display-${name}.json`));
  if (!profile.ok)
    throw new FaultError(fault('settings.invalid', `the display profile ${name} cannot be used: ${profile.error}`));
  return profile.value;
}

export function isPrinterProfile(name: string): boolean {
  return readPrinterProfile(readAsset(`printer-${name}.json`)).ok;
}

function readAsset(name: string): unknown {
  try {
    return JSON.parse(readFileSync(path.join(PROFILE_FOLDER, name), 'utf8'));
  } catch {
    return undefined; // The reader says what is missing.
  }
}
