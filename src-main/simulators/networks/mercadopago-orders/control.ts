/** The control endpoints of the simulated Orders API: the engine's typed methods, over HTTP. */
import { z } from 'zod';
import { commandEndpoint, ControlProblem, createControlPlane, queryEndpoint } from '../control-plane.ts';
import type { ControlEndpoint } from '../control-plane.ts';
import type { SimulatedAnswer, SimulatedRequest } from '../exchange.ts';
import type { ActionOutcome } from './actions.ts';
import { COUNTRY_NAMES } from './countries.ts';
import type { MercadoPagoEngine, MercadoPagoScriptEntry } from './engine.ts';
import { MERCADO_PAGO_FAULTS, OPERATIONS } from './faults.ts';
import type { MercadoPagoSettings } from './settings.ts';

/** Absent properties must stay absent: an engine's settings know no undefined. */
type Given<Shape> = { [Name in keyof Shape]: Exclude<Shape[Name], undefined> };
function given<Shape extends object>(shape: Shape): Given<Shape> {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Given<Shape>;
}

const milliseconds = z.int().nonnegative();
const rate = z.number().min(0).max(1);
const rangeMs = z
  .strictObject({ minimumMs: milliseconds, maximumMs: milliseconds })
  .refine(({ minimumMs, maximumMs }) => minimumMs <= maximumMs, 'minimumMs is above maximumMs');
const ref = z.string().min(1);
const fault = z.enum(MERCADO_PAGO_FAULTS);

const scriptEntry = z.strictObject({
  fault,
  operation: z.enum(['any', ...OPERATIONS]).optional(),
  ref: ref.optional(),
  count: z.union([z.int().positive(), z.literal('always')]).optional(),
  skip: milliseconds.optional(),
  status: z.union([z.literal(500), z.literal(502), z.literal(503), z.literal(504)]).optional(),
  delayMs: milliseconds.optional(),
  retryAfterSeconds: milliseconds.optional(),
  afterMs: milliseconds.optional(),
  amount: z.string().optional(),
});

const customers = z.union([
  z.literal('none'),
  z.strictObject({ payAfter: rangeMs, payingMs: milliseconds, walkAwayRate: rate, lateRate: rate }),
]);

const weather = z.strictObject({
  rates: z.partialRecord(fault, rate),
  latency: rangeMs.optional(),
  delay: rangeMs.optional(),
  after: rangeMs.optional(),
});

const settings = z
  .strictObject({
    country: z.enum(COUNTRY_NAMES),
    userId: z.string().min(1),
    applicationId: z.string().min(1),
    tokens: z.union([
      z.literal('any'),
      z.array(z.strictObject({ token: z.string(), userId: z.string().optional(), expiresAtMs: z.int().optional() })),
    ]),
    knownPos: z.union([z.literal('any'), z.array(z.string())]),
    isSellerEnabled: z.boolean(),
    hasSandboxIds: z.boolean(),
    replay: z.enum(['snapshot', 'current']),
    idempotencyWindowMs: milliseconds,
    isReferenceUnique: z.boolean(),
    findsQrOrders: z.boolean(),
    cancelConflictCode: z.enum(['by-status', 'order_already_canceled']),
    processedDetail: z.enum(['accredited', 'processed']),
    createdDetail: z.enum(['ready_to_process', 'created']),
    canceledSpelling: z.enum(['canceled', 'cancelled']),
    refundTakesMs: z.union([milliseconds, z.literal('on-command')]),
    refundWindowMs: milliseconds,
    readableForMs: milliseconds,
    payingLastsMs: milliseconds,
    merchantName: z.string(),
    hasAmountInQr: z.boolean(),
    customers,
    webhookSecret: z.string(),
    webhookIdCase: z.enum(['lower', 'as-received']),
    webhookUrl: z.url().nullable(),
  })
  .partial();

export function createMercadoPagoControl(engine: MercadoPagoEngine): (request: SimulatedRequest) => SimulatedAnswer {
  return createControlPlane('Simulated Mercado Pago, Orders API (/v1/orders)', [
    ...peopleEndpoints(engine),
    ...faultEndpoints(engine),
    ...conditionEndpoints(engine),
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

function faultEndpoints(engine: MercadoPagoEngine): ControlEndpoint[] {
  return [
    commandEndpoint({
      name: 'script',
      summary: `The next matching requests meet a fault. Faults: ${MERCADO_PAGO_FAULTS.join(', ')}.`,
      example: { fault: 'drop-after-commit', operation: 'create', ref: 'optional', count: 1, skip: 0 },
      body: z.preprocess((body) => (Array.isArray(body) ? (body as unknown) : [body]), z.array(scriptEntry).min(1)),
      run: (entries) => {
        engine.script(...entries.map((entry) => given(entry) as MercadoPagoScriptEntry));
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

function conditionEndpoints(engine: MercadoPagoEngine): ControlEndpoint[] {
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
      body: z.strictObject({ token: z.string().min(1) }),
      run: (body) => engine.revokeToken(body.token),
    }),
    commandEndpoint({
      name: 'restore-token',
      summary: 'A revoked or expired token is good again.',
      example: { token: 'the access token' },
      body: z.strictObject({ token: z.string().min(1) }),
      run: (body) => engine.restoreToken(body.token),
    }),
    commandEndpoint({
      name: 'settings',
      summary: 'Changes settings; those not named stay.',
      example: { isSellerEnabled: false, refundTakesMs: 'on-command', webhookUrl: null },
      body: settings,
      run: (body) => {
        engine.change(given(body) as Partial<MercadoPagoSettings>);
        return engine.settings;
      },
    }),
    queryEndpoint({ name: 'settings', summary: 'All settings.', run: () => engine.settings }),
  ];
}

function readingEndpoints(engine: MercadoPagoEngine): ControlEndpoint[] {
  return [
    queryEndpoint({
      name: 'orders',
      summary: 'Every order, or with ?ref= one of them, as the network believes it to be.',
      run: (query) => {
        const wanted = query['ref'];
        if (wanted === undefined) return engine.orders();
        return engine.order(wanted) ?? new ControlProblem(404, `no order with id or reference ${wanted}`);
      },
    }),
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
      summary: 'Notifications, signed as they would be posted.',
      run: () => engine.notices(),
    }),
    commandEndpoint({
      name: 'forget',
      summary: 'Forgets one order with its keys, or without ref every finished one.',
      example: { ref: 'optional' },
      body: z.strictObject({ ref: ref.optional() }),
      run: (body) => {
        if (body.ref === undefined) return { forgotten: engine.forgetFinished() };
        return engine.forget(body.ref)
          ? { forgotten: 1 }
          : new ControlProblem(404, `no order with id or reference ${body.ref}`);
      },
    }),
  ];
}
