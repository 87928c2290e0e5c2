/** A small display that shows the network's code to the customer's phone, on a line of its own. */
import type { CustomerDisplay } from '../../../core/application/ports/customer-display.ts';
import type { DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { DisplayView } from '../../../core/application/ports/customer-display.ts';
import { invariant } from '../../../core/domain/result.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import type { QrDisplayProfile } from './display-profile.ts';
import type { DisplayTime, Encoded } from './display-updates.ts';
import { DisplayUpdates } from './display-updates.ts';
import { aged } from './line-display.ts';
import { QR_PROTOCOL, qrSceneOf } from './qr-protocols.ts';

const UPDATE_EVERY_MS = 200;

/** A code that it cannot carry (too long, not ASCII) is the fault `unsupported`; the display is then cleared, and slip and screens remain. */
export function createQrDisplay(
  profile: QrDisplayProfile,
  transport: ByteTransport,
  time: DisplayTime,
): CustomerDisplay {
  const updates = new DisplayUpdates(transport, { everyMs: UPDATE_EVERY_MS, pauseMs: 0 }, time);
  return {
    name: profile.name,
    capabilities: { columns: 0, lines: 0, qr: true },
    show: (view) =>
      updates.show({
        label: `qr-display-${view.state}`,
        encode: (_isFresh, ageMs) => encodeQrView(aged(view, ageMs), profile),
        // Its code goes at the very moment, whether or not the till has said so.
        ...(view.state === 'pay' && { changesAfterMs: view.remainingMs }),
      }),
    close: () => updates.close(),
  };
}

/** Pure. */
export function encodeQrView(view: DisplayView, profile: QrDisplayProfile): Encoded {
  const { encode } = QR_PROTOCOL[profile.protocol];
  const scene = qrSceneOf(view);
  const tooLong = scene.scene === 'code' && Buffer.byteLength(scene.payload) > profile.maxPayloadBytes;
  const encoded = tooLong ? undefined : encode(scene);
  if (encoded?.ok === true) return { pieces: [encoded.value] };
  const plain = encode({ scene: 'plain', amountText: scene.amountText });
  invariant(plain.ok, 'a cleared display needs no payload');
  const detail = encoded?.error ?? `the code is longer than the display's ${profile.maxPayloadBytes} bytes`;
  const fault: DeviceFault = { code: 'unsupported', sent: 'none', detail };
  return { pieces: [plain.value], fault };
}
