/** `case` commands: what only a person can decide, and deciding it. */
import { CASE_DECISIONS } from '../../core/domain/case-rules.ts';
import type { CaseDecision } from '../../core/domain/case-rules.ts';
import { fault } from '../../core/domain/fault.ts';
import type { Fault } from '../../core/domain/fault.ts';
import { err, ok } from '../../core/domain/result.ts';
import type { Result } from '../../core/domain/result.ts';
import { all, answered, EXIT } from './answer.ts';
import type { Plan } from './answer.ts';
import { optional, readId, readReason, readWhole, shown } from './arguments.ts';
import { caseTable, caseText } from './case-text.ts';
import { speakerFor } from './speaker.ts';

export function listCases({ all: everything = false }: Readonly<{ all?: boolean }>): Plan {
  return ok(async (till) => {
    const cases = await till.handlers['case.list'](everything ? { which: 'all', limit: 1000 } : { which: 'open' });
    // For people the newest stands last, where the eye is.
    return answered(cases, (list) => caseTable(everything ? list.toReversed() : list, speakerFor(till)));
  });
}

export function showCase(idText: string): Plan {
  const id = readId(idText);
  if (!id.ok) return id;
  return ok(async (till) =>
    answered(await till.handlers['case.show']({ id: id.value }), (view) => caseText(view, speakerFor(till))),
  );
}

/** Exit 3 while the case stays open: nobody knows more than before. */
export function lookAtCase(idText: string): Plan {
  const id = readId(idText);
  if (!id.ok) return id;
  return ok(async (till) =>
    answered(
      await till.handlers['case.look-again']({ id: id.value }),
      (view) => caseText(view, speakerFor(till)),
      (view) => (view.closed ? EXIT.done : EXIT.inDoubt),
    ),
  );
}

export type ResolveOptions = Readonly<{ decision: string; reason: string; supervisor?: string }>;

export function resolveCase(idText: string, options: ResolveOptions): Plan {
  const read = all({
    id: readId(idText),
    decision: readDecision(options.decision),
    reason: readReason(options.reason),
    supervisorCode: optional(options.supervisor, (text) => readWhole(text, 'code of a person')),
  });
  if (!read.ok) return read;
  const { supervisorCode, ...decided } = read.value;
  const request = { ...decided, ...(supervisorCode !== undefined && { supervisorCode }) };
  return ok(async (till) =>
    answered(await till.handlers['case.resolve'](request), (view) => caseText(view, speakerFor(till))),
  );
}

function readDecision(text: string): Result<CaseDecision, Fault> {
  const found = CASE_DECISIONS.find((decision) => decision === text);
  if (found) return ok(found);
  const detail = `there is no decision "${shown(text)}"; there are ${CASE_DECISIONS.join(', ')}`;
  return err(fault('request.invalid', detail));
}
