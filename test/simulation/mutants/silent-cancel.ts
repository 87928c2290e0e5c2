import { evidenceAt } from '../../support/virtual-till.ts';
import type { Mutant } from './mutant.ts';

export const silentCancel: Mutant = {
  bug: 'a cancel without an answer counts as done',
  shops: 4,
  cashOuts: 20,
  storm: 'lost-cancels',
  network: 'mercadopago-orders',
  breaks: /^I2/,
  patch: () => ({
    network: (network) => ({
      ...network,
      async deliver(delivery) {
        const said = await network.deliver(delivery);
        const { order, request, terms } = delivery;
        if (said.kind !== 'unknown' || !order || !request.path.endsWith('/cancel')) return said;
        const { amountMinor, currency, externalReference } = terms;
        return {
          kind: 'answered',
          fact: {
            networkOrderId: order.networkOrderId,
            status: 'cancelled',
            statusText: 'taken for granted',
            externalReference,
            amountMinor,
            currency,
            problems: [],
          },
          evidence: evidenceAt(terms.requestedAtMs),
        };
      },
    }),
  }),
};
