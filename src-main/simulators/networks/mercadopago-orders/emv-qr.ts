/**
 * The text inside a dynamic QR code, as this network would make it.
 *
 * Source  EMVCo merchant-presented QR, 1.1: two digits id, two digits length, value; tag 63 last, CRC-16/CCITT-FALSE over
 *         everything before its value. Tag 43 with `com.mercadolibre`: samples in the Mercado Pago documents.
 */
export type QrContent = Readonly<{
  uuid: string;
  numericCurrency: string;
  /** Left out of the code when null. */
  amount: string | null;
  alpha2: string;
  merchantName: string;
  city: string;
  /** Good for any number of scans, as on a sticker; a dynamic code is good for one order. */
  isStatic?: boolean;
}>;

export function qrDataOf(content: QrContent): string {
  const account = field('00', 'com.mercadolibre') + field('02', '3') + field('06', content.uuid);
  const body = [
    field('00', '01'),
    field('01', content.isStatic === true ? '11' : '12'),
    field('43', account),
    field('52', '0000'),
    field('53', content.numericCurrency),
    content.amount === null ? '' : field('54', content.amount),
    field('58', content.alpha2),
    field('59', content.merchantName.slice(0, 25)),
    field('60', content.city.slice(0, 15)),
    field('62', field('05', '***')),
    '6304',
  ].join('');
  return body + checksumOf(body);
}

/** The same code with one digit of its checksum changed: it scans, and it is wrong. */
export function withWrongChecksum(qrData: string): string {
  const last = qrData.at(-1);
  return qrData.slice(0, -1) + (last === '0' ? '1' : '0');
}

function field(id: string, value: string): string {
  return id + String(value.length).padStart(2, '0') + value;
}

function checksumOf(text: string): string {
  let register = 0xffff;
  for (let index = 0; index < text.length; index += 1) {
    register ^= text.charCodeAt(index) << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      register = (register & 0x8000) === 0 ? register << 1 : (register << 1) ^ 0x1021;
    }
    register &= 0xffff;
  }
  return register.toString(16).toUpperCase().padStart(4, '0');
}
