/**
 * What a printer says of itself, and the commands that it obeys the moment they arrive.
 * Source  Epson ESC/POS reference: DLE EOT (bits 1 and 4 always set), GS r, DLE DC4 fn 1.
 */
export type PrinterCondition = Readonly<{
  paper: 'ok' | 'low' | 'out';
  cover: 'closed' | 'open';
  isDrawerPinHigh: boolean;
}>;

export const WELL: PrinterCondition = { paper: 'ok', cover: 'closed', isDrawerPinHigh: false };

export function isOnline({ paper, cover }: PrinterCondition): boolean {
  return paper !== 'out' && cover === 'closed';
}

const ALWAYS = 0x12;

function bit(isSet: boolean, mask: number): number {
  return isSet ? mask : 0;
}

/** Answer to DLE EOT n: 1 printer, 2 cause of offline, 3 cause of error, 4 paper. */
export function statusByte(kind: number, condition: PrinterCondition): number {
  switch (kind) {
    case 1:
      return ALWAYS | bit(condition.isDrawerPinHigh, 0x04) | bit(!isOnline(condition), 0x08);
    case 2:
      return ALWAYS | bit(condition.cover === 'open', 0x04) | bit(condition.paper === 'out', 0x20);
    case 4:
      return ALWAYS | bit(condition.paper !== 'ok', 0x0c) | bit(condition.paper === 'out', 0x60);
    default:
      return ALWAYS;
  }
}

/** Answer to GS r n: 1 paper, 2 drawer. */
export function processedReply(kind: number, condition: PrinterCondition): number {
  if (kind % 48 === 2) return condition.isDrawerPinHigh ? 0x01 : 0x00;
  return condition.paper === 'low' ? 0x03 : 0x00;
}

type RealTimeActions = Readonly<{
  onStatus: (kind: number) => void;
  onPulse: (pin: 2 | 5, onMs: number) => void;
}>;

/** Looks at every byte on reception, whatever command it may belong to. */
export function createRealTimeScanner({ onStatus, onPulse }: RealTimeActions) {
  let recent: number[] = [];

  function seeByte(byte: number): void {
    recent = [...recent.slice(-4), byte];
    const [dle, eot, kind = 0] = recent.slice(-3);
    if (dle === 0x10 && eot === 0x04 && kind >= 1 && kind <= 4) onStatus(kind);
    const [first, second, fn, pin = 9, time = 0] = recent;
    const isPulse = first === 0x10 && second === 0x14 && fn === 1 && pin <= 1 && time >= 1 && time <= 8;
    if (isPulse && recent.length === 5) onPulse(pin === 0 ? 2 : 5, time * 100);
  }

  return {
    see(bytes: Uint8Array): void {
      for (const byte of bytes) seeByte(byte);
    },
  };
}
