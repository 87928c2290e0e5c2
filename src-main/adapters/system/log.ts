/**
 * The till's log: JSON lines in `till-YYYY-MM-DD.log` (days in UTC), on the way to disk when the call returns, thirty days kept.
 * Known secrets are removed wherever they appear, also in the forms in which wires carry them (I11).
 *
 * Errors  None: a log that cannot be written must not stop a till. Lines lost are counted in the next one that can be.
 */
import { Buffer } from 'node:buffer';
import { closeSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { pino } from 'pino';

import type { Clock, Log, LogFacts } from '../../core/application/ports/system.ts';

type Needs = Readonly<{
  directory: string;
  clock: Pick<Clock, 'nowMs'>;
  /** Every secret value there is now; asked for each line, so that a new one is covered at once. */
  secretValues: () => readonly string[];
}>;

export interface FileLog extends Log {
  close(): void;
}

const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;
const NAME = /^till-(\d{4}-\d{2}-\d{2})\.log$/;
const REMOVED = '[secret]';
/** The encoded form of anything shorter is a few letters that stand everywhere. */
const SHORTEST_ENCODED = 6;

export function createLog({ directory, clock, secretValues }: Needs): FileLog {
  const file = createDayFile(directory);
  const redact = createRedactor(secretValues);
  const sink = { write: (line: string) => file.write(line, clock.nowMs()) };
  const logger = pino(
    {
      base: { pid: process.pid },
      timestamp: () => `,"time":"${new Date(clock.nowMs()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    sink,
  );
  const at =
    (level: 'info' | 'warn' | 'error') =>
    (message: string, facts: LogFacts = {}): void => {
      const lost = file.lostLines();
      const clean = Object.entries(facts).map(([name, fact]) => [redact(name), redactFact(fact, redact)]);
      // Facts stand in an object of their own: one called `time` or `level` must not pass for the line's.
      logger[level]({ facts: Object.fromEntries(clean), ...(lost > 0 && { lostLines: lost }) }, redact(message));
    };
  return { info: at('info'), warn: at('warn'), error: at('error'), close: () => file.close() };
}

function redactFact(fact: LogFacts[string], redact: (text: string) => string): LogFacts[string] {
  if (typeof fact === 'string') return redact(fact);
  if (typeof fact !== 'number') return fact;
  const text = redact(String(fact));
  return text === String(fact) ? fact : text;
}

/** Longest first, so that no rest of a long secret stays behind a short one that it contains. */
function createRedactor(secretValues: () => readonly string[]): (text: string) => string {
  let known = '';
  let pattern: RegExp | undefined;
  return (text) => {
    const values = secretValues().filter((value) => value !== '');
    const joined = JSON.stringify(values);
    if (joined !== known) {
      const forms = [...new Set(values.flatMap(formsOf))].toSorted((left, right) => right.length - left.length);
      pattern = forms.length > 0 ? new RegExp(forms.map(escaped).join('|'), 'g') : undefined;
      known = joined;
    }
    return pattern ? text.replaceAll(pattern, REMOVED) : text;
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** As itself, and as JSON text, URLs, forms and Basic headers carry it. */
function formsOf(value: string): readonly string[] {
  if (value.length < SHORTEST_ENCODED) return [value];
  const base64 = Buffer.from(value).toString('base64').replaceAll('=', '');
  const url = encodeURIComponent(value.toWellFormed());
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    url,
    url.replaceAll('%20', '+'),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
    Buffer.from(value).toString('hex'),
  ];
}

function createDayFile(directory: string) {
  let day = '';
  let descriptor: number | undefined;
  let lost = 0;

  function close(): void {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
    day = '';
  }

  function openDay(nowMs: number): number {
    const today = new Date(nowMs).toISOString().slice(0, 10);
    if (descriptor === undefined || today !== day) {
      close();
      descriptor = openSync(join(directory, `till-${today}.log`), 'a', 0o600);
      day = today;
      removeOld(directory, nowMs);
    }
    return descriptor;
  }

  return {
    close,
    lostLines: () => lost,
    write(line: string, nowMs: number): void {
      try {
        writeSync(openDay(nowMs), line);
        lost = 0;
      } catch {
        lost += 1;
      }
    },
  };
}

function removeOld(directory: string, nowMs: number): void {
  const oldest = new Date(nowMs - (KEPT_DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
  for (const name of readdirSync(directory)) {
    const written = NAME.exec(name)?.[1];
    if (written !== undefined && written < oldest) rmSync(join(directory, name), { force: true });
  }
}
