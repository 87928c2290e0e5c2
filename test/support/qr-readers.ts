/** Two QR readers that know nothing of the till: `zbarimg`, the program, and `jsqr`, the library. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import type jsQr from 'jsqr';
import { PNG } from 'pngjs';

const decode = createRequire(import.meta.url)('jsqr') as (typeof jsQr)['default'];

export function readWithJsQr(png: Uint8Array): string | undefined {
  const { data, width, height } = PNG.sync.read(Buffer.from(png));
  return decode(new Uint8ClampedArray(data), width, height)?.data;
}

/** The same for many pictures, which is much faster than one after the other: one text for each, in their order. */
export function readAllWithZbar(pngs: readonly Uint8Array[]): readonly string[] {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ventanilla-qr-'));
  try {
    const files = pngs.map((png, index) => {
      const file = path.join(folder, `${index}.png`);
      writeFileSync(file, png);
      return file;
    });
    const read = execFileSync('zbarimg', ['--nodbus', '-q', '--raw', ...files], { encoding: 'utf8' });
    return read.replace(/\n$/, '').split('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function readWithZbar(png: Uint8Array): string {
  return readAllWithZbar([png])[0] ?? '';
}
