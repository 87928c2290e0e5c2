/** The bar of actions: exactly those in the view, the decision at the right, the way back at the left. */
import { useState } from 'react';
import type { CashOutAction, CashOutView } from '../../../src-main/core/contract/views.ts';
import type { CashOutState } from '../../../src-main/core/domain/cash-out.ts';
import { isEnded } from '../../../src-main/core/domain/cash-out.ts';
import { chargeMinorOf } from '../../../src-main/core/domain/purchase.ts';
import { useClient } from '../../bridge/client-context.ts';
import { useAct } from '../../bridge/use-act.ts';
import { Button } from '../../components/button.tsx';
import { useNotices } from '../../components/notices.tsx';
import { ReasonSheet } from '../../components/reason-sheet.tsx';
import { useArmed } from '../../hooks/use-armed.ts';
import { useTill } from '../../hooks/use-till.ts';
import { printNote } from '../../text/slip-words.ts';
import { useNavigation } from '../navigation.ts';

/** Nothing to decide here for now: the way out keeps the cash-out open. */
const WAITING: readonly CashOutState[] = ['requested', 'awaiting_payment', 'cancelling', 'returning'];

export function CashOutActions({ cashOut }: Readonly<{ cashOut: CashOutView }>) {
  const { words } = useTill();
  const { go } = useNavigation();
  const client = useClient();
  const isArmed = useArmed(`${cashOut.id} ${cashOut.state}`);
  const may = (action: CashOutAction) => cashOut.actions.includes(action);
  const handOver = useAct('cash-out.hand-over');
  const given = useAct('cash-out.given');
  const { id } = cashOut;

  function next() {
    void client.call('cash-out.dismiss', { id });
    go({ name: 'home' });
  }

  return (
    <footer className="actions">
      <WayBack cashOut={cashOut} isArmed={isArmed} />
      <PrintKeys cashOut={cashOut} isArmed={isArmed} />
      <span className="actions-gap" />
      {may('hand-over') && (
        <Button
          tone="paid"
          size="huge"
          icon="notes"
          hotkey="F4"
          isBusy={handOver.isBusy}
          isDisabled={!isArmed}
          onPress={() => void handOver.run({ id })}
        >
          {handOver.isBusy ? words.cashOut.handOverChecking : words.cashOut.handOver}
        </Button>
      )}
      {may('given') && (
        <Button
          tone="paid"
          size="huge"
          icon="check"
          hotkey="F9"
          hint={words.cashOut.givenHint}
          isBusy={given.isBusy}
          isDisabled={!isArmed}
          onPress={() => void given.run({ id })}
        >
          {words.cashOut.given}
        </Button>
      )}
      {WAITING.includes(cashOut.state) && (
        <Button size="large" icon="arrowRight" isDisabled={!isArmed} onPress={() => go({ name: 'home' })}>
          {words.cashOut.serveNext}
        </Button>
      )}
      {(isEnded(cashOut.state) || cashOut.state === 'dispensed') && (
        <Button tone="primary" size="huge" icon="arrowRight" hotkey="F4" isDisabled={!isArmed} onPress={next}>
          {words.cashOut.nextCustomer}
        </Button>
      )}
    </footer>
  );
}

/** Cancel, not given, return: never next to the decision, and with a reason where the journal wants one. */
function WayBack({ cashOut, isArmed }: Readonly<{ cashOut: CashOutView; isArmed: boolean }>) {
  const { words, showMoney } = useTill();
  const cancel = useAct('cash-out.cancel');
  const notGiven = useAct('cash-out.not-given');
  const giveBack = useAct('cash-out.return');
  const [asking, setAsking] = useState<'not-given' | 'return'>();
  const { id, actions } = cashOut;
  const close = () => setAsking(undefined);

  return (
    <>
      {actions.includes('cancel') && (
        <Button
          tone="danger"
          size="large"
          icon="cross"
          hotkey="F3"
          isBusy={cancel.isBusy}
          isDisabled={!isArmed}
          onPress={() => void cancel.run({ id })}
        >
          {words.cashOut.cancel}
        </Button>
      )}
      {actions.includes('not-given') && (
        <Button
          tone="danger"
          size="large"
          icon="cross"
          hotkey="F3"
          isDisabled={!isArmed}
          onPress={() => setAsking('not-given')}
        >
          {words.cashOut.notGiven}
        </Button>
      )}
      {actions.includes('return') && (
        <Button
          tone="danger"
          size="large"
          icon="undo"
          hotkey="F3"
          isDisabled={!isArmed}
          onPress={() => setAsking('return')}
        >
          {words.cashOut.giveBack}
        </Button>
      )}
      <ReasonSheet
        title={words.cashOut.whyNotGiven}
        text={words.cashOut.notGivenText}
        reasons={words.cashOut.notGivenReasons}
        confirm={words.cashOut.confirmNotGiven}
        tone="primary"
        isOpen={asking === 'not-given'}
        isBusy={notGiven.isBusy}
        onClose={close}
        onReason={(reason) => void notGiven.run({ id, reason }).then(close)}
      />
      <ReasonSheet
        title={words.cashOut.whyReturn}
        text={cashOut.purchase ? `${words.cashOut.returnText} ${words.purchase.goesBackToo}` : words.cashOut.returnText}
        reasons={words.cashOut.returnReasons}
        confirm={words.cashOut.confirmReturn(showMoney(chargeMinorOf(cashOut), cashOut.currency))}
        tone="danger"
        isOpen={asking === 'return'}
        isBusy={giveBack.isBusy}
        onClose={close}
        onReason={(reason) => void giveBack.run({ id, reason }).then(close)}
      />
    </>
  );
}

export function PrintKeys({ cashOut, isArmed }: Readonly<{ cashOut: CashOutView; isArmed: boolean }>) {
  const { words } = useTill();
  const { showNote } = useNotices();
  const print = useAct('slip.print');
  const hasReceipt = cashOut.slips.some(({ kind }) => kind === 'receipt');

  async function printSlip(kind: 'qr' | 'receipt') {
    const slip = await print.run({ kind, subjectId: cashOut.id });
    const note = slip && printNote(words, slip);
    if (note) showNote(note);
  }

  return (
    <>
      {cashOut.actions.includes('print-qr') && (
        <Button
          size="large"
          icon="printer"
          hotkey="F8"
          isBusy={print.isBusy}
          isDisabled={!isArmed}
          onPress={() => void printSlip('qr')}
        >
          {words.cashOut.printQr}
        </Button>
      )}
      {cashOut.actions.includes('print-receipt') && (
        <Button
          size="large"
          icon="printer"
          hotkey="F8"
          isBusy={print.isBusy}
          isDisabled={!isArmed}
          onPress={() => void printSlip('receipt')}
        >
          {hasReceipt ? words.cashOut.reprintReceipt : words.cashOut.printReceipt}
        </Button>
      )}
    </>
  );
}
