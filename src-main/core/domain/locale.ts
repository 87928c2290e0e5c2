/** Languages of screens and slips. Money and dates follow the currency's country, not the language. */
export const LOCALES = ['es', 'pt', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
