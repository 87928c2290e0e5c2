/** Every opening of the drawer, with its reason, in the journal. In training there is no drawer: no pulse is sent (I10). */
import type { JournalEvent } from '../../domain/journal-event.ts';
import type { DrawerOpeningRequest } from '../ports/cash-drawer.ts';
import type { TillContext } from '../till-parts.ts';

type Opening = Readonly<{
  reason: DrawerOpeningRequest['reason'];
  cashOutId?: string;
  payoutId?: string;
  words?: string;
}>;
type Outcome = Extract<JournalEvent, { type: 'drawer.opened' }>['outcome'];

/** Never fails the caller: when the box does not spring open, the cashier uses the key, and the record says so. */
export async function openDrawer(till: TillContext, opening: Opening): Promise<void> {
  const shift = till.store.openShift();
  if (!shift) return;
  const outcome = await pulse(till, opening);
  const { reason, cashOutId, payoutId, words } = opening;
  till.store.commit([
    {
      type: 'drawer.opened',
      v: 1,
      shiftId: shift.id,
      reason: words === undefined ? reason : `${reason}: ${words}`,
      outcome,
      ...(cashOutId !== undefined && { cashOutId }),
      ...(payoutId !== undefined && { payoutId }),
    },
  ]);
}

/** A line that hangs holds nobody up: the notes are in the cashier's hand or the key is. */
const DRAWER_PATIENCE_MS = 5_000;

async function pulse(till: TillContext, opening: Opening): Promise<Outcome> {
  if (till.mode === 'training') return 'training';
  const { drawer, timers, log } = till;
  if (!drawer) return 'manual';
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const cancel = timers.after(DRAWER_PATIENCE_MS, () => {
    log.warn('drawer did not answer', { reason: opening.reason });
    resolve('failed');
  });
  void drawer
    .open({ id: till.ids.next(), reason: opening.reason })
    .then((result) => {
      if (result.state === 'sent') return resolve('opened');
      if (result.state === 'none') return resolve('manual');
      log.warn('drawer did not open', { state: result.state, code: result.fault.code });
      return resolve('failed');
    })
    .catch((error: unknown) => {
      log.error('drawer failed', { error: String(error) });
      resolve('failed');
    });
  try {
    return await promise;
  } finally {
    cancel();
  }
}
