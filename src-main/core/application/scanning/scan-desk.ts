/** Scans from every scanner of the till, each answered once: the same text within two seconds is the same scan. */
import type { ScanFinding, ScanReading } from '../../domain/scan.ts';
import type { TillContext } from '../till-parts.ts';
import { findScanned } from './find-scanned.ts';

const SAME_SCAN_MS = 2_000;

export interface ScanDesk {
  /** What the cashier's window was typed by a scanner. */
  read(reading: ScanReading): ScanFinding;
  /** What scanners on lines of their own have read; the answer ends it. */
  onFinding(listener: (finding: ScanFinding) => void): () => void;
}

export function scanDesk(till: TillContext): ScanDesk {
  let last: Readonly<{ text: string; atMs: number }> | undefined;

  function read(reading: ScanReading): ScanFinding {
    const atMs = till.clock.monotonicMs();
    const isRepeated = last?.text === reading.text && atMs - last.atMs < SAME_SCAN_MS;
    last = { text: reading.text, atMs };
    if (isRepeated) return { kind: 'repeated' };
    const finding = findScanned(till, reading);
    till.log.info('scanned', { finding: finding.kind, characters: reading.text.length });
    return finding;
  }

  return {
    read,
    onFinding(listener) {
      const end = till.rack?.onScan((text) => {
        const finding = read({ text });
        if (finding.kind !== 'repeated') listener(finding);
      });
      return () => end?.();
    },
  };
}
