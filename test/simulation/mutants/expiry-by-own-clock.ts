import type { Mutant } from './mutant.ts';

export const expiryByOwnClock: Mutant = {
  bug: 'an order is expired when the till’s own clock says so',
  shops: 6,
  cashOuts: 20,
  storm: 'wrong-clocks',
  network: 'mercadopago-orders',
  breaks: /^I2/,
  patch: () => ({
    network: (network) => ({
      ...network,
      async read(terms, order) {
        const reading = await network.read(terms, order);
        if (reading.kind !== 'answered' || reading.fact.status !== 'awaiting') return reading;
        const isOver = reading.evidence.answeredAtMs >= order.expiresAtMs;
        return isOver ? { ...reading, fact: { ...reading.fact, status: 'expired' } } : reading;
      },
    }),
  }),
};
