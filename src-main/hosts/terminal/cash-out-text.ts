/** A cash-out for people: how it stands, and what can be done next, as commands to copy. */
import type { CashOutAction, CashOutView } from '../../core/contract/views.ts';
import type { CashOutState, Notes } from '../../core/domain/cash-out.ts';
import type { Currency } from '../../core/domain/money.ts';
import { chargeMinorOf } from '../../core/domain/purchase.ts';
import { facts, table } from './layout.ts';
import type { Fact } from './layout.ts';
import type { Speaker } from './speaker.ts';
import type { QrModules } from './terminal-till.ts';
import { because, count, isSoon, times } from './text.ts';

const MEANING: Readonly<Record<CashOutState, string>> = {
  requested: 'saved; the network has not answered yet, no QR to show',
  refused: 'the network did not take it; nothing happened',
  awaiting_payment: 'the customer has to scan and pay',
  cancelling: 'asked to cancel; the network has not proven it yet',
  cancelled: 'cancelled; no notes',
  expired: 'nobody paid in time; no notes',
  paid: 'paid and proven; notes may be handed over',
  handing_over: 'notes are being counted out',
  dispensed: 'notes are with the customer',
  settled: 'notes are with the customer, and the network knows all it must',
  returning: 'the money is on its way back; no notes',
  returned: 'the money is back with the customer; no notes',
};

export function cashOutText(view: CashOutView, speaker: Speaker): string {
  const { currency, doubt, late } = view;
  return facts(`Cash-out ${view.id}`, [
    ['state', `${view.state}: ${meaningOf(view)}`],
    ['amount', speaker.money(view.amountMinor, currency)],
    ...purchaseFacts(view, speaker),
    ['notes', notesOf(view.noteSuggestion, currency, speaker)],
    ['reason', view.reason],
    [
      'in doubt',
      doubt && `${doubt.command} sent ${times(doubt.attempts)}, no answer that settles it${because(doubt.lastOutcome)}`,
    ],
    ['next try', doubt && isSoon(doubt.nextAttemptAtMs, speaker) ? speaker.soon(doubt.nextAttemptAtMs) : undefined],
    ['checking', view.checkFailing ? 'the network gave no usable answer to the last question' : undefined],
    ['late', late && `the payment came late (${late})`],
    ['case', view.cases.map(({ kind, detail }) => `${kind}: ${detail}`)],
    [
      'network',
      `${view.network}, ${view.mode} QR${view.networkOrderId === undefined ? '' : `, order ${view.networkOrderId}`}`,
    ],
    ['reference', view.externalReference],
    ['cashier', view.cashierName],
    ['requested', speaker.time(view.requestedAtMs)],
    [
      'expires',
      view.state === 'awaiting_payment' && view.expiresAtMs !== undefined ? speaker.soon(view.expiresAtMs) : undefined,
    ],
    [
      'paid',
      view.paidAtMs === undefined
        ? undefined
        : `${speaker.time(view.paidAtMs)}${view.paymentReference === undefined ? '' : `, operation ${view.paymentReference}`}`,
    ],
    ['counting since', view.handingOverSinceMs === undefined ? undefined : speaker.time(view.handingOverSinceMs)],
    ['ended', view.endedAtMs === undefined ? undefined : speaker.time(view.endedAtMs)],
    ['slips', view.slips.map(({ kind, copy, state }) => `${kind}${copy > 0 ? `, copy ${copy}` : ''}: ${state}`)],
    ['QR data', view.qrData],
    ['next', nextSteps(view)],
  ]);
}

/** The lines, and the sum: purchase + notes = what the phone asks for. */
function purchaseFacts(view: CashOutView, speaker: Speaker): readonly Fact[] {
  const { purchase, currency } = view;
  if (!purchase) return [];
  const show = (minor: number): string => speaker.money(minor, currency);
  const lines = purchase.items.map(
    ({ title, quantity, measure, unitPriceMinor, totalMinor }) =>
      `${quantity} ${measure} × ${title} at ${show(unitPriceMinor)} = ${show(totalMinor)}`,
  );
  return [
    ['purchase', [show(purchase.totalMinor), ...lines]],
    ['customer pays', show(chargeMinorOf(view))],
  ];
}

function meaningOf({ state, cancelAsked }: CashOutView): string {
  return state === 'requested' && cancelAsked
    ? 'saved, to be cancelled as soon as the network answers'
    : MEANING[state];
}

function notesOf(notes: Notes | undefined, currency: Currency, speaker: Speaker): string | undefined {
  if (!notes) return undefined;
  return Object.entries(notes)
    .toSorted(([left], [right]) => Number(right) - Number(left))
    .map(([minor, pieces]) => `${pieces} × ${speaker.money(Number(minor), currency)}`)
    .join(', ');
}

const STEPS: Readonly<Record<CashOutAction, (id: string) => string>> = {
  cancel: (id) => `cash-out cancel ${id}`,
  'hand-over': (id) => `cash-out hand-over ${id}`,
  given: (id) => `cash-out given ${id}`,
  'not-given': (id) => `cash-out not-given ${id} --reason WORDS`,
  return: (id) => `cash-out return ${id} --reason WORDS`,
  'print-qr': (id) => `slip print qr ${id}`,
  'print-receipt': (id) => `slip print receipt ${id}`,
};

const WATCHED: readonly CashOutState[] = ['requested', 'awaiting_payment', 'cancelling', 'returning', 'dispensed'];

function nextSteps({ id, state, actions }: CashOutView): readonly string[] {
  const watch = WATCHED.includes(state) ? [`cash-out watch ${id}`] : [];
  return [...watch, ...actions.map((action) => STEPS[action](id))].map((words) => `ventanilla ${words}`);
}

export function cashOutTable(views: readonly CashOutView[], speaker: Speaker): string {
  if (views.length === 0) return 'No cash-outs.';
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
  return `${table(columns, rows)}\n${count(views.length, 'cash-out')}, times in ${speaker.timeZone}`;
}

function remarksOf({ doubt, cases, late, reason, cancelAsked, state }: CashOutView): string {
  const marks = [
    doubt ? `in doubt: ${doubt.command}` : '',
    cancelAsked && state === 'requested' ? 'to be cancelled' : '',
    late ? 'late' : '',
    ...cases.map(({ kind }) => `case: ${kind}`),
    reason ?? '',
  ];
  return marks.filter((mark) => mark !== '').join('; ');
}

const QUIET_MODULES = 4;

/** Dark on light whatever the terminal's colours: two rows of modules to a line, with the quiet zone that readers need. */
export function qrText({ sideModules, isDark }: QrModules): string {
  const side = sideModules + 2 * QUIET_MODULES;
  const isInk = (row: number, column: number): boolean => {
    const [y, x] = [row - QUIET_MODULES, column - QUIET_MODULES];
    return y >= 0 && x >= 0 && y < sideModules && x < sideModules && isDark(y, x);
  };
  const lines: string[] = [];
  for (let row = 0; row < side; row += 2) {
    let line = '';
    for (let column = 0; column < side; column += 1) {
      const [upper, lower] = [isInk(row, column), isInk(row + 1, column)];
      line += upper ? (lower ? '█' : '▀') : lower ? '▄' : ' ';
    }
    lines.push(`\u001b[30;107m${line}\u001b[0m`);
  }
  return lines.join('\n');
}
