import type { Reading } from '../../../src-main/core/application/ports/payment-network.ts';
import type { OrderStatus } from '../../../src-main/core/domain/network.ts';
import type { Mutant } from './mutant.ts';

export const latePaymentIgnored: Mutant = {
  bug: 'a payment that arrives after the end is ignored',
  shops: 6,
  cashOuts: 10,
  storm: 'late-payments',
  network: 'mercadopago-orders',
  breaks: /^I2/,
  patch() {
    const ended = new Map<string, OrderStatus>();
    const deafAfterTheEnd = (reference: string, reading: Reading): Reading => {
      if (reading.kind !== 'answered') return reading;
      const { fact } = reading;
      if (fact.status === 'cancelled' || fact.status === 'expired') ended.set(reference, fact.status);
      const end = ended.get(reference);
      return end !== undefined && fact.status === 'paid' ? { ...reading, fact: { ...fact, status: end } } : reading;
    };
    return {
      network: (network) => ({
        ...network,
        async deliver(delivery) {
          const said = await network.deliver(delivery);
          if (said.kind === 'answered') deafAfterTheEnd(delivery.terms.externalReference, said);
          return said;
        },
        read: async (terms, order) => deafAfterTheEnd(terms.externalReference, await network.read(terms, order)),
      }),
    };
  },
};
