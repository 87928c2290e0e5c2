/** The control endpoints of the simulated in-store API: the engine's typed methods, over HTTP. */
import { z } from 'zod';
import { commandEndpoint, ControlProblem, createControlPlane, queryEndpoint } from '../control-plane.ts';
import type { ControlEndpoint } from '../control-plane.ts';
import type { SimulatedAnswer, SimulatedRequest } from '../exchange.ts';
import type { ActionOutcome } from './actions.ts';
import { customers, ref, scriptEntry, settings, weather } from './control-settings.ts';
import type { InstoreEngine, InstoreScriptEntry } from './engine.ts';
import { INSTORE_FAULTS } from './faults.ts';
import type { InstoreSettings } from './settings.ts';

/** Absent properties must stay absent: an engine's settings know no undefined. */
type Given<Shape> = { [Name in keyof Shape]: Exclude<Shape[Name], undefined> };
function given<Shape extends object>(shape: Shape): Given<Shape> {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Given<Shape>;
}

export function createInstoreControl(engine: InstoreEngine): (request: SimulatedRequest) => SimulatedAnswer {
  return createControlPlane('Simulated Mercado Pago, legacy in-store API (/instore, /merchant_orders, /pos)', [
    ...customerEndpoints(engine),
    ...sellerEndpoints(engine),
    ...faultEndpoints(engine),
    ...conditionEndpoints(engine),
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

function faultEndpoints(engine: InstoreEngine): ControlEndpoint[] {
  return [
    commandEndpoint({
      name: 'script',
      summary: `The next matching requests meet a fault. Faults: ${INSTORE_FAULTS.join(', ')}.`,
      example: { fault: 'drop-after-commit', operation: 'put-order', ref: 'optional', count: 1, skip: 0 },
      body: z.preprocess((body) => (Array.isArray(body) ? (body as unknown) : [body]), z.array(scriptEntry).min(1)),
      run: (entries) => {
        engine.script(...entries.map((entry) => given(entry) as InstoreScriptEntry));
        return engine.scripted();
      },
    }),
    queryEndpoint({ name: 'script', summary: 'What is still to come.', run: () => engine.scripted() }),
    queryEndpoint({
      name: 'script',
      method: 'DELETE',
      summary: 'Forgets the script.',
      run: () => engine.clearScript(),
    }),
    commandEndpoint({
      name: 'weather',
      summary: 'How often each fault happens by itself (rates from 0 to 1), and how slow the network is.',
      example: { rates: { 'drop-after-commit': 0.05 }, latency: { minimumMs: 20, maximumMs: 200 } },
      body: weather,
      run: (body) => {
        try {
          engine.setWeather({ ...given(body), rates: given(body.rates) });
        } catch (error) {
          if (error instanceof RangeError) return new ControlProblem(400, error.message);
          throw error;
        }
        return engine.weather();
      },
    }),
    queryEndpoint({ name: 'weather', summary: 'The weather now.', run: () => engine.weather() }),
  ];
}

function conditionEndpoints(engine: InstoreEngine): ControlEndpoint[] {
  const token = z.strictObject({ token: z.string().min(1) });
  return [
    commandEndpoint({
      name: 'network',
      summary: 'Takes the network down (connections are reset) or brings it up. The control plane stays.',
      example: { network: 'down' },
      body: z.strictObject({ network: z.enum(['up', 'down']) }),
      run: (body) => {
        engine.setNetwork(body.network);
        return { network: engine.network };
      },
    }),
    queryEndpoint({ name: 'network', summary: 'Up or down.', run: () => ({ network: engine.network }) }),
    commandEndpoint({
      name: 'revoke-token',
      summary: 'From now on 401 for this token.',
      example: { token: 'the access token' },
      body: token,
      run: (body) => engine.revokeToken(body.token),
    }),
    commandEndpoint({
      name: 'restore-token',
      summary: 'A revoked or expired token is good again.',
      example: { token: 'the access token' },
      body: token,
      run: (body) => engine.restoreToken(body.token),
    }),
    commandEndpoint({
      name: 'settings',
      summary: 'Changes settings; those not named stay.',
      example: { failDetailSpelling: 'two-m', automaticReturnAfterMs: 'never', webhookUrl: null },
      body: settings,
      run: (body) => {
        engine.change(given(body) as Partial<InstoreSettings>);
        return engine.settings;
      },
    }),
    queryEndpoint({ name: 'settings', summary: 'All settings.', run: () => engine.settings }),
  ];
}

function readingEndpoints(engine: InstoreEngine): ControlEndpoint[] {
  return [
    queryEndpoint({
      name: 'orders',
      summary: 'Every order with its scans, or with ?ref= one of them, as the network believes it to be.',
      run: (query) => {
        const wanted = query['ref'];
        if (wanted === undefined) return engine.orders();
        return engine.order(wanted) ?? new ControlProblem(404, `nothing here is called ${wanted}`);
      },
    }),
    queryEndpoint({ name: 'stores', summary: 'Every store.', run: () => engine.stores() }),
    queryEndpoint({ name: 'points-of-sale', summary: 'Every point of sale.', run: () => engine.pointsOfSale() }),
    queryEndpoint({
      name: 'requests',
      summary: 'The newest requests as they arrived, with what became of each.',
      run: () => engine.requests(),
    }),
    queryEndpoint({
      name: 'requests',
      method: 'DELETE',
      summary: 'Forgets the recorded requests.',
      run: () => engine.clearRequests(),
    }),
    queryEndpoint({
      name: 'notices',
      summary: 'Notifications, as they would be posted.',
      run: () => engine.notices(),
    }),
    commandEndpoint({
      name: 'forget',
      summary: 'Forgets one order with its scans, or without ref every finished one.',
      example: { ref: 'optional' },
      body: z.strictObject({ ref: ref.optional() }),
      run: (body) => {
        if (body.ref === undefined) return { forgotten: engine.forgetFinished() };
        return engine.forget(body.ref)
          ? { forgotten: 1 }
          : new ControlProblem(404, `nothing here is called ${body.ref}`);
      },
    }),
  ];
}
