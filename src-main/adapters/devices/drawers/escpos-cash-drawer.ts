/**
 * The cash box on a printer's drawer connector. The pulse is a job of its own, sent before any receipt, and always complete.
 * Without a calibrated sensor nobody knows whether the box is open: the sensor's level differs from drawer to drawer.
 */
import type { CashDrawer } from '../../../core/application/ports/cash-drawer.ts';
import type { PrinterProfile } from '../printers/printer-profile.ts';
import { drawerPulse } from '../printers/slip-encoder.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';

const SEND_TIMEOUT_MS = 3_000;

export function createEscPosCashDrawer(profile: PrinterProfile, transport: ByteTransport): CashDrawer {
  return {
    async open({ id, reason }, cancel) {
      const label = `drawer-${reason}-${id}`;
      const options = { label, timeoutMs: SEND_TIMEOUT_MS, ...(cancel && { cancel }) };
      const sent = await transport.write(drawerPulse(profile), options);
      if (sent.ok) return { state: 'sent' };
      return { state: sent.error.sent === 'none' ? 'refused' : 'unknown', fault: sent.error };
    },
    state: () => Promise.resolve('unknown'),
  };
}
