/** One payout: where it stands, what that means, and exactly the actions that the till allows. */
import type { PayoutView } from '../../../src-main/core/contract/payout-contract.ts';
import { payoutMethod } from '../../../src-main/core/domain/payouts/country-forms.ts';
import type { PayoutState } from '../../../src-main/core/domain/payouts/payout.ts';
import { FaultAnswer, usePayoutQuery } from '../../bridge/queries.ts';
import { Button } from '../../components/button.tsx';
import { StepBar } from '../../components/step-bar.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { faultWords, networkName } from '../../text/words.ts';
import { useNavigation } from '../navigation.ts';
import { NotesInsteadBody } from './notes-instead.tsx';
import { PayoutActions } from './payout-actions.tsx';
import { PayoutBody } from './payout-body.tsx';
import { PayoutNotes } from './payout-notes.tsx';
import { PayoutPill } from './payout-pill.tsx';
import { PayoutRecord } from './payout-record.tsx';
import { faceOf, toneOfFace } from './payout-tone.ts';
import { usePayoutMoney } from './use-payout-money.ts';

export function PayoutScreen({ id }: Readonly<{ id: string }>) {
  const { words } = useTill();
  const { go } = useNavigation();
  const query = usePayoutQuery(id);
  if (query.data) return <PayoutStage payout={query.data} />;
  if (query.error instanceof FaultAnswer) {
    const { title, todo } = faultWords(words, query.error.fault);
    return (
      <div className="empty">
        <h1>{title}</h1>
        <p>{todo}</p>
        <Button icon="list" onPress={() => go({ name: 'payouts' })}>
          {words.payouts.list}
        </Button>
      </div>
    );
  }
  return (
    <div className="empty">
      <span className="spinner" />
    </div>
  );
}

/** How far along the road; `isOff` has left it for good. */
const REACHED: Readonly<Record<PayoutState, Readonly<{ step: number; isOff?: boolean }>>> = {
  requested: { step: 0 },
  declined: { step: 0, isOff: true },
  not_found: { step: 0, isOff: true },
  pending: { step: 1 },
  on_hold: { step: 1 },
  delivered: { step: 2 },
  completed: { step: 4 },
  cancelled: { step: 1, isOff: true },
  rejected: { step: 2, isOff: true },
};

/** The pressed button is gone with the old state: the keyboard starts again from the new heading. */
function focusQuietly(heading: HTMLHeadingElement | null): void {
  heading?.focus({ preventScroll: true });
}

function PayoutStage({ payout }: Readonly<{ payout: PayoutView }>) {
  const { words } = useTill();
  const showMoney = usePayoutMoney();
  const text = words.payouts;
  const face = faceOf(payout);
  const { step, isOff = false } = REACHED[payout.state];
  const isPickup = payoutMethod(payout.method).kind === 'pickup';
  const name = [payout.beneficiary.firstName, payout.beneficiary.lastName].filter(Boolean).join(' ');
  return (
    <div className="stage payout" data-state={payout.state}>
      <header className="main-top">
        <div className="stage-title">
          <h1 key={face} ref={focusQuietly} tabIndex={-1}>
            {text.title(showMoney(payout.amountMinor, payout.currency))}
          </h1>
          <p>{text.subtitle(networkName(payout.network), name)}</p>
        </div>
        <PayoutPill face={face} />
      </header>
      <StepBar
        steps={[text.stepAsk, text.stepQueue, isPickup ? text.ready : text.stepBank, text.stepPaid]}
        reached={payout.reversed ? 3 : step}
        isOff={isOff}
        tone={face === 'giving-notes' ? 'quiet' : toneOfFace(face)}
      />
      <PayoutNotes payout={payout} />
      {payout.notesSinceMs !== undefined ? (
        <NotesInsteadBody payout={payout} />
      ) : (
        <div className="payout-middle">
          <PayoutBody payout={payout} />
          <PayoutRecord payout={payout} />
        </div>
      )}
      <PayoutActions payout={payout} />
    </div>
  );
}
