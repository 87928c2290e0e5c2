/** The control endpoints of the simulated Orders API: the engine's typed methods, over HTTP. */
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
import { given, weatherShape } from '../common-shapes.ts';
import { commandEndpoint, ControlProblem, createControlPlane, queryEndpoint } from '../control-plane.ts';
import type { ControlEndpoint } from '../control-plane.ts';
import type { SimulatedAnswer, SimulatedRequest } from '../exchange.ts';
import type { ActionOutcome } from './actions.ts';
import { customers, ref, scriptEntry, settings } from './control-settings.ts';
import type { MercadoPagoEngine } from './engine.ts';
import { MERCADO_PAGO_FAULTS } from './faults.ts';

export function createMercadoPagoControl(engine: MercadoPagoEngine): (request: SimulatedRequest) => SimulatedAnswer {
  return createControlPlane('Simulated Mercado Pago, Orders API (/v1/orders)', [
    ...peopleEndpoints(engine),
    ...faultEndpoints(engine, {
      faults: MERCADO_PAGO_FAULTS,
      entry: scriptEntry,
      weather: weatherShape(MERCADO_PAGO_FAULTS),
      example: { fault: 'drop-after-commit', operation: 'create', ref: 'optional', count: 1, skip: 0 },
    }),
    ...networkEndpoints(engine),
    ...tokenEndpoints(engine),
    ...settingsEndpoints(engine, {
      body: settings,
      example: { isSellerEnabled: false, refundTakesMs: 'on-command', webhookUrl: null },
    }),
    ...readingEndpoints(engine),
  ]);
}

const STATUS_OF = { 'unknown-order': 404, 'not-now': 409, 'not-an-amount': 400 } as const;

function orderOf(outcome: ActionOutcome): unknown {
  if (outcome.ok) return outcome.order;
  return new ControlProblem(STATUS_OF[outcome.kind], outcome.problem);
}

function peopleEndpoints(engine: MercadoPagoEngine): ControlEndpoint[] {
  const example = { ref: 'order id or external reference' };
  return [
    commandEndpoint({
      name: 'customer-pays',
      summary: 'The customer pays. "amount" where the payer may choose it; "force" also after cancel or expiry.',
      example: { ...example, amount: '500.00', force: false },
      body: z.strictObject({ ref, amount: z.string().optional(), force: z.boolean().optional() }),
      run: ({ ref: order, ...how }) => orderOf(engine.customerPays(order, given(how))),
    }),
    commandEndpoint({
      name: 'customer-starts-paying',
      summary: 'The customer holds the order: a cancel is refused until payment, giving up, or a minute.',
      example,
      body: z.strictObject({ ref }),
      run: (body) => orderOf(engine.customerStartsPaying(body.ref)),
    }),
    commandEndpoint({
      name: 'customer-gives-up',
      summary: 'The customer lets the order go without paying.',
      example,
      body: z.strictObject({ ref }),
      run: (body) => orderOf(engine.customerGivesUp(body.ref)),
    }),
    commandEndpoint({
      name: 'customer-scans-sticker',
      summary: 'A customer pays the newest waiting static or hybrid order of a POS.',
      example: { externalPosId: 'SUC01CAJA07' },
      body: z.strictObject({ externalPosId: z.string().min(1) }),
      run: (body) => orderOf(engine.customerScansSticker(body.externalPosId)),
    }),
    commandEndpoint({
      name: 'seller-refunds',
      summary: "The seller refunds in the network's own panel, behind the till's back.",
      example,
      body: z.strictObject({ ref }),
      run: (body) => orderOf(engine.sellerRefunds(body.ref)),
    }),
    commandEndpoint({
      name: 'end-refund',
      summary: 'Ends a refund that is in processing.',
      example: { ...example, outcome: 'processed' },
      body: z.strictObject({ ref, outcome: z.enum(['processed', 'failed']) }),
      run: (body) => orderOf(engine.endRefund(body.ref, body.outcome)),
    }),
    commandEndpoint({
      name: 'expire',
      summary: 'The order expires now.',
      example,
      body: z.strictObject({ ref }),
      run: (body) => orderOf(engine.expire(body.ref)),
    }),
    commandEndpoint({
      name: 'customers',
      summary:
        'What customers do by themselves: "none", or when they pay, for how long, how many walk away or pay late.',
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

function readingEndpoints(engine: MercadoPagoEngine): ControlEndpoint[] {
  return [
    lookUpEndpoint({
      name: 'orders',
      summary: 'Every order, or with ?ref= one of them, as the network believes it to be.',
      all: () => engine.orders(),
      one: (wanted) => engine.order(wanted),
      unknown,
    }),
    queryEndpoint({ name: 'stores', summary: 'Every store.', run: () => engine.stores() }),
    queryEndpoint({ name: 'points-of-sale', summary: 'Every point of sale.', run: () => engine.pointsOfSale() }),
    ...requestEndpoints(engine),
    queryEndpoint({
      name: 'notices',
      summary: 'Notifications, signed as they would be posted.',
      run: () => engine.notices(),
    }),
    forgetEndpoint(engine, {
      summary: 'Forgets one order with its keys, or without ref every finished one.',
      ref,
      unknown,
    }),
  ];
}

function unknown(wanted: string): ControlProblem {
  return new ControlProblem(404, `no order with id or reference ${wanted}`);
}
