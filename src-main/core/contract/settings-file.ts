/**
 * The settings file: what a technician writes. Every key is optional; what is left out gets the country's usual value.
 * Amounts are texts in the currency (`"500"`, `"500.00"`), times carry their unit in the key. Documented in docs/cli.md.
 *
 * Errors  every problem at once, each with the path of its key and what to write instead; nothing of a bad file is used.
 */
import { z } from 'zod';
import { LOCALES } from '../domain/locale.ts';
import { CURRENCY_CODES, notesOf, parseAmount } from '../domain/money.ts';
import type { Currency } from '../domain/money.ts';
import { QR_MODES } from '../domain/network.ts';
import type { Result } from '../domain/result.ts';
import { err, ok } from '../domain/result.ts';
import type { PayoutCountry } from '../domain/payouts/country-forms.ts';
import { PAYOUT_NETWORK_IDS } from '../domain/payouts/payout.ts';
import type {
  BackupSettings,
  Country,
  DrawerSettings,
  MercadoPagoInstoreSettings,
  MercadoPagoOrdersSettings,
  RelaySettings,
  Settings,
} from '../domain/settings.ts';
import { payoutNetworkShape, payoutSettingsOf } from './payout-settings-file.ts';
import { amount, baseUrl, secretName } from './settings-shapes.ts';
import type { SettingsProblem } from './settings-shapes.ts';

export type { SettingsProblem } from './settings-shapes.ts';

const COUNTRIES = {
  AR: { currency: 'ARS', timeZone: 'America/Argentina/Buenos_Aires', language: 'es', max: '500000' },
  BR: { currency: 'BRL', timeZone: 'America/Sao_Paulo', language: 'pt', max: '3000' },
  CL: { currency: 'CLP', timeZone: 'America/Santiago', language: 'es', max: '500000' },
  MX: { currency: 'MXN', timeZone: 'America/Mexico_City', language: 'es', max: '10000' },
  UY: { currency: 'UYU', timeZone: 'America/Montevideo', language: 'es', max: '20000' },
} as const satisfies Record<Country, { currency: Currency; timeZone: string; language: 'es' | 'pt'; max: string }>;

/** A till that only pays out stands in one of these countries too, which no wallet network here serves. */
const PAYOUT_ONLY = {
  PE: { currency: 'PEN', timeZone: 'America/Lima', language: 'es', max: '5000' },
  CO: { currency: 'COP', timeZone: 'America/Bogota', language: 'es', max: '5000000' },
  EC: { currency: 'USD', timeZone: 'America/Guayaquil', language: 'es', max: '1500' },
} as const satisfies Record<Exclude<PayoutCountry, Country>, unknown>;

const PUBLIC_BASE_URL = 'https://api.mercadopago.com';
/** Names go onto paper and displays: a control character there is a command to the device. */
const name = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, 'one line, without control characters');

const mercadopagoOrders = z.strictObject({
  baseUrl: baseUrl.optional(),
  country: z.enum(['AR', 'BR', 'CL', 'MX', 'UY']).optional(),
  externalPosId: z
    .string()
    .regex(/^[A-Za-z0-9]{1,40}$/, '1 to 40 letters and digits')
    .optional(),
  externalStoreId: z
    .string()
    .regex(/^[A-Za-z0-9]{1,40}$/, '1 to 40 letters and digits')
    .optional(),
  userId: z
    .string()
    .regex(/^\d{1,20}$/, 'digits, as a text')
    .optional(),
  tokenSecret: secretName.optional(),
  mode: z.enum(QR_MODES).optional(),
  lifetimeSeconds: z.int().min(30).max(600).optional(),
  qrValidation: z.enum(['strict', 'warn']).optional(),
  returnWindowHours: z.int().min(1).max(8760).optional(),
  brazil: z
    .strictObject({
      agencyType: z.enum(['AGTEC', 'AGTOT', 'AGPSS']).optional(),
      bankServiceCode: z.string().min(1).max(40).optional(),
    })
    .optional(),
});

const notificationUrl = z.string().regex(/^https:\/\/[^\s#@]{1,300}$/i, 'an https URL');

/** The legacy in-store API: only where a contract still uses it; the account's number is part of every path. */
const mercadopagoInstore = z.strictObject({
  baseUrl: baseUrl.optional(),
  country: z.enum(['AR', 'BR', 'CL', 'MX', 'UY']).optional(),
  userId: z.string('the seller’s account number, as a text').regex(/^\d{1,20}$/, 'digits, as a text'),
  externalStoreId: mercadopagoOrders.shape.externalPosId,
  externalPosId: mercadopagoOrders.shape.externalPosId,
  tokenSecret: mercadopagoOrders.shape.tokenSecret,
  mode: mercadopagoOrders.shape.mode,
  lifetimeSeconds: mercadopagoOrders.shape.lifetimeSeconds,
  qrValidation: mercadopagoOrders.shape.qrValidation,
  confirmWithinSeconds: z.int().min(120).max(3_600).optional(),
  pureCashoutTotal: z.enum(['sum', 'zero']).optional(),
  notificationUrl: notificationUrl.optional(),
  sponsorId: z.int().min(1).optional(),
});

const settingsFile = z.strictObject({
  language: z.enum(LOCALES).optional(),
  theme: z.enum(['light', 'dark', 'system']).optional(),
  timeZone: z.string().refine(isTimeZone, { message: 'an IANA time zone such as America/Mexico_City' }).optional(),
  shop: z.strictObject({ name }).optional(),
  till: z.strictObject({ id: z.string().regex(/^[A-Z0-9]{1,12}$/, '1 to 12 capital letters and digits') }).optional(),
  currency: z.enum(CURRENCY_CODES).optional(),
  limits: z.strictObject({ min: amount.optional(), max: amount.optional(), step: amount.optional() }).optional(),
  quickAmounts: z.array(amount).min(1).max(8).optional(),
  people: z
    .array(
      z.strictObject({
        code: z.int().min(0).max(2_147_483_647),
        name,
        role: z.enum(['cashier', 'supervisor', 'technician']),
      }),
    )
    .min(1)
    .superRefine((people, context) => {
      for (const [index, { code }] of people.entries()) {
        const first = people.findIndex((person) => person.code === code);
        if (first === index) continue;
        const message = `${people[first]?.name ?? 'somebody'} has the code ${code} already`;
        context.addIssue({ code: 'custom', path: [index, 'code'], message });
      }
    })
    .optional(),
  networks: z
    .strictObject({
      'mercadopago-orders': mercadopagoOrders.optional(),
      'mercadopago-instore': mercadopagoInstore.optional(),
      tupay: payoutNetworkShape.optional(),
      onekey: payoutNetworkShape.optional(),
    })
    .optional(),
  relay: z
    .strictObject({
      url: baseUrl,
      keySecret: mercadopagoOrders.shape.tokenSecret,
      waitSeconds: z.int().min(5).max(50).optional(),
    })
    .optional(),
  backups: z
    .strictObject({
      keep: z.int().min(1).max(1_000).optional(),
      days: z.int().min(1).max(3_650).optional(),
      directory: z
        .string()
        .regex(/^(\/|[A-Za-z]:[\\/]|\\\\)[^\p{C}]{1,300}$/u, 'a whole path, e.g. /media/backup')
        .optional(),
    })
    .optional(),
  drawer: z.strictObject({ openTooLongSeconds: z.int().min(10).max(3_600).optional() }).optional(),
  printer: z
    .strictObject({ profile: z.string().regex(/^[a-z0-9-]{1,40}$/, 'the name of a profile, e.g. generic-80mm') })
    .optional(),
});

type SettingsFile = z.infer<typeof settingsFile>;

export function readSettingsFile(raw: unknown): Result<Settings, readonly SettingsProblem[]> {
  const read = settingsFile.safeParse(raw);
  if (!read.success) return err(read.error.issues.flatMap(problemsOf));
  return complete(read.data);
}

function problemsOf(issue: z.core.$ZodIssue): readonly SettingsProblem[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
  const names = namesAt(settingsFile, path);
  const known = names.length > 0 ? `; there are ${names.join(', ')}` : '';
  return issue.keys.map((key) => ({ path: [...path, key], message: `no setting has this name${known}` }));
}

/** The keys that the object at this path may have. */
function namesAt(schema: unknown, path: readonly (string | number)[]): readonly string[] {
  if (schema instanceof z.ZodOptional) return namesAt(schema.unwrap(), path);
  const [first, ...rest] = path;
  if (schema instanceof z.ZodArray) return namesAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  return first === undefined ? Object.keys(schema.shape) : namesAt(schema.shape[String(first)], rest);
}

function complete(file: SettingsFile): Result<Settings, readonly SettingsProblem[]> {
  const orders = file.networks?.['mercadopago-orders'];
  const instore = file.networks?.['mercadopago-instore'];
  const country = orders?.country ?? instore?.country ?? 'MX';
  const usual = orders || instore ? COUNTRIES[country] : usualOfPayouts(file);
  const currency = file.currency ?? usual.currency;
  const problems: SettingsProblem[] = [];
  if ((orders || instore) && currency !== usual.currency) {
    problems.push({ path: ['currency'], message: `${country} pays in ${usual.currency}, not ${currency}` });
  }
  if (instore?.country !== undefined && instore.country !== country) {
    const path = ['networks', 'mercadopago-instore', 'country'];
    problems.push({ path, message: `a till works in one country: ${country}` });
  }
  const amounts = new Amounts(currency, problems);
  const limits = limitsOf(file, amounts, currency === usual.currency ? usual.max : undefined);
  const quickAmountsMinor = file.quickAmounts
    ? file.quickAmounts.map((text, index) => quickAmount(text, ['quickAmounts', index], limits, amounts))
    : usualQuickAmounts(currency, limits);
  const payouts = PAYOUT_NETWORK_IDS.flatMap((id) => {
    const network = file.networks?.[id];
    return network ? [[id, payoutSettingsOf(id, network, problems)] as const] : [];
  });
  if (problems.length > 0) return err(problems);
  return ok({
    language: file.language ?? usual.language,
    theme: file.theme ?? 'system',
    timeZone: file.timeZone ?? usual.timeZone,
    shopName: file.shop?.name ?? 'Ventanilla',
    tillId: file.till?.id ?? 'CAJA01',
    currency,
    limits,
    quickAmountsMinor,
    people: file.people ?? [{ code: 1, name: 'Caja 1', role: 'cashier' }],
    networks: {
      ...(orders && { 'mercadopago-orders': ordersOf(orders, country) }),
      ...(instore && { 'mercadopago-instore': instoreOf(instore, country) }),
      ...Object.fromEntries(payouts),
    },
    ...(file.relay && { relay: relayOf(file.relay) }),
    ...(file.backups && { backups: backupsOf(file.backups) }),
    ...(file.drawer && { drawer: drawerOf(file.drawer) }),
    printerProfile: file.printer?.profile ?? 'generic-80mm',
  });
}

/** Without a wallet network: where the payouts go, when that is one country, else the usual one. */
function usualOfPayouts({ networks }: SettingsFile) {
  const countries = [
    ...(networks?.tupay ? (networks.tupay.countries ?? (['PE'] as const)) : []),
    ...(networks?.onekey ? (networks.onekey.countries ?? (['BR'] as const)) : []),
  ];
  const [only, ...others] = new Set(countries);
  return only === undefined || others.length > 0 ? COUNTRIES.MX : { ...COUNTRIES, ...PAYOUT_ONLY }[only];
}

/** Collects what is wrong with amounts while reading them all. */
class Amounts {
  readonly #currency: Currency;
  readonly #problems: SettingsProblem[];

  constructor(currency: Currency, problems: SettingsProblem[]) {
    this.#currency = currency;
    this.#problems = problems;
  }

  /** Undefined for a text that is no amount; it is then among the problems. */
  read(text: string, path: readonly (string | number)[]): number | undefined {
    const parsed = parseAmount(text, this.#currency);
    if (parsed.ok) return parsed.value.minor;
    this.#problems.push({
      path,
      message: `"${text}" is no amount in ${this.#currency} (${parsed.error}); write for example "500"`,
    });
    return undefined;
  }

  complain(path: readonly (string | number)[], message: string): void {
    this.#problems.push({ path, message });
  }
}

function limitsOf(file: SettingsFile, amounts: Amounts, usualMax: string | undefined): Settings['limits'] {
  const { min, max, step } = file.limits ?? {};
  const minMinor = amounts.read(min ?? '1', ['limits', 'min']);
  const maxMinor = amounts.read(max ?? usualMax ?? '500', ['limits', 'max']);
  const stepMinor = amounts.read(step ?? '1', ['limits', 'step']);
  // What is wrong is said already; the rest of the file is read with something that fits.
  if (minMinor === undefined || maxMinor === undefined || stepMinor === undefined)
    return { minMinor: 1, maxMinor: Number.MAX_SAFE_INTEGER, stepMinor: 1 };
  if (minMinor > maxMinor) amounts.complain(['limits'], 'min is more than max');
  else if (Math.floor(maxMinor / stepMinor) * stepMinor < minMinor)
    amounts.complain(['limits'], 'no multiple of step lies between min and max: every amount would be refused');
  return { minMinor, maxMinor, stepMinor };
}

/** A key on the screen that could only be refused is a mistake in the file. */
function quickAmount(
  text: string,
  path: readonly (string | number)[],
  { minMinor, maxMinor, stepMinor }: Settings['limits'],
  amounts: Amounts,
): number {
  const minor = amounts.read(text, path);
  if (minor === undefined) return minMinor;
  if (minor < minMinor || minor > maxMinor || minor % stepMinor !== 0)
    amounts.complain(path, `"${text}" is outside the limits or no multiple of their step`);
  return minor;
}

/** Notes of the currency, and twice the largest: what customers ask for most. */
function usualQuickAmounts(currency: Currency, limits: Settings['limits']): readonly number[] {
  const notes = notesOf(currency).slice(0, 4);
  const wished = [...notes, (notes[0] ?? 0) * 2].filter(
    (minor) => minor >= limits.minMinor && minor <= limits.maxMinor && minor % limits.stepMinor === 0,
  );
  const least = Math.ceil(limits.minMinor / limits.stepMinor) * limits.stepMinor;
  return wished.length > 0 ? wished.toSorted((left, right) => left - right) : [least];
}

function ordersOf(file: z.infer<typeof mercadopagoOrders>, country: Country): MercadoPagoOrdersSettings {
  return {
    baseUrl: file.baseUrl ?? PUBLIC_BASE_URL,
    country,
    externalPosId: file.externalPosId ?? 'CAJA01',
    ...(file.externalStoreId !== undefined && { externalStoreId: file.externalStoreId }),
    ...(file.userId !== undefined && { userId: file.userId }),
    tokenSecret: file.tokenSecret ?? 'mercadopago-token',
    mode: file.mode ?? 'dynamic',
    lifetimeMs: (file.lifetimeSeconds ?? 300) * 1_000,
    qrValidation: file.qrValidation ?? 'strict',
    // An hour less than the documented 72, so that a refund asked at the last moment still arrives in time.
    returnWindowMs: (file.returnWindowHours ?? 71) * 3_600_000,
    brazil: {
      agencyType: file.brazil?.agencyType ?? 'AGTEC',
      bankServiceCode: file.brazil?.bankServiceCode ?? 'SAQUE',
    },
  };
}

function instoreOf(file: z.infer<typeof mercadopagoInstore>, country: Country): MercadoPagoInstoreSettings {
  const { externalStoreId, notificationUrl: notifications, sponsorId } = file;
  return {
    baseUrl: file.baseUrl ?? PUBLIC_BASE_URL,
    country,
    userId: file.userId,
    ...(externalStoreId !== undefined && { externalStoreId }),
    externalPosId: file.externalPosId ?? 'CAJA01',
    tokenSecret: file.tokenSecret ?? 'mercadopago-token',
    mode: file.mode ?? 'dynamic',
    lifetimeMs: (file.lifetimeSeconds ?? 300) * 1_000,
    qrValidation: file.qrValidation ?? 'strict',
    confirmWithinMs: (file.confirmWithinSeconds ?? 300) * 1_000,
    pureCashoutTotal: file.pureCashoutTotal ?? 'sum',
    ...(notifications !== undefined && { notificationUrl: notifications }),
    ...(sponsorId !== undefined && { sponsorId }),
  };
}

function relayOf({ url, keySecret, waitSeconds }: NonNullable<SettingsFile['relay']>): RelaySettings {
  return { url, keySecret: keySecret ?? 'relay-key', waitMs: (waitSeconds ?? 25) * 1_000 };
}

function backupsOf({ keep, days, directory }: NonNullable<SettingsFile['backups']>): BackupSettings {
  return { keep: keep ?? 30, days: days ?? 90, ...(directory !== undefined && { directory }) };
}

function drawerOf({ openTooLongSeconds }: NonNullable<SettingsFile['drawer']>): DrawerSettings {
  return { openTooLongMs: (openTooLongSeconds ?? 60) * 1_000 };
}

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // Intl says by throwing that it knows no such zone.
  }
}
