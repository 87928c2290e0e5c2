/** A payout form as screens, slips and logs may show it: enough to recognise, not enough to use. The number of dots tells no length. */
import { FIELD_NAMES } from './country-forms.ts';
import type { BeneficiaryForm, FieldName } from './country-forms.ts';
import { unreachable } from '../result.ts';

const DOTS = '••••';

export function maskedForm(form: BeneficiaryForm): BeneficiaryForm {
  return Object.fromEntries(
    FIELD_NAMES.flatMap((name) => {
      const text = form[name];
      return text === undefined || text === '' ? [] : [[name, maskedField(name, text)]];
    }),
  );
}

/** `A. R.`: enough to tell two customers apart. */
export function maskedName({ firstName = '', lastName = '' }: BeneficiaryForm): string {
  const [first, last] = [maskedField('firstName', firstName), maskedField('lastName', lastName)];
  return [first, last].filter((initial) => initial !== '.').join(' ');
}

export function maskedField(name: FieldName, text: string): string {
  switch (name) {
    case 'documentType':
    case 'bankCode':
    case 'accountType':
      return text;
    case 'firstName':
    case 'lastName':
      return `${Array.from(text)[0] ?? ''}.`;
    case 'documentId':
    case 'bankAccount':
    case 'bankBranch':
    case 'phone':
      return lastFour(text);
    case 'email':
      return maskedEmail(text);
    case 'address':
      return DOTS;
    default:
      return unreachable(name);
  }
}

/** Of eight characters or fewer, less: four of six would be most of it. */
export function lastFour(text: string): string {
  const characters = Array.from(text);
  const shown = characters.length > 8 ? 4 : Math.floor(characters.length / 3);
  return DOTS + (shown === 0 ? '' : characters.slice(-shown).join(''));
}

function maskedEmail(text: string): string {
  const at = text.lastIndexOf('@');
  return at < 1 ? DOTS : `${text.charAt(0)}${DOTS}${text.slice(at)}`;
}

/** Takes the personal values of a form out of text that came from outside, such as an error message. */
export function withoutPersonalData(text: string, form: BeneficiaryForm): string {
  const hidden = FIELD_NAMES.flatMap((name) => {
    const value = form[name];
    return value === undefined || value.length < 4 || isPublic(name)
      ? []
      : [[value, maskedField(name, value)] as const];
  });
  return hidden.reduce((rest, [value, mask]) => rest.replaceAll(value, mask), text);
}

function isPublic(name: FieldName): boolean {
  return name === 'documentType' || name === 'bankCode' || name === 'accountType';
}
