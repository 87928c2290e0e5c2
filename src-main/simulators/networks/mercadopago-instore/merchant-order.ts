/**
 * A merchant order: one scan, and what came of it. The only ways its life goes on:
 *
 *   opened ──paid──▶ paid ──confirmed──▶ confirmed          notes are out; the money stays with the seller
 *      │               └─── return ────▶ returning ─▶ returned   the till said cancelled or fail, the seller refunded,
 *      └─▶ expired                                               or nobody confirmed in time
 *
 * Confirmed and returned exclude each other, unless somebody forces a refund of notes that are out.
 *
 * Source  Mercado Pago merchant orders reference, and cash-out confirmation reference.
 */
export type Payment = Readonly<{ id: number; atMs: number; isLate: boolean }>;

export type ReturnStatus = 'cancelled' | 'fail';
export type MoneyReturn = Readonly<{
  /** Who sent the money back: the till's confirmation, the network after its window, or the seller's own panel. */
  by: 'till' | 'network' | 'seller';
  status: ReturnStatus;
  detail: string;
  atMs: number;
}>;

export type MerchantOrderLife =
  | Readonly<{ state: 'opened'; isCustomerPaying: boolean }>
  | Readonly<{ state: 'expired' }>
  | Readonly<{ state: 'paid'; payment: Payment }>
  | Readonly<{ state: 'confirmed'; payment: Payment; confirmedAtMs: number }>
  | Readonly<{ state: 'returning'; payment: Payment; back: MoneyReturn }>
  | Readonly<{ state: 'returned'; payment: Payment; back: MoneyReturn; returnedAtMs: number }>;

export type MerchantOrderState = MerchantOrderLife['state'];

export type MerchantOrderEvent =
  | Readonly<{ type: 'customer-started-paying' | 'customer-gave-up' | 'expired' }>
  | Readonly<{ type: 'rejected'; paymentId: number }>
  | Readonly<{ type: 'paid'; payment: Payment }>
  | Readonly<{ type: 'confirmed'; atMs: number }>
  | Readonly<{ type: 'return-started'; back: MoneyReturn; isForced: boolean }>
  | Readonly<{ type: 'return-ended'; atMs: number }>;

export type MerchantOrderMoment = Readonly<{
  life: MerchantOrderLife;
  rejectedPaymentIds: readonly number[];
  updatedAtMs: number;
}>;

export type MerchantOrder = {
  readonly id: number;
  /** The waiting order that was scanned. */
  readonly orderId: string;
  readonly payerId: number;
  readonly createdAtMs: number;
  moment: MerchantOrderMoment;
  /** What a reader saw before the last change: a slow copy of the network may still say it. Undefined: nothing at all. */
  previous: MerchantOrderMoment | undefined;
  version: number;
};

/** The next life, or undefined when the event cannot happen now. */
export function nextLife(life: MerchantOrderLife, event: MerchantOrderEvent): MerchantOrderLife | undefined {
  switch (event.type) {
    case 'customer-started-paying':
      return life.state === 'opened' && !life.isCustomerPaying
        ? { state: 'opened', isCustomerPaying: true }
        : undefined;
    case 'customer-gave-up':
      return life.state === 'opened' && life.isCustomerPaying
        ? { state: 'opened', isCustomerPaying: false }
        : undefined;
    case 'rejected':
      return life.state === 'opened' ? { state: 'opened', isCustomerPaying: false } : undefined;
    case 'expired':
      return life.state === 'opened' && !life.isCustomerPaying ? { state: 'expired' } : undefined;
    case 'paid':
      return life.state === 'opened' || life.state === 'expired'
        ? { state: 'paid', payment: event.payment }
        : undefined;
    case 'confirmed':
      return life.state === 'paid' ? { ...life, state: 'confirmed', confirmedAtMs: event.atMs } : undefined;
    case 'return-started': {
      const mayReturn = life.state === 'paid' || (life.state === 'confirmed' && event.isForced);
      return mayReturn ? { state: 'returning', payment: life.payment, back: event.back } : undefined;
    }
    case 'return-ended':
      return life.state === 'returning' ? { ...life, state: 'returned', returnedAtMs: event.atMs } : undefined;
    default:
      return event satisfies never;
  }
}

/** Nothing more happens to it by itself: money has ended its way, or never left, and nobody is paying. */
export function isAtRest(life: MerchantOrderLife): boolean {
  switch (life.state) {
    case 'opened':
      return !life.isCustomerPaying;
    case 'expired':
    case 'confirmed':
    case 'returned':
      return true;
    case 'paid':
    case 'returning':
      return false;
    default:
      return life satisfies never;
  }
}
