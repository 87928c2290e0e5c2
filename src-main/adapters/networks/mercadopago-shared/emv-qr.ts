/**
 * EMVCo merchant-presented QR text: read and checked, never changed.
 *
 * Source  EMVCo QR Code Specification for Payment Systems, Merchant-Presented Mode: objects of two-digit id, two-digit length, value;
 *         tag 63 last, CRC-16/CCITT-FALSE over every byte before its value.
 * Units   lengths count characters; the checksum counts UTF-8 bytes.
 */
export type EmvObject = Readonly<{ id: string; value: string }>;

/** `objects` is what could be read; `fault` says what is wrong first, absent when the text is sound. */
export type EmvReading = Readonly<{ objects: readonly EmvObject[]; fault?: string }>;

const SHORTEST = 50;
const LONGEST = 512;
const CHECKSUM_OBJECT_LENGTH = 8;

/** Name and city of the merchant: the only objects where letters beyond ASCII are met. */
const NATIONAL_TEXT = ['59', '60'];

export function readEmvQr(text: string): EmvReading {
  const { objects, fault } = readObjects(text);
  const first = lengthFault(text) ?? fault ?? structureFault(objects) ?? characterFault(objects) ?? checksumFault(text);
  return first === undefined ? { objects } : { objects, fault: first };
}

export function valueOf(objects: readonly EmvObject[], id: string): string | undefined {
  return objects.find((object) => object.id === id)?.value;
}

/** Polynomial 0x1021, initial value 0xFFFF, nothing reflected, four upper-case hexadecimal digits. */
export function checksumOf(text: string): string {
  let crc = 0xffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

function readObjects(text: string): EmvReading {
  const characters = Array.from(text);
  const objects: EmvObject[] = [];
  let at = 0;
  while (at < characters.length) {
    const head = characters.slice(at, at + 4).join('');
    if (!/^\d{4}$/.test(head)) return { objects, fault: `no object begins at character ${at}` };
    const id = head.slice(0, 2);
    const end = at + 4 + Number(head.slice(2));
    if (end > characters.length) return { objects, fault: `object ${id} is longer than the text` };
    objects.push({ id, value: characters.slice(at + 4, end).join('') });
    at = end;
  }
  return { objects };
}

function lengthFault(text: string): string | undefined {
  return text.length >= SHORTEST && text.length <= LONGEST ? undefined : `${text.length} characters long`;
}

function structureFault(objects: readonly EmvObject[]): string | undefined {
  const ids = objects.map(({ id }) => id);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) return `object ${repeated} occurs twice`;
  const [format] = objects;
  if (format?.id !== '00' || format.value !== '01') return 'does not begin with the payload format 000201';
  return ids.at(-1) === '63' ? undefined : 'does not end with a checksum';
}

function characterFault(objects: readonly EmvObject[]): string | undefined {
  const odd = objects.find(
    ({ id, value }) => !(NATIONAL_TEXT.includes(id) ? isText(value) : /^[\u0020-\u007e]*$/.test(value)),
  );
  return odd && `object ${odd.id} holds characters that do not belong there`;
}

function isText(value: string): boolean {
  return value.isWellFormed() && !/\p{Cc}/u.test(value);
}

function checksumFault(text: string): string | undefined {
  const claimed = text.slice(-4);
  if (text.slice(-CHECKSUM_OBJECT_LENGTH, -4) !== '6304') return 'does not end with a checksum of four characters';
  return claimed === checksumOf(text.slice(0, -4)) ? undefined : 'checksum does not match';
}
