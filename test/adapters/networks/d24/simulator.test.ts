/** Adapter and simulator meet over loopback: two readings of the same documents, made apart, must understand each other. */
import { afterEach, expect, test } from 'vitest';
import { PAYOUT_METHODS } from '../../../../src-main/core/domain/payouts/country-forms.ts';
import type { PayoutCountry, PayoutMethodId } from '../../../../src-main/core/domain/payouts/country-forms.ts';
import { notesInstead } from '../../../../src-main/core/domain/payouts/notes-instead.ts';
import { isKnown } from '../../../../src-main/core/domain/payouts/payout.ts';
import type { Payout, PayoutNetworkId, PayoutTerms } from '../../../../src-main/core/domain/payouts/payout.ts';
import type { PayoutNetwork } from '../../../../src-main/core/application/ports/payout-network.ts';
import { createD24Engine } from '../../../../src-main/simulators/networks/d24/engine.ts';
import type { D24Engine } from '../../../../src-main/simulators/networks/d24/engine.ts';
import type { D24Fault } from '../../../../src-main/simulators/networks/d24/faults.ts';
import { createD24Server } from '../../../../src-main/simulators/networks/d24/server.ts';
import type { D24Settings } from '../../../../src-main/simulators/networks/d24/settings.ts';
import { SOUND_FORMS } from '../../../unit/domain/payouts/sound-forms.ts';
import { network as networkAt, prepared, SECRETS, TERMS } from './bench.ts';
import { SmallTill } from './small-till.ts';
import type { SharedClock } from './small-till.ts';

const BRANDS = ['tupay', 'onekey'] as const;
const START_MS = 1_763_737_200_000;
const ALL_COUNTRIES: readonly PayoutCountry[] = ['PE', 'BR', 'MX', 'CO', 'CL', 'AR', 'EC'];
const KEYS = {
  ...SECRETS,
  readOnlyKey: 'read_only_key',
  listUser: 'reports@example.com',
  listPassword: 'reports_secret',
};

type Bench = Readonly<{
  brand: PayoutNetworkId;
  clock: SharedClock;
  engine: D24Engine;
  network: PayoutNetwork;
  till: SmallTill;
}>;

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.map((close) => close()));
  closing = [];
});

type Options = Readonly<{ seed?: number }>;

async function bench(
  brand: PayoutNetworkId,
  settings: Partial<D24Settings> = {},
  terms: Partial<PayoutTerms> = {},
  { seed = 7 }: Options = {},
): Promise<Bench> {
  const clock = { nowMs: START_MS };
  const engine = createD24Engine({
    seed,
    brand,
    nowMs: () => clock.nowMs,
    settings: { countries: ALL_COUNTRIES, ...settings },
  });
  const server = await createD24Server(engine);
  const network = networkAt(
    { baseUrl: server.baseUrl, listBaseUrl: server.baseUrl, hold: true },
    { brand, secrets: () => KEYS },
  );
  const till = new SmallTill(network, { ...TERMS, network: brand, ...terms }, clock);
  closing.push(async () => {
    network.close();
    await server.close();
  });
  return { brand, clock, engine, network, till };
}

/** The network's view and the till's, which must be the same. */
function views({ engine, till }: Bench): readonly [string, string] {
  const summary = engine.payout(TERMS.externalId);
  return [summary?.state ?? 'none', till.payout.state];
}

function cashoutIdOf(payout: Payout): string | undefined {
  return isKnown(payout) ? payout.cashoutId : undefined;
}

async function stateAfter(made: Bench, act: (engine: D24Engine, ref: string) => unknown): Promise<string> {
  act(made.engine, TERMS.externalId);
  made.clock.nowMs += 60_000;
  await made.till.read();
  return made.till.payout.state;
}

test.each(BRANDS)('%s: created, sent to the bank, arrived, and given back days later', async (brand) => {
  const made = await bench(brand);
  expect(await made.till.create()).toBe('settled');
  expect(made.till.payout).toMatchObject({ state: 'pending', cashoutId: expect.stringMatching(/^\d+$/) as unknown });
  expect(await stateAfter(made, (engine, ref) => engine.bankAccepts(ref))).toBe('delivered');
  expect(await stateAfter(made, (engine, ref) => engine.bankCompletes(ref))).toBe('completed');
  expect(await stateAfter(made, (engine, ref) => engine.bankReturnsLate(ref))).toBe('rejected');
  expect(made.till.payout).toMatchObject({ reversed: true, rejection: { code: 826 } });
  expect(notesInstead(made.till.payout)).toBe('supervisor');
});

test.each(BRANDS)('%s: cancelled while it waits, and too late once the bank has it', async (brand) => {
  const made = await bench(brand);
  await made.till.create();
  expect(await made.till.cancel()).toMatchObject({ kind: 'answered', fact: { status: 'cancelled' } });
  expect([...views(made), notesInstead(made.till.payout)]).toEqual(['cancelled', 'cancelled', 'once']);
  expect(await made.till.cancel()).toMatchObject({ kind: 'conflict', code: '412/510' });

  const late = await bench(brand);
  await late.till.create();
  late.engine.bankAccepts(TERMS.externalId);
  expect(await late.till.cancel()).toMatchObject({ kind: 'conflict' });
  await late.till.read();
  expect([...views(late), notesInstead(late.till.payout)]).toEqual(['delivered', 'delivered', 'no']);
});

test.each(BRANDS)('%s: created on hold, released, held again; what the answer says is not believed', async (brand) => {
  const made = await bench(brand, {}, { onHold: true });
  await made.till.create();
  expect(views(made)).toEqual(['on_hold', 'on_hold']);
  const key = { externalId: TERMS.externalId, cashoutId: cashoutIdOf(made.till.payout) ?? '' };
  made.engine.script({ fault: 'sample-update' });
  const release = prepared(made.network.prepareRelease(key));
  expect(await made.network.deliver({ request: release, terms: made.till.payout })).toMatchObject({ kind: 'done' });
  await made.till.read();
  expect(views(made)).toEqual(['pending', 'pending']);
  const hold = prepared(made.network.prepareHold(key));
  expect(await made.network.deliver({ request: hold, terms: made.till.payout })).toMatchObject({ kind: 'done' });
  expect(await made.network.deliver({ request: hold, terms: made.till.payout })).toMatchObject({ kind: 'conflict' });
  await made.till.read();
  expect(views(made)).toEqual(['on_hold', 'on_hold']);
});

/** The simulated banks of each country. */
const BANK_CODES: Partial<Record<PayoutMethodId, string>> = { 'co-bank': '1007', 'ec-bank': '30' };
const CURRENCIES = { PE: 'PEN', BR: 'BRL', MX: 'MXN', CO: 'COP', CL: 'CLP', AR: 'ARS', EC: 'USD' } as const;

test.each(PAYOUT_METHODS.map(({ id, country }) => [id, country] as const))(
  '%s is understood and paid',
  async (method, country) => {
    const bankCode = BANK_CODES[method];
    const beneficiary = { ...SOUND_FORMS[method], ...(bankCode !== undefined && { bankCode }) };
    const terms = { country, method, beneficiary, currency: CURRENCIES[country], amountMinor: 5_000 };
    const made = await bench('onekey', {}, terms);
    expect([await made.till.create(), made.till.payout.state]).toEqual(['settled', 'pending']);
    expect(await stateAfter(made, (engine, ref) => engine.bankAccepts(ref))).toBe('delivered');
    const isPickup = PAYOUT_METHODS.some(({ id, kind }) => id === method && kind === 'pickup');
    expect('pickupReference' in made.till.payout).toBe(isPickup);
    expect(await stateAfter(made, (engine, ref) => engine.bankCompletes(ref))).toBe('completed');
  },
);

/** What the line itself can do to a request is the suite's business; these the network does. */
const LOST: readonly D24Fault[] = [
  'refused',
  'refused-after-commit',
  'missing-cashout-id',
  'numeric-cashout-id',
  'sample-kyc',
];
const LINE: readonly D24Fault[] = ['drop-before-commit', 'drop-after-commit', 'rate-limited'];

test.each(BRANDS.flatMap((brand) => LOST.map((fault) => [brand, fault] as const)))(
  '%s: a create that meets %s ends in one payout, or in a person’s hands',
  async (brand, fault) => {
    const made = await bench(brand);
    made.engine.script({ fault, operation: 'create' });
    const ended = await made.till.create();
    const exists = made.engine.payouts().length;
    // TuPay cannot be asked for what never arrived by our id alone: there a person must look.
    expect(ended).toBe(brand === 'tupay' && exists === 0 ? 'person' : 'settled');
    expect(exists).toBe(ended === 'settled' ? 1 : 0);
    expect(made.till.payout.state).toBe(ended === 'settled' ? 'pending' : 'requested');
    expect(notesInstead(made.till.payout)).not.toBe('once');
  },
);

test.each(BRANDS)('%s: with status by our id alone, every lost create ends in one payout', async (brand) => {
  for (const fault of [...LOST, ...LINE]) {
    const made = await bench(brand, { statusByExternalIdAlone: true });
    made.engine.script({ fault, operation: 'create' });
    expect([fault, await made.till.create(), made.engine.payouts().length, ...views(made)]).toEqual([
      fault,
      'settled',
      1,
      'pending',
      'pending',
    ]);
  }
});

test('a payout that hides for a while is not sent a second time too early, and a second time does no harm', async () => {
  for (const afterMs of [10_000, 100_000, 150_000, 400_000]) {
    const made = await bench('onekey');
    made.engine.script({ fault: 'hidden-after-create', operation: 'create', afterMs });
    const lost = new SmallTill(loseFirstAnswer(made.network), { ...TERMS, network: 'onekey' }, made.clock);
    const ended = await lost.create();
    expect([made.engine.payouts().length, ended, lost.payout.state]).toEqual([1, 'settled', 'pending']);
  }
});

/** The line breaks after the network has answered. */
function loseFirstAnswer(network: PayoutNetwork): PayoutNetwork {
  let isFirst = true;
  return {
    ...network,
    async deliver(delivery) {
      const answer = await network.deliver(delivery);
      const lost = isFirst;
      isFirst = false;
      return lost ? { kind: 'unknown', cause: 'reset' } : answer;
    },
  };
}

test('a payout under another id than the network gave is denied when asked for, and held for a person', async () => {
  const made = await bench('onekey');
  made.engine.script({ fault: 'another-cashout-id', operation: 'create' });
  await made.till.create();
  expect((await made.till.read()).kind).toBe('not-found');
  expect(made.till.payout.review?.why).toBe('the network denies a payout it had');
  expect(notesInstead(made.till.payout)).toBe('no');
});

const ACCOUNT: readonly D24Fault[] = [
  'unauthorized',
  'unregistered-ip',
  'contact-support',
  'signature-refused',
  'credentials-revoked',
];

test.each(BRANDS.flatMap((brand) => ACCOUNT.map((fault) => [brand, fault] as const)))(
  '%s: %s stops the account, whatever was asked',
  async (brand, fault) => {
    const made = await bench(brand);
    await made.till.create();
    made.engine.script({ fault, count: 'always' });
    const key = { externalId: TERMS.externalId, cashoutId: cashoutIdOf(made.till.payout) ?? '' };
    const hold = prepared(made.network.prepareHold(key));
    const outcomes = [
      await made.till.read(),
      await made.till.cancel(),
      await made.network.deliver({ request: hold, terms: TERMS }),
    ];
    expect(outcomes.map(({ kind }) => kind)).toEqual(['account-stop', 'account-stop', 'account-stop']);
    expect(views(made)).toEqual(['pending', 'pending']);
    const another = new SmallTill(made.network, { ...TERMS, externalId: 'OTHER1' }, made.clock);
    expect([await another.create(), another.payout.state]).toEqual(['account-stop', 'requested']);
  },
);

test('a wrong signature key is found out by the network, not by the till', async () => {
  const made = await bench('onekey', { signature: 'another_key' });
  expect(await made.till.create()).toBe('account-stop');
});

/** What a status answer can be, and what the till then believes of a payout that it had seen delivered. */
const STATUS_FAULTS: readonly (readonly [D24Fault, string, string])[] = [
  ['unknown-status', 'answered', 'review'],
  ['text-does-not-fit', 'answered', 'review'],
  ['quoted-status', 'answered', 'delivered'],
  ['bank-as-array', 'answered', 'delivered'],
  ['bank-as-object', 'answered', 'delivered'],
  ['stale-answer', 'answered', 'review'],
  ['missing-status', 'unreadable', 'delivered'],
  ['sample-two-documents', 'unreadable', 'delivered'],
  ['sample-completed', 'unreadable', 'delivered'],
  ['sample-rejected', 'unreadable', 'delivered'],
  ['not-found', 'not-found', 'review'],
];

test.each(BRANDS.flatMap((brand) => STATUS_FAULTS.map((row) => [brand, ...row] as const)))(
  '%s: a status with %s is %s, and the payout stays delivered (%s)',
  async (brand, fault, kind, believed) => {
    const made = await bench(brand);
    await made.till.create();
    await stateAfter(made, (engine, ref) => engine.bankAccepts(ref));
    made.engine.script({ fault, operation: 'status' });
    expect((await made.till.read()).kind).toBe(kind);
    expect([made.till.payout.state, made.till.payout.review ? 'review' : 'delivered']).toEqual(['delivered', believed]);
  },
);

test.each(BRANDS)('%s: a rejection is told with its code, with zero, and without one', async (brand) => {
  for (const [fault, rejection] of [
    [undefined, { code: 813 }],
    ['rejection-code-zero', { code: 0, reason: 'Test' }],
    ['rejection-code-absent', { reason: '' }],
  ] as const) {
    const made = await bench(brand);
    await made.till.create();
    made.engine.bankAccepts(TERMS.externalId);
    made.engine.bankRejects(TERMS.externalId, { code: 813 });
    if (fault) made.engine.script({ fault, operation: 'status' });
    await made.till.read();
    expect(made.till.payout).toMatchObject({ state: 'rejected', reversed: false, rejection });
    expect(notesInstead(made.till.payout)).toBe('once');
  }
});

test.each<[string, Partial<D24Settings>, Partial<PayoutTerms>]>([
  ['412/533', { limits: { minimum: '300.00', transactionMaximum: null, dailyMaximum: null } }, {}],
  ['412/508', { limits: { minimum: '1.00', transactionMaximum: '200.00', dailyMaximum: null } }, {}],
  ['412/508', { limits: { minimum: '1.00', transactionMaximum: null, dailyMaximum: '200.00' } }, {}],
  ['412/514', { openingBalances: { PEN: '1.00' } }, {}],
  ['400/504', { kycRefusals: { '71594743': 105 } }, {}],
  ['412/515', { blockedDocuments: ['71594743'] }, {}],
  ['412/538', { blockedAccounts: ['00219300153895206813'] }, {}],
  ['412/518', { countries: ['BR'] }, {}],
  ['412/519', { isMerchantEnabled: false }, {}],
])('%s declines the payout, and notes may be given in its place', async (code, settings, terms) => {
  const made = await bench('onekey', settings, terms);
  expect(await made.till.create()).toBe('settled');
  expect(made.till.payout).toMatchObject({ state: 'declined', code });
  expect([made.engine.payouts().length, notesInstead(made.till.payout)]).toEqual([0, 'once']);
});

test('an external id that another till has used is a clash, never adopted', async () => {
  const made = await bench('onekey');
  await made.till.create();
  const clumsy = new SmallTill(made.network, { ...TERMS, amountMinor: 9_900 }, made.clock);
  expect([await clumsy.create(), clumsy.payout.state]).toEqual(['clash', 'requested']);
});

test('an id that a refused create has used up is asked about for ever, and never sent again', async () => {
  const made = await bench('onekey', { burnsDeclinedIds: true, openingBalances: { PEN: '1.00' } });
  const lost = new SmallTill(loseFirstAnswer(made.network), { ...TERMS, network: 'onekey' }, made.clock);
  expect([await lost.create(), lost.payout.state, made.engine.payouts().length]).toEqual([
    'never-ends',
    'requested',
    0,
  ]);
  expect(made.engine.requests().filter(({ operation }) => operation === 'create').length).toBe(2);
});

test.each(BRANDS)('%s: banks, a rate and the list', async (brand) => {
  const made = await bench(brand);
  await made.till.create();
  const country = brand === 'tupay' ? 'PE' : 'BR';
  const banks = await made.network.banks(country);
  expect(banks.kind === 'answered' && banks.value.length > 3).toBe(true);
  expect(await made.network.exchangeRate('PE', 10_00)).toEqual({
    kind: 'answered',
    value: { currency: 'PEN', rate: '3.7', converted: '37' },
  });
  const listed = await made.till.list();
  expect(listed).toMatchObject({
    kind: 'answered',
    value: [{ externalId: TERMS.externalId, amountMinor: 250_50, currency: 'PEN', status: 'pending' }],
  });
  made.engine.script({ fault: 'token-expires', operation: 'list' });
  expect(await made.till.list()).toEqual(listed);
  made.engine.script({ fault: 'ip-not-allowed', operation: 'list', count: 2 });
  expect(await made.till.list()).toMatchObject({ kind: 'refused', code: '403/83' });
});

test.each(BRANDS)('%s: a notification is recognised as the network’s, and only as a reason to ask', async (brand) => {
  const made = await bench(brand, { notificationUrl: 'https://pay.example.com/d24' });
  await made.till.create();
  const before = made.engine.notices().length;
  made.engine.bankAccepts(TERMS.externalId);
  made.engine.script({ fault: 'notice-wrong-control', operation: 'notify' });
  made.engine.bankCompletes(TERMS.externalId);
  const read = made.engine
    .notices()
    .slice(before)
    .map(({ bodyText }) => made.network.readNotice(bodyText));
  expect(read.map(({ kind }) => kind)).toEqual(['genuine', 'forged']);
  expect(read[0]).toMatchObject({ externalId: TERMS.externalId });
  expect(made.till.payout.state).toBe('pending');
});

test.each(BRANDS)('%s: a network that is down answers nothing, and works again when it is up', async (brand) => {
  const made = await bench(brand);
  await made.till.create();
  made.engine.setNetwork('down');
  expect((await made.till.read()).kind).toBe('unreachable');
  expect(await made.till.cancel()).toMatchObject({ kind: 'unknown', cause: 'reset' });
  made.engine.setNetwork('up');
  await made.till.read();
  expect(views(made)).toEqual(['pending', 'pending']);
});

const STORM = {
  'drop-before-commit': 0.1,
  'drop-after-commit': 0.15,
  'server-error-after-commit': 0.1,
  'cut-body': 0.1,
  'not-json': 0.05,
  'rate-limited': 0.05,
  'refused-after-commit': 0.05,
} as const;

test.each(Array.from({ length: 12 }, (_none, seed) => seed))(
  'in bad weather (seed %d) there is one payout or none, and the till never thinks otherwise',
  async (seed) => {
    const { engine, till } = await bench('onekey', {}, {}, { seed });
    engine.setWeather({ rates: STORM });
    const ended = await till.create();
    const exists = engine.payouts().length;

    expect(exists).toBeLessThanOrEqual(1);
    expect(isKnown(till.payout)).toBe(ended === 'settled');
    expect(ended === 'settled' ? exists : 1).toBe(1);
    expect(notesInstead(till.payout)).not.toBe('once');
  },
);
