/** Small views that several others hold. */
import type { CaseView, ShiftView, SlipPreviewView, SlipView } from '../../core/contract/views.ts';
import type { CaseFile } from '../../core/domain/case-file.ts';
import type { Shift } from '../../core/domain/shift.ts';
import type { SlipPreview } from '../../core/domain/slips/slip-preview.ts';
import type { SlipJob } from '../../core/application/ports/till-store.ts';
import type { TillContext } from '../../core/application/till-parts.ts';

export function caseView(file: CaseFile): CaseView {
  const { id, kind, cashOutId, payoutId, foreign, amountMinor, currency, detail, openedAtMs } = file;
  const subject = foreign ? { foreign } : payoutId === undefined ? { cashOutId } : { payoutId };
  const closed =
    file.state === 'closed'
      ? { closed: { decision: file.decision, reason: file.reason, by: file.by, atMs: file.closedAtMs } }
      : {};
  return { id, kind, ...subject, amountMinor, currency, detail, openedAtMs, ...closed };
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

export function slipView({ printerWaits }: TillContext, job: SlipJob): SlipView {
  const { id, slip, state, detail, queuedAtMs, code, expiresAtMs } = job;
  return {
    jobId: id,
    kind: slip.kind,
    copy: slip.copy,
    subjectId: slip.subjectId,
    state,
    detail,
    atMs: queuedAtMs,
    ...(code !== undefined && { code }),
    ...(printerWaits?.jobId === id && { waitingFor: printerWaits.why }),
    ...(expiresAtMs !== undefined && { expiresAtMs }),
  };
}

/** No slip of a cash-out, payout or shift carries a picture; a sticker has a view of its own. */
export function slipPreviewView({ columns, lines }: SlipPreview): SlipPreviewView {
  return { columns, lines: lines.flatMap((line) => (line.kind === 'picture' ? [] : [line])) };
}
