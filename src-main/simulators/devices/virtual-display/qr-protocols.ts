/**
 * What small QR displays understand: no standard, and no maker's device has been seen.
 *
 * Source  Bonrix programmer's guide: text commands with fields between `**`. Mertech QR-Pay: 02 F2 02, length in two bytes, payload,
 *         02 F2 03; and 02 F0 03, a word, 03.
 */
export type QrScreen =
  | Readonly<{ shows: 'welcome' | 'blank' }>
  | Readonly<{ shows: 'code'; payload: Uint8Array; amountText: string }>
  | Readonly<{ shows: 'success' | 'failure' | 'cancelled'; amountText: string }>;

export type QrProtocol = Readonly<{
  /** Bytes used and what is shown from then on; `used` 0: the end has not come. `screen` undefined: nothing to be shown. */
  take: (bytes: Uint8Array) => Readonly<{ used: number; screen?: QrScreen; complaint?: string }>;
}>;

const LINE_FEED = 0x0a;
const FIELD = '**';
const LONGEST_LINE = 2_000;

export const BONRIX: QrProtocol = {
  take(bytes) {
    const end = bytes.findIndex((byte) => byte === LINE_FEED || byte === 0x0d);
    if (end === -1)
      return bytes.length > LONGEST_LINE ? { used: bytes.length, complaint: 'no end of line' } : { used: 0 };
    const [name = '', first = '', second = ''] = Buffer.from(bytes.subarray(0, end)).toString('latin1').split(FIELD);
    const used = end + 1;
    switch (name) {
      case '':
        return { used };
      case 'WelcomeScreen':
        return { used, screen: { shows: 'welcome' } };
      case 'DisplayQRCodeScreen':
        return { used, screen: { shows: 'code', payload: Buffer.from(first, 'latin1'), amountText: second } };
      case 'DisplaySuccessQRCodeScreen':
        return { used, screen: { shows: 'success', amountText: first } };
      case 'DisplayFailQRCodeScreen':
        return { used, screen: { shows: 'failure', amountText: first } };
      case 'DisplayCancelQRCodeScreen':
        return { used, screen: { shows: 'cancelled', amountText: first } };
      default:
        return { used, complaint: `unknown ${name}` };
    }
  },
};

const STX = 0x02;
const ETX = 0x03;
const SHOW = 0xf2;
const WORD = 0xf0;
const WORDS: Readonly<Record<string, QrScreen>> = {
  CLS: { shows: 'blank' },
  correct: { shows: 'success', amountText: '' },
  mistake: { shows: 'failure', amountText: '' },
};
const LONGEST_WORD = 16;

export const MERTECH: QrProtocol = {
  take(bytes) {
    const [first, second, third] = bytes;
    if (first !== STX) return { used: 1, complaint: `unknown ${first?.toString(16)}` };
    if (second === undefined || third === undefined) return { used: 0 };
    if (second === SHOW && third === STX) return takeCode(bytes);
    if (second === WORD && third === ETX) return takeWord(bytes);
    return { used: 1, complaint: `unknown ${second.toString(16)} ${third.toString(16)}` };
  },
};

function takeCode(bytes: Uint8Array): ReturnType<QrProtocol['take']> {
  const [, , , high, low] = bytes;
  if (high === undefined || low === undefined) return { used: 0 };
  const end = 5 + high * 256 + low;
  if (bytes.length < end + 3) return { used: 0 };
  const isEnded = bytes[end] === STX && bytes[end + 1] === SHOW && bytes[end + 2] === ETX;
  if (!isEnded) return { used: 1, complaint: 'a code without its end' };
  return { used: end + 3, screen: { shows: 'code', payload: bytes.slice(5, end), amountText: '' } };
}

function takeWord(bytes: Uint8Array): ReturnType<QrProtocol['take']> {
  const end = bytes.indexOf(ETX, 3);
  if (end === -1) return bytes.length > LONGEST_WORD ? { used: 1, complaint: 'a word without its end' } : { used: 0 };
  const word = Buffer.from(bytes.subarray(3, end)).toString('latin1');
  const screen = WORDS[word];
  return screen ? { used: end + 1, screen } : { used: end + 1, complaint: `unknown ${word}` };
}
