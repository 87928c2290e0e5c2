/**
 * What small QR displays understand. There is no standard; both protocols are from documents, and no device of either has been seen.
 *
 * Source  Bonrix DQR-222 programmer's guide: text commands, fields between `**`, each ended by a line feed.
 *         Mertech QR-Pay: 02 F2 02 length(2) payload 02 F2 03; 02 F0 03 word 03. The high byte of the length is inferred.
 * I7      The payload goes out byte for byte, or not at all.
 */
import type { DisplayView } from '../../../core/application/ports/customer-display.ts';
import { toDecimalText } from '../../../core/domain/money.ts';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import type { QrProtocolName } from './display-profile.ts';

/** code: the network's data · paid, failed: how it ended · plain: nothing to pay. */
export type QrScene =
  | Readonly<{ scene: 'code'; payload: string; amountText: string }>
  | Readonly<{ scene: 'paid' | 'failed' | 'plain'; amountText: string }>;

export type QrProtocol = Readonly<{
  /** Errors: why this payload cannot be carried, in English. */
  encode: (scene: QrScene) => Result<Uint8Array, string>;
}>;

/** A code only while it can be paid: never an old one, and none where the customer scans a sticker. */
export function qrSceneOf(view: DisplayView): QrScene {
  const amountText = 'amount' in view ? toDecimalText(view.amount) : '';
  switch (view.state) {
    case 'pay':
      return view.qrData !== undefined && view.remainingMs > 0
        ? { scene: 'code', payload: view.qrData, amountText }
        : { scene: 'plain', amountText };
    case 'paid':
    case 'take-notes':
    case 'done':
      return { scene: 'paid', amountText };
    case 'cancelled':
    case 'expired':
    case 'returning':
    case 'returned':
      return { scene: 'failed', amountText };
    default:
      return { scene: 'plain', amountText };
  }
}

const FIELD = '**';
const BONRIX_SCREENS = { paid: 'DisplaySuccessQRCodeScreen', failed: 'DisplayFailQRCodeScreen' } as const;

const BONRIX: QrProtocol = {
  encode(scene) {
    switch (scene.scene) {
      case 'code': {
        if (!isPlainAscii(scene.payload)) return err('the display takes printable ASCII alone');
        if (scene.payload.includes(FIELD) || scene.payload.endsWith('*'))
          return err(`the display ends the code at ${FIELD}`);
        return ok(bonrixLine('DisplayQRCodeScreen', scene.payload, scene.amountText, ''));
      }
      case 'paid':
      case 'failed':
        return ok(bonrixLine(BONRIX_SCREENS[scene.scene], scene.amountText, '', ''));
      default:
        return ok(bonrixLine('WelcomeScreen', ''));
    }
  },
};

function bonrixLine(...fields: readonly string[]): Uint8Array {
  return Buffer.from(`${fields.join(FIELD)}\n`, 'latin1');
}

const STX = 0x02;
const ETX = 0x03;
const MERTECH_WORDS = { paid: 'correct', failed: 'mistake', plain: 'CLS' } as const;

const MERTECH: QrProtocol = {
  encode(scene) {
    if (scene.scene !== 'code') {
      const word = Buffer.from(MERTECH_WORDS[scene.scene], 'latin1');
      return ok(Uint8Array.from([STX, 0xf0, ETX, ...word, ETX]));
    }
    if (!isPlainAscii(scene.payload)) return err('the display takes printable ASCII alone');
    const payload = Buffer.from(scene.payload, 'latin1');
    const length = [payload.length >> 8, payload.length & 0xff];
    return ok(Uint8Array.from([STX, 0xf2, STX, ...length, ...payload, STX, 0xf2, ETX]));
  },
};

export const QR_PROTOCOL: Readonly<Record<QrProtocolName, QrProtocol>> = { bonrix: BONRIX, mertech: MERTECH };

function isPlainAscii(text: string): boolean {
  return /^[\u0020-\u007e]+$/.test(text);
}
