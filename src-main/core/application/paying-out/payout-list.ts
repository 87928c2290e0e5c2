/**
 * The network's list of payouts: the one way from our id to the network's, and how completed payouts are looked after once they are old.
 * A line of it moves nothing: it is a reason to ask for the payout's status by both ids.
 */
import { isKnown } from '../../domain/payouts/payout.ts';
import type { Payout } from '../../domain/payouts/payout.ts';
import type { ListedPayout, PayoutNetwork } from '../ports/payout-network.ts';
import type { TillContext } from '../till-parts.ts';
import { openPayoutCase } from './payout-cases.ts';
import { keyOf, memoryOf, remember } from './payout-context.ts';
import { readPayout, setAside } from './read-payout.ts';

const DAY_MS = 86_400_000;
/** Clocks differ, and the network's list is behind. */
const MARGIN_MS = 3_600_000;

/** Looks for one payout. Call it inside `exclusively`. */
export async function askList(till: TillContext, network: PayoutNetwork, payout: Payout): Promise<void> {
  const { lost } = memoryOf(till, payout.id);
  remember(till, payout.id, {
    lost: { ...lost, questions: lost.questions + 1 },
    listedAtMs: till.clock.monotonicMs(),
    askedAtMs: till.clock.monotonicMs(),
  });
  const fromMs = payout.requestedAtMs - MARGIN_MS;
  const answer = await network.reconcile({ fromMs, toMs: till.clock.nowMs() + MARGIN_MS });
  const line = answer.kind === 'answered' ? answer.value.find(isAbout(payout)) : undefined;
  remember(till, payout.id, { failing: answer.kind !== 'answered' });
  if (line) await followLine(till, network, till.store.payout(payout.id) ?? payout, line);
}

function isAbout({ externalId }: Payout): (line: ListedPayout) => boolean {
  return (line) => line.externalId === externalId;
}

async function followLine(
  till: TillContext,
  network: PayoutNetwork,
  payout: Payout,
  { cashoutId, amountMinor, currency }: ListedPayout,
): Promise<void> {
  if (amountMinor !== payout.amountMinor || currency !== payout.currency) {
    const detail = `the network’s list has our id with ${amountMinor ?? 'no amount'} ${currency ?? ''}`;
    till.store.commit([
      ...setAside(till, payout, 'mismatch', detail),
      ...openPayoutCase(till, payout, 'payout-contradiction', detail),
    ]);
    return;
  }
  const key = { ...keyOf(payout), ...(cashoutId !== undefined && { cashoutId }) };
  if (key.cashoutId !== undefined) await readPayout(till, network, payout, key);
}

/** Once a day, all at once: which of ours are not where the till believes them. Each of those is asked about. The list, or undefined: there is none now. */
export async function compareWithList(
  till: TillContext,
  network: PayoutNetwork,
  daysBack: number,
): Promise<readonly ListedPayout[] | undefined> {
  const nowMs = till.clock.nowMs();
  const answer = await network.reconcile({ fromMs: nowMs - daysBack * DAY_MS, toMs: nowMs + MARGIN_MS });
  if (answer.kind !== 'answered') return undefined;
  for (const line of answer.value) {
    const payout = till.store.payoutByExternalId(line.externalId);
    if (!payout || payout.network !== network.id || (isKnown(payout) && payout.state === line.status)) continue;
    await till.exclusively(payout.id, async () => {
      const current = till.store.payout(payout.id);
      if (current) await followLine(till, network, current, line);
    });
  }
  return answer.value;
}
