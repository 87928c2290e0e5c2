/** What the customer sees: the cash-out that the cashier is busy with, or the idle page. Never blank. */
import type { CustomerAmounts, CustomerView } from '../../core/contract/views.ts';
import type { CashOut } from '../../core/domain/cash-out.ts';
import { money } from '../../core/domain/money.ts';
import { unreachable } from '../../core/domain/result.ts';
import type { DisplayView } from '../../core/application/ports/customer-display.ts';
import type { TillContext } from '../../core/application/till-parts.ts';

export function customerView(till: TillContext): CustomerView {
  const settings = till.store.settings();
  const base = {
    language: settings?.language ?? 'es',
    theme: settings?.theme ?? 'system',
    training: till.mode === 'training',
    shopName: settings?.shopName ?? '',
  } as const;
  const cashOut = till.focus === undefined ? undefined : till.store.cashOut(till.focus);
  if (cashOut) return { ...base, ...sceneOf(till, cashOut) };
  return { ...base, scene: till.store.openShift() ? 'idle' : 'closed' };
}

type Scene = CustomerView extends infer View
  ? View extends unknown
    ? Omit<View, 'language' | 'theme' | 'training' | 'shopName'>
    : never
  : never;

function sceneOf(till: TillContext, cashOut: CashOut): Scene {
  const { amountMinor, currency, purchase } = cashOut;
  const amount = { amountMinor, currency, ...(purchase && { purchaseMinor: purchase.totalMinor }) };
  switch (cashOut.state) {
    case 'requested':
      return cashOut.cancelAsked ? { scene: 'checking', ...amount } : { scene: 'preparing', ...amount };
    case 'awaiting_payment': {
      const { qrData, expiresAtMs } = cashOut.order;
      const isPayableHere = cashOut.mode !== 'dynamic' || qrData !== undefined;
      if (!isPayableHere) return { scene: 'checking', ...amount };
      return {
        scene: 'pay',
        cashOutId: cashOut.id,
        ...amount,
        ...(qrData !== undefined && { qrData }),
        lifetimeMs: cashOut.lifetimeMs,
        expiresAtMs,
        nowMs: till.clock.nowMs(),
      };
    }
    case 'cancelling':
      return { scene: 'checking', ...amount };
    case 'paid':
      return { scene: 'paid', ...amount };
    case 'handing_over':
      return { scene: 'take-notes', ...amount };
    case 'dispensed':
    case 'settled':
      return { scene: 'done', ...amount };
    case 'refused':
    case 'cancelled':
      return { scene: 'cancelled', ...amount };
    case 'expired':
    case 'returning':
    case 'returned':
      return { scene: cashOut.state, ...amount };
    default:
      return unreachable(cashOut);
  }
}

function chargeOf({ amountMinor, purchaseMinor = 0 }: CustomerAmounts): number {
  return amountMinor + purchaseMinor;
}

/** The same for a display of two lines or a QR display: what the phone asks for until the notes are on their way. */
export function displayView(view: CustomerView): DisplayView {
  const { language: locale, shopName } = view;
  switch (view.scene) {
    case 'idle':
    case 'closed':
      return { locale, state: view.scene, shopName };
    case 'preparing':
      return { locale, state: 'amount', amount: money(view.currency, chargeOf(view)) };
    case 'pay': {
      const remainingMs = Math.max(0, view.expiresAtMs - view.nowMs);
      const amount = money(view.currency, chargeOf(view));
      return { locale, state: 'pay', amount, remainingMs, ...(view.qrData !== undefined && { qrData: view.qrData }) };
    }
    case 'checking':
      return { locale, state: 'please-wait' };
    case 'cancelled':
    case 'expired':
      return { locale, state: view.scene };
    case 'take-notes':
    case 'done':
      return { locale, state: view.scene, amount: money(view.currency, view.amountMinor) };
    case 'paid':
    case 'returning':
    case 'returned':
      return { locale, state: view.scene, amount: money(view.currency, chargeOf(view)) };
    default:
      return unreachable(view);
  }
}
