/** The payout networks' part of the settings file: addresses, the names of secrets, and what one payout may be. */
import { z } from 'zod';
import { CURRENCY_CODES, parseAmount } from '../domain/money.ts';
import type { Currency } from '../domain/money.ts';
import { PAYOUT_COUNTRIES } from '../domain/payouts/country-forms.ts';
import type { PayoutLimit, PayoutSettings } from '../domain/payouts/payout-settings.ts';
import type { PayoutNetworkId } from '../domain/payouts/payout.ts';
import { amount, baseUrl, secretName } from './settings-shapes.ts';
import type { SettingsProblem } from './settings-shapes.ts';

const limit = z.strictObject({ min: amount.optional(), max: amount, releaseAbove: amount.optional() });
const controlWord = z.string().regex(/^[\u0021-\u007e]{1,20}$/, '1 to 20 characters without blanks');

/** Ports 80 and 443 are all that this network calls. */
const noticeUrl = z.string().regex(/^https?:\/\/[^\s/?#@:]+(\/[^\s#]*)?$/i, 'a URL without a port');

export const payoutNetworkShape = z.strictObject({
  baseUrl,
  listBaseUrl: baseUrl.optional(),
  notificationUrl: noticeUrl.optional(),
  countries: z.array(z.enum(PAYOUT_COUNTRIES)).min(1).optional(),
  cancel: z.boolean().optional(),
  hold: z.boolean().optional(),
  controlPrefix: controlWord.optional(),
  controlSuffix: controlWord.optional(),
  loginSecret: secretName.optional(),
  passSecret: secretName.optional(),
  signatureSecret: secretName.optional(),
  readOnlySecret: secretName.optional(),
  listUserSecret: secretName.optional(),
  listPasswordSecret: secretName.optional(),
  limits: z.partialRecord(z.enum(CURRENCY_CODES), limit).optional(),
});

type PayoutFile = z.infer<typeof payoutNetworkShape>;

/** What one payout may be where the file says nothing: a shop's sums, not a company's. */
const USUAL_LIMITS: Readonly<Partial<Record<Currency, Readonly<{ min: string; max: string }>>>> = {
  PEN: { min: '1', max: '5000' },
  BRL: { min: '1', max: '5000' },
  MXN: { min: '10', max: '20000' },
  COP: { min: '1000', max: '5000000' },
  CLP: { min: '1000', max: '1000000' },
  ARS: { min: '100', max: '1000000' },
  USD: { min: '1', max: '1500' },
};

/** Problems are added to `problems`; what is answered then fits nothing in the file and is not used. */
export function payoutSettingsOf(id: PayoutNetworkId, file: PayoutFile, problems: SettingsProblem[]): PayoutSettings {
  const { limits, loginSecret, passSecret, signatureSecret, ...rest } = file;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...(given as Pick<PayoutSettings, 'baseUrl'>),
    loginSecret: loginSecret ?? `${id}-login`,
    passSecret: passSecret ?? `${id}-pass`,
    signatureSecret: signatureSecret ?? `${id}-signature`,
    limits: limitsOf(id, limits ?? USUAL_LIMITS, problems),
  };
}

type LimitTexts = NonNullable<PayoutFile['limits']>;

function limitsOf(id: PayoutNetworkId, limits: LimitTexts, problems: SettingsProblem[]): readonly PayoutLimit[] {
  return CURRENCY_CODES.flatMap((currency) => {
    const texts = limits[currency];
    if (!texts) return [];
    const path = ['networks', id, 'limits', currency];
    const read = (name: 'min' | 'max' | 'releaseAbove', text: string): number => {
      const parsed = parseAmount(text, currency);
      if (parsed.ok) return parsed.value.minor;
      const message = `"${text}" is no amount in ${currency} (${parsed.error}); write for example "500"`;
      problems.push({ path: [...path, name], message });
      return 1;
    };
    const { min, max, releaseAbove } = texts;
    const minMinor = read('min', min ?? '1');
    const maxMinor = read('max', max);
    if (minMinor > maxMinor) problems.push({ path, message: 'min is more than max' });
    const release = releaseAbove === undefined ? {} : { releaseAboveMinor: read('releaseAbove', releaseAbove) };
    return [{ currency, minMinor, maxMinor, ...release }];
  });
}
