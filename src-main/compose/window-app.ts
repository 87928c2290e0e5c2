/** The till in windows: opens the surfaces on a host, joins each to the bridge, brings back one that crashed, ends with the cashier's. */
import { attachBridge } from '../bridge/bridge.ts';
import type { WindowRole } from '../core/contract/contract.ts';
import type { HostedWindow, WindowHost, WindowSpec } from '../hosts/window-host.ts';
import type { WindowTill } from './window-till.ts';

export type WindowApp = Readonly<{
  window(role: WindowRole): HostedWindow | undefined;
  /** Resolves when the person has closed the cashier's window, or `close` was called. */
  ended: Promise<void>;
  close(): Promise<void>;
}>;

const SPECS: Readonly<Record<WindowRole, Pick<WindowSpec, 'title' | 'displayIndex' | 'widthPx' | 'heightPx'>>> = {
  cashier: { title: 'Ventanilla', displayIndex: 0, widthPx: 1280, heightPx: 800 },
  customer: { title: 'Ventanilla', displayIndex: 1, widthPx: 1024, heightPx: 768 },
};

/**
 * More crashes than this in a row, and the window stays closed for a while: the log says why, and the till's engine goes on. The
 * customer's is then tried again and again; without the cashier's there is no till.
 */
const CRASHES_IN_A_ROW_MAX = 5;
const CALM_MS = 60_000;
const CUSTOMER_AGAIN_MS = 30_000;

export type WindowAppOptions = Readonly<{
  kiosk: boolean;
  sizes?: Partial<Record<WindowRole, Readonly<{ widthPx: number; heightPx: number }>>>;
  /** For tests: how long a customer's window that could not be opened is left alone. */
  customerAgainMs?: number;
}>;

export async function openWindows(till: WindowTill, host: WindowHost, options: WindowAppOptions): Promise<WindowApp> {
  const open = new Map<WindowRole, HostedWindow>();
  let isClosing = false;
  let customerLater: ReturnType<typeof setTimeout> | undefined;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();

  async function show(role: WindowRole, crashes = 0): Promise<void> {
    const window = await host.open({ role, kiosk: options.kiosk, ...SPECS[role], ...options.sizes?.[role] });
    const openedAtMs = till.clock.monotonicMs();
    open.set(role, window);
    const bridge = attachBridge({
      connection: window.connection,
      role,
      handlers: till.handlers,
      events: till.events,
      log: till.log,
    });
    void window.closed.then(async (how) => {
      open.delete(role);
      await bridge.detach();
      if (isClosing) return how;
      const inARow = till.clock.monotonicMs() - openedAtMs > CALM_MS ? 1 : crashes + 1;
      if (how === 'asked') return role === 'cashier' ? close() : undefined;
      return role === 'customer' ? showCustomer(inARow) : showCashierAgain(inARow);
    });
  }

  async function showCashierAgain(crashes: number): Promise<void> {
    if (crashes > CRASHES_IN_A_ROW_MAX) return close();
    try {
      await show('cashier', crashes);
    } catch (error) {
      till.log.error("the cashier's window cannot be opened again", { error: String(error) });
      await close();
    }
  }

  /** Whatever is wrong with the second screen, the cashier works. */
  async function showCustomer(crashes: number): Promise<void> {
    try {
      if (crashes <= CRASHES_IN_A_ROW_MAX) return await show('customer', crashes);
    } catch (error) {
      if (isClosing) return undefined;
      till.log.error("the customer's window cannot be opened", { error: String(error) });
    }
    customerLater = setTimeout(() => void showCustomer(0), options.customerAgainMs ?? CUSTOMER_AGAIN_MS);
    return undefined;
  }

  async function close(): Promise<void> {
    if (isClosing) return ended;
    isClosing = true;
    clearTimeout(customerLater);
    await host.close();
    end();
    return ended;
  }

  await show('cashier');
  await showCustomer(0);
  return { window: (role) => open.get(role), ended, close };
}
