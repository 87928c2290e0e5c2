/** How long this process's own loop stands still. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** In ms by the clock; `work`: the most processor time that the loop took between two turns. */
export type LoopFigures = Readonly<{ p50: number; p99: number; max: number; work: number }>;

export interface LoopWatch {
  begin(): void;
  end(): void;
  /** Since it began. */
  seen(): LoopFigures;
  /** Since it was asked last. */
  seenSince(): LoopFigures;
}

type Stretch = { delay: ReturnType<typeof monitorEventLoopDelay>; work: number };

export function watchLoop(): LoopWatch {
  const [all, lately]: [Stretch, Stretch] = [newStretch(), newStretch()];
  let lastCpu = process.threadCpuUsage();
  const tick = (): void => {
    const cpu = process.threadCpuUsage();
    const tookMs = (cpu.user - lastCpu.user + cpu.system - lastCpu.system) / 1_000;
    for (const stretch of [all, lately]) stretch.work = Math.max(stretch.work, tookMs);
    lastCpu = cpu;
  };
  let ticking: NodeJS.Timeout | undefined;
  return {
    begin() {
      lastCpu = process.threadCpuUsage();
      for (const { delay } of [all, lately]) delay.enable();
      ticking = setInterval(tick, 1);
    },
    end() {
      for (const { delay } of [all, lately]) delay.disable();
      clearInterval(ticking);
    },
    seen: () => figuresOf(all),
    seenSince() {
      const figures = figuresOf(lately);
      lately.delay.reset();
      lately.work = 0;
      return figures;
    },
  };
}

function newStretch(): Stretch {
  return { delay: monitorEventLoopDelay({ resolution: 1 }), work: 0 };
}

function figuresOf({ delay, work }: Stretch): LoopFigures {
  return {
    p50: toMs(delay.percentile(50)),
    p99: toMs(delay.percentile(99)),
    max: toMs(delay.max),
    work: Math.round(work * 10) / 10,
  };
}

function toMs(ns: number): number {
  return Math.round(ns / 1e5) / 10;
}
