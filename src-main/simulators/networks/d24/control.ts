/** The control endpoints of the simulated Cashouts API: the engine's typed methods, over HTTP. */
import { z } from 'zod';
import {
  faultEndpoints,
  forgetEndpoint,
  lookUpEndpoint,
  networkEndpoints,
  requestEndpoints,
  settingsEndpoints,
} from '../common-control.ts';
import { given, scriptEntryShape, weatherShape } from '../common-shapes.ts';
import { commandEndpoint, ControlProblem, createControlPlane, queryEndpoint } from '../control-plane.ts';
import type { ControlEndpoint } from '../control-plane.ts';
import type { SimulatedAnswer, SimulatedRequest } from '../exchange.ts';
import type { ActionOutcome } from './actions.ts';
import { BRANDS } from './brands.ts';
import { bankHabits, settings } from './control-settings.ts';
import type { D24Engine } from './engine.ts';
import { D24_FAULTS, OPERATIONS } from './faults.ts';

const ref = z.string().min(1);

const scriptEntry = scriptEntryShape(D24_FAULTS, OPERATIONS, {
  ref,
  status: z.literal([400, 401, 412, 500, 502, 503, 504]),
  details: { code: z.int().positive().optional() },
});

export function createD24Control(engine: D24Engine): (request: SimulatedRequest) => SimulatedAnswer {
  return createControlPlane(`Simulated ${BRANDS[engine.brand].name}, Cashouts API (/v3/cashout)`, [
    ...bankEndpoints(engine),
    ...panelEndpoints(engine),
    ...faultEndpoints(engine, {
      faults: D24_FAULTS,
      entry: scriptEntry,
      weather: weatherShape(D24_FAULTS),
      example: { fault: 'refused', code: 514, operation: 'create', ref: 'optional', count: 1, skip: 0 },
    }),
    ...networkEndpoints(engine),
    ...settingsEndpoints(engine, {
      body: settings,
      example: { isIpRegistered: true, statusByExternalIdAlone: true, notificationUrl: null },
    }),
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

function readingEndpoints(engine: D24Engine): ControlEndpoint[] {
  return [
    lookUpEndpoint({
      name: 'payouts',
      summary: 'Every payout, or with ?ref= one of them, as the network believes it to be.',
      all: () => engine.payouts(),
      one: (wanted) => engine.payout(wanted),
      unknown,
    }),
    queryEndpoint({
      name: 'balances',
      summary: "The merchant's money, by currency: free, and kept aside for payouts.",
      run: () => engine.balances(),
    }),
    ...requestEndpoints(engine),
    queryEndpoint({
      name: 'notices',
      summary: 'Notifications, with their control word, as they would be posted.',
      run: () => engine.notices(),
    }),
    forgetEndpoint(engine, { summary: 'Forgets one payout, or without ref every finished one.', ref, unknown }),
  ];
}

function unknown(wanted: string): ControlProblem {
  return new ControlProblem(404, `no payout with cashout id or external id ${wanted}`);
}
