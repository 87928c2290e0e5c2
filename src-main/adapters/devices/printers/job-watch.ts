/**
 * Follows one job from before its first byte, so that a quick answer is not missed, until its end: the printer's word, a failure, or the
 * time that wire and mechanics need. What the printer waits for (paper, a cover) stops that clock and starts a longer one.
 */
import type { DeviceFault, DeviceFaultCode } from '../../../core/application/ports/device-fault.ts';
import type { PrintJob } from '../../../core/application/ports/slip-printer.ts';
import type { Timers } from '../../../core/application/ports/system.ts';
import type { Result } from '../../../core/domain/result.ts';
import type { LineState } from '../transports/byte-transport.ts';
import type { Printing } from './print-ladder.ts';
import type { PrinterNews } from './printer-speech.ts';
import { obstacleIn } from './printer-status.ts';
import { mechanicsTimeMs, wireTimeMs } from './printing-time.ts';

export type Failure = Readonly<{ code: DeviceFaultCode; detail?: string }>;
export type Ending = 'sent' | Readonly<{ state: 'printed' | 'processed' }> | Failure;

export type Watched = Readonly<{
  job: PrintJob;
  bytes: Uint8Array;
  /** It did when it was asked before. */
  answersStatus: boolean;
}>;

/** Silences in a row, after all that was sent must have arrived, that mean a printer which used to answer is gone. */
const SILENCES_MAX = 2;
/** GS r is answered while the last lines are still on their way to the paper. */
const LAST_LINES_MS = 1_500;

export class JobWatch {
  readonly ending: Promise<Ending>;
  readonly #resolve: (ending: Ending) => void;
  readonly #watched: Watched;
  readonly #printing: Printing;
  readonly #clocks: Clocks;
  readonly #wireMs: number;
  readonly #workMs: number;
  readonly #unsubscribe: readonly (() => void)[];
  #waitingFor: DeviceFaultCode | undefined;
  #lineFault: Failure | undefined;
  #silences = 0;
  #wasCoverOpen = false;
  #isOver = false;
  #isWritten = false;
  #isWorkedThrough = false;

  constructor(watched: Watched, printing: Printing) {
    const { promise, resolve } = Promise.withResolvers<Ending>();
    const { job, bytes } = watched;
    this.ending = promise;
    this.#resolve = resolve;
    this.#watched = watched;
    this.#printing = printing;
    this.#clocks = createClocks(printing.timers);
    this.#wireMs = wireTimeMs(bytes.length, printing.bitsPerSecond);
    this.#workMs = mechanicsTimeMs({ document: job.document, bytes, profile: printing.profile });
    this.#unsubscribe = [
      printing.speech.onNews((news) => this.#hear(news)),
      printing.transport.onState?.((state) => this.#lineIs(state)) ?? (() => undefined),
    ];
    this.#startDeadline(this.#wireMs + this.#workMs + printing.times.graceMs);
  }

  end(wished: Ending): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#clocks.stopAll();
    this.#unsubscribe.forEach((leave) => leave());
    this.#resolve(this.#inTruth(wished));
    if (this.#waitingFor) this.#watched.job.onWaiting?.(undefined);
  }

  /** The line has taken the job, or says how much of it. */
  written(result: Result<void, DeviceFault>): void {
    if (this.#isOver) return;
    if (!result.ok) return this.end(result.error);
    if (this.#lineFault) return this.end(this.#lineFault);
    this.#isWritten = true;
    const { answersStatus } = this.#watched;
    const { speech, times } = this.#printing;
    if (!speech.confirms && !this.#waitingFor) this.#clocks.stop('deadline');
    if (!answersStatus && !speech.confirms) return this.end('sent');
    if (!speech.confirms) this.#clocks.start('work', this.#wireMs + this.#workMs, () => undefined);
    // A question stands behind the job on the wire: before that has passed, silence says nothing.
    if (answersStatus && !this.#isWorkedThrough) this.#lookAfter(this.#wireMs + times.lookEveryMs);
  }

  #inTruth(wished: Ending): Ending {
    const isGood = wished === 'sent' || 'state' in wished;
    // Whoever opens the cover spoils the line that is being printed; the printer goes on and knows nothing of it.
    if (isGood) return this.#wasCoverOpen ? { code: 'cover-open', detail: 'opened while it printed' } : wished;
    // What the printer waits for explains more than that nobody waits any longer.
    const isVague = wished.code === 'cancelled' || wished.code === 'timeout';
    return isVague && this.#waitingFor ? { ...wished, code: this.#waitingFor } : wished;
  }

  #hear(news: PrinterNews): void {
    const { profile } = this.#printing;
    if (news.kind === 'power-on') this.end({ code: 'restarted', detail: `${profile.name} was switched on` });
    else if (news.kind === 'status') this.#waits(obstacleIn(news.status));
    else if (news.jobId === this.#watched.job.id) this.#confirmed(news.state);
  }

  #lineIs({ connected, fault }: LineState): void {
    const gone = { code: fault?.code ?? 'unplugged', detail: fault?.detail ?? 'the line is gone' } as const;
    this.#lineFault = connected === 'no' ? gone : undefined;
    // While it is written, the write itself says how much has left.
    if (this.#lineFault && this.#isWritten) this.end(this.#lineFault);
  }

  #confirmed(state: 'printed' | 'processed'): void {
    if (state === 'printed' || !this.#watched.answersStatus) return this.end({ state });
    this.#isWorkedThrough = true;
    this.#lookAfter(LAST_LINES_MS);
  }

  #waits(why: DeviceFaultCode | undefined): void {
    this.#silences = 0;
    if (this.#isOver || why === this.#waitingFor) return;
    const { times, speech } = this.#printing;
    this.#waitingFor = why;
    this.#wasCoverOpen ||= why === 'cover-open';
    this.#watched.job.onWaiting?.(why);
    if (why !== undefined) {
      this.#clocks.stop('deadline');
      // One patience for all that comes together: paper, then the cover, then the paper again.
      const isPatient = this.#clocks.isRunning('patience');
      if (!isPatient) this.#clocks.start('patience', times.waitingMaxMs, () => this.end({ code: 'timeout' }));
      return;
    }
    this.#clocks.stop('patience');
    this.#startDeadline(this.#workMs + times.graceMs);
    if (!speech.confirms) this.#clocks.start('work', this.#workMs, () => undefined);
  }

  #startDeadline(afterMs: number): void {
    const hasOtherEnd = !this.#printing.speech.confirms && this.#isWritten; // Its looks end by themselves.
    if (hasOtherEnd) this.#clocks.stop('deadline');
    else this.#clocks.start('deadline', afterMs, () => this.end({ code: 'timeout' }));
  }

  #lookAfter(delayMs: number): void {
    this.#clocks.start('look', delayMs, () => void this.#look());
  }

  async #look(): Promise<void> {
    const { speech, times } = this.#printing;
    const status = await speech.askStatus();
    if (this.#isOver) return;
    // Nothing else would tell that it was switched off and on: it was silent, and now it speaks.
    if (status && this.#silences > 0 && !speech.confirms)
      return this.end({ code: 'restarted', detail: 'it was silent for a while' });
    if (status) this.#waits(obstacleIn(status));
    else this.#silences += 1;
    if (this.#isWorkedThrough && !this.#waitingFor)
      return this.end(status ? { state: 'processed' } : { code: 'offline' });
    const isDone = !speech.confirms && !this.#waitingFor && !this.#clocks.isRunning('work');
    if (isDone && status) return this.end('sent');
    if (isDone && this.#silences >= SILENCES_MAX) return this.end({ code: 'offline' });
    this.#lookAfter(this.#waitingFor ? times.lookWhileWaitingMs : times.lookEveryMs);
  }
}

type Clock = 'deadline' | 'patience' | 'look' | 'work';
type Clocks = ReturnType<typeof createClocks>;

/** One timer per name; starting it again forgets the one before. */
function createClocks(timers: Timers) {
  const running = new Map<Clock, () => void>();
  function stop(name: Clock): void {
    running.get(name)?.();
    running.delete(name);
  }
  return {
    stop,
    start(name: Clock, afterMs: number, run: () => void): void {
      stop(name);
      running.set(
        name,
        timers.after(afterMs, () => {
          running.delete(name);
          run();
        }),
      );
    },
    isRunning: (name: Clock) => running.has(name),
    stopAll: () => [...running.keys()].forEach(stop),
  };
}
