/**
 * Tells a story once, from the opening of the shift to its counted close, while one call goes wrong; and again with the next call, until the
 * story ends without having made that many. People go on from what the screen shows; they never start anything twice.
 */
import { cashOutView } from '../../../src-main/bridge/views/cash-out-view.ts';
import type { Till } from '../../../src-main/core/application/till.ts';
import { createTillStore } from '../../../src-main/adapters/storage/till-store.ts';
import type { TillStore } from '../../../src-main/core/application/ports/till-store.ts';
import { isEnded } from '../../../src-main/core/domain/cash-out.ts';
import type { CashOut } from '../../../src-main/core/domain/cash-out.ts';
import { isOpen } from '../../../src-main/core/domain/command.ts';
import { FaultyShop } from './faulty-shop.ts';
import type { ShopNetwork, ShopOptions } from './faulty-shop.ts';
import { Fuse } from './fuse.ts';
import type { Fault } from './fuse.ts';
import type { Look, Story } from './stories.ts';

const FLOAT_MINOR = 1_000_000;
const AMOUNT_MINOR = 50_000;
const LOOK_EVERY_MS = 700;
const AT_MOST_MS = 20 * 60_000;
const QUIET_MS = 60_000;

export type Told = Readonly<{
  /** The call that was to go wrong was made. */
  isReached: boolean;
  calls: Fuse['calls'];
  deaths: number;
  tookMs: number;
  /** What is wrong with the end; empty when all is well. */
  wrong: readonly string[];
}>;

export async function tell(story: Story, network: ShopNetwork, fault?: Fault, on: ShopOptions = {}): Promise<Told> {
  const fuse = new Fuse(fault);
  const shop = new FaultyShop(network, fuse, { lifetimeMs: story.lifetimeMs, ...on });
  try {
    const counter = new Counter(shop, story, network);
    fuse.isArmed = true;
    shop.startProgram();
    counter.lookLater();
    await shop.until(() => counter.hasClosed, AT_MOST_MS);
    const tookMs = shop.time.elapsedMs();
    await shop.until(() => false, QUIET_MS);
    // The auditor reads with eyes of its own.
    fuse.isArmed = false;
    const store = createTillStore(shop.db, { clock: { nowMs: () => shop.time.trueMs() } });
    const wrong = [...shop.surprises, ...wrongWith(story, counter, shop, store)];
    return { isReached: fuse.isBurnt, calls: fuse.calls, deaths: shop.deaths, tookMs, wrong };
  } finally {
    shop.db.close();
  }
}

/** Every call of a seam in turn, `stride` apart, until one was not reached. */
export async function loop(
  tellWith: (fault: Fault) => Promise<Told>,
  { seam, how }: Omit<Fault, 'nth'>,
  stride = 1,
): Promise<Readonly<{ calls: number; tellings: number; wrong: readonly string[]; deaths: number }>> {
  const wrong: string[] = [];
  let [tellings, deaths] = [0, 0];
  for (let nth = 1; ; nth += stride) {
    const told = await tellWith({ seam, how, nth } as Fault);
    tellings += 1;
    deaths += told.deaths;
    wrong.push(...told.wrong.map((words) => `${seam} ${nth} ${how}: ${words}`));
    if (!told.isReached) return { calls: told.calls[seam], tellings, wrong, deaths };
  }
}

class Counter {
  hasClosed = false;
  /** How often a hand gave notes. */
  given = 0;
  #drawerMinor = FLOAT_MINOR;
  readonly #happened = new Set<string>();
  #busyWith: Till | undefined;
  readonly #shop: FaultyShop;
  readonly #story: Story;
  readonly #network: ShopNetwork;

  constructor(shop: FaultyShop, story: Story, network: ShopNetwork) {
    this.#shop = shop;
    this.#story = story;
    this.#network = network;
  }

  lookLater(): void {
    this.#shop.time.after(LOOK_EVERY_MS, () => {
      const { till } = this.#shop;
      if (till && this.#busyWith !== till) this.#shop.press(() => this.#look(till));
      if (!this.hasClosed) this.lookLater();
    });
  }

  #look(till: Till): unknown {
    const { store } = till.context;
    const [cashOut] = store.cashOutsSince(0, 10);
    const shift = store.openShift();
    if (!shift) {
      this.hasClosed = cashOut !== undefined;
      return this.hasClosed ? undefined : till.openShift({ cashierCode: 1042, floatMinor: FLOAT_MINOR });
    }
    if (!cashOut) {
      const { items, instoreMode } = this.#story;
      return till.startCashOut({
        network: this.#network,
        amountMinor: AMOUNT_MINOR,
        ...(items && { items }),
        ...(instoreMode && this.#network === 'mercadopago-instore' && { mode: instoreMode }),
      });
    }
    const isOver = endsAs(this.#story, cashOut) && !store.commandsOf(cashOut.id).some(isOpen);
    if (!isOver) return this.#serve(till, cashOut);
    if (this.#once('receipt')) return this.#busy(till, till.print('receipt', cashOut.id));
    return till.closeShift({ totalMinor: this.#drawerMinor });
  }

  #serve(till: Till, cashOut: CashOut): unknown {
    const { actions } = cashOutView(till.context, cashOut);
    const { customers: engine } = this.#shop;
    if (!engine) throw new Error('nobody can pay here');
    const ref = cashOut.externalReference;
    const look: Look = {
      till,
      cashOut,
      may: (action) => actions.includes(action),
      customerPays: (how) => void (this.#once('paid') && engine.customerPays(ref, how)),
      customerHoldsTheOrder: () => void engine.customerStartsPaying(ref),
      orderExpires: () => void engine.expire(ref),
      notesChangeHands: () => {
        if (!this.#once('notes')) return;
        this.given += 1;
        this.#drawerMinor -= cashOut.amountMinor;
      },
      happened: (what) => this.#happened.has(what),
    };
    const outcome = this.#story.act(look);
    return outcome instanceof Promise ? this.#busy(till, outcome) : outcome;
  }

  #once(what: string): boolean {
    if (this.#happened.has(what)) return false;
    this.#happened.add(what);
    return true;
  }

  /** Nobody presses the next key while a hand-over is being asked for; for paper nobody waits. */
  async #busy(till: Till, outcome: Promise<unknown>): Promise<void> {
    this.#happened.add('slip');
    this.#busyWith = till;
    const free = this.#shop.time.after(20_000, () => void (this.#busyWith = undefined));
    try {
      await outcome;
    } finally {
      free();
      if (this.#busyWith === till) this.#busyWith = undefined;
    }
  }
}

function endsAs({ ends, mayEnd }: Story, { state, network }: CashOut): boolean {
  return state === ends || (network === 'mercadopago-instore' && state === mayEnd);
}

function wrongWith(story: Story, counter: Counter, shop: FaultyShop, store: TillStore): readonly string[] {
  const cashOuts = store.cashOutsSince(0, 10);
  const [cashOut] = cashOuts;
  if (!cashOut || cashOuts.length > 1) return [`${cashOuts.length} cash-outs`];
  const problems = [...shop.breaches()];
  const { state, shiftId, externalReference } = cashOut;
  if (!counter.hasClosed) problems.push(`the shift cannot be closed: it is ${state}`);
  if (!endsAs(story, cashOut)) problems.push(`it ends ${state}`);
  if (!isEnded(state)) problems.push(`it is left ${state}`);
  if (counter.given !== (story.isGiven ? 1 : 0)) problems.push(`notes given ${counter.given} times`);
  const expectedMinor = FLOAT_MINOR - counter.given * AMOUNT_MINOR;
  const close = shop.db.prepare<[], { body: string }>("SELECT body FROM journal WHERE type = 'shift.closed'").all();
  const closed = close.map(({ body }) => JSON.parse(body) as { expectedMinor: number; countedMinor: number });
  if (closed.length !== 1 || closed[0]?.expectedMinor !== expectedMinor)
    problems.push(`closed with ${JSON.stringify(closed)}, ${expectedMinor} in the drawer`);
  const open = store.openCases().map(({ kind }) => kind);
  if (open.length > 0) problems.push(`open cases: ${open.join(', ')}`);
  if (store.commandsOf(cashOut.id).some(isOpen)) problems.push('a command is still open');
  problems.push(...truthProblems(story, shop, externalReference), ...paperProblems(store, cashOut.id, shiftId));
  return problems;
}

/** What the network has in its books. */
function truthProblems({ ends, isGiven }: Story, { far }: FaultyShop, reference: string): readonly string[] {
  far.advance();
  const truth = far.truths().get(reference) ?? { orders: 0, taken: 0, returning: 0, returned: 0 };
  // The in-store network knows no keys: a code whose answer was lost is one that nobody has seen and nobody can pay.
  const orders = far.id === 'mercadopago-instore' ? Math.max(1, truth.orders) : 1;
  const wanted = { orders, taken: isGiven ? 1 : 0, returning: 0, returned: ends === 'returned' ? 1 : 0 };
  const isSame = JSON.stringify(truth) === JSON.stringify(wanted);
  return isSame ? [] : [`over there: ${JSON.stringify(truth)}, not ${JSON.stringify(wanted)}`];
}

/** I9: of what may be on paper, all but the first say COPY and a number of their own. */
function paperProblems(store: TillStore, ...subjects: readonly string[]): readonly string[] {
  return subjects.flatMap((subject) => {
    const onPaper = store.slipJobsOf(subject).filter(({ state }) => state !== 'refused');
    const names = onPaper.map(({ slip: { kind, copy } }) => `${kind} ${copy}`);
    return new Set(names).size === names.length ? [] : [`I9: ${names.join(', ')}`];
  });
}
