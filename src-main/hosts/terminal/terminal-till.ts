/**
 * What the command line is given: the same calls as a window, and the few things that only a technician at a shell does.
 * Everything above this interface is shared with the windows.
 */
import type { Handlers } from '../../core/contract/contract.ts';
import type { PairedView, PairingLookView, PairingStepView } from '../../core/contract/pairing-views.ts';
import type { PayoutView } from '../../core/contract/payout-contract.ts';
import type { ReconciliationView } from '../../core/contract/reconciliation-contract.ts';
import type { CashOutView, SlipView } from '../../core/contract/views.ts';
import type { DeviceFaultCode } from '../../core/domain/devices/device-fault.ts';
import type { SettingsProblem } from '../../core/contract/settings-file.ts';
import type { Fault } from '../../core/domain/fault.ts';
import type { PairRequest } from '../../core/domain/pairing.ts';
import type { Result } from '../../core/domain/result.ts';
import type { Settings } from '../../core/domain/settings.ts';
import type { StorageDesk } from './storage-desk.ts';

/** Where something stands in a text file; line and column count from 1. */
export type Place = Readonly<{ line: number; column: number }>;

/** A problem of a settings file at its place. */
export type PlacedProblem = SettingsProblem & Place;

/** A QR symbol as dark and light modules, without its quiet zone. */
export type QrModules = Readonly<{ sideModules: number; isDark: (row: number, column: number) => boolean }>;

export interface TerminalTill {
  readonly handlers: Handlers;
  /** Folder with the data of this till. */
  readonly dataDirectory: string;
  settings(): Settings | undefined;
  /** All or nothing; refused too where it would cut off what is open now. */
  checkSettings(file: Uint8Array): Promise<Result<Settings, readonly PlacedProblem[]>>;
  /** `checkSettings`, then saved. `source` names the file for the journal. */
  importSettings(file: Uint8Array, source: string): Promise<Result<Settings, readonly PlacedProblem[]>>;
  setSecret(name: string, value: string): Result<undefined, Fault>;
  secretNames(): readonly string[];
  /** Lets the networks be talked to while `until` is false, at most `timeoutMs`; answers whether it became true. */
  follow(until: () => boolean, timeoutMs: number): Promise<boolean>;
  show(id: string): CashOutView | undefined;
  showPayout(id: string): PayoutView | undefined;
  /** The network refuses to work for this till until a technician has acted. */
  isBlocked(network: string): boolean;
  /** Cash-outs that the network still has to move. */
  unsettledCount(): number;
  /** One pass over everything that waits. */
  sweep(): Promise<void>;
  /** Says for good what became of slips that a crash cut off, before a new one is printed (I9). */
  settleInterruptedSlips(): void;
  /** The slip when it has ended; tells what its printer waits for meanwhile. */
  followSlip(jobId: string, hear: (waitingFor: DeviceFaultCode) => void): Promise<SlipView>;
  /** Asks what a pairing would find; makes nothing, writes nothing. */
  lookToPair(request: PairRequest): Promise<Result<PairingLookView, Fault>>;
  /** Every step of pairing; may be repeated at will. */
  pair(request: PairRequest, hear: (step: PairingStepView) => void): Promise<Result<PairedView, Fault>>;
  /** Compares with the networks and waits for the end; with a day, that day on the shop's calendar. */
  reconcile(
    day: string | undefined,
    hear: (asked: number, total: number) => void,
  ): Promise<Result<ReconciliationView, Fault>>;
  /** What went wrong beside the command, in words, once it is known: nothing of it undid the command. */
  afterwards(): Promise<readonly string[]>;
  drawQr(data: string): Promise<QrModules | undefined>;
  /** An error that nobody expected, for the log; answers words without secrets for the person at the shell. */
  explain(error: unknown): string;
  close(): Promise<void>;
}

export interface Shell {
  readonly version: string;
  /** Opens the till; refused while another program holds the data directory. */
  open(options: Readonly<{ dataDirectory?: string }>): Promise<Result<TerminalTill, Fault>>;
  /** Opens its files alone, damaged or not; refused the same way. */
  openStorage(options: Readonly<{ dataDirectory?: string }>): Promise<Result<StorageDesk, Fault>>;
  readFile(path: string): Result<Uint8Array, string>;
  /** A JSON file in UTF-8, `-` for standard input; what is wrong with it is said with its line and column, and nothing of what it holds. */
  readJson(path: string): Promise<Result<unknown, string>>;
  /** The lines of a text file of any length in UTF-8. */
  readLines(path: string): Result<readonly string[], string>;
  /** Makes a new file; one that exists already is left alone. */
  writeNewFile(path: string, lines: Iterable<string>): Result<undefined, string>;
  /** All of standard input; at a keyboard one line, which is not shown. */
  readSecret(prompt: string): Promise<string>;
  /** One line from the person at the keyboard; undefined where nobody sits at one. */
  ask(question: string): Promise<string | undefined>;
  out(text: string): void;
  errorOut(text: string): void;
}
