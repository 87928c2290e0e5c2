/** A native driver that crashes takes its process with it: none may ever be loaded into the till itself. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const DRIVERS = ['serialport', 'usb', 'koffi', 'bonjour-service'];

/** Everything that loading a file loads, and everything it may load later; types are neither. */
function reachableFrom(entry: string): Readonly<{ files: Set<string>; packages: Set<string> }> {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = [path.join(ROOT, entry)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file) || !existsSync(file) || !file.endsWith('.ts')) continue;
    files.add(file);
    const source = readFileSync(file, 'utf8');
    const imports = source.matchAll(/^(?:import|export)(?! type)[^;]*?\bfrom '([^']+)'|\bimport\('([^']+)'\)/gm);
    for (const [, named, lazy] of imports) {
      const target = named ?? lazy ?? '';
      if (target.startsWith('.')) waiting.push(path.resolve(path.dirname(file), target));
      else packages.add(target);
    }
  }
  return { files, packages };
}

test.each(['src-main/entry/electron.ts', 'src-main/entry/chromium.ts', 'src-main/entry/cli.ts'])(
  'no device driver can be reached from %s',
  (entry) => {
    const { files, packages } = reachableFrom(entry);
    expect(files.size).toBeGreaterThan(100);
    expect(DRIVERS.filter((name) => packages.has(name))).toEqual([]);
    expect([...files].filter((file) => file.endsWith('local-lines.ts'))).toEqual([]);
  },
);

test('the device process reaches them all', () => {
  const { packages } = reachableFrom('src-main/adapters/devices/process/device-process-main.ts');
  expect(DRIVERS.filter((name) => !packages.has(name))).toEqual([]);
});
