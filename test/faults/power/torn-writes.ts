/**
 * What a disk may hold when the power goes between two syncs: of what was written since the first, any sectors in any order, one of them
 * perhaps in half, in a file that has grown already or not yet. What was synced stays.
 */
import type { SeededRandom } from '../../../src-main/simulators/seeded-random.ts';

const SECTOR = 512;
const PAGE = 4096;

export type Torn = Readonly<{ how: string; bytes: Buffer }>;

/** Sectors in which the two differ, by number; beyond its end a file is zeros. */
export function changedSectors(before: Buffer, after: Buffer): readonly number[] {
  const length = Math.max(before.length, after.length);
  const [left, right] = [padded(before, length), padded(after, length)];
  const changed: number[] = [];
  for (let at = 0; at < length; at += SECTOR) {
    if (!left.subarray(at, at + SECTOR).equals(right.subarray(at, at + SECTOR))) changed.push(at / SECTOR);
  }
  return changed;
}

/** All dropped, all there, and `count` mixtures that the seed draws. */
export function tornWrites(before: Buffer, after: Buffer, count: number, chance: SeededRandom): readonly Torn[] {
  const changed = changedSectors(before, after);
  const torn: Torn[] = [
    { how: 'all dropped', bytes: before },
    { how: 'all dropped, the file has grown', bytes: padded(before, Math.max(before.length, after.length)) },
    { how: 'all there', bytes: after },
  ];
  if (changed.length === 0) return torn;
  for (let turn = 0; turn < count; turn += 1) torn.push(tornOnce(before, after, changed, turn, chance));
  return torn;
}

const MANNERS = ['in order', 'one missing', 'any', 'half a sector', 'half a page', 'only the end'] as const;

function tornOnce(before: Buffer, after: Buffer, changed: readonly number[], turn: number, chance: SeededRandom): Torn {
  const manner = MANNERS[turn % MANNERS.length] ?? 'any';
  const upTo = chance.below(changed.length);
  const border = changed[upTo] ?? 0;
  const bytes = padded(before, Math.max(before.length, after.length));
  const write = (sectors: readonly number[]): void => {
    for (const sector of sectors) after.copy(bytes, sector * SECTOR, sector * SECTOR, (sector + 1) * SECTOR);
  };
  switch (manner) {
    case 'in order':
      write(changed.slice(0, upTo));
      break;
    case 'one missing':
      write(changed.filter((sector) => sector !== border));
      break;
    case 'any':
      write(changed.filter(() => chance.chance(0.5)));
      break;
    case 'only the end':
      write(changed.slice(upTo));
      break;
    case 'half a sector':
      write(changed.slice(0, upTo));
      after.copy(bytes, border * SECTOR, border * SECTOR, border * SECTOR + SECTOR / 2);
      break;
    case 'half a page': {
      const page = Math.floor((border * SECTOR) / PAGE) * PAGE;
      write(changed.filter((sector) => sector * SECTOR < page));
      after.copy(bytes, page, page, page + PAGE / 2);
      break;
    }
    default:
      manner satisfies never;
  }
  // A file that had not grown yet ends with the last sector that made it.
  const isCut = chance.chance(0.3) && manner !== 'one missing' && manner !== 'any' && manner !== 'only the end';
  const length = isCut ? Math.max(before.length, Math.min(bytes.length, border * SECTOR)) : bytes.length;
  const where = `${manner}, sector ${border} of ${changed.length}${isCut ? ', cut' : ''}`;
  return { how: where, bytes: bytes.subarray(0, length) };
}

function padded(bytes: Buffer, length: number): Buffer {
  const grown = Buffer.alloc(Math.max(length, bytes.length));
  bytes.copy(grown);
  return grown;
}
