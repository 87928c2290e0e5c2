/** One proper request for each call; a new call does not compile until it has one. */
import type { CallName, CallRequest } from '../../../src-main/core/contract/contract.ts';

export const REQUESTS: { readonly [Name in CallName]: CallRequest<Name> } = {
  'till.view': {},
  'customer.view': {},
  'till.preferences': { language: 'pt', theme: 'dark' },
  'shift.open': { cashierCode: 7, floatMinor: 100_000 },
  'shift.drop': { amountMinor: 50_000, reason: 'to the safe' },
  'shift.report': { shiftId: 'S1' },
  'shift.close': { totalMinor: 120_000, notes: { 100_000: 1, 20_000: 1 } },
  'cash-out.start': { network: 'mercadopago-orders', amountMinor: 500_000, mode: 'dynamic' },
  'cash-out.show': { id: 'C1' },
  'cash-out.list': { sinceMs: 0, limit: 50 },
  'cash-out.cancel': { id: 'C1' },
  'cash-out.hand-over': { id: 'C1' },
  'cash-out.given': { id: 'C1', notes: { 100_000: 5 } },
  'cash-out.not-given': { id: 'C1', reason: 'the customer left' },
  'cash-out.return': { id: 'C1', reason: 'the drawer is short' },
  'cash-out.dismiss': { id: 'C1' },
  'slip.print': { kind: 'receipt', subjectId: 'C1' },
  'drawer.open': { reason: 'change for a note' },
  'sync.now': {},
  'training.customer': { cashOutId: 'C1', act: 'pay' },
  'training.network': { state: 'down' },
};
