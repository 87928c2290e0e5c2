/**
 * Hints from a relay, one question at a time: the relay answers when there is something, or when the wait is over. Every failure is waited
 * out, longer each time; nothing here can hold the till up, and what a relay says is read as a stranger's words.
 *
 * Wire  `GET <url>/hints?wait=<seconds>&after=<cursor>` with `Authorization: Bearer <key>`; 200 with `{ cursor, gap, hints: [{ network, subjects }] }`.
 *       `gap`: some may have been missed. The cursor is kept in memory alone: a till that starts asks about everything anyway.
 */
import { z } from 'zod';
import type { HintSource } from '../../../core/application/ports/hint-source.ts';
import type { Clock, Ids, Log, Random, Timers } from '../../../core/application/ports/system.ts';
import { isSubject } from '../../../core/domain/hint.ts';
import type { HintListener } from '../../../core/domain/hint.ts';
import { NETWORK_IDS } from '../../../core/domain/network.ts';
import { createHttpClient } from '../http/http-client.ts';
import type { HttpOutcome } from '../http/http-client.ts';

export type LongPollOptions = Readonly<{
  url: string;
  /** This till's key; asked at every call. */
  key: () => string | undefined;
  otherSecrets?: () => readonly string[];
  waitMs: number;
  clock: Clock;
  timers: Timers;
  ids: Ids;
  random: Random;
  log: Log;
  version: string;
}>;

const HINTS_MAX = 500;
const ANSWER_AFTER_WAIT_MS = 10_000;
const RETRY_FIRST_MS = 1_000;
const RETRY_LAST_MS = 60_000;
/** A relay asks for patience in vain beyond this. */
const RETRY_AFTER_MAX_MS = 5 * 60_000;
/** A relay that answers at once, again and again, is not asked faster than this. */
const EMPTY_APART_MS = 1_000;
const FULL_APART_MS = 100;
const JITTER_SHARE = 0.3;

const subject = z.string().refine(isSubject).optional();
const page = z.object({
  cursor: z.string().regex(/^[\w.-]{1,64}$/),
  gap: z.boolean(),
  hints: z
    .array(
      z.object({
        network: z.string(),
        subjects: z.object({
          orderId: subject,
          externalReference: subject,
          merchantOrderId: subject,
          paymentId: subject,
        }),
      }),
    )
    .max(HINTS_MAX),
});
type Page = z.infer<typeof page>;

/** Throws FaultError `settings.invalid` for a URL that may not be used. */
export function createLongPollHints(options: LongPollOptions): HintSource {
  const { url, key, waitMs, clock, timers, ids, random, log, version } = options;
  const client = createHttpClient({
    baseUrl: url,
    token: key,
    userAgent: `Ventanilla/${version}`,
    clock,
    ids,
    ...(options.otherSecrets && { otherSecrets: options.otherSecrets }),
  });
  const stopping = new AbortController();
  let wake: (() => void) | undefined;
  let running = Promise.resolve();

  async function run(listener: HintListener): Promise<void> {
    let cursor: string | undefined;
    let failures = 0;
    while (!stopping.signal.aborted) {
      const after = cursor === undefined ? '' : `&after=${cursor}`;
      const askedMs = clock.monotonicMs();
      const outcome = await client.send({
        method: 'GET',
        path: `/hints?wait=${Math.round(waitMs / 1_000)}${after}`,
        headers: { Accept: 'application/json' },
        body: '',
        deadlineMs: waitMs + ANSWER_AFTER_WAIT_MS,
      });
      if (stopping.signal.aborted) return;
      const read = readPage(outcome);
      if (!read) {
        if (failures === 0) log.warn('the relay does not answer', { because: reasonOf(outcome) });
        failures += 1;
        await pause(retryMs(failures, random.next(), outcome));
        continue;
      }
      if (failures > 0) log.info('the relay answers again');
      failures = 0;
      cursor = read.cursor;
      try {
        tell(listener, read);
      } catch (error) {
        // A failing disk, say. The till's own rhythm finds what this hint was about.
        log.error('a hint could not be followed', { error: String(error) });
      }
      const apartMs = read.hints.length > 0 ? FULL_APART_MS : EMPTY_APART_MS;
      await pause(askedMs + apartMs - clock.monotonicMs());
    }
  }

  function pause(delayMs: number): Promise<void> {
    if (delayMs <= 0 || stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = timers.after(delayMs, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  }

  return {
    start(listener) {
      running = run(listener).catch((error: unknown) => {
        log.error('hints are no longer heard', { error: String(error) });
      });
    },
    async stop() {
      stopping.abort();
      wake?.();
      client.close();
      await running;
    },
  };
}

function readPage(outcome: HttpOutcome): Page | undefined {
  if (outcome.kind !== 'answered' || outcome.status !== 200) return undefined;
  const read = page.safeParse(outcome.json);
  return read.success ? read.data : undefined;
}

function tell(listener: HintListener, { gap, hints }: Page): void {
  if (gap) listener.onGap();
  for (const { network: name, subjects } of hints) {
    const network = NETWORK_IDS.find((id) => id === name);
    if (!network) continue; // A later relay may know networks that this till does not.
    const { orderId, externalReference, merchantOrderId, paymentId } = subjects;
    listener.onHint({
      network,
      subjects: {
        ...(orderId !== undefined && { orderId }),
        ...(externalReference !== undefined && { externalReference }),
        ...(merchantOrderId !== undefined && { merchantOrderId }),
        ...(paymentId !== undefined && { paymentId }),
      },
    });
  }
}

/** `failures` counts from 1. A key that is refused will not be taken a second later. */
function retryMs(failures: number, chance: number, outcome: HttpOutcome): number {
  const isRefused = outcome.kind === 'answered' && (outcome.status === 401 || outcome.status === 404);
  const grown = Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** Math.min(failures - 1, 10));
  const delayMs = isRefused ? RETRY_LAST_MS : grown;
  const askedMs = 'retryAfterMs' in outcome ? (outcome.retryAfterMs ?? 0) : 0;
  const spreadMs = delayMs * (1 - JITTER_SHARE + 2 * JITTER_SHARE * chance);
  return Math.max(spreadMs, Math.min(askedMs, RETRY_AFTER_MAX_MS));
}

function reasonOf(outcome: HttpOutcome): string {
  if (outcome.kind !== 'answered') return outcome.cause;
  return outcome.status === 200 ? 'no page of hints' : `status ${outcome.status}`;
}
