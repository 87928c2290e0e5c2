/**
 * The cashouts API of D24 under its brands TuPay and OneKey as a payout network.
 *
 * Source  D24, TuPay and OneKey cashouts API: creation, status, cancel, update status, technical aspects, payload signature,
 *         notifications; reconciliation API.
 * Units   see `requests.ts`; times in ms.
 * Errors  every end of a call is a value of the port; FaultError `settings.invalid` at construction for a base URL that may not be used.
 *
 * Nothing in the signature covers time or path and there is no idempotency header: the external id is the one guard against paying twice.
 */
import type { RequestRefusal } from '../../../core/application/ports/payment-network.ts';
import type { PayoutNetwork, PayoutTraits } from '../../../core/application/ports/payout-network.ts';
import type { Clock, Ids } from '../../../core/application/ports/system.ts';
import type { PayoutNetworkId } from '../../../core/domain/payouts/payout.ts';
import type { PayoutNetworkSettings } from '../../../core/domain/payouts/payout-settings.ts';
import { money } from '../../../core/domain/money.ts';
import { err } from '../../../core/domain/result.ts';
import type { FarClock } from '../../../core/domain/warning.ts';
import type { Exchange } from '../http/exchange.ts';
import { createBareHttpClient } from '../http/http-client.ts';
import type { BareHttpClientOptions } from '../http/http-client.ts';
import { BRANDS } from './brands.ts';
import type { Brand } from './brands.ts';
import { inquiryOf, readBanks, readExchangeRate } from './inquiries.ts';
import { CONTROL_PREFIX, CONTROL_SUFFIX, readNotice } from './notice.ts';
import { deliveryOf, readingOf } from './outcomes.ts';
import { createReconciliationList } from './reconciliation.ts';
import type { ReconciliationList } from './reconciliation.ts';
import {
  cancelRequest,
  createRequest,
  operationOf,
  shortDecimal,
  STATUS_PATH,
  statusBody,
  updateRequest,
} from './requests.ts';
import { createSignedLine, credentialsIn, listUserIn } from './signed-line.ts';
import type { D24Secrets } from './signed-line.ts';

export type D24Options = Readonly<{
  brand: PayoutNetworkId;
  settings: PayoutNetworkSettings;
  secrets: () => D24Secrets;
  /** Other secrets of the till, so that no answer carries one into evidence. */
  otherSecrets?: () => readonly string[];
  clock: Clock;
  ids: Ids;
  /** Told what the network's clock says, with every answer. */
  hearClock?: (seen: FarClock) => void;
  /** Another line than this machine's own. */
  exchange?: Exchange;
  /** Of the program, for User-Agent, which this network demands. */
  version?: string;
  commandDeadlineMs?: number;
  readDeadlineMs?: number;
}>;

const COMMAND_DEADLINE_MS = 30_000;
const READ_DEADLINE_MS = 15_000;

export function createD24(options: D24Options): PayoutNetwork {
  const { settings, secrets } = options;
  const brand = BRANDS[options.brand];
  const commandDeadlineMs = options.commandDeadlineMs ?? COMMAND_DEADLINE_MS;
  const readDeadlineMs = options.readDeadlineMs ?? READ_DEADLINE_MS;
  const traits = traitsOf(brand, settings);
  const line = createSignedLine({ ...lineOptions(options), baseUrl: settings.baseUrl }, secrets);
  const list = listOf(options, readDeadlineMs);

  return {
    id: brand.id,
    traits,
    prepareCreate(terms) {
      if (!credentialsIn(secrets())) {
        return err({ code: 'no-credentials', detail: 'login, pass or signature key of this network is missing' });
      }
      return createRequest(terms, { brand, traits, notificationUrl: settings.notificationUrl });
    },
    prepareCancel: (payout) => (traits.cancel ? cancelRequest(payout) : err(lacking('cancel', brand))),
    prepareHold: (payout) => (traits.hold ? updateRequest(payout, 'ON_HOLD') : err(lacking('hold', brand))),
    prepareRelease: (payout) => (traits.hold ? updateRequest(payout, 'PENDING') : err(lacking('hold', brand))),
    async deliver({ request: { method, path, body }, terms }) {
      const operation = operationOf({ method, path, body });
      const outcome = await line.send({ method, path, frozen: body, deadlineMs: commandDeadlineMs });
      return deliveryOf(operation, outcome, terms.beneficiary);
    },
    async read(payout) {
      const frozen = statusBody(payout);
      const outcome = await line.send({ method: 'POST', path: STATUS_PATH, frozen, deadlineMs: readDeadlineMs });
      return readingOf(outcome, payout.cashoutId === undefined || payout.externalId === undefined);
    },
    async banks(country) {
      const path = traits.banks ? brand.banksPath(country) : undefined;
      const outcome = path === undefined ? undefined : await line.ask(path, readDeadlineMs);
      return outcome ? inquiryOf(outcome, readBanks) : { kind: 'unavailable' };
    },
    async exchangeRate(country, usdMinor) {
      if (!traits.exchangeRate) return { kind: 'unavailable' };
      const amount = shortDecimal(money('USD', usdMinor));
      const outcome = await line.ask(`/v3/exchange_rates?country=${country}&amount=${amount}`, readDeadlineMs);
      return outcome ? inquiryOf(outcome, readExchangeRate) : { kind: 'unavailable' };
    },
    async reconcile({ fromMs, toMs }) {
      return list ? list.between(fromMs, toMs) : { kind: 'unavailable' };
    },
    readNotice(form) {
      const credentials = credentialsIn(secrets());
      // With no key, anybody could make a control.
      if (!credentials) return { kind: 'unreadable', detail: 'no signature key' };
      const { controlPrefix: prefix = CONTROL_PREFIX, controlSuffix: suffix = CONTROL_SUFFIX } = settings;
      return readNotice(form, { signatureKey: credentials.signatureKey, prefix, suffix });
    },
    close() {
      line.close();
      list?.close();
    },
  };
}

/** Not documented for this brand, or taken away from this account by the settings. */
function lacking(what: 'cancel' | 'hold', { id }: Brand): RequestRefusal {
  return { code: `${what}-not-available`, detail: `${id} is not known to ${what} payouts here` };
}

function traitsOf(brand: Brand, settings: PayoutNetworkSettings): PayoutTraits {
  const hasReadOnlyKey = settings.readOnlySecret !== undefined;
  return {
    countries: settings.countries ?? brand.countries,
    hold: settings.hold ?? brand.hold,
    cancel: settings.cancel ?? brand.cancel,
    requireBothIds: brand.requireBothIds,
    reconciliation: settings.listBaseUrl !== undefined,
    banks: hasReadOnlyKey,
    exchangeRate: hasReadOnlyKey,
  };
}

function lineOptions({
  secrets,
  otherSecrets,
  version,
  clock,
  ids,
  exchange,
  hearClock,
}: D24Options): Omit<BareHttpClientOptions, 'baseUrl'> {
  return {
    otherSecrets: () => [...Object.values(secrets()), ...(otherSecrets?.() ?? [])],
    userAgent: version === undefined ? 'ventanilla' : `ventanilla/${version}`,
    clock,
    ids,
    ...(exchange && { exchange }),
    ...(hearClock && { hearClock }),
  };
}

function listOf(options: D24Options, deadlineMs: number): ReconciliationList | undefined {
  const { listBaseUrl } = options.settings;
  if (listBaseUrl === undefined) return undefined;
  const http = createBareHttpClient({ ...lineOptions(options), baseUrl: listBaseUrl });
  return createReconciliationList(http, () => listUserIn(options.secrets()), deadlineMs);
}
