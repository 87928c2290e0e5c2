/** A payout for people: how it stands, and what can be done next, as commands to copy. Personal data comes masked and stays so. */
import type {
  BankView,
  ExchangeRateView,
  OpenPayoutView,
  PayoutFinding,
  PayoutView,
} from '../../core/contract/payout-contract.ts';
import type { BeneficiaryForm } from '../../core/domain/payouts/country-forms.ts';
import { groupedVoucher } from '../../core/domain/payouts/voucher.ts';
import { facts, table } from './layout.ts';
import type { Fact } from './layout.ts';
import { declinedWords, HINT_WORDS, NOTES_WORDS, PAYOUT_STEPS, payoutMeaning } from './payout-words.ts';
import type { Speaker } from './speaker.ts';
import { because, count, isSoon, times } from './text.ts';

export function payoutText(view: PayoutView, speaker: Speaker): string {
  const at = (moment: number | undefined): string | undefined =>
    moment === undefined ? undefined : speaker.time(moment);
  return facts(`Payout ${view.id}`, [
    ['state', `${view.state}: ${payoutMeaning(view)}`],
    ['amount', `${speaker.money(view.amountMinor, view.currency)} (${view.currency})`],
    ['to', beneficiaryWords(view.beneficiary)],
    ['way', `${view.method} (${view.country}) by ${view.network}`],
    ...troubles(view, speaker),
    ['notes', NOTES_WORDS[view.notesInstead]],
    ['counting since', at(view.notesSinceMs)],
    ['replaced', replacementWords(view, speaker)],
    ['in place of', view.reissueOf],
    ['case', view.cases.map(({ kind, detail }) => `${kind}: ${detail}`)],
    ['voucher', groupedVoucher(view.voucher)],
    ['external id', view.externalId],
    ['network id', view.cashoutId],
    ['bank', view.bankName],
    ['bank reference', view.bankReference],
    ['pickup reference', view.pickupReference],
    ['cashier', view.cashierName],
    ['requested', `${speaker.time(view.requestedAtMs)}${view.createdOnHold ? ', to be held' : ''}`],
    ['with the bank', at(view.deliveredAtMs)],
    ['arrived', at(view.completedAtMs)],
    ['ended', at(view.endedAtMs)],
    ['next check', soonWords(view.nextCheckAtMs, speaker)],
    ['slips', view.slips.map(({ kind, copy, state }) => `${kind}${copy > 0 ? `, copy ${copy}` : ''}: ${state}`)],
    ['next', nextSteps(view)],
  ]);
}

/** What is wrong with it, if anything is. */
function troubles({ doubt, code, rejection, review, surfaced, checkFailing }: PayoutView, speaker: Speaker): Fact[] {
  return [
    [
      'in doubt',
      doubt && `${doubt.command} sent ${times(doubt.attempts)}, no answer that settles it${because(doubt.lastOutcome)}`,
    ],
    ['next try', doubt && soonWords(doubt.nextAttemptAtMs, speaker)],
    ['needs a person', doubt?.needsPerson ? 'the till cannot find out: look into the network’s panel' : undefined],
    ['declined', code === undefined ? undefined : declinedWords(code)],
    ['rejected', rejection && rejectionWords(rejection)],
    ['to be reviewed', review && `${review.why}, since ${speaker.time(review.sinceMs)}: a supervisor looks into it`],
    ['surfaced', surfaced ? 'the till had taken it for not there; then it moved all the same' : undefined],
    ['checking', checkFailing ? 'the network gave no usable answer to the last question' : undefined],
  ];
}

function rejectionWords({ code, reason, hint }: NonNullable<PayoutView['rejection']>): string {
  const what = [code, reason].filter((part) => part !== undefined && part !== '').join(' ');
  return `${what === '' ? 'the bank named no reason' : what}: ${HINT_WORDS[hint]}`;
}

/** Masked before it came here: `A. R., DNI ••••743, account ••••6813 (S)`. */
function beneficiaryWords(form: BeneficiaryForm): string {
  const names = [form.firstName, form.lastName].filter((part) => part !== undefined).join(' ');
  const document = [form.documentType, form.documentId].filter((part) => part !== undefined).join(' ');
  const bank = form.bankCode === undefined ? '' : `bank ${form.bankCode}`;
  const branch = form.bankBranch === undefined ? '' : `branch ${form.bankBranch}`;
  const kind = form.accountType === undefined ? '' : ` (${form.accountType})`;
  const account = form.bankAccount === undefined ? '' : `account ${form.bankAccount}${kind}`;
  const parts = [names, document, bank, branch, account, form.phone, form.email, form.address];
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

function replacementWords({ replacement }: PayoutView, speaker: Speaker): string | undefined {
  if (!replacement) return undefined;
  const words = { notes: 'by notes', outside: 'by money outside of the till' };
  const by = replacement.by === 'payout' ? `by payout ${replacement.payoutId}` : words[replacement.by];
  return `${by}, ${speaker.time(replacement.atMs)}`;
}

function soonWords(atMs: number | undefined, speaker: Speaker): string | undefined {
  return atMs === undefined || !isSoon(atMs, speaker) ? undefined : speaker.soon(atMs);
}

const WATCHED: readonly PayoutView['state'][] = ['requested', 'pending', 'delivered'];

function nextSteps({ id, state, actions }: PayoutView): readonly string[] {
  const watch = WATCHED.includes(state) ? [`payout watch ${id}`] : [];
  return [...watch, ...actions.map((action) => PAYOUT_STEPS[action](id))].map((words) => `ventanilla ${words}`);
}

export function payoutTable(views: readonly PayoutView[], speaker: Speaker): string {
  if (views.length === 0) return 'No payouts.';
  const rows = views.map((view) => [
    speaker.time(view.requestedAtMs),
    view.id,
    speaker.money(view.amountMinor, view.currency),
    view.state,
    remarksOf(view),
  ]);
  const columns = [
    { title: 'requested' },
    { title: 'id' },
    { title: 'amount', right: true },
    { title: 'state' },
    { title: '' },
  ];
  return `${table(columns, rows)}\n${count(views.length, 'payout')}, times in ${speaker.timeZone}`;
}

function remarksOf(view: PayoutView): string {
  const { doubt, review, cases, code, rejection, replacement, cancelAsked, reversed } = view;
  const marks = [
    doubt ? `in doubt: ${doubt.command}${doubt.needsPerson ? ', needs a person' : ''}` : '',
    review ? 'to be reviewed' : '',
    reversed ? 'given back late' : '',
    cancelAsked && ['requested', 'pending', 'on_hold'].includes(view.state) ? 'to be cancelled' : '',
    view.notesSinceMs === undefined ? '' : 'notes being counted',
    replacement ? `replaced by ${replacement.by}` : '',
    ...cases.map(({ kind }) => `case: ${kind}`),
    code === undefined ? '' : `code ${code}`,
    rejection?.code === undefined ? '' : `code ${rejection.code}`,
  ];
  return marks.filter((mark) => mark !== '').join('; ');
}

/** What the till and a shift leave open, a line each. */
export function openPayoutTable(open: readonly OpenPayoutView[], speaker: Speaker): string {
  const rows = open.map((each) => [
    speaker.time(each.requestedAtMs),
    each.id,
    speaker.money(each.amountMinor, each.currency),
    each.beneficiaryName,
    each.state,
    openRemark(each),
  ]);
  const columns = [
    { title: 'requested' },
    { title: 'id' },
    { title: 'amount', right: true },
    { title: 'to' },
    { title: 'state' },
    { title: '' },
  ];
  return `${table(columns, rows)}\n${count(open.length, 'open payout')}, times in ${speaker.timeZone}`;
}

export function openRemark({ needsPerson, notesSinceMs }: OpenPayoutView): string {
  if (notesSinceMs !== undefined) return 'notes being counted';
  return needsPerson ? 'needs a person' : '';
}

export function findingText(finding: PayoutFinding, speaker: Speaker): string {
  switch (finding.kind) {
    case 'ours':
      return payoutText(finding.payout, speaker);
    case 'network':
      return facts(`Not in this till's records; ${finding.network} has it`, [
        ['status', finding.status === 'unclear' ? `unclear: ${finding.statusText}` : finding.status],
        ['rejected', finding.rejection && rejectionWords(finding.rejection)],
        ['external id', finding.externalId],
        ['network id', finding.cashoutId],
        ['mind', 'the network names neither amount nor person: it proves nothing about who stands here'],
      ]);
    case 'unknown':
      return finding.askedNetwork
        ? 'Nobody knows it: neither this till nor the network.'
        : 'This till does not know it. With --network ID the network is asked too.';
    case 'damaged':
      return 'One of our vouchers, misread: scan it again, or type it anew.';
    case 'unusable':
      return UNUSABLE[finding.why];
    default:
      return finding satisfies never;
  }
}

const UNUSABLE = {
  empty: 'There is nothing to look for.',
  'too-long': 'This is longer than any voucher or id.',
  characters: 'No voucher and no id is written like this.',
} as const;

export function banksText(banks: readonly BankView[]): string {
  if (banks.length === 0) return 'The network lists no banks.';
  const rows = banks.map(({ code, name, licensed }) => [code, name, licensed === false ? 'not licensed' : '']);
  return `${table([{ title: 'code' }, { title: 'bank' }, { title: '' }], rows)}\n${count(banks.length, 'bank')}`;
}

export function rateText({ currency, rate, converted }: ExchangeRateView, usdMinor: number, speaker: Speaker): string {
  const from = speaker.money(usdMinor, 'USD');
  return `${from} is about ${converted} ${currency} (1 US$ = ${rate} ${currency}); the network pays at the rate of the moment.`;
}
