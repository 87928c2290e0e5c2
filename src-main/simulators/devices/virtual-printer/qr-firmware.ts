/**
 * The QR part of a printer's firmware: GS ( k functions with cn = 49. Settings and data stay until ESC @.
 * Source  Epson ESC/POS reference, GS ( k functions 165, 167, 169, 180, 181.
 */
import { create } from 'qrcode';
import type { Picture } from './paper.ts';

const LEVELS = ['L', 'M', 'Q', 'H'] as const;

export function createQrFirmware(largestModuleDots: number) {
  let moduleDots = 3;
  let level: (typeof LEVELS)[number] = 'L';
  let stored: Uint8Array = new Uint8Array(0);

  function print(): Picture | string {
    if (stored.length === 0) return 'QR without data';
    const { modules } = create([{ data: Buffer.from(stored), mode: 'byte' }], { errorCorrectionLevel: level });
    const dots = moduleDots;
    return {
      widthDots: modules.size * dots,
      heightDots: modules.size * dots,
      qrPayload: stored,
      isDark: (row, column) => modules.get(Math.floor(row / dots), Math.floor(column / dots)) === 1,
    };
  }

  return {
    reset(): void {
      moduleDots = 3;
      level = 'L';
      stored = new Uint8Array(0);
    },
    /** `data` = cn fn …. Answers a symbol to print, a complaint, or nothing. */
    execute(data: Uint8Array): Picture | string | undefined {
      const [symbology, fn, first = 0, second] = data;
      if (symbology !== 49) return `two-dimensional code ${symbology}`;
      switch (fn) {
        case 65:
          return first === 50 && second === 0 ? undefined : `QR model ${first} ${second}`;
        case 67:
          if (first < 1 || first > largestModuleDots) return `QR module of ${first} dots`;
          moduleDots = first;
          return undefined;
        case 69:
          level = LEVELS[first - 48] ?? 'L';
          return LEVELS[first - 48] ? undefined : `QR level ${first}`;
        case 80:
          stored = data.slice(3);
          return first === 48 ? undefined : `QR store ${first}`;
        case 81:
          return first === 48 ? print() : `QR print ${first}`;
        default:
          return `QR function ${fn}`;
      }
    },
  };
}
