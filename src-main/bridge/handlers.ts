/** The till's side of every call in the contract: use cases answered as views. */
import { drawerNoticeSeen } from '../core/application/shifts/drawer-watch.ts';
import type { Report } from '../core/application/shifts/shift-report.ts';
import type { Till } from '../core/application/till.ts';
import type { Calls, Handlers } from '../core/contract/contract.ts';
import type { CashOutView, ReportView } from '../core/contract/views.ts';
import type { CashOut } from '../core/domain/cash-out.ts';
import type { Fault } from '../core/domain/fault.ts';
import { fault } from '../core/domain/fault.ts';
import type { Result } from '../core/domain/result.ts';
import { err, ok } from '../core/domain/result.ts';
import { createCaseHandlers } from './case-handlers.ts';
import { deviceHandlers } from './device-handlers.ts';
import { pairingHandlers } from './pairing-handlers.ts';
import { createPayoutHandlers } from './payout-handlers.ts';
import { reconciliationHandlers } from './reconciliation-handlers.ts';
import { cashOutView } from './views/cash-out-view.ts';
import { customerView } from './views/customer-view.ts';
import { reportView } from './views/report-view.ts';
import { slipHandlers } from './slip-handlers.ts';
import { shiftView } from './views/small-views.ts';
import { tillView } from './views/till-view.ts';

/** What the simulated customer and network can be told, where there are any. */
export interface TrainingControls {
  customer(externalReference: string, act: Calls['training.customer']['request']['act']): void;
  network(state: 'up' | 'down'): void;
}

const NOTHING: Record<string, never> = {};

export function createHandlers(till: Till, training?: TrainingControls): Handlers {
  return {
    ...tillHandlers(till),
    ...slipHandlers(till),
    ...shiftHandlers(till),
    ...cashOutHandlers(till),
    ...pairingHandlers(till),
    ...deviceHandlers(till),
    ...createCaseHandlers(till),
    ...createPayoutHandlers(till),
    ...reconciliationHandlers(till),
    ...trainingHandlers(till, training),
  };
}

type TillCalls = 'till.view' | 'customer.view' | 'till.preferences' | 'scan.read' | 'sync.now' | DrawerCalls;
type DrawerCalls = 'drawer.open' | 'drawer.seen';

function tillHandlers(till: Till): Pick<Handlers, TillCalls> {
  const { context } = till;
  return {
    'till.view': async () => tillView(context),
    'customer.view': async () => ok(customerView(context)),
    'till.preferences': async ({ language, theme }) => {
      const settings = context.store.settings();
      if (!settings) return err(fault('settings.missing', 'no settings yet: import a settings file first'));
      const changed = { ...settings, ...(language && { language }), ...(theme && { theme }) };
      till.changeSettings(changed, 'cashier');
      return tillView(context);
    },
    'sync.now': async () => {
      await till.sync.sweep();
      return tillView(context);
    },
    'scan.read': async (reading) => ok(till.scanning.read(reading)),
    'drawer.open': async ({ reason }) => map(await till.openDrawer(reason), () => NOTHING),
    'drawer.seen': async ({ sinceMs }) => {
      drawerNoticeSeen(context, sinceMs);
      return ok(NOTHING);
    },
  };
}

function shiftHandlers(till: Till): Pick<Handlers, 'shift.open' | 'shift.drop' | 'shift.report' | 'shift.close'> {
  const view = (report: Report): ReportView => reportView(till.context, report);
  return {
    'shift.open': async (request) => map(till.openShift(request), shiftView),
    'shift.drop': async ({ amountMinor, reason }) => map(till.dropCash(amountMinor, reason), shiftView),
    'shift.report': async ({ shiftId }) => map(till.report(shiftId), view),
    'shift.close': async (count) => {
      const closed = till.closeShift(count);
      return closed.ok ? map(till.report(closed.value.id), view) : closed;
    },
  };
}

type CashOutCalls =
  | 'cash-out.start'
  | 'cash-out.show'
  | 'cash-out.list'
  | 'cash-out.cancel'
  | 'cash-out.hand-over'
  | 'cash-out.given'
  | 'cash-out.not-given'
  | 'cash-out.return'
  | 'cash-out.dismiss';

function cashOutHandlers(till: Till): Pick<Handlers, CashOutCalls> {
  const { store } = till.context;
  const view = (cashOut: CashOut): CashOutView => cashOutView(till.context, cashOut);
  return {
    'cash-out.start': async (request) => map(till.startCashOut(request), view),
    'cash-out.show': async ({ id }) => {
      const cashOut = store.cashOut(id);
      return cashOut ? ok(view(cashOut)) : err(fault('cash-out.unknown', `no cash-out has the id ${id}`));
    },
    'cash-out.list': async ({ sinceMs, limit }) => ok(store.cashOutsSince(sinceMs, limit).map(view)),
    'cash-out.cancel': async ({ id }) => map(till.cancel(id), view),
    'cash-out.hand-over': async ({ id }) => map(await till.handOver(id), view),
    'cash-out.given': async ({ id, notes }) => map(till.given(id, notes), view),
    'cash-out.not-given': async ({ id, reason }) => map(till.notGiven(id, reason), view),
    'cash-out.return': async ({ id, reason }) => map(till.giveBack(id, reason), view),
    'cash-out.dismiss': async ({ id }) => {
      till.dismiss(id);
      return ok(NOTHING);
    },
  };
}

function trainingHandlers(
  till: Till,
  training: TrainingControls | undefined,
): Pick<Handlers, 'training.customer' | 'training.network'> {
  const only = fault('training.only', 'this exists in training mode only');
  return {
    'training.customer': async ({ cashOutId, act }) => {
      const cashOut = till.context.store.cashOut(cashOutId);
      if (!training || till.context.mode !== 'training') return err(only);
      if (!cashOut) return err(fault('cash-out.unknown', `no cash-out has the id ${cashOutId}`));
      training.customer(cashOut.externalReference, act);
      till.sync.nudge(cashOutId);
      return ok(NOTHING);
    },
    'training.network': async ({ state }) => {
      if (!training || till.context.mode !== 'training') return err(only);
      training.network(state);
      return ok(NOTHING);
    },
  };
}

function map<From, To>(result: Result<From, Fault>, turn: (value: From) => To): Result<To, Fault> {
  return result.ok ? ok(turn(result.value)) : result;
}
