/** TuPay (Peru) and OneKey (Brazil), two brands of one cashouts API, as the suite sees them. */
import { createD24 } from '../../../../src-main/adapters/networks/d24/d24.ts';
import type { Clock } from '../../../../src-main/core/application/ports/system.ts';
import type { PayoutKey, PayoutNetwork } from '../../../../src-main/core/application/ports/payout-network.ts';
import type { PayoutNetworkSettings } from '../../../../src-main/core/domain/payouts/payout-settings.ts';
import type { PayoutNetworkId, PayoutTerms } from '../../../../src-main/core/domain/payouts/payout.ts';
import { createD24Engine } from '../../../../src-main/simulators/networks/d24/engine.ts';
import { SOUND_FORMS } from '../../../unit/domain/payouts/sound-forms.ts';
import { KEY, prepared, requestFor, SECRETS, SETTINGS, TERMS } from '../d24/bench.ts';
import type { CommandName } from '../d24/bench.ts';
import { countingIds } from '../machine.ts';
import { layLine } from './line.ts';
import type { Line } from './line.ts';
import type { Call, Lack, NetworkUnderTest, OperationName, Outcome, Scene } from './network-under-test.ts';
import { codeOf, standingClock } from './payment-scene.ts';

/** Nothing is sent there. */
const HOST = 'https://no-such-host.invalid';

/** What the simulated account is set to. */
export const KEYS = {
  ...SECRETS,
  readOnlyKey: 'read_only_key',
  listUser: 'reports@example.com',
  listPassword: 'reports_secret',
};

const BRAZILIAN = {
  network: 'onekey',
  country: 'BR',
  method: 'br-pix-cpf',
  currency: 'BRL',
  beneficiary: SOUND_FORMS['br-pix-cpf'],
} as const;

export const PAYOUT_TERMS: Readonly<Record<PayoutNetworkId, PayoutTerms>> = {
  tupay: TERMS,
  onekey: { ...TERMS, ...BRAZILIAN },
};

export type Brand = Readonly<{
  id: PayoutNetworkId;
  terms: PayoutTerms;
  connect(baseUrl: string, settings?: Partial<PayoutNetworkSettings>, clock?: Clock): PayoutNetwork;
}>;

/** The brand as it is by default: what it may do comes from the adapter, not from here. */
export function brandOf(id: PayoutNetworkId): Brand {
  const terms = PAYOUT_TERMS[id];
  const standing = standingClock(terms.requestedAtMs);
  const { countries: _all, ...settings } = SETTINGS;
  return {
    id,
    terms,
    connect: (baseUrl, changes = {}, clock = standing) =>
      createD24({
        brand: id,
        secrets: () => KEYS,
        clock,
        settings: { ...settings, baseUrl, listBaseUrl: baseUrl, ...changes },
        ids: countingIds(),
        version: '0.1.0',
      }),
  };
}

/** The same secrets, but settings that name neither a read-only key nor a list. */
function connectClosed(brand: PayoutNetworkId): PayoutNetwork {
  const { readOnlySecret: _key, listUserSecret: _user, listPasswordSecret: _password, ...settings } = SETTINGS;
  return createD24({
    brand,
    settings: { ...settings, baseUrl: HOST },
    secrets: () => KEYS,
    clock: standingClock(0),
    ids: countingIds(),
  });
}

type Moment = Readonly<{ till: PayoutNetwork; terms: PayoutTerms; key: PayoutKey }>;
type Act = (moment: Moment) => Promise<Outcome>;

type Row = Omit<Call, 'set' | 'again' | 'before' | 'after' | 'words'> &
  Readonly<{
    words?: string;
    act: Act;
    /** Before it: nothing, or a payout that is pending or held. */
    from: 'nothing' | 'pending' | 'on_hold';
    to: 'pending' | 'on_hold' | 'cancelled';
    again?: string;
  }>;

function command(name: CommandName): Act {
  return ({ till, terms, key }) => till.deliver({ request: requestFor(till, name, key, terms), terms });
}

const DAY_MS = 86_400_000;
const LOGIN = 'POST /v1/auth/login ';
const LIST = 'GET /v1/cashouts?';
const ASKED = { role: 'inquiry', at: 0, kind: 'answered', from: 'pending', to: 'pending' } as const;
const LISTED = {
  ...ASKED,
  operation: 'reconcile',
  legs: [LOGIN, LIST],
  act: ({ till, terms: { requestedAtMs } }: Moment) =>
    till.reconcile({ fromMs: requestedAtMs - DAY_MS, toMs: requestedAtMs + 1_000 }),
} as const;

const ROWS: readonly Row[] = [
  {
    operation: 'create',
    role: 'command',
    legs: ['POST /v3/cashout '],
    at: 0,
    kind: 'accepted',
    again: 'duplicate',
    act: command('create'),
    from: 'nothing',
    to: 'pending',
  },
  {
    operation: 'cancel',
    role: 'command',
    legs: ['DELETE /v3/cashout/cancel '],
    at: 0,
    kind: 'answered',
    again: 'conflict',
    act: command('cancel'),
    from: 'pending',
    to: 'cancelled',
  },
  {
    operation: 'hold',
    role: 'command',
    legs: ['PUT /v3/cashout/status '],
    at: 0,
    kind: 'done',
    again: 'conflict',
    act: command('hold'),
    from: 'pending',
    to: 'on_hold',
  },
  {
    operation: 'release',
    role: 'command',
    legs: ['PUT /v3/cashout/status '],
    at: 0,
    kind: 'done',
    again: 'conflict',
    act: command('release'),
    from: 'on_hold',
    to: 'pending',
  },
  {
    ...ASKED,
    operation: 'read',
    role: 'read',
    legs: ['POST /v3/cashout/status '],
    act: ({ till, key }) => till.read(key),
  },
  { ...ASKED, operation: 'banks', legs: ['GET /v'], act: ({ till, terms }) => till.banks(terms.country) },
  {
    ...ASKED,
    operation: 'exchange rate',
    legs: ['GET /v3/exchange_rates?'],
    act: ({ till, terms }) => till.exchangeRate(terms.country, 10_00),
  },
  { ...LISTED, words: 'the sign-in for a list' },
  { ...LISTED, at: 1 },
];

const WORDS: Partial<Record<OperationName, string>> = {
  banks: 'a question for banks',
  'exchange rate': 'a question for the exchange rate',
  reconcile: 'a list',
};

function callsOf(brand: Brand): readonly Call[] {
  const { traits } = brand.connect(HOST);
  return ROWS.filter(({ operation }) => traits.hold || (operation !== 'hold' && operation !== 'release')).map((row) => {
    const before = row.from === 'nothing' ? [] : [bookOf(brand.terms, row.from)];
    return {
      again: 'answered',
      ...row,
      words: row.words ?? WORDS[row.operation] ?? `a ${row.operation}`,
      before,
      after: [bookOf(brand.terms, row.to)],
      set: () => payoutScene(brand, row),
    };
  });
}

function bookOf({ currency }: PayoutTerms, state: string): string {
  return `${state} 250.50 ${currency}`;
}

async function payoutScene(brand: Brand, { act, from }: Row): Promise<Scene> {
  const terms = { ...brand.terms, onHold: from === 'on_hold' };
  const engine = createD24Engine({ seed: 7, brand: brand.id, nowMs: () => terms.requestedAtMs });
  const line: Line = await layLine(engine);
  const till = brand.connect(line.baseUrl);
  const key = from === 'nothing' ? KEY : { externalId: terms.externalId, cashoutId: await created(till, terms) };
  return {
    line,
    act: () => act({ till, terms, key }),
    books: () => engine.payouts().map(({ state, amount, currency }) => `${state} ${amount} ${currency}`),
    async close() {
      till.close();
      await line.close();
    },
  };
}

async function created(till: PayoutNetwork, terms: PayoutTerms): Promise<string> {
  const made = await till.deliver({ request: prepared(till.prepareCreate(terms)), terms });
  if (made.kind !== 'accepted') throw new Error(JSON.stringify(made));
  return made.cashoutId;
}

function lacksOf({ id, terms, connect }: Brand): readonly Lack[] {
  const plain = connect(HOST);
  const { traits } = plain;
  const [country = 'PE'] = (['PE', 'BR'] as const).filter((other) => other !== terms.country);
  const uncancelling = connect(HOST, { cancel: false });
  const closed = connectClosed(id);
  const { cancel, banks, exchangeRate, reconciliation } = { ...closed.traits, cancel: uncancelling.traits.cancel };
  const held: readonly Lack[] = [
    { words: 'a create on hold', ask: () => codeOf(plain.prepareCreate({ ...terms, onHold: true })) },
    { operation: 'hold' as const, words: 'a hold', ask: () => codeOf(plain.prepareHold(KEY)) },
    { operation: 'release' as const, words: 'a release', ask: () => codeOf(plain.prepareRelease(KEY)) },
  ].map((lack) => ({ ...lack, isStated: !traits.hold, answer: 'hold-not-available' }));
  return [
    ...(traits.hold ? [] : held),
    {
      words: `a payout to ${country}`,
      isStated: !traits.countries.includes(country),
      answer: 'country-not-available',
      ask: () => codeOf(plain.prepareCreate({ ...terms, country })),
    },
    {
      words: 'a cancel that its account may not ask for',
      isStated: !cancel,
      answer: 'cancel-not-available',
      ask: () => codeOf(uncancelling.prepareCancel(KEY)),
    },
    {
      words: 'a list of banks without a read-only key',
      isStated: !banks,
      answer: 'unavailable',
      ask: async () => (await closed.banks(terms.country)).kind,
    },
    {
      words: 'a rate without a read-only key',
      isStated: !exchangeRate,
      answer: 'unavailable',
      ask: async () => (await closed.exchangeRate(terms.country, 10_00)).kind,
    },
    {
      words: 'a list of payouts without its host',
      isStated: !reconciliation,
      answer: 'unavailable',
      ask: async () => (await closed.reconcile({ fromMs: 0, toMs: DAY_MS })).kind,
    },
  ];
}

function payoutsUnderTest(id: PayoutNetworkId): NetworkUnderTest {
  const brand = brandOf(id);
  return {
    id,
    port: 'payout',
    stopped: 'account-stop',
    secrets: Object.values(KEYS),
    secretHeaders: ['payload-signature'],
    calls: callsOf(brand),
    lacks: lacksOf(brand),
  };
}

export const TUPAY_UNDER_TEST = payoutsUnderTest('tupay');
export const ONEKEY_UNDER_TEST = payoutsUnderTest('onekey');
