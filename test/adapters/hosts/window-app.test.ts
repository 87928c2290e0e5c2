/** Which windows a till keeps open, on a host whose windows fail as the test says. */
import { expect, test } from 'vitest';
import { openWindows } from '../../../src-main/compose/window-app.ts';
import type { WindowTill } from '../../../src-main/compose/window-till.ts';
import type { Handlers, WindowRole } from '../../../src-main/core/contract/contract.ts';
import type { HostedWindow, WindowHost } from '../../../src-main/hosts/window-host.ts';
import { QUIET_LOG } from '../../support/till-bench.ts';
import { quiet } from '../../support/virtual-till.ts';

type Opened = Readonly<{ role: WindowRole; crash: () => void; closeByPerson: () => void }>;

class FailingHost implements WindowHost {
  readonly opened: Opened[] = [];
  /** How many more times opening such a window fails. */
  readonly failures = { cashier: 0, customer: 0 };
  isClosed = false;

  async open({ role }: { role: WindowRole }): Promise<HostedWindow> {
    if (this.failures[role] > 0) {
      this.failures[role] -= 1;
      throw new Error('no such screen');
    }
    const { promise: closed, resolve } = Promise.withResolvers<'asked' | 'crashed'>();
    this.opened.push({ role, crash: () => resolve('crashed'), closeByPerson: () => resolve('asked') });
    return {
      role,
      connection: { send: () => undefined, onFrame: () => () => undefined },
      closed,
      screenshot: async () => new Uint8Array(),
      close: async () => resolve('asked'),
    };
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  roles(): readonly WindowRole[] {
    return this.opened.map(({ role }) => role);
  }
}

const TILL: WindowTill = {
  mode: 'training',
  handlers: {} as Handlers,
  events: () => () => undefined,
  clock: { nowMs: () => 0, monotonicMs: () => 0 },
  log: QUIET_LOG,
  dataDirectory: '/nowhere',
  close: async () => undefined,
};

test('a second screen on which no window can be opened keeps nobody from working, and is tried again', async () => {
  const host = new FailingHost();
  host.failures.customer = 2;
  const app = await openWindows(TILL, host, { kiosk: true, customerAgainMs: 5 });
  expect(host.roles()).toEqual(['cashier']);
  await expect.poll(() => app.window('customer')).toBeDefined();
  expect(host.roles()).toEqual(['cashier', 'customer']);
  await app.close();
});

test('a customer’s window that crashes on and on is left alone for a while, and comes back', async () => {
  const host = new FailingHost();
  const app = await openWindows(TILL, host, { kiosk: true, customerAgainMs: 20 });
  for (let crash = 0; crash < 6; crash += 1) {
    host.opened.at(-1)?.crash();
    await quiet();
  }
  expect(host.roles().filter((role) => role === 'customer')).toHaveLength(6);
  expect(app.window('customer')).toBeUndefined();
  expect(app.window('cashier')).toBeDefined();
  await expect.poll(() => app.window('customer')).toBeDefined();
  await app.close();
});

test('without the cashier’s window there is no till: it ends in good order', async () => {
  const host = new FailingHost();
  const app = await openWindows(TILL, host, { kiosk: true });
  host.failures.cashier = 1;
  host.opened[0]?.crash();
  await app.ended;
  expect(host.isClosed).toBe(true);
});

test('the cashier’s window comes back after a crash, and its closing ends the till', async () => {
  const host = new FailingHost();
  const app = await openWindows(TILL, host, { kiosk: false });
  host.opened[0]?.crash();
  await quiet();
  expect(host.roles()).toEqual(['cashier', 'customer', 'cashier']);
  host.opened[2]?.closeByPerson();
  await app.ended;
  expect(host.isClosed).toBe(true);
});

test('nothing is opened any more once the till ends', async () => {
  const host = new FailingHost();
  host.failures.customer = 1;
  const app = await openWindows(TILL, host, { kiosk: true, customerAgainMs: 5 });
  await app.close();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(host.roles()).toEqual(['cashier']);
});
