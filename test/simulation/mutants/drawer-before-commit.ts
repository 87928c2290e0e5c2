import type { CashDrawer } from '../../../src-main/core/application/ports/cash-drawer.ts';
import type { Mutant } from './mutant.ts';

export const drawerBeforeCommit: Mutant = {
  bug: 'the drawer opens before the hand-over is saved',
  shops: 3,
  cashOuts: 8,
  network: 'mercadopago-orders',
  breaks: /^I1/,
  patch() {
    let drawer: CashDrawer | undefined;
    let isOpenAlready = false;
    return {
      drawer(real) {
        drawer = real;
        return {
          ...real,
          async open(request, cancel) {
            if (request.reason !== 'hand-over' || !isOpenAlready) return real.open(request, cancel);
            isOpenAlready = false;
            return { state: 'sent' };
          },
        };
      },
      till: (till) => ({
        ...till,
        async handOver(id) {
          await drawer?.open({ id, reason: 'hand-over' });
          isOpenAlready = true;
          return till.handOver(id);
        },
      }),
    };
  },
};
