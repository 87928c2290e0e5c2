/** Asks the till to do something, exactly once for each time a person asks; shows what went wrong in words. */
import { useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CallName, CallRequest, Calls } from '../../src-main/core/contract/contract.ts';
import type { PayoutView } from '../../src-main/core/contract/payout-contract.ts';
import type { CashOutView } from '../../src-main/core/contract/views.ts';
import { useNotices } from '../components/notices.tsx';
import { useClient } from './client-context.ts';

export type Act<Name extends CallName> = Readonly<{
  isBusy: boolean;
  /** The reply, or undefined when refused (the words are then on screen) or when one is still under way. */
  run: (request: CallRequest<Name>) => Promise<Calls[Name]['reply'] | undefined>;
}>;

export function useAct<Name extends CallName>(name: Name): Act<Name> {
  const client = useClient();
  const queries = useQueryClient();
  const { showFault, clearFault } = useNotices();
  const isRunning = useRef(false);
  const [isBusy, setBusy] = useState(false);

  async function run(request: CallRequest<Name>) {
    if (isRunning.current) return undefined;
    isRunning.current = true;
    setBusy(true);
    clearFault();
    try {
      const answer = await client.call(name, request);
      if (answer.ok) keep(queries, name, answer.value);
      else showFault(answer.error);
      void queries.invalidateQueries({ queryKey: ['till.view'] });
      return answer.ok ? answer.value : undefined;
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  }

  return { isBusy, run };
}

/** A reply is a view: show it at once, the till's announcement comes after. */
function keep(queries: QueryClient, name: CallName, reply: unknown): void {
  if (name === 'till.preferences' || name === 'sync.now') queries.setQueryData(['till.view'], reply);
  if (name === 'slip.print') {
    // The slip is now part of what it is about: the next print is a copy.
    for (const queryKey of [['cash-out.show'], ['cash-out.list'], ['payout.show'], ['payout.list']])
      void queries.invalidateQueries({ queryKey });
  }
  if (name === 'devices.pair' || name === 'devices.forget')
    void queries.invalidateQueries({ queryKey: ['devices.view'] });
  if (name === 'pairing.start') void queries.invalidateQueries({ queryKey: ['pairing.view'] });
  if (name === 'case.look-again' || name === 'case.resolve') {
    for (const queryKey of [['case.show'], ['case.list']]) void queries.invalidateQueries({ queryKey });
  }
  if (isCashOutView(reply)) queries.setQueryData(['cash-out.show', reply.id], reply);
  if (isPayoutView(reply)) {
    queries.setQueryData(['payout.show', reply.id], reply);
    void queries.invalidateQueries({ queryKey: ['payout.list'] });
  }
}

function isCashOutView(reply: unknown): reply is CashOutView {
  return typeof reply === 'object' && reply !== null && 'externalReference' in reply && 'actions' in reply;
}

function isPayoutView(reply: unknown): reply is PayoutView {
  return typeof reply === 'object' && reply !== null && 'voucher' in reply && 'actions' in reply;
}
