/** Every command with its words, options and examples, as `--help` shows them. */
import type { Command } from 'commander';
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
import type { ListOptions, StartOptions, WatchOptions } from './cash-out-commands.ts';
import { pairCommand, printStickerCommand, showNetworks } from './network-commands.ts';
import type { PairOptions } from './network-commands.ts';
import { examples, ID, repeated, required, valued, waiting } from './options.ts';
import type { Does } from './options.ts';
import { reconcileCommand } from './reconcile-commands.ts';
import type { ReconcileOptions } from './reconcile-commands.ts';
import { closeShift, dropCash, openDrawer, openShift, reportShift } from './shift-commands.ts';
import {
  checkSettings,
  importSettings,
  listSecrets,
  printSlip,
  setSecret,
  showSettings,
  showStatus,
  sync,
} from './till-commands.ts';

export function addSettings(program: Command, does: Does): void {
  const settings = program.command('settings').description('networks, limits, people, language');
  settings
    .command('import <file>')
    .description('read a settings file and use it; nothing of a bad file is used')
    .addHelpText('after', examples('settings import till.json', 'settings import till.json --json'))
    .action((file: string) => does(importSettings(file)));
  settings
    .command('check <file>')
    .description('read a settings file and say what is wrong; nothing is changed')
    .addHelpText('after', examples('settings check till.json'))
    .action((file: string) => does(checkSettings(file)));
  settings
    .command('show')
    .description('the settings in use, and the names of stored secrets')
    .action(() => does(showSettings()));
  const secret = program.command('secret').description('access tokens by name; their values are never shown');
  secret
    .command('set <name>')
    .description('store a secret; its value comes from standard input')
    .addHelpText('after', examples('secret set mercadopago-token < token.txt', 'secret set mercadopago-token'))
    .action((name: string) => does(setSecret(name)));
  secret
    .command('list')
    .description('the names of stored secrets')
    .action(() => does(listSecrets()));
}

export function addTill(program: Command, does: Does): void {
  program
    .command('status')
    .description('shift, networks, open cash-outs and cases at a glance')
    .action(() => does(showStatus()));
  program
    .command('sync')
    .description('send and ask whatever waits, once or until nothing waits')
    .addOption(valued('--until <idle>', 'go on until nothing waits for a network'))
    .addOption(valued('--timeout <seconds>', 'at most', '60'))
    .addHelpText('after', examples('sync', 'sync --until idle --timeout 300'))
    .action((options: { until?: string; timeout: string }) => does(sync(options)));
  program
    .command('reconcile')
    .description('ask the networks once more about the last days, and compare')
    .addOption(valued('--day <date>', 'one day on the shop’s calendar, YYYY-MM-DD'))
    .option('--last', 'only show the last result; nothing is asked')
    .addHelpText('after', examples('reconcile', 'reconcile --day 2026-01-31 --json', 'reconcile --last'))
    .action((options: ReconcileOptions) => does(reconcileCommand(options)));
  program
    .command('slip')
    .description('paper')
    .command('print <kind> [id]')
    .description('qr and receipt of a cash-out, x-report, z-report and drop of a shift, test')
    .addHelpText(
      'after',
      examples('slip print test', 'slip print receipt 01K9ZZ7H4Q2V8D6M3N5P7R9T1W', 'slip print x-report'),
    )
    .action((kind: string, id?: string) => does(printSlip(kind, id)));
}

export function addNetwork(program: Command, does: Does): void {
  const network = program.command('network').description('which account, store and point of sale this till is');
  network
    .command('pair')
    .description(
      'find or make store and point of sale, keep the sticker, prove it with a test order, save the settings',
    )
    .addOption(required('--network <id>', 'mercadopago-orders or mercadopago-instore'))
    .addOption(valued('--token-secret <name>', 'where the access token is stored; else as in the settings'))
    .addOption(valued('--store-id <id>', 'external id of the store; else the usual one, from the shop’s name'))
    .addOption(valued('--store-name <name>', 'for a store that must be made; else the shop’s name'))
    .addOption(valued('--address <words>', '"street; number; city; state", for a store that must be made'))
    .addOption(valued('--position <degrees>', '"latitude,longitude", for a store that must be made'))
    .addOption(valued('--pos-id <id>', 'external id of the point of sale; else the store’s with the till’s behind it'))
    .addOption(valued('--pos-name <name>', 'for a point of sale that must be made; else the till’s id'))
    .option('--take-over', 'use a point of sale that carries another till’s sign')
    .addOption(valued('--reason <words>', 'why it is taken over'))
    .option('--print-sticker', 'print the sticker at the end')
    .option('--dry-run', 'ask and say; make nothing, change nothing')
    .addHelpText(
      'after',
      examples(
        'network pair --network mercadopago-orders --dry-run',
        'network pair --network mercadopago-orders --address "Avenida Juárez; 120; Puebla; Puebla" --position "19.0433,-98.2019"',
        'network pair --network mercadopago-orders --pos-id SUC01CAJA03 --take-over --reason "till 3 was scrapped"',
      ),
    )
    .action((options: PairOptions) => does(pairCommand(options)));
  network
    .command('show')
    .description('how this till stands with each network')
    .action(() => does(showNetworks()));
  network
    .command('sticker')
    .description('print the kept sticker')
    .addOption(required('--network <id>', 'mercadopago-orders or mercadopago-instore'))
    .addHelpText('after', examples('network sticker --network mercadopago-orders'))
    .action(({ network: id }: { network: string }) => does(printStickerCommand(id)));
}

export function addDrawer(program: Command, does: Does): void {
  program
    .command('drawer')
    .description('the cash box')
    .command('open')
    .description('open it without a cash-out; the reason stands in the journal and on the report')
    .addOption(required('--reason <words>', 'why'))
    .addHelpText('after', examples('drawer open --reason "change for the shop"'))
    .action(({ reason }: { reason: string }) => does(openDrawer(reason)));
}

export function addShift(program: Command, does: Does): void {
  const shift = program.command('shift').description('a cashier’s responsibility for the drawer');
  shift
    .command('open')
    .description('start a shift with what is in the drawer')
    .addOption(required('--float <amount>', 'cash in the drawer, e.g. 5000'))
    .addOption(valued('--cashier <code>', 'who; else the first person in the settings'))
    .addHelpText('after', examples('shift open --float 5000', 'shift open --float 0 --cashier 1042'))
    .action((options: { float: string; cashier?: string }) => does(openShift(options)));
  shift
    .command('drop')
    .description('notes moved from the drawer to the safe')
    .addOption(required('--amount <amount>', 'how much, e.g. 2000'))
    .addOption(valued('--reason <words>', 'why', 'drop'))
    .addHelpText('after', examples('shift drop --amount 2000 --reason "too much in the drawer"'))
    .action((options: { amount: string; reason: string }) => does(dropCash(options)));
  shift
    .command('close')
    .description('end the shift with a count made before the expected amount is shown')
    .addOption(required('--count <file|amount>', 'the total, or a file {"notes":{"500":3,"0.50":4}}'))
    .addHelpText('after', examples('shift close --count 4500', 'shift close --count count.json --json'))
    .action((options: { count: string }) => does(closeShift(options.count)));
  shift
    .command('report')
    .description('X report of the open shift, Z report of a closed one')
    .addOption(valued('--shift <id>', 'which; else the open one or the last'))
    .addHelpText('after', examples('shift report'))
    .action((options: { shift?: string }) => does(reportShift(options.shift)));
}

export function addCashOut(program: Command, does: Does): void {
  const cashOut = program.command('cash-out').description('a wallet debit against notes');
  addBeginning(cashOut, does);
  addNotes(cashOut, does);
  addWaysBack(cashOut, does);
  cashOut
    .command('show <id>')
    .description('how one stands, and what can be done next')
    .option('--qr', 'draw the QR, while it can be paid')
    .addHelpText('after', examples(`cash-out show ${ID}`))
    .action((id: string, options: { qr?: boolean }) => does(showCommand(id, options)));
  cashOut
    .command('list')
    .description('cash-outs; the newest last (with --json the newest first)')
    .addOption(valued('--since <date>', 'requested since, on the till’s clock'))
    .addOption(valued('--state <state>', 'only those in this state'))
    .option('--open', 'only those that have not ended')
    .addOption(valued('--limit <number>', 'the newest so many, up to 1000', '1000'))
    .addHelpText('after', examples('cash-out list --open', 'cash-out list --since 2026-01-31 --state settled --json'))
    .action((options: ListOptions) => does(listCommand(options)));
}

function addBeginning(cashOut: Command, does: Does): void {
  cashOut
    .command('start')
    .description('save a new one, send it to the network, wait for its first word')
    .addOption(required('--network <id>', 'e.g. mercadopago-orders'))
    .addOption(required('--amount <amount>', 'e.g. 500 or 500.00; a dot for decimals, no grouping'))
    .addOption(valued('--currency <code>', 'a safeguard: refused unless it is the till’s'))
    .addOption(valued('--mode <mode>', 'dynamic, static or hybrid; else as in the settings'))
    .addOption(
      valued('--request-id <id>', 'your own name for this request: asked again with it, it is the same cash-out'),
    )
    .addOption(
      repeated(
        '--item <fields>',
        'a purchase beside the notes, a line each: title=…,price=…[,quantity=…,sku=…,category=…,measure=unit|pack]',
      ),
    )
    .addOption(valued('--items-file <file>', 'the lines of the purchase as JSON'))
    .addOption(waiting('15'))
    .option('--qr', 'draw the QR')
    .addHelpText(
      'after',
      examples(
        'cash-out start --network mercadopago-orders --amount 500 --json',
        "cash-out start --network mercadopago-instore --amount 500 --item 'title=Leche,price=28.90,quantity=2'",
      ),
    )
    .action((options: StartOptions) => does(startCommand(options)));
  cashOut
    .command('watch <id>')
    .description('follow it until it is paid, has ended, or reaches the state you name')
    .addOption(valued('--until <state>', 'e.g. paid, cancelled, returned, settled'))
    .addOption(valued('--timeout <seconds>', 'at most', '600'))
    .addHelpText('after', examples(`cash-out watch ${ID}`, `cash-out watch ${ID} --until paid --timeout 120 --json`))
    .action((id: string, options: WatchOptions) => does(watchCommand(id, options)));
}

function addNotes(cashOut: Command, does: Does): void {
  cashOut
    .command('hand-over <id>')
    .description('ask the network once more, then open the drawer')
    .addHelpText('after', examples(`cash-out hand-over ${ID}`))
    .action((id: string) => does(handOverCommand(id)));
  cashOut
    .command('given <id>')
    .description('the notes are with the customer')
    .addOption(waiting('15'))
    .addHelpText('after', examples(`cash-out given ${ID}`))
    .action((id: string, { wait }: { wait: string }) => does(givenCommand(id, wait)));
  cashOut
    .command('not-given <id>')
    .description('the notes are back in the drawer; it is paid again')
    .addOption(valued('--reason <words>', 'why', 'not given'))
    .addHelpText('after', examples(`cash-out not-given ${ID} --reason "customer left"`))
    .action((id: string, { reason }: { reason: string }) => does(notGivenCommand(id, reason)));
}

function addWaysBack(cashOut: Command, does: Does): void {
  cashOut
    .command('cancel <id>')
    .description('withdraw an unpaid one; the network has to prove it')
    .addOption(waiting('15'))
    .addHelpText('after', examples(`cash-out cancel ${ID}`))
    .action((id: string, { wait }: { wait: string }) => does(cancelCommand(id, wait)));
  cashOut
    .command('return <id>')
    .description('give a paid one back to the customer’s wallet; no notes from then on')
    .addOption(valued('--reason <words>', 'why', 'returned by the cashier'))
    .addOption(waiting('15'))
    .addHelpText('after', examples(`cash-out return ${ID} --reason "drawer is short" --wait 60`))
    .action((id: string, { reason, wait }: { reason: string; wait: string }) => does(returnCommand(id, reason, wait)));
}
