/** Every word on screen, by language; and the words for what the till names by a code. */
import type { CaseKind } from '../../src-main/core/domain/case-file.ts';
import type { CashOutState } from '../../src-main/core/domain/cash-out.ts';
import type { SlipKind, SlipState } from '../../src-main/core/domain/journal-event.ts';
import type { Locale } from '../../src-main/core/domain/locale.ts';
import { NETWORK_NAMES } from '../../src-main/core/domain/network.ts';
import type { NetworkId } from '../../src-main/core/domain/network.ts';
import type { WindowFault, WindowFaultCode } from '../bridge/till-client.ts';
import { cases as casesEn } from './en/cases.ts';
import { cashOut as cashOutEn } from './en/cash-out.ts';
import { customer as customerEn } from './en/customer.ts';
import { devices as devicesEn } from './en/devices.ts';
import { faults as faultsEn } from './en/faults.ts';
import { purchase as purchaseEn } from './en/purchase.ts';
import { pairing as pairingEn } from './en/pairing.ts';
import { payoutForm as payoutFormEn } from './en/payout-form.ts';
import { payouts as payoutsEn } from './en/payouts.ts';
import { reconciliation as reconciliationEn } from './en/reconciliation.ts';
import { records as recordsEn } from './en/records.ts';
import { scans as scansEn } from './en/scans.ts';
import { shell as shellEn } from './en/shell.ts';
import { shifts as shiftsEn } from './en/shifts.ts';
import { slips as slipsEn } from './en/slips.ts';
import { cases as casesEs } from './es/cases.ts';
import { cashOut as cashOutEs } from './es/cash-out.ts';
import { customer as customerEs } from './es/customer.ts';
import { devices as devicesEs } from './es/devices.ts';
import { faults as faultsEs } from './es/faults.ts';
import { purchase as purchaseEs } from './es/purchase.ts';
import { pairing as pairingEs } from './es/pairing.ts';
import { payoutForm as payoutFormEs } from './es/payout-form.ts';
import { payouts as payoutsEs } from './es/payouts.ts';
import { reconciliation as reconciliationEs } from './es/reconciliation.ts';
import { records as recordsEs } from './es/records.ts';
import { scans as scansEs } from './es/scans.ts';
import { shell as shellEs } from './es/shell.ts';
import { shifts as shiftsEs } from './es/shifts.ts';
import { slips as slipsEs } from './es/slips.ts';
import { cases as casesPt } from './pt/cases.ts';
import { cashOut as cashOutPt } from './pt/cash-out.ts';
import { customer as customerPt } from './pt/customer.ts';
import { devices as devicesPt } from './pt/devices.ts';
import { faults as faultsPt } from './pt/faults.ts';
import { purchase as purchasePt } from './pt/purchase.ts';
import { pairing as pairingPt } from './pt/pairing.ts';
import { payoutForm as payoutFormPt } from './pt/payout-form.ts';
import { payouts as payoutsPt } from './pt/payouts.ts';
import { reconciliation as reconciliationPt } from './pt/reconciliation.ts';
import { records as recordsPt } from './pt/records.ts';
import { scans as scansPt } from './pt/scans.ts';
import { shell as shellPt } from './pt/shell.ts';
import { shifts as shiftsPt } from './pt/shifts.ts';
import { slips as slipsPt } from './pt/slips.ts';
import type { RefusalFamily } from './refusal-family.ts';
import type { Words } from './words-like.ts';

export type { Words } from './words-like.ts';

export const WORDS = {
  es: {
    shell: shellEs,
    cashOut: cashOutEs,
    purchase: purchaseEs,
    reconciliation: reconciliationEs,
    records: recordsEs,
    scans: scansEs,
    cases: casesEs,
    shifts: shiftsEs,
    slips: slipsEs,
    pairing: pairingEs,
    devices: devicesEs,
    customer: customerEs,
    faults: faultsEs,
    payouts: payoutsEs,
    payoutForm: payoutFormEs,
  },
  pt: {
    shell: shellPt,
    cashOut: cashOutPt,
    purchase: purchasePt,
    reconciliation: reconciliationPt,
    records: recordsPt,
    scans: scansPt,
    cases: casesPt,
    shifts: shiftsPt,
    slips: slipsPt,
    pairing: pairingPt,
    devices: devicesPt,
    customer: customerPt,
    faults: faultsPt,
    payouts: payoutsPt,
    payoutForm: payoutFormPt,
  },
  en: {
    shell: shellEn,
    cashOut: cashOutEn,
    purchase: purchaseEn,
    reconciliation: reconciliationEn,
    records: recordsEn,
    scans: scansEn,
    cases: casesEn,
    shifts: shiftsEn,
    slips: slipsEn,
    pairing: pairingEn,
    devices: devicesEn,
    customer: customerEn,
    faults: faultsEn,
    payouts: payoutsEn,
    payoutForm: payoutFormEn,
  },
} as const satisfies Readonly<Record<Locale, Words>>;

type Todo = string | ((values: Readonly<Record<string, string | number>>) => string);

export type FaultWords = Readonly<{ title: string; todo: string }>;

export function faultWords(words: Words, fault: WindowFault): FaultWords {
  const known: Readonly<Record<WindowFaultCode, Readonly<{ title: string; todo: Todo }>>> = words.faults;
  const { title, todo } = known[fault.code];
  const values = 'values' in fault && fault.values ? fault.values : {};
  return { title, todo: typeof todo === 'string' ? todo : todo(values) };
}

export function stateWord(words: Words, state: CashOutState): string {
  const known: Readonly<Record<CashOutState, string>> = words.cashOut.states;
  return known[state];
}

export function caseWords(words: Words, kind: CaseKind): Readonly<{ title: string; text: string; todo: string }> {
  const known: Readonly<Record<CaseKind, Readonly<{ title: string; text: string; todo: string }>>> =
    words.records.cases;
  return known[kind];
}

export function slipWord(words: Words, kind: SlipKind): string {
  const known: Readonly<Record<SlipKind, string>> = words.records.slipKinds;
  return known[kind];
}

export function slipStateWord(words: Words, state: SlipState): string {
  const known: Readonly<Record<SlipState, string>> = words.records.slipStates;
  return known[state];
}

export function refusalWords(words: Words, family: RefusalFamily): string {
  const known: Readonly<Record<RefusalFamily, string>> = words.cashOut.refusals;
  return known[family];
}

/** As customers know it. */
export function networkName(id: NetworkId): string {
  return NETWORK_NAMES[id];
}
