/** `payout show|list|find|form|banks|rate`: questions, none of which moves money. */
import type { PayoutFinding, PayoutView } from '../../core/contract/payout-contract.ts';
import { PAYOUT_METHODS, payoutMethodsOf } from '../../core/domain/payouts/country-forms.ts';
import type { Fault } from '../../core/domain/fault.ts';
import type { Result } from '../../core/domain/result.ts';
import { ok } from '../../core/domain/result.ts';
import { all, answered, EXIT, failed } from './answer.ts';
import type { Answer, ExitCode, Plan } from './answer.ts';
import { optional, readAmount, readCounting, readId } from './arguments.ts';
import { readMoment } from './moments.ts';
import { readPayoutCountry, readPayoutNetwork, readPayoutState, readWay } from './payout-arguments.ts';
import { standing } from './payout-commands.ts';
import { waysText, wayText, wayView } from './payout-fields.ts';
import { banksText, findingText, payoutTable, rateText } from './payout-text.ts';
import { speakerFor } from './speaker.ts';

export function showPayout(idText: string): Plan {
  const id = readId(idText);
  if (!id.ok) return id;
  return ok((till) => standing(till, id.value, () => EXIT.done));
}

export type PayoutListOptions = Readonly<{ since?: string; state?: string; open?: boolean; limit: string }>;

const LIST_MAX = 1_000;

/** Newest last, so that what is being worked on stands right above the prompt; the newest `limit` of them. */
export function listPayouts(options: PayoutListOptions): Plan {
  const read = all({
    state: optional(options.state, readPayoutState),
    limit: readCounting(options.limit, 'number of lines', LIST_MAX),
  });
  if (!read.ok) return read;
  const { state, limit } = read.value;
  return ok(async (till) => {
    const speaker = speakerFor(till);
    const since = optional(options.since, (text) => readMoment(text, speaker.timeZone));
    if (!since.ok) return failed(since.error);
    const open = options.open === true ? { open: true } : {};
    const list = await till.handlers['payout.list']({ sinceMs: since.value ?? 0, limit: LIST_MAX, ...open });
    const wanted: Result<readonly PayoutView[], Fault> = list.ok
      ? ok(list.value.filter((view) => state === undefined || view.state === state).slice(0, limit))
      : list;
    return answered(wanted, (views) => payoutTable(views.toReversed(), speaker));
  });
}

const FINDING_EXITS: Readonly<Record<PayoutFinding['kind'], ExitCode>> = {
  ours: EXIT.done,
  network: EXIT.done,
  unknown: EXIT.refused,
  damaged: EXIT.usage,
  unusable: EXIT.usage,
};

/** A voucher in groups of four is as good as one in one piece. */
export function findPayout(words: readonly string[], options: Readonly<{ network?: string }>): Plan {
  const network = optional(options.network, readPayoutNetwork);
  if (!network.ok) return network;
  return ok(async (till) => {
    const request = { text: words.join(' '), ...(network.value && { network: network.value }) };
    const found = await till.handlers['payout.find'](request);
    return answered(
      found,
      (finding) => findingText(finding, speakerFor(till)),
      ({ kind }) => FINDING_EXITS[kind],
    );
  });
}

/** What a form asks for. Needs no till: it can be asked while a window is open. */
export function formOf(options: Readonly<{ country?: string; method?: string }>): Answer {
  if (options.method !== undefined) {
    const way = readWay(options.country, options.method);
    if (!way.ok) return failed(way.error);
    const value = wayView(way.value);
    return { exit: EXIT.done, value, text: wayText(value) };
  }
  const country = optional(options.country, readPayoutCountry);
  if (!country.ok) return failed(country.error);
  const value = (country.value === undefined ? PAYOUT_METHODS : payoutMethodsOf(country.value)).map(wayView);
  return { exit: EXIT.done, value, text: waysText(value) };
}

export function listBanks(options: Readonly<{ network: string; country: string }>): Plan {
  const read = all({ network: readPayoutNetwork(options.network), country: readPayoutCountry(options.country) });
  if (!read.ok) return read;
  return ok(async (till) => answered(await till.handlers['payout.banks'](read.value), banksText));
}

export function exchangeRate(options: Readonly<{ network: string; country: string; amount: string }>): Plan {
  const read = all({
    network: readPayoutNetwork(options.network),
    country: readPayoutCountry(options.country),
    usdMinor: readAmount(options.amount, 'USD'),
  });
  if (!read.ok) return read;
  return ok(async (till) =>
    answered(await till.handlers['payout.rate'](read.value), (rate) =>
      rateText(rate, read.value.usdMinor, speakerFor(till)),
    ),
  );
}
