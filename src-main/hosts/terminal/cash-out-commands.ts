/** `cash-out …`: each command is one call of the contract, then as much following of the network as the command promises. */
import type { CashOutView } from '../../core/contract/views.ts';
import { isEnded } from '../../core/domain/cash-out.ts';
import type { CashOutState } from '../../core/domain/cash-out.ts';
import type { Fault } from '../../core/domain/fault.ts';
import { fault } from '../../core/domain/fault.ts';
import { isCurrency } from '../../core/domain/money.ts';
import type { Result } from '../../core/domain/result.ts';
import { err, ok } from '../../core/domain/result.ts';
import { all, answered, EXIT, failed, usage } from './answer.ts';
import type { Answer, ExitCode, Plan } from './answer.ts';
import {
  optional,
  readAmount,
  readCounting,
  readId,
  readMode,
  readNetwork,
  readReason,
  readRequestId,
  readSeconds,
  readState,
} from './arguments.ts';
import { cashOutTable, cashOutText, qrText } from './cash-out-text.ts';
import { followed } from './following.ts';
import { readMoment } from './moments.ts';
import { readPurchaseWords } from './purchase-arguments.ts';
import type { PurchaseOptions } from './purchase-arguments.ts';
import { speakerFor } from './speaker.ts';
import type { TerminalTill } from './terminal-till.ts';

export type StartOptions = Readonly<{
  network: string;
  amount: string;
  currency?: string;
  mode?: string;
  requestId?: string;
  wait: string;
  qr?: boolean;
}> &
  PurchaseOptions;

/** Saved first; then waits for the network's first word. Exit 3 when it has none yet: the order stays, `watch` goes on with it. */
export function startCommand(options: StartOptions): Plan {
  const read = all({
    network: readNetwork(options.network),
    mode: optional(options.mode, readMode),
    requestId: optional(options.requestId, readRequestId),
    currency: optional(options.currency, readCurrency),
    waitMs: readSeconds(options.wait),
  });
  if (!read.ok) return read;
  const { network, mode, requestId, currency, waitMs } = read.value;
  return ok(async (till, around) => {
    const settings = till.settings();
    if (!settings) return failed(fault('settings.missing', 'this till has no settings yet'));
    if (currency !== undefined && currency !== settings.currency)
      return failed(fault('amount.invalid', `this till works in ${settings.currency}, not ${currency}`));
    const amount = readAmount(options.amount, settings.currency);
    if (!amount.ok) return failed(amount.error);
    const purchase = await readPurchaseWords(options, settings.currency, around.shell);
    if (!purchase.ok) return failed(purchase.error);
    const request = {
      network,
      amountMinor: amount.value,
      ...(mode && { mode }),
      ...(requestId !== undefined && { requestId }),
      ...purchase.value,
    };
    const started = await till.handlers['cash-out.start'](request);
    // Nothing was saved: that is refused, whatever is in doubt elsewhere.
    if (!started.ok) return { ...failed(started.error), exit: EXIT.refused };
    const { id } = started.value;
    around.note(`saved as ${id}`);
    const isSettled = (): boolean => till.show(id)?.state !== 'requested' || till.isBlocked(network);
    await followed(till, around, () => wordsOf(till.show(id)), isSettled, waitMs);
    return standing(till, id, options.qr === true, (view) =>
      view.state === 'requested' ? EXIT.inDoubt : view.state === 'refused' ? EXIT.refused : EXIT.done,
    );
  });
}

function readCurrency(text: string): Result<string, Fault> {
  return isCurrency(text) ? ok(text) : err(usage(`there is no currency "${text.slice(0, 20)}" here, e.g. MXN`));
}

export type WatchOptions = Readonly<{ until?: string; timeout: string }>;

/** Follows until the wanted state, any end, or the time is up. Without a state: until a person must act or it has ended. */
export function watchCommand(idText: string, options: WatchOptions): Plan {
  const read = all({
    id: readId(idText),
    until: optional(options.until, readState),
    timeoutMs: readSeconds(options.timeout),
  });
  if (!read.ok) return read;
  const { id, until, timeoutMs } = read.value;
  return ok(async (till, around) => {
    const before = till.show(id);
    if (!before) return failed(unknown(id));
    const isThere = (state: CashOutState): boolean =>
      until ? reached(state, until) : state === 'paid' || state === 'handing_over' || isEnded(state);
    // One that had ended before is followed only for a payment that comes late.
    const waitsForLate = isEnded(before.state) && until === 'paid';
    const mayStillCome = (state: CashOutState): boolean =>
      !isThere(state) && (waitsForLate || !isEnded(state)) && networkCanMove(state, until);
    await followed(
      till,
      around,
      () => wordsOf(till.show(id)),
      () => !mayStillCome(till.show(id)?.state ?? 'refused'),
      timeoutMs,
    );
    return standing(till, id, false, ({ state }) => {
      if (isThere(state)) return EXIT.done;
      return isEnded(state) || !networkCanMove(state, until) ? EXIT.refused : EXIT.inDoubt;
    });
  });
}

/** Where the network alone may take a cash-out: nobody else acts while this command holds the till. */
const NETWORK_MOVES: Readonly<Record<CashOutState, readonly CashOutState[]>> = {
  requested: ['awaiting_payment', 'refused', 'cancelling', 'cancelled', 'expired', 'paid'],
  awaiting_payment: ['cancelling', 'cancelled', 'expired', 'paid'],
  cancelling: ['cancelled', 'expired', 'paid'],
  cancelled: ['paid'],
  expired: ['paid'],
  refused: [],
  paid: ['returning', 'returned'],
  handing_over: [],
  dispensed: ['settled'],
  settled: [],
  returning: ['returned'],
  returned: [],
};

/** Whether waiting can help at all: not for a state that only a person can bring about, or that it has left behind. */
function networkCanMove(from: CashOutState, wanted: CashOutState | undefined): boolean {
  if (wanted === undefined) return true;
  const seen = new Set<CashOutState>([from]);
  for (const state of seen) for (const next of NETWORK_MOVES[state]) seen.add(next);
  seen.delete(from);
  return [...seen].some((state) => reached(state, wanted));
}

/** A state counts as reached when the life went on from it along its main line. */
const MAIN_LINE: readonly CashOutState[] = [
  'requested',
  'awaiting_payment',
  'paid',
  'handing_over',
  'dispensed',
  'settled',
];

function reached(state: CashOutState, wanted: CashOutState): boolean {
  if (state === wanted) return true;
  const at = MAIN_LINE.indexOf(state);
  const target = MAIN_LINE.indexOf(wanted);
  return at >= 0 && target >= 0 && at > target;
}

export function handOverCommand(idText: string): Plan {
  const id = readId(idText);
  if (!id.ok) return id;
  return ok(async (till) => shown(till, await till.handlers['cash-out.hand-over']({ id: id.value })));
}

export function givenCommand(idText: string, waitText: string): Plan {
  return acting(idText, waitText, ['settled'], (till, id) => till.handlers['cash-out.given']({ id }));
}

export function notGivenCommand(idText: string, reasonText: string): Plan {
  const read = all({ id: readId(idText), reason: readReason(reasonText) });
  if (!read.ok) return read;
  return ok(async (till) => shown(till, await till.handlers['cash-out.not-given'](read.value)));
}

/** Exit 1 when the customer was faster: then it is paid, and a case. */
export function cancelCommand(idText: string, waitText: string): Plan {
  return acting(idText, waitText, ['cancelled', 'expired', 'refused'], (till, id) =>
    till.handlers['cash-out.cancel']({ id }),
  );
}

export function returnCommand(idText: string, reasonText: string, waitText: string): Plan {
  const reason = readReason(reasonText);
  if (!reason.ok) return reason;
  return acting(idText, waitText, ['returned'], (till, id) =>
    till.handlers['cash-out.return']({ id, reason: reason.value }),
  );
}

export function showCommand(idText: string, options: Readonly<{ qr?: boolean }>): Plan {
  const id = readId(idText);
  if (!id.ok) return id;
  return ok((till) => standing(till, id.value, options.qr === true, () => EXIT.done));
}

export type ListOptions = Readonly<{ since?: string; state?: string; open?: boolean; limit: string }>;

const LIST_MAX = 1_000;

/** Newest last, so that what is being worked on stands right above the prompt; the newest `limit` of them. */
export function listCommand(options: ListOptions): Plan {
  const read = all({
    state: optional(options.state, readState),
    limit: readCounting(options.limit, 'number of lines', LIST_MAX),
  });
  if (!read.ok) return read;
  const { state, limit } = read.value;
  return ok(async (till) => {
    const speaker = speakerFor(till);
    const since = optional(options.since, (text) => readMoment(text, speaker.timeZone));
    if (!since.ok) return failed(since.error);
    const list = await till.handlers['cash-out.list']({ sinceMs: since.value ?? 0, limit: LIST_MAX });
    return answered(list.ok ? ok(list.value.filter(isWanted).slice(0, limit)) : list, (views) =>
      cashOutTable(views.toReversed(), speaker),
    );
  });

  function isWanted(view: CashOutView): boolean {
    return (state === undefined || view.state === state) && !(options.open === true && isEnded(view.state));
  }
}

/** A step of a person, then waiting until the network has answered it. All words are read before the step is taken. */
function acting(
  idText: string,
  waitText: string,
  ends: readonly CashOutState[],
  act: (till: TerminalTill, id: string) => Promise<Result<CashOutView, Fault>>,
): Plan {
  const read = all({ id: readId(idText), waitMs: readSeconds(waitText) });
  if (!read.ok) return read;
  const { id, waitMs } = read.value;
  const isOpen = (state: CashOutState): boolean => !ends.includes(state) && !isEnded(state) && state !== 'paid';
  return ok(async (till, around) => {
    const asked = await act(till, id);
    if (!asked.ok) return failed(asked.error);
    await followed(
      till,
      around,
      () => wordsOf(till.show(id)),
      () => !isOpen(till.show(id)?.state ?? 'refused'),
      waitMs,
    );
    return standing(till, id, false, ({ state }) =>
      ends.includes(state) ? EXIT.done : isOpen(state) ? EXIT.inDoubt : EXIT.refused,
    );
  });
}

function wordsOf(view: CashOutView | undefined): string {
  if (!view) return '';
  const doubt = view.doubt ? `, in doubt: ${view.doubt.command} ${view.doubt.lastOutcome}` : '';
  const checking = view.checkFailing ? ', the network does not answer' : '';
  return `${view.state}${doubt}${checking}`;
}

function unknown(id: string): Fault {
  return fault('cash-out.unknown', `no cash-out has the id ${id}`);
}

function shown(till: TerminalTill, view: Result<CashOutView, Fault>): Answer {
  return answered(view, (value) => cashOutText(value, speakerFor(till)));
}

async function standing(
  till: TerminalTill,
  id: string,
  withQr: boolean,
  exit: (view: CashOutView) => ExitCode,
): Promise<Answer> {
  const view = till.show(id);
  if (!view) return failed(unknown(id));
  const drawn = withQr && view.qrData !== undefined ? await till.drawQr(view.qrData) : undefined;
  const text = cashOutText(view, speakerFor(till));
  return { exit: exit(view), value: view, text: drawn ? `${qrText(drawn)}\n${text}` : text };
}
