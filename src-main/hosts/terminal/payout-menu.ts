/** The payout commands with their words, options and examples, as `--help` shows them. */
import type { Command, Option } from 'commander';
import { examples, ID, repeated, required, valued, waiting } from './options.ts';
import type { Does, Says } from './options.ts';
import {
  cancelPayout,
  holdPayout,
  refreshPayout,
  releasePayout,
  reviewedPayout,
  startPayout,
  watchPayout,
} from './payout-commands.ts';
import type { PayoutStartOptions, PayoutWatchOptions, ReviewedOptions } from './payout-commands.ts';
import { exchangeRate, findPayout, formOf, listBanks, listPayouts, showPayout } from './payout-inquiries.ts';
import type { PayoutListOptions } from './payout-inquiries.ts';
import { payoutNotes } from './payout-notes.ts';
import type { PayoutNotesOptions } from './payout-notes.ts';
import { printSlip } from './till-commands.ts';

export function addPayout(program: Command, does: Does, says: Says): void {
  const payout = program.command('payout').description('money to a customer’s bank account, wallet or pickup counter');
  addBeginning(payout, does, says);
  addLooking(payout, does);
  addStopping(payout, does);
  addPeople(payout, does);
  addAsking(payout, does);
}

function addBeginning(payout: Command, does: Does, says: Says): void {
  payout
    .command('form')
    .description('ways of paying out; with --method the fields of one, and an example to fill in')
    .addOption(valued('--country <code>', 'only those of one country: PE, BR, MX, CO, CL, AR, EC'))
    .addOption(valued('--method <way>', 'the fields of this way'))
    .addHelpText('after', examples('payout form', 'payout form --method pe-bank'))
    .action((options: { country?: string; method?: string }) => says(formOf(options)));
  payout
    .command('start')
    .description('check the form, save a new payout, send it, wait for the network’s first word')
    .addOption(required('--network <id>', 'tupay or onekey'))
    .addOption(required('--amount <amount>', 'e.g. 250.50; a dot for decimals, no grouping'))
    .addOption(valued('--method <way>', 'e.g. pe-bank; not needed where the country has one way only'))
    .addOption(valued('--country <code>', 'e.g. PE'))
    .addOption(valued('--currency <code>', 'the country’s own, or USD'))
    .addOption(valued('--form <file>', 'the fields as JSON; - reads standard input'))
    .addOption(repeated('--field <name=value>', 'one field; stays in the shell’s history'))
    .option('--hold', 'park it at the network until a supervisor releases it')
    .addOption(valued('--reissue-of <id>', 'the failed payout that this one takes the place of'))
    .addOption(
      valued('--request-id <id>', 'your own name for this request: asked again with it, it is the same payout'),
    )
    .addOption(waiting('15'))
    .option('--no-wait', 'save it and end; watch or sync sends it')
    .addHelpText('after', FORMS)
    .action((options: PayoutStartOptions) => does(startPayout(options)));
}

const FORMS = `${examples(
  'payout start --network tupay --method pe-bank --amount 250.50 --form - < form.json',
  'payout start --network tupay --country PE --amount 250.50 --form form.json --request-id desk-7-0412 --json',
)}

A form holds personal data. What follows --field stays in the shell's history and in the list of processes: use it for
trying things out, and --form for real people. payout form --method WAY prints a form to fill in.`;

function addLooking(payout: Command, does: Does): void {
  payout
    .command('watch <id>')
    .description('follow it until it has ended, only a person can go on, or it reaches the state you name')
    .addOption(valued('--until <state>', 'e.g. pending, delivered, completed'))
    .addOption(valued('--timeout <seconds>', 'at most', '600'))
    .addHelpText('after', examples(`payout watch ${ID}`, `payout watch ${ID} --until delivered --timeout 120 --json`))
    .action((id: string, options: PayoutWatchOptions) => does(watchPayout(id, options)));
  payout
    .command('refresh <id>')
    .description('ask the network now; no sooner than 5 s after the last question')
    .addHelpText('after', examples(`payout refresh ${ID}`))
    .action((id: string) => does(refreshPayout(id)));
  payout
    .command('show <id>')
    .description('how one stands, and what can be done next')
    .addHelpText('after', examples(`payout show ${ID}`))
    .action((id: string) => does(showPayout(id)));
  payout
    .command('list')
    .description('payouts; the newest last (with --json the newest first)')
    .addOption(valued('--since <date>', 'requested since, on the till’s clock'))
    .addOption(valued('--state <state>', 'only those in this state'))
    .option('--open', 'only those that something is still expected of')
    .addOption(valued('--limit <number>', 'the newest so many, up to 1000', '1000'))
    .addHelpText('after', examples('payout list --open', 'payout list --since 2026-01-31 --state completed --json'))
    .action((options: PayoutListOptions) => does(listPayouts(options)));
  payout
    .command('find <text...>')
    .description('what a customer’s voucher, or an id, stands for')
    .addOption(valued('--network <id>', 'ask this network too, where this till does not know it'))
    .addHelpText('after', examples('payout find VP01K9 ZZ7H 4Q2V', 'payout find "#8405147" --network tupay'))
    .action((words: readonly string[], options: { network?: string }) => does(findPayout(words, options)));
}

const supervisor = (): Option => required('--supervisor <code>', 'the supervisor who decides, by code');
const reason = (): Option => required('--reason <words>', 'why');

function addStopping(payout: Command, does: Does): void {
  payout
    .command('cancel <id>')
    .description('withdraw it before the bank has it; the network has to confirm')
    .addOption(reason())
    .addOption(waiting('15'))
    .addHelpText('after', examples(`payout cancel ${ID} --reason "wrong account"`))
    .action((id: string, options: { reason: string; wait: string }) =>
      does(cancelPayout(id, options.reason, options.wait)),
    );
  payout
    .command('hold <id>')
    .description('park it before the bank has it')
    .addOption(reason())
    .addOption(waiting('15'))
    .addHelpText('after', examples(`payout hold ${ID} --reason "identity to be checked"`))
    .action((id: string, options: { reason: string; wait: string }) =>
      does(holdPayout(id, options.reason, options.wait)),
    );
}

function addPeople(payout: Command, does: Does): void {
  payout
    .command('release <id>')
    .description('let a parked one go to the bank')
    .addOption(supervisor())
    .addOption(waiting('15'))
    .addHelpText('after', examples(`payout release ${ID} --supervisor 7`))
    .action((id: string, options: { supervisor: string; wait: string }) =>
      does(releasePayout(id, options.supervisor, options.wait)),
    );
  payout
    .command('reviewed <id>')
    .description('a supervisor has looked into what did not fit, or what the till cannot find out, and lets it go on')
    .addOption(supervisor())
    .addOption(reason())
    .addOption(valued('--network-id <number>', 'the network’s own number of it, where the till could not learn it'))
    .addHelpText('after', examples(`payout reviewed ${ID} --supervisor 7 --reason "seen in the panel: cancelled"`))
    .action((id: string, options: ReviewedOptions) => does(reviewedPayout(id, options)));
  payout
    .command('notes <id>')
    .description('notes in its place: asks the network once more, opens the drawer, asks whether they are given')
    .option('--given', 'the notes are with the customer')
    .addOption(valued('--not-given <reason>', 'the notes are back in the drawer'))
    .addOption(valued('--supervisor <code>', 'who allows it, for one that had arrived and came back'))
    .option('--no-ask', 'do not ask: a second command says what became of the notes')
    .addHelpText(
      'after',
      examples(`payout notes ${ID}`, `payout notes ${ID} --given`, `payout notes ${ID} --not-given "customer left"`),
    )
    .action((id: string, options: PayoutNotesOptions) => does(payoutNotes(id, options)));
  payout
    .command('print <id>')
    .description('the customer’s voucher on paper')
    .addHelpText('after', examples(`payout print ${ID}`))
    .action((id: string) => does(printSlip('payout', id)));
}

function addAsking(payout: Command, does: Does): void {
  payout
    .command('banks')
    .description('banks by number, as the network lists them')
    .addOption(required('--network <id>', 'tupay or onekey'))
    .addOption(required('--country <code>', 'e.g. PE'))
    .addHelpText('after', examples('payout banks --network onekey --country BR'))
    .action((options: { network: string; country: string }) => does(listBanks(options)));
  payout
    .command('rate')
    .description('what US dollars are in the country’s currency, for orientation only')
    .addOption(required('--network <id>', 'tupay or onekey'))
    .addOption(required('--country <code>', 'e.g. PE'))
    .addOption(valued('--amount <amount>', 'in US dollars', '1'))
    .addHelpText('after', examples('payout rate --network tupay --country PE --amount 100'))
    .action((options: { network: string; country: string; amount: string }) => does(exchangeRate(options)));
}
