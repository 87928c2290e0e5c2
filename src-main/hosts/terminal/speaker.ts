/** Money and time as the till's people read them. */
import { formatMoney, money } from '../../core/domain/money.ts';
import type { Currency } from '../../core/domain/money.ts';
import { clock, dateTime, fromNow } from './moments.ts';
import type { TerminalTill } from './terminal-till.ts';

export type Speaker = Readonly<{
  /** `$ 1,500.00` */
  money: (minor: number, currency: Currency) => string;
  /** `2026-01-31 14:05:09` in the till's time zone. */
  time: (atMs: number) => string;
  clock: (atMs: number) => string;
  /** `14:05:09 (in 4 min 59 s)` */
  soon: (atMs: number) => string;
  timeZone: string;
  nowMs: number;
}>;

export function speakerFor(till: Pick<TerminalTill, 'settings'>): Speaker {
  const timeZone = till.settings()?.timeZone ?? 'UTC';
  const nowMs = Date.now();
  return {
    // A plain space: the one that does not break is two bytes of noise to grep and awk.
    money: (minor, currency) => formatMoney(money(currency, minor), { decimals: 'always' }).replaceAll('\u00a0', ' '),
    time: (atMs) => dateTime(atMs, timeZone),
    clock: (atMs) => clock(atMs, timeZone),
    soon: (atMs) => `${clock(atMs, timeZone)} (${fromNow(atMs, nowMs)})`,
    timeZone,
    nowMs,
  };
}
