/** Every opening of the drawer, with its reason, in the journal. In training there is no drawer: no pulse is sent (I10). */
import type { JournalEvent } from '../../domain/journal-event.ts';
import { createStop } from '../cancelling.ts';
import type { CashDrawer, DrawerOpeningRequest } from '../ports/cash-drawer.ts';
import type { TillContext } from '../till-parts.ts';
import { watchDrawer } from './drawer-watch.ts';

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
  watchDrawer(till, outcome);
  const { reason, cashOutId, payoutId, words } = opening;
  till.store.commit([
    {
      type: 'drawer.opened',
      v: 1,
      shiftId: shift.id,
      reason: words === undefined ? reason : `${reason}: ${words}`,
      outcome,
      byCode: shift.cashierCode,
      ...(cashOutId !== undefined && { cashOutId }),
      ...(payoutId !== undefined && { payoutId }),
    },
  ]);
}

/** A line that hangs holds nobody up: the notes are in the cashier's hand or the key is. */
const DRAWER_PATIENCE_MS = 5_000;
/** A box that springs open has done so by then. */
const LOOKS = 5;
const LOOK_EVERY_MS = 200;

async function pulse(till: TillContext, opening: Opening): Promise<Outcome> {
  if (till.mode === 'training') return 'training';
  const { drawer, timers, log } = till;
  if (!drawer) return 'manual';
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const stop = createStop();
  const cancel = timers.after(DRAWER_PATIENCE_MS, () => {
    log.warn('drawer did not answer', { reason: opening.reason });
    stop.stop(); // A pulse that waits behind a stuck slip must not come when nobody expects it.
    resolve('failed');
  });
  void drawer
    .open({ id: till.ids.next(), reason: opening.reason }, stop.signal)
    .then(async (result) => {
      if (result.state === 'sent') return resolve((await staysShut(till, drawer)) ? 'manual' : 'opened');
      if (result.state === 'none') return resolve('manual');
      log.warn('drawer did not open', { state: result.state, code: result.fault.code });
      // Provably no pulse: the key is the only way, and the record says so.
      return resolve(result.state === 'refused' ? 'manual' : 'failed');
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

/** Looks at the sensor until the box is seen open; without a calibrated sensor nobody knows, and nobody waits. */
async function staysShut({ timers, log }: TillContext, drawer: CashDrawer): Promise<boolean> {
  for (let look = 1; look <= LOOKS; look += 1) {
    const state = await drawer.state();
    if (state !== 'closed') return false;
    await new Promise<void>((resolve) => void timers.after(LOOK_EVERY_MS, resolve));
  }
  log.warn('drawer stays shut after its pulse');
  return true;
}
