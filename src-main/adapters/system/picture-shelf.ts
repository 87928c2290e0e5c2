/**
 * Pictures as files named by their SHA-256, in a folder of the data directory. What is read is checked against its name: a file that was
 * changed is as good as none, and is fetched again.
 *
 * Errors  FaultError `storage.failed` where the folder cannot be written. A picture that cannot be drawn is undefined.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { PictureShelf } from '../../core/application/ports/picture-shelf.ts';
import { FaultError, fault } from '../../core/domain/fault.ts';
import type { Bitmap } from '../../core/domain/slips/slip-document.ts';
import { replaceFile } from './atomic-file.ts';

const OWNER_ONLY = 0o700;
const SIDE_MAX = 4_096;
/** Darker than this of 255 is black. */
const DARK_BELOW = 128;

export function createPictureShelf(folder: string): PictureShelf {
  const pathOf = (sha256: string): string => join(folder, `${sha256}.png`);

  function read(sha256: string): Uint8Array | undefined {
    if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined;
    try {
      const bytes = readFileSync(pathOf(sha256));
      return nameOf(bytes) === sha256 ? new Uint8Array(bytes) : undefined;
    } catch {
      return undefined; // There is no such file.
    }
  }

  return {
    keep(picture) {
      const sha256 = nameOf(picture);
      if (read(sha256)) return sha256;
      try {
        mkdirSync(folder, { recursive: true, mode: OWNER_ONLY });
      } catch (error) {
        const reason = error instanceof Error ? error.message : 'unknown reason';
        throw new FaultError(fault('storage.failed', `${folder} cannot be used: ${reason}`), { cause: error });
      }
      replaceFile(pathOf(sha256), picture);
      return sha256;
    },
    read,
    async bitmap(sha256, widthDots) {
      const bytes = read(sha256);
      return bytes && draw(bytes, widthDots);
    },
  };
}

function nameOf(picture: Uint8Array): string {
  return createHash('sha256').update(picture).digest('hex');
}

/** The drawing library is loaded when a sticker is printed, and not before: a till at work does without it. */
async function draw(bytes: Uint8Array, widthDots: number): Promise<Bitmap | undefined> {
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  try {
    const image = await loadImage(Buffer.from(bytes));
    if (image.width < 1 || image.height < 1 || image.width > SIDE_MAX || image.height > SIDE_MAX) return undefined;
    const heightDots = Math.max(1, Math.round((image.height * widthDots) / image.width));
    if (heightDots > SIDE_MAX) return undefined;
    const canvas = createCanvas(widthDots, heightDots);
    const paper = canvas.getContext('2d');
    paper.fillStyle = 'white';
    paper.fillRect(0, 0, widthDots, heightDots);
    paper.drawImage(image, 0, 0, widthDots, heightDots);
    return blackAndWhite(paper.getImageData(0, 0, widthDots, heightDots).data, widthDots, heightDots);
  } catch {
    return undefined; // No picture after all.
  }
}

function blackAndWhite(pixels: Uint8ClampedArray, widthDots: number, heightDots: number): Bitmap {
  const rowBytes = Math.ceil(widthDots / 8);
  const bits = new Uint8Array(rowBytes * heightDots);
  for (let y = 0; y < heightDots; y += 1) {
    for (let x = 0; x < widthDots; x += 1) {
      const at = 4 * (y * widthDots + x);
      const [red = 255, green = 255, blue = 255] = pixels.subarray(at, at + 3);
      if (0.299 * red + 0.587 * green + 0.114 * blue >= DARK_BELOW) continue;
      const byte = y * rowBytes + (x >> 3);
      bits[byte] = (bits[byte] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { widthDots, heightDots, bits };
}
