/** After an opening: whether the key is needed, and whether the box stands open for too long. Never holds anybody up. */
import type { JournalEvent } from '../../domain/journal-event.ts';
import type { DrawerNotice, TillContext } from '../till-parts.ts';

type Outcome = Extract<JournalEvent, { type: 'drawer.opened' }>['outcome'];

const LOOK_EVERY_MS = 2_000;
/** Unless the settings say otherwise. A hand-over takes a minute; an open box that nobody stands at is an invitation. */
const OPEN_TOO_LONG_MS = 60_000;

const KEY_NOTICES: Readonly<Record<Outcome, DrawerNotice['kind'] | undefined>> = {
  opened: undefined,
  manual: 'use-key',
  failed: 'look',
  training: undefined,
};

/** A till without a drawer opens its box by hand every time: nothing to say about that. */
export function watchDrawer(till: TillContext, outcome: Outcome): void {
  const { drawer } = till;
  const kind = drawer ? KEY_NOTICES[outcome] : undefined;
  const openedAtMs = till.clock.nowMs();
  show(till, kind && { kind, sinceMs: openedAtMs });
  if (drawer && outcome !== 'training') lookLater(till, openedAtMs, till.clock.monotonicMs());
}

/** Until the sensor says that the box is shut, or that there is none; a newer opening has a watch of its own. */
function lookLater(till: TillContext, openedAtMs: number, sinceMonotonicMs: number): void {
  till.drawerOpenedAtMs = openedAtMs;
  till.timers.after(LOOK_EVERY_MS, () => {
    void look(till, openedAtMs, sinceMonotonicMs).catch((error: unknown) =>
      till.log.error('drawer watch failed', { error: String(error) }),
    );
  });
}

async function look(till: TillContext, openedAtMs: number, sinceMonotonicMs: number): Promise<void> {
  if (till.drawerOpenedAtMs !== openedAtMs) return;
  const state = (await till.drawer?.state()) ?? 'unknown';
  if (till.drawerOpenedAtMs !== openedAtMs || state === 'unknown') return;
  const kind = till.drawerNotice?.kind;
  if (state === 'closed') {
    if (kind === 'open-long') show(till, undefined);
    // The key has still to open it, or somebody to say that it did.
    else if (kind !== undefined) lookLater(till, openedAtMs, sinceMonotonicMs);
    return;
  }
  const openTooLongMs = till.store.settings()?.drawer?.openTooLongMs ?? OPEN_TOO_LONG_MS;
  const isTooLong = till.clock.monotonicMs() - sinceMonotonicMs >= openTooLongMs;
  if (isTooLong && kind !== 'open-long') {
    till.log.warn('the drawer stands open', { sinceMs: openedAtMs });
    show(till, { kind: 'open-long', sinceMs: openedAtMs });
  } else if (kind === 'use-key' || kind === 'look') show(till, undefined); // Opened with the key, or by the pulse after all.
  lookLater(till, openedAtMs, sinceMonotonicMs);
}

/** Somebody has read it. Not of a newer opening, and not of a box that stands open: that ends when it is shut. */
export function drawerNoticeSeen(till: TillContext, sinceMs: number): void {
  const { drawerNotice } = till;
  if (drawerNotice && drawerNotice.kind !== 'open-long' && drawerNotice.sinceMs === sinceMs) show(till, undefined);
}

function show(till: TillContext, notice: DrawerNotice | undefined): void {
  if (till.drawerNotice === notice) return;
  till.drawerNotice = notice;
  till.touched();
}
