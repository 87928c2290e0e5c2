/** One job after another, and whose patience ends before its turn has left nothing behind. Every kind of line queues its jobs here. */
import type { DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { Result } from '../../../core/domain/result.ts';
import { err } from '../../../core/domain/result.ts';
import type { WriteOptions } from './byte-transport.ts';
import type { JobStop } from './job-stop.ts';
import { createJobStop } from './job-stop.ts';
import { faultOf } from './line-driver.ts';

export type JobOutcome = Result<void, DeviceFault>;

export interface JobQueue {
  /** Runs the job in its turn, unless it was stopped before. */
  run(options: WriteOptions, carryOut: (stop: JobStop) => Promise<JobOutcome>): Promise<JobOutcome>;
  /** Stops all jobs; resolves when the last one has ended. */
  stop(): Promise<void>;
}

export function createJobQueue(id: string): JobQueue {
  const stops = new Set<JobStop>();
  let lastTurn: Promise<unknown> = Promise.resolve();

  function inTurn(stop: JobStop, carryOut: (stop: JobStop) => Promise<JobOutcome>): Promise<JobOutcome> {
    const { promise, resolve, reject } = Promise.withResolvers<JobOutcome>();
    const endWait = stop.onStop((trouble) => resolve(err(faultOf(trouble, 'none'))));
    const turn = lastTurn.then(() => {
      endWait();
      const trouble = stop.trouble();
      return trouble === undefined ? carryOut(stop) : err(faultOf(trouble, 'none'));
    });
    turn.then(resolve, reject);
    lastTurn = turn.catch(() => undefined);
    return promise;
  }

  return {
    async run({ label, timeoutMs, cancel }, carryOut) {
      const stop = createJobStop(`${label} to ${id}`, timeoutMs, cancel);
      stops.add(stop);
      try {
        return await inTurn(stop, carryOut);
      } finally {
        stop.end();
        stops.delete(stop);
      }
    },
    async stop() {
      for (const stop of stops) stop.stop('cancelled', `${id}: the line was closed during the job`);
      await lastTurn;
    },
  };
}
