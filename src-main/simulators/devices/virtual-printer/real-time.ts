/**
 * The commands that an ESC/POS printer obeys the moment they arrive, whatever they may be part of: offline, with its buffer full, and in the
 * middle of picture data.
 * Source  Epson ESC/POS reference: DLE EOT n, DLE ENQ n, DLE DC4 fn 1 (pulse) and fn 8 (clear buffers).
 */
export type RealTimeActions = Readonly<{
  onStatus: (kind: number) => void;
  onRecover: (clears: boolean) => void;
  onPulse: (pin: 2 | 5, onMs: number) => void;
  onClear: () => void;
}>;

const LONGEST = 10;
const CLEAR_BUFFERS = '10 14 8 1 3 14 1 6 2 8';

/** Looks at every byte on reception. */
export function createRealTimeScanner({ onStatus, onRecover, onPulse, onClear }: RealTimeActions) {
  const recent = new Uint8Array(LONGEST);

  function seeThree(): void {
    const dle = recent[LONGEST - 3];
    const command = recent[LONGEST - 2];
    const kind = recent[LONGEST - 1] ?? 0;
    if (dle !== 0x10) return;
    if (command === 0x04 && kind >= 1 && kind <= 4) onStatus(kind);
    if (command === 0x05 && (kind === 1 || kind === 2)) onRecover(kind === 2);
  }

  function seeLonger(): void {
    const [dle, dc4, fn, pin = 9, time = 0] = recent.subarray(LONGEST - 5);
    if (dle === 0x10 && dc4 === 0x14 && fn === 1 && pin <= 1 && time >= 1 && time <= 8) {
      onPulse(pin === 0 ? 2 : 5, time * 100);
    }
    if (recent[0] !== 0x10 || recent[1] !== 0x14) return;
    if ([...recent].map((byte) => byte.toString(16)).join(' ') === CLEAR_BUFFERS) onClear();
  }

  return {
    hear(byte: number): void {
      recent.copyWithin(0, 1);
      recent[LONGEST - 1] = byte;
      seeThree();
      seeLonger();
    },
    reset: (): void => void recent.fill(0),
  };
}
