import type { Mutant } from './mutant.ts';

export const newKeyOnRetry: Mutant = {
  bug: 'a command is sent again with a new idempotency key',
  shops: 4,
  cashOuts: 12,
  network: 'mercadopago-orders',
  breaks: /^I3/,
  patch() {
    const sent = new Set<string>();
    return {
      network: (network) => ({
        ...network,
        deliver(delivery) {
          const { idempotencyKey } = delivery;
          const isAgain = sent.has(idempotencyKey);
          sent.add(idempotencyKey);
          return network.deliver(
            isAgain ? { ...delivery, idempotencyKey: `${idempotencyKey}-${sent.size}` } : delivery,
          );
        },
      }),
    };
  },
};
