/**
 * The command line `ventanilla`: the same engine as the windows, for technicians, scripts and tests.
 * Documented in docs/cli.md. Exit codes: 0 done, 1 refused, 2 usage, 3 in doubt.
 */
import { Command, CommanderError } from 'commander';
import type { Fault } from '../../core/domain/fault.ts';
import { EXIT, failed, printed, usage } from './answer.ts';
import type { Answer } from './answer.ts';
import {
  cancelCommand,
  givenCommand,
  handOverCommand,
  listCommand,
  notGivenCommand,
  returnCommand,
  showCommand,
  startCommand,
  watchCommand,
} from './cash-out-commands.ts';
import type { StartOptions, WatchOptions } from './cash-out-commands.ts';
import type { Shell, TerminalTill } from './terminal-till.ts';
import {
  closeShift,
  dropCash,
  exportJournal,
  importSettings,
  openShift,
  printSlip,
  reportShift,
  setSecret,
  showSettings,
  sync,
  verifyJournal,
} from './till-commands.ts';

type Run = (till: TerminalTill) => Answer | undefined | Promise<Answer | undefined>;
type Does = (run: Run) => Promise<void>;

/** Runs one command line (without the program's name) and answers its exit code. */
export async function runProgram(words: readonly string[], shell: Shell): Promise<number> {
  const program = new Command('ventanilla')
    .description('Cash-out till: the engine without a window')
    .option('--json', 'print JSON')
    .option('--data <directory>', 'data directory (else VENTANILLA_DATA or the platform’s place)')
    .option('--training', 'use the training database');
  let exit: number = EXIT.done;
  const does: Does = async (run) => {
    const {
      json = false,
      data,
      training = false,
    } = program.opts<{ json?: boolean; data?: string; training?: boolean }>();
    const answer = await withTill(shell, { training, ...(data !== undefined && { dataDirectory: data }) }, run);
    if (answer) exit = say(shell, answer, json);
  };
  addTill(program, shell, does);
  addShift(program, shell, does);
  addCashOut(program, does);
  prepare(program, shell);
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.done; // --help
    return say(shell, usage(error.message.replace(/^error: /, '')), words.includes('--json'));
  }
  return exit;
}

function say(shell: Shell, answer: Answer, json: boolean): number {
  const { out, error } = printed(answer, json);
  if (out !== '') shell.out(out);
  if (error !== '') shell.errorOut(error);
  return answer.exit;
}

async function withTill(shell: Shell, options: Parameters<Shell['open']>[0], run: Run): Promise<Answer | undefined> {
  const opened = await shell.open(options);
  if (!opened.ok) return failed(opened.error satisfies Fault);
  try {
    return await run(opened.value);
  } finally {
    await opened.value.close();
  }
}

/** Every command throws instead of ending the process, may take --json after its own words, and says usage errors once. */
function prepare(command: Command, shell: Shell): void {
  command.exitOverride().configureOutput({ writeOut: (text) => shell.out(text), writeErr: () => undefined });
  command.showHelpAfterError(false);
  for (const child of command.commands) {
    if (child.commands.length === 0)
      child.option('--json', 'print JSON').on('option:json', () => command.parent?.setOptionValue('json', true));
    prepare(child, shell);
  }
}

function addTill(program: Command, shell: Shell, does: Does): void {
  const settings = program.command('settings').description('the till’s settings');
  settings.command('import <file>').action((file: string) => does((till) => importSettings(till, shell, file)));
  settings.command('show').action(() => does(showSettings));
  const secret = program.command('secret').description('tokens, by name; values from standard input');
  secret.command('set <name>').action((name: string) => does((till) => setSecret(till, shell, name)));
  program
    .command('sync')
    .description('send and ask whatever waits')
    .option('--until <idle>', 'go on until nothing waits for a network')
    .option('--timeout <seconds>', 'at most', '60')
    .action((options: { until?: string; timeout: string }) => does((till) => sync(till, options)));
  const journal = program.command('journal').description('the record of everything');
  journal
    .command('verify')
    .option('--from <seq>', 'first entry', '1')
    .action((options: { from: string }) => does((till) => verifyJournal(till, options.from)));
  journal
    .command('export')
    .option('--from <seq>', 'first entry', '1')
    .option('--to <file>', 'instead of standard output')
    .action((options: { from: string; to?: string }) => does((till) => exportJournal(till, shell, options)));
  const cases = program.command('case').description('what only a person can decide');
  cases.command('list').action(() => does((till) => ({ exit: EXIT.done, value: till.cases() })));
  const slip = program.command('slip').description('paper');
  slip.command('print <kind> [id]').action((kind: string, id?: string) => does((till) => printSlip(till, kind, id)));
}

function addShift(program: Command, shell: Shell, does: Does): void {
  const shift = program.command('shift').description('a cashier’s responsibility for the drawer');
  shift
    .command('open')
    .requiredOption('--float <amount>', 'cash in the drawer')
    .option('--cashier <code>', 'who; else the first person in the settings')
    .action((options: { float: string; cashier?: string }) => does((till) => openShift(till, options)));
  shift
    .command('drop')
    .requiredOption('--amount <amount>', 'cash moved to the safe')
    .option('--reason <words>', 'why', 'drop')
    .action((options: { amount: string; reason: string }) => does((till) => dropCash(till, options)));
  shift
    .command('close')
    .requiredOption('--count <file|amount>', 'the blind count')
    .action((options: { count: string }) => does((till) => closeShift(till, shell, options.count)));
  shift
    .command('report')
    .option('--shift <id>', 'which; else the open one or the last')
    .action((options: { shift?: string }) => does((till) => reportShift(till, options.shift)));
}

const WAIT = ['--wait <seconds>', 'how long to wait for the network’s word', '15'] as const;

function addCashOut(program: Command, does: Does): void {
  const cashOut = program.command('cash-out').description('a wallet debit against notes');
  cashOut
    .command('start')
    .requiredOption('--network <id>', 'e.g. mercadopago-orders')
    .requiredOption('--amount <amount>', 'e.g. 500 or 500.00')
    .option('--currency <code>', 'must be the till’s')
    .option('--mode <mode>', 'dynamic, static or hybrid')
    .option(...WAIT)
    .action((options: StartOptions) => does((till) => startCommand(till, options)));
  cashOut
    .command('watch <id>')
    .option('--until <state>', 'else until a person must act')
    .option('--timeout <seconds>', 'at most', '600')
    .action((id: string, options: WatchOptions) => does((till) => watchCommand(till, id, options)));
  cashOut.command('hand-over <id>').action((id: string) => does((till) => handOverCommand(till, id)));
  cashOut
    .command('given <id>')
    .option(...WAIT)
    .action((id: string, { wait }: { wait: string }) => does((till) => givenCommand(till, id, wait)));
  cashOut
    .command('not-given <id>')
    .option('--reason <words>', 'why', 'not given')
    .action((id: string, { reason }: { reason: string }) => does((till) => notGivenCommand(till, id, reason)));
  cashOut
    .command('cancel <id>')
    .option(...WAIT)
    .action((id: string, { wait }: { wait: string }) => does((till) => cancelCommand(till, id, wait)));
  cashOut
    .command('return <id>')
    .option('--reason <words>', 'why', 'returned by the cashier')
    .option(...WAIT)
    .action((id: string, { reason, wait }: { reason: string; wait: string }) =>
      does((till) => returnCommand(till, id, reason, wait)),
    );
  cashOut.command('show <id>').action((id: string) => does((till) => showCommand(till, id)));
  cashOut
    .command('list')
    .option('--since <date>', 'requested since')
    .option('--state <state>', 'only those in this state')
    .action((options: { since?: string; state?: string }) =>
      does((till) => listCommand(till, { ...options, limit: 1000 })),
    );
}
