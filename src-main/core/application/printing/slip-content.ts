/** What each slip says, gathered from the store. Undefined: there is nothing true to print now. */
import type { CashOut } from '../../domain/cash-out.ts';
import type { SlipRequest } from '../../domain/journal-event.ts';
import { money } from '../../domain/money.ts';
import { NETWORK_NAMES } from '../../domain/network.ts';
import { maskedForm, maskedName } from '../../domain/payouts/masking.ts';
import { isKnown } from '../../domain/payouts/payout.ts';
import { voucherText } from '../../domain/payouts/voucher.ts';
import { countFindings } from '../../domain/reconciliation.ts';
import { unreachable } from '../../domain/result.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Shift } from '../../domain/shift.ts';
import { cashOutReceipt } from '../../domain/slips/cash-out-receipt.ts';
import type { ReceiptFacts } from '../../domain/slips/cash-out-receipt.ts';
import type { CaseFile } from '../../domain/case-file.ts';
import { dropSlip } from '../../domain/slips/drop-slip.ts';
import { payoutSlip } from '../../domain/slips/payout-slip.ts';
import { qrSlip } from '../../domain/slips/qr-slip.ts';
import { xReport, zReport } from '../../domain/slips/shift-report.ts';
import type { CaseLine, ShiftTotals } from '../../domain/slips/shift-report.ts';
import type { SlipDocument } from '../../domain/slips/slip-document.ts';
import type { SlipFrame } from '../../domain/slips/slip-frame.ts';
import { testSlip } from '../../domain/slips/test-slip.ts';
import type { TestSlipFacts } from '../../domain/slips/test-slip.ts';
import type { SlipPrinter } from '../ports/slip-printer.ts';
import { reconciliationRecord } from '../reconciling/reconciliation-record.ts';
import { shiftReport } from '../shifts/shift-report.ts';
import type { TillContext } from '../till-parts.ts';

export function slipContent(till: TillContext, settings: Settings, slip: SlipRequest): SlipDocument | undefined {
  const frame = frameOf(till, settings, slip.copy);
  switch (slip.kind) {
    case 'qr':
      return qrContent(till, slip.subjectId, frame);
    case 'receipt':
      return receiptContent(till, slip.subjectId, frame);
    case 'x-report':
    case 'z-report':
      return reportContent(till, slip, frame);
    case 'drop':
      return dropContent(till, slip.subjectId, frame);
    case 'payout':
      return payoutContent(till, slip.subjectId, frame);
    case 'test':
      return till.printer && testSlip({ ...paperOf(till.printer), atMs: till.clock.nowMs() }, frame);
    default:
      return unreachable(slip.kind);
  }
}

function paperOf({ name, columns, codePageName }: SlipPrinter): Omit<TestSlipFacts, 'atMs'> {
  return { printerName: name, columns, codePageName };
}

export function frameOf(till: TillContext, settings: Settings, copyNumber: number): SlipFrame {
  const { language: locale, timeZone, shopName, tillId: tillName } = settings;
  return { locale, timeZone, shopName, tillName, mode: till.mode === 'training' ? 'training' : 'live', copyNumber };
}

/** I7: only for an order that awaits payment, with the network's own bytes. */
function qrContent(till: TillContext, cashOutId: string, frame: SlipFrame): SlipDocument | undefined {
  const cashOut = till.store.cashOut(cashOutId);
  if (cashOut?.state !== 'awaiting_payment' || cashOut.order.qrData === undefined) return undefined;
  const { qrData, offeredAtMs, expiresAtMs } = cashOut.order;
  const { externalReference, network, purchase } = cashOut;
  const amount = money(cashOut.currency, cashOut.amountMinor);
  const walletName = NETWORK_NAMES[network];
  const facts = { amount, qrData, walletName, externalReference, offeredAtMs, expiresAtMs };
  return qrSlip({ ...facts, ...(purchase && { purchase }) }, frame);
}

function receiptContent(till: TillContext, cashOutId: string, frame: SlipFrame): SlipDocument | undefined {
  const cashOut = till.store.cashOut(cashOutId);
  const ending = cashOut && endingOf(cashOut);
  if (!cashOut || !ending || !('order' in cashOut)) return undefined;
  const steps = till.store
    .entriesAbout(cashOutId)
    .flatMap((entry) => (entry.event.type === 'cash-out.step' ? [{ ...entry, step: entry.event.step }] : []));
  const last = steps.findLast(({ step }) => step.type === ending.outcome);
  const dispensed = steps.flatMap(({ step }) => (step.type === 'dispensed' && step.notes ? [step.notes] : []))[0];
  const reference = 'payment' in cashOut ? cashOut.payment.reference : undefined;
  const facts: ReceiptFacts = {
    outcome: ending.outcome,
    amount: money(cashOut.currency, cashOut.amountMinor),
    ...(cashOut.purchase && { purchase: cashOut.purchase }),
    networkName: NETWORK_NAMES[cashOut.network],
    networkOrderId: cashOut.order.networkOrderId,
    externalReference: cashOut.externalReference,
    atMs: ending.atMs,
    cashierName: cashOut.cashierName,
    journalSeq: last?.seq ?? 0,
    ...(reference !== undefined && { paymentReference: reference }),
    ...(dispensed && ending.outcome === 'dispensed' && { notes: dispensed }),
  };
  return cashOutReceipt(facts, frame);
}

function payoutContent(till: TillContext, payoutId: string, frame: SlipFrame): SlipDocument | undefined {
  const payout = till.store.payout(payoutId);
  if (!payout) return undefined;
  const { currency, amountMinor, externalId, network, requestedAtMs, cashierName } = payout;
  const { bankAccount } = maskedForm(payout.beneficiary);
  const isReplaced = 'replacement' in payout && payout.replacement !== undefined;
  const cashoutId = isKnown(payout) ? payout.cashoutId : undefined;
  const pickupReference = payout.state === 'delivered' ? payout.pickupReference : undefined;
  return payoutSlip(
    {
      amount: money(currency, amountMinor),
      voucher: voucherText(externalId),
      networkName: NETWORK_NAMES[network],
      beneficiary: maskedName(payout.beneficiary),
      state: isReplaced ? 'replaced' : payout.state,
      requestedAtMs,
      atMs: till.clock.nowMs(),
      cashierName,
      ...(bankAccount !== undefined && { account: bankAccount }),
      ...(cashoutId !== undefined && { cashoutId }),
      ...(pickupReference !== undefined && { pickupReference }),
    },
    frame,
  );
}

function endingOf(cashOut: CashOut): Readonly<{ outcome: ReceiptFacts['outcome']; atMs: number }> | undefined {
  switch (cashOut.state) {
    case 'dispensed':
    case 'settled':
      return { outcome: 'dispensed', atMs: cashOut.dispensedAtMs };
    case 'returned':
      return { outcome: 'returned', atMs: cashOut.returnedAtMs };
    case 'cancelled':
      return { outcome: 'cancelled', atMs: cashOut.cancelledAtMs };
    default:
      return undefined;
  }
}

function reportContent(till: TillContext, slip: SlipRequest, frame: SlipFrame): SlipDocument | undefined {
  const shift = till.store.shift(slip.subjectId);
  if (!shift) return undefined;
  const totals = totalsOf(till, shift);
  if (slip.kind === 'x-report') {
    return shift.state === 'open' ? xReport({ ...totals, takenAtMs: till.clock.nowMs() }, frame) : undefined;
  }
  if (shift.state !== 'closed') return undefined;
  const { notes, totalMinor } = shift.count;
  const counted = money(shift.currency, totalMinor);
  const expected = money(shift.currency, shift.expectedMinor);
  return zReport({ ...totals, closedAtMs: shift.closedAtMs, expected, counted, ...(notes && { notes }) }, frame);
}

function totalsOf(till: TillContext, shift: Shift): ShiftTotals {
  const report = shiftReport(till, shift);
  const inCurrency = (minor: number) => money(shift.currency, minor);
  const tally = ({ count, totalMinor }: { count: number; totalMinor: number }) => ({
    count,
    sum: inCurrency(totalMinor),
  });
  return {
    shiftNumber: shift.number,
    cashierName: shift.cashierName,
    openedAtMs: shift.openedAtMs,
    openingFloat: inCurrency(shift.floatMinor),
    dispensed: tally(report.dispensed),
    drops: { count: report.dropCount, sum: inCurrency(report.dropsMinor) },
    returned: tally(report.returned),
    cancelled: tally(report.cancelled),
    payouts: {
      started: report.payouts.started.length,
      notesInstead: tally(report.payouts.notesInstead),
      open: report.payouts.open.map(({ beneficiary, currency, amountMinor, state }) => ({
        name: maskedName(beneficiary),
        amount: money(currency, amountMinor),
        state,
      })),
    },
    noSaleOpenings: report.drawerOpeningsWithoutSale,
    openCases: {
      count: report.cases.length,
      atRisk: inCurrency(report.atRiskMinor),
      list: report.cases.map(caseLine),
    },
    ...reconciliationOf(till, shift),
    decidedCases: report.decidedCases.map(caseLine),
    journalHead: report.head,
  };
}

/** A result of before the shift says nothing of it. */
function reconciliationOf({ store }: TillContext, { openedAtMs }: Shift): Pick<ShiftTotals, 'reconciliation'> {
  const { last } = reconciliationRecord(store);
  if (!last || last.endedAtMs < openedAtMs) return {};
  const { endedAtMs, agree, findings } = last;
  return { reconciliation: { endedAtMs, agree, counts: countFindings(findings) } };
}

function caseLine(file: CaseFile): CaseLine {
  const { kind, currency, amountMinor } = file;
  const decided = file.state === 'closed' ? { decision: file.decision, by: file.by } : {};
  return { kind, amount: money(currency, amountMinor), ...decided };
}

/** The newest drop of the shift. */
function dropContent(till: TillContext, shiftId: string, frame: SlipFrame): SlipDocument | undefined {
  const shift = till.store.shift(shiftId);
  const drop = till.store.entriesAbout(shiftId).findLast(({ event }) => event.type === 'shift.dropped');
  if (!shift || drop?.event.type !== 'shift.dropped') return undefined;
  const { amountMinor, reason } = drop.event;
  const amount = money(shift.currency, amountMinor);
  return dropSlip(
    {
      shiftNumber: shift.number,
      cashierName: shift.cashierName,
      amount,
      reason,
      atMs: drop.atMs,
      journalSeq: drop.seq,
    },
    frame,
  );
}
