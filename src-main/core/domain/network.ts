/**
 * What the till knows of a payment network: its name, what it can do, and the facts that its answers prove.
 * Adapters turn wire answers into these; everything above reads only these.
 */
import type { Currency } from './money.ts';

export const NETWORK_IDS = ['mercadopago-orders', 'mercadopago-instore', 'tupay', 'onekey'] as const;
export type NetworkId = (typeof NETWORK_IDS)[number];

/** As customers know them; the same in every language. */
export const NETWORK_NAMES: Readonly<Record<NetworkId, string>> = {
  'mercadopago-orders': 'Mercado Pago',
  'mercadopago-instore': 'Mercado Pago',
  tupay: 'TuPay',
  onekey: 'OneKey',
};

/** `static`: the till's sticker; `dynamic`: one QR per order; `hybrid`: both at once. */
export const QR_MODES = ['dynamic', 'static', 'hybrid'] as const;
export type QrMode = (typeof QR_MODES)[number];

/** What a network can do, as data: use cases and screens ask this, never the network's name. */
export type NetworkTraits = Readonly<{
  modes: readonly QrMode[];
  /** From the settings: the mode and the order's lifetime when a request names none. */
  defaultMode: QrMode;
  lifetimeMs: number;
  cancel: boolean;
  refund: boolean;
  /** A third leg: the network must be told that notes were handed over, in time (`confirmByMs` of the order's facts). */
  confirmation: boolean;
  /** One payment may pay for goods too: items go into the order, and what is paid is items and notes together. */
  purchase: boolean;
  /**
   * Where orders of static and hybrid mode wait. Networks that answer the same text share one sticker: an order of one replaces or
   * locks an order of the other.
   */
  sticker: string;
  /** It tells its orders of a time: the only way to find one that the till does not know. */
  listing: boolean;
  /** How long after payment a refund may still be asked, in ms. */
  returnWindowMs: number;
}>;

/** The network answer that proves a step. `body` is what was received (secrets removed, cut at 64 KiB); the hash is of all of it. */
export type Evidence = Readonly<{
  httpStatus: number;
  /** The network's own request id where it sends one, else ours. */
  requestId: string;
  sentAtMs: number;
  answeredAtMs: number;
  bodySha256: string;
  body: string;
  /** The order's last update by the network's clock, where the answer tells it. */
  orderUpdatedAtMs?: number;
}>;

/**
 * awaiting: payable, nobody has paid · paid: order and payment both say so · returning: a refund runs · unclear: a state we do not know,
 * or order and payment disagree: never taken for paid.
 */
export type OrderStatus =
  'awaiting' | 'paid' | 'cancelled' | 'expired' | 'returning' | 'returned' | 'return-failed' | 'failed' | 'unclear';

/** One order as a network answer describes it. Absent fields were not in the answer. */
export type OrderFact = Readonly<{
  networkOrderId: string;
  status: OrderStatus;
  /** The network's own words, e.g. `processed/accredited`, for screens and audits. */
  statusText: string;
  externalReference?: string;
  /** All that left, or will leave, the wallet: the notes and any purchase. */
  amountMinor?: number;
  currency?: Currency;
  /** The network's clock. An older one never undoes a newer one (I6). */
  updatedAtMs?: number;
  /** Byte for byte as received (I7). */
  qrData?: string;
  /** The number that the customer's app shows too. */
  paymentReference?: string;
  /** What the third leg names, where there is one: not always the order's own id. */
  confirmationId?: string;
  /** Until when the network takes the third leg; without it by then, it gives the money back by itself. */
  confirmByMs?: number;
  /** Anything that is not what was ordered (amount, reference, POS, account …), in words for the journal. Empty when all agrees. */
  problems: readonly string[];
}>;
