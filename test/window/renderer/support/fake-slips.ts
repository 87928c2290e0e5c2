/** What the till's printer would put on paper, from the real layout and sample slips: the screen has something true to draw. */
import { readFileSync } from 'node:fs';
import { previewSlip } from '../../../../src-main/adapters/devices/printers/preview-slip.ts';
import { readPrinterProfile } from '../../../../src-main/adapters/devices/printers/printer-profile.ts';
import type { SlipPreviewView } from '../../../../src-main/core/contract/views.ts';
import type { SlipKind } from '../../../../src-main/core/domain/journal-event.ts';
import type { Locale } from '../../../../src-main/core/domain/locale.ts';
import { slipPreviewView } from '../../../../src-main/bridge/views/small-views.ts';
import { frame, SAMPLE_SLIPS } from '../../../unit/domain/slips/slip-samples.ts';

const SAMPLE_OF: Readonly<Record<SlipKind, string>> = {
  qr: 'qr',
  receipt: 'receipt',
  'x-report': 'x',
  'z-report': 'z',
  drop: 'drop',
  payout: 'payout',
  test: 'test',
};

export function previewOf(kind: SlipKind, locale: Locale, profileName = 'generic-80mm'): SlipPreviewView {
  const file = new URL(`../../../../assets/devices/printer-${profileName}.json`, import.meta.url);
  const profile = readPrinterProfile(JSON.parse(readFileSync(file, 'utf8')));
  const document = SAMPLE_SLIPS[SAMPLE_OF[kind]]?.(frame({ locale }));
  if (!profile.ok || !document) throw new Error(`no sample of ${kind} for ${profileName}`);
  const preview = previewSlip(document, profile.value);
  if (!preview.ok) throw new Error(JSON.stringify(preview.error));
  return slipPreviewView(preview.value);
}
