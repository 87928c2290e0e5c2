/**
 * The third leg: whether notes were handed over, in the words that the network knows.
 *
 * Source  Mercado Pago cash-out confirmation reference: status and status_detail. It prints the communication failure with one "m",
 *         the guides with two, and the OpenAPI file has no `fail` at all.
 */
import type { ReturnCause } from '../../../core/application/ports/payment-network.ts';
import type { Payment } from '../../../core/domain/cash-out.ts';
import type { FrozenRequest } from '../../../core/domain/command.ts';
import { invariant } from '../../../core/domain/result.ts';

type Words = Readonly<{ status: string; status_detail: string; description?: string }>;

/** Whatever the words, purchase and notes go back to the payer together. */
const NOT_GIVEN: Readonly<Record<ReturnCause, Words>> = {
  asked: { status: 'cancelled', status_detail: 'manually_cancelled', description: 'no se entrego el efectivo' },
  'out-of-time': {
    status: 'cancelled',
    status_detail: 'confirmation_not_received',
    description: 'no queda tiempo para confirmar la entrega',
  },
  'late-payment': { status: 'cancelled', status_detail: 'other', description: 'el pago llego tarde' },
  'no-connection': {
    status: 'fail',
    status_detail: 'internal_comunication_error',
    description: 'la caja no pudo verificar el pago',
  },
  'drawer-failed': { status: 'fail', status_detail: 'other', description: 'el cajon no abrio' },
};

/** What a failure is told as when its words are refused, in this order. */
const OTHER_WORDS: readonly Words[] = [
  { status: 'fail', status_detail: 'internal_communication_error' },
  { status: 'fail', status_detail: 'other' },
  { status: 'cancelled', status_detail: 'other' },
];

const MERCHANT_ORDER_ID = /^\d{1,15}$/;

/** Within what a JSON number can say exactly. */
export function isMerchantOrderId(text: string): boolean {
  return MERCHANT_ORDER_ID.test(text);
}

export function confirmRequest(payment: Payment): FrozenRequest {
  return confirmation(payment, { status: 'confirmed', status_detail: 'confirmed' });
}

/** No notes were given: the network sends the money back to the payer. */
export function notGivenRequest(payment: Payment, cause: ReturnCause): FrozenRequest {
  return confirmation(payment, NOT_GIVEN[cause]);
}

/** The same fact in the words that come after those of `request`. None for a fact that has only one way to be told. */
export function otherWordsFor(request: FrozenRequest): readonly FrozenRequest[] {
  if (!request.body.startsWith('{"status":"fail"')) return [];
  const { status, status_detail: detail, description } = JSON.parse(request.body) as Words;
  const said = OTHER_WORDS.findIndex((words) => words.status === status && words.status_detail === detail);
  return OTHER_WORDS.slice(said + 1).map((words) => ({
    ...request,
    body: JSON.stringify({ ...words, ...(description !== undefined && { description }) }),
  }));
}

function confirmation({ confirmationId }: Payment, words: Words): FrozenRequest {
  invariant(
    confirmationId !== undefined && isMerchantOrderId(confirmationId),
    `not a merchant order: ${confirmationId ?? 'none'}`,
  );
  return { method: 'POST', path: `/instore/orders/${confirmationId}/confirmation`, body: JSON.stringify(words) };
}
