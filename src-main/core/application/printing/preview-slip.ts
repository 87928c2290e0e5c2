/** What a slip would say and look like on this till's printer, now. Nothing is queued and nothing is written down. */
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { SlipKind } from '../../domain/journal-event.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import type { SlipPreview } from '../../domain/slips/slip-preview.ts';
import { requireSettings } from '../till-parts.ts';
import type { TillContext } from '../till-parts.ts';
import { copiesThatMayExist } from './print-slip.ts';
import { slipContent } from './slip-content.ts';

/** The same document that `printSlip` would send, copy mark included. Errors: those of printing it, before anything is sent. */
export async function previewSlip(
  till: TillContext,
  kind: SlipKind,
  subjectId: string,
): Promise<Result<SlipPreview, Fault>> {
  const settings = requireSettings(till);
  if (!settings.ok) return settings;
  if (!till.printer) return err(fault('slip.no-printer', 'this till has no printer'));
  const copy = copiesThatMayExist(till, kind, subjectId);
  const content = slipContent(till, settings.value, { kind, subjectId, copy });
  if (!content) return err(fault('slip.not-now', `there is no ${kind} slip to show for ${subjectId || 'this'} now`));
  const preview = await till.printer.preview(content);
  return preview.ok ? ok(preview.value) : err(fault('slip.failed', preview.error.detail));
}
