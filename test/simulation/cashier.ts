/**
 * The people at the counter: one cashier who serves, cancels, walks off, taps twice, presses the wrong key and closes the shift in the
 * middle of it all; and the technician who comes when a network no longer takes the token. They know what they did with their hands, and
 * keep a book of it that no program writes.
 */
import { cashOutView } from '../../src-main/bridge/views/cash-out-view.ts';
import { customerView } from '../../src-main/bridge/views/customer-view.ts';
import type { Till } from '../../src-main/core/application/till.ts';
import type { CashOut } from '../../src-main/core/domain/cash-out.ts';
import type { NetworkId } from '../../src-main/core/domain/network.ts';
import type { AskedItem } from '../../src-main/core/domain/purchase.ts';
import { FaultError } from '../../src-main/core/domain/fault.ts';
import type { SeededRandom } from '../../src-main/simulators/seeded-random.ts';
import { TOKEN } from '../support/till-bench.ts';
import { Death } from './process.ts';
import type { Shop } from './shop.ts';

/** What a hand did, whatever any program believes. */
export type HandBook = Readonly<{
  /** Notes that left the drawer into a customer's hand, by cash-out: how often. */
  given: Map<string, number>;
  /** The cashier pressed what was not true. */
  lied: Set<string>;
  /** What is in the drawer, in minor units. */
  drawer: { minor: number };
}>;

const OPEN_STATES = ['requested', 'awaiting_payment', 'cancelling', 'paid', 'handing_over'] as const;
const AT_ONCE = 3;
const CALLED_TECHNICIAN_MS = { minimum: 20_000, maximum: 90_000 } as const;

export class Cashier {
  readonly book: HandBook = { given: new Map(), lied: new Set(), drawer: { minor: 0 } };
  started = 0;
  isWindingUp = false;
  readonly #shop: Shop;
  readonly #chance: SeededRandom;
  readonly #toServe: number;
  /** Ids of cash-outs about which a hand is doing something right now. */
  readonly #busy = new Map<string, Till>();
  /** Notes in the hand, counted out, and what will be done with them. */
  readonly #decided = new Map<string, 'give' | 'keep' | 'lie'>();
  #technicianComes = false;
  #hasWork = true;
  #servedThisShift = 0;
  #shiftLength: number;

  constructor(shop: Shop, toServe: number) {
    this.#shop = shop;
    this.#toServe = toServe;
    this.#chance = shop.stream('cashier');
    this.#shiftLength = this.#chance.between(15, 60);
  }

  /** Comes to work, and looks at the screen again and again from now on. */
  begin(): void {
    this.#lookLater();
  }

  /** Payouts are waited for over days. */
  get #longestRestMs(): number {
    return this.#shop.payoutNetworks.length > 0 ? 3_600_000 : 60_000;
  }

  #lookLater(): void {
    // With nobody at the counter there is no reason to look at the screen.
    const waitMs = this.#hasWork ? this.#chance.between(600, 3_000) : this.#chance.between(5_000, this.#longestRestMs);
    this.#shop.time.after(waitMs, () => {
      this.#look();
      this.#lookLater();
    });
  }

  #look(): void {
    const { till } = this.#shop;
    if (till) this.daring(() => this.#act(till));
  }

  /** The power may go, and the disk may be full, while a key is pressed: then the screen is looked at again. */
  daring(act: () => unknown): void {
    try {
      const outcome = act();
      if (outcome instanceof Promise) outcome.catch((error: unknown) => this.#unlessExpected(error));
    } catch (error) {
      this.#unlessExpected(error);
    }
  }

  #unlessExpected(error: unknown): void {
    if (error instanceof Death || error instanceof FaultError) return;
    this.#shop.breaches.push(
      `a use case threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }

  #act(till: Till): void {
    const { store } = till.context;
    if (store.blockedNetworks().length > 0) this.#callTechnician();
    if (!store.openShift()) return this.#openShift(till);
    this.#checkScreens(till);
    const open = store.cashOutsIn(OPEN_STATES);
    this.#hasWork = open.length > 0 || !this.isWindingUp;
    for (const cashOut of open) this.#serve(till, cashOut);
    if (this.isWindingUp) return;
    if (this.#servedThisShift >= this.#shiftLength || this.#chance.chance(0.003)) return this.#closeShift(till);
    if (this.#chance.chance(0.01)) this.#sideWork(till);
    const mayStart = this.started < this.#toServe && this.#servedThisShift < this.#shiftLength;
    // Nobody stands at the counter for what a supervisor has to look into.
    const atCounter = open.filter(({ id }) => !store.casesOf(id).some((file) => file.state === 'open'));
    if (mayStart && atCounter.length < AT_ONCE && this.#chance.chance(0.6)) this.#start(till);
  }

  #openShift(till: Till): void {
    if (this.started >= this.#toServe && !this.isWindingUp) return;
    const floatMinor = this.#chance.between(20, 300) * 10_000;
    const opened = till.openShift({ cashierCode: 1042, floatMinor });
    if (!opened.ok) return;
    this.book.drawer.minor = floatMinor;
    this.#servedThisShift = 0;
    this.#shiftLength = this.#chance.between(15, 60);
  }

  #start(till: Till): void {
    const amountMinor = this.#chance.chance(0.02)
      ? this.#chance.between(-5, 10_000_000)
      : this.#chance.between(5, 150) * 1_000;
    const { paymentNetworks } = this.#shop;
    const network = paymentNetworks[this.#chance.below(paymentNetworks.length)]?.id ?? 'mercadopago-orders';
    const requestId = this.#chance.chance(0.1) ? { requestId: `R${this.started}` } : {};
    const asked = { network, amountMinor, ...requestId, ...this.#purchaseFor(till, network) };
    const started = till.startCashOut(asked);
    // An impatient finger: the same request again must be the same cash-out.
    if (started.ok && 'requestId' in requestId) {
      const again = till.startCashOut(asked);
      if (!again.ok || again.value.id !== started.value.id)
        this.#shop.breaches.push('I3: one request made two cash-outs');
    }
    if (started.ok) {
      this.started += 1;
      this.#servedThisShift += 1;
      if (this.#chance.chance(0.1)) this.daring(() => till.print('qr', started.value.id));
    } else if (started.error.code === 'amount.drawer-short') {
      this.#shiftLength = 0;
    }
  }

  /** Every fourth customer of a network that can do both also buys something. */
  #purchaseFor(till: Till, network: NetworkId): Readonly<{ items?: readonly AskedItem[] }> {
    if (till.context.network(network)?.traits.purchase !== true || !this.#chance.chance(0.25)) return {};
    const lines = this.#chance.between(1, 3);
    return {
      items: Array.from({ length: lines }, (_, line) => ({
        title: `Article ${line}`,
        unitPriceMinor: this.#chance.between(1, 90_000),
        quantity: this.#chance.between(1, 5),
      })),
    };
  }

  #serve(till: Till, cashOut: CashOut): void {
    const { id, state } = cashOut;
    if (this.#busy.get(id) === till) return;
    switch (state) {
      case 'requested':
      case 'awaiting_payment':
        if (this.#chance.chance(this.#impatience(cashOut))) this.#cancel(till, cashOut);
        return;
      case 'paid':
        return this.#servePaid(till, cashOut);
      case 'handing_over':
        return this.#handOut(till, cashOut);
      default:
        return;
    }
  }

  /** Most customers pay within seconds; a few are waited for until their code expires. */
  #impatience({ id, requestedAtMs }: CashOut): number {
    if (this.isWindingUp) return 0.2;
    const isForgotten = id.slice(-1) < '8';
    const hasWaited = this.#shop.time.trueMs() - requestedAtMs > 25_000;
    return hasWaited && !isForgotten ? 0.25 : 0.01;
  }

  #cancel(till: Till, { id, externalReference, network }: CashOut): void {
    // Just then the customer pays.
    if (this.#chance.chance(0.15))
      this.#shop.networks.find((one) => one.id === network)?.startsPaying(externalReference);
    till.cancel(id);
  }

  #servePaid(till: Till, { id }: CashOut): void {
    const wasKept = this.#decided.get(id) === 'keep';
    if (wasKept ? this.#chance.chance(0.8) : this.#chance.chance(0.03)) {
      till.giveBack(id, 'the customer has left');
      return;
    }
    if (!this.#chance.chance(0.7)) return;
    this.#busy.set(id, till);
    const taps = this.#chance.chance(0.1) ? 2 : 1;
    for (let tap = 0; tap < taps; tap += 1) {
      this.daring(async () => {
        const handed = await till.handOver(id).finally(() => this.#busy.delete(id));
        // Too late to confirm, or not paid any more: the money goes back.
        if (!handed.ok && handed.error.code === 'cash-out.too-late-to-confirm') till.giveBack(id, 'too late');
      });
    }
  }

  /** The drawer is open, or the key has opened it. What the hand does is done once; what is pressed may have to be pressed again. */
  #handOut(till: Till, { id, amountMinor }: CashOut): void {
    let decided = this.#decided.get(id);
    if (decided === undefined || decided === 'keep') {
      const drawn = this.#chance.next();
      decided = drawn < 0.93 ? 'give' : drawn < 0.99 ? 'keep' : 'lie';
      this.#decided.set(id, decided);
      if (decided !== 'keep') {
        this.book.given.set(id, (this.book.given.get(id) ?? 0) + 1);
        this.book.drawer.minor -= amountMinor;
      }
    }
    if (decided === 'lie') this.book.lied.add(id);
    const isGiven = decided === 'give';
    this.#busy.set(id, till);
    this.#shop.time.after(this.#chance.between(500, 4_000), () => {
      this.#busy.delete(id);
      if (this.#shop.till !== till) return;
      this.daring(() => {
        const pressed = isGiven ? till.given(id) : till.notGiven(id, 'changed their mind');
        if (this.#chance.chance(0.1)) till.given(id);
        if (pressed.ok && isGiven && this.#chance.chance(0.3)) this.daring(() => till.print('receipt', id));
      });
    });
  }

  #closeShift(till: Till): void {
    const { minor } = this.book.drawer;
    const closed = till.closeShift({ totalMinor: Math.max(0, minor) });
    if (closed.ok && this.#chance.chance(0.5)) this.daring(() => till.print('z-report', closed.value.id));
  }

  #sideWork(till: Till): void {
    const kinds = ['drop', 'x-report', 'no-sale', 'sync', 'copy', 'clock'] as const;
    switch (kinds[this.#chance.below(kinds.length)]) {
      case 'drop': {
        const amountMinor = this.#chance.between(1, 30) * 10_000;
        if (till.dropCash(amountMinor, 'to the safe').ok) this.book.drawer.minor -= amountMinor;
        return;
      }
      case 'x-report':
        return this.daring(() => till.print('x-report', till.context.store.openShift()?.id ?? ''));
      case 'no-sale':
        return this.daring(() => till.openDrawer('change for the customer'));
      case 'sync':
        return this.daring(() => till.sync.sweep());
      case 'copy': {
        const [last] = till.context.store.cashOutsSince(0, 1);
        if (last) this.daring(() => till.print('receipt', last.id));
        return;
      }
      case 'clock':
        this.#shop.clockOffsetMs = this.#chance.between(-240_000, 600_000);
        return;
      default:
        return;
    }
  }

  #callTechnician(): void {
    if (this.#technicianComes) return;
    this.#technicianComes = true;
    const { minimum, maximum } = CALLED_TECHNICIAN_MS;
    this.#shop.time.after(this.#chance.between(minimum, maximum), () => {
      this.#technicianComes = false;
      for (const network of this.#shop.networks) network.restoreToken(TOKEN);
      const { till } = this.#shop;
      if (till) this.daring(() => till.changeSettings(this.#shop.settings, 'technician'));
    });
  }

  /** I7 and I8 as eyes see them. */
  #checkScreens(till: Till): void {
    if (!this.#chance.chance(0.05)) return;
    const { store } = till.context;
    for (const cashOut of store.cashOutsIn(OPEN_STATES)) {
      const view = cashOutView(till.context, cashOut);
      if (view.qrData !== undefined && view.state !== 'awaiting_payment')
        this.#shop.breaches.push('I7: a QR of what is not payable');
      const isWaited = view.state === 'requested' || view.state === 'cancelling' || view.doubt !== undefined;
      if (view.actions.length === 0 && !isWaited) this.#shop.breaches.push(`I8: nothing can be done about ${view.id}`);
    }
    const customer = customerView(till.context);
    const shown = customer.scene === 'pay' ? store.cashOut(customer.cashOutId) : undefined;
    if (customer.scene === 'pay' && shown?.state !== 'awaiting_payment')
      this.#shop.breaches.push('I7: the customer is shown a dead QR');
  }
}
