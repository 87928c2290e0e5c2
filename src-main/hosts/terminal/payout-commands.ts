/** `payout …`: each command is one call of the contract, then as much following of the network as the command promises. */
import type { PayoutAction, PayoutView } from '../../core/contract/payout-contract.ts';
import type { CallRequest } from '../../core/contract/contract.ts';
import type { Fault } from '../../core/domain/fault.ts';
import { fault } from '../../core/domain/fault.ts';
import type { BeneficiaryForm, PayoutMethod } from '../../core/domain/payouts/country-forms.ts';
import { isPayoutEnded, reaches } from '../../core/domain/payouts/payout.ts';
import type { PayoutState } from '../../core/domain/payouts/payout.ts';
import type { Result } from '../../core/domain/result.ts';
import { err, ok } from '../../core/domain/result.ts';
import { all, answered, EXIT, failed, usage } from './answer.ts';
import type { Answer, ExitCode, Plan, Surroundings } from './answer.ts';
import { optional, readAmount, readId, readReason, readRequestId, readSeconds, readWhole } from './arguments.ts';
import { followed } from './following.ts';
import {
  readCashoutId,
  readFieldPairs,
  readForm,
  readFormFile,
  readPayoutCurrency,
  readPayoutNetwork,
  readPayoutState,
  readWay,
} from './payout-arguments.ts';
import { checkTyped } from './payout-fields.ts';
import type { FieldFinding } from './payout-fields.ts';
import { payoutText } from './payout-text.ts';
import { speakerFor } from './speaker.ts';
import type { Shell, TerminalTill } from './terminal-till.ts';

export type PayoutStartOptions = Readonly<{
  network: string;
  amount: string;
  country?: string;
  method?: string;
  currency?: string;
  field?: readonly string[];
  form?: string;
  hold?: boolean;
  reissueOf?: string;
  requestId?: string;
  /** false: `--no-wait`. */
  wait: string | false;
}>;

/** The form is read and checked first; then saved; then the network's first word. Exit 3 when it has none yet: `watch` goes on with it. */
export function startPayout(options: PayoutStartOptions): Plan {
  const way = readWay(options.country, options.method);
  if (!way.ok) return way;
  const currency = readPayoutCurrency(way.value.country, options.currency);
  if (!currency.ok) return currency;
  const read = all({
    network: readPayoutNetwork(options.network),
    amountMinor: readAmount(options.amount, currency.value),
    pairs: readFieldPairs(options.field ?? []),
    reissueOf: optional(options.reissueOf, readId),
    requestId: optional(options.requestId, readRequestId),
    waitMs: options.wait === false ? ok(0) : readSeconds(options.wait),
  });
  if (!read.ok) return read;
  const { network, amountMinor, pairs, reissueOf, requestId, waitMs } = read.value;
  return ok(async (till, around) => {
    const typed = await typedForm(around.shell, way.value, options.form, pairs);
    if (!typed.ok) return failed(typed.error);
    const { form, findings } = checkTyped(way.value, typed.value);
    if (findings.some(({ verdict }) => verdict === 'refuse')) return refusedForm(findings);
    for (const { field, message } of findings) around.shell.errorOut(`look again: ${field}: ${message}\n`);
    const request = {
      network,
      country: way.value.country,
      method: way.value.id,
      currency: currency.value,
      amountMinor,
      beneficiary: form,
      ...(options.hold && { hold: true }),
      ...(reissueOf !== undefined && { reissueOf }),
      ...(requestId !== undefined && { requestId }),
    };
    return saveAndSend(till, around, request, options.wait === false ? undefined : waitMs);
  });
}

async function saveAndSend(
  till: TerminalTill,
  around: Surroundings,
  request: CallRequest<'payout.start'>,
  waitMs: number | undefined,
): Promise<Answer> {
  const started = await till.handlers['payout.start'](request);
  // Nothing was saved: that is refused, whatever is in doubt elsewhere.
  if (!started.ok) return { ...failed(started.error), exit: EXIT.refused };
  const { id } = started.value;
  around.note(`saved as ${id}`);
  if (waitMs !== undefined) await followedPayout(till, around, id, isAnswered, waitMs);
  return standing(till, id, exitOfStart);
}

function isAnswered(view: PayoutView): boolean {
  return view.state !== 'requested' || needsPerson(view);
}

function exitOfStart(view: PayoutView): ExitCode {
  if (view.state === 'requested' || view.review) return EXIT.inDoubt;
  return hasFailed(view.state) ? EXIT.refused : EXIT.done;
}

async function typedForm(
  shell: Shell,
  way: PayoutMethod,
  file: string | undefined,
  pairs: ReadonlyMap<string, string>,
): Promise<Result<BeneficiaryForm, Fault>> {
  if (file === undefined) return readForm(way, pairs);
  const json = await shell.readJson(file);
  if (!json.ok) return err(usage(json.error));
  const fields = readFormFile(json.value);
  return fields.ok ? readForm(way, fields.value, pairs) : fields;
}

/** One field to a line; the bank cannot mean what was typed, so nothing is saved and nothing sent. */
function refusedForm(findings: readonly FieldFinding[]): Answer {
  const lines = findings.map(({ field, verdict, message }) =>
    verdict === 'refuse' ? `${field}: ${message}` : `${field} (look again): ${message}`,
  );
  const fields = findings.flatMap(({ field, verdict }) => (verdict === 'refuse' ? [field] : []));
  const detail = `nothing was sent\n  ${lines.join('\n  ')}`;
  const problem = fault('payout.field-invalid', detail, { field: fields.join(', ') });
  return { exit: EXIT.refused, fault: problem, problems: findings };
}

export type PayoutWatchOptions = Readonly<{ until?: string; timeout: string }>;

/** Follows until the wanted state, an end, or the time is up. Without a state also until only a person can go on. */
export function watchPayout(idText: string, options: PayoutWatchOptions): Plan {
  const read = all({
    id: readId(idText),
    until: optional(options.until, readPayoutState),
    timeoutMs: readSeconds(options.timeout),
  });
  if (!read.ok) return read;
  const { id, until, timeoutMs } = read.value;
  return ok(async (till, around) => {
    if (!till.showPayout(id)) return failed(unknown(id));
    await followedPayout(
      till,
      around,
      id,
      (view) => (until ? isDecided(view, until) : isWatchedToTheEnd(view)),
      timeoutMs,
    );
    return standing(till, id, ({ state }) => {
      if (until) return isThere(state, until) ? EXIT.done : reaches(state, until) ? EXIT.inDoubt : EXIT.refused;
      if (!isPayoutEnded(state)) return EXIT.inDoubt;
      return state === 'completed' ? EXIT.done : EXIT.refused;
    });
  });
}

/** The wanted state is there, or can never be. */
function isDecided({ state }: PayoutView, wanted: PayoutState): boolean {
  return isThere(state, wanted) || !reaches(state, wanted);
}

/** It has ended, or somebody at this till has to act, which nobody can while this command holds it. */
function isWatchedToTheEnd(view: PayoutView): boolean {
  return isPayoutEnded(view.state) || view.state === 'on_hold' || needsPerson(view);
}

function needsPerson({ doubt, review, actions }: PayoutView): boolean {
  return doubt?.needsPerson === true || review !== undefined || actions.includes('reviewed');
}

/** A state counts as reached when the life went on from it along its main line. */
const MAIN_LINE: readonly PayoutState[] = ['requested', 'pending', 'delivered', 'completed'];

function isThere(state: PayoutState, wanted: PayoutState): boolean {
  const [at, target] = [MAIN_LINE.indexOf(state), MAIN_LINE.indexOf(wanted)];
  return state === wanted || (target >= 0 && at > target);
}

function hasFailed(state: PayoutState): boolean {
  return state === 'declined' || state === 'not_found' || state === 'cancelled' || state === 'rejected';
}

/** Asks the network now. Exit 3 when it gives no usable answer. */
export function refreshPayout(idText: string): Plan {
  const id = readId(idText);
  if (!id.ok) return id;
  return ok(async (till) => {
    const asked = await till.handlers['payout.refresh']({ id: id.value });
    const text = (view: PayoutView): string => payoutText(view, speakerFor(till));
    return answered(asked, text, ({ checkFailing }) => (checkFailing ? EXIT.inDoubt : EXIT.done));
  });
}

/** Exit 1 when the bank was faster. */
export function cancelPayout(idText: string, reasonText: string, waitText: string): Plan {
  const read = all({ id: readId(idText), reason: readReason(reasonText) });
  if (!read.ok) return read;
  const command = { action: 'cancel', wanted: ['cancelled', 'declined', 'not_found'] } as const;
  return acting(read.value.id, waitText, command, (till) => till.handlers['payout.cancel'](read.value));
}

export function holdPayout(idText: string, reasonText: string, waitText: string): Plan {
  const read = all({ id: readId(idText), reason: readReason(reasonText) });
  if (!read.ok) return read;
  const command = { action: 'hold', wanted: ['on_hold'] } as const;
  return acting(read.value.id, waitText, command, (till) => till.handlers['payout.hold'](read.value));
}

export function releasePayout(idText: string, supervisorText: string, waitText: string): Plan {
  const read = all({ id: readId(idText), supervisorCode: readSupervisor(supervisorText) });
  if (!read.ok) return read;
  const command = { action: 'release', wanted: ['pending', 'delivered', 'completed'] } as const;
  return acting(read.value.id, waitText, command, (till) => till.handlers['payout.release'](read.value));
}

export type ReviewedOptions = Readonly<{ supervisor: string; reason: string; networkId?: string }>;

export function reviewedPayout(idText: string, options: ReviewedOptions): Plan {
  const read = all({
    id: readId(idText),
    supervisorCode: readSupervisor(options.supervisor),
    reason: readReason(options.reason),
    cashoutId: optional(options.networkId, readCashoutId),
  });
  if (!read.ok) return read;
  const { cashoutId, ...said } = read.value;
  const request = { ...said, ...(cashoutId !== undefined && { cashoutId }) };
  return ok(async (till) =>
    answered(await till.handlers['payout.reviewed'](request), (view) => payoutText(view, speakerFor(till))),
  );
}

export function readSupervisor(text: string): Result<number, Fault> {
  return readWhole(text, 'supervisor’s code');
}

type Acting = Readonly<{ action: PayoutAction; wanted: readonly PayoutState[] }>;

/** A step of a person, then waiting until the network has answered it. All words are read before the step is taken. */
function acting(
  id: string,
  waitText: string,
  { action, wanted }: Acting,
  act: (till: TerminalTill) => Promise<Result<PayoutView, Fault>>,
): Plan {
  const waitMs = readSeconds(waitText);
  if (!waitMs.ok) return waitMs;
  // What can be asked for again is not under way any more: the network said no to it.
  const isOver = (view: PayoutView): boolean =>
    wanted.includes(view.state) || !isPayoutOpen(view) || view.actions.includes(action);
  return ok(async (till, around) => {
    const asked = await act(till);
    if (!asked.ok) return failed(asked.error);
    await followedPayout(till, around, id, (view) => isOver(view) || needsPerson(view), waitMs.value);
    return standing(till, id, (view) =>
      wanted.includes(view.state) ? EXIT.done : isOver(view) ? EXIT.refused : EXIT.inDoubt,
    );
  });
}

/** The command can still come true. */
function isPayoutOpen({ state }: PayoutView): boolean {
  return state === 'requested' || state === 'pending' || state === 'on_hold';
}

/** Until it is over, or the network has stopped the whole account. */
async function followedPayout(
  till: TerminalTill,
  around: Surroundings,
  id: string,
  isOver: (view: PayoutView) => boolean,
  timeoutMs: number,
): Promise<void> {
  const words = (): string => wordsOf(till.showPayout(id));
  const until = (): boolean => {
    const view = till.showPayout(id);
    return !view || isOver(view) || till.isBlocked(view.network);
  };
  await followed(till, around, words, until, timeoutMs);
}

function wordsOf(view: PayoutView | undefined): string {
  if (!view) return '';
  const { state, doubt, review, checkFailing } = view;
  const marks = [
    state,
    doubt ? `in doubt: ${doubt.command} ${doubt.lastOutcome}` : '',
    doubt?.needsPerson ? 'a person has to look into the network’s panel' : '',
    review ? `to be reviewed: ${review.why}` : '',
    checkFailing ? 'the network does not answer' : '',
  ];
  return marks.filter((mark) => mark !== '').join(', ');
}

export function unknown(id: string): Fault {
  return fault('payout.unknown', `no payout has the id ${id}`);
}

export function standing(till: TerminalTill, id: string, exit: (view: PayoutView) => ExitCode): Answer {
  const view = till.showPayout(id);
  if (!view) return failed(unknown(id));
  return { exit: exit(view), value: view, text: payoutText(view, speakerFor(till)) };
}
