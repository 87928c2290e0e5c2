import { useState } from 'react';
import { useAct } from '../../bridge/use-act.ts';
import { Button } from '../../components/button.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { useNavigation } from '../navigation.ts';

/** The other side of the counter, for practice: apart from the till, in another dress, and only in training. */
export function TrainingPanel() {
  const { view, words } = useTill();
  const { place } = useNavigation();
  const customer = useAct('training.customer');
  const network = useAct('training.network');
  const [isDown, setDown] = useState(false);
  const text = words.shell;
  const payable = view.openCashOuts.filter(({ state }) => state === 'awaiting_payment' || state === 'cancelling');
  const target = payable.find(({ id }) => place.name === 'cash-out' && place.id === id) ?? payable.at(-1);
  const act = (what: 'pay' | 'start-paying' | 'walk-away') => {
    if (target) void customer.run({ cashOutId: target.id, act: what });
  };

  async function turn(state: 'up' | 'down') {
    const done = await network.run({ state });
    if (done) setDown(state === 'down');
  }

  return (
    <section className="training" aria-label={text.training}>
      <p className="training-title">
        <strong>{text.training}</strong>
        <span>{text.trainingNote}</span>
      </p>
      <fieldset className="training-group" aria-label={text.trainingCustomer}>
        <span>{text.trainingCustomer}</span>
        <Button isDisabled={!target} isBusy={customer.isBusy} onPress={() => act('pay')}>
          {text.trainingPay}
        </Button>
        <Button isDisabled={!target} onPress={() => act('start-paying')}>
          {text.trainingStart}
        </Button>
        <Button isDisabled={!target} onPress={() => act('walk-away')}>
          {text.trainingLeave}
        </Button>
      </fieldset>
      <fieldset className="training-group" aria-label={text.trainingNetwork}>
        <span>{text.trainingNetwork}</span>
        <Button isBusy={network.isBusy} onPress={() => void turn(isDown ? 'up' : 'down')}>
          {isDown ? text.trainingRestore : text.trainingCut}
        </Button>
      </fieldset>
    </section>
  );
}
