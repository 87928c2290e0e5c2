/** The relay's log: JSON lines on standard output, where systemd or a container takes them. Known secrets are removed from every line (I11). */
import { pino } from 'pino';
import { secretFilter } from '../adapters/networks/http/secret-filter.ts';
import type { LogFacts } from '../core/application/ports/system.ts';

export type RelayLog = Readonly<Record<'info' | 'warn' | 'error', (message: string, facts?: LogFacts) => void>>;

export function createRelayLog(write: (line: string) => void, secrets: readonly string[]): RelayLog {
  const filter = secretFilter(secrets);
  const logger = pino(
    {
      base: { pid: process.pid },
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    { write: (line: string) => write(filter.finds(line) ? `${filter.clean(line.trimEnd())}\n` : line) },
  );
  const at =
    (level: 'info' | 'warn' | 'error') =>
    (message: string, facts: LogFacts = {}): void =>
      logger[level]({ facts }, message);
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
