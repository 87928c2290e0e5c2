/** Settings, shifts, reports and the state of the till for people. */
import { formatMoney, money } from '../../core/domain/money.ts';
import type { PayoutSettings } from '../../core/domain/payouts/payout-settings.ts';
import { secretNamesOf } from '../../core/domain/settings.ts';
import { warningWords } from '../../core/domain/warning.ts';
import type { PayoutNetworkView } from '../../core/contract/payout-contract.ts';
import type { CaseView, NetworkView, ReportView, ShiftView, SlipView, TillView } from '../../core/contract/views.ts';
import type { Settings } from '../../core/domain/settings.ts';
import { caseTable } from './case-text.ts';
import { cashOutTable } from './cash-out-text.ts';
import { facts } from './layout.ts';
import type { Fact } from './layout.ts';
import { openPayoutTable, openRemark } from './payout-text.ts';
import { nextStepText } from './slip-words.ts';
import type { Speaker } from './speaker.ts';
import type { Verdict } from './storage-desk.ts';
import { count } from './text.ts';

export function settingsText(
  heading: string,
  settings: Settings,
  secrets: readonly string[],
  speaker: Speaker,
): string {
  const { currency, limits, people, quickAmountsMinor } = settings;
  const amount = (minor: number): string => speaker.money(minor, currency);
  return facts(heading, [
    ['shop', `${settings.shopName}, till ${settings.tillId}`],
    ['language', `${settings.language}, theme ${settings.theme}, times in ${settings.timeZone}`],
    [
      'amounts',
      `${currency}, ${amount(limits.minMinor)} to ${amount(limits.maxMinor)} in steps of ${amount(limits.stepMinor)}`,
    ],
    ['keys', quickAmountsMinor.map(amount).join(', ')],
    ['people', people.map(({ code, name, role }) => `${code}  ${name} (${role})`)],
    ['printer', settings.printerProfile],
    ...networkFacts(settings, secrets),
    ...relayFacts(settings, secrets),
    ['secrets', secrets.length === 0 ? 'none stored' : secrets.join(', ')],
  ]);
}

function networkFacts({ networks }: Settings, secrets: readonly string[]): readonly Fact[] {
  const all = Object.entries(networks);
  if (all.length === 0) return [['networks', 'none']];
  return all.map(([id, network]) => {
    if (!('tokenSecret' in network)) return payoutNetworkFacts(id, network, secrets);
    const { baseUrl, country, externalPosId, mode, lifetimeMs, qrValidation, userId, tokenSecret } = network;
    const stored = secrets.includes(tokenSecret) ? 'stored' : `missing: ventanilla secret set ${tokenSecret}`;
    return [
      id,
      [
        baseUrl,
        `${country}, POS ${externalPosId}${userId === undefined ? '' : `, account ${userId}`}`,
        `${mode} QR, payable for ${lifetimeMs / 1_000} s, QR check ${qrValidation}`,
        `token "${tokenSecret}" ${stored}`,
      ],
    ];
  });
}

function relayFacts({ relay }: Settings, secrets: readonly string[]): readonly Fact[] {
  if (!relay) return [];
  const stored = secrets.includes(relay.keySecret) ? 'stored' : `missing: ventanilla secret set ${relay.keySecret}`;
  return [['relay', [relay.url, `key "${relay.keySecret}" ${stored}`]]];
}

function payoutNetworkFacts(id: string, network: PayoutSettings, secrets: readonly string[]): Fact {
  const limits = network.limits.map(({ currency, minMinor, maxMinor, releaseAboveMinor }) => {
    const show = (minor: number): string => formatMoney(money(currency, minor));
    const release =
      releaseAboveMinor === undefined ? '' : `, released by a supervisor above ${show(releaseAboveMinor)}`;
    return `${currency} ${show(minMinor)} to ${show(maxMinor)}${release}`;
  });
  const stored = secretNamesOf(network).map((name) =>
    secrets.includes(name) ? `secret "${name}" stored` : `secret "${name}" missing: ventanilla secret set ${name}`,
  );
  return [id, [network.baseUrl, ...limits, ...stored]];
}

export function shiftText(shift: ShiftView, speaker: Speaker): string {
  return facts(`Shift ${shift.number} is open`, [
    ['id', shift.id],
    ['cashier', `${shift.cashierName} (${shift.cashierCode})`],
    ['float', speaker.money(shift.floatMinor, shift.currency)],
    ['opened', speaker.time(shift.openedAtMs)],
  ]);
}

export function reportText(report: ReportView, speaker: Speaker): string {
  const { shift, close } = report;
  const amount = (minor: number): string => speaker.money(minor, shift.currency);
  const tally = (each: Readonly<{ count: number; totalMinor: number }>): string | undefined =>
    each.count === 0 ? undefined : `${each.count}, ${amount(each.totalMinor)} in all`;
  const heading = `${report.kind === 'x' ? 'X report: shift' : 'Z report: shift'} ${shift.number}, ${report.kind === 'x' ? 'open' : 'closed'}`;
  return facts(heading, [
    ['cashier', `${shift.cashierName} (${shift.cashierCode})`],
    ['opened', speaker.time(shift.openedAtMs)],
    ['closed', close && speaker.time(close.closedAtMs)],
    ['float', amount(shift.floatMinor)],
    ['given', tally(report.dispensed) ?? 'none'],
    ['returned', tally(report.returned)],
    ['cancelled', tally(report.cancelled)],
    ['expired', tally(report.expired)],
    ['refused', tally(report.refused)],
    ['to the safe', report.dropsMinor === 0 ? undefined : amount(report.dropsMinor)],
    [
      'drawer opened',
      report.drawerOpeningsWithoutSale === 0
        ? undefined
        : `${report.drawerOpeningsWithoutSale} times without a cash-out`,
    ],
    ['still open', report.open.map(({ id, state, amountMinor }) => `${id} ${state} ${amount(amountMinor)}`)],
    ...payoutFacts(report, speaker),
    ['cases', report.cases.map((each) => caseAtRisk(each, speaker))],
    ['decided', report.decidedCases.map((each) => `${caseAtRisk(each, speaker)}: ${decidedWords(each)}`)],
    ['expected', close && amount(close.expectedMinor)],
    ['counted', close && amount(close.countedMinor)],
    ['variance', close && varianceWords(close.varianceMinor, amount)],
    ['journal', `${report.head.seq} entries, ${report.head.hash.slice(0, 16)}…`],
  ]);
}

function decidedWords({ closed }: CaseView): string {
  return closed ? `${closed.decision} by ${closed.by}` : '';
}

function caseAtRisk({ kind, cashOutId, payoutId, amountMinor, currency }: CaseView, speaker: Speaker): string {
  return `${kind} ${cashOutId ?? payoutId ?? ''} ${speaker.money(amountMinor, currency)} at risk`;
}

/** Payouts take nothing from the drawer; notes given in the place of one do. */
function payoutFacts({ payouts, shift }: ReportView, speaker: Speaker): readonly Fact[] {
  const { started, open, notesInstead } = payouts;
  const inNotes = speaker.money(notesInstead.totalMinor, shift.currency);
  return [
    ['payouts', started.count === 0 ? undefined : `${started.count} started`],
    ['notes instead', notesInstead.count === 0 ? undefined : `${notesInstead.count}, ${inNotes} in all`],
    [
      'open payouts',
      open.map((each) => {
        const remark = openRemark(each);
        const amount = speaker.money(each.amountMinor, each.currency);
        return `${each.id} ${each.state} ${amount}${remark === '' ? '' : `, ${remark}`}`;
      }),
    ],
  ];
}

function varianceWords(minor: number, amount: (minor: number) => string): string {
  if (minor === 0) return 'none: the count is exact';
  return minor > 0 ? `${amount(minor)} over` : `${amount(-minor)} short`;
}

export function slipText(slip: SlipView): string {
  const { kind, copy, state, detail, jobId } = slip;
  const what = `${kind} slip${copy > 0 ? `, COPY ${copy}` : ''}`;
  const next = nextStepText(slip);
  return `${what}: ${state}${detail === '' ? '' : ` (${detail})`}, job ${jobId}${next === '' ? '' : `\n${next}`}`;
}

export function statusText(view: TillView, dataDirectory: string, speaker: Speaker): string {
  const { shift, openCashOuts, openPayouts, openCases, commandsWaiting, warnings } = view;
  const networks = networkLines(view, speaker);
  const head = facts(`${view.shopName}, till ${view.tillId}`, [
    ['version', view.appVersion],
    ['data', dataDirectory],
    ['shift', shift ? `${shift.number} of ${shift.cashierName}, since ${speaker.time(shift.openedAtMs)}` : 'none open'],
    ['networks', networks.length === 0 ? 'none' : networks],
    ...(warnings.length === 0 ? [] : [['warnings', warnings.map(warningWords)] as const]),
    ['to be sent', commandsWaiting === 0 ? 'nothing' : count(commandsWaiting, 'command')],
  ]);
  const open = openCashOuts.length === 0 ? 'No open cash-outs.' : cashOutTable(openCashOuts, speaker);
  return [
    head,
    '',
    open,
    ...(openPayouts.length === 0 ? [] : ['', openPayoutTable(openPayouts, speaker)]),
    ...(openCases.length === 0 ? [] : ['', caseTable(openCases, speaker)]),
  ].join('\n');
}

function networkLines({ networks, payoutNetworks }: TillView, speaker: Speaker): readonly string[] {
  return [
    ...networks.map((network) => networkWords(network, speaker)),
    ...payoutNetworks.map((network) => networkWords(network, speaker)),
  ];
}

type Connected = Pick<NetworkView | PayoutNetworkView, 'id' | 'connection' | 'sinceMs' | 'code'>;

export function networkWords({ id, connection, code, sinceMs }: Connected, speaker: Speaker): string {
  if (connection === 'unknown') return `${id}: not asked in this run`;
  return `${id}: ${connection}${code === undefined ? '' : ` (${code})`} since ${speaker.time(sinceMs)}`;
}

export function verdictText(verdict: Verdict): string {
  if (!verdict.ok) return `The journal is BROKEN at entry ${verdict.badSeq}: ${verdict.reason}`;
  const { entries, head, tables } = verdict;
  const rebuilt = tables === undefined ? '' : '\nEvery table is what the journal makes of it.';
  return `The journal is whole: ${entries} entries checked, up to ${head.seq} ${head.hash.slice(0, 16)}…${rebuilt}${reopening(verdict)}`;
}

/** A line of its own under what was checked, where it changes what the till does. */
export function reopening({ opensAgain }: Readonly<{ opensAgain?: true }>): string {
  return opensAgain ? '\nIt had been found damaged before; nothing is wrong with it now: the till opens again.' : '';
}
