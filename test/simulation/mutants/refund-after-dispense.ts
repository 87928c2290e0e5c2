import type { PaymentNetwork } from '../../../src-main/core/application/ports/payment-network.ts';
import { termsOf } from '../../../src-main/core/domain/cash-out.ts';
import type { Mutant } from './mutant.ts';

export const refundAfterDispense: Mutant = {
  bug: 'the money goes back although the notes were given',
  shops: 3,
  cashOuts: 5,
  network: 'mercadopago-orders',
  breaks: /^I3/,
  patch() {
    let line: PaymentNetwork | undefined;
    return {
      network: (network) => (line = network),
      till: (till) => ({
        ...till,
        given(id, notes) {
          const given = till.given(id, notes);
          if (!given.ok || !('payment' in given.value)) return given;
          const { order, payment } = given.value;
          const terms = termsOf(given.value);
          const request = line?.prepareRefund(terms, order, payment, 'asked');
          if (request) void line?.deliver({ request, idempotencyKey: `back-${id}`, terms, order });
          return given;
        },
      }),
    };
  },
};
