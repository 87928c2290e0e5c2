/**
 * What the power-loss replay takes for granted, seen from outside: which writes the program makes, and which syncs stand between them.
 * Needs `strace`; where it is missing the answer is undefined.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export type SyncOrder = Readonly<{
  commits: number;
  logSyncs: number;
  databaseSyncs: number;
  /** Times that the log was begun anew over its old frames. */
  restarts: number;
  wrong: readonly string[];
}>;

const COMMITS = 30;
const WAL_HEADER = 32;

export function watchSyncs(): SyncOrder | undefined {
  if (spawnSync('strace', ['-V']).status !== 0) return undefined;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ventanilla-syncs-'));
  try {
    const trace = path.join(folder, 'trace');
    const child = [path.join(import.meta.dirname, 'commit-child.ts'), path.join(folder, 'till.db'), String(COMMITS)];
    const calls = 'trace=fsync,fdatasync,pwrite64,write';
    const ended = spawnSync('strace', ['-f', '-y', '-o', trace, '-e', calls, process.execPath, ...child]);
    return ended.status === 0 ? judge(readFileSync(trace, 'utf8')) : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const CALL =
  /(?<call>pwrite64|fsync|fdatasync)\(\d+<[^>]*\/till\.db(?<file>-wal)?>(?:.*, (?<count>\d+), (?<at>\d+)\))?/;

function judge(trace: string): SyncOrder {
  const tally = { commits: 0, logSyncs: 0, databaseSyncs: 0, restarts: 0, wrong: [] as string[] };
  const dirty = { log: false, header: false, database: false };
  const [, told = ''] = trace.split('OPEN\\n');
  for (const line of told.split('\n')) {
    if (line.includes('DONE\\n')) {
      tally.commits += 1;
      if (dirty.log) tally.wrong.push(`commit ${tally.commits} returned before its log was synced`);
      continue;
    }
    const found = CALL.exec(line)?.groups;
    if (!found) continue;
    const isLog = found['file'] === '-wal';
    if (found['call'] !== 'pwrite64') {
      if (isLog) [dirty.log, dirty.header, tally.logSyncs] = [false, false, tally.logSyncs + 1];
      else [dirty.database, tally.databaseSyncs] = [false, tally.databaseSyncs + 1];
    } else if (!isLog) {
      if (dirty.log) tally.wrong.push('the database was written before the log was synced');
      dirty.database = true;
    } else if (Number(found['at']) === 0 && Number(found['count']) === WAL_HEADER) {
      if (dirty.database) tally.wrong.push('the log was begun anew before the database was synced');
      [dirty.log, dirty.header, tally.restarts] = [true, true, tally.restarts + 1];
    } else {
      if (dirty.header) tally.wrong.push('a frame was written before the new header was synced');
      dirty.log = true;
    }
  }
  return tally;
}
