/** `shift …`: the drawer and who answers for it. */
import type { ReportView } from '../../core/contract/views.ts';
import type { Fault } from '../../core/domain/fault.ts';
import { fault } from '../../core/domain/fault.ts';
import type { Result } from '../../core/domain/result.ts';
import { err, ok } from '../../core/domain/result.ts';
import type { Settings } from '../../core/domain/settings.ts';
import { all, answered, failed } from './answer.ts';
import type { Answer, Plan } from './answer.ts';
import { optional, readAmount, readCount, readId, readReason, readWhole } from './arguments.ts';
import type { CountRequest } from './arguments.ts';
import { speakerFor } from './speaker.ts';
import type { Shell, TerminalTill } from './terminal-till.ts';
import { reportText, shiftText } from './till-text.ts';

export function openShift(options: Readonly<{ float: string; cashier?: string }>): Plan {
  const code = optional(options.cashier, (text) => readWhole(text, 'cashier code'));
  if (!code.ok) return code;
  return ok(async (till) => {
    const settings = requireSettings(till);
    if (!settings.ok) return failed(settings.error);
    const float = readAmount(options.float, settings.value.currency, { zero: true });
    if (!float.ok) return failed(float.error);
    const cashierCode = code.value ?? settings.value.people[0]?.code ?? 0;
    const opened = await till.handlers['shift.open']({ cashierCode, floatMinor: float.value });
    return answered(opened, (shift) => shiftText(shift, speakerFor(till)));
  });
}

export function dropCash(options: Readonly<{ amount: string; reason: string }>): Plan {
  const reason = readReason(options.reason);
  if (!reason.ok) return reason;
  return ok(async (till) => {
    const settings = requireSettings(till);
    if (!settings.ok) return failed(settings.error);
    const amount = readAmount(options.amount, settings.value.currency);
    if (!amount.ok) return failed(amount.error);
    const dropped = await till.handlers['shift.drop']({ amountMinor: amount.value, reason: reason.value });
    const speaker = speakerFor(till);
    return answered(
      dropped,
      ({ currency, number }) => `${speaker.money(amount.value, currency)} to the safe from shift ${number}`,
    );
  });
}

export function closeShift(count: string): Plan {
  return ok(async (till, { shell }) => {
    const settings = requireSettings(till);
    if (!settings.ok) return failed(settings.error);
    const read = await countOf(shell, count, settings.value);
    if (!read.ok) return failed(read.error);
    return reported(till, await till.handlers['shift.close'](read.value));
  });
}

/** An amount is the total; anything else is the name of a count file. */
async function countOf(shell: Shell, count: string, { currency }: Settings): Promise<Result<CountRequest, Fault>> {
  const total = readAmount(count, currency, { zero: true });
  if (total.ok) return ok({ totalMinor: total.value });
  const exists = shell.readFile(count);
  if (!exists.ok) return err(fault('count.invalid', `${total.error.detail}; and as a count file: ${exists.error}`));
  const json = await shell.readJson(count);
  if (!json.ok) return err(fault('count.invalid', json.error));
  const read = readCount(json.value, currency);
  return read.ok ? read : err(fault('count.invalid', `${count}: ${read.error.detail}`));
}

export function reportShift(shift: string | undefined): Plan {
  const id = optional(shift, readId);
  if (!id.ok) return id;
  return ok(async (till) =>
    reported(till, await till.handlers['shift.report'](id.value === undefined ? {} : { shiftId: id.value })),
  );
}

function reported(till: TerminalTill, report: Result<ReportView, Fault>): Answer {
  return answered(report, (value) => reportText(value, speakerFor(till)));
}

export function openDrawer(reasonText: string): Plan {
  const read = all({ reason: readReason(reasonText) });
  if (!read.ok) return read;
  return ok(async (till) =>
    answered(await till.handlers['drawer.open'](read.value), () => 'The drawer was asked to open.'),
  );
}

export function requireSettings(till: TerminalTill): Result<Settings, Fault> {
  const settings = till.settings();
  return settings ? ok(settings) : err(fault('settings.missing', 'this till has no settings yet'));
}
