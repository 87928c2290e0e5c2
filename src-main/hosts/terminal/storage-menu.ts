/** The commands about a till's files, as `--help` shows them. */
import type { Command } from 'commander';
import { examples, valued } from './options.ts';
import type { DoesWithFiles } from './options.ts';
import { exportJournal, verifyJournal } from './storage-commands.ts';
import type { ExportOptions } from './storage-commands.ts';

export function addStorage(program: Command, does: DoesWithFiles): void {
  addJournal(program, does);
}

function addJournal(program: Command, does: DoesWithFiles): void {
  const journal = program.command('journal').description('the record of everything that happened');
  journal
    .command('verify')
    .description('check every entry against its hash and the one before')
    .addOption(valued('--from <number>', 'first entry', '1'))
    .option('--tables', 'check everything, and that every table is what the journal makes of it')
    .addHelpText('after', examples('journal verify', 'journal verify --tables'))
    .action((options: { from: string; tables?: boolean }) => does(verifyJournal(options)));
  journal
    .command('export')
    .description('entries as one file that can be checked without the till')
    .addOption(valued('--shift <number|id>', 'one shift, from the close before it to its own'))
    .addOption(valued('--from <number>', 'first entry; else 1'))
    .addOption(valued('--to <number>', 'last entry; else the newest'))
    .addOption(valued('--output <file>', 'a new file, instead of standard output'))
    .addHelpText('after', examples('journal export --shift 12 --output shift-12.jsonl', 'journal export | tail -1'))
    .action((options: ExportOptions) => does(exportJournal(options)));
}
