/**
 * `payout notes`: notes in the place of a payout that provably will not arrive. The network is asked once more, the drawer opens, and a
 * person says whether the notes are with the customer: at once where somebody sits at a keyboard, else with a second command.
 */
import type { PayoutView } from '../../core/contract/payout-contract.ts';
import type { Fault } from '../../core/domain/fault.ts';
import type { Result } from '../../core/domain/result.ts';
import { err, ok } from '../../core/domain/result.ts';
import { all, answered, EXIT, failed, usage } from './answer.ts';
import type { Answer, Plan } from './answer.ts';
import { optional, readId, readReason } from './arguments.ts';
import { readSupervisor, standing, unknown } from './payout-commands.ts';
import { payoutText } from './payout-text.ts';
import { speakerFor } from './speaker.ts';
import type { Shell, TerminalTill } from './terminal-till.ts';

export type PayoutNotesOptions = Readonly<{
  given?: boolean;
  notGiven?: string;
  supervisor?: string;
  /** false: `--no-ask`. */
  ask?: boolean;
}>;

export function payoutNotes(idText: string, options: PayoutNotesOptions): Plan {
  const read = all({
    id: readId(idText),
    reason: optional(options.notGiven, readReason),
    supervisor: optional(options.supervisor, readSupervisor),
  });
  if (!read.ok) return read;
  const { id, reason, supervisor } = read.value;
  if (options.given && reason !== undefined) return err(usage('--given and --not-given: which of the two?'));
  if (supervisor !== undefined && (options.given || reason !== undefined))
    return err(usage('--supervisor is for the beginning, before the drawer opens'));
  if (options.given) return ok((till) => given(till, id));
  if (reason !== undefined) return ok((till) => notGiven(till, id, reason));
  return ok(async (till, { shell, note }) => {
    const before = till.showPayout(id);
    if (!before) return failed(unknown(id));
    if (before.notesSinceMs === undefined) {
      const approval = supervisor === undefined ? {} : { supervisorCode: supervisor };
      const begun = await till.handlers['payout.notes-start']({ id, ...approval });
      if (!begun.ok) return failed(begun.error);
    }
    const amount = speakerFor(till).money(before.amountMinor, before.currency);
    note(`The drawer is open: count out ${amount}.`);
    return options.ask === false ? standing(till, id, () => EXIT.done) : asked(till, shell, id);
  });
}

async function given(till: TerminalTill, id: string): Promise<Answer> {
  return shown(till, await till.handlers['payout.notes-given']({ id }));
}

async function notGiven(till: TerminalTill, id: string, reason: string): Promise<Answer> {
  return shown(till, await till.handlers['payout.notes-not-given']({ id, reason }));
}

function shown(till: TerminalTill, view: Result<PayoutView, Fault>): Answer {
  return answered(view, (value) => payoutText(value, speakerFor(till)));
}

const YES = ['y', 'yes', 's', 'si', 'sí', 'sim'];
const NO = ['n', 'no', 'não', 'nao'];
const MOST_QUESTIONS = 5;

/** Whoever does not answer leaves it open: the notes are being counted, and the next command says what became of them. */
async function asked(till: TerminalTill, shell: Shell, id: string): Promise<Answer> {
  for (let turn = 0; turn < MOST_QUESTIONS; turn += 1) {
    const answer = await shell.ask('Are the notes with the customer? (yes/no) ');
    if (answer === undefined) break;
    const word = answer.trim().toLowerCase();
    if (YES.includes(word)) return given(till, id);
    if (!NO.includes(word)) continue;
    const reason = readReason((await shell.ask('Why not? ')) ?? '');
    return notGiven(till, id, reason.ok ? reason.value : 'not given');
  }
  return standing(till, id, () => EXIT.done);
}
