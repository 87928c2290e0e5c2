/** The till's side of the calls about payouts. */
import type { Till } from '../core/application/till.ts';
import type { Finding } from '../core/application/paying-out/ask-about-payout.ts';
import type { Bank } from '../core/application/ports/payout-network.ts';
import { openPayouts } from '../core/application/paying-out/open-payouts.ts';
import type { Handlers } from '../core/contract/contract.ts';
import type { BankView, PayoutCalls, PayoutFinding, PayoutView } from '../core/contract/payout-contract.ts';
import { hintFor } from '../core/domain/payouts/payout-fact.ts';
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
    'payout.find': async ({ text, network }) => {
      const found = await payouts.find(text, network);
      return found.ok ? ok(findingView(found.value, view)) : found;
    },
    'payout.refresh': async ({ id }) => viewed(await payouts.refresh(id)),
    'payout.cancel': async ({ id, reason }) => viewed(payouts.cancel(id, reason)),
    'payout.hold': async ({ id, reason }) => viewed(payouts.hold(id, reason)),
    'payout.release': async ({ id, supervisorCode }) => viewed(payouts.release(id, supervisorCode)),
    'payout.reviewed': async (review) => viewed(await payouts.reviewed(review)),
    'payout.notes-start': async ({ id, supervisorCode }) => viewed(await payouts.startNotes(id, supervisorCode)),
    'payout.notes-given': async ({ id, notes }) => viewed(payouts.notesGiven(id, notes)),
    'payout.notes-not-given': async ({ id, reason }) => viewed(payouts.notesNotGiven(id, reason)),
    'payout.banks': async ({ network, country }) => {
      const banks = await payouts.banks(network, country);
      return banks.ok ? ok(banks.value.map(bankView)) : banks;
    },
    'payout.rate': async ({ network, country, usdMinor }) => payouts.rate(network, country, usdMinor),
  };
}

function bankView({ code, name, licensed }: Bank): BankView {
  return { code, name, ...(licensed !== undefined && { licensed }) };
}

function findingView(finding: Finding, view: (payout: Payout) => PayoutView): PayoutFinding {
  if (finding.kind === 'ours') return { kind: 'ours', payout: view(finding.payout) };
  if (finding.kind !== 'network') return finding;
  const { status, statusText, rejection } = finding.reading.fact;
  return {
    kind: 'network',
    network: finding.network,
    ...finding.key,
    status,
    statusText,
    ...(rejection && { rejection: { ...rejection, hint: hintFor(rejection) } }),
  };
}
