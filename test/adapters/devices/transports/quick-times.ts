/** Waits of lines that a test does not want to sit through. */
export const QUICK_TIMES = { retryFirstMs: 50, retryLongestMs: 400, lingerMs: 300, settleMs: 30 } as const;
