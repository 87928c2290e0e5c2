/** The bar of actions: exactly those in the view, the decision at the right, the way back at the left. */
import { useState } from 'react';
import type { PayoutAction, PayoutView } from '../../../src-main/core/contract/payout-contract.ts';
import { isPayoutEnded } from '../../../src-main/core/domain/payouts/payout.ts';
import { useAct } from '../../bridge/use-act.ts';
import { Button } from '../../components/button.tsx';
import { useNotices } from '../../components/notices.tsx';
import { useArmed } from '../../hooks/use-armed.ts';
import { useTill } from '../../hooks/use-till.ts';
import { printNote } from '../../text/slip-words.ts';
import { useNavigation } from '../navigation.ts';
import { PayoutQuestions } from './payout-questions.tsx';
import type { PayoutQuestion } from './payout-questions.tsx';

export function PayoutActions({ payout }: Readonly<{ payout: PayoutView }>) {
  const { words } = useTill();
  const [question, setQuestion] = useState<PayoutQuestion>();
  const isArmed = useArmed(`${payout.id} ${payout.state} ${payout.notesSinceMs ?? ''}`);
  const may = (action: PayoutAction) => payout.actions.includes(action);
  const given = useAct('payout.notes-given');
  const text = words.payouts;

  return (
    <footer className="actions">
      <WayBack payout={payout} isArmed={isArmed} ask={setQuestion} />
      {may('print') && <PrintKey payout={payout} isArmed={isArmed} />}
      <span className="actions-gap" />
      {may('reviewed') && (
        <Button size="large" icon="check" isDisabled={!isArmed} onPress={() => setQuestion('reviewed')}>
          {text.reviewed}
        </Button>
      )}
      {may('reissue') && (
        <Button size="large" icon="send" isDisabled={!isArmed} onPress={() => setQuestion('reissue')}>
          {text.reissue}
        </Button>
      )}
      {may('notes') && (
        <Button
          tone="paid"
          size="huge"
          icon="notes"
          hotkey="F4"
          isDisabled={!isArmed}
          onPress={() => setQuestion('notes')}
        >
          {text.notes}
        </Button>
      )}
      {may('release') && (
        <Button
          tone="primary"
          size="huge"
          icon="person"
          hotkey="F4"
          isDisabled={!isArmed}
          onPress={() => setQuestion('release')}
        >
          {text.release}
        </Button>
      )}
      {may('notes-given') && (
        <Button
          tone={isMoving(payout) ? 'plain' : 'paid'}
          size="huge"
          icon="check"
          hotkey="F9"
          hint={words.cashOut.givenHint}
          isBusy={given.isBusy}
          isDisabled={!isArmed}
          onPress={() => void given.run({ id: payout.id })}
        >
          {words.cashOut.given}
        </Button>
      )}
      <WayOut payout={payout} isArmed={isArmed} />
      <PayoutQuestions payout={payout} question={question} onClose={() => setQuestion(undefined)} />
    </footer>
  );
}

/** It surfaced while notes were being counted: giving them is no longer what is asked for, only what may have happened. */
export function isMoving({ state }: PayoutView): boolean {
  return !isPayoutEnded(state) || state === 'completed';
}

type KeyProps = Readonly<{ payout: PayoutView; isArmed: boolean }>;

/** Cancel, not given, hold: never next to the decision. */
function WayBack({ payout, isArmed, ask }: KeyProps & Readonly<{ ask: (question: PayoutQuestion) => void }>) {
  const { words } = useTill();
  const may = (action: PayoutAction) => payout.actions.includes(action);
  return (
    <>
      {may('cancel') && (
        <Button tone="danger" size="large" icon="cross" hotkey="F3" isDisabled={!isArmed} onPress={() => ask('cancel')}>
          {words.payouts.cancel}
        </Button>
      )}
      {may('notes-not-given') && (
        <Button
          tone="danger"
          size="large"
          icon="cross"
          hotkey="F3"
          isDisabled={!isArmed}
          onPress={() => ask('notes-not-given')}
        >
          {words.cashOut.notGiven}
        </Button>
      )}
      {may('hold') && (
        <Button size="large" icon="pause" isDisabled={!isArmed} onPress={() => ask('hold')}>
          {words.payouts.hold}
        </Button>
      )}
    </>
  );
}

function PrintKey({ payout, isArmed }: KeyProps) {
  const { words } = useTill();
  const { showNote } = useNotices();
  const print = useAct('slip.print');
  const wasPrinted = payout.slips.some(({ kind }) => kind === 'payout');

  async function printVoucher() {
    const slip = await print.run({ kind: 'payout', subjectId: payout.id });
    const note = slip && printNote(words, slip);
    if (note) showNote(note);
  }

  return (
    <Button
      size="large"
      icon="printer"
      hotkey="F8"
      isBusy={print.isBusy}
      isDisabled={!isArmed}
      onPress={() => void printVoucher()}
    >
      {wasPrinted ? words.payouts.reprint : words.payouts.print}
    </Button>
  );
}

const DECISIONS: readonly PayoutAction[] = ['notes', 'release', 'notes-given', 'reissue'];

/** Nothing to decide here for now: the way out, which ends nothing. */
function WayOut({ payout, isArmed }: KeyProps) {
  const { words } = useTill();
  const { go } = useNavigation();
  if (payout.actions.some((action) => DECISIONS.includes(action))) return null;
  const isEnded = isPayoutEnded(payout.state) && !payout.doubt && !payout.review;
  return isEnded ? (
    <Button
      tone="primary"
      size="huge"
      icon="arrowRight"
      hotkey="F4"
      isDisabled={!isArmed}
      onPress={() => go({ name: 'home' })}
    >
      {words.payouts.next}
    </Button>
  ) : (
    <Button size="large" icon="arrowRight" isDisabled={!isArmed} onPress={() => go({ name: 'home' })}>
      {words.payouts.next}
    </Button>
  );
}
