/** How a command ends: what it prints and its exit code (0 done, 1 refused, 2 usage, 3 in doubt). */
import type { Fault, FaultCode } from '../../core/domain/fault.ts';
import { fault } from '../../core/domain/fault.ts';
import type { Result } from '../../core/domain/result.ts';

export const EXIT = { done: 0, refused: 1, usage: 2, inDoubt: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** `value` is printed as JSON with `--json`, else `text` (or the value laid out) for people. */
export type Answer =
  | Readonly<{ exit: ExitCode; value: unknown; text?: string }>
  | Readonly<{ exit: Exclude<ExitCode, 0>; fault: Fault; problems?: readonly unknown[] }>;

const IN_DOUBT: readonly FaultCode[] = ['cash-out.cannot-check-now', 'cash-out.in-doubt', 'network.unreachable'];
const USAGE: readonly FaultCode[] = [
  'amount.invalid',
  'request.invalid',
  'network.unknown',
  'settings.invalid',
  'count.invalid',
];

export function failed(problem: Fault): Answer {
  if (IN_DOUBT.includes(problem.code)) return { exit: EXIT.inDoubt, fault: problem };
  return { exit: USAGE.includes(problem.code) ? EXIT.usage : EXIT.refused, fault: problem };
}

export function usage(detail: string): Answer {
  return failed(fault('request.invalid', detail));
}

export function answered<Value>(
  result: Result<Value, Fault>,
  exit: (value: Value) => ExitCode = () => EXIT.done,
): Answer {
  return result.ok ? { exit: exit(result.value), value: result.value } : failed(result.error);
}

/** What goes to standard output and standard error. */
export function printed(answer: Answer, json: boolean): Readonly<{ out: string; error: string }> {
  if (!('fault' in answer)) {
    const text = answer.text ?? laidOut(answer.value);
    return { out: json ? `${JSON.stringify(answer.value)}\n` : `${text}\n`, error: '' };
  }
  const { code, detail, values } = answer.fault;
  const error = { code, detail, ...(values && { values }), ...(answer.problems && { problems: answer.problems }) };
  return { out: json ? `${JSON.stringify({ error })}\n` : '', error: `${code}: ${detail}\n` };
}

/** Plain lines, `key  value`, nested with two spaces: readable, and stable enough to grep. */
function laidOut(value: unknown, indent = ''): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return `${indent}(none)`;
    return value.map((item) => `${indent}-\n${laidOut(item, `${indent}  `)}`).join('\n');
  }
  if (typeof value !== 'object' || value === null) return `${indent}${String(value)}`;
  return Object.entries(value)
    .map(([key, field]: [string, unknown]) =>
      typeof field === 'object' && field !== null
        ? `${indent}${key}\n${laidOut(field, `${indent}  `)}`
        : `${indent}${key}  ${String(field)}`,
    )
    .join('\n');
}
