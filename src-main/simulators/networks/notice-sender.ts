/** Posts notifications to a seller's address, again and again for a while when nobody says 2xx. */
import type { SimulatorTimers } from './timers.ts';

export type OutgoingNotice = Readonly<{ url: string; headers: Readonly<Record<string, string>>; bodyText: string }>;

export type NoticeSender = Readonly<{ send: (notice: OutgoingNotice) => void; close: () => void }>;

export type NoticeSenderOptions = Readonly<{
  timers: SimulatorTimers;
  answerWithinMs: number;
  /** The wait before every repetition, or before the first, the second and so on; the last of a list goes on. */
  retryAfterMs: number | readonly number[];
  attempts: number;
}>;

export function createNoticeSender(options: NoticeSenderOptions): NoticeSender {
  const { timers, answerWithinMs, retryAfterMs, attempts } = options;
  const closing = new AbortController();

  async function post(notice: OutgoingNotice, attempt: number): Promise<void> {
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(answerWithinMs)]);
    const { url, headers, bodyText } = notice;
    const isAccepted = await fetch(url, { method: 'POST', headers: { ...headers }, body: bodyText, signal }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isAccepted || attempt >= attempts || closing.signal.aborted) return;
    const waitsMs = typeof retryAfterMs === 'number' ? [retryAfterMs] : retryAfterMs;
    timers.after(waitsMs[attempt - 1] ?? waitsMs.at(-1) ?? 0, () => void post(notice, attempt + 1));
  }

  return {
    send: (notice) => void post(notice, 1),
    close: () => closing.abort(),
  };
}
