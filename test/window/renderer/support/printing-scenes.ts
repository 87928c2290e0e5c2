/** What stands at the side while slips are printed, and when they are not. */
import type { SlipView, TillView } from '../../../../src-main/core/contract/views.ts';
import type { Scene } from './scenes.ts';
import { cashOutView } from './views.ts';

const nowMs = Date.now();
const MINUTE_MS = 60_000;

const slipOf = (over: Partial<SlipView>): SlipView => ({
  jobId: '01JOB',
  kind: 'receipt',
  subjectId: '01A',
  copy: 0,
  state: 'refused',
  detail: '',
  atMs: nowMs,
  ...over,
});

const printing = (name: string, of: 'awaiting_payment' | 'settled', over: Partial<TillView['printing']>): Scene => ({
  name,
  stage: cashOutView(of),
  view: { printing: { hasPrinter: true, queue: [], offered: [], ...over } },
});

/** The printer waits, slips came to nothing, and the longest words of each kind. */
export const PRINTING_SCENES: readonly Scene[] = [
  printing('stage-print-waiting', 'awaiting_payment', {
    queue: [
      slipOf({ kind: 'qr', state: 'sending', waitingFor: 'paper-out', expiresAtMs: nowMs + 4 * MINUTE_MS }),
      slipOf({ jobId: '02JOB', state: 'queued' }),
    ],
  }),
  printing('stage-print-refused', 'awaiting_payment', { offered: [slipOf({ kind: 'qr', code: 'cutter' })] }),
  printing('stage-print-unknown', 'settled', { offered: [slipOf({ state: 'unknown', code: 'unplugged', copy: 1 })] }),
  printing('stage-print-in-line', 'settled', {
    queue: [slipOf({ state: 'sending' }), slipOf({ jobId: '02JOB', state: 'queued' })],
  }),
  ...(['use-key', 'look', 'open-long'] as const).map((kind) => ({
    name: `stage-drawer-${kind}`,
    stage: cashOutView('handing_over'),
    view: { drawerNotice: { kind, sinceMs: nowMs - MINUTE_MS } },
  })),
];
