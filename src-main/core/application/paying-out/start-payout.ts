/** Starts a payout: everything is checked and saved, with its one external id and its frozen request, before the first byte leaves. */
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { JournalEvent } from '../../domain/journal-event.ts';
import { formatMoney, money } from '../../domain/money.ts';
import type { Currency } from '../../domain/money.ts';
import { canonical } from '../../domain/canonical.ts';
import { checkForm, payoutAmountProblem, payoutMethod, tidyForm } from '../../domain/payouts/country-forms.ts';
import type { BeneficiaryForm, PayoutCountry, PayoutMethodId } from '../../domain/payouts/country-forms.ts';
import { isReplaceable } from '../../domain/payouts/notes-instead.ts';
import type { Payout, PayoutNetworkId, PayoutTerms } from '../../domain/payouts/payout.ts';
import type { PayoutLimit } from '../../domain/payouts/payout-settings.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import type { Settings } from '../../domain/settings.ts';
import type { PayoutNetwork } from '../ports/payout-network.ts';
import { isBlocked, isOffline, offlineFault } from '../syncing/network-health.ts';
import { requireOpenShift, requireSettings } from '../till-parts.ts';
import type { TillContext } from '../till-parts.ts';
import { closePayoutCases } from './payout-cases.ts';
import { payoutStep, requirePayout, requirePayoutNetwork, wrongPayoutState } from './payout-context.ts';

/** `requestId`: the asker's own name for this request; asked again with it, nothing new is made. */
export type StartPayout = Readonly<{
  network: PayoutNetworkId;
  country: PayoutCountry;
  method: PayoutMethodId;
  currency: Currency;
  amountMinor: number;
  beneficiary: BeneficiaryForm;
  hold?: boolean;
  reissueOf?: string;
  requestId?: string;
}>;

/** The saved payout, state `requested`. Refused requests change nothing. */
export function startPayout(till: TillContext, request: StartPayout): Result<Payout, Fault> {
  const settings = requireSettings(till);
  if (!settings.ok) return settings;
  const beneficiary = tidyForm(request.method, request.beneficiary);
  const earlier = earlierRequest(till, { ...request, beneficiary });
  if (earlier) return earlier;
  const network = usableNetwork(till, request.network);
  if (!network.ok) return network;
  const shift = requireOpenShift(till);
  if (!shift.ok) return shift;
  const problem =
    placeProblem(network.value, request) ?? formProblem(request.method, beneficiary) ?? amountProblem(request);
  if (problem) return err(problem);
  const limit = limitFor(settings.value, request);
  if (!limit.ok) return limit;
  const onHold = request.hold === true || request.amountMinor > (limit.value.releaseAboveMinor ?? Infinity);
  if (onHold && !network.value.traits.hold) return err(cannotHold(request, limit.value));
  const before = replaced(till, request.reissueOf);
  if (!before.ok) return before;
  // Last of all: what is wrong with the request itself stays wrong when the line is back.
  if (isOffline(till, request.network)) return err(offlineFault(request.network));
  const { id: shiftId, cashierCode, cashierName } = shift.value;
  const id = till.ids.next();
  const { country, method, currency, amountMinor, reissueOf, requestId } = request;
  return save(till, network.value, before.value, {
    id,
    network: request.network,
    externalId: `${settings.value.tillId}${id}`,
    country,
    method,
    currency,
    amountMinor,
    beneficiary,
    onHold,
    shiftId,
    cashierCode,
    cashierName,
    requestedAtMs: till.clock.nowMs(),
    ...(reissueOf !== undefined && { reissueOf }),
    ...(requestId !== undefined && { requestId }),
  });
}

function earlierRequest(till: TillContext, request: StartPayout): Result<Payout, Fault> | undefined {
  const { requestId } = request;
  const found = requestId === undefined ? undefined : till.store.payoutByRequestId(requestId);
  if (!found) return undefined;
  const said = ({ network, country, method, currency, amountMinor, beneficiary, reissueOf }: StartPayout): string =>
    canonical({ network, country, method, currency, amountMinor, beneficiary, reissueOf: reissueOf ?? null });
  if (said(found) === said(request)) return ok(found);
  const detail = `the request id ${requestId} belongs to ${found.id}, which asked for something else`;
  return err(fault('request.invalid', detail));
}

function usableNetwork(till: TillContext, id: PayoutNetworkId): Result<PayoutNetwork, Fault> {
  const network = requirePayoutNetwork(till, id);
  if (!network.ok || !isBlocked(till, id)) return network;
  const code = till.store.blockedNetworks().find((blocked) => blocked.network === id)?.code ?? '';
  const detail = `${id} refuses to work with this till (${code}): a technician must look`;
  return err(fault('network.blocked', detail, { code }));
}

function placeProblem({ id, traits }: PayoutNetwork, { country, method }: StartPayout): Fault | undefined {
  if (!traits.countries.includes(country)) return fault('payout.not-possible', `${id} does not pay to ${country}`);
  if (payoutMethod(method).country !== country)
    return fault('payout.not-possible', `${method} is no way to pay to ${country}`);
  return undefined;
}

/** The first field that is refused; what the form's rules only warn of is for people to read aloud. */
function formProblem(method: PayoutMethodId, form: BeneficiaryForm): Fault | undefined {
  for (const [field, verdict] of checkForm(method, form)) {
    if (verdict.verdict !== 'refuse') continue;
    return fault('payout.field-invalid', `${field}: ${verdict.why}`, { field, why: verdict.why });
  }
  return undefined;
}

function amountProblem({ country, currency, amountMinor }: StartPayout): Fault | undefined {
  const why = payoutAmountProblem(country, currency, amountMinor);
  return why && fault('payout.amount-invalid', `${amountMinor} minor units of ${currency} to ${country}: ${why}`);
}

function limitFor(settings: Settings, { network, currency, amountMinor }: StartPayout): Result<PayoutLimit, Fault> {
  const limit = settings.networks[network]?.limits.find((each) => each.currency === currency);
  if (!limit) return err(fault('payout.amount-invalid', `the settings have no limits for ${currency} at ${network}`));
  const { minMinor, maxMinor } = limit;
  if (amountMinor >= minMinor && amountMinor <= maxMinor) return ok(limit);
  const isLow = amountMinor < minMinor;
  const shown = formatMoney(money(currency, isLow ? minMinor : maxMinor));
  return err(fault('payout.amount-invalid', `the ${isLow ? 'least' : 'most'} is ${shown}`, { limit: shown }));
}

function cannotHold({ network, currency }: StartPayout, { releaseAboveMinor }: PayoutLimit): Fault {
  const limit = releaseAboveMinor === undefined ? undefined : formatMoney(money(currency, releaseAboveMinor));
  const detail = `${network} cannot park a payout until a supervisor releases it`;
  if (limit === undefined) return fault('payout.not-possible', detail);
  return fault('payout.amount-invalid', `${detail}: the most is ${limit}`, { limit });
}

/** The payout whose place the new one takes: failed for certain, and nothing has taken its place yet. */
function replaced(till: TillContext, id: string | undefined): Result<Payout | undefined, Fault> {
  if (id === undefined) return ok(undefined);
  const found = requirePayout(till, id);
  if (!found.ok) return found;
  const payout = found.value;
  if ('replacement' in payout && payout.replacement)
    return err(fault('payout.replaced', `${id} has been replaced already`));
  if (!isReplaceable(payout))
    return err(wrongPayoutState(payout, 'only one that certainly failed is made again, and only once'));
  return ok(payout);
}

function save(
  till: TillContext,
  network: PayoutNetwork,
  before: Payout | undefined,
  terms: PayoutTerms,
): Result<Payout, Fault> {
  const request = network.prepareCreate(terms);
  if (!request.ok) {
    const { code, detail } = request.error;
    return err(
      code === 'form-refused'
        ? fault('payout.field-invalid', detail, { field: detail.split(':')[0] ?? '' })
        : fault('network.refused', detail, { code }),
    );
  }
  const { id: payoutId } = terms;
  const command = {
    id: till.ids.next(),
    payoutId,
    network: network.id,
    kind: 'create',
    request: request.value,
  } as const;
  const replacing: readonly JournalEvent[] = before
    ? [
        payoutStep(before, { type: 'reissued', payoutId }),
        ...closePayoutCases(till, before.id, ['payout-returned-late'], {
          decision: 'reissued',
          reason: `payout ${payoutId}`,
          by: terms.cashierName,
        }),
      ]
    : [];
  till.store.commit([
    { type: 'payout.requested', v: 1, terms },
    { type: 'payout-command.enqueued', v: 1, command },
    ...replacing,
  ]);
  return requirePayout(till, payoutId);
}
