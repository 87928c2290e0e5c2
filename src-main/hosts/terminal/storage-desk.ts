/** What a technician does with the files of a till: nothing of it handles cash, so all of it works on a damaged till too. */
import type { Fault } from '../../core/domain/fault.ts';
import type { Result } from '../../core/domain/result.ts';

type Head = Readonly<{ seq: number; hash: string }>;

/** The till was stopped because its database had been found damaged, and is no more; absent where it was not stopped. */
type Reopening = Readonly<{ opensAgain?: true }>;

/** `tables`: there when they were rebuilt and compared too. */
export type Verdict =
  | (Readonly<{ ok: true; entries: number; head: Head; tables?: 'same' }> & Reopening)
  | Readonly<{ ok: false; badSeq: number; reason: string }>;

/** `last` is the newest entry when it is left out; a shift is named by its number or id. */
export type ExportRange = Readonly<{ fromSeq?: number; toSeq?: number }> | Readonly<{ shift: string }>;

export type ExportedJournal = Readonly<{ first: number; last: number; lines: () => Iterable<string> }>;

/** `seq`: the newest entry in it. */
export type BackupView = Readonly<{ name: string; atMs: number; seq: number; bytes: number }>;

/** `problems`: what is wrong, in words; empty when sound. */
export type HealthView = Readonly<{ ok: boolean; problems: readonly string[]; entries: number; head: Head }> &
  Reopening;

/** `lost`: entries of the replaced file that the restored one has not; absent where there are none, or the file could not be read. */
export type RestoredView = Readonly<{
  backup: string;
  seq: number;
  added: number;
  keptAs: string;
  wasReadable: boolean;
  lost?: Readonly<{ from: number; to: number; dispensed: number }>;
}>;

export interface StorageDesk {
  /** Folder with the data of this till. */
  readonly dataDirectory: string;
  /** The newest entry of the journal; `seq` 0 when there is none. */
  head(): Head;
  verifyJournal(fromSeq: number): Promise<Verdict>;
  /** The whole journal (a part of it opens no stopped till), and every table rebuilt from it beside and compared (I4). */
  verifyTables(): Promise<Verdict>;
  exportJournal(range: ExportRange): Result<ExportedJournal, Fault>;
  /** Every page, every reference, the whole chain; where these are sound, every table against the journal. */
  checkDatabase(): Promise<HealthView>;
  backupNow(): Promise<Result<BackupView & Readonly<{ warning?: string }>, Fault>>;
  /** The newest first. */
  backups(): readonly BackupView[];
  verifyBackup(name: string): Result<HealthView, Fault>;
  /** `lines` of an exported journal, without its header: what it has that the backup has not is added. */
  restore(name: string, lines: readonly string[]): Result<RestoredView, Fault>;
  afterwards(): Promise<readonly string[]>;
  /** An error that nobody expected, for the log; answers words for the person at the shell. */
  explain(error: unknown): string;
  close(): Promise<void>;
}
