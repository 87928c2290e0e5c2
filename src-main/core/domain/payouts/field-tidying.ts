/** How values of a payout form are written: without the ornaments of people and banks, and phones as the network wants them. */
import type { FieldName, PayoutMethod } from './country-forms.ts';
import { unreachable } from '../result.ts';

export function tidyField(method: PayoutMethod, name: FieldName, typed: string): string {
  const text = typed.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
  switch (name) {
    case 'firstName':
    case 'lastName':
    case 'address':
      return text;
    case 'email':
      return text.replaceAll(' ', '');
    case 'documentType':
    case 'accountType':
      return text.toUpperCase();
    case 'documentId':
      return text.replaceAll(/[\s./-]/g, '').toUpperCase();
    case 'bankCode':
      return text.replaceAll(/[\s-]/g, '');
    case 'bankBranch':
      return text.replaceAll(/[\s.]/g, '');
    case 'bankAccount':
      // In Brazil the dash before the last digit is part of the number.
      return text.replaceAll(method.account === 'brazil' ? /[\s.]/g : /[\s.-]/g, '');
    case 'phone':
      return tidyPhone(method, text);
    default:
      return unreachable(name);
  }
}

function tidyPhone({ country }: PayoutMethod, text: string): string {
  const digits = text.replaceAll(/\D/g, '');
  if (digits === '') return '';
  const namesCountry = text.startsWith('+');
  if (country === 'BR') return `+${!namesCountry && /^\d{10,11}$/.test(digits) ? `55${digits}` : digits}`;
  if (country === 'CO') {
    const local = (namesCountry ? /^57(\d{3})(\d{7})$/ : /^(?:57)?(\d{3})(\d{7})$/).exec(digits);
    return local ? `+57 ${local[1]} ${local[2]}` : `+${digits}`;
  }
  return `${namesCountry ? '+' : ''}${digits}`;
}
