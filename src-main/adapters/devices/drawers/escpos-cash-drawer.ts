/**
 * The cash box on a printer's drawer connector. The pulse is a job of its own, sent before any receipt, and always complete.
 *
 * A printer that is not ready keeps an ordinary pulse and gives it later, with some other slip. So it is asked first: where it would keep the
 * pulse, it gets the one that is obeyed at once (DLE DC4), or none at all, and the key opens the box.
 *
 * Source  Epson ESC/POS reference: ESC p, DLE DC4 fn 1 (m pin, t in 100 ms, 1 to 8), DLE EOT 1 b2 (connector pin 3).
 *         Star Line Mode specification: ESC BEL, BEL (in their turn, so kept while the printer waits), status byte 3 b2 (drawer switch).
 */
import type { CancelSignal } from '../../../core/application/ports/device-fault.ts';
import type { CashDrawer, DrawerOutcome } from '../../../core/application/ports/cash-drawer.ts';
import type { Timers } from '../../../core/application/ports/system.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import { MACHINE_TIMERS } from '../printers/machine-timers.ts';
import type { PrinterProfile } from '../printers/printer-profile.ts';
import type { PinLevel } from '../printers/printer-status.ts';
import { obstacleIn } from '../printers/printer-status.ts';
import { voiceOf } from '../printers/printer-voice.ts';
import { drawerPulse } from '../printers/slip-encoder.ts';
import { starVoiceOf } from '../printers/star-voice.ts';

const SEND_TIMEOUT_MS = 3_000;
const REAL_TIME_UNIT_MS = 100;
const REAL_TIME_UNITS_MAX = 8;

export type DrawerOptions = Readonly<{
  timers?: Timers;
  /** Level of its sensor when it is open, as pairing found it; absent: no sensor, or nobody has calibrated it. */
  openLevel?: PinLevel;
}>;

export function createEscPosCashDrawer(
  profile: PrinterProfile,
  transport: ByteTransport,
  { timers = MACHINE_TIMERS, openLevel }: DrawerOptions = {},
): CashDrawer {
  const asks = transport.canRead && profile.status !== 'none';
  const voice = profile.dialect === 'escpos' ? voiceOf(transport, timers) : starVoiceOf(transport, timers);

  async function send(bytes: Uint8Array, label: string, cancel?: CancelSignal): Promise<DrawerOutcome> {
    // A printer that says nothing was not asked before, and so not filled up.
    const filled = await voice.fillUp.pay();
    if (!filled.ok) return { state: 'refused', fault: { ...filled.error, sent: 'none' } };
    const sent = await transport.write(bytes, { label, timeoutMs: SEND_TIMEOUT_MS, ...(cancel && { cancel }) });
    if (sent.ok) return { state: 'sent' };
    return { state: sent.error.sent === 'none' ? 'refused' : 'unknown', fault: sent.error };
  }

  return {
    async open({ id, reason }, cancel) {
      const label = `drawer-${reason}-${id}`;
      const status = asks ? await voice.askStatus() : undefined;
      const obstacle = status && obstacleIn(status);
      if (!obstacle) return send(drawerPulse(profile), label, cancel);
      if (profile.drawer.realTime === true) return send(realTimePulse(profile), label, cancel);
      return { state: 'refused', fault: { code: obstacle, sent: 'none', detail: `${profile.name} would pulse later` } };
    },
    async state() {
      if (!asks || openLevel === undefined) return 'unknown';
      const level = (await voice.askStatus())?.drawerPin;
      if (level === undefined) return 'unknown';
      return level === openLevel ? 'open' : 'closed';
    },
  };
}

function realTimePulse({ drawer }: PrinterProfile): Uint8Array {
  const units = Math.min(REAL_TIME_UNITS_MAX, Math.max(1, Math.round(drawer.onMs / REAL_TIME_UNIT_MS)));
  return Uint8Array.of(0x10, 0x14, 1, drawer.pin, units);
}
