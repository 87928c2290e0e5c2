import type { CashOutView } from '../../../src-main/core/contract/views.ts';
import type { CashOutState } from '../../../src-main/core/domain/cash-out.ts';
import { Icon } from '../../components/icon.tsx';
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
  const { step: reached, isOff = false } = REACHED[cashOut.state];
  const steps = [words.cashOut.stepPrepare, words.cashOut.stepPay, words.cashOut.stepHandOver, words.cashOut.stepDone];
  return (
    <ol className="progress" data-tone={toneOf(cashOut)}>
      {steps.map((step, index) => {
        const place = index < reached ? 'before' : index === reached ? 'now' : 'after';
        return (
          <li
            key={step}
            className="progress-step"
            data-place={isOff && place === 'now' ? 'off' : place}
            aria-current={place === 'now' ? 'step' : undefined}
          >
            <span className="progress-mark">
              {place === 'before' ? (
                <Icon name="check" />
              ) : isOff && place === 'now' ? (
                <Icon name="cross" />
              ) : (
                index + 1
              )}
            </span>
            {step}
          </li>
        );
      })}
    </ol>
  );
}
