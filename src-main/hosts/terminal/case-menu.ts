/** `case` commands with their words, options and examples. */
import type { Command } from 'commander';
import { listCases, lookAtCase, resolveCase, showCase } from './case-commands.ts';
import type { ResolveOptions } from './case-commands.ts';
import { examples, ID, required, valued } from './options.ts';
import type { Does } from './options.ts';

export function addCases(program: Command, does: Does): void {
  const cases = program.command('case').description('what only a person can decide');
  cases
    .command('list')
    .description('open cases, oldest first; with --all also those that are decided')
    .option('--all', 'open and closed')
    .addHelpText('after', examples('case list', 'case list --all --json'))
    .action((options: { all?: boolean }) => does(listCases(options)));
  cases
    .command('show <id>')
    .description('what happened, the evidence, and what may be decided')
    .addHelpText('after', examples(`case show ${ID}`))
    .action((id: string) => does(showCase(id)));
  cases
    .command('look <id>')
    .description('ask the network about it now; decides nothing')
    .addHelpText('after', examples(`case look ${ID}`))
    .action((id: string) => does(lookAtCase(id)));
  cases
    .command('resolve <id>')
    .description('decide it, once; the reason and the name stand in the journal')
    .addOption(required('--decision <decision>', 'one of those that case show lists'))
    .addOption(required('--reason <words>', 'why'))
    .addOption(valued('--supervisor <code>', 'code of the supervisor who decides'))
    .addHelpText(
      'after',
      examples(`case resolve ${ID} --decision nothing-paid --supervisor 7 --reason "looked up in the panel"`),
    )
    .action((id: string, options: ResolveOptions) => does(resolveCase(id, options)));
}
