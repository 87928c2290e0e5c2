/**
 * An order as it waits at a point of sale, or behind a one-time code, for someone to scan it.
 *
 *   waiting ──▶ paid
 *      ├─────▶ replaced  ╮
 *      ├─────▶ deleted   ├─ a payment that was already under way, or comes late by force ─▶ paid (late)
 *      └─────▶ expired   ╯
 *
 * Source  Mercado Pago instore orders V2 and dynamic QR references. The late arrow is in no document: it is what a till
 *         must survive.
 */
import type { Country } from '../mercadopago-orders/countries.ts';

export type InstoreOrderState = 'waiting' | 'paid' | 'replaced' | 'deleted' | 'expired';

/** `sticker`: scanned at the POS · `dynamic`: a code of its own · `hybrid`: both. */
export type QrMode = 'sticker' | 'dynamic' | 'hybrid';

/** What was agreed when the order was made; never changes. */
export type OrderTerms = Readonly<{
  /** `in_store_order_id`. */
  id: string;
  userId: string;
  country: Country;
  externalPosId: string;
  externalStoreId: string | undefined;
  externalReference: string;
  title: string;
  description: string | undefined;
  notificationUrl: string | undefined;
  /** As the till wrote it. */
  expirationDate: string | undefined;
  sponsorId: number | undefined;
  items: readonly Readonly<Record<string, unknown>>[];
  purchaseMinor: number;
  /** 0 for an order without a withdrawal. */
  cashOutMinor: number;
  hasCashOut: boolean;
  /** As the till wrote it: for a withdrawal alone it may be zero. */
  statedTotalMinor: number;
  mode: QrMode;
  qrData: string | undefined;
  createdAtMs: number;
  expiresAtMs: number;
}>;

export type InstoreOrder = {
  readonly terms: OrderTerms;
  state: InstoreOrderState;
  isLate: boolean;
  updatedAtMs: number;
};

/** What leaves the payer's wallet: purchase and notes. */
export function chargedMinorOf({ purchaseMinor, cashOutMinor }: OrderTerms): number {
  return purchaseMinor + cashOutMinor;
}

/** Orders behind one-time codes alone do not wait at the sticker. */
export function waitsAtSticker({ terms, state }: InstoreOrder): boolean {
  return state === 'waiting' && terms.mode !== 'dynamic';
}
