/** How a command ends: what it prints and its exit code (0 done, 1 refused, 2 usage, 3 in doubt). */
import type { Fault, FaultCode } from '../../core/domain/fault.ts';
import { fault } from '../../core/domain/fault.ts';
import type { Result } from '../../core/domain/result.ts';
import { ok } from '../../core/domain/result.ts';
import type { Shell, TerminalTill } from './terminal-till.ts';

export const EXIT = { done: 0, refused: 1, usage: 2, inDoubt: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** `value` is printed as JSON with `--json`, `text` otherwise. Without both, the command has said everything itself. */
export type Answer =
  | Readonly<{ exit: ExitCode; value: unknown; text: string }>
  | Readonly<{ exit: ExitCode; silent: true }>
  | Readonly<{ exit: Exclude<ExitCode, 0>; fault: Fault; problems?: readonly unknown[] }>;

/** What a command may use besides the till. `note` is heard by people only, never with `--json`. */
export type Surroundings = Readonly<{ shell: Shell; note: (line: string) => void }>;

export type Run<Opened = TerminalTill> = (opened: Opened, around: Surroundings) => Answer | Promise<Answer>;

/** A command whose own words have been read: nothing is opened for one that makes no sense. */
export type Plan<Opened = TerminalTill> = Result<Run<Opened>, Fault>;

const IN_DOUBT: readonly FaultCode[] = [
  'cash-out.cannot-check-now',
  'cash-out.in-doubt',
  'pairing.in-doubt',
  'payout.cannot-check-now',
  'payout.in-doubt',
  'network.unreachable',
  'internal',
];
const USAGE: readonly FaultCode[] = [
  'amount.invalid',
  'request.invalid',
  'network.unknown',
  'settings.invalid',
  'count.invalid',
  'purchase.invalid',
  'pairing.store-missing',
  'device.profile-unknown',
  'device.line-wrong',
  'device.file-invalid',
];

export function failed(problem: Fault): Answer {
  if (IN_DOUBT.includes(problem.code)) return { exit: EXIT.inDoubt, fault: problem };
  return { exit: USAGE.includes(problem.code) ? EXIT.usage : EXIT.refused, fault: problem };
}

export function usage(detail: string): Fault {
  return fault('request.invalid', detail);
}

export function answered<Value>(
  result: Result<Value, Fault>,
  text: (value: Value) => string,
  exit: (value: Value) => ExitCode = () => EXIT.done,
): Answer {
  if (!result.ok) return failed(result.error);
  return { exit: exit(result.value), value: result.value, text: text(result.value) };
}

type Read<Fields> = { [Name in keyof Fields]: Fields[Name] extends Result<infer Value, Fault> ? Value : never };

/** All fields read, or the first that cannot be. */
export function all<Fields extends Record<string, Result<unknown, Fault>>>(
  fields: Fields,
): Result<Read<Fields>, Fault> {
  const read: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    if (!field.ok) return field;
    read[name] = field.value;
  }
  return ok(read as Read<Fields>);
}

/** What to do about it, where a command can help. */
const HINTS: Partial<Record<FaultCode, string>> = {
  'settings.missing': 'ventanilla settings import FILE',
  'shift.none-open': 'ventanilla shift open --float AMOUNT',
  'shift.already-open': 'ventanilla shift close --count AMOUNT',
  'shift.open-cash-outs': 'ventanilla cash-out list --open shows each with its next step',
  'network.blocked': 'put it right, then ventanilla secret set NAME (a new token), and ventanilla sync',
  'network.not-configured': 'add it under "networks" in the settings file, then ventanilla settings import FILE',
  'cash-out.unknown': 'ventanilla cash-out list shows the ids',
  'cash-out.wrong-state': 'ventanilla cash-out show ID says what can be done next',
  'cash-out.cannot-check-now': 'no notes yet; the same command again when the network answers',
  'cash-out.in-doubt': 'ventanilla sync --until idle asks the network again',
  'case.unknown': 'ventanilla case list --all shows the ids',
  'case.closed': 'ventanilla case show ID says what was decided',
  'case.decision-not-allowed': 'ventanilla case show ID says what may be decided now',
  'pairing.token-missing': 'ventanilla secret set NAME, with the token on standard input',
  'pairing.token-refused': 'copy the token again, then ventanilla secret set NAME',
  'pairing.wrong-country': 'put "country" right in the settings file, then ventanilla settings import FILE',
  'pairing.wrong-account': 'put "userId" right in the settings file, or store the token of that account',
  'pairing.store-missing':
    '--address "street; number; city; state" --position "latitude,longitude"; --dry-run lists the stores',
  'pairing.pos-taken': '--pos-id of another one, or --take-over --reason "…"; --dry-run lists them',
  'pairing.in-doubt': 'the same command again: it looks first, and makes nothing twice',
  'pairing.open-cash-outs': 'ventanilla cash-out list --open shows each with its next step',
  'device.unknown': 'ventanilla devices list shows the ids',
  'device.profile-unknown': 'ventanilla devices profiles lists them',
  'device.line-taken': 'ventanilla devices forget the other one first, or choose another line',
  'device.look-failed': 'name the line yourself: --line serial:/dev/ttyUSB0,9600 or tcp:192.168.1.40',
  'device.file-invalid': 'ventanilla devices export on the other till makes such a file',
  'payout.unknown': 'ventanilla payout list shows the ids; ventanilla payout find reads a voucher',
  'payout.wrong-state': 'ventanilla payout show ID says what can be done next',
  'payout.cannot-check-now': 'no notes yet; the same command again when the network answers',
  'payout.in-doubt': 'ventanilla payout watch ID asks the network again; no notes and no other payout meanwhile',
  'payout.field-invalid': 'ventanilla payout form --method WAY says how each field is written',
  'payout.another-handing-over': 'ventanilla payout show ID of that one, then payout notes ID --given or --not-given',
  'payout.replaced': 'ventanilla payout show ID says by what',
  'supervisor.needed': '--supervisor CODE; ventanilla settings show lists the people with their codes',
  'storage.locked': 'close the window or let the other command end, then try again',
  'storage.damaged':
    'ventanilla backup list, then ventanilla backup restore NAME; ventanilla db check says what is wrong',
  'backup.unknown': 'ventanilla backup list',
  'storage.newer-than-app': 'start the newer version of the program that wrote it',
  'person.unknown': 'ventanilla settings show lists the people with their codes',
  internal: 'see how it stands before anything is repeated: ventanilla cash-out list, or payout list',
};

function hintFor({ code, values }: Fault): string | undefined {
  if (code === 'network.refused' && values?.['code'] === 'no-token')
    return 'ventanilla secret set NAME, with the token on standard input; ventanilla settings show tells the name';
  return HINTS[code];
}

/** What goes to standard output and standard error. */
export function printed(answer: Answer, json: boolean): Readonly<{ out: string; error: string }> {
  if ('silent' in answer) return { out: '', error: '' };
  if (!('fault' in answer)) return { out: json ? `${JSON.stringify(answer.value)}\n` : `${answer.text}\n`, error: '' };
  const { code, detail, values } = answer.fault;
  const hint = hintFor(answer.fault);
  const error = {
    code,
    detail,
    ...(values && { values }),
    ...(answer.problems && { problems: answer.problems }),
    ...(hint !== undefined && { hint }),
  };
  return {
    out: json ? `${JSON.stringify({ error })}\n` : '',
    error: `${code}: ${detail}\n${hint === undefined ? '' : `  try: ${hint}\n`}`,
  };
}
