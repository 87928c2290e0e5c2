/** Every opening of the drawer, with its reason, in the journal. In training there is no drawer: no pulse is sent (I10). */
import type { JournalEvent } from '../../domain/journal-event.ts';
import type { DrawerOpeningRequest } from '../ports/cash-drawer.ts';
import type { TillContext } from '../till-parts.ts';

type Opening = Readonly<{ reason: DrawerOpeningRequest['reason']; cashOutId?: string; words?: string }>;
type Outcome = Extract<JournalEvent, { type: 'drawer.opened' }>['outcome'];

/** Never fails the caller: when the box does not spring open, the cashier uses the key, and the record says so. */
export async function openDrawer(till: TillContext, opening: Opening): Promise<void> {
  const shift = till.store.openShift();
  if (!shift) return;
  const outcome = await pulse(till, opening);
  const { reason, cashOutId, words } = opening;
  till.store.commit([
    {
      type: 'drawer.opened',
      v: 1,
      shiftId: shift.id,
      reason: words === undefined ? reason : `${reason}: ${words}`,
      outcome,
      ...(cashOutId !== undefined && { cashOutId }),
    },
  ]);
}

async function pulse(till: TillContext, opening: Opening): Promise<Outcome> {
  if (till.mode === 'training') return 'training';
  if (!till.drawer) return 'manual';
  const result = await till.drawer.open({ id: till.ids.next(), reason: opening.reason });
  if (result.state === 'sent') return 'opened';
  till.log.warn('drawer did not open', { state: result.state, code: result.fault.code });
  return 'failed';
}
