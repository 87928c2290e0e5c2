/** Views as a till would send them: one shop in Mexico, one in Brazil for the long words. */
import type {
  CaseView,
  CashOutView,
  ReportView,
  ShiftView,
  TillView,
} from '../../../../src-main/core/contract/views.ts';
import type { CashOutState } from '../../../../src-main/core/domain/cash-out.ts';
import { suggestNotes } from '../../../../src-main/core/domain/note-suggestion.ts';

const MINUTE_MS = 60_000;

/** A Mercado Pago QR in EMVCo form, as long as real ones are. */
export const QR_DATA =
  '00020101021243650016COM.MERCADOLIBRE02013063638f1192a-5fd1-4180-a180-8bcae3556bc35204000053034845406500.005802MX5910' +
  'ABARROTES 6004CDMX62070503***6304A1B2';

export function shiftView(over: Partial<ShiftView> = {}): ShiftView {
  return {
    id: '01SHIFT',
    number: 128,
    currency: 'MXN',
    cashierCode: 7,
    cashierName: 'Guadalupe Hernández',
    floatMinor: 500_000,
    openedAtMs: Date.now() - 190 * MINUTE_MS,
    ...over,
  };
}

export function tillView(over: Partial<TillView> = {}): TillView {
  return {
    appVersion: '0.1.0',
    mode: 'production',
    language: 'es',
    theme: 'light',
    timeZone: 'America/Mexico_City',
    shopName: 'Abarrotes La Esperanza',
    tillId: 'CAJA03',
    currency: 'MXN',
    limits: { minMinor: 10_000, maxMinor: 800_000, stepMinor: 5_000 },
    quickAmountsMinor: [20_000, 50_000, 100_000, 150_000, 200_000, 300_000],
    notesMinor: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000],
    coinsMinor: [1_000, 500, 200, 100, 50],
    people: [
      { code: 7, name: 'Guadalupe Hernández', role: 'cashier' },
      { code: 8, name: 'Maximiliano Rodríguez', role: 'cashier' },
      { code: 1, name: 'Beatriz Montes', role: 'supervisor' },
    ],
    networks: [
      {
        id: 'mercadopago-orders',
        connection: 'online',
        sinceMs: Date.now() - 30 * MINUTE_MS,
        modes: ['dynamic'],
        defaultMode: 'dynamic',
        purchase: false,
      },
    ],
    payoutNetworks: [],
    shift: shiftView(),
    openCashOuts: [],
    openPayouts: [],
    openCases: [],
    commandsWaiting: 0,
    printing: { hasPrinter: true, queue: [], offered: [] },
    warnings: [],
    nowMs: Date.now(),
    ...over,
  };
}

const ACTIONS: Readonly<Record<CashOutState, CashOutView['actions']>> = {
  requested: ['cancel'],
  refused: [],
  awaiting_payment: ['cancel', 'print-qr'],
  cancelling: [],
  cancelled: ['print-receipt'],
  expired: [],
  paid: ['hand-over', 'return'],
  handing_over: ['given', 'not-given'],
  dispensed: ['print-receipt'],
  settled: ['print-receipt'],
  returning: [],
  returned: ['print-receipt'],
};

const PAID: readonly CashOutState[] = ['paid', 'handing_over', 'dispensed', 'settled', 'returning', 'returned'];
const ENDED: readonly CashOutState[] = ['refused', 'cancelled', 'expired', 'settled', 'returned'];

export function cashOutView(state: CashOutState, over: Partial<CashOutView> = {}): CashOutView {
  const nowMs = Date.now();
  const amountMinor = over.amountMinor ?? 150_000;
  const notes = suggestNotes(amountMinor, [100_000, 50_000, 20_000, 10_000, 5_000, 2_000]);
  return {
    id: '01K9CASHOUT7Q2M',
    state,
    network: 'mercadopago-orders',
    mode: 'dynamic',
    currency: 'MXN',
    amountMinor,
    externalReference: 'CAJA0301K9CASHOUT7Q2M',
    cashierName: 'Guadalupe Hernández',
    shiftId: '01SHIFT',
    requestedAtMs: nowMs - 2 * MINUTE_MS,
    cancelAsked: false,
    checkFailing: false,
    cases: [],
    slips: [],
    actions: ACTIONS[state],
    ...(state !== 'requested' && state !== 'refused' && { networkOrderId: 'ORD01K9Z3T8QW5R7Y2N4P6A8C' }),
    ...(state === 'awaiting_payment' && { qrData: QR_DATA, expiresAtMs: nowMs + 3 * MINUTE_MS + 24_000 }),
    ...(PAID.includes(state) && {
      paidAtMs: nowMs - 9_000,
      paymentReference: '132748905617',
      checkedAtMs: nowMs - 4_000,
    }),
    ...(state === 'handing_over' && { handingOverSinceMs: nowMs - 3_000 }),
    ...(ENDED.includes(state) && { endedAtMs: nowMs - 1_000 }),
    ...(notes && { noteSuggestion: notes }),
    ...over,
  };
}

export function caseView(over: Partial<CaseView> = {}): CaseView {
  return {
    id: '01CASE',
    kind: 'late-payment',
    cashOutId: '01K9CASHOUT7Q2M',
    amountMinor: 150_000,
    currency: 'MXN',
    detail: 'paid after the till had cancelled',
    openedAtMs: Date.now() - 5 * MINUTE_MS,
    ...over,
  };
}

export function reportView(kind: 'x' | 'z', over: Partial<ReportView> = {}): ReportView {
  const nowMs = Date.now();
  return {
    kind,
    shift: shiftView(),
    atMs: nowMs,
    dispensed: { count: 23, totalMinor: 2_845_000 },
    returned: { count: 1, totalMinor: 50_000 },
    cancelled: { count: 3, totalMinor: 310_000 },
    expired: { count: 2, totalMinor: 100_000 },
    refused: { count: 1, totalMinor: 20_000 },
    open: [],
    payouts: { started: { count: 0 }, open: [], notesInstead: { count: 0, totalMinor: 0 } },
    dropsMinor: 0,
    drawerOpeningsWithoutSale: 2,
    cases: [],
    decidedCases: [],
    head: { seq: 4821, hash: 'c0ffee'.repeat(10) + 'abcd' },
    ...(kind === 'z' && {
      close: { closedAtMs: nowMs, expectedMinor: 655_000, countedMinor: 650_000, varianceMinor: -5_000 },
    }),
    ...over,
  };
}
