/** Checks a journal of any length without holding up the loop that pays customers: a few milliseconds, then everybody else's turn. */
import type { Journal, Verification } from './journal.ts';

type Slicing = Readonly<{
  /** Longest stretch without a pause. */
  sliceMs?: number;
  monotonicMs?: () => number;
  /** Lets everything else run. */
  pause?: () => Promise<void>;
}>;

/** Some entries at a time: none takes a millisecond, and the clock is looked at between two lots. */
const LOT = 40;
const SLICE_MS = 6;

/** The same answer as `journal.verify(fromSeq)`. Entries that are appended meanwhile are checked too. */
export async function verifyInSlices(journal: Journal, fromSeq = 1, slicing: Slicing = {}): Promise<Verification> {
  const { sliceMs = SLICE_MS, monotonicMs = () => performance.now(), pause = nextTurn } = slicing;
  let checked = 0;
  let sliceEndMs = monotonicMs() + sliceMs;
  for (;;) {
    const found = journal.verify(fromSeq + checked, LOT);
    if (!found.sound) return found;
    checked += found.checked;
    if (found.checked < LOT) return { ...found, checked };
    if (monotonicMs() >= sliceEndMs) {
      await pause();
      sliceEndMs = monotonicMs() + sliceMs;
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
