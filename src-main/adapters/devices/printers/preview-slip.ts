/** A slip as one printer will print it, for a screen. Pure; the lines are those that are encoded. */
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import type { SlipDocument } from '../../../core/domain/slips/slip-document.ts';
import type { PreviewLine, SlipPreview } from '../../../core/domain/slips/slip-preview.ts';
import type { EncodeProblem } from './escpos-encoder.ts';
import { printedPictureDots } from './picture-commands.ts';
import type { PrinterProfile } from './printer-profile.ts';
import { printedSideDots } from './qr-commands.ts';
import { qrSymbol } from './qr-symbol.ts';
import type { LaidLine } from './slip-layout.ts';
import { layOutFor } from './slip-layout.ts';

/** Errors: the same as of printing it. */
export function previewSlip(document: SlipDocument, profile: PrinterProfile): Result<SlipPreview, EncodeProblem> {
  const lines: PreviewLine[] = [];
  for (const line of layOutFor(document, profile)) {
    const preview = previewLine(line, profile);
    if (!preview.ok) return preview;
    lines.push(preview.value);
  }
  return ok({ columns: profile.columns, lines });
}

function previewLine(line: LaidLine, profile: PrinterProfile): Result<PreviewLine, EncodeProblem> {
  switch (line.kind) {
    case 'qr': {
      const { payload, form = profile.qr } = line;
      const symbol = qrSymbol(payload, profile);
      if (!symbol.ok) return symbol;
      return ok({
        kind: 'qr',
        payload,
        share: printedSideDots(symbol.value, profile.dialect === 'escpos' ? form : 'native') / profile.dots,
      });
    }
    case 'picture': {
      const dots = printedPictureDots(line.bitmap, profile);
      return dots === undefined ? err({ kind: 'picture-too-large' }) : ok({ ...line, share: dots / profile.dots });
    }
    case 'text': {
      const { codePage: _page, ...shown } = line;
      return ok(shown);
    }
    default:
      return ok(line);
  }
}
