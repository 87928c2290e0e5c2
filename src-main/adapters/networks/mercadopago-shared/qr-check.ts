/**
 * Whether the network's QR may be shown (I7). Money, currency or country of another order is never shown, whatever the settings say;
 * a text that does not parse or sum up is refused, or let through with a case, as the technician set it.
 */
import type { QrVerdict } from '../../../core/application/ports/payment-network.ts';
import type { Terms } from '../../../core/domain/cash-out.ts';
import { numericCodeOf } from '../../../core/domain/money.ts';
import { chargeMinorOf } from '../../../core/domain/purchase.ts';
import type { Country } from '../../../core/domain/settings.ts';
import { readEmvQr, valueOf } from './emv-qr.ts';
import type { EmvObject } from './emv-qr.ts';
import { minorOf } from '../http/wire-amount.ts';
import { plainText } from '../http/wire-fields.ts';

const CURRENCY = '53';
const AMOUNT = '54';
const COUNTRY = '58';

type QrRules = Readonly<{ country: Country; qrValidation: 'strict' | 'warn' }>;

export function checkQr(terms: Terms, qrData: string, { country, qrValidation }: QrRules): QrVerdict {
  const { objects, fault } = readEmvQr(qrData);
  const mismatch = mismatchIn(objects, terms, country);
  if (mismatch !== undefined) return { verdict: 'block', detail: mismatch };
  if (fault === undefined) return { verdict: 'good' };
  return { verdict: qrValidation === 'strict' ? 'block' : 'warn', detail: fault };
}

/** Each is optional in the standard, and left out by some networks even in a QR of one order. */
function mismatchIn(objects: readonly EmvObject[], terms: Terms, country: string): string | undefined {
  const currency = valueOf(objects, CURRENCY);
  const amount = valueOf(objects, AMOUNT);
  const land = valueOf(objects, COUNTRY);
  const chargeMinor = chargeMinorOf(terms);
  if (currency !== undefined && currency !== numericCodeOf(terms.currency)) {
    return `QR is in currency ${plainText(currency, 16)}, not ${terms.currency}`;
  }
  if (amount !== undefined && minorOf(amount, terms.currency) !== chargeMinor) {
    return `QR is for ${plainText(amount, 16)}, not for ${chargeMinor} minor units of ${terms.currency}`;
  }
  return land === undefined || land === country ? undefined : `QR is of country ${plainText(land, 16)}, not ${country}`;
}
