/** A payout network as settings and traits describe it. */
import type { PayoutNetworkView } from '../../core/contract/payout-contract.ts';
import type { TillContext } from '../../core/application/till-parts.ts';
import { payoutCurrenciesOf, payoutMethodsOf } from '../../core/domain/payouts/country-forms.ts';
import type { PayoutNetworkId } from '../../core/domain/payouts/payout.ts';
import { connectionOf } from './connection-view.ts';

export function payoutNetworkView(till: TillContext, id: PayoutNetworkId): PayoutNetworkView | undefined {
  const network = till.payoutNetwork(id);
  const limits = till.store.settings()?.networks[id]?.limits;
  if (!network || !limits) return undefined;
  const { countries, cancel, hold, banks, exchangeRate } = network.traits;
  const isPayable = (currency: string): boolean => limits.some((limit) => limit.currency === currency);
  return {
    id,
    ...connectionOf(till, id),
    countries: countries.map((country) => ({
      country,
      currencies: payoutCurrenciesOf(country).filter(isPayable),
      methods: payoutMethodsOf(country).map((method) => method.id),
    })),
    cancel,
    hold,
    banks,
    exchangeRate,
    limits,
  };
}
