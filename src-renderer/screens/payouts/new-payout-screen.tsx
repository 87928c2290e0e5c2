/** A new payout in three pages: how much and how, who receives it, and reading it back before it leaves. */
import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { useNavigation } from '../navigation.ts';
import { useDraftPlace } from './draft-context.ts';
import { emptyDraft, wayOf } from './draft.ts';
import type { Draft, DraftStep } from './draft.ts';
import { ReviewStep } from './review-step.tsx';
import { usePayoutMoney } from './use-payout-money.ts';
import { WayStep } from './way-step.tsx';
import { WhoStep } from './who-step.tsx';

const STEPS = ['way', 'who', 'review'] as const satisfies readonly DraftStep[];

export function NewPayoutScreen({ shiftId }: Readonly<{ shiftId: string }>) {
  const { view } = useTill();
  const { go } = useNavigation();
  const { draft: kept, keep } = useDraftPlace();
  const [fresh] = useState(() => emptyDraft(shiftId, view.nowMs));
  const draft = kept?.shiftId === shiftId ? kept : fresh;
  const way = wayOf(draft, view.payoutNetworks, view.currency);
  const change = (over: Partial<Draft>) => keep({ ...draft, ...over });

  useEffect(() => {
    if (!way) go({ name: 'home' });
  }, [way, go]);
  if (!way) return null;

  return (
    <div className="payout-form" data-step={draft.step}>
      <FormTop draft={draft} onAnew={() => keep(undefined)} />
      {draft.step === 'way' && <WayStep draft={draft} way={way} change={change} />}
      {draft.step === 'who' && <WhoStep draft={draft} way={way} change={change} />}
      {draft.step === 'review' && <ReviewStep draft={draft} way={way} change={change} />}
    </div>
  );
}

function FormTop({ draft, onAnew }: Readonly<{ draft: Draft; onAnew: () => void }>) {
  const { words, showTime } = useTill();
  const { go } = useNavigation();
  const showMoney = usePayoutMoney();
  const text = words.payoutForm;
  const hasDetails = Object.values(draft.typed).some((typed) => typed.trim() !== '');
  /** Whoever comes back to it may have another customer before them. */
  const [wasKept, setWasKept] = useState(hasDetails);
  const titles = { way: text.stepWay, who: text.stepWho, review: text.stepReview };

  function startAnew() {
    setWasKept(false);
    onAnew();
  }

  return (
    <>
      <header className="main-top">
        <div>
          <h1>{text.title}</h1>
          <p>
            {text.step(STEPS.indexOf(draft.step) + 1)} · {titles[draft.step]}
          </p>
        </div>
        {draft.step === 'way' && !hasDetails && !draft.reissueOf ? (
          <>
            <Button icon="search" hotkey="F8" onPress={() => go({ name: 'find-payout' })}>
              {words.payouts.findNow}
            </Button>
            <Button icon="list" hotkey="F9" onPress={() => go({ name: 'payouts' })}>
              {words.payouts.list}
            </Button>
          </>
        ) : (
          <Button tone="quiet" icon="undo" onPress={startAnew}>
            {text.startAnew}
          </Button>
        )}
      </header>
      {wasKept && hasDetails && (
        <div className="callout" data-tone="doubt">
          <Icon name="clock" />
          <p>
            <strong>{text.kept(showTime(draft.beganAtMs))}</strong>
          </p>
        </div>
      )}
      {draft.reissueOf && draft.step !== 'review' && (
        <div className="callout" data-tone="waiting">
          <Icon name="send" />
          <p>
            <strong>{text.reissueTitle(showMoney(draft.reissueOf.amountMinor, draft.reissueOf.currency))}</strong>
            <span>{text.reissueText}</span>
          </p>
        </div>
      )}
    </>
  );
}
