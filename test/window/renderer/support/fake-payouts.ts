/** The payouts of the fake till: obedient like the rest of it, every request does what it says. */
import type { CallName, CallRequest, Calls } from '../../../../src-main/core/contract/contract.ts';
import type { PayoutView } from '../../../../src-main/core/contract/payout-contract.ts';
import { maskedForm } from '../../../../src-main/core/domain/payouts/masking.ts';
import { readLookup } from '../../../../src-main/core/domain/payouts/voucher.ts';
import type { PayoutState } from '../../../../src-main/core/domain/payouts/payout.ts';
import type { FakeTill } from './fake-till.ts';
import { BANKS, isOpenPayout, openLineOf, payoutView } from './payout-views.ts';

export function putPayout(till: FakeTill, payout: PayoutView): PayoutView {
  till.payouts.set(payout.id, payout);
  till.view = { ...till.view, openPayouts: [...till.payouts.values()].filter(isOpenPayout).map(openLineOf) };
  return payout;
}

/** Into another state, still the same payout. */
export function movedPayout(
  till: FakeTill,
  id: string,
  state: PayoutState,
  over: Partial<PayoutView> = {},
): PayoutView {
  const { network, country, method, currency, amountMinor, beneficiary, requestedAtMs } = found(till, id);
  const same = { id, network, country, method, currency, amountMinor, beneficiary, requestedAtMs };
  return putPayout(till, payoutView(state, { ...same, ...over }));
}

function found(till: FakeTill, id: string): PayoutView {
  const payout = till.payouts.get(id);
  if (!payout) throw new Error(`the test knows no payout ${id}`);
  return payout;
}

type Usual = {
  [Name in Extract<CallName, `payout.${string}`>]: (till: FakeTill, request: CallRequest<Name>) => Calls[Name]['reply'];
};

export const USUAL_PAYOUTS: Usual = {
  'payout.start': (till, { network, country, method, currency, amountMinor, beneficiary, hold, reissueOf }) =>
    putPayout(
      till,
      payoutView('requested', {
        id: `01PNEW${till.calls.length}`,
        network,
        country,
        method,
        currency,
        amountMinor,
        beneficiary: maskedForm(beneficiary),
        createdOnHold: hold === true,
        requestedAtMs: Date.now(),
        ...(reissueOf !== undefined && { reissueOf }),
      }),
    ),
  'payout.show': (till, { id }) => found(till, id),
  'payout.list': (till, { sinceMs, open }) =>
    [...till.payouts.values()].filter(
      (payout) => payout.requestedAtMs >= sinceMs && (open !== true || isOpenPayout(payout)),
    ),
  'payout.find': (till, { text, network }) => {
    const lookup = readLookup(text);
    if (lookup.kind === 'unusable') return lookup;
    if (lookup.kind === 'damaged-voucher') return { kind: 'damaged' };
    const ours = [...till.payouts.values()].find((payout) =>
      'externalId' in lookup ? payout.externalId === lookup.externalId : payout.cashoutId === lookup.cashoutId,
    );
    return ours ? { kind: 'ours', payout: ours } : { kind: 'unknown', askedNetwork: network !== undefined };
  },
  'payout.refresh': (till, { id }) => putPayout(till, { ...found(till, id), checkedAtMs: Date.now() }),
  'payout.cancel': (till, { id }) => movedPayout(till, id, 'cancelled'),
  'payout.hold': (till, { id }) => movedPayout(till, id, 'on_hold'),
  'payout.release': (till, { id }) => movedPayout(till, id, 'pending'),
  'payout.reviewed': (till, { id }) => movedPayout(till, id, 'rejected'),
  'payout.notes-start': (till, { id }) =>
    putPayout(till, { ...found(till, id), notesSinceMs: Date.now(), actions: ['notes-given', 'notes-not-given'] }),
  'payout.notes-given': (till, { id }) =>
    movedPayout(till, id, 'rejected', {
      replacement: { by: 'notes', atMs: Date.now() },
      notesInstead: 'no',
      actions: ['print'],
    }),
  'payout.notes-not-given': (till, { id }) => movedPayout(till, id, 'rejected'),
  'payout.banks': () => BANKS,
  'payout.rate': (_till, { usdMinor }) => ({
    currency: 'PEN',
    rate: '3.7',
    converted: ((usdMinor * 37) / 1000).toFixed(2),
  }),
};
