/** What is asked before anything is done with a payout: a reason, a supervisor's name, or a plain yes. */
import type { PayoutView } from '../../../src-main/core/contract/payout-contract.ts';
import { isCashoutId } from '../../../src-main/core/domain/payouts/voucher.ts';
import { useAct } from '../../bridge/use-act.ts';
import { Button } from '../../components/button.tsx';
import { ReasonSheet } from '../../components/reason-sheet.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { SupervisorSheet } from '../../components/supervisor-sheet.tsx';
import { useArmed } from '../../hooks/use-armed.ts';
import { useTill } from '../../hooks/use-till.ts';
import { useNavigation } from '../navigation.ts';
import { useDraftPlace } from './draft-context.ts';
import { draftInPlaceOf } from './draft.ts';
import { usePayoutMoney } from './use-payout-money.ts';

export type PayoutQuestion = 'cancel' | 'hold' | 'release' | 'reviewed' | 'notes' | 'notes-not-given' | 'reissue';

type QuestionsProps = Readonly<{ payout: PayoutView; question: PayoutQuestion | undefined; onClose: () => void }>;

export function PayoutQuestions(props: QuestionsProps) {
  return (
    <>
      <Reasons {...props} />
      <Approvals {...props} />
      <NotesQuestion {...props} />
      <ReissueQuestion {...props} />
    </>
  );
}

function Reasons({ payout, question, onClose }: QuestionsProps) {
  const { words } = useTill();
  const showMoney = usePayoutMoney();
  const cancel = useAct('payout.cancel');
  const hold = useAct('payout.hold');
  const notGiven = useAct('payout.notes-not-given');
  const text = words.payouts;
  const { id } = payout;
  return (
    <>
      <ReasonSheet
        title={text.whyCancel}
        text={text.cancelText}
        reasons={text.cancelReasons}
        confirm={text.confirmCancel(showMoney(payout.amountMinor, payout.currency))}
        tone="danger"
        isOpen={question === 'cancel'}
        isBusy={cancel.isBusy}
        onClose={onClose}
        onReason={(reason) => void cancel.run({ id, reason }).then(onClose)}
      />
      <ReasonSheet
        title={text.whyHold}
        reasons={text.holdReasons}
        confirm={text.confirmHold}
        tone="primary"
        isOpen={question === 'hold'}
        isBusy={hold.isBusy}
        onClose={onClose}
        onReason={(reason) => void hold.run({ id, reason }).then(onClose)}
      />
      <ReasonSheet
        title={words.cashOut.whyNotGiven}
        text={text.notesNotGivenText}
        reasons={words.cashOut.notGivenReasons}
        confirm={words.cashOut.confirmNotGiven}
        tone="primary"
        isOpen={question === 'notes-not-given'}
        isBusy={notGiven.isBusy}
        onClose={onClose}
        onReason={(reason) => void notGiven.run({ id, reason }).then(onClose)}
      />
    </>
  );
}

function Approvals({ payout, question, onClose }: QuestionsProps) {
  const { words } = useTill();
  const showMoney = usePayoutMoney();
  const release = useAct('payout.release');
  const reviewed = useAct('payout.reviewed');
  const text = words.payouts;
  const { id } = payout;
  return (
    <>
      <SupervisorSheet
        title={text.releaseTitle(showMoney(payout.amountMinor, payout.currency))}
        text={text.releaseText}
        confirm={text.release}
        isOpen={question === 'release'}
        isBusy={release.isBusy}
        onClose={onClose}
        onApprove={({ supervisorCode }) => void release.run({ id, supervisorCode }).then(onClose)}
      />
      <SupervisorSheet
        title={text.reviewedTitle}
        text={text.reviewedText}
        reasons={text.reviewedReasons}
        numberLabel={payout.cashoutId === undefined ? text.reviewedNumber : undefined}
        confirm={text.confirmReviewed}
        isOpen={question === 'reviewed'}
        isBusy={reviewed.isBusy}
        onClose={onClose}
        onApprove={({ supervisorCode, reason, number }) =>
          void reviewed
            .run({ id, supervisorCode, reason, ...(isCashoutId(number) && { cashoutId: number }) })
            .then(onClose)
        }
      />
    </>
  );
}

/** The last question before the drawer opens; a supervisor's where the money had arrived once. */
function NotesQuestion({ payout, question, onClose }: QuestionsProps) {
  const { words } = useTill();
  const showMoney = usePayoutMoney();
  const start = useAct('payout.notes-start');
  const text = words.payouts;
  const { id } = payout;
  const title = text.notesTitle(showMoney(payout.amountMinor, payout.currency));
  if (payout.notesInstead === 'supervisor') {
    return (
      <SupervisorSheet
        title={title}
        text={`${text.notesSupervisor} ${text.notesText}`}
        confirm={start.isBusy ? text.notesChecking : text.notesNow}
        isOpen={question === 'notes'}
        isBusy={start.isBusy}
        onClose={onClose}
        onApprove={({ supervisorCode }) => void start.run({ id, supervisorCode }).then(onClose)}
      />
    );
  }
  return (
    <YesSheet
      title={title}
      text={text.notesText}
      confirm={start.isBusy ? text.notesChecking : text.notesNow}
      tone="paid"
      isOpen={question === 'notes'}
      isBusy={start.isBusy}
      onClose={onClose}
      onYes={() => void start.run({ id }).then(onClose)}
    />
  );
}

/** The stored details are masked everywhere, this window included: a new payout begins with an empty form. */
function ReissueQuestion({ payout, question, onClose }: QuestionsProps) {
  const { view, words } = useTill();
  const { go } = useNavigation();
  const { keep } = useDraftPlace();
  const showMoney = usePayoutMoney();
  const text = words.payouts;

  function open() {
    onClose();
    if (view.shift) keep(draftInPlaceOf(payout, view.shift.id, view.nowMs));
    go({ name: 'new-payout' });
  }

  return (
    <YesSheet
      title={text.reissueTitle}
      text={text.reissueText(showMoney(payout.amountMinor, payout.currency))}
      confirm={text.reissueNow}
      tone="primary"
      isOpen={question === 'reissue'}
      isBusy={false}
      onClose={onClose}
      onYes={open}
    />
  );
}

type YesSheetProps = Readonly<{
  title: string;
  text: string;
  confirm: string;
  tone: 'paid' | 'primary';
  isOpen: boolean;
  isBusy: boolean;
  onClose: () => void;
  onYes: () => void;
}>;

function YesSheet(props: YesSheetProps) {
  return (
    <Sheet title={props.title} isOpen={props.isOpen} onClose={props.onClose}>
      {props.isOpen && <YesForm {...props} />}
    </Sheet>
  );
}

function YesForm({ title, text, confirm, tone, isBusy, onClose, onYes }: YesSheetProps) {
  const { words } = useTill();
  const isArmed = useArmed(title);
  return (
    <>
      <p className="sheet-text">{text}</p>
      <div className="sheet-actions">
        <Button size="large" onPress={onClose}>
          {words.cashOut.keepGoing}
        </Button>
        <Button size="large" tone={tone} isBusy={isBusy} isDisabled={!isArmed} onPress={onYes}>
          {confirm}
        </Button>
      </div>
    </>
  );
}
