/** A shop in few words: events of a day at the till, with small ids. */
import type { TillStore } from '../../../src-main/core/application/ports/till-store.ts';
import type { CashOutEvent, Order, Terms } from '../../../src-main/core/domain/cash-out.ts';
import type { CommandEvent, CommandKind } from '../../../src-main/core/domain/command.ts';
import type { JournalEvent } from '../../../src-main/core/domain/journal-event.ts';
import type { Evidence } from '../../../src-main/core/domain/network.ts';
import type { Settings } from '../../../src-main/core/domain/settings.ts';

export const FLOAT = 1_000_00;

export function evidence(orderUpdatedAtMs?: number): Evidence {
  return {
    httpStatus: 200,
    requestId: 'r-1',
    sentAtMs: 10,
    answeredAtMs: 20,
    bodySha256: 'ab'.repeat(32),
    body: '{"status":"processed"}',
    ...(orderUpdatedAtMs !== undefined && { orderUpdatedAtMs }),
  };
}

export function terms(id: string, change: Partial<Terms> = {}): Terms {
  return {
    id,
    network: 'mercadopago-orders',
    mode: 'dynamic',
    currency: 'MXN',
    amountMinor: 500_00,
    externalReference: `REF${id}`,
    lifetimeMs: 60_000,
    shiftId: 's1',
    cashierCode: 7,
    cashierName: 'Ana Muñoz',
    requestedAtMs: 5,
    ...change,
  };
}

export const ORDER: Order = { networkOrderId: 'ORD-1', qrData: '000201', offeredAtMs: 30, expiresAtMs: 60_030 };

export function shiftOpened(
  shiftId = 's1',
  number = 1,
  floatMinor = FLOAT,
  previousHead?: Readonly<{ seq: number; hash: string }>,
): JournalEvent {
  const cashier = { cashierCode: 7, cashierName: 'Ana Muñoz' };
  const opened = { type: 'shift.opened', v: 1, shiftId, number, currency: 'MXN', ...cashier, floatMinor } as const;
  return previousHead ? { ...opened, previousHead } : opened;
}

export function requested(id: string, change: Partial<Terms> = {}): JournalEvent {
  return { type: 'cash-out.requested', v: 1, terms: terms(id, change) };
}

export function step(cashOutId: string, event: CashOutEvent): JournalEvent {
  return { type: 'cash-out.step', v: 1, cashOutId, step: event };
}

export function enqueued(id: string, cashOutId: string, kind: CommandKind = 'create', idempotencyKey = `key-${id}`) {
  const request = { method: 'POST', path: '/v1/orders', body: '{"amount":"500.00"}' } as const;
  const command = { id, cashOutId, network: 'mercadopago-orders', kind, idempotencyKey, request } as const;
  return { type: 'command.enqueued', v: 1, command } as const satisfies JournalEvent;
}

export function commandStep(commandId: string, event: CommandEvent): JournalEvent {
  return { type: 'command.step', v: 1, commandId, step: event };
}

export function paid(amountMinor = 500_00, updatedAtMs?: number): CashOutEvent {
  return { type: 'paid', payment: { paidAtMs: 40, amountMinor }, evidence: evidence(updatedAtMs) };
}

export const OFFERED: CashOutEvent = { type: 'offered', order: ORDER, evidence: evidence() };
export const DISPENSED: CashOutEvent = { type: 'dispensed' };

export function handOver(shiftId = 's1'): CashOutEvent {
  return { type: 'hand-over-started', shiftId, evidence: evidence() };
}

/** From the customer's wish to notes in the cashier's hand, one commit each. */
export function untilHandingOver(store: TillStore, id: string, change: Partial<Terms> = {}): void {
  store.commit([requested(id, change)]);
  store.commit([step(id, OFFERED)]);
  store.commit([step(id, paid(change.amountMinor))]);
  store.commit([step(id, handOver(change.shiftId))]);
}

export function caseOpened(id: string, cashOutId: string): JournalEvent {
  const about = { cashOutId, amountMinor: 500_00, currency: 'MXN', detail: 'paid after cancel' } as const;
  return { type: 'case.opened', v: 1, case: { id, kind: 'late-payment', ...about } };
}

export function caseClosed(caseId: string): JournalEvent {
  const decided = { decision: 'hand-over', reason: 'customer present', by: 'Eva' };
  return { type: 'case.closed', v: 1, caseId, kind: 'late-payment', ...decided };
}

/** Closes with what was counted; everything else as the till would say it. */
export function shiftClosed(store: TillStore, shiftId = 's1', countedMinor?: number): JournalEvent {
  const expectedMinor = store.expectedCashMinor(shiftId);
  const totalMinor = countedMinor ?? expectedMinor;
  const varianceMinor = totalMinor - expectedMinor;
  const head = store.head().hash;
  return { type: 'shift.closed', v: 1, shiftId, expectedMinor, count: { totalMinor }, varianceMinor, head };
}

export const SETTINGS: Settings = {
  language: 'es',
  theme: 'system',
  timeZone: 'America/Mexico_City',
  shopName: 'Abarrotes «La Esquina»',
  tillId: 'T1',
  currency: 'MXN',
  limits: { minMinor: 100_00, maxMinor: 2_000_00, stepMinor: 50_00 },
  quickAmountsMinor: [200_00, 500_00],
  people: [{ code: 7, name: 'Ana Muñoz', role: 'cashier' }],
  networks: {},
  printerProfile: 'generic-80mm',
};
