/** The commands about a till's files, as `--help` shows them. */
import type { Command } from 'commander';
import { examples, valued } from './options.ts';
import type { DoesWithFiles } from './options.ts';
import { backUpNow, checkDatabase, listBackups, restoreBackup, verifyBackup } from './backup-commands.ts';
import { exportJournal, verifyJournal } from './storage-commands.ts';
import type { ExportOptions } from './storage-commands.ts';

export function addStorage(program: Command, does: DoesWithFiles): void {
  addJournal(program, does);
  addBackups(program, does);
  program
    .command('db')
    .description('the database file')
    .command('check')
    .description('every page, every reference, the whole chain, and every table against the journal')
    .addHelpText('after', examples('db check', 'db check --json'))
    .action(() => does(checkDatabase()));
}

function addBackups(program: Command, does: DoesWithFiles): void {
  const backup = program.command('backup').description('whole copies of the database');
  backup
    .command('now')
    .description('make one and check it')
    .addHelpText('after', examples('backup now'))
    .action(() => does(backUpNow()));
  backup
    .command('list')
    .description('those there are, the newest first')
    .action(() => does(listBackups()));
  backup
    .command('verify <name>')
    .description('check one: every page and its whole journal')
    .addHelpText('after', examples('backup verify till-20260131T140509Z-482.db'))
    .action((name: string) => does(verifyBackup(name)));
  backup
    .command('restore <name>')
    .description('put one in the place of the database, which is kept; refused while a window is open')
    .addOption(valued('--add <file>', 'an exported journal: what is newer in it is added'))
    .addHelpText(
      'after',
      examples(
        'backup restore till-20260131T140509Z-482.db',
        'backup restore till-20260131T140509Z-482.db --add all.jsonl',
      ),
    )
    .action((name: string, options: { add?: string }) => does(restoreBackup(name, options)));
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
