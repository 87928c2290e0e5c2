/**
 * Finds the machine's own Chromium. `VENTANILLA_CHROMIUM` names one outright; otherwise the first of the usual places.
 *
 * Errors  Throws with the places that were looked at, for a person to read.
 */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

export type Machine = Readonly<{
  platform: NodeJS.Platform;
  environment: Readonly<Record<string, string | undefined>>;
  isExecutable: (file: string) => boolean;
}>;

const LINUX = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/lib/chromium/chromium',
  '/snap/bin/chromium',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge-stable',
];
const MAC = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const WINDOWS_FOLDERS = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'];
const WINDOWS = [
  'Chromium\\Application\\chrome.exe',
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

export function findChromium(machine: Machine = thisMachine()): string {
  const named = machine.environment['VENTANILLA_CHROMIUM'];
  const places = named === undefined || named === '' ? usualPlaces(machine) : [named];
  const found = places.find((place) => machine.isExecutable(place));
  if (found === undefined) throw new Error(`no Chromium on this machine; looked at ${places.join(', ')}`);
  return found;
}

function usualPlaces({ platform, environment }: Machine): readonly string[] {
  if (platform === 'darwin') return MAC;
  if (platform !== 'win32') return LINUX;
  return WINDOWS_FOLDERS.flatMap((name) => {
    const folder = environment[name];
    return folder === undefined ? [] : WINDOWS.map((file) => path.win32.join(folder, file));
  });
}

function thisMachine(): Machine {
  return {
    platform: process.platform,
    environment: process.env,
    isExecutable(file) {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    },
  };
}
