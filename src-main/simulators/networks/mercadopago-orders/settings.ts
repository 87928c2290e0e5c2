/**
 * What the simulated network is set to: the documented rules, and the points where documents disagree or are silent.
 *
 * Units  times in milliseconds; amounts as the wire writes them.
 */
import type { KnownToken } from '../bearer-tokens.ts';
import { USUAL_PLACE_RULES } from '../mercadopago-places/places-state.ts';
import type { PlaceSettings } from '../mercadopago-places/places-state.ts';
import type { RangeMs } from '../weather.ts';

/** What customers do by themselves. Nothing, unless set. */
export type Customers = Readonly<{
  payAfter: RangeMs;
  /** How long the wallet holds the order before it pays: a cancel in that time meets a locked order. */
  payingMs: number;
  /** Share of customers who never pay. */
  walkAwayRate: number;
  /** Share of cancelled or expired orders that are paid all the same, a moment later. */
  lateRate: number;
}>;

export type { KnownToken };

export type MercadoPagoSettings = PlaceSettings & OrderRules;

type OrderRules = Readonly<{
  userId: string;
  applicationId: string;
  /** `any`: every bearer token is good until it is revoked. */
  tokens: readonly KnownToken[] | 'any';
  /** `any`: every external POS id of upper-case letters and digits exists; `created`: only one that was made here. */
  knownPos: readonly string[] | 'any' | 'created';
  isSellerEnabled: boolean;
  /** Ids of test orders start with ORDTST. */
  hasSandboxIds: boolean;
  /** What a repeated key brings back: the answer as it was, or the order as it is. Not documented. */
  replay: 'snapshot' | 'current';
  /** How long a key used for another request is an error. */
  idempotencyWindowMs: number;
  isReferenceUnique: boolean;
  /** A search may not find QR orders at all, whatever the documents say. */
  findsQrOrders: boolean;
  /** `by-status`: the code fits the state; else every conflict of a cancel carries the one code of the reference. */
  cancelConflictCode: 'by-status' | 'order_already_canceled';
  /** The status table says `processed`, real payloads `accredited`. */
  processedDetail: 'accredited' | 'processed';
  createdDetail: 'ready_to_process' | 'created';
  canceledSpelling: 'canceled' | 'cancelled';
  /** `on-command`: refunds stay in processing until someone ends them. */
  refundTakesMs: number | 'on-command';
  refundWindowMs: number;
  /** Orders older than this can no longer be read. */
  readableForMs: number;
  /** How long a customer may hold an order without paying. */
  payingLastsMs: number;
  /** Dynamic codes with the amount in tag 54; some real ones have none. */
  hasAmountInQr: boolean;
  customers: Customers | 'none';
  webhookSecret: string;
  /** Documents lower-case the id in the signed text; traces show it as received. */
  webhookIdCase: 'lower' | 'as-received';
  /** Where the server posts notifications; nowhere when null. */
  webhookUrl: string | null;
}>;

const HOUR_MS = 3_600_000;

export const DEFAULT_SETTINGS: MercadoPagoSettings = {
  ...USUAL_PLACE_RULES,
  country: 'MX',
  userId: '700100200',
  applicationId: '5550001112223330',
  tokens: 'any',
  knownPos: 'any',
  isSellerEnabled: true,
  hasSandboxIds: false,
  replay: 'snapshot',
  idempotencyWindowMs: 24 * HOUR_MS,
  isReferenceUnique: true,
  findsQrOrders: false,
  cancelConflictCode: 'by-status',
  processedDetail: 'accredited',
  createdDetail: 'ready_to_process',
  canceledSpelling: 'canceled',
  refundTakesMs: 3_000,
  refundWindowMs: 72 * HOUR_MS,
  readableForMs: 90 * 24 * HOUR_MS,
  payingLastsMs: 60_000,
  merchantName: 'CAJA DE PRUEBA',
  hasAmountInQr: true,
  customers: 'none',
  webhookSecret: 'test-secret-not-real',
  webhookIdCase: 'lower',
  webhookUrl: null,
};

/** For training and demonstrations: most people pay after a few seconds, one in ten walks away. */
export const HELPFUL_CUSTOMERS: Customers = {
  payAfter: { minimumMs: 4_000, maximumMs: 12_000 },
  payingMs: 1_500,
  walkAwayRate: 0.1,
  lateRate: 0,
};
