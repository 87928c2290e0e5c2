/**
 * An order as the network keeps it, and the only ways its life goes on.
 *
 *   created ──▶ processed ──▶ refunded
 *      ├──────▶ canceled   ╮
 *      └──────▶ expired    ┴─ a payment that was already under way ─▶ processed (late)
 *
 * Source  Mercado Pago qr-code-ca, status of order and transaction. The late arrow is in no document: it is what a till
 *         must survive, and happens only by force.
 */
import type { Country } from './countries.ts';

export type Payment = Readonly<{ amount: string; referenceId: string; atMs: number; isLate: boolean }>;
export type Refund = Readonly<{
  id: string;
  referenceId: string;
  status: 'processing' | 'processed' | 'failed';
}>;

export type OrderLife =
  | Readonly<{ state: 'created'; isCustomerPaying: boolean }>
  | Readonly<{ state: 'canceled' }>
  | Readonly<{ state: 'expired' }>
  | Readonly<{ state: 'processed'; payment: Payment; refunds: readonly Refund[] }>
  | Readonly<{ state: 'refunded'; payment: Payment; refunds: readonly Refund[] }>;

export type OrderState = OrderLife['state'];

export type OrderEvent =
  | Readonly<{ type: 'customer-started-paying' | 'customer-gave-up' | 'canceled' | 'expired' }>
  | Readonly<{ type: 'paid'; amount: string; referenceId: string; atMs: number; isForced: boolean }>
  | Readonly<{ type: 'refund-started'; id: string; referenceId: string }>
  | Readonly<{ type: 'refund-ended'; outcome: 'processed' | 'failed' }>;

export type QrMode = 'static' | 'dynamic' | 'hybrid';

/** What was agreed when the order was made; never changes. */
export type OrderTerms = Readonly<{
  id: string;
  externalReference: string;
  description: string | undefined;
  country: Country;
  userId: string;
  expirationTime: string;
  externalPosId: string;
  mode: QrMode;
  cashOut: Readonly<{ id: string; amount: string; additionalInfo: Readonly<Record<string, unknown>> | undefined }>;
  /** The purchase that goes with the cash-out, where there is one. */
  purchase: Readonly<{ id: string; amount: string }> | undefined;
  totalAmount: string;
  integrationData: Readonly<Record<string, unknown>>;
  qrData: string | undefined;
  createdAtMs: number;
  expiresAtMs: number;
}>;

export type OrderMoment = Readonly<{ life: OrderLife; updatedAtMs: number }>;

export type Order = {
  readonly terms: OrderTerms;
  moment: OrderMoment;
  /** What a reader saw before the last change: a slow copy of the network may still say it. */
  previous: OrderMoment | undefined;
  version: number;
  /** Not readable before this time. */
  visibleFromMs: number;
  readonly idempotencyKeys: string[];
};

/** The next life, or undefined when the event cannot happen now. */
export function nextLife(life: OrderLife, event: OrderEvent): OrderLife | undefined {
  switch (event.type) {
    case 'customer-started-paying':
      return life.state === 'created' && !life.isCustomerPaying
        ? { state: 'created', isCustomerPaying: true }
        : undefined;
    case 'customer-gave-up':
      return life.state === 'created' && life.isCustomerPaying
        ? { state: 'created', isCustomerPaying: false }
        : undefined;
    case 'canceled':
      return life.state === 'created' && !life.isCustomerPaying ? { state: 'canceled' } : undefined;
    case 'expired':
      return life.state === 'created' ? { state: 'expired' } : undefined;
    case 'paid': {
      const isLate = life.state === 'canceled' || life.state === 'expired';
      if (life.state !== 'created' && !(isLate && event.isForced)) return undefined;
      const { amount, referenceId, atMs } = event;
      return { state: 'processed', payment: { amount, referenceId, atMs, isLate }, refunds: [] };
    }
    case 'refund-started':
      if (life.state !== 'processed' || isRefunding(life)) return undefined;
      return {
        ...life,
        refunds: [...life.refunds, { id: event.id, referenceId: event.referenceId, status: 'processing' }],
      };
    case 'refund-ended':
      return life.state === 'processed' && isRefunding(life) ? afterRefund(life, event.outcome) : undefined;
    default:
      return event satisfies never;
  }
}

export function isRefunding(life: OrderLife): boolean {
  return life.state === 'processed' && life.refunds.some(({ status }) => status === 'processing');
}

/** Nothing more will happen to it by the network's own rules, or money has left and come back. */
export function isFinished(life: OrderLife): boolean {
  return life.state !== 'created' && !isRefunding(life);
}

function afterRefund(life: OrderLife & { state: 'processed' }, outcome: 'processed' | 'failed'): OrderLife {
  const refunds = life.refunds.map((refund) =>
    refund.status === 'processing' ? { ...refund, status: outcome } : refund,
  );
  return { ...life, state: outcome === 'processed' ? 'refunded' : 'processed', refunds };
}
