/** When the customer has read the end of it, their screen may go idle: the till is told, whatever the cashier looks at by then. */
import { useEffect, useRef, useState } from 'react';
import type { CashOutView } from '../../../src-main/core/contract/views.ts';
import { useClient } from '../../bridge/client-context.ts';
import { useTill } from '../../hooks/use-till.ts';
import { useNavigation } from '../navigation.ts';

const CUSTOMER_READS_MS = 10_000;
/** A finished hand-over makes room by itself: the next customer is waiting. */
const NEXT_CUSTOMER_MS = 8_000;

/** For the whole window: every cash-out that stops being open is dismissed once its end has been shown long enough. */
export function useDismissals(): void {
  const { view } = useTill();
  const client = useClient();
  const openBefore = useRef<readonly string[]>([]);
  useEffect(() => {
    const open = view.openCashOuts.filter(({ state }) => state !== 'dispensed').map(({ id }) => id);
    const ended = openBefore.current.filter((id) => !open.includes(id));
    openBefore.current = open;
    // Not cancelled when the view changes: it is about the customer's screen, not about this one.
    for (const id of ended) setTimeout(() => void client.call('cash-out.dismiss', { id }), CUSTOMER_READS_MS);
  }, [client, view.openCashOuts]);
}

/** Back to the keypad after a finished hand-over, unless it needs a person or was opened again later, from a list. */
export function useNextCustomer({ state, endedAtMs = 0, cases }: CashOutView): void {
  const { clockOffsetMs } = useTill();
  const { go } = useNavigation();
  const [openedAtMs] = useState(() => Date.now());
  const isLeaving =
    state === 'settled' && cases.length === 0 && endedAtMs > openedAtMs + clockOffsetMs - NEXT_CUSTOMER_MS;
  useEffect(() => {
    if (!isLeaving) return undefined;
    const next = setTimeout(() => go({ name: 'home' }), NEXT_CUSTOMER_MS);
    return () => clearTimeout(next);
  }, [go, isLeaving]);
}
