/** A payout, told from the opening of the shift to its counted close, while one call goes wrong: sent, taken back, or replaced by notes. */
import { payoutView } from '../../../src-main/bridge/views/payout-view.ts';
import { createTillStore } from '../../../src-main/adapters/storage/till-store.ts';
import type { PayoutAction } from '../../../src-main/core/contract/payout-contract.ts';
import type { Till } from '../../../src-main/core/application/till.ts';
import { isOpen } from '../../../src-main/core/domain/command.ts';
import type { Payout } from '../../../src-main/core/domain/payouts/payout.ts';
import type { D24Engine } from '../../../src-main/simulators/networks/d24/engine.ts';
import { BENEFICIARY } from '../../simulation/payout-clerk.ts';
import { FaultyShop } from './faulty-shop.ts';
import type { PayoutBrand } from './faulty-shop.ts';
import { Fuse } from './fuse.ts';
import type { Fault } from './fuse.ts';
import type { Told } from './tell.ts';

const FLOAT_MINOR = 1_000_000;
const AMOUNT_MINOR = 25_050;
const SUPERVISOR = 7;
const LOOK_EVERY_MS = 900;
const AT_MOST_MS = 4 * 3_600_000;
const QUIET_MS = 120_000;

type Look = Readonly<{
  till: Till;
  payout: Payout;
  may: (action: PayoutAction) => boolean;
  bank: D24Engine;
  once: (what: string) => boolean;
}>;

export type PayoutStory = Readonly<{
  name: string;
  brands: readonly PayoutBrand[];
  ends: Payout['state'];
  isReplaced: boolean;
  act: (look: Look) => unknown;
}>;

const BOTH = ['tupay', 'onekey'] as const;

function bankSaysNo({ payout, bank, once }: Look): void {
  if (payout.state === 'pending' && once('bank')) bank.bankRejects(payout.externalId);
}

export const PAYOUT_STORIES: readonly PayoutStory[] = [
  {
    name: 'sent, and with the bank',
    brands: BOTH,
    ends: 'completed',
    isReplaced: false,
    act({ payout, bank, once }) {
      if (payout.state === 'pending' && once('bank')) bank.bankCompletes(payout.externalId);
    },
  },
  {
    name: 'taken back by the cashier',
    brands: BOTH,
    ends: 'cancelled',
    isReplaced: false,
    act: ({ till, payout, may }) =>
      payout.state === 'pending' && may('cancel') ? till.payouts.cancel(payout.id, 'the customer left') : undefined,
  },
  {
    name: 'held, released, and with the bank',
    brands: ['onekey'],
    ends: 'completed',
    isReplaced: false,
    act({ till, payout, bank, may, once }) {
      if (payout.state === 'on_hold' && may('release')) return till.payouts.release(payout.id, SUPERVISOR);
      const wasHeld = bank.payout(payout.externalId)?.state === 'pending' && !once('held');
      if (payout.state === 'pending' && wasHeld && once('bank')) return bank.bankCompletes(payout.externalId);
      const mayHold = payout.state === 'pending' && may('hold') && !wasHeld;
      return mayHold ? till.payouts.hold(payout.id, 'to be looked at') : undefined;
    },
  },
  {
    name: 'refused by the bank, notes in its place',
    brands: BOTH,
    ends: 'rejected',
    isReplaced: true,
    act(look) {
      bankSaysNo(look);
      const { till, payout, may } = look;
      if (may('notes')) return till.payouts.startNotes(payout.id, SUPERVISOR);
      if (!payout.counting) return undefined;
      look.once('notes');
      return till.payouts.notesGiven(payout.id);
    },
  },
];

export async function tellPayout(story: PayoutStory, brand: PayoutBrand, fault?: Fault): Promise<Told> {
  const fuse = new Fuse(fault);
  const shop = new FaultyShop(brand, fuse);
  try {
    const clerk = new Clerk(shop, story, brand);
    fuse.isArmed = true;
    shop.startProgram();
    clerk.lookLater();
    await shop.until(() => clerk.hasClosed, AT_MOST_MS);
    const tookMs = shop.time.elapsedMs();
    await shop.until(() => false, QUIET_MS);
    fuse.isArmed = false;
    const wrong = [...shop.surprises, ...wrongWith(story, clerk, shop)];
    return { isReached: fuse.isBurnt, calls: fuse.calls, deaths: shop.deaths, tookMs, wrong };
  } finally {
    shop.db.close();
  }
}

class Clerk {
  hasClosed = false;
  readonly happened = new Set<string>();
  #isBusyWith: Till | undefined;
  readonly #shop: FaultyShop;
  readonly #story: PayoutStory;
  readonly #brand: PayoutBrand;

  constructor(shop: FaultyShop, story: PayoutStory, brand: PayoutBrand) {
    this.#shop = shop;
    this.#story = story;
    this.#brand = brand;
  }

  get drawerMinor(): number {
    return FLOAT_MINOR - (this.happened.has('notes') ? AMOUNT_MINOR : 0);
  }

  lookLater(): void {
    this.#shop.time.after(LOOK_EVERY_MS, () => {
      const { till } = this.#shop;
      if (till && this.#isBusyWith !== till) this.#shop.press(() => this.#look(till));
      if (!this.hasClosed) this.lookLater();
    });
  }

  #look(till: Till): unknown {
    const { store } = till.context;
    const [payout] = store.payoutsSince(0, 10);
    if (!store.openShift()) {
      this.hasClosed = payout !== undefined;
      return this.hasClosed ? undefined : till.openShift({ cashierCode: 1042, floatMinor: FLOAT_MINOR });
    }
    if (!payout) return this.#start(till);
    if (isOver(this.#story, payout) && !store.payoutCommandsOf(payout.id).some(isOpen)) {
      return till.closeShift({ totalMinor: this.drawerMinor });
    }
    return this.#serve(till, payout);
  }

  #start(till: Till): unknown {
    return till.payouts.start({
      network: this.#brand,
      country: 'MX',
      method: 'mx-bank',
      currency: 'MXN',
      amountMinor: AMOUNT_MINOR,
      beneficiary: { ...BENEFICIARY, documentId: 'ROMA700101HD' },
    });
  }

  #serve(till: Till, payout: Payout): unknown {
    const { bank } = this.#shop;
    if (!bank) throw new Error('there is no bank here');
    const { actions } = payoutView(till.context, payout);
    const once = (what: string): boolean => !this.happened.has(what) && Boolean(this.happened.add(what));
    if (actions.includes('reviewed')) return this.#busy(till, this.#review(till, payout));
    const outcome = this.#story.act({ till, payout, may: (action) => actions.includes(action), bank, once });
    return outcome instanceof Promise ? this.#busy(till, outcome) : outcome;
  }

  /** The supervisor has looked into the network's own panel: there with a number, or not there. */
  #review(till: Till, { id, externalId }: Payout): Promise<unknown> {
    const cashoutId = this.#shop.bank?.payout(externalId)?.cashoutId;
    const found = cashoutId === undefined ? {} : { cashoutId: String(cashoutId) };
    return till.payouts.reviewed({ id, supervisorCode: SUPERVISOR, reason: 'looked into the panel', ...found });
  }

  async #busy(till: Till, outcome: Promise<unknown>): Promise<void> {
    this.#isBusyWith = till;
    try {
      await outcome;
    } finally {
      if (this.#isBusyWith === till) this.#isBusyWith = undefined;
    }
  }
}

function isOver({ ends, isReplaced }: PayoutStory, payout: Payout): boolean {
  const hasNotes = 'replacement' in payout && payout.replacement?.by === 'notes';
  return payout.state === ends && hasNotes === isReplaced;
}

function wrongWith(story: PayoutStory, clerk: Clerk, shop: FaultyShop): readonly string[] {
  const store = createTillStore(shop.db, { clock: { nowMs: () => shop.time.trueMs() } });
  const [payout, ...others] = store.payoutsSince(0, 10);
  if (!payout || others.length > 0) return [`${others.length + (payout ? 1 : 0)} payouts`];
  const problems = [...shop.breaches()];
  if (!isOver(story, payout)) problems.push(`it ends ${payout.state}`);
  if (!clerk.hasClosed) problems.push('the shift cannot be closed');
  if (clerk.happened.has('notes') !== story.isReplaced) problems.push('notes changed hands as they should not');
  const shift = store.lastShift();
  if (shift?.state !== 'closed' || shift.varianceMinor !== 0 || shift.expectedMinor !== clerk.drawerMinor)
    problems.push(`closed as ${JSON.stringify(shift)}`);
  const open = store.openCases().map(({ kind }) => kind);
  if (open.length > 0) problems.push(`open cases: ${open.join(', ')}`);
  if (store.payoutCommandsOf(payout.id).some(isOpen)) problems.push('a command is still open');
  const made = shop.bank?.payouts() ?? [];
  if (made.length !== 1 || made[0]?.state !== story.ends)
    problems.push(`over there: ${made.map(({ state }) => state).join(', ')}`);
  return problems;
}
