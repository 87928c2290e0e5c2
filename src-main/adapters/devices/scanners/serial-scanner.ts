/** A scanner on a line of its own: a serial port, or a USB one that shows itself as such. */
import type { Scanner } from '../../../core/application/ports/scanner.ts';
import type { Timers } from '../../../core/application/ports/system.ts';
import type { ScannerTraits } from '../../../core/domain/devices/device.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import { ScanFraming } from './scan-framing.ts';

/** A scanner sends a reading at a stretch. */
const END_BY_SILENCE_MS = 100;
/** Half a reading from before the cable was pulled must not become the beginning of the next. */
const CUT_OFF_MS = 1_000;

export function createSerialScanner(
  traits: ScannerTraits,
  transport: ByteTransport,
  { timers }: Readonly<{ timers: Timers }>,
): Scanner {
  const framing = new ScanFraming(traits);
  const silenceMs = framing.endsBySilence ? END_BY_SILENCE_MS : CUT_OFF_MS;
  const listeners = new Set<(text: string) => void>();
  let cancelSilence: (() => void) | undefined;

  function tell(readings: readonly string[]): void {
    for (const text of readings) for (const listener of listeners) listener(text);
  }

  const endData = transport.onData((bytes) => {
    cancelSilence?.();
    cancelSilence = timers.after(silenceMs, () => tell(framing.silence()));
    tell(framing.push(bytes));
  });

  return {
    name: transport.id,
    onScan(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      cancelSilence?.();
      endData();
      listeners.clear();
      await transport.close();
    },
  };
}
