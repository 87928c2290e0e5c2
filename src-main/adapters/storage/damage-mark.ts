/**
 * A file beside the database that says what was found to be wrong with it: a start looks at little, and must not open what a thorough
 * look has found broken before. It stands until the database is replaced or found sound.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { syncFile, syncFolder } from './backups.ts';

/** `problems`: each one a line in words; `seq`: the first entry that does not hold, where the chain is what is broken. */
export type Damage = Readonly<{ problems: readonly string[]; seq?: number; foundAtMs: number }>;

export function damageMark(database: string): string {
  return `${database}.damaged`;
}

/** It is on the disk when this returns; throws what the file system says. */
export function markDamaged(database: string, damage: Damage): void {
  const mark = damageMark(database);
  writeFileSync(`${mark}.new`, `${JSON.stringify(damage)}\n`, { mode: 0o600 });
  syncFile(`${mark}.new`);
  renameSync(`${mark}.new`, mark);
  syncFolder(dirname(mark));
}

/** The problems that were found, in words; undefined where nothing was. A mark that cannot be read is one all the same. */
export function markedProblems(database: string): readonly string[] | undefined {
  const mark = damageMark(database);
  if (!existsSync(mark)) return undefined;
  try {
    const found: unknown = JSON.parse(readFileSync(mark, 'utf8'));
    const problems = typeof found === 'object' && found !== null && 'problems' in found ? found.problems : undefined;
    if (Array.isArray(problems) && problems.length > 0) return problems.map(String);
  } catch {
    // Said below.
  }
  return ['it was found to be damaged before'];
}

/** Whether there was one. */
export function removeDamageMark(database: string): boolean {
  const mark = damageMark(database);
  if (!existsSync(mark)) return false;
  rmSync(mark);
  syncFolder(dirname(mark));
  return true;
}
