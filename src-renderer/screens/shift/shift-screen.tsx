import { useState } from 'react';
import type { ShiftView } from '../../../src-main/core/contract/views.ts';
import { useAct } from '../../bridge/use-act.ts';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import { useNotices } from '../../components/notices.tsx';
import { ReasonSheet } from '../../components/reason-sheet.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { useNavigation } from '../navigation.ts';

export function ShiftScreen({ shift }: Readonly<{ shift: ShiftView }>) {
  const { words, showMoney, showDateTime } = useTill();
  const { go } = useNavigation();
  const { showNote } = useNotices();
  const text = words.shifts;
  const openDrawer = useAct('drawer.open');
  const [isAsking, setAsking] = useState(false);

  async function open(reason: string) {
    const done = await openDrawer.run({ reason });
    setAsking(false);
    if (done) showNote({ text: text.drawerDone, tone: 'good' });
  }

  return (
    <div className="shift">
      <header className="main-top">
        <div>
          <h1>{text.overviewTitle(shift.number)}</h1>
          <p>
            {text.openedBy(shift.cashierName, showDateTime(shift.openedAtMs))} · {text.float}{' '}
            {showMoney(shift.floatMinor, shift.currency)}
          </p>
        </div>
      </header>
      <div className="shift-cards">
        <Card icon="report" title={text.xReport} text={text.xReportText} onPress={() => go({ name: 'x-report' })} />
        <Card icon="safe" title={text.drop} text={text.dropText} onPress={() => go({ name: 'drop' })} />
        <Card icon="drawer" title={text.openDrawer} text={text.openDrawerText} onPress={() => setAsking(true)} />
        <Card icon="lock" title={text.closeShift} text={text.closeShiftText} onPress={() => go({ name: 'count' })} />
      </div>
      <ReasonSheet
        title={text.drawerTitle}
        reasons={text.drawerReasons}
        confirm={text.drawerNow}
        tone="primary"
        isOpen={isAsking}
        isBusy={openDrawer.isBusy}
        onClose={() => setAsking(false)}
        onReason={(reason) => void open(reason)}
      />
    </div>
  );
}

type CardProps = Readonly<{ icon: IconName; title: string; text: string; onPress: () => void }>;

function Card({ icon, title, text, onPress }: CardProps) {
  return (
    <button type="button" className="shift-card" onClick={onPress}>
      <Icon name={icon} />
      <strong>{title}</strong>
      <span>{text}</span>
    </button>
  );
}
