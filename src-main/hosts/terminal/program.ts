/**
 * The command line `ventanilla`: the same engine as the windows, for technicians, scripts and tests.
 * Documented in docs/cli.md. Exit codes: 0 done, 1 refused, 2 usage, 3 in doubt.
 */
import { Command, CommanderError } from 'commander';
import { fault } from '../../core/domain/fault.ts';
import type { Fault } from '../../core/domain/fault.ts';
import type { Result } from '../../core/domain/result.ts';
import { EXIT, failed, printed, usage } from './answer.ts';
import type { Answer, Plan, Run } from './answer.ts';
import { addCashOut, addDrawer, addNetwork, addSettings, addShift, addTill } from './commands.ts';
import { addCases } from './case-menu.ts';
import { addDevices } from './device-menu.ts';
import { addPayout } from './payout-menu.ts';
import { addStorage } from './storage-menu.ts';
import type { Shell, TerminalTill } from './terminal-till.ts';

type GlobalOptions = Readonly<{ json?: boolean; data?: string }>;

/** Runs one command line (without the program's name) and answers its exit code. */
export async function runProgram(typed: readonly string[], shell: Shell): Promise<number> {
  // `help cash-out start` asks the same as `cash-out start --help`.
  const words = typed[0] === 'help' ? [...typed.slice(1), '--help'] : typed;
  const program = new Command('ventanilla')
    .description('Cash-out till: the same engine as the windows, without a window')
    .option('--json', 'print JSON, on standard output only')
    .option('--data <directory>', 'data directory (else VENTANILLA_DATA, else the platform’s place)')
    .version(shell.version, '--version', 'print the version')
    .addHelpText('after', OVERVIEW);
  let exit: number = EXIT.done;
  const carriesOut =
    <Opened extends Openable>(open: Open<Opened>) =>
    async (plan: Plan<Opened>): Promise<void> => {
      const { json = false, data } = program.opts<GlobalOptions>();
      const answer = await carryOut(plan, shell, open, { json, ...(data !== undefined && { data }) });
      exit = say(shell, answer, json);
    };
  const does = carriesOut((place) => shell.open(place));
  const doesWithFiles = carriesOut((place) => shell.openStorage(place));
  const says = (answer: Answer): void => {
    exit = say(shell, answer, program.opts<GlobalOptions>().json === true);
  };
  for (const add of [
    addSettings,
    addNetwork,
    addDevices,
    addShift,
    addCashOut,
    addPayout,
    addCases,
    addTill,
    addDrawer,
  ])
    add(program, does, says);
  addStorage(program, doesWithFiles);
  program
    .command('version')
    .description('print the version')
    .action(() => {
      const value = { name: 'ventanilla', version: shell.version };
      says({ exit: EXIT.done, value, text: `${value.name} ${value.version}` });
    });
  prepare(program, shell);
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.done; // --help, --version
    return say(shell, failed(usage(wordsOf(error, words))), words.includes('--json'));
  }
  return exit;
}

const OVERVIEW = `
Exit codes: 0 done, 1 refused, 2 wrong usage, 3 in doubt (look again: nothing is lost).

From an empty machine to notes in a hand:
  ventanilla settings import till.json
  ventanilla secret set mercadopago-token < token.txt
  ventanilla shift open --float 5000
  ventanilla cash-out start --network mercadopago-orders --amount 500
  ventanilla cash-out watch ID        until it is paid
  ventanilla cash-out hand-over ID    asks the network once more, opens the drawer
  ventanilla cash-out given ID        the notes are with the customer
  ventanilla shift close --count 4500

Money to a customer's bank account instead:
  ventanilla payout form              ways, fields, and a form to fill in
  ventanilla payout start --network tupay --method pe-bank --amount 250.50 --form - < form.json
  ventanilla payout watch ID          until it has arrived`;

/** Commander's own words, without what a person cannot use. */
function wordsOf({ code, message }: CommanderError, words: readonly string[]): string {
  if (code === 'commander.help') {
    const asked = words.filter((word) => !word.startsWith('-')).join(' ');
    return `a command is missing; ventanilla ${asked === '' ? '' : `${asked} `}--help lists them`;
  }
  return message.replace(/^error: /, '').replaceAll('\n', ' ');
}

/** The till, or its files alone. */
type Openable = Pick<TerminalTill, 'afterwards' | 'explain' | 'close'>;
type Open<Opened> = (place: Readonly<{ dataDirectory?: string }>) => Promise<Result<Opened, Fault>>;

async function carryOut<Opened extends Openable>(
  plan: Plan<Opened>,
  shell: Shell,
  open: Open<Opened>,
  { json, data }: { json: boolean; data?: string },
): Promise<Answer> {
  if (!plan.ok) return failed(plan.error);
  if (data === '') return failed(usage('--data is empty: name a directory'));
  const opened = await open(data === undefined ? {} : { dataDirectory: data });
  if (!opened.ok) return failed(opened.error);
  try {
    return await run(plan.value, opened.value, shell, json);
  } finally {
    await opened.value.close();
  }
}

async function run<Opened extends Openable>(
  command: Run<Opened>,
  opened: Opened,
  shell: Shell,
  json: boolean,
): Promise<Answer> {
  const note = (line: string): void => (json ? undefined : shell.errorOut(`${line}\n`));
  try {
    const answer = await command(opened, { shell, note });
    for (const line of await opened.afterwards()) note(line);
    return answer;
  } catch (error) {
    // A failing disk, or our own mistake. What was saved before it stays; the person must look.
    return failed(faultOf(error, opened));
  }
}

function faultOf(error: unknown, opened: Openable): Fault {
  const words = opened.explain(error);
  const known = error instanceof Error && 'fault' in error ? error.fault : undefined;
  const code = typeof known === 'object' && known !== null && 'code' in known ? known.code : undefined;
  return code === 'storage.failed' || code === 'storage.damaged'
    ? fault(code, words)
    : fault('internal', `${words}; the log in the data directory has more`);
}

function say(shell: Shell, answer: Answer, json: boolean): number {
  const { out, error } = printed(answer, json);
  if (out !== '') shell.out(out);
  if (error !== '') shell.errorOut(error);
  return answer.exit;
}

/** Every command throws instead of ending the process, may take --json after its own words, and says usage errors once. */
function prepare(command: Command, shell: Shell): void {
  command.helpCommand(false);
  command.exitOverride().configureOutput({ writeOut: (text) => shell.out(text), writeErr: () => undefined });
  command.showHelpAfterError(false);
  for (const child of command.commands) {
    if (child.commands.length === 0)
      child.option('--json', 'print JSON').on('option:json', () => rootOf(child).setOptionValue('json', true));
    prepare(child, shell);
  }
}

function rootOf(command: Command): Command {
  return command.parent ? rootOf(command.parent) : command;
}
