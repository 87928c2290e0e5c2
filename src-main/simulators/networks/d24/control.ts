/** The control endpoints of the simulated Cashouts API: the engine's typed methods, over HTTP. */
import { z } from 'zod';
import { commandEndpoint, ControlProblem, createControlPlane, queryEndpoint } from '../control-plane.ts';
import type { ControlEndpoint } from '../control-plane.ts';
import type { SimulatedAnswer, SimulatedRequest } from '../exchange.ts';
import type { ActionOutcome } from './actions.ts';
import { BRANDS } from './brands.ts';
import { bankHabits, rate, rangeMs, settings } from './control-settings.ts';
import type { D24Engine, D24ScriptEntry } from './engine.ts';
import { D24_FAULTS, OPERATIONS } from './faults.ts';

/** Absent properties must stay absent: an engine's settings know no undefined. */
type Given<Shape> = { [Name in keyof Shape]: Exclude<Shape[Name], undefined> };
function given<Shape extends object>(shape: Shape): Given<Shape> {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Given<Shape>;
}

const ref = z.string().min(1);
const fault = z.enum(D24_FAULTS);
const milliseconds = z.int().nonnegative();

const scriptEntry = z.strictObject({
  fault,
  operation: z.enum(['any', ...OPERATIONS]).optional(),
  ref: ref.optional(),
  count: z.union([z.int().positive(), z.literal('always')]).optional(),
  skip: milliseconds.optional(),
  status: z.literal([400, 401, 412, 500, 502, 503, 504]).optional(),
  delayMs: milliseconds.optional(),
  retryAfterSeconds: milliseconds.optional(),
  afterMs: milliseconds.optional(),
  code: z.int().positive().optional(),
});

const weather = z.strictObject({
  rates: z.partialRecord(fault, rate),
  latency: rangeMs.optional(),
  delay: rangeMs.optional(),
  after: rangeMs.optional(),
});

export function createD24Control(engine: D24Engine): (request: SimulatedRequest) => SimulatedAnswer {
  return createControlPlane(`Simulated ${BRANDS[engine.brand].name}, Cashouts API (/v3/cashout)`, [
    ...bankEndpoints(engine),
    ...panelEndpoints(engine),
    ...faultEndpoints(engine),
    ...conditionEndpoints(engine),
    ...readingEndpoints(engine),
  ]);
}

const STATUS_OF = { 'unknown-payout': 404, 'not-now': 409 } as const;
const EXAMPLE = { ref: 'cashout id or external id' };

function payoutOf(outcome: ActionOutcome): unknown {
  if (outcome.ok) return outcome.payout;
  return new ControlProblem(STATUS_OF[outcome.kind], outcome.problem);
}

function onPayout(name: string, summary: string, act: (payout: string) => ActionOutcome): ControlEndpoint {
  return commandEndpoint({
    name,
    summary,
    example: EXAMPLE,
    body: z.strictObject({ ref }),
    run: (body) => payoutOf(act(body.ref)),
  });
}

function bankEndpoints(engine: D24Engine): ControlEndpoint[] {
  const rejection = z.strictObject({ ref, code: z.int().nullable().optional(), reason: z.string().optional() });
  return [
    onPayout('bank-accepts', 'The payout is sent to the bank; it can no longer be cancelled.', (payout) =>
      engine.bankAccepts(payout),
    ),
    onPayout('bank-completes', 'The money arrived.', (payout) => engine.bankCompletes(payout)),
    commandEndpoint({
      name: 'bank-rejects',
      summary: 'The bank refuses. "code" 808 when absent, null for none; "reason" follows from the code.',
      example: { ...EXAMPLE, code: 801 },
      body: rejection,
      run: ({ ref: payout, ...words }) => payoutOf(engine.bankRejects(payout, given(words))),
    }),
    commandEndpoint({
      name: 'bank-returns-late',
      summary: 'Money that had arrived comes back. "code" 826 when absent, null for none.',
      example: { ...EXAMPLE, code: 826 },
      body: rejection,
      run: ({ ref: payout, ...words }) => payoutOf(engine.bankReturnsLate(payout, given(words))),
    }),
    commandEndpoint({
      name: 'banks',
      summary: 'What banks do by themselves: "none", or how fast they are and how often they refuse or send back.',
      example: {
        banks: {
          accept: { minimumMs: 2_000, maximumMs: 6_000 },
          settle: { minimumMs: 4_000, maximumMs: 10_000 },
          rejectRate: 0.1,
          rejectionCodes: [801, null],
          lateReturnRate: 0,
          lateReturn: { minimumMs: 86_400_000, maximumMs: 432_000_000 },
        },
      },
      body: z.strictObject({ banks: bankHabits }),
      run: (body) => engine.setBanks(body.banks),
    }),
  ];
}

function panelEndpoints(engine: D24Engine): ControlEndpoint[] {
  return [
    onPayout('merchant-cancels', "The merchant cancels in the panel, behind the till's back.", (payout) =>
      engine.merchantCancels(payout),
    ),
    onPayout('merchant-holds', 'The merchant puts a waiting payout on hold in the panel.', (payout) =>
      engine.merchantHolds(payout),
    ),
    onPayout('merchant-releases', 'The merchant releases a held payout in the panel.', (payout) =>
      engine.merchantReleases(payout),
    ),
    commandEndpoint({
      name: 'top-up',
      summary: 'The merchant pays money in.',
      example: { currency: 'PEN', amount: '1000.00' },
      body: z.strictObject({ currency: z.string().length(3), amount: z.string() }),
      run: ({ currency, amount }) =>
        engine.topUp(currency, amount) ?? new ControlProblem(400, `not an amount: ${amount}`),
    }),
    commandEndpoint({
      name: 'revoke-credentials',
      summary: 'From now on 401 for everything that is signed.',
      body: z.strictObject({}),
      run: () => engine.revokeCredentials(),
    }),
    commandEndpoint({
      name: 'restore-credentials',
      summary: 'The credentials are good again.',
      body: z.strictObject({}),
      run: () => engine.restoreCredentials(),
    }),
  ];
}

function faultEndpoints(engine: D24Engine): ControlEndpoint[] {
  return [
    commandEndpoint({
      name: 'script',
      summary: `The next matching requests meet a fault. Faults: ${D24_FAULTS.join(', ')}.`,
      example: { fault: 'refused', code: 514, operation: 'create', ref: 'optional', count: 1, skip: 0 },
      body: z.preprocess((body) => (Array.isArray(body) ? (body as unknown) : [body]), z.array(scriptEntry).min(1)),
      run: (entries) => {
        engine.script(...entries.map((entry) => given(entry) as D24ScriptEntry));
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

function conditionEndpoints(engine: D24Engine): ControlEndpoint[] {
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
      name: 'settings',
      summary: 'Changes settings; those not named stay.',
      example: { isIpRegistered: true, statusByExternalIdAlone: true, notificationUrl: null },
      body: settings,
      run: (body) => {
        engine.change(given(body));
        return engine.settings;
      },
    }),
    queryEndpoint({ name: 'settings', summary: 'All settings.', run: () => engine.settings }),
  ];
}

function readingEndpoints(engine: D24Engine): ControlEndpoint[] {
  return [
    queryEndpoint({
      name: 'payouts',
      summary: 'Every payout, or with ?ref= one of them, as the network believes it to be.',
      run: (query) => {
        const wanted = query['ref'];
        if (wanted === undefined) return engine.payouts();
        return engine.payout(wanted) ?? unknown(wanted);
      },
    }),
    queryEndpoint({
      name: 'balances',
      summary: "The merchant's money, by currency: free, and kept aside for payouts.",
      run: () => engine.balances(),
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
      summary: 'Notifications, with their control word, as they would be posted.',
      run: () => engine.notices(),
    }),
    commandEndpoint({
      name: 'forget',
      summary: 'Forgets one payout, or without ref every finished one.',
      example: { ref: 'optional' },
      body: z.strictObject({ ref: ref.optional() }),
      run: (body) => {
        if (body.ref === undefined) return { forgotten: engine.forgetFinished() };
        return engine.forget(body.ref) ? { forgotten: 1 } : unknown(body.ref);
      },
    }),
  ];
}

function unknown(wanted: string): ControlProblem {
  return new ControlProblem(404, `no payout with cashout id or external id ${wanted}`);
}
