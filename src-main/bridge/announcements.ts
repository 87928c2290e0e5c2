/**
 * What the till announces: to windows that its views changed (many changes of one instant are one announcement), and to the customer's
 * screen and display what they show now. State only: a listener that missed one is put right by the next.
 */
import type { Till } from '../core/application/till.ts';
import type { EventFrame } from '../core/contract/contract.ts';
import { canonical } from '../core/domain/canonical.ts';
import { customerView, displayView } from './views/customer-view.ts';
import { devicesView } from './views/device-view.ts';

export interface Announcements {
  listen(hear: (frame: EventFrame) => void): () => void;
  close(): void;
}

const DISPLAY_COUNTDOWN_MS = 1_000;

export function createAnnouncements(till: Till): Announcements {
  const { store, timers, display, log } = till.context;
  const listeners = new Set<(frame: EventFrame) => void>();
  const changed = { cashOuts: new Set<string>(), payouts: new Set<string>() };
  let cancelSoon: (() => void) | undefined;
  let cancelDevices: (() => void) | undefined;
  let cancelCountdown: (() => void) | undefined;
  let shown = '';
  let displayProblem: string | undefined;

  function tell(frame: EventFrame): void {
    listeners.forEach((hear) => hear(frame));
  }

  function announce(): void {
    cancelSoon = undefined;
    const ids = { cashOutIds: [...changed.cashOuts], payoutIds: [...changed.payouts] };
    tell({ kind: 'event', name: 'till.changed', event: { seq: store.head().seq, ...ids } });
    changed.cashOuts.clear();
    changed.payouts.clear();
    showCustomer();
  }

  function showCustomer(): void {
    const view = customerView(till.context);
    const key = canonical(view.scene === 'pay' ? { ...view, nowMs: 0 } : view);
    if (key !== shown) {
      shown = key;
      tell({ kind: 'event', name: 'customer.changed', event: view });
      showDisplay();
    }
  }

  /** A display of two lines has no clock of its own: while a customer may pay, it is told the time left every second. */
  function showDisplay(): void {
    if (!display) return;
    cancelCountdown?.();
    const view = customerView(till.context);
    void display.show(displayView(view)).then((result) => {
      const problem = result.ok ? undefined : result.error.code;
      // A pole without its cable is told of every second: the log hears of it once.
      if (problem !== undefined && problem !== displayProblem) log.warn('customer display', { code: problem });
      displayProblem = problem;
      return result;
    });
    if (view.scene === 'pay') cancelCountdown = timers.after(DISPLAY_COUNTDOWN_MS, showDisplay);
  }

  const unsubscribe = till.onChange(({ cashOutIds, payoutIds }) => {
    cashOutIds.forEach((id) => changed.cashOuts.add(id));
    payoutIds.forEach((id) => changed.payouts.add(id));
    cancelSoon ??= timers.after(0, announce);
  });
  const unsubscribeDevices = till.devices.onChange(() => {
    cancelDevices ??= timers.after(0, () => {
      cancelDevices = undefined;
      tell({ kind: 'event', name: 'devices.changed', event: devicesView(till) });
    });
  });
  const endScans = till.scanning.onFinding((event) => tell({ kind: 'event', name: 'scan.happened', event }));
  showCustomer();

  return {
    listen(hear): () => void {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
    close(): void {
      unsubscribe();
      unsubscribeDevices();
      endScans();
      cancelDevices?.();
      cancelSoon?.();
      cancelCountdown?.();
      listeners.clear();
    },
  };
}
