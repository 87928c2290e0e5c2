/** The end of a job's patience: its time is over, its caller gave up, or its line is being closed. */
import type { CancelSignal, DeviceFaultCode } from '../../../core/application/ports/device-fault.ts';
import type { LineTrouble } from './line-driver.ts';

export interface JobStop {
  readonly signal: AbortSignal;
  /** Why; undefined while it may go on. */
  trouble(): LineTrouble | undefined;
  /** Stops it from inside. */
  stop(code: DeviceFaultCode, detail: string): void;
  /** Calls at once or at the stop; the answer ends it. */
  onStop(listener: (trouble: LineTrouble) => void): () => void;
  /** The job is over: timer and listeners go. */
  end(): void;
}

export function createJobStop(label: string, timeoutMs: number, cancel?: CancelSignal): JobStop {
  const controller = new AbortController();
  const listeners = new Set<(trouble: LineTrouble) => void>();
  let trouble: LineTrouble | undefined;

  function stop(code: DeviceFaultCode, detail: string): void {
    if (trouble !== undefined) return;
    trouble = { code, detail };
    controller.abort();
    for (const listener of listeners) listener(trouble);
  }

  const timer = setTimeout(() => stop('timeout', `${label} was not done in ${timeoutMs} ms`), timeoutMs);
  const giveUp = (): void => stop('cancelled', `${label} was cancelled`);
  if (cancel?.aborted) giveUp();
  else cancel?.addEventListener('abort', giveUp);

  return {
    signal: controller.signal,
    trouble: () => trouble,
    stop,
    onStop(listener) {
      if (trouble !== undefined) listener(trouble);
      else listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    end() {
      clearTimeout(timer);
      cancel?.removeEventListener('abort', giveUp);
      listeners.clear();
    },
  };
}
