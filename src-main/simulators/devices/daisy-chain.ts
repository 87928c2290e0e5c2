/** A printer and a display on one cable: both hear every byte, and obey while they are the one that is spoken to (ESC =). */
import type { VirtualDisplay } from './virtual-display/virtual-display.ts';
import type { VirtualPrinter } from './virtual-printer/virtual-printer.ts';
import type { WiredDevice } from './wires/wire.ts';

export function createDaisyChain(printer: VirtualPrinter, display: Pick<VirtualDisplay, 'write'>): WiredDevice {
  return {
    get isPowered() {
      return printer.isPowered;
    },
    write(bytes) {
      display.write(bytes);
      printer.write(bytes);
    },
    onReply: (listener) => printer.onReply(listener),
    lineByteCount: () => printer.lineByteCount(),
    onChange: (listener) => printer.onChange(listener),
  };
}
