/** What a host leaves in the machine: its processes and the ports they listen on, as Linux tells in /proc. */
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

const LISTENING = '0A';

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // A process that ended while we looked.
  }
}

export function commandLineOf(pid: number): readonly string[] {
  // A Chromium child writes its arguments with spaces between them.
  return read(`/proc/${pid}/cmdline`).split(/[\0 ]/);
}

export function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(read(`/proc/${pid}/status`));
}

/** Every living process below `root`, which itself is not among them. */
export function descendantsOf(root: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = /^PPid:\s+(\d+)/m.exec(read(`/proc/${name}/status`))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const found: number[] = [];
  for (let queue = [root]; queue.length > 0;) {
    const children = [...parents].filter(([, parent]) => queue.includes(parent)).map(([pid]) => pid);
    found.push(...children);
    queue = children;
  }
  return found.filter(isRunning);
}

export function renderersBelow(root: number): readonly number[] {
  return descendantsOf(root).filter((pid) => commandLineOf(pid).includes('--type=renderer'));
}

/** Local addresses, as the kernel writes them, on which any of these processes listens. */
export function listeningPortsOf(pids: readonly number[]): readonly string[] {
  const sockets = new Set(pids.flatMap(socketsOf));
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => read(table).split('\n').slice(1));
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === LISTENING && inode !== undefined && sockets.has(inode))
    .map(([, address = '']) => address);
}

function socketsOf(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  let names: readonly string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${name}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });
}

export async function until(what: string, isSo: () => boolean, limitMs = 10_000): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!isSo()) {
    if (performance.now() > endMs) throw new Error(`not within ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
