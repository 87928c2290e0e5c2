/**
 * One shift at a till that is killed again and again, served by a person who knows only what the screen shows and what their own hands did.
 * After each death the first look is timed: it must show one defined next step (I8).
 */
import { z } from 'zod';
import type { SeededRandom } from '../../../src-main/simulators/seeded-random.ts';
import type { FarProcess } from './far-process.ts';
import type { Ended, MortalProgram } from './mortal-program.ts';

const FLOAT_MINOR = 500_000;
const MOST_STEPS = 80;
const ENDED = ['settled', 'cancelled', 'expired', 'returned', 'refused'];
const MOVED_BY_THE_NETWORK = ['requested', 'cancelling', 'returning', 'dispensed', 'expired'];

export const PATHS = ['paid', 'paid', 'paid', 'returned', 'not given', 'cancelled', 'raced', 'expired'] as const;
export type Path = (typeof PATHS)[number];

const cashOut = z.object({
  id: z.string(),
  state: z.string(),
  amountMinor: z.number(),
  externalReference: z.string(),
  actions: z.array(z.string()),
  cases: z.array(z.object({ kind: z.string() })),
});
type Shown = z.output<typeof cashOut>;

export type ShiftOutcome = Readonly<{
  breaches: readonly string[];
  starts: readonly number[];
  ends: readonly string[];
}>;

export class ShiftOfDeaths {
  readonly #program: MortalProgram;
  readonly #far: FarProcess;
  readonly #chance: SeededRandom;
  readonly #name: string;
  readonly #breaches: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: string[] = [];
  readonly #given = new Set<string>();
  #drawerMinor = FLOAT_MINOR;
  #wasKilled = false;

  constructor(name: string, program: MortalProgram, far: FarProcess, chance: SeededRandom) {
    this.#name = name;
    this.#program = program;
    this.#far = far;
    this.#chance = chance;
  }

  async live(customers: number): Promise<ShiftOutcome> {
    await this.#untilDone(['shift', 'open', '--float', asText(FLOAT_MINOR)], /shift\.already-open/);
    for (let customer = 1; customer <= customers && this.#breaches.length === 0; customer += 1) {
      const path = PATHS[this.#chance.below(PATHS.length)] ?? 'paid';
      await this.#serve(`${this.#name}-${customer}`, path);
    }
    if (this.#breaches.length === 0) await this.#close();
    return { breaches: this.#breaches, starts: this.#starts, ends: this.#ends };
  }

  /** The same command again, until it has been heard to work or says that it has worked before. */
  async #untilDone(words: readonly string[], wasDone: RegExp): Promise<void> {
    for (let turn = 0; turn < MOST_STEPS; turn += 1) {
      const ended = await this.#program.daring(words);
      if (ended.exit === 0 || (this.#wasKilled && wasDone.test(ended.out))) {
        this.#wasKilled = false;
        return;
      }
      if (ended.wasKilled) this.#wasKilled = true;
      else this.#say(`I8: ${words.join(' ')} is refused: ${ended.out}${ended.err}`);
    }
  }

  async #serve(request: string, path: Path): Promise<void> {
    const amountMinor = this.#chance.between(1, 20) * 1_000;
    const terms = ['--network', 'mercadopago-orders', '--amount', asText(amountMinor), '--request-id', request];
    const start = ['cash-out', 'start', ...terms];
    let shown: Shown | undefined;
    for (let turn = 0; turn < MOST_STEPS; turn += 1) {
      if (this.#breaches.length > 0) return;
      if (shown && ENDED.includes(shown.state)) {
        if (shown.cases.length > 0) this.#say(`I2: ${shown.id} ended ${shown.state} with a case`);
        this.#ends.push(`${path}: ${shown.state}`);
        return;
      }
      const words = shown ? await this.#nextStep(shown, path) : start;
      const ended = await this.#program.daring(words);
      shown = ended.wasKilled ? await this.#lookAfterDeath(shown) : (shownIn(ended) ?? (await this.#look(shown)).shown);
    }
    this.#say(`I8: ${request} (${path}) never ends: ${JSON.stringify(shown)}`);
  }

  async #nextStep({ id, state, amountMinor, externalReference: ref }: Shown, path: Path): Promise<readonly string[]> {
    switch (state) {
      case 'requested':
        return ['cash-out', 'watch', id, '--until', 'awaiting_payment', '--timeout', '20'];
      case 'awaiting_payment':
        if (path === 'cancelled') return ['cash-out', 'cancel', id];
        if (path === 'raced') {
          await this.#far.tell('customer-starts-paying', { ref });
          return ['cash-out', 'cancel', id];
        }
        await this.#far.tell(path === 'expired' ? 'expire' : 'customer-pays', { ref });
        return ['cash-out', 'watch', id, '--timeout', '20'];
      case 'cancelling':
        if (path === 'raced') await this.#far.tell('customer-pays', { ref });
        return ['sync', '--until', 'idle', '--timeout', '20'];
      case 'paid':
        if (path === 'returned' || (path === 'not given' && this.#given.has(`taken back ${id}`)))
          return ['cash-out', 'return', id, '--reason', 'the customer left'];
        return ['cash-out', 'hand-over', id];
      case 'handing_over':
        if (path === 'not given') {
          this.#given.add(`taken back ${id}`);
          return ['cash-out', 'not-given', id, '--reason', 'the customer left'];
        }
        // Whatever is killed now, the notes have changed hands, once.
        if (!this.#given.has(id)) this.#drawerMinor -= amountMinor;
        this.#given.add(id);
        return ['cash-out', 'given', id];
      default:
        return ['sync', '--until', 'idle', '--timeout', '20'];
    }
  }

  /** I8: the next start shows one defined next step. */
  async #lookAfterDeath(before: Shown | undefined): Promise<Shown | undefined> {
    const { shown, tookMs } = await this.#look(before);
    this.#starts.push(tookMs);
    if (!shown) return undefined;
    const { id, state, actions } = shown;
    const hasStep = actions.length > 0 || MOVED_BY_THE_NETWORK.includes(state) || ENDED.includes(state);
    if (!hasStep) this.#say(`I8: nothing can be done about ${id}, which is ${state}`);
    if (before && before.id !== id) this.#say(`I3: ${before.id} was asked for, ${id} is there`);
    return shown;
  }

  async #look(before: Shown | undefined): Promise<Readonly<{ shown: Shown | undefined; tookMs: number }>> {
    const words = before ? ['cash-out', 'show', before.id] : ['cash-out', 'list', '--open'];
    const ended = await this.#program.safely(words);
    if (ended.exit !== 0) this.#say(`I8: ${words.join(' ')}: exit ${ended.exit}: ${ended.out}${ended.err}`);
    const [shown, ...others] = before ? [shownIn(ended)] : openIn(ended);
    if (others.length > 0) this.#say('I3: one request made several cash-outs');
    return { shown, tookMs: ended.tookMs };
  }

  /** The notes in the drawer are counted by hand: no variance may come out. */
  async #close(): Promise<void> {
    await this.#untilDone(
      ['shift', 'close', '--count', asText(this.#drawerMinor)],
      /shift\.(none-open|required|not-open)/,
    );
    const report = await this.#program.safely(['shift', 'report']);
    const { close } = z.object({ close: z.object({ varianceMinor: z.number() }) }).parse(JSON.parse(report.out));
    if (close.varianceMinor !== 0) this.#say(`I5: ${this.#name} closes with a variance of ${close.varianceMinor}`);
  }

  #say(breach: string): void {
    this.#breaches.push(breach);
  }
}

function shownIn({ out }: Ended): Shown | undefined {
  if (!out.startsWith('{')) return undefined;
  return cashOut.safeParse(JSON.parse(out)).data;
}

function openIn({ out }: Ended): readonly Shown[] {
  return out.startsWith('[') ? z.array(cashOut).parse(JSON.parse(out)) : [];
}

function asText(minor: number): string {
  return (minor / 100).toFixed(2);
}
