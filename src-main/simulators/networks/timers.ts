/** Waiting, as a parameter: a server's delays can then run on a test's own time. */
export interface SimulatorTimers {
  /** Runs once after the delay; the answer takes it back. */
  after(delayMs: number, run: () => void): () => void;
}

/** The machine's timers. They do not keep a process alive by themselves. */
export const MACHINE_TIMERS: SimulatorTimers = {
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
