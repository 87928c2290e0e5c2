/** Whoever sends money to bank accounts: starts payouts, holds, releases, cancels, gives notes instead, and tries again; with a book of hands. */
import type { Till } from '../../src-main/core/application/till.ts';
import { payoutView } from '../../src-main/bridge/views/payout-view.ts';
import type { Payout, PayoutNetworkId } from '../../src-main/core/domain/payouts/payout.ts';
import type { SeededRandom } from '../../src-main/simulators/seeded-random.ts';
import type { Cashier } from './cashier.ts';
import type { Shop } from './shop.ts';

const SUPERVISOR = 7;
const LOOKED_AT = 12;

export const BENEFICIARY = {
  firstName: 'Ana',
  lastName: 'Rojas',
  documentId: 'ROMA700101HDF',
  bankAccount: '021790064060296642',
};

export class PayoutClerk {
  started = 0;
  readonly #shop: Shop;
  readonly #cashier: Cashier;
  readonly #chance: SeededRandom;
  readonly #toStart: number;
  readonly #network: PayoutNetworkId;
  readonly #busy = new Map<string, Till>();
  readonly #decided = new Map<string, 'give' | 'keep'>();

  constructor(shop: Shop, cashier: Cashier, network: PayoutNetworkId, toStart: number) {
    this.#shop = shop;
    this.#cashier = cashier;
    this.#network = network;
    this.#toStart = toStart;
    this.#chance = shop.stream(`clerk ${network}`);
  }

  begin(): void {
    const isOver = this.#shop.isCalm && this.#cashier.isWindingUp;
    this.#shop.time.after(isOver ? this.#chance.between(300_000, 900_000) : this.#chance.between(2_000, 9_000), () => {
      const { till } = this.#shop;
      if (till) this.#cashier.daring(() => this.#act(till));
      this.begin();
    });
  }

  #act(till: Till): void {
    const { store } = till.context;
    if (!store.openShift()) return;
    const newest = store.payoutsSince(0, LOOKED_AT);
    for (const payout of newest) this.#steer(till, payout);
    // Notes on the counter are on the screen however old the payout is.
    const counting = store.payoutCounting();
    if (counting && !newest.some(({ id }) => id === counting.id)) this.#steer(till, counting);
    if (this.started < this.#toStart && this.#chance.chance(0.3)) this.#start(till);
  }

  #start(till: Till): void {
    const request = {
      network: this.#network,
      country: 'MX',
      method: 'mx-bank',
      currency: 'MXN',
      amountMinor: this.#chance.between(1_000, 150_000),
      beneficiary: BENEFICIARY,
      ...(this.#chance.chance(0.1) && { requestId: `P${this.started}` }),
    } as const;
    const started = till.payouts.start(request);
    if (!started.ok) return;
    this.started += 1;
    if (!('requestId' in request)) return;
    const again = till.payouts.start(request);
    if (!again.ok || again.value.id !== started.value.id) this.#shop.breaches.push('I3: one request made two payouts');
  }

  #steer(till: Till, payout: Payout): void {
    const { id } = payout;
    if (this.#busy.get(id) === till) return;
    const actions = payoutView(till.context, payout).actions;
    if (payout.counting) return this.#handOut(till, payout);
    if (actions.includes('notes') && this.#chance.chance(0.3)) return this.#startNotes(till, payout);
    if (actions.includes('reissue') && this.#chance.chance(0.05)) return this.#reissue(till, payout);
    if (actions.includes('release') && this.#chance.chance(0.5)) return void till.payouts.release(id, SUPERVISOR);
    if (actions.includes('cancel') && this.#chance.chance(0.03))
      return void till.payouts.cancel(id, 'changed their mind');
    if (actions.includes('hold') && this.#chance.chance(0.02)) return void till.payouts.hold(id, 'to be looked at');
    if (actions.includes('reviewed') && this.#chance.chance(0.3)) {
      const reason = 'looked into the panel';
      return this.#cashier.daring(() => till.payouts.reviewed({ id, supervisorCode: SUPERVISOR, reason }));
    }
    if (actions.includes('refresh') && this.#chance.chance(0.02)) this.#cashier.daring(() => till.payouts.refresh(id));
  }

  #startNotes(till: Till, { id }: Payout): void {
    this.#busy.set(id, till);
    const taps = this.#chance.chance(0.1) ? 2 : 1;
    for (let tap = 0; tap < taps; tap += 1) {
      this.#cashier.daring(async () => {
        await till.payouts.startNotes(id, SUPERVISOR).finally(() => this.#busy.delete(id));
      });
    }
  }

  #handOut(till: Till, { id, amountMinor }: Payout): void {
    let decided = this.#decided.get(id);
    if (decided === undefined || decided === 'keep') {
      decided = this.#chance.chance(0.9) ? 'give' : 'keep';
      this.#decided.set(id, decided);
      if (decided === 'give') {
        const { given, drawer } = this.#cashier.book;
        given.set(id, (given.get(id) ?? 0) + 1);
        drawer.minor -= amountMinor;
      }
    }
    const isGiven = decided === 'give';
    this.#busy.set(id, till);
    this.#shop.time.after(this.#chance.between(500, 4_000), () => {
      this.#busy.delete(id);
      if (this.#shop.till !== till) return;
      this.#cashier.daring(() => {
        if (isGiven) till.payouts.notesGiven(id);
        else till.payouts.notesNotGiven(id, 'changed their mind');
        if (this.#chance.chance(0.1)) till.payouts.notesGiven(id);
      });
    });
  }

  #reissue(till: Till, { id, amountMinor }: Payout): void {
    till.payouts.start({
      network: this.#network,
      country: 'MX',
      method: 'mx-bank',
      currency: 'MXN',
      amountMinor,
      beneficiary: BENEFICIARY,
      reissueOf: id,
    });
  }
}
