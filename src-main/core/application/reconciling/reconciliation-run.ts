/**
 * One reconciliation: a question at a time, slowly, after the work of the sync engine. It can be stopped between any two questions; what
 * it has done by then is in the journal, and another run goes on behind it.
 */
import type { NetworkId } from '../../domain/network.ts';
import type { Finding, ReconciliationEvent, Trigger } from '../../domain/reconciliation.ts';
import { jittered } from '../syncing/backoff.ts';
import { isBlocked } from '../syncing/network-health.ts';
import type { TillContext } from '../till-parts.ts';
import { askAgain, untold } from './ask-again.ts';
import { comparePayouts } from './compare-payouts.ts';
import { lookThroughLists } from './look-through-lists.ts';
import type { OrderedCashOut, Span } from './worklist.ts';

export type RunPlan = Readonly<{
  runId: string;
  trigger: Trigger;
  day?: string;
  span: Span;
  startedAtMs: number;
  worklist: readonly OrderedCashOut[];
  /** Done before a run was cut off. */
  before: Readonly<{ count: number; findings: readonly Finding[]; unanswered: number }>;
}>;

export type Progress = Readonly<{ runId: string; trigger: Trigger; startedAtMs: number; asked: number; total: number }>;

const BACKGROUND_GAP_MS = 1_000;
const ASKED_FOR_GAP_MS = 250;
/** The engine has something to do: looked again after so long. */
const YIELD_MS = 200;
const SILENCES_MS = [2_000, 10_000] as const;
const LONGEST_WAIT_MS = 60_000;
/** So many in a row without an answer: the network is away, and is not asked about the rest. */
const AWAY_AFTER = 3;
/** A run that is cut off loses no more than so many answers, which are then asked for again. */
const SAVED_EVERY = 25;

type Told = Readonly<{ finding: Finding | undefined; isAnswered: boolean }>;

export class ReconciliationRun {
  readonly #till: TillContext;
  readonly #plan: RunPlan;
  readonly #isEngineAtRest: () => boolean;
  readonly #findings: Finding[];
  readonly #silences = new Map<NetworkId, number>();
  #unsaved: { ids: string[]; findings: Finding[]; unanswered: number } = { ids: [], findings: [], unanswered: 0 };
  #asked: number;
  #unanswered: number;
  #isStopped = false;
  #wake: (() => void) | undefined;

  constructor(till: TillContext, plan: RunPlan, isEngineAtRest: () => boolean) {
    this.#till = till;
    this.#plan = plan;
    this.#isEngineAtRest = isEngineAtRest;
    this.#findings = [...plan.before.findings];
    this.#asked = plan.before.count;
    this.#unanswered = plan.before.unanswered;
  }

  get progress(): Progress {
    const { runId, trigger, startedAtMs, worklist, before } = this.#plan;
    return { runId, trigger, startedAtMs, asked: this.#asked, total: before.count + worklist.length };
  }

  stop(): void {
    this.#isStopped = true;
    this.#wake?.();
  }

  /** Whether it came to its end. */
  async carryOut(): Promise<boolean> {
    for (const cashOut of this.#plan.worklist) {
      await this.#turn();
      const told = this.#isStopped ? undefined : await this.#ask(cashOut);
      // A question that was stopped while it waited to be asked again is asked by the next run.
      if (!told || (this.#isStopped && !told.isAnswered)) break;
      this.#note(cashOut, told);
    }
    if (this.#isStopped) {
      this.#save();
      return false;
    }
    const lists = [
      await lookThroughLists(this.#till, this.#plan.span),
      ...(this.#isStopped ? [] : [await comparePayouts(this.#till, this.#plan.span)]),
    ];
    if (this.#isStopped) {
      this.#save();
      return false;
    }
    const findings = lists.flatMap((each) => each.findings);
    this.#findings.push(...findings);
    const listed = lists.flatMap((each) => each.listed);
    this.#record({ type: 'ended', result: this.#result(listed, findings) });
    return true;
  }

  /** Waits for its turn: a pause since the last question, then until nobody at the counter waits for the line. */
  async #turn(): Promise<void> {
    const gapMs = this.#plan.trigger === 'person' ? ASKED_FOR_GAP_MS : BACKGROUND_GAP_MS;
    await this.#pause(jittered(gapMs, this.#till.random.next()));
    while (!this.#isStopped && !this.#isEngineAtRest()) await this.#pause(YIELD_MS);
  }

  async #ask(cashOut: OrderedCashOut): Promise<Told> {
    const silent = (why: string): Told => ({ finding: untold(cashOut, why), isAnswered: false });
    if (isBlocked(this.#till, cashOut.network)) return silent('the network refuses to work with this till');
    const silences = this.#silences.get(cashOut.network) ?? 0;
    if (silences >= AWAY_AFTER) return silent('the network does not answer');
    let compared = await askAgain(this.#till, cashOut);
    for (const waitMs of silences === 0 ? SILENCES_MS : []) {
      if (compared.kind === 'compared' || this.#isStopped) break;
      await this.#pause(Math.min(LONGEST_WAIT_MS, Math.max(waitMs, compared.waitMs)));
      if (!this.#isStopped) compared = await askAgain(this.#till, cashOut);
    }
    this.#silences.set(cashOut.network, compared.kind === 'silent' ? silences + 1 : 0);
    return compared.kind === 'silent' ? silent(compared.why) : { finding: compared.finding, isAnswered: true };
  }

  #note({ id }: OrderedCashOut, { finding, isAnswered }: Told): void {
    this.#asked += 1;
    this.#unsaved.ids.push(id);
    if (finding) [this.#findings, this.#unsaved.findings].forEach((list) => list.push(finding));
    if (!isAnswered) {
      this.#unanswered += 1;
      this.#unsaved.unanswered += 1;
    }
    if (this.#unsaved.ids.length >= SAVED_EVERY) this.#save();
    this.#till.touched();
  }

  #save(): void {
    if (this.#unsaved.ids.length > 0) this.#record({ type: 'compared', ...this.#unsaved });
    this.#unsaved = { ids: [], findings: [], unanswered: 0 };
  }

  #record(step: ReconciliationEvent): void {
    this.#till.store.commit([{ type: 'reconciliation.step', v: 1, runId: this.#plan.runId, step }]);
  }

  #pause(delayMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#till.timers.after(delayMs, resolve);
    this.#wake = () => {
      cancel();
      resolve();
    };
    return promise;
  }

  #result(
    listed: readonly NetworkId[],
    beyond: readonly Finding[],
  ): Extract<ReconciliationEvent, { type: 'ended' }>['result'] {
    const { trigger, day, span, startedAtMs } = this.#plan;
    const asked = this.#findings.filter((finding) => !beyond.includes(finding));
    const about = new Set(asked.flatMap(({ cashOutId, payoutId }) => cashOutId ?? payoutId ?? []));
    return {
      trigger,
      ...(day !== undefined && { day }),
      ...span,
      startedAtMs,
      asked: this.#asked,
      agree: this.#asked - about.size,
      unanswered: this.#unanswered,
      findings: this.#findings,
      listed,
    };
  }
}
