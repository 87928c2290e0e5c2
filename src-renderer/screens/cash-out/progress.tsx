import type { CashOutView } from '../../../src-main/core/contract/views.ts';
import type { CashOutState } from '../../../src-main/core/domain/cash-out.ts';
import { StepBar } from '../../components/step-bar.tsx';
import { toneOf } from '../../components/state-tone.ts';
import { useTill } from '../../hooks/use-till.ts';

/** How far along the road; `off` has left it for good or is on the way back. */
const REACHED: Readonly<Record<CashOutState, Readonly<{ step: number; isOff?: boolean }>>> = {
  requested: { step: 0 },
  refused: { step: 0, isOff: true },
  awaiting_payment: { step: 1 },
  cancelling: { step: 1, isOff: true },
  cancelled: { step: 1, isOff: true },
  expired: { step: 1, isOff: true },
  paid: { step: 2 },
  handing_over: { step: 2 },
  dispensed: { step: 3 },
  settled: { step: 4 },
  returning: { step: 2, isOff: true },
  returned: { step: 2, isOff: true },
};

export function Progress({ cashOut }: Readonly<{ cashOut: CashOutView }>) {
  const { words } = useTill();
  const { step, isOff = false } = REACHED[cashOut.state];
  const { stepPrepare, stepPay, stepHandOver, stepDone } = words.cashOut;
  return (
    <StepBar
      steps={[stepPrepare, stepPay, stepHandOver, stepDone]}
      reached={step}
      isOff={isOff}
      tone={toneOf(cashOut)}
    />
  );
}
