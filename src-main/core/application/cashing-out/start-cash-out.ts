/** Starts a cash-out: everything is checked and saved, with its id, reference, key and frozen request, before the first byte leaves. */
import { canonical } from '../../domain/canonical.ts';
import type { CashOut, Terms } from '../../domain/cash-out.ts';
import { GIVEN_UP, holdsCash, ORDER_MARGIN_MS } from '../../domain/cash-out.ts';
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import { refuseAmount } from '../../domain/limits.ts';
import type { AmountRefusal } from '../../domain/limits.ts';
import { formatMoney, money } from '../../domain/money.ts';
import type { Currency } from '../../domain/money.ts';
import type { NetworkId, NetworkTraits, QrMode } from '../../domain/network.ts';
import { readPurchase } from '../../domain/purchase.ts';
import type { AskedItem, Purchase } from '../../domain/purchase.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok, unreachable } from '../../domain/result.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Shift } from '../../domain/shift.ts';
import type { PaymentNetwork } from '../ports/payment-network.ts';
import { requireNetwork, requireOpenShift, requireSettings } from '../till-parts.ts';
import type { TillContext } from '../till-parts.ts';
import { isBlocked, isOffline, offlineFault } from '../syncing/network-health.ts';
import { commandFor } from './apply-answer.ts';

/** `requestId`: the asker's own name for this request. Asked again with it, nothing new is made: a script that was killed may ask twice. */
export type StartRequest = Readonly<{
  network: NetworkId;
  amountMinor: number;
  mode?: QrMode;
  requestId?: string;
  /** A purchase that the same payment pays for, where the network's traits have `purchase`. */
  items?: readonly AskedItem[];
  /** What the asker says that the items make together: another sum than ours is refused. */
  purchaseMinor?: number;
}>;

const REQUEST_IDS_KEPT_MS = 72 * 3_600_000;
const REQUESTS_LOOKED_AT = 5_000;

/** The saved cash-out, state `requested`. Refused requests change nothing. */
export function startCashOut(till: TillContext, request: StartRequest): Result<CashOut, Fault> {
  const settings = requireSettings(till);
  if (!settings.ok) return settings;
  const purchase = purchaseOf(request);
  if (!purchase.ok) return purchase;
  const earlier = earlierRequest(till, request, purchase.value);
  if (earlier) return earlier;
  const network = usableNetwork(till, request.network);
  if (!network.ok) return network;
  if (purchase.value && !network.value.traits.purchase)
    return err(fault('purchase.unsupported', `${request.network} pays out notes alone: it takes no items`));
  const shift = requireOpenShift(till);
  if (!shift.ok) return shift;
  const problem = refuseAmount(request.amountMinor, settings.value.limits, freeCashMinor(till, shift.value));
  if (problem) return err(amountFault(problem, settings.value.currency));
  const mode = request.mode ?? network.value.traits.defaultMode;
  if (!network.value.traits.modes.includes(mode))
    return err(fault('mode.unsupported', `${request.network} has no QR mode ${mode}`));
  const waiting = mode === 'dynamic' ? undefined : orderOnSticker(till, network.value);
  if (waiting) {
    const detail = `${waiting.id} is on this till’s sticker through ${waiting.network}: one order at a time`;
    return err(fault('cash-out.sticker-taken', detail, { id: waiting.id }));
  }
  // Last of all: what is wrong with the request itself stays wrong when the line is back.
  if (isOffline(till, request.network)) return err(offlineFault(request.network));
  const terms = termsFor(till, settings.value, shift.value, network.value.traits, { ...request, mode });
  return save(till, network.value, purchase.value ? { ...terms, purchase: purchase.value } : terms);
}

/** Undefined: notes alone. */
function purchaseOf({ items, purchaseMinor }: StartRequest): Result<Purchase | undefined, Fault> {
  if (items === undefined && purchaseMinor === undefined) return ok(undefined);
  const read = readPurchase(items ?? [], purchaseMinor);
  if (read.ok) return read;
  const { itemNumber, reason, detail } = read.error;
  const where = itemNumber === undefined ? '' : `item ${itemNumber}: `;
  const values = { reason, ...(itemNumber !== undefined && { item: itemNumber }) };
  return err(fault('purchase.invalid', `${where}${detail}`, values));
}

function earlierRequest(
  till: TillContext,
  { requestId, network, amountMinor, mode }: StartRequest,
  purchase: Purchase | undefined,
): Result<CashOut, Fault> | undefined {
  if (requestId === undefined) return undefined;
  const recent = till.store.cashOutsSince(till.clock.nowMs() - REQUEST_IDS_KEPT_MS, REQUESTS_LOOKED_AT);
  const found = recent.find((cashOut) => cashOut.requestId === requestId);
  if (!found) return undefined;
  const isSame =
    found.network === network &&
    found.amountMinor === amountMinor &&
    (mode ?? found.mode) === found.mode &&
    canonical(found.purchase ?? null) === canonical(purchase ?? null);
  if (isSame) return ok(found);
  return err(
    fault('request.invalid', `the request id ${requestId} belongs to ${found.id}, which asked for something else`),
  );
}

/** Drawer cash that no other open cash-out needs, in minor units. */
export function freeCashMinor(till: TillContext, shift: Shift): number {
  const { store } = till;
  const held = store
    .cashOutsIn(['requested', 'awaiting_payment', 'cancelling', 'paid', 'handing_over'])
    .filter(({ state }) => holdsCash(state))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return store.expectedCashMinor(shift.id) - held;
}

function usableNetwork(till: TillContext, id: NetworkId): Result<PaymentNetwork, Fault> {
  const network = requireNetwork(till, id);
  if (!network.ok) return network;
  // Any of them: the test order may wait on the sticker that the other interface uses too.
  if (till.beingPaired.size > 0)
    return err(fault('pairing.running', 'the till is being paired: wait until that has ended'));
  if (isBlocked(till, id)) {
    const code = till.store.blockedNetworks().find((blocked) => blocked.network === id)?.code ?? '';
    return err(
      fault('network.blocked', `${id} refuses to work with this till (${code}): a technician must look`, { code }),
    );
  }
  return network;
}

const DOUBTED_BACK_MS = 24 * 3_600_000;
const DOUBTED_LIMIT = 50;

/**
 * A sticker holds one order at a time, whichever network it came through, and an order whose answer was lost may be on it. A network
 * that is no longer in the settings may share this sticker: its orders count until they must have ended.
 */
function orderOnSticker(till: TillContext, { id: networkId, traits }: PaymentNetwork): CashOut | undefined {
  const { store, clock } = till;
  const mayStillWait = ({ requestedAtMs, lifetimeMs }: CashOut): boolean =>
    clock.nowMs() < requestedAtMs + lifetimeMs + ORDER_MARGIN_MS;
  // Its request may have arrived as late as the moment when it was given up.
  const wasGivenUp = (cashOut: CashOut): boolean =>
    cashOut.state === 'refused' &&
    cashOut.code === GIVEN_UP &&
    mayStillWait({ ...cashOut, requestedAtMs: cashOut.refusedAtMs });
  const isHere = (cashOut: CashOut): boolean => {
    if (cashOut.network === networkId) return true;
    const other = till.network(cashOut.network);
    return other ? other.traits.sticker === traits.sticker : mayStillWait(cashOut);
  };
  const open = store.cashOutsIn(['requested', 'awaiting_payment', 'cancelling']);
  const lately = store.cashOutsSince(clock.nowMs() - DOUBTED_BACK_MS, DOUBTED_LIMIT, ['refused']);
  const isDoubted = ({ id }: CashOut): boolean =>
    store.casesOf(id).some((file) => file.state === 'open' && file.kind === 'command-conflict');
  const doubtful = lately.filter((cashOut) => wasGivenUp(cashOut) || (mayStillWait(cashOut) && isDoubted(cashOut)));
  return [...open, ...doubtful].find((cashOut) => cashOut.mode !== 'dynamic' && isHere(cashOut));
}

function termsFor(
  till: TillContext,
  settings: Settings,
  shift: Shift,
  traits: NetworkTraits,
  request: StartRequest & Required<Pick<StartRequest, 'mode'>>,
): Terms {
  const id = till.ids.next();
  const { network, amountMinor, mode, requestId } = request;
  return {
    id,
    network,
    mode,
    currency: settings.currency,
    amountMinor,
    // Till and id together: unique for the account, letters and digits only, nothing about a person.
    externalReference: `${settings.tillId}${id}`,
    lifetimeMs: traits.lifetimeMs,
    shiftId: shift.id,
    cashierCode: shift.cashierCode,
    cashierName: shift.cashierName,
    requestedAtMs: till.clock.nowMs(),
    ...(requestId !== undefined && { requestId }),
  };
}

function save(till: TillContext, network: PaymentNetwork, terms: Terms): Result<CashOut, Fault> {
  const request = network.prepareCreate(terms);
  if (!request.ok) return err(fault('network.refused', request.error.detail, { code: request.error.code }));
  const command = commandFor(till, terms, 'create', request.value);
  till.store.commit([
    { type: 'cash-out.requested', v: 1, terms },
    { type: 'command.enqueued', v: 1, command },
  ]);
  till.focus = terms.id;
  return ok({ ...terms, state: 'requested', cancelAsked: false });
}

function amountFault(problem: AmountRefusal, currency: Currency): Fault {
  const show = (minor: number): string => formatMoney(money(currency, minor));
  switch (problem.kind) {
    case 'below-minimum':
      return fault('amount.below-minimum', `the least is ${show(problem.minMinor)}`, { limit: show(problem.minMinor) });
    case 'above-maximum':
      return fault('amount.above-maximum', `the most is ${show(problem.maxMinor)}`, { limit: show(problem.maxMinor) });
    case 'not-a-step':
      return fault('amount.not-a-step', `only multiples of ${show(problem.stepMinor)}`, {
        step: show(problem.stepMinor),
      });
    case 'drawer-short':
      // Without the figure: the count at close is blind.
      return fault('amount.drawer-short', 'the drawer does not hold that much for this cash-out');
    default:
      return unreachable(problem);
  }
}
