/** The control endpoints of the simulated in-store API: the engine's typed methods, over HTTP. */
import { z } from 'zod';
import { tokenEndpoints } from '../bearer-tokens.ts';
import {
  faultEndpoints,
  forgetEndpoint,
  lookUpEndpoint,
  networkEndpoints,
  requestEndpoints,
  settingsEndpoints,
} from '../common-control.ts';
import { weatherShape } from '../common-shapes.ts';
import { commandEndpoint, ControlProblem, createControlPlane, queryEndpoint } from '../control-plane.ts';
import type { ControlEndpoint } from '../control-plane.ts';
import type { SimulatedAnswer, SimulatedRequest } from '../exchange.ts';
import { customers } from '../mercadopago-orders/control-settings.ts';
import type { ActionOutcome } from './actions.ts';
import { ref, scriptEntry, settings } from './control-settings.ts';
import type { InstoreEngine } from './engine.ts';
import { INSTORE_FAULTS } from './faults.ts';

export function createInstoreControl(engine: InstoreEngine): (request: SimulatedRequest) => SimulatedAnswer {
  return createControlPlane('Simulated Mercado Pago, legacy in-store API (/instore, /merchant_orders, /pos)', [
    ...customerEndpoints(engine),
    ...sellerEndpoints(engine),
    ...faultEndpoints(engine, {
      faults: INSTORE_FAULTS,
      entry: scriptEntry,
      weather: weatherShape(INSTORE_FAULTS),
      example: { fault: 'drop-after-commit', operation: 'put-order', ref: 'optional', count: 1, skip: 0 },
    }),
    ...networkEndpoints(engine),
    ...tokenEndpoints(engine),
    ...settingsEndpoints(engine, {
      body: settings,
      example: { failDetailSpelling: 'two-m', automaticReturnAfterMs: 'never', webhookUrl: null },
    }),
    ...readingEndpoints(engine),
  ]);
}

const STATUS_OF = { 'unknown-order': 404, 'not-now': 409 } as const;
const EXAMPLE = { ref: 'merchant order id, in_store_order_id, reference, text of a code, or external POS id' };

/** One thing that somebody does to one order. */
function deed(name: string, summary: string, run: (ref: string) => ActionOutcome): ControlEndpoint {
  const body = z.strictObject({ ref });
  return commandEndpoint({ name, summary, example: EXAMPLE, body, run: ({ ref: order }) => orderOf(run(order)) });
}

function forcefulDeed(
  name: string,
  summary: string,
  run: (ref: string, how: { force: boolean }) => ActionOutcome,
): ControlEndpoint {
  return commandEndpoint({
    name,
    summary,
    example: { ...EXAMPLE, force: false },
    body: z.strictObject({ ref, force: z.boolean().optional() }),
    run: ({ ref: order, force = false }) => orderOf(run(order, { force })),
  });
}

function orderOf(outcome: ActionOutcome): unknown {
  if (outcome.ok) return { order: outcome.order, merchantOrderId: outcome.merchantOrderId };
  return new ControlProblem(STATUS_OF[outcome.kind], outcome.problem);
}

function customerEndpoints(engine: InstoreEngine): ControlEndpoint[] {
  return [
    forcefulDeed(
      'customer-scans',
      'The customer scans: another merchant order, opened. "force" also what waits no more.',
      (order, how) => engine.customerScans(order, how),
    ),
    forcefulDeed(
      'customer-pays',
      'The customer pays, after a scan where there was none. "force" also what is deleted, replaced, expired or paid.',
      (order, how) => engine.customerPays(order, how),
    ),
    deed(
      'customer-starts-paying',
      'The customer holds the order: a delete is refused until payment, walking away, or a minute.',
      (order) => engine.customerStartsPaying(order),
    ),
    deed('customer-walks-away', 'The customer lets go; the scan stays opened.', (order) =>
      engine.customerWalksAway(order),
    ),
    deed('customer-is-rejected', 'The wallet refuses the payment; the scan stays opened.', (order) =>
      engine.customerIsRejected(order),
    ),
    deed('customer-pays-twice', 'Two merchant orders of one order are closed.', (order) =>
      engine.customerPaysTwice(order),
    ),
    deed('expire', 'The order stops waiting now.', (order) => engine.expire(order)),
    commandEndpoint({
      name: 'customers',
      summary:
        'What customers do by themselves: "none", or when they pay, how long after the scan, how many walk away or pay late.',
      example: {
        customers: {
          payAfter: { minimumMs: 4_000, maximumMs: 12_000 },
          payingMs: 1_500,
          walkAwayRate: 0.1,
          lateRate: 0,
        },
      },
      body: z.strictObject({ customers }),
      run: (body) => engine.setCustomers(body.customers),
    }),
  ];
}

function sellerEndpoints(engine: InstoreEngine): ControlEndpoint[] {
  return [
    forcefulDeed(
      'seller-refunds',
      'The seller refunds in the network\'s own panel, behind the till\'s back. "force" even after the confirmation.',
      (order, how) => engine.sellerRefunds(order, how),
    ),
    deed('end-window', 'Nobody confirmed: the money goes back to the payer now.', (order) => engine.endWindow(order)),
    deed('end-return', 'Money that is on its way back arrives.', (order) => engine.endReturn(order)),
  ];
}

function readingEndpoints(engine: InstoreEngine): ControlEndpoint[] {
  return [
    lookUpEndpoint({
      name: 'orders',
      summary: 'Every order with its scans, or with ?ref= one of them, as the network believes it to be.',
      all: () => engine.orders(),
      one: (wanted) => engine.order(wanted),
      unknown,
    }),
    queryEndpoint({ name: 'stores', summary: 'Every store.', run: () => engine.stores() }),
    queryEndpoint({ name: 'points-of-sale', summary: 'Every point of sale.', run: () => engine.pointsOfSale() }),
    ...requestEndpoints(engine),
    queryEndpoint({
      name: 'notices',
      summary: 'Notifications, as they would be posted.',
      run: () => engine.notices(),
    }),
    forgetEndpoint(engine, {
      summary: 'Forgets one order with its scans, or without ref every finished one.',
      ref,
      unknown,
    }),
  ];
}

function unknown(wanted: string): ControlProblem {
  return new ControlProblem(404, `nothing here is called ${wanted}`);
}
