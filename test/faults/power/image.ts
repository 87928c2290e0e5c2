/** The till's three files as bytes: as they were at one instant, put down again somewhere else. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

export type Image = Readonly<{
  db: Buffer;
  /** Undefined: there is no such file. */
  wal: Buffer | undefined;
  shm: Buffer | undefined;
}>;

const SUFFIXES = { wal: '-wal', shm: '-shm' } as const;

function read(file: string): Buffer | undefined {
  return existsSync(file) ? readFileSync(file) : undefined;
}

export function takeImage(path: string): Image {
  return { db: readFileSync(path), wal: read(`${path}${SUFFIXES.wal}`), shm: read(`${path}${SUFFIXES.shm}`) };
}

export function putImage(path: string, image: Image): void {
  writeFileSync(path, image.db);
  for (const [part, suffix] of Object.entries(SUFFIXES) as [keyof typeof SUFFIXES, string][]) {
    const bytes = image[part];
    if (bytes) writeFileSync(`${path}${suffix}`, bytes);
    else rmSync(`${path}${suffix}`, { force: true });
  }
}
