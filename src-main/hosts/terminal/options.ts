/** How options of commands are declared, the same for every group of commands. */
import { InvalidArgumentError, Option } from 'commander';
import type { Answer, Plan } from './answer.ts';
import type { StorageDesk } from './storage-desk.ts';

/** Opens the till and carries a plan out. */
export type Does = (plan: Plan) => Promise<void>;
/** The same with the till's files alone. */
export type DoesWithFiles = (plan: Plan<StorageDesk>) => Promise<void>;
/** Prints an answer that needs no till. */
export type Says = (answer: Answer) => void;

/** A value given twice is a mistake: which of the two was meant? */
export function valued(flags: string, description: string, usual?: string): Option {
  let isGiven = false;
  const option = new Option(flags, description).argParser((value) => {
    if (isGiven) throw new InvalidArgumentError('It is given twice.');
    isGiven = true;
    return value;
  });
  return usual === undefined ? option : option.default(usual);
}

export function required(flags: string, description: string): Option {
  return valued(flags, description).makeOptionMandatory();
}

/** A value that may come several times; all of them, in order. */
export function repeated(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text: string, before: readonly string[] | undefined) => [
    ...(before ?? []),
    text,
  ]);
}

export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ventanilla ${line}`).join('\n')}`;
}

export const waiting = (usual: string): Option => valued('--wait <seconds>', 'for the network’s word, at most', usual);

/** An id for examples. */
export const ID = '01K9ZZ7H4Q2V8D6M3N5P7R9T1W';
