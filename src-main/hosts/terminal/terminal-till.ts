/**
 * What the command line is given: the same calls as a window, and the few things that only a technician at a shell does.
 * Everything above this interface is shared with the windows.
 */
import type { Handlers } from '../../core/contract/contract.ts';
import type { CashOutView, CaseView } from '../../core/contract/views.ts';
import type { SettingsProblem } from '../../core/contract/settings-file.ts';
import type { Fault } from '../../core/domain/fault.ts';
import type { Result } from '../../core/domain/result.ts';
import type { Settings } from '../../core/domain/settings.ts';

/** A problem of a settings file at its place; line and column count from 1. */
export type PlacedProblem = SettingsProblem & Readonly<{ line: number; column: number }>;

export type Verdict =
  | Readonly<{ ok: true; entries: number; head: Readonly<{ seq: number; hash: string }> }>
  | Readonly<{ ok: false; badSeq: number; reason: string }>;

export interface TerminalTill {
  readonly handlers: Handlers;
  settings(): Settings | undefined;
  /** All or nothing. `source` names the file for the journal. */
  importSettings(text: string, source: string): Result<Settings, readonly PlacedProblem[]>;
  setSecret(name: string, value: string): Result<undefined, Fault>;
  secretNames(): readonly string[];
  cases(): readonly CaseView[];
  /** Lets the networks be talked to while `until` is false, at most `timeoutMs`; answers whether it became true. */
  follow(until: () => boolean, timeoutMs: number): Promise<boolean>;
  show(id: string): CashOutView | undefined;
  /** Cash-outs that the network still has to move. */
  unsettledCount(): number;
  /** One pass over everything that waits. */
  sweep(): Promise<void>;
  verifyJournal(fromSeq: number): Verdict;
  /** JSON Lines, one entry each, in order. */
  exportJournal(fromSeq: number): Iterable<string>;
  close(): Promise<void>;
}

export interface Shell {
  /** Opens the till; refused while another program holds the data directory. */
  open(options: Readonly<{ dataDirectory?: string; training: boolean }>): Promise<Result<TerminalTill, Fault>>;
  readFile(path: string): Result<string, string>;
  writeFile(path: string, lines: Iterable<string>): Result<undefined, string>;
  /** All of standard input. */
  readInput(): Promise<string>;
  out(text: string): void;
  errorOut(text: string): void;
}
