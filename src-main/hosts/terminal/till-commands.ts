/** `settings`, `secret`, `status`, `sync`, `journal`, `case` and `slip` commands. */
import { fault } from '../../core/domain/fault.ts';
import type { SlipKind } from '../../core/domain/journal-event.ts';
import { err, ok } from '../../core/domain/result.ts';
import { secretNamesOf } from '../../core/domain/settings.ts';
import { all, answered, EXIT, failed, usage } from './answer.ts';
import type { Answer, Plan } from './answer.ts';
import { optional, readId, readSeconds } from './arguments.ts';
import { caseTable } from './case-text.ts';
import { cashOutTable } from './cash-out-text.ts';
import { openPayoutTable } from './payout-text.ts';
import { requireSettings } from './shift-commands.ts';
import { speakerFor } from './speaker.ts';
import type { PlacedProblem, Shell, TerminalTill } from './terminal-till.ts';
import { count } from './text.ts';
import { waitingText } from './slip-words.ts';
import { networkWords, settingsText, slipText, statusText } from './till-text.ts';

export function importSettings(path: string): Plan {
  return ok((till, { shell }) =>
    fromFile(till, shell, path, `Saved from ${path}`, (file) => till.importSettings(file, path)),
  );
}

/** The same reading, and nothing saved. */
export function checkSettings(path: string): Plan {
  return ok((till, { shell }) =>
    fromFile(till, shell, path, `${path} is good; nothing was changed`, (file) => till.checkSettings(file)),
  );
}

async function fromFile(
  till: TerminalTill,
  shell: Shell,
  path: string,
  heading: string,
  use: TerminalTill['checkSettings'],
): Promise<Answer> {
  const file = shell.readFile(path);
  if (!file.ok) return failed(fault('settings.invalid', file.error));
  const read = await use(file.value);
  if (!read.ok) return { ...failed(fault('settings.invalid', problemLines(path, read.error))), problems: read.error };
  const text = settingsText(heading, read.value, till.secretNames(), speakerFor(till));
  return { exit: EXIT.done, value: read.value, text };
}

/** One problem to a line, each with its place, as editors and compilers say it. */
function problemLines(path: string, problems: readonly PlacedProblem[]): string {
  const lines = problems.map(({ line, column, path: keys, message }) => {
    const where = keys.length > 0 ? `${keys.join('.')}: ` : '';
    return `${path}:${line}:${column} ${where}${message}`;
  });
  return `nothing was changed\n  ${lines.join('\n  ')}`;
}

export function showSettings(): Plan {
  return ok((till) => {
    const settings = requireSettings(till);
    if (!settings.ok) return failed(settings.error);
    const secrets = till.secretNames();
    const text = settingsText('Settings', settings.value, secrets, speakerFor(till));
    return { exit: EXIT.done, value: { ...settings.value, secrets }, text };
  });
}

/** The value comes from standard input only: an argument would stay in the shell's history and the process list. */
export function setSecret(name: string): Plan {
  return ok(async (till, { shell }) => {
    const value = (await shell.readSecret(`Value of ${name} (not shown): `)).trim();
    const stored = till.setSecret(name, value);
    if (!stored.ok) return failed(stored.error);
    const usedBy = networksUsing(till, name);
    const use = usedBy.length > 0 ? `used by ${usedBy.join(', ')}` : 'no network in the settings uses this name';
    return { exit: EXIT.done, value: { name, stored: true, usedBy }, text: `Stored ${name}: ${use}.` };
  });
}

function networksUsing(till: TerminalTill, name: string): readonly string[] {
  const networks = till.settings()?.networks ?? {};
  const users = Object.entries(networks).flatMap(([id, network]) =>
    secretNamesOf(network).includes(name) ? [id] : [],
  );
  return till.settings()?.relay?.keySecret === name ? [...users, 'relay'] : users;
}

export function listSecrets(): Plan {
  return ok((till) => {
    const value = till.secretNames().map((name) => ({ name, usedBy: networksUsing(till, name) }));
    const lines = value.map(({ name, usedBy }) => `${name}${usedBy.length > 0 ? `  (${usedBy.join(', ')})` : ''}`);
    return { exit: EXIT.done, value, text: lines.length > 0 ? lines.join('\n') : 'No secrets stored.' };
  });
}

export function showStatus(): Plan {
  return ok(async (till) => {
    const view = await till.handlers['till.view']({});
    return answered(view, (value) => statusText(value, till.dataDirectory, speakerFor(till)));
  });
}

/** One pass, or until nothing waits for a network any more. */
export function sync(options: Readonly<{ until?: string; timeout: string }>): Plan {
  if (options.until !== undefined && options.until !== 'idle') return err(usage('--until knows only idle'));
  const timeoutMs = readSeconds(options.timeout);
  if (!timeoutMs.ok) return timeoutMs;
  const untilIdle = options.until === 'idle';
  return ok(async (till) => {
    const settings = requireSettings(till);
    if (!settings.ok) return failed(settings.error);
    await till.sweep();
    if (untilIdle) await till.follow(() => till.unsettledCount() === 0, timeoutMs.value);
    const unsettled = till.unsettledCount();
    const view = await till.handlers['till.view']({});
    if (!view.ok) return failed(view.error);
    const { networks, payoutNetworks, commandsWaiting, openCashOuts, openPayouts, openCases, warnings } = view.value;
    const speaker = speakerFor(till);
    const waiting =
      unsettled === 0 ? 'Nothing waits for a network.' : `${count(unsettled, 'cash-out')} still waiting for a network.`;
    const text = [
      waiting,
      ...[...networks, ...payoutNetworks]
        .filter(({ connection }) => connection !== 'unknown')
        .map((network) => networkWords(network, speaker)),
      ...(openCashOuts.length > 0 ? ['', cashOutTable(openCashOuts, speaker)] : []),
      ...(openPayouts.length > 0 ? ['', openPayoutTable(openPayouts, speaker)] : []),
      ...(openCases.length > 0 ? ['', caseTable(openCases, speaker)] : []),
    ].join('\n');
    const left = { openCashOuts, openPayouts, openCases, warnings };
    const value = { unsettled, commandsWaiting, networks, payoutNetworks, ...left };
    return { exit: untilIdle && unsettled > 0 ? EXIT.inDoubt : EXIT.done, value, text };
  });
}

const SLIP_KINDS: readonly SlipKind[] = ['qr', 'receipt', 'payout', 'x-report', 'z-report', 'drop', 'test'];

export function printSlip(kindText: string, subject: string | undefined): Plan {
  const kind = SLIP_KINDS.find((candidate) => candidate === kindText);
  if (!kind) return err(usage(`there is no slip "${kindText.slice(0, 40)}"; there are ${SLIP_KINDS.join(', ')}`));
  const read = all({ id: optional(subject, readId) });
  if (!read.ok) return read;
  const { id } = read.value;
  if (isAboutOne(kind) && id === undefined) {
    const what = kind === 'payout' ? 'payout' : 'cash-out';
    return err(usage(`which one? ventanilla slip print ${kind} ID, with the id of a ${what}`));
  }
  return ok(async (till, { note }) => {
    till.settleInterruptedSlips();
    const subjectId = kind === 'test' ? '' : (id ?? (await shiftFor(till, kind)));
    const asked = await till.handlers['slip.print']({ kind, subjectId });
    // A printer that waits for paper goes on by itself; the command ends when the slip has.
    const isUnderWay = asked.ok && (asked.value.state === 'sending' || asked.value.state === 'queued');
    const slip = isUnderWay ? ok(await till.followSlip(asked.value.jobId, (code) => note(waitingText(code)))) : asked;
    return answered(slip, slipText, ({ state }) =>
      state === 'unknown' ? EXIT.inDoubt : state === 'refused' ? EXIT.refused : EXIT.done,
    );
  });
}

function isAboutOne(kind: SlipKind): boolean {
  return kind === 'qr' || kind === 'receipt' || kind === 'payout';
}

/** Without an id: the open shift, else the one closed last; there is no Z report of an open one. */
async function shiftFor(till: TerminalTill, kind: SlipKind): Promise<string> {
  if (isAboutOne(kind)) return '';
  const report = await till.handlers['shift.report']({});
  return report.ok ? report.value.shift.id : '';
}
