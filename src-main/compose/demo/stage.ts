/** What the demo's script acts with: the cashier's hands at the real window, the simulated customer and network, and the till to look at. */
import { setTimeout as wait } from 'node:timers/promises';
import type { CashOut, CashOutState } from '../../core/domain/cash-out.ts';
import { invariant } from '../../core/domain/result.ts';
import type { HostedWindow, WindowHands } from '../../hosts/window-host.ts';
import type { TrainingTill } from '../training.ts';
import type { WindowApp } from '../window-app.ts';
import type { Album } from './album.ts';

export class Stage {
  readonly training: TrainingTill;
  readonly #app: WindowApp;
  readonly #album: Album;

  constructor(training: TrainingTill, app: WindowApp, album: Album) {
    this.training = training;
    this.#app = app;
    this.#album = album;
  }

  get hands(): WindowHands {
    const { hands } = this.#window('cashier');
    invariant(hands !== undefined, 'the demo needs a host with hands: run it with --host chromium');
    return hands;
  }

  async tap(key: string): Promise<void> {
    await this.hands.tap({ key });
  }

  async say(words: string): Promise<void> {
    await this.hands.tap({ words });
  }

  /** The same in the question that is open above the screen. */
  async answer(words: string): Promise<void> {
    await this.hands.tap({ answer: words });
  }

  /** Types the amount on the home screen and charges it; answers the new cash-out, at the network already when `offered`. */
  async charge(amount: string, until: CashOutState = 'awaiting_payment'): Promise<CashOut> {
    const before = this.newest()?.id;
    await this.tap('F2');
    await this.hands.type(`${amount}\n`);
    return this.#started(before, until);
  }

  /** The same with goods: each price is a line of the purchase. */
  async chargeWithPurchase(amount: string, prices: readonly string[]): Promise<CashOut> {
    const before = this.newest()?.id;
    await this.tap('F2');
    await this.say('+ compra');
    await this.hands.type(amount);
    await this.say('Agregar compra');
    await this.hands.sees('Compra del cliente');
    await this.pause(300);
    for (const price of prices) await this.hands.type(`${price}\n`);
    await this.picture('purchase');
    await this.say('Listo');
    await this.picture('home-purchase');
    await this.say('Cobrar $');
    return this.#started(before, 'awaiting_payment');
  }

  async #started(before: string | undefined, until: CashOutState): Promise<CashOut> {
    const started = await this.eventually('a new cash-out', () => {
      const newest = this.newest();
      return newest && newest.id !== before ? newest : undefined;
    });
    return this.until(started.id, until);
  }

  async until(id: string, state: CashOutState): Promise<CashOut> {
    return this.eventually(`${id} ${state}`, () => {
      const cashOut = this.training.till.context.store.cashOut(id);
      return cashOut?.state === state ? cashOut : undefined;
    });
  }

  async untilDoubt(id: string): Promise<void> {
    const { store } = this.training.till.context;
    await this.eventually(`${id} in doubt`, () => store.commandsOf(id).find(({ state }) => state === 'unknown'));
  }

  /** The simulated customer's phone; the till asks the network at once instead of at its next turn. */
  async customerPays(cashOut: CashOut, how: { late?: boolean } = {}): Promise<void> {
    const { engine, instore } = this.training;
    const { externalReference } = cashOut;
    const network = instore.order(externalReference) === undefined ? engine : instore;
    const outcome = network.customerPays(externalReference, how.late === true ? { force: true } : {});
    invariant(outcome.ok, `the simulated customer could not pay ${cashOut.id}`);
    this.training.till.sync.nudge(cashOut.id);
  }

  async picture(name: string, settleMs = 800): Promise<void> {
    await wait(settleMs);
    await this.#album.take(name, [this.#window('cashier'), this.#window('customer')]);
  }

  async pause(ms: number): Promise<void> {
    await wait(ms);
  }

  newest(): CashOut | undefined {
    return this.training.till.context.store.cashOutsSince(0, 1)[0];
  }

  #window(role: 'cashier' | 'customer'): HostedWindow {
    const window = this.#app.window(role);
    invariant(window !== undefined, `the ${role} window is not open`);
    return window;
  }

  async eventually<Value>(what: string, look: () => Value | undefined): Promise<Value> {
    const { clock } = this.training;
    const endMs = clock.monotonicMs() + 20_000;
    for (let found = look(); ; found = look()) {
      if (found !== undefined) return found;
      if (clock.monotonicMs() > endMs) throw new Error(`the demo waited in vain for ${what}`);
      await wait(40);
    }
  }
}
