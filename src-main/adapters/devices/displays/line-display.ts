/**
 * A 2×20 customer display in any of the dialects, over any byte transport. Most tell nothing back: every update writes both lines in
 * full, so that a byte lost on the way is healed by the next.
 */
import type { DisplayView, LineDisplay } from '../../../core/application/ports/customer-display.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import type { DisplayProfile } from './display-profile.ts';
import type { DisplayTime } from './display-updates.ts';
import { DisplayUpdates } from './display-updates.ts';
import { encodeDisplayView, encodeTestPage } from './line-display-bytes.ts';

/** Pole displays have buffers of some 40 bytes: more than five updates a second lose the start of a line. */
const UPDATE_EVERY_MS = 200;
/** A pole that lost its power for a moment is dark or says its maker's name: not for longer than this. */
const REFRESH_MS = 60_000;

export function createLineDisplay(profile: DisplayProfile, transport: ByteTransport, time: DisplayTime): LineDisplay {
  const updates = new DisplayUpdates(
    transport,
    { everyMs: UPDATE_EVERY_MS, pauseMs: profile.pacing?.pauseMs ?? 0, refreshMs: REFRESH_MS },
    time,
  );
  return {
    name: profile.name,
    capabilities: { columns: profile.columns, lines: profile.lines, qr: false },
    show: (view) =>
      updates.show({
        label: `display-${view.state}`,
        encode: (isFresh, ageMs) => ({ pieces: encodeDisplayView(aged(view, ageMs), profile, isFresh) }),
      }),
    test: (page) =>
      updates.show({
        label: `display-test-${page.page}`,
        isTrial: true,
        encode: () => ({ pieces: encodeTestPage(page, profile) }),
      }),
    sendRaw: (bytes) => updates.sendRaw(bytes),
    close: () => updates.close(),
  };
}

/** The time left goes on while a line is gone. */
export function aged(view: DisplayView, ageMs: number): DisplayView {
  return view.state === 'pay' ? { ...view, remainingMs: view.remainingMs - ageMs } : view;
}
