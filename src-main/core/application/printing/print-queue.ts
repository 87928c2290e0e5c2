/**
 * The queue before the printer: one job at a time, in order, saved before anything else happens. Nothing that moves cash waits for it.
 *
 * Only what somebody asked for in this very run of the program is printed. What a restart finds is settled for good: sent and unanswered is
 * unknown, queued was never sent; either is offered, and printed when a person asks for it (I9). The same holds for what stands behind a slip
 * that broke off: a printer that comes back does not print on by itself.
 */
import type { DeviceFaultCode } from '../../domain/devices/device-fault.ts';
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { SlipKind } from '../../domain/journal-event.ts';
import type { Result } from '../../domain/result.ts';
import { err, invariant, ok } from '../../domain/result.ts';
import { SLIP_LIFETIME_MS } from '../../domain/slips/slip-lifetime.ts';
import type { Stop } from '../cancelling.ts';
import { createStop } from '../cancelling.ts';
import type { SlipPrinter } from '../ports/slip-printer.ts';
import type { SlipJob } from '../ports/till-store.ts';
import { requireSettings } from '../till-parts.ts';
import type { TillContext } from '../till-parts.ts';
import type { SlipEnding } from './print-slip.ts';
import { copiesThatMayExist, sendTo, slipOutcome } from './print-slip.ts';
import { slipContent } from './slip-content.ts';

const ENDED_STATES: readonly SlipJob['state'][] = ['printed', 'processed', 'sent', 'refused', 'unknown'];

/** Refusals that say something of the slip and nothing of the printer: what stands behind it may go on. */
const OF_THE_SLIP: readonly SlipEnding['code'][] = ['unsupported', 'expired', 'cancelled'];

type Current = Readonly<{ jobId: string; stop: Stop }>;

export class PrintQueue {
  readonly #till: TillContext;
  readonly #waiters = new Map<string, Set<() => void>>();
  /** Ids, oldest first: only what was asked for in this run. */
  #line: string[] = [];
  #current: Current | undefined;
  #isWorking = false;
  #isStopped = false;
  #heardOf: SlipPrinter | undefined;

  constructor(till: TillContext) {
    this.#till = till;
  }

  /** Saved and in its place in the queue; printed when its turn comes. */
  add(kind: SlipKind, subjectId: string): Result<SlipJob, Fault> {
    const queued = queue(this.#till, kind, subjectId);
    if (!queued.ok) return queued;
    this.#line.push(queued.value.id);
    void this.#work();
    return ok(this.#job(queued.value.id));
  }

  /** The job when it has ended, however long its printer waits for paper. */
  async finished(jobId: string): Promise<SlipJob> {
    await this.#waitUntil(jobId, () => this.#hasEnded(jobId));
    return this.#job(jobId);
  }

  /** The same, or as it stands once the printer waits for somebody, or after `patienceMs`. */
  async soon(jobId: string, patienceMs: number): Promise<SlipJob> {
    const isEnough = (): boolean => this.#hasEnded(jobId) || this.#till.printerWaits?.jobId === jobId;
    await this.#waitUntil(jobId, isEnough, patienceMs);
    return this.#job(jobId);
  }

  /** Nobody wants it any more. At the printer already, it ends unknown: it may still come out. */
  cancel(jobId: string): Result<SlipJob, Fault> {
    const job = this.#till.store.slipJob(jobId);
    if (!job) return err(fault('slip.failed', `no print job has the id ${jobId}`));
    if (this.#current?.jobId === jobId) this.#current.stop.stop();
    else if (job.state === 'queued') this.#end(jobId, { state: 'refused', detail: 'taken back', code: 'cancelled' });
    return ok(this.#job(jobId));
  }

  /** Says for good what became of slips that an earlier run of the program left behind. */
  settleInterrupted(): void {
    const { store } = this.#till;
    const mine = new Set([...this.#line, ...(this.#current ? [this.#current.jobId] : [])]);
    const left = store.openSlipJobs().filter(({ id }) => !mine.has(id));
    if (left.length > 0) store.commit(left.map(interrupted));
  }

  stop(): void {
    this.#isStopped = true;
    this.#current?.stop.stop();
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    for (let jobId = this.#next(); jobId !== undefined; jobId = this.#next()) {
      try {
        const job = this.#job(jobId);
        if (job.state === 'queued') await this.#print(job);
      } catch (error) {
        // A disk that fails: the journal still says `queued` or `sending`, and the next start settles it.
        this.#till.log.error('a print job could not be read or recorded', { jobId, error: String(error) });
        this.#wake(jobId);
      }
    }
    this.#isWorking = false;
  }

  #next(): string | undefined {
    return this.#isStopped ? undefined : this.#line.shift();
  }

  async #print(job: SlipJob): Promise<void> {
    const till = this.#till;
    const { printer } = till;
    const settings = till.store.settings();
    const document = settings && isInTime(till, job) ? slipContent(till, settings, job.slip) : undefined;
    if (!document) return this.#end(job.id, { state: 'refused', detail: 'its time is over', code: 'expired' });
    if (!printer)
      return this.#end(job.id, { state: 'refused', detail: 'there is no printer any more', code: 'not-found' });
    this.#listenForLateWords(printer);
    const stop = createStop();
    this.#current = { jobId: job.id, stop };
    try {
      till.store.commit([slipOutcome(job.id, 'sending', '')]);
      const isStillWanted = (): boolean => isWanted(till, job);
      const onWaiting = (why?: DeviceFaultCode): void => this.#waits(job, why);
      const ending = await sendTo(till, printer, { id: job.id, document, isStillWanted, onWaiting }, stop.signal);
      const isOver = ending.state === 'refused' && ending.code === 'cancelled' && !isStillWanted();
      this.#end(job.id, isOver ? { ...ending, code: 'expired' } : ending);
      if (ending.code !== undefined && !OF_THE_SLIP.includes(ending.code)) this.#hold(ending);
    } finally {
      this.#current = undefined;
      if (till.printerWaits) this.#waits(job, undefined);
    }
  }

  /** What stood behind a slip that broke off: offered, and not printed by itself. */
  #hold({ detail }: SlipEnding): void {
    const held = this.#line.filter((id) => this.#job(id).state === 'queued');
    this.#line = [];
    if (held.length === 0) return;
    this.#till.store.commit(held.map((id) => slipOutcome(id, 'refused', detail, 'held')));
    held.forEach((id) => this.#wake(id));
  }

  /** Whoever brings its paper later says so, and no copy is printed for nothing. */
  #listenForLateWords(printer: SlipPrinter): void {
    if (this.#heardOf === printer) return;
    this.#heardOf = printer;
    const { store } = this.#till;
    printer.onLateWord?.((jobId, state) => {
      if (this.#isStopped || store.slipJob(jobId)?.state !== 'unknown') return;
      store.commit([slipOutcome(jobId, state, 'said late')]);
    });
  }

  #waits({ id, slip }: SlipJob, why: DeviceFaultCode | undefined): void {
    this.#till.printerWaits = why && { jobId: id, why };
    if (why) this.#till.log.warn('the printer waits', { jobId: id, why });
    this.#till.touched(slip.subjectId || undefined);
    this.#wake(id);
  }

  #end(jobId: string, { state, detail, code }: SlipEnding): void {
    this.#till.store.commit([slipOutcome(jobId, state, detail, code)]);
    this.#wake(jobId);
  }

  #job(id: string): SlipJob {
    const job = this.#till.store.slipJob(id);
    invariant(job !== undefined, `slip job ${id} is gone`);
    return job;
  }

  #hasEnded(jobId: string): boolean {
    return ENDED_STATES.includes(this.#job(jobId).state);
  }

  #wake(jobId: string): void {
    this.#waiters.get(jobId)?.forEach((run) => run());
  }

  async #waitUntil(jobId: string, isEnough: () => boolean, patienceMs?: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const cancelTimer = patienceMs === undefined ? undefined : this.#till.timers.after(patienceMs, resolve);
    const look = (): void => {
      try {
        if (isEnough()) resolve();
      } catch (error) {
        reject(error); // The disk could not be read: whoever waits is told, and the queue goes on.
      }
    };
    const lookers = this.#waiters.get(jobId) ?? new Set();
    this.#waiters.set(jobId, lookers.add(look));
    look();
    try {
      await promise;
    } finally {
      cancelTimer?.();
      lookers.delete(look);
      if (lookers.size === 0) this.#waiters.delete(jobId);
    }
  }
}

function queue(till: TillContext, kind: SlipKind, subjectId: string): Result<Readonly<{ id: string }>, Fault> {
  const settings = requireSettings(till);
  if (!settings.ok) return settings;
  const { store, clock, ids, printer } = till;
  if (!printer) return err(fault('slip.no-printer', 'this till has no printer'));
  const slip = { kind, subjectId, copy: copiesThatMayExist(till, kind, subjectId) };
  if (!slipContent(till, settings.value, slip))
    return err(fault('slip.not-now', `there is no ${kind} slip to print for ${subjectId || 'this'} now`));
  const id = ids.next();
  const expiresAtMs = Math.min(clock.nowMs() + SLIP_LIFETIME_MS[kind], orderEndsAtMs(till, kind, subjectId));
  store.commit([{ type: 'slip.queued', v: 1, jobId: id, slip, expiresAtMs }]);
  return ok({ id });
}

/** I7: a QR lives no longer than its order. */
function orderEndsAtMs({ store }: TillContext, kind: SlipKind, subjectId: string): number {
  const cashOut = kind === 'qr' ? store.cashOut(subjectId) : undefined;
  return cashOut?.state === 'awaiting_payment' ? cashOut.order.expiresAtMs : Infinity;
}

function isInTime({ clock }: TillContext, { expiresAtMs }: SlipJob): boolean {
  return expiresAtMs === undefined || clock.nowMs() < expiresAtMs;
}

/** There is still something true to print: for a QR, an order that awaits payment (I7). */
function isWanted(till: TillContext, job: SlipJob): boolean {
  const settings = till.store.settings();
  return isInTime(till, job) && settings !== undefined && slipContent(till, settings, job.slip) !== undefined;
}

function interrupted({ id, state }: SlipJob): ReturnType<typeof slipOutcome> {
  return state === 'sending'
    ? slipOutcome(id, 'unknown', 'the program ended while printing', 'interrupted')
    : slipOutcome(id, 'refused', 'the program ended before its turn came', 'interrupted');
}
