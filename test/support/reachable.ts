/** What a file of the program loads, and what it may load later, as its source says. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

export type Reached = Readonly<{ files: ReadonlySet<string>; packages: ReadonlySet<string> }>;

const AT_ONCE = /^(?:import|export)(?! type)[^;]*?\bfrom '([^']+)'/gm;
const AT_ONCE_OR_LATER = /^(?:import|export)(?! type)[^;]*?\bfrom '([^']+)'|\bimport\('([^']+)'\)/gm;

/** Types are neither. `files` are absolute; `packages` hold Node's own modules too. */
export function reachableFrom(entry: string, when: 'at once' | 'at once or later'): Reached {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = [path.join(ROOT, entry)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file) || !existsSync(file) || !file.endsWith('.ts')) continue;
    files.add(file);
    const source = readFileSync(file, 'utf8');
    for (const [, named, lazy] of source.matchAll(when === 'at once' ? AT_ONCE : AT_ONCE_OR_LATER)) {
      const target = named ?? lazy ?? '';
      if (target.startsWith('.')) waiting.push(path.resolve(path.dirname(file), target));
      else packages.add(target);
    }
  }
  return { files, packages };
}
