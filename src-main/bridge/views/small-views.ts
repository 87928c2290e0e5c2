/** Small views that several others hold. */
import type { CaseView, ShiftView, SlipView } from '../../core/contract/views.ts';
import type { CaseFile } from '../../core/domain/case-file.ts';
import type { Shift } from '../../core/domain/shift.ts';
import type { SlipJob } from '../../core/application/ports/till-store.ts';

export function caseView({ id, kind, amountMinor, currency, detail, openedAtMs, ...about }: CaseFile): CaseView {
  const { cashOutId, payoutId } = about;
  const subject = payoutId === undefined ? { cashOutId } : { payoutId };
  return { id, kind, ...subject, amountMinor, currency, detail, openedAtMs };
}

export function shiftView({
  id,
  number,
  currency,
  cashierCode,
  cashierName,
  floatMinor,
  openedAtMs,
}: Shift): ShiftView {
  return { id, number, currency, cashierCode, cashierName, floatMinor, openedAtMs };
}

export function slipView({ id, slip, state, detail, queuedAtMs }: SlipJob): SlipView {
  return { jobId: id, kind: slip.kind, copy: slip.copy, state, detail, atMs: queuedAtMs };
}
