/** The whole till as the cashier's window shows it. */
import type { NetworkView, TillView } from '../../core/contract/views.ts';
import { OPEN_STATES } from '../../core/domain/cash-out.ts';
import type { CashOut } from '../../core/domain/cash-out.ts';
import type { Fault } from '../../core/domain/fault.ts';
import { coinsOf, notesOf } from '../../core/domain/money.ts';
import { NETWORK_IDS } from '../../core/domain/network.ts';
import type { NetworkId } from '../../core/domain/network.ts';
import type { Result } from '../../core/domain/result.ts';
import { ok } from '../../core/domain/result.ts';
import { openPayouts } from '../../core/application/paying-out/open-payouts.ts';
import { PAYOUT_NETWORK_IDS } from '../../core/domain/payouts/payout.ts';
import { requireSettings } from '../../core/application/till-parts.ts';
import type { TillContext } from '../../core/application/till-parts.ts';
import { cashOutView } from './cash-out-view.ts';
import { connectionOf } from './connection-view.ts';
import { payoutNetworkView } from './payout-network-view.ts';
import { openPayoutView } from './payout-view.ts';
import { caseView, shiftView, slipView } from './small-views.ts';
import { offeredSlips } from '../../core/application/printing/offered-slips.ts';

export function tillView(till: TillContext): Result<TillView, Fault> {
  const settings = requireSettings(till);
  if (!settings.ok) return settings;
  const { store } = till;
  const { language, theme, timeZone, shopName, tillId, currency, limits, quickAmountsMinor, people } = settings.value;
  const shift = store.openShift();
  const last = store.lastShift();
  return ok({
    appVersion: till.appVersion,
    mode: till.mode,
    language,
    theme,
    timeZone,
    shopName,
    tillId,
    currency,
    limits,
    quickAmountsMinor,
    people,
    notesMinor: notesOf(currency),
    coinsMinor: coinsOf(currency).filter((coin) => !notesOf(currency).includes(coin)),
    networks: NETWORK_IDS.flatMap((id) => networkView(till, id) ?? []),
    payoutNetworks: PAYOUT_NETWORK_IDS.flatMap((id) => payoutNetworkView(till, id) ?? []),
    ...(shift && { shift: shiftView(shift) }),
    ...(last?.state === 'closed' && { lastCountedMinor: last.count.totalMinor }),
    openCashOuts: openCashOuts(till).map((cashOut) => cashOutView(till, cashOut)),
    openPayouts: openPayouts(till).map((payout) => openPayoutView(till, payout)),
    openCases: store.openCases().map(caseView),
    commandsWaiting: store.openCommands().length + store.openPayoutCommands().length,
    printing: {
      hasPrinter: till.printer !== undefined,
      queue: store.openSlipJobs().map((job) => slipView(till, job)),
      offered: offeredSlips(till).map((job) => slipView(till, job)),
    },
    warnings: [...till.warnings.values()],
    ...(till.drawerNotice && { drawerNotice: till.drawerNotice }),
    nowMs: till.clock.nowMs(),
  });
}

/** Oldest first: what the window comes back to after a restart (I8). */
export function openCashOuts(till: TillContext): readonly CashOut[] {
  return till.store.cashOutsIn(OPEN_STATES).toSorted((left, right) => left.requestedAtMs - right.requestedAtMs);
}

function networkView(till: TillContext, id: NetworkId): NetworkView | undefined {
  const network = till.network(id);
  if (!network) return undefined;
  const { modes, defaultMode, purchase } = network.traits;
  return { id, ...connectionOf(till, id), modes, defaultMode, purchase };
}
