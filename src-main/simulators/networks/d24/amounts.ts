/** Amounts of this network: decimals with at most two places, as a JSON number or as text. Inside, whole hundredths. */

const AMOUNT = /^(\d{1,12})(?:\.(\d{1,2}))?$/;

/**
 * Hundredths; undefined when it is no amount above zero. A JSON number has already lost its own spelling, but the
 * shortest text that means the same number is what any client wrote, save for zeros at its end.
 */
export function minorOf(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const match = AMOUNT.exec(String(value));
  if (match === null) return undefined;
  const [, whole = '', decimals = ''] = match;
  const minor = Number(whole + decimals.padEnd(2, '0'));
  return minor > 0 ? minor : undefined;
}

/** `250.50`. */
export function amountOf(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** As the network writes it into JSON: 250.5. */
export function jsonAmountOf(minor: number): number {
  return Number(amountOf(minor));
}

/** The exact product of two decimals, without zeros at its end; undefined when either is none. */
export function productOf(left: string, right: string): string | undefined {
  const [first, second] = [decimalOf(left), decimalOf(right)];
  if (first === undefined || second === undefined) return undefined;
  const places = first.places + second.places;
  const digits = String(first.digits * second.digits).padStart(places + 1, '0');
  if (places === 0) return digits;
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '');
}

function decimalOf(text: string): { digits: bigint; places: number } | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,8}))?$/.exec(text);
  if (match === null) return undefined;
  const [, whole = '', decimals = ''] = match;
  return { digits: BigInt(whole + decimals), places: decimals.length };
}
