/**
 * When the books are compared with the networks': after a shift has closed, once a day, and whenever a person asks. Always in the
 * background; one at a time; a run that was cut off is taken up again.
 */
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { Trigger } from '../../domain/reconciliation.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import { shopDayBounds } from '../../domain/shop-day.ts';
import { requireSettings } from '../till-parts.ts';
import type { TillContext } from '../till-parts.ts';
import { reconciliationRecord } from './reconciliation-record.ts';
import type { CutOff, Ended } from './reconciliation-record.ts';
import { ReconciliationRun } from './reconciliation-run.ts';
import type { Progress, RunPlan } from './reconciliation-run.ts';
import { cashOutsToAsk, LOOK_BACK_MS } from './worklist.ts';

export type ReconcileRequest = Readonly<{
  trigger: Trigger;
  /** `YYYY-MM-DD` on the shop's calendar; else the last days and whatever is open. */
  day?: string;
}>;

/** Undefined: it was stopped before its end. */
export type Running = Promise<Ended | undefined>;

const AFTER_CLOSE_MS = 5_000;
const DAILY_MS = 24 * 3_600_000;
const INCOMPLETE_AGAIN_MS = 3_600_000;
const LOOK_EVERY_MS = 15 * 60_000;
const FIRST_LOOK_MS = 30_000;

export class Reconciler {
  readonly #till: TillContext;
  readonly #isEngineAtRest: () => boolean;
  #run: ReconciliationRun | undefined;
  #work: Promise<unknown> | undefined;
  #isStarted = false;
  #cancelLook: (() => void) | undefined;
  #known: Readonly<{ last: Ended | undefined }> | undefined;

  constructor(till: TillContext, isEngineAtRest: () => boolean) {
    this.#till = till;
    this.#isEngineAtRest = isEngineAtRest;
    till.store.onCommit((entries) => {
      if (entries.some(({ event }) => event.type === 'reconciliation.step')) this.#known = undefined;
      if (entries.some(({ event }) => event.type === 'shift.closed')) this.#afterClose();
    });
  }

  get progress(): Progress | undefined {
    return this.#run?.progress;
  }

  /** The last that came to its end. */
  get last(): Ended | undefined {
    this.#known ??= { last: reconciliationRecord(this.#till.store).last };
    return this.#known.last;
  }

  /** Goes on with a run that was cut off, and looks from time to time whether one is due. */
  start(): void {
    this.#isStarted = true;
    this.#lookIn(FIRST_LOOK_MS);
  }

  /** Resolves when nothing of it is on the line any more. */
  async stop(): Promise<void> {
    this.#isStarted = false;
    this.#cancelLook?.();
    this.#run?.stop();
    await this.#work;
  }

  /** Refused: one is under way, no settings yet, no such day. */
  begin({ trigger, day }: ReconcileRequest): Result<Running, Fault> {
    if (this.#run) return err(fault('reconcile.running', 'a reconciliation is under way already'));
    const settings = requireSettings(this.#till);
    if (!settings.ok) return settings;
    const { clock, ids, store } = this.#till;
    const nowMs = clock.nowMs();
    const lately = { fromMs: nowMs - LOOK_BACK_MS, toMs: nowMs };
    const span = day === undefined ? lately : shopDayBounds(day, settings.value.timeZone);
    if (!span || span.fromMs > nowMs)
      return err(fault('request.invalid', `${day ?? ''} is no day up to today, written YYYY-MM-DD`));
    const runId = ids.next();
    const named = { trigger, ...(day !== undefined && { day }) };
    store.commit([{ type: 'reconciliation.step', v: 1, runId, step: { type: 'began', ...named, ...span } }]);
    const worklist = cashOutsToAsk(this.#till, span, day !== undefined);
    const before = { count: 0, findings: [], unanswered: 0 };
    return ok(this.#launch({ runId, ...named, span, startedAtMs: nowMs, worklist, before }));
  }

  /** Soon, and only of a till whose loop runs: the close waits for nothing. */
  #afterClose(): void {
    if (!this.#isStarted) return;
    this.#cancelLook?.();
    this.#cancelLook = this.#till.timers.after(AFTER_CLOSE_MS, () => {
      this.#lookIn(LOOK_EVERY_MS);
      this.#guarded(() => this.#byItself('shift-close'));
    });
  }

  /** Nobody stands behind a timer: a disk that fails just now is written down, and the next look tries again. */
  #guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#till.log.error('reconciliation could not be begun', { error: String(error) });
    }
  }

  #launch(plan: RunPlan): Running {
    const run = new ReconciliationRun(this.#till, plan, this.#isEngineAtRest);
    this.#run = run;
    const running = this.#follow(run);
    this.#work = running.catch((error: unknown) =>
      this.#till.log.error('reconciliation failed', { error: String(error) }),
    );
    this.#till.touched();
    return running;
  }

  async #follow(run: ReconciliationRun): Running {
    try {
      return (await run.carryOut()) ? this.last : undefined;
    } finally {
      this.#run = undefined;
      this.#till.touched();
    }
  }

  #resume({ runId, began, startedAtMs, done, findings, unanswered }: CutOff): void {
    const { trigger, day, fromMs, toMs } = began;
    const span = { fromMs, toMs };
    const worklist = cashOutsToAsk(this.#till, span, day !== undefined).filter(({ id }) => !done.has(id));
    const before = { count: done.size, findings, unanswered };
    const plan = { runId, trigger, ...(day !== undefined && { day }), span, startedAtMs, worklist, before };
    this.#launch(plan).catch(() => undefined);
  }

  #byItself(trigger: Trigger): void {
    const begun = this.begin({ trigger });
    if (begun.ok) begun.value.catch(() => undefined);
  }

  /** A day since the last, an hour where it could not ask everything; a till that never did, a day after its first cash-out. */
  #isDue(): boolean {
    const nowMs = this.#till.clock.nowMs();
    const { last } = this;
    if (last) return nowMs - last.endedAtMs >= (last.unanswered === 0 ? DAILY_MS : INCOMPLETE_AGAIN_MS);
    const lately = this.#till.store.cashOutsSince(nowMs - LOOK_BACK_MS, 1_000);
    return lately.some(({ requestedAtMs }) => nowMs - requestedAtMs >= DAILY_MS);
  }

  #lookIn(delayMs: number): void {
    this.#cancelLook?.();
    if (this.#isStarted) this.#cancelLook = this.#till.timers.after(delayMs, () => this.#guarded(() => this.#look()));
  }

  #look(): void {
    this.#lookIn(LOOK_EVERY_MS);
    if (this.#run) return;
    const { cutOff } = reconciliationRecord(this.#till.store);
    if (cutOff) this.#resume(cutOff);
    else if (this.#isDue()) this.#byItself('daily');
  }
}
