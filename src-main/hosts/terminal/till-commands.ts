/** `settings`, `secret`, `shift`, `sync`, `journal`, `case` and `slip` commands. */
import { fault } from '../../core/domain/fault.ts';
import type { Fault } from '../../core/domain/fault.ts';
import type { SlipKind } from '../../core/domain/journal-event.ts';
import type { Result } from '../../core/domain/result.ts';
import { ok } from '../../core/domain/result.ts';
import type { Settings } from '../../core/domain/settings.ts';
import { answered, EXIT, failed } from './answer.ts';
import type { Answer } from './answer.ts';
import { readAmount, readCount, readId, readSeconds, readWhole } from './arguments.ts';
import type { CountRequest } from './arguments.ts';
import type { Shell, TerminalTill } from './terminal-till.ts';

export function importSettings(till: TerminalTill, shell: Shell, path: string): Answer {
  const text = shell.readFile(path);
  if (!text.ok) return failed(fault('settings.invalid', `cannot read ${path}: ${text.error}`));
  const imported = till.importSettings(text.value, path);
  if (imported.ok) return { exit: EXIT.done, value: imported.value };
  const lines = imported.error.map(({ line, column, path: keys, message }) => {
    const where = keys.length > 0 ? `${keys.join('.')}: ` : '';
    return `${path}:${line}:${column} ${where}${message}`;
  });
  const detail = `nothing was changed; ${lines.join('; ')}`;
  return { exit: EXIT.usage, fault: fault('settings.invalid', detail), problems: imported.error };
}

export function showSettings(till: TerminalTill): Answer {
  const settings = till.settings();
  if (!settings) return failed(fault('settings.missing', 'no settings yet: ventanilla settings import FILE'));
  return { exit: EXIT.done, value: { ...settings, secrets: till.secretNames() } };
}

/** The value comes from standard input only: an argument would stay in the shell's history and the process list. */
export async function setSecret(till: TerminalTill, shell: Shell, name: string): Promise<Answer> {
  const value = (await shell.readInput()).replace(/\r?\n$/, '');
  const stored = till.setSecret(name, value);
  return stored.ok ? { exit: EXIT.done, value: { name, stored: true } } : failed(stored.error);
}

export async function openShift(
  till: TerminalTill,
  options: Readonly<{ float: string; cashier?: string }>,
): Promise<Answer> {
  const settings = requireSettings(till);
  if (!settings.ok) return failed(settings.error);
  const float = readAmount(options.float, settings.value.currency, { zero: true });
  if (!float.ok) return failed(float.error);
  const cashier =
    options.cashier === undefined
      ? ok(settings.value.people[0]?.code ?? 0)
      : readWhole(options.cashier, 'cashier code');
  if (!cashier.ok) return failed(cashier.error);
  return answered(await till.handlers['shift.open']({ cashierCode: cashier.value, floatMinor: float.value }));
}

export async function closeShift(till: TerminalTill, shell: Shell, count: string): Promise<Answer> {
  const read = countOf(till, shell, count);
  return read.ok ? answered(await till.handlers['shift.close'](read.value)) : failed(read.error);
}

/** A number is the total; anything else is the name of a count file. */
function countOf(till: TerminalTill, shell: Shell, count: string): Result<CountRequest, Fault> {
  const settings = requireSettings(till);
  if (!settings.ok) return settings;
  const { currency } = settings.value;
  const text = shell.readFile(count);
  if (!text.ok) {
    const total = readAmount(count, currency, { zero: true });
    if (total.ok) return ok({ totalMinor: total.value });
    const detail = `${total.error.detail}; and no file has this name`;
    return { ok: false, error: fault('count.invalid', detail) };
  }
  try {
    return readCount(JSON.parse(text.value), currency);
  } catch (error) {
    return {
      ok: false,
      error: fault('count.invalid', `${count} is not JSON: ${error instanceof Error ? error.message : ''}`),
    };
  }
}

export async function dropCash(
  till: TerminalTill,
  options: Readonly<{ amount: string; reason: string }>,
): Promise<Answer> {
  const settings = requireSettings(till);
  if (!settings.ok) return failed(settings.error);
  const amount = readAmount(options.amount, settings.value.currency);
  if (!amount.ok) return failed(amount.error);
  return answered(await till.handlers['shift.drop']({ amountMinor: amount.value, reason: options.reason }));
}

export async function reportShift(till: TerminalTill, shift: string | undefined): Promise<Answer> {
  return answered(await till.handlers['shift.report'](shift === undefined ? {} : { shiftId: shift }));
}

/** One pass, or until nothing waits for a network any more. */
export async function sync(
  till: TerminalTill,
  options: Readonly<{ until?: string; timeout: string }>,
): Promise<Answer> {
  if (options.until !== undefined && options.until !== 'idle')
    return failed(fault('request.invalid', '--until knows only idle'));
  const timeoutMs = readSeconds(options.timeout);
  if (!timeoutMs.ok) return failed(timeoutMs.error);
  await till.sweep();
  if (options.until === 'idle') await till.follow(() => till.unsettledCount() === 0, timeoutMs.value);
  const unsettled = till.unsettledCount();
  const view = await till.handlers['till.view']({});
  if (!view.ok) return failed(view.error);
  const { networks, commandsWaiting, openCashOuts, openCases } = view.value;
  const value = { unsettled, commandsWaiting, networks, openCashOuts, openCases };
  return { exit: options.until === 'idle' && unsettled > 0 ? EXIT.inDoubt : EXIT.done, value };
}

export function verifyJournal(till: TerminalTill, from: string): Answer {
  const seq = readWhole(from, 'journal number');
  if (!seq.ok) return failed(seq.error);
  const verdict = till.verifyJournal(Math.max(1, seq.value));
  return { exit: verdict.ok ? EXIT.done : EXIT.refused, value: verdict };
}

/** JSON Lines to standard output, or to a file. */
export function exportJournal(
  till: TerminalTill,
  shell: Shell,
  options: Readonly<{ from: string; to?: string }>,
): Answer | undefined {
  const seq = readWhole(options.from, 'journal number');
  if (!seq.ok) return failed(seq.error);
  const lines = till.exportJournal(Math.max(1, seq.value));
  if (options.to === undefined) {
    for (const line of lines) shell.out(`${line}\n`);
    return undefined;
  }
  const written = shell.writeFile(options.to, lines);
  if (!written.ok) return failed(fault('request.invalid', `cannot write ${options.to}: ${written.error}`));
  return { exit: EXIT.done, value: { file: options.to } };
}

const SLIP_KINDS: readonly SlipKind[] = ['qr', 'receipt', 'x-report', 'z-report', 'drop', 'test'];

export async function printSlip(till: TerminalTill, kindText: string, subject: string | undefined): Promise<Answer> {
  const kind = SLIP_KINDS.find((candidate) => candidate === kindText);
  if (!kind)
    return failed(fault('request.invalid', `there is no slip "${kindText}"; there are ${SLIP_KINDS.join(', ')}`));
  const id = subject === undefined ? ok('') : readId(subject);
  if (!id.ok) return failed(id.error);
  const printed = await till.handlers['slip.print']({ kind, subjectId: id.value });
  return answered(printed, ({ state }) =>
    state === 'unknown' ? EXIT.inDoubt : state === 'refused' ? EXIT.refused : EXIT.done,
  );
}

function requireSettings(till: TerminalTill): Result<Settings, Fault> {
  const settings = till.settings();
  return settings
    ? ok(settings)
    : { ok: false, error: fault('settings.missing', 'no settings yet: ventanilla settings import FILE') };
}
