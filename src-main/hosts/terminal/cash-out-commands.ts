/** `cash-out …`: each command is one call of the contract, then as much following of the network as the command promises. */
import type { CashOutView } from '../../core/contract/views.ts';
import { isEnded } from '../../core/domain/cash-out.ts';
import type { CashOutState } from '../../core/domain/cash-out.ts';
import type { Fault } from '../../core/domain/fault.ts';
import { fault } from '../../core/domain/fault.ts';
import type { Result } from '../../core/domain/result.ts';
import { answered, EXIT, failed } from './answer.ts';
import type { Answer, ExitCode } from './answer.ts';
import { readAmount, readId, readMode, readNetwork, readSeconds, readState } from './arguments.ts';
import type { TerminalTill } from './terminal-till.ts';

export type StartOptions = Readonly<{
  network: string;
  amount: string;
  currency?: string;
  mode?: string;
  wait: string;
}>;

/** Saved first; then waits for the network's first word. Exit 3 when it has none yet: the order stays, `watch` goes on with it. */
export async function startCommand(till: TerminalTill, options: StartOptions): Promise<Answer> {
  const settings = till.settings();
  if (!settings) return failed(fault('settings.missing', 'no settings yet: ventanilla settings import FILE'));
  const network = readNetwork(options.network);
  if (!network.ok) return failed(network.error);
  const wrongCurrency = options.currency !== undefined && options.currency !== settings.currency;
  if (wrongCurrency)
    return failed(fault('amount.invalid', `this till works in ${settings.currency}, not ${options.currency}`));
  const amount = readAmount(options.amount, settings.currency);
  if (!amount.ok) return failed(amount.error);
  const mode = options.mode === undefined ? undefined : readMode(options.mode);
  if (mode && !mode.ok) return failed(mode.error);
  const waitMs = readSeconds(options.wait);
  if (!waitMs.ok) return failed(waitMs.error);
  const request = { network: network.value, amountMinor: amount.value, ...(mode && { mode: mode.value }) };
  const started = await till.handlers['cash-out.start'](request);
  if (!started.ok) return failed(started.error);
  const { id } = started.value;
  await till.follow(() => till.show(id)?.state !== 'requested', waitMs.value);
  return standing(till, id, (view) =>
    view.state === 'requested' ? EXIT.inDoubt : view.state === 'refused' ? EXIT.refused : EXIT.done,
  );
}

export type WatchOptions = Readonly<{ until?: string; timeout: string }>;

/** Follows until the wanted state, any end, or the time is up. Without a state: until a person must act or it has ended. */
export async function watchCommand(till: TerminalTill, idText: string, options: WatchOptions): Promise<Answer> {
  const found = await find(till, idText);
  if (!found.ok) return failed(found.error);
  const until = options.until === undefined ? undefined : readState(options.until);
  if (until && !until.ok) return failed(until.error);
  const timeoutMs = readSeconds(options.timeout);
  if (!timeoutMs.ok) return failed(timeoutMs.error);
  const { id } = found.value;
  const isThere = (state: CashOutState): boolean =>
    until ? reached(state, until.value) : state === 'paid' || state === 'handing_over' || isEnded(state);
  // One that had ended before is followed only for a payment that comes late.
  const waitsForLate = isEnded(found.value.state) && found.value.state !== 'refused' && until?.value === 'paid';
  const mayStillCome = (state: CashOutState): boolean => !isThere(state) && (waitsForLate || !isEnded(state));
  await till.follow(() => !mayStillCome(till.show(id)?.state ?? 'refused'), timeoutMs.value);
  return standing(till, id, ({ state }) => {
    if (isThere(state)) return EXIT.done;
    return isEnded(state) ? EXIT.refused : EXIT.inDoubt;
  });
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

export async function handOverCommand(till: TerminalTill, idText: string): Promise<Answer> {
  const id = readId(idText);
  return id.ok ? answered(await till.handlers['cash-out.hand-over']({ id: id.value })) : failed(id.error);
}

export async function givenCommand(till: TerminalTill, idText: string, waitText: string): Promise<Answer> {
  const id = readId(idText);
  if (!id.ok) return failed(id.error);
  return act(till, id.value, waitText, await till.handlers['cash-out.given']({ id: id.value }), ['settled']);
}

export async function notGivenCommand(till: TerminalTill, idText: string, reason: string): Promise<Answer> {
  const id = readId(idText);
  return id.ok ? answered(await till.handlers['cash-out.not-given']({ id: id.value, reason })) : failed(id.error);
}

/** Exit 1 when the customer was faster: then it is paid, and a case. */
export async function cancelCommand(till: TerminalTill, idText: string, waitText: string): Promise<Answer> {
  const id = readId(idText);
  if (!id.ok) return failed(id.error);
  const asked = await till.handlers['cash-out.cancel']({ id: id.value });
  return act(till, id.value, waitText, asked, ['cancelled', 'expired', 'refused']);
}

export async function returnCommand(
  till: TerminalTill,
  idText: string,
  reason: string,
  waitText: string,
): Promise<Answer> {
  const id = readId(idText);
  if (!id.ok) return failed(id.error);
  const asked = await till.handlers['cash-out.return']({ id: id.value, reason });
  return act(till, id.value, waitText, asked, ['returned']);
}

export async function showCommand(till: TerminalTill, idText: string): Promise<Answer> {
  return answered(await find(till, idText));
}

export async function listCommand(
  till: TerminalTill,
  options: Readonly<{ since?: string; state?: string; limit: number }>,
): Promise<Answer> {
  const state = options.state === undefined ? undefined : readState(options.state);
  if (state && !state.ok) return failed(state.error);
  const sinceMs = options.since === undefined ? 0 : Date.parse(options.since);
  if (!Number.isSafeInteger(sinceMs))
    return failed(fault('request.invalid', `"${options.since ?? ''}" is no date, e.g. 2026-01-31`));
  const list = await till.handlers['cash-out.list']({ sinceMs, limit: options.limit });
  if (!list.ok) return failed(list.error);
  return { exit: EXIT.done, value: state ? list.value.filter((view) => view.state === state.value) : list.value };
}

/** After a step that the network must answer: waits for one of the ends, and says how it stands. */
async function act(
  till: TerminalTill,
  id: string,
  waitText: string,
  asked: Result<CashOutView, Fault>,
  ends: readonly CashOutState[],
): Promise<Answer> {
  if (!asked.ok) return failed(asked.error);
  const waitMs = readSeconds(waitText);
  if (!waitMs.ok) return failed(waitMs.error);
  const isOpen = (state: CashOutState): boolean => !ends.includes(state) && !isEnded(state) && state !== 'paid';
  await till.follow(() => !isOpen(till.show(id)?.state ?? 'refused'), waitMs.value);
  return standing(till, id, ({ state }) =>
    ends.includes(state) ? EXIT.done : isOpen(state) ? EXIT.inDoubt : EXIT.refused,
  );
}

async function find(till: TerminalTill, idText: string): Promise<Result<CashOutView, Fault>> {
  const id = readId(idText);
  return id.ok ? till.handlers['cash-out.show']({ id: id.value }) : id;
}

async function standing(till: TerminalTill, id: string, exit: (view: CashOutView) => ExitCode): Promise<Answer> {
  return answered(await till.handlers['cash-out.show']({ id }), exit);
}
