/** Opening, drops and the counted close of a shift. */
import type { Notes } from '../../domain/cash-out.ts';
import type { CashOut } from '../../domain/cash-out.ts';
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { JournalHead } from '../../domain/journal-event.ts';
import { formatMoney, money } from '../../domain/money.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import type { Shift } from '../../domain/shift.ts';
import { totalOf } from '../../domain/shift.ts';
import { requireOpenShift, requireSettings } from '../till-parts.ts';
import type { TillContext } from '../till-parts.ts';
import { freeCashMinor } from '../cashing-out/start-cash-out.ts';

export function openShift(
  till: TillContext,
  request: Readonly<{ cashierCode: number; floatMinor: number }>,
): Result<Shift, Fault> {
  const settings = requireSettings(till);
  if (!settings.ok) return settings;
  const already = till.store.openShift();
  if (already)
    return err(
      fault('shift.already-open', `shift ${already.number} of ${already.cashierName} is open: close it first`),
    );
  if (!Number.isSafeInteger(request.floatMinor) || request.floatMinor < 0)
    return err(fault('amount.invalid', 'a float is zero or more'));
  const person = settings.value.people.find(({ code }) => code === request.cashierCode);
  if (!person) return err(fault('person.unknown', `nobody in the settings has the code ${request.cashierCode}`));
  const shiftId = till.ids.next();
  const before = till.store.lastShift();
  const number = (before?.number ?? 0) + 1;
  const previousHead = before && closingEntryOf(till, before);
  const { currency } = settings.value;
  const { code: cashierCode, name: cashierName } = person;
  const { floatMinor } = request;
  const opened = { shiftId, number, currency, cashierCode, cashierName, floatMinor };
  till.store.commit([{ type: 'shift.opened', v: 1, ...opened, ...(previousHead && { previousHead }) }]);
  return requireOpenShift(till);
}

/** What the Z report of a closed shift prints: the entry that closed it. */
export function closingEntryOf({ store }: TillContext, shift: Shift): JournalHead | undefined {
  const closing = store.entriesAbout(shift.id).findLast(({ event }) => event.type === 'shift.closed');
  return closing && { seq: closing.seq, hash: closing.hash };
}

/** Notes moved to the safe; cash held for open cash-outs stays. */
export function dropCash(till: TillContext, amountMinor: number, reason: string): Result<Shift, Fault> {
  const shift = requireOpenShift(till);
  if (!shift.ok) return shift;
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0)
    return err(fault('amount.invalid', 'a drop is more than zero'));
  if (amountMinor > freeCashMinor(till, shift.value))
    return err(fault('drop.too-large', 'the drawer does not hold that much to spare'));
  till.store.commit([{ type: 'shift.dropped', v: 1, shiftId: shift.value.id, amountMinor, reason }]);
  return requireOpenShift(till);
}

export type CountRequest = Readonly<{ totalMinor: number; notes?: Notes }>;

/**
 * Closes with a blind count. Everything that may still need notes must be settled first, each named; a return under way or a case that
 * waits for a person goes over to the next shift and stands on the Z report.
 */
export function closeShift(till: TillContext, count: CountRequest): Result<Shift, Fault> {
  const shift = requireOpenShift(till);
  if (!shift.ok) return shift;
  if (!Number.isSafeInteger(count.totalMinor) || count.totalMinor < 0)
    return err(fault('count.invalid', 'a count is zero or more'));
  if (count.notes && totalOf(count.notes) !== count.totalMinor) {
    return err(
      fault(
        'count.invalid',
        `the pieces make ${totalOf(count.notes) ?? 'no amount'}, the total says ${count.totalMinor}`,
      ),
    );
  }
  const counting = till.store.payoutCounting();
  const blocking = [...blockingClose(till), ...(counting ? [counting] : [])];
  if (blocking.length > 0) {
    const names = blocking.map(
      ({ id, state, amountMinor, currency }) => `${id} ${state} ${formatMoney(money(currency, amountMinor))}`,
    );
    return err(
      fault('shift.open-cash-outs', `settle these first: ${names.join('; ')}`, {
        count: blocking.length,
        names: names.join('; '),
      }),
    );
  }
  const { id: shiftId } = shift.value;
  const expectedMinor = till.store.expectedCashMinor(shiftId);
  const varianceMinor = count.totalMinor - expectedMinor;
  const head = till.store.head().hash;
  till.store.commit([{ type: 'shift.closed', v: 1, shiftId, expectedMinor, count, varianceMinor, head }]);
  const closed = till.store.shift(shiftId);
  return closed ? ok(closed) : err(fault('shift.unknown', `shift ${shiftId} is gone`));
}

/** Cash-outs that keep a shift open. Notes in the air always do; others not when a case has taken them over. */
export function blockingClose(till: TillContext): readonly CashOut[] {
  const { store } = till;
  return store
    .cashOutsIn(['requested', 'awaiting_payment', 'cancelling', 'paid', 'handing_over'])
    .filter(({ id, state }) => state === 'handing_over' || !store.casesOf(id).some((file) => file.state === 'open'));
}
