/** How long this process's own loop stands still. */
import { PerformanceObserver, monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * In ms by the clock; `work`: the most processor time that the loop took between two turns; `collecting`: the longest garbage collection;
 * `readIn`: the most pages of this program between two turns that the system had dropped and had to read from the disk again.
 */
export type LoopFigures = Readonly<{
  p50: number;
  p99: number;
  max: number;
  work: number;
  collecting: number;
  readIn: number;
}>;

export interface LoopWatch {
  begin(): void;
  end(): void;
  /** Since it began. */
  seen(): LoopFigures;
  /** Since it was asked last. */
  seenSince(): LoopFigures;
}

type Stretch = { delay: ReturnType<typeof monitorEventLoopDelay>; work: number; collecting: number; readIn: number };

export function watchLoop(): LoopWatch {
  const [all, lately]: [Stretch, Stretch] = [newStretch(), newStretch()];
  let lastCpu = process.threadCpuUsage();
  let lastReadIn = pagesReadIn();
  const tick = (): void => {
    const cpu = process.threadCpuUsage();
    const tookMs = (cpu.user - lastCpu.user + cpu.system - lastCpu.system) / 1_000;
    const readIn = pagesReadIn();
    for (const stretch of [all, lately]) {
      stretch.work = Math.max(stretch.work, tookMs);
      stretch.readIn = Math.max(stretch.readIn, readIn - lastReadIn);
    }
    [lastCpu, lastReadIn] = [cpu, readIn];
  };
  const collections = new PerformanceObserver((list) => {
    const longest = Math.max(...list.getEntries().map((entry) => entry.duration));
    for (const stretch of [all, lately]) stretch.collecting = Math.max(stretch.collecting, longest);
  });
  let ticking: NodeJS.Timeout | undefined;
  return {
    begin() {
      [lastCpu, lastReadIn] = [process.threadCpuUsage(), pagesReadIn()];
      for (const { delay } of [all, lately]) delay.enable();
      collections.observe({ entryTypes: ['gc'] });
      ticking = setInterval(tick, 1);
    },
    end() {
      for (const { delay } of [all, lately]) delay.disable();
      collections.disconnect();
      clearInterval(ticking);
    },
    seen: () => figuresOf(all),
    seenSince() {
      const figures = figuresOf(lately);
      lately.delay.reset();
      lately.work = 0;
      lately.collecting = 0;
      lately.readIn = 0;
      return figures;
    },
  };
}

function pagesReadIn(): number {
  return process.resourceUsage().majorPageFault;
}

function newStretch(): Stretch {
  return { delay: monitorEventLoopDelay({ resolution: 1 }), work: 0, collecting: 0, readIn: 0 };
}

function figuresOf({ delay, work, collecting, readIn }: Stretch): LoopFigures {
  return {
    p50: tenths(delay.percentile(50) / 1e6),
    p99: tenths(delay.percentile(99) / 1e6),
    max: tenths(delay.max / 1e6),
    work: tenths(work),
    collecting: tenths(collecting),
    readIn,
  };
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
