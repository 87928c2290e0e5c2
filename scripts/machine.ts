/** What this machine has to show a window with. */
import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';

const ELECTRON = path.join(import.meta.dirname, '..', 'node_modules', 'electron');

/** Where Electron's package says that its binary is. The binary is optional: nothing is fetched here. */
export function electronBinary(): string | undefined {
  try {
    const binary = path.join(ELECTRON, 'dist', readFileSync(path.join(ELECTRON, 'path.txt'), 'utf8'));
    accessSync(binary, constants.X_OK);
    return binary;
  } catch {
    return undefined;
  }
}

export function hasScreen(environment: Readonly<Record<string, string | undefined>> = process.env): boolean {
  if (process.platform !== 'linux' && process.platform !== 'freebsd') return true;
  return Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY']);
}
