/**
 * What a create request may and must contain, country by country, and the terms it becomes.
 *
 * Source  Mercado Pago qr-code-ca, payment processing (MX, AR, BR, CL, UY) and Orders API reference, create order.
 */
import { isRecord, problemsOfBody } from '../body-rules.ts';
import type { BodyProblem, BodyRule } from '../body-rules.ts';
import type { SimulatedAnswer } from '../exchange.ts';
import { refuse } from './answers.ts';
import { amountOf, minorOf } from './countries.ts';
import type { Country } from './countries.ts';
import type { QrMode } from './order.ts';

export type Wish = Readonly<{
  externalReference: string;
  description: string | undefined;
  expirationTime: string;
  lifeMs: number;
  externalPosId: string;
  mode: QrMode;
  amount: string;
  additionalInfo: Readonly<Record<string, unknown>> | undefined;
  purchaseAmount: string | undefined;
  totalAmount: string;
  integrationData: Readonly<Record<string, unknown>>;
}>;

const MINIMUM_LIFE_MS = 30_000;
const MAXIMUM_LIFE_MS = 3_600 * 3_600_000;
const REFERENCE = /^[A-Za-z0-9_-]{1,64}$/;
const DURATION =
  /^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const UNIT_SECONDS = [365 * 86_400, 30 * 86_400, 7 * 86_400, 86_400, 3_600, 60, 1];

/** Milliseconds of an ISO 8601 duration such as PT15M; undefined when it is not one. */
export function durationMs(text: string): number | undefined {
  const parts = DURATION.exec(text)?.slice(1);
  if (parts === undefined) return undefined;
  return parts.reduce((sum, part, index) => sum + Number(part ?? 0) * (UNIT_SECONDS[index] ?? 0), 0) * 1_000;
}

const text = (allows?: (value: string) => boolean): BodyRule =>
  allows === undefined ? { kind: 'text' } : { kind: 'text', allows };
const required = (rule: BodyRule): BodyRule => ({ ...rule, required: true });
const oneOf = (...values: string[]): BodyRule => text((value) => values.includes(value));

const ADDITIONAL_INFO: Readonly<Record<Country, BodyRule | undefined>> = {
  MX: { kind: 'object', required: true, fields: { external_cashier_id: { kind: 'number', required: true } } },
  BR: {
    kind: 'object',
    required: true,
    fields: {
      fixed_amount: { kind: 'boolean', required: true },
      agency_type: required(oneOf('AGTEC', 'AGTOT', 'AGPSS')),
      bank_service_code: required(text((value) => value !== '')),
    },
  },
  AR: undefined,
  CL: undefined,
  UY: undefined,
};

const ITEM: BodyRule = {
  kind: 'object',
  fields: {
    title: text((value) => value.length <= 150),
    unit_price: text(),
    quantity: { kind: 'number' },
    unit_measure: text((value) => value.length <= 10),
    external_code: text((value) => value.length <= 30),
    external_categories: { kind: 'list', of: { kind: 'object', fields: { id: text() } } },
  },
};

function isAllowedLife(duration: string): boolean {
  const lifeMs = durationMs(duration);
  return lifeMs !== undefined && lifeMs >= MINIMUM_LIFE_MS && lifeMs <= MAXIMUM_LIFE_MS;
}

function rulesFor(country: Country): BodyRule {
  const amount = required(text((value) => minorOf(value, country) !== undefined));
  const info = ADDITIONAL_INFO[country];
  const cashOut: BodyRule = {
    kind: 'object',
    fields: { amount, ...(info !== undefined && { additional_info: info }) },
  };
  const payments: BodyRule = {
    kind: 'list',
    minimumItems: 1,
    maximumItems: 1,
    of: { kind: 'object', fields: { amount } },
  };
  return {
    kind: 'object',
    fields: {
      type: required(text()),
      external_reference: required(text((value) => REFERENCE.test(value))),
      total_amount: text((value) => minorOf(value, country) !== undefined),
      expiration_time: text(isAllowedLife),
      description: text((value) => value.length <= 150),
      config: {
        kind: 'object',
        required: true,
        fields: {
          qr: {
            kind: 'object',
            required: true,
            fields: {
              external_pos_id: required(text((value) => value !== '' && value.length <= 40)),
              mode: oneOf('static', 'dynamic', 'hybrid'),
            },
          },
        },
      },
      transactions: {
        kind: 'object',
        required: true,
        minimumProperties: 1,
        fields: {
          cash_outs: { kind: 'list', required: true, minimumItems: 1, maximumItems: 1, of: cashOut },
          // Mexico's page documents the cash-out alone.
          ...(country !== 'MX' && { payments }),
        },
      },
      items: { kind: 'list', maximumItems: 10, of: ITEM },
      integration_data: {
        kind: 'object',
        fields: {
          platform_id: text(),
          integrator_id: text((value) => value.startsWith('dev_')),
          sponsor: { kind: 'object', fields: { id: text() } },
        },
      },
    },
  };
}

const RULES = { MX: rulesFor('MX'), AR: rulesFor('AR'), BR: rulesFor('BR'), CL: rulesFor('CL'), UY: rulesFor('UY') };

/** One refusal carries one code; these come first. */
const FIRST: readonly BodyProblem['code'][] = [
  'unsupported_properties',
  'required_properties',
  'property_type',
  'minimum_properties',
  'minimum_items',
  'maximum_items',
  'property_value',
];

/** What the till asks for, or the refusal that its request earns. */
export function readWish(body: unknown, country: Country): { wish: Wish } | { refusal: SimulatedAnswer } {
  const problems = problemsOfBody(RULES[country], body);
  for (const code of FIRST) {
    const paths = problems.filter((problem) => problem.code === code).map(({ path }) => path);
    if (paths.length > 0) return { refusal: refuse(code, paths) };
  }
  const checked = body as CheckedBody;
  if (checked.type !== 'qr') return { refusal: refuse('invalid_order_type', ['type']) };
  const wish = wishOf(checked, country);
  const isSum = minorOf(wish.totalAmount, country) === sumMinor(wish, country);
  return isSum ? { wish } : { refusal: refuse('property_value', ['total_amount']) };
}

/** The shape that the rules above have established. */
type CheckedBody = Readonly<{
  type: string;
  external_reference: string;
  total_amount?: string;
  expiration_time?: string;
  description?: string;
  config: { qr: { external_pos_id: string; mode?: QrMode } };
  transactions: {
    cash_outs: [{ amount: string; additional_info?: Record<string, unknown> }];
    payments?: [{ amount: string }];
  };
  integration_data?: Record<string, unknown>;
}>;

function wishOf(body: CheckedBody, country: Country): Wish {
  const [cashOut] = body.transactions.cash_outs;
  const purchaseAmount = body.transactions.payments?.[0].amount;
  const expirationTime = body.expiration_time ?? 'PT15M';
  const amounts = { amount: cashOut.amount, purchaseAmount };
  return {
    externalReference: body.external_reference,
    description: body.description,
    expirationTime,
    lifeMs: durationMs(expirationTime) ?? MINIMUM_LIFE_MS,
    externalPosId: body.config.qr.external_pos_id,
    mode: body.config.qr.mode ?? 'static',
    ...amounts,
    additionalInfo: cashOut.additional_info,
    totalAmount: body.total_amount ?? amountOf(sumMinor(amounts, country), country),
    integrationData: isRecord(body.integration_data) ? body.integration_data : {},
  };
}

function sumMinor(amounts: Pick<Wish, 'amount' | 'purchaseAmount'>, country: Country): number {
  const purchaseMinor = amounts.purchaseAmount === undefined ? 0 : minorOf(amounts.purchaseAmount, country);
  return (minorOf(amounts.amount, country) ?? 0) + (purchaseMinor ?? 0);
}
