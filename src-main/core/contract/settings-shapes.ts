/** Shapes that several parts of the settings file share. */
import { z } from 'zod';

export type SettingsProblem = Readonly<{ path: readonly (string | number)[]; message: string }>;

export const amount = z.string('an amount is a text, e.g. "500.00"');

export const secretName = z.string().regex(/^[a-z0-9-]{1,64}$/, 'the name of a secret: small letters, digits, hyphens');

export const baseUrl = z
  .string()
  .regex(/^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/i, {
    message: 'a URL such as https://api.mercadopago.com, without user, query or fragment',
    abort: true,
  })
  .refine((text) => /^https:/i.test(text) || /^http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])([:/]|$)/i.test(text), {
    message: 'https is required; http only for this machine (localhost, 127.0.0.1, [::1])',
  });
