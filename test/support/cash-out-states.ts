/** A cash-out in every state, made by walking the arrows: for tests that ask "and what in this state?". */
import { transition } from '../../src-main/core/domain/cash-out.ts';
import type { CashOut, CashOutEvent, CashOutState, Terms } from '../../src-main/core/domain/cash-out.ts';
import type { Evidence } from '../../src-main/core/domain/network.ts';

export const TERMS: Terms = {
  id: '01CASHOUT',
  network: 'mercadopago-orders',
  mode: 'dynamic',
  currency: 'MXN',
  amountMinor: 50_000,
  externalReference: 'CAJA0701CASHOUT',
  lifetimeMs: 300_000,
  shiftId: '01SHIFT',
  cashierCode: 1042,
  cashierName: 'Rosa',
  requestedAtMs: 1_000,
};

export const EVIDENCE: Evidence = {
  httpStatus: 200,
  requestId: 'req-1',
  sentAtMs: 2_000,
  answeredAtMs: 2_050,
  bodySha256: 'ab'.repeat(32),
  body: '{}',
  orderUpdatedAtMs: 2_000,
};

const ORDER = { networkOrderId: 'ORD01', qrData: 'qr', offeredAtMs: 2_050, expiresAtMs: 302_050 };

const offered: CashOutEvent = { type: 'offered', order: ORDER, evidence: EVIDENCE };
const paid: CashOutEvent = { type: 'paid', payment: { paidAtMs: 2_050, amountMinor: 50_000 }, evidence: EVIDENCE };
const handing: CashOutEvent = { type: 'hand-over-started', shiftId: '01SHIFT', evidence: EVIDENCE };
const asked: CashOutEvent = { type: 'return-asked', reason: 'left' };

const WALKS: Readonly<Record<CashOutState, readonly CashOutEvent[]>> = {
  requested: [],
  refused: [{ type: 'refused', code: 'pos_not_found' }],
  awaiting_payment: [offered],
  cancelling: [offered, { type: 'cancel-asked', reason: 'by-the-cashier' }],
  cancelled: [offered, { type: 'cancelled', evidence: EVIDENCE }],
  expired: [offered, { type: 'expired', evidence: EVIDENCE }],
  paid: [offered, paid],
  handing_over: [offered, paid, handing],
  dispensed: [offered, paid, handing, { type: 'dispensed' }],
  settled: [offered, paid, handing, { type: 'dispensed' }, { type: 'settled' }],
  returning: [offered, paid, asked],
  returned: [offered, paid, asked, { type: 'returned', reason: 'left', evidence: EVIDENCE }],
};

export function cashOutIn(state: CashOutState): CashOut {
  const requested: CashOut = { ...TERMS, state: 'requested', cancelAsked: false };
  return WALKS[state].reduce<CashOut>((cashOut, event) => walk(cashOut, event), requested);
}

/** One step that must be legal. */
export function walk(cashOut: CashOut, event: CashOutEvent, atMs = 3_000): CashOut {
  const next = transition(cashOut, event, atMs);
  if (!next.ok) throw new Error(`${event.type} does not fit ${cashOut.state}`);
  return next.value;
}
