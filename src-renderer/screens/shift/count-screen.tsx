/** The closing count, blind: nothing on this screen knows what the drawer should hold. */
import { useState } from 'react';
import type { Notes } from '../../../src-main/core/domain/cash-out.ts';
import { totalOf } from '../../../src-main/core/domain/shift.ts';
import { useReportQuery } from '../../bridge/queries.ts';
import { useAct } from '../../bridge/use-act.ts';
import { typedMinor } from '../../components/amount-entry.ts';
import { AmountPad } from '../../components/amount-pad.tsx';
import { Button } from '../../components/button.tsx';
import { ChoiceRow } from '../../components/choice-row.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { useNavigation } from '../navigation.ts';
import { OpenAtClose } from '../payouts/open-payouts.tsx';
import { CloseBlocked } from './close-blocked.tsx';
import { DenominationCount } from './denomination-count.tsx';

export function CountScreen() {
  const { view, words, showMoney } = useTill();
  const { go } = useNavigation();
  const text = words.shifts;
  const close = useAct('shift.close');
  const report = useReportQuery();
  const [way, setWay] = useState<'denominations' | 'total'>('denominations');
  const [pieces, setPieces] = useState<Notes>({});
  const [typed, setTyped] = useState('');
  const [isAsking, setAsking] = useState(false);

  const open = (report.data?.open ?? []).filter(({ blocksClose }) => blocksClose);
  if (open.length > 0) return <CloseBlocked open={open} />;

  const totalMinor = way === 'total' ? typedMinor(typed, view.currency) : (totalOf(pieces) ?? 0);
  const hasCounted = way === 'total' ? typed !== '' : Object.keys(pieces).length > 0;

  async function closeNow() {
    const counted = Object.fromEntries(Object.entries(pieces).filter(([, count]) => count > 0));
    const z = await close.run({ totalMinor, ...(way === 'denominations' && { notes: counted }) });
    setAsking(false);
    if (z) go({ name: 'z-report', report: z });
  }

  return (
    <div className="count">
      <header className="main-top">
        <div>
          <h1>{text.countTitle}</h1>
          <p>{text.countIntro}</p>
        </div>
        <Button tone="quiet" icon="arrowLeft" hotkey="Escape" onPress={() => go({ name: 'shift' })}>
          {words.shell.back}
        </Button>
      </header>
      <OpenAtClose payouts={report.data?.payouts.open ?? []} />
      <ChoiceRow
        label={text.countBy}
        value={way}
        choices={[
          { value: 'denominations', words: text.byDenomination },
          { value: 'total', words: text.byTotal },
        ]}
        onChange={setWay}
      />
      {way === 'denominations' ? (
        <DenominationCount pieces={pieces} onPieces={setPieces} />
      ) : (
        <div className="count-total">
          <AmountPad label={text.counted} currency={view.currency} text={typed} onText={setTyped} />
        </div>
      )}
      <footer className="count-bar">
        <span className="count-sum">
          <span>{text.counted}</span>
          <strong aria-live="polite">{showMoney(totalMinor)}</strong>
        </span>
        <Button
          tone="primary"
          size="huge"
          icon="lock"
          hotkey="F4"
          isDisabled={!hasCounted || report.isPending}
          onPress={() => setAsking(true)}
        >
          {text.closeNow}
        </Button>
      </footer>
      <Sheet title={text.closeAsk(showMoney(totalMinor))} isOpen={isAsking} onClose={() => setAsking(false)}>
        <p className="sheet-text">{text.closeAskText}</p>
        <div className="sheet-actions">
          <Button size="large" onPress={() => setAsking(false)}>
            {text.closeNo}
          </Button>
          <Button size="large" tone="primary" isBusy={close.isBusy} onPress={() => void closeNow()}>
            {text.closeYes}
          </Button>
        </div>
      </Sheet>
    </div>
  );
}
