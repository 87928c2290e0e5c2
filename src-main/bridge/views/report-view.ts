/** X and Z report for a window: expected cash and variance only once the blind count is in. */
import type { Report } from '../../core/application/shifts/shift-report.ts';
import type { ReportView } from '../../core/contract/views.ts';
import type { Shift } from '../../core/domain/shift.ts';
import type { TillContext } from '../../core/application/till-parts.ts';
import { openPayoutView } from './payout-view.ts';
import { caseView, shiftView } from './small-views.ts';

export function reportView(till: TillContext, report: Report): ReportView {
  const { shift, atMs, dispensed, returned, cancelled, expired, refused, dropsMinor, drawerOpeningsWithoutSale, head } =
    report;
  return {
    kind: shift.state === 'open' ? 'x' : 'z',
    shift: shiftView(shift),
    atMs,
    dispensed,
    returned,
    cancelled,
    expired,
    refused,
    open: report.open.map(({ id, state, amountMinor }) => ({
      id,
      state,
      amountMinor,
      blocksClose: report.blocking.has(id),
    })),
    payouts: {
      started: { count: report.payouts.started.length },
      open: report.payouts.open.map((payout) => openPayoutView(till, payout)),
      notesInstead: report.payouts.notesInstead,
    },
    dropsMinor,
    drawerOpeningsWithoutSale,
    cases: report.cases.map(caseView),
    decidedCases: report.decidedCases.map(caseView),
    ...(shift.state === 'closed' && { close: closeOf(shift) }),
    head,
  };
}

function closeOf(shift: Shift & { state: 'closed' }): NonNullable<ReportView['close']> {
  const { closedAtMs, expectedMinor, varianceMinor, count } = shift;
  return {
    closedAtMs,
    expectedMinor,
    countedMinor: count.totalMinor,
    varianceMinor,
    ...(count.notes && { notes: count.notes }),
  };
}
