/** Payouts in few words, with small ids. */
import type { TillStore } from '../../../src-main/core/application/ports/till-store.ts';
import type { JournalEvent } from '../../../src-main/core/domain/journal-event.ts';
import type { PayoutCommandKind } from '../../../src-main/core/domain/payouts/payout-command.ts';
import type { PayoutEvent, PayoutTerms } from '../../../src-main/core/domain/payouts/payout.ts';
import type { PayoutStatus } from '../../../src-main/core/domain/payouts/payout-fact.ts';
import { evidence } from './events.ts';

export const PAYOUT_MINOR = 100_00;

export function payoutTerms(id: string, change: Partial<PayoutTerms> = {}): PayoutTerms {
  return {
    id,
    network: 'onekey',
    externalId: `EXT${id}`,
    country: 'MX',
    method: 'mx-bank',
    currency: 'MXN',
    amountMinor: PAYOUT_MINOR,
    beneficiary: { firstName: 'Ana', lastName: 'Rojas', documentId: '71594743' },
    onHold: false,
    shiftId: 's1',
    cashierCode: 7,
    cashierName: 'Ana Muñoz',
    requestedAtMs: 5,
    ...change,
  };
}

export function payoutRequested(id: string, change: Partial<PayoutTerms> = {}): JournalEvent {
  return { type: 'payout.requested', v: 1, terms: payoutTerms(id, change) };
}

export function payoutStepped(payoutId: string, step: PayoutEvent): JournalEvent {
  return { type: 'payout.step', v: 1, payoutId, step };
}

export function payoutEnqueued(id: string, payoutId: string, kind: PayoutCommandKind): JournalEvent {
  const request = { method: 'POST', path: '/v3/cashout', body: `{"external_id":"EXT${payoutId}"}` } as const;
  return { type: 'payout-command.enqueued', v: 1, command: { id, payoutId, network: 'onekey', kind, request } };
}

export function seen(status: PayoutStatus, asked: number): PayoutEvent {
  return { type: 'observed', fact: { status, statusText: status }, asked, evidence: evidence() };
}

export const DECLINED: PayoutEvent = { type: 'declined', code: '412/514', afterDoubt: false, evidence: evidence() };

export function notesStarted(shiftId = 's1'): PayoutEvent {
  return { type: 'notes-started', shiftId, evidence: evidence() };
}

export const GIVEN: PayoutEvent = { type: 'replaced-by-notes' };

/** Declined by the network, one commit each. */
export function untilDeclined(store: TillStore, id: string): void {
  store.commit([payoutRequested(id)]);
  store.commit([payoutStepped(id, DECLINED)]);
}
