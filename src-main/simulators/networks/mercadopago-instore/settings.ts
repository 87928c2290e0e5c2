/**
 * What the simulated network is set to: the documented rules, and the points where documents disagree or are silent.
 *
 * Units  times in milliseconds.
 */
import type { KnownToken } from '../bearer-tokens.ts';
import type { Customers } from '../mercadopago-orders/settings.ts';
import { USUAL_PLACE_RULES } from '../mercadopago-places/places-state.ts';
import type { PlaceSettings } from '../mercadopago-places/places-state.ts';

export type InstoreSettings = PlaceSettings & InstoreRules;

type InstoreRules = Readonly<{
  userId: string;
  applicationId: string;
  /** `any`: every bearer token is good until it is revoked. */
  tokens: readonly KnownToken[] | 'any';
  /** `any`: orders go to every well-formed external POS id; `created`: only to one that was made here, in its own store. */
  knownPos: 'any' | 'created';
  isSellerEnabled: boolean;
  /** Dynamic and hybrid codes: documented for three countries only. */
  offersQrs: boolean;
  /** Documented for two countries, or for six, depending on the page. */
  offersConfirmation: boolean;

  /** What `total_amount` is for a withdrawal without a purchase. Not documented. */
  pureCashoutTotal: 'sum' | 'zero';
  /** How long an order waits that names no expiration. */
  defaultLifeMs: number;
  /** 204, or 200 with the order's id. */
  putAnswer: 'no-content' | 'with-data';
  /** 201 without a body, or with the code. */
  hybridAnswer: 'empty' | 'with-data';
  /** The field table reads like an object; the sample is a list of one. */
  waitingOrderShape: 'list' | 'object';
  /** Deleting where nothing waits: 400 as seen in the wild, or 204. */
  deleteOfNothing: 'refused' | 'no-content';
  /** How long a customer may hold an order without paying. */
  payingLastsMs: number;

  /** A search without matches. */
  emptyElements: 'list' | 'null';
  /** Scanned and never paid: open for ever, or expired with their order. */
  abandonedOrders: 'opened' | 'expired';
  /** Two lists of words exist: `reverted` in one is `refunded` in the other. */
  orderStatusWords: 'reference' | 'openapi';
  /** Where the withdrawn part shows in a merchant order. Not documented. */
  withdrawalShownIn: 'payments' | 'payouts';

  /** How long after the transaction a confirmation is taken. */
  confirmWithinMs: number;
  /** How long after that window unconfirmed money is back with the payer; `never` when only a command brings it. */
  automaticReturnAfterMs: number | 'never';
  /** What a confirmation meets after the window. Not documented. */
  lateConfirmation: 'already_notified' | 'not_found' | 'accepted_until_returned';
  /** How long money takes on its way back when the till or the seller sends it; `on-command` waits to be ended. */
  returnTakesMs: number | 'on-command';
  /** internal_comunication_error in the reference, two "m" in the guides. */
  failDetailSpelling: 'one-m' | 'two-m' | 'either';
  /** The OpenAPI file knows no status `fail`. */
  acceptsFail: boolean;

  /** Dynamic codes with the amount in tag 54; some real ones have none. */
  hasAmountInQr: boolean;
  isTest: boolean;
  customers: Customers | 'none';
  /** Where notifications go whose order names no address; nowhere when null. */
  webhookUrl: string | null;
}>;

export const DEFAULT_SETTINGS: InstoreSettings = {
  country: 'AR',
  userId: '700100200',
  applicationId: '5550001112223330',
  tokens: 'any',
  knownPos: 'any',
  isSellerEnabled: true,
  offersQrs: true,
  offersConfirmation: true,
  pureCashoutTotal: 'sum',
  defaultLifeMs: 10 * 60_000,
  putAnswer: 'no-content',
  hybridAnswer: 'empty',
  waitingOrderShape: 'list',
  deleteOfNothing: 'refused',
  payingLastsMs: 60_000,
  emptyElements: 'list',
  abandonedOrders: 'opened',
  orderStatusWords: 'reference',
  withdrawalShownIn: 'payments',
  confirmWithinMs: 5 * 60_000,
  automaticReturnAfterMs: 10_000,
  lateConfirmation: 'already_notified',
  returnTakesMs: 3_000,
  failDetailSpelling: 'one-m',
  acceptsFail: true,
  ...USUAL_PLACE_RULES,
  merchantName: 'CAJA DE PRUEBA',
  hasAmountInQr: true,
  isTest: true,
  customers: 'none',
  webhookUrl: null,
};
