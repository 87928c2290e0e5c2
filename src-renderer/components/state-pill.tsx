import type { CashOutView } from '../../src-main/core/contract/views.ts';
import { useTill } from '../hooks/use-till.ts';
import { stateWord } from '../text/words.ts';
import { toneOf } from './state-tone.ts';

export function StatePill({ cashOut }: Readonly<{ cashOut: CashOutView }>) {
  const { words } = useTill();
  const isInDoubt = cashOut.doubt !== undefined && cashOut.state !== 'dispensed';
  return (
    <span className="pill" data-tone={toneOf(cashOut)}>
      <span className="pill-dot" />
      {isInDoubt ? words.cashOut.doubtTitle : stateWord(words, cashOut.state)}
    </span>
  );
}
