/**
 * A till that is only its contract: holds views, reads each request with the contract's own readers, and answers. Stands behind the
 * page's `window.ventanilla`; keeps every call, so that a test can say what was asked and how often.
 */
import { readFileSync } from 'node:fs';
import type {
  CallName,
  CallReply,
  CallRequest,
  Calls,
  DownFrame,
  UpFrame,
} from '../../../../src-main/core/contract/contract.ts';
import type { DevicesView, DiscoveryView } from '../../../../src-main/core/contract/device-views.ts';
import type { PairingLookView, PairingView } from '../../../../src-main/core/contract/pairing-views.ts';
import { isCallName, READERS } from '../../../../src-main/core/contract/readers.ts';
import type { PayoutView } from '../../../../src-main/core/contract/payout-contract.ts';
import type {
  CaseView,
  CashOutView,
  CustomerView,
  ReportView,
  SlipView,
  TillView,
} from '../../../../src-main/core/contract/views.ts';
import type { ReconciliationState } from '../../../../src-main/core/contract/reconciliation-contract.ts';
import type { CashOutState } from '../../../../src-main/core/domain/cash-out.ts';
import { isEnded } from '../../../../src-main/core/domain/cash-out.ts';
import type { FaultCode } from '../../../../src-main/core/domain/fault.ts';
import { fault } from '../../../../src-main/core/domain/fault.ts';
import type { PayoutState } from '../../../../src-main/core/domain/payouts/payout.ts';
import { err, ok } from '../../../../src-main/core/domain/result.ts';
import { pairingLookView, pairingSteps, pairingView } from './pairing-views.ts';
import { previewOf } from './fake-slips.ts';
import { USUAL_DEVICES } from './fake-devices.ts';
import { devicesView, discoveryView } from './device-views.ts';
import { movedPayout, putPayout, USUAL_PAYOUTS } from './fake-payouts.ts';
import { caseFileView } from './case-views.ts';
import { cashOutView, reportView, shiftView, tillView } from './views.ts';

export type Call = Readonly<{ name: CallName; request: unknown }>;
type Handler<Name extends CallName> = (request: CallRequest<Name>) => CallReply<Name> | Promise<CallReply<Name>>;

export interface FakeTill {
  view: TillView;
  customer: CustomerView;
  xReport: ReportView;
  pairing: PairingView;
  pairingLook: PairingLookView;
  devices: DevicesView;
  discovery: DiscoveryView;
  readonly cashOuts: Map<string, CashOutView>;
  readonly payouts: Map<string, PayoutView>;
  readonly calls: Call[];
  /** Errors of the page, breaches of its policy, requests that the contract's reader refused: none are ever right. */
  readonly complaints: string[];
  /** No answers at all, as when the till's process hangs. */
  isSilent: boolean;
  readonly closedCases: CaseView[];
  hello: string | undefined;
  callsOf(name: CallName): readonly Call[];
  /** What was asked for apart from reading, in order. */
  acts(): readonly CallName[];
  newestId(): string;
  answer<Name extends CallName>(name: Name, handler: Handler<Name>): void;
  refuse(name: CallName, code: FaultCode, values?: Readonly<Record<string, string | number>>): void;
  receive(frame: UpFrame): Promise<DownFrame | undefined>;
  /** Where the till's own words go: set by the page. */
  announce: (frame: DownFrame) => Promise<void>;
  /** Puts a cash-out into a state and tells the window. */
  become(id: string, state: CashOutState, over?: Partial<CashOutView>): Promise<void>;
  /** The same for a payout. */
  becomePayout(id: string, state: PayoutState, over?: Partial<PayoutView>): Promise<void>;
  change(over: Partial<TillView>, cashOutIds?: readonly string[], payoutIds?: readonly string[]): Promise<void>;
  showCustomer(view: CustomerView): Promise<void>;
}

const READS: readonly CallName[] = [
  'till.view',
  'customer.view',
  'cash-out.list',
  'cash-out.show',
  'shift.report',
  'case.list',
  'case.show',
  'reconcile.last',
  'pairing.view',
  'pairing.sticker',
  'slip.preview',
  'devices.view',
  'devices.identify',
  'devices.export',
  'payout.list',
  'payout.show',
  'payout.banks',
  'payout.rate',
];

export function createFakeTill(
  view: TillView = tillView(),
  cashOuts: readonly CashOutView[] = [],
  payouts: readonly PayoutView[] = [],
): FakeTill {
  const handlers = new Map<CallName, (request: never) => unknown>();
  let seq = 0;
  const till: FakeTill = {
    view,
    customer: {
      language: view.language,
      theme: 'system',
      training: view.mode === 'training',
      shopName: view.shopName,
      scene: 'idle',
    },
    xReport: reportView('x'),
    pairing: pairingView(),
    pairingLook: pairingLookView(),
    devices: devicesView(),
    discovery: discoveryView(),
    cashOuts: new Map([...view.openCashOuts, ...cashOuts].map((cashOut) => [cashOut.id, cashOut])),
    payouts: new Map(),
    calls: [],
    complaints: [],
    isSilent: false,
    closedCases: [],
    hello: undefined,
    announce: () => Promise.resolve(),
    acts: () => till.calls.map(({ name }) => name).filter((name) => !READS.includes(name)),
    newestId: () => [...till.cashOuts.keys()].at(-1) ?? '',
    callsOf: (name) => till.calls.filter((call) => call.name === name),
    answer: (name, handler) => void handlers.set(name, handler),
    refuse: (name, code, values) =>
      void handlers.set(name, () => err(fault(code, `refused by the test: ${code}`, values))),
    async receive(frame) {
      if (frame.kind === 'hello') {
        till.hello = frame.role;
        return undefined;
      }
      till.calls.push({ name: frame.name, request: frame.request });
      if (till.isSilent) return undefined;
      const request = isCallName(frame.name) ? READERS[frame.name](frame.request) : undefined;
      if (request === undefined) {
        till.complaints.push(`unreadable ${frame.name}: ${JSON.stringify(frame.request)}`);
        return { kind: 'reply', id: frame.id, reply: err(fault('request.invalid', frame.name)) };
      }
      const handler = handlers.get(frame.name);
      const reply = (await (handler
        ? handler(request as never)
        : usual(till, frame.name, request))) as CallReply<CallName>;
      return { kind: 'reply', id: frame.id, reply };
    },
    async become(id, state, over = {}) {
      const before = till.cashOuts.get(id) ?? cashOutView('requested', { id });
      put(till, cashOutView(state, { ...kept(before), ...over }));
      await changed([id]);
    },
    async becomePayout(id, state, over = {}) {
      movedPayout(till, id, state, over);
      await changed([], [id]);
    },
    async change(over, cashOutIds = [], payoutIds = []) {
      till.view = { ...till.view, ...over };
      await changed(cashOutIds, payoutIds);
    },
    async showCustomer(next) {
      till.customer = next;
      await till.announce({ kind: 'event', name: 'customer.changed', event: next });
    },
  };
  async function changed(cashOutIds: readonly string[], payoutIds: readonly string[] = []): Promise<void> {
    seq += 1;
    await till.announce({ kind: 'event', name: 'till.changed', event: { seq, cashOutIds, payoutIds } });
  }
  for (const payout of payouts) putPayout(till, payout);
  return till;
}

function kept({ id, amountMinor, requestedAtMs, mode, currency }: CashOutView): Partial<CashOutView> {
  return { id, amountMinor, requestedAtMs, mode, currency };
}

function put(till: FakeTill, cashOut: CashOutView): CashOutView {
  till.cashOuts.set(cashOut.id, cashOut);
  till.view = { ...till.view, openCashOuts: [...till.cashOuts.values()].filter(({ state }) => !isEnded(state)) };
  return cashOut;
}

/** The obedient till: every request does what it says. */
function usual(till: FakeTill, name: CallName, request: unknown): unknown {
  const handler = (USUAL as Partial<Record<CallName, (of: FakeTill, request: never) => unknown>>)[name];
  return handler ? ok(handler(till, request as never)) : ok({});
}

type Usual = { [Name in CallName]?: (till: FakeTill, request: CallRequest<Name>) => Calls[Name]['reply'] };

function moved(till: FakeTill, id: string, state: CashOutState, over: Partial<CashOutView> = {}): CashOutView {
  const before = till.cashOuts.get(id);
  if (!before) throw new Error(`the test knows no cash-out ${id}`);
  return put(till, cashOutView(state, { ...kept(before), ...over }));
}

function caseOf(till: FakeTill, id: string): CaseView {
  const found = [...till.view.openCases, ...till.closedCases].find((file) => file.id === id);
  if (!found) throw new Error(`the test knows no case ${id}`);
  return found;
}

/** A square of the size of a sticker: what it says is no business of the screen. */
const STICKER = readFileSync(
  new URL('../../../fixtures/mercadopago-pairing/sticker.txt', import.meta.url),
  'utf8',
).trim();

/** A day on which one customer paid and got nothing. */
const RECONCILED = {
  last: {
    runId: '01RUN',
    trigger: 'shift-close',
    fromMs: 0,
    toMs: 1,
    startedAtMs: 1,
    endedAtMs: Date.UTC(2026, 2, 2, 23, 5),
    asked: 42,
    agree: 41,
    unanswered: 0,
    counts: [{ kind: 'paid-not-given', count: 1 }],
    findings: [{ kind: 'paid-not-given', network: 'mercadopago-orders', cashOutId: '01A', detail: '' }],
    listed: [],
  },
} as const satisfies ReconciliationState;

const USUAL: Usual = {
  ...USUAL_PAYOUTS,
  ...USUAL_DEVICES,
  'case.list': (till, { which }) =>
    which === 'open' ? till.view.openCases : [...till.view.openCases, ...till.closedCases],
  'case.show': (till, { id }) => caseFileView(caseOf(till, id)),
  'case.look-again': (till, { id }) => caseFileView(caseOf(till, id)),
  'case.resolve': (till, { id, decision, reason, supervisorCode }) => {
    const by = till.view.people.find(({ code }) => code === supervisorCode)?.name ?? 'Guadalupe Hernández';
    const closed = { ...caseOf(till, id), closed: { decision, reason, by, atMs: Date.now() } };
    till.closedCases.push(closed);
    till.view = { ...till.view, openCases: till.view.openCases.filter((file) => file.id !== id) };
    return caseFileView(closed);
  },
  'till.view': (till) => ({ ...till.view, nowMs: Date.now() }),
  'customer.view': (till) => till.customer,
  'till.preferences': (till, request) => {
    till.view = { ...till.view, ...request };
    return till.view;
  },
  'sync.now': (till) => ({ ...till.view, nowMs: Date.now() }),
  'shift.open': (till, { cashierCode, floatMinor }) => {
    const cashierName = till.view.people.find(({ code }) => code === cashierCode)?.name ?? '';
    const shift = shiftView({ cashierCode, cashierName, floatMinor, openedAtMs: Date.now() });
    till.view = { ...till.view, shift };
    return shift;
  },
  'shift.drop': () => shiftView(),
  'shift.report': (till) => till.xReport,
  'reconcile.last': () => RECONCILED,
  'reconcile.run': () => RECONCILED,
  'shift.close': (till, { totalMinor }) => {
    const { shift: _closed, ...rest } = till.view;
    till.view = rest;
    const expectedMinor = 655_000;
    return reportView('z', {
      close: {
        closedAtMs: Date.now(),
        expectedMinor,
        countedMinor: totalMinor,
        varianceMinor: totalMinor - expectedMinor,
      },
    });
  },
  'pairing.view': (till) => till.pairing,
  'pairing.look': (till) => till.pairingLook,
  'pairing.start': (till) => {
    till.pairing = { ...till.pairing, isRunning: true, steps: pairingSteps('account', 'doing') };
    return till.pairing;
  },
  'pairing.sticker': () => ({ picture: STICKER }),
  'pairing.print-sticker': () => ({ jobId: '01JOB', state: 'printed', detail: '' }),
  'cash-out.start': (till, { amountMinor }) =>
    put(till, cashOutView('requested', { id: `01NEW${till.calls.length}`, amountMinor, requestedAtMs: Date.now() })),
  'cash-out.show': (till, { id }) => {
    const found = till.cashOuts.get(id);
    if (!found) throw new Error(`the test knows no cash-out ${id}`);
    return found;
  },
  'cash-out.list': (till) => [...till.cashOuts.values()],
  'cash-out.cancel': (till, { id }) => moved(till, id, 'cancelling'),
  'cash-out.hand-over': (till, { id }) => moved(till, id, 'handing_over'),
  'cash-out.given': (till, { id }) => moved(till, id, 'settled', { endedAtMs: Date.now() }),
  'cash-out.not-given': (till, { id }) => moved(till, id, 'paid'),
  'cash-out.return': (till, { id, reason }) => moved(till, id, 'returning', { reason }),
  'slip.preview': (till, { kind }) => previewOf(kind, till.view.language),
  'slip.cancel': (_till, { jobId }) => cancelledSlip(jobId),
  'slip.seen': (till, { jobId }) => {
    const { printing } = till.view;
    till.view = {
      ...till.view,
      printing: { ...printing, offered: printing.offered.filter((slip) => slip.jobId !== jobId) },
    };
    return {};
  },
  'drawer.seen': (till) => {
    const { drawerNotice: _seen, ...view } = till.view;
    till.view = view;
    return {};
  },
  'slip.print': (_till, { kind, subjectId }) => ({
    jobId: '01JOB',
    kind,
    subjectId,
    copy: 0,
    state: 'printed',
    detail: '',
    atMs: Date.now(),
  }),
};

function cancelledSlip(jobId: string): SlipView {
  const [kind, copy, state] = ['receipt', 0, 'unknown'] as const;
  return { jobId, kind, subjectId: '01A', copy, state, code: 'cancelled', detail: '', atMs: Date.now() };
}
