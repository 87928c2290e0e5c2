import type { PaymentNetwork } from '../../../src-main/core/application/ports/payment-network.ts';
import { termsOf } from '../../../src-main/core/domain/cash-out.ts';
import type { Mutant } from './mutant.ts';

export const confirmedBeforeGiven: Mutant = {
  bug: 'the network is told that notes were given before they are',
  shops: 3,
  cashOuts: 5,
  network: 'mercadopago-instore',
  breaks: /^I3/,
  patch() {
    let line: PaymentNetwork | undefined;
    return {
      network: (network) => (line = network),
      till: (till) => ({
        ...till,
        async handOver(id) {
          const handed = await till.handOver(id);
          if (!handed.ok || handed.value.state !== 'handing_over') return handed;
          const { order, payment } = handed.value;
          const terms = termsOf(handed.value);
          const request = line?.prepareConfirm(terms, order, payment);
          if (request) void line?.deliver({ request, idempotencyKey: 'too-early', terms, order });
          return handed;
        },
      }),
    };
  },
};
