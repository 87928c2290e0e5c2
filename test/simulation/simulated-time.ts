/**
 * One time for everything in a simulated shop: till, network, devices and people. It moves only from one thing that is due to the next,
 * so that an hour passes in a moment, and the same seed gives the same order of things on every machine.
 */
import { createDueQueue } from '../../src-main/simulators/networks/due-queue.ts';

/** 2026-03-02 09:00 UTC, a Monday morning. */
export const OPENING_MS = Date.UTC(2026, 2, 2, 9);

export type SimulatedTime = Readonly<{
  /** Ms since the simulation began; nobody in it can set it. */
  elapsedMs(): number;
  /** The network's clock, and the sun's. */
  trueMs(): number;
  /** Runs once; the answer takes it back. */
  after(delayMs: number, run: () => void): () => void;
  /** The next thing that is due, and everything that follows from it at once. False: nothing is left to happen before that time. */
  step(untilMs: number): Promise<boolean>;
}>;

type Happening = { run: (() => void) | undefined };

export function createSimulatedTime(): SimulatedTime {
  const queue = createDueQueue<Happening>();
  let elapsedMs = 0;
  let steps = 0;
  return {
    elapsedMs: () => elapsedMs,
    trueMs: () => OPENING_MS + elapsedMs,
    after(delayMs, run) {
      const happening: Happening = { run };
      queue.add(elapsedMs + Math.max(0, delayMs), happening);
      return () => void (happening.run = undefined);
    },
    async step(untilMs) {
      for (let next = queue.takeDue(untilMs); next; next = queue.takeDue(untilMs)) {
        const { run } = next.item;
        if (run === undefined) continue;
        elapsedMs = Math.max(elapsedMs, next.atMs);
        run();
        steps += 1;
        await (steps % BREATH_EVERY === 0 ? breath() : settled());
        return true;
      }
      elapsedMs = Math.max(elapsedMs, untilMs);
      return false;
    },
  };
}

/**
 * Every promise that can settle by now has settled: no part of a simulated shop waits for the machine. Node runs what was put off to the
 * next tick when no promise has anything left to do.
 */
function settled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/** The machine's own affairs, such as messages of whoever waits for the result, get their turn now and then. */
const BREATH_EVERY = 1_000;

function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
