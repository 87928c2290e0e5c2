/** `journal …`: reading, checking and handing on the record of everything that happened. */
import type { Fault } from '../../core/domain/fault.ts';
import type { Result } from '../../core/domain/result.ts';
import { err, ok } from '../../core/domain/result.ts';
import { all, EXIT, failed, usage } from './answer.ts';
import type { Plan } from './answer.ts';
import { optional, readCounting } from './arguments.ts';
import type { ExportRange, StorageDesk } from './storage-desk.ts';
import { verdictText } from './till-text.ts';

export type FilesPlan = Plan<StorageDesk>;

export function verifyJournal({ from, tables = false }: Readonly<{ from: string; tables?: boolean }>): FilesPlan {
  const seq = readCounting(from, 'journal number');
  if (!seq.ok) return seq;
  return ok(async (desk) => {
    const last = desk.head().seq;
    if (seq.value > Math.max(1, last)) return failed(usage(`the journal ends at ${last}; there is no ${seq.value}`));
    const verdict = tables ? await desk.verifyTables() : await desk.verifyJournal(seq.value);
    return { exit: verdict.ok ? EXIT.done : EXIT.refused, value: verdict, text: verdictText(verdict) };
  });
}

export type ExportOptions = Readonly<{ from?: string; to?: string; shift?: string; output?: string }>;

/** To standard output, or to a new file. */
export function exportJournal(options: ExportOptions): FilesPlan {
  const range = readRange(options);
  if (!range.ok) return range;
  return ok((desk, { shell }) => {
    const exported = desk.exportJournal(range.value);
    if (!exported.ok) return failed(exported.error);
    const { first, last, lines } = exported.value;
    if (options.output === undefined) {
      for (const line of lines()) shell.out(`${line}\n`);
      return { exit: EXIT.done, silent: true };
    }
    const written = shell.writeNewFile(options.output, lines());
    if (!written.ok) return failed(usage(written.error));
    const text = `Entries ${first} to ${last} written to ${options.output}`;
    return { exit: EXIT.done, value: { file: options.output, first, last }, text };
  });
}

function readRange({ from, to, shift }: ExportOptions): Result<ExportRange, Fault> {
  if (shift !== undefined) {
    if (from !== undefined || to !== undefined) return err(usage('--shift says where it begins and ends by itself'));
    if (!/^[0-9A-Z]{1,40}$/.test(shift)) return err(usage('--shift takes the number or the id of a shift'));
    return ok({ shift });
  }
  const read = all({ fromSeq: optional(from, entryNumber), toSeq: optional(to, entryNumber) });
  if (!read.ok) return read;
  const { fromSeq, toSeq } = read.value;
  return ok({ ...(fromSeq !== undefined && { fromSeq }), ...(toSeq !== undefined && { toSeq }) });
}

function entryNumber(text: string): Result<number, Fault> {
  return readCounting(text, 'journal number');
}
