/** The till's side of the calls about payouts. */
import type { Till } from '../core/application/till.ts';
import { openPayouts } from '../core/application/paying-out/open-payouts.ts';
import type { Handlers } from '../core/contract/contract.ts';
import type { PayoutCalls, PayoutView } from '../core/contract/payout-contract.ts';
import type { Payout } from '../core/domain/payouts/payout.ts';
import { fault } from '../core/domain/fault.ts';
import type { Fault } from '../core/domain/fault.ts';
import type { Result } from '../core/domain/result.ts';
import { err, ok } from '../core/domain/result.ts';
import { payoutView } from './views/payout-view.ts';

export function createPayoutHandlers(till: Till): Pick<Handlers, keyof PayoutCalls> {
  const { context, payouts } = till;
  const { store } = context;
  const view = (payout: Payout): PayoutView => payoutView(context, payout, till.sync.nextCheckAtMs(payout.id));
  const viewed = (result: Result<Payout, Fault>) => (result.ok ? ok(view(result.value)) : result);
  return {
    'payout.start': async (request) => viewed(payouts.start(request)),
    'payout.show': async ({ id }) => {
      const payout = store.payout(id);
      return payout ? ok(view(payout)) : err(fault('payout.unknown', `no payout has the id ${id}`));
    },
    'payout.list': async ({ sinceMs, limit, open }) => {
      if (open !== true) return ok(store.payoutsSince(sinceMs, limit).map(view));
      const newestFirst = openPayouts(context).filter(({ requestedAtMs }) => requestedAtMs >= sinceMs);
      return ok(newestFirst.toReversed().slice(0, limit).map(view));
    },
    'payout.find': async () => notYet(),
    'payout.refresh': async () => notYet(),
    'payout.cancel': async () => notYet(),
    'payout.hold': async () => notYet(),
    'payout.release': async () => notYet(),
    'payout.reviewed': async () => notYet(),
    'payout.notes-start': async () => notYet(),
    'payout.notes-given': async () => notYet(),
    'payout.notes-not-given': async () => notYet(),
    'payout.banks': async () => notYet(),
    'payout.rate': async () => notYet(),
  };
}

function notYet(): Result<never, Fault> {
  return err(fault('payout.not-possible', 'not in this version'));
}
