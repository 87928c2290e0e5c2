/** The till's side of the calls about cases. */
import type { Till } from '../core/application/till.ts';
import type { CaseCalls, CaseFileView } from '../core/contract/case-views.ts';
import type { Handlers } from '../core/contract/contract.ts';
import type { CaseFile } from '../core/domain/case-file.ts';
import type { Fault } from '../core/domain/fault.ts';
import { fault } from '../core/domain/fault.ts';
import type { Result } from '../core/domain/result.ts';
import { err, ok } from '../core/domain/result.ts';
import { caseFileView } from './views/case-view.ts';
import { caseView } from './views/small-views.ts';

const USUAL_LIMIT = 200;

export function createCaseHandlers(till: Till): Pick<Handlers, keyof CaseCalls> {
  const { context } = till;
  const { store } = context;
  const show = (found: Result<CaseFile, Fault>): Result<CaseFileView, Fault> => {
    if (!found.ok) return found;
    const view = caseFileView(context, found.value);
    return view ? ok(view) : err(fault('case.unknown', `what case ${found.value.id} is about is not there`));
  };
  return {
    'case.list': async ({ which, limit }) =>
      ok((which === 'open' ? store.openCases() : store.newestCases(limit ?? USUAL_LIMIT)).map(caseView)),
    'case.show': async ({ id }) => {
      const file = store.caseFile(id);
      return show(file ? ok(file) : err(fault('case.unknown', `no case has the id ${id}`)));
    },
    'case.look-again': async ({ id }) => show(await till.lookAgain(id)),
    'case.resolve': async ({ id, ...decided }) => show(await till.resolveCase({ caseId: id, ...decided })),
  };
}
