/** The cashier's window: header, the place where the cashier is, and the open cash-outs that never hide. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { FaultAnswer, useTillChanges, useTillViewQuery } from '../../bridge/queries.ts';
import { FaultArea, NoticesProvider } from '../../components/notices.tsx';
import { mostUrgent } from '../../components/state-tone.ts';
import { useArrowKeys } from '../../hooks/use-arrow-keys.ts';
import { TillContext, useTill, useTillValue } from '../../hooks/use-till.ts';
import { useTheme } from '../../hooks/use-theme.ts';
import { faultWords } from '../../text/words.ts';
import { CaseScreen } from '../cases/case-screen.tsx';
import { CasesScreen } from '../cases/cases-screen.tsx';
import { CashOutScreen } from '../cash-out/cash-out-screen.tsx';
import { useDismissals } from '../cash-out/use-dismissal.ts';
import { DevicesScreen } from '../devices/devices-screen.tsx';
import { HomeScreen } from '../home/home-screen.tsx';
import { DraftContext } from '../payouts/draft-context.ts';
import type { Draft } from '../payouts/draft.ts';
import { FindPayoutScreen } from '../payouts/find-screen.tsx';
import { NewPayoutScreen } from '../payouts/new-payout-screen.tsx';
import { PayoutScreen } from '../payouts/payout-screen.tsx';
import { PayoutsScreen } from '../payouts/payouts-screen.tsx';
import { NavigationContext } from '../navigation.ts';
import type { Place } from '../navigation.ts';
import { PairingScreen } from '../pairing/pairing-screen.tsx';
import { CountScreen } from '../shift/count-screen.tsx';
import { DropScreen } from '../shift/drop-screen.tsx';
import { OpenShiftScreen } from '../shift/open-shift-screen.tsx';
import { XReportScreen, ZReportScreen } from '../shift/report-screen.tsx';
import { ShiftScreen } from '../shift/shift-screen.tsx';
import { CannotStart, firstWords, Lost, Starting } from '../start/start-screens.tsx';
import { TodayScreen } from '../today/today-screen.tsx';
import { TrainingPanel } from '../training/training-panel.tsx';
import { Watermark } from '../training/watermark.tsx';
import { Announcer } from './announcer.tsx';
import { Header } from './header.tsx';
import { Scans } from './scans.tsx';
import { Side } from './side.tsx';
import '../../styles/controls.css';
import '../../styles/codes.css';
import '../../styles/layers.css';
import '../../styles/shell.css';
import '../../styles/side.css';
import '../../styles/stage.css';
import '../../styles/hand-over.css';
import '../../styles/screens.css';
import '../../styles/cases.css';
import '../../styles/shift.css';
import '../../styles/purchase.css';
import '../../styles/pairing.css';
import '../../styles/devices.css';
import '../../styles/payout-form.css';
import '../../styles/payout-review.css';
import '../../styles/payouts.css';

export function CashierApp() {
  const { data, error, dataUpdatedAt } = useTillViewQuery();
  useTillChanges();
  const till = useTillValue(data, dataUpdatedAt);
  useTheme(till?.view.theme ?? 'system', till?.view.language ?? 'es');

  // A till that has found its own books broken is over, whatever the window still remembers of it.
  const isBroken = error instanceof FaultAnswer && error.fault.code === 'storage.damaged';
  if (!till || isBroken) {
    if (!(error instanceof FaultAnswer)) return <Starting />;
    const words = faultWords(firstWords(), error.fault);
    return <CannotStart title={words.title} text={words.todo} />;
  }
  const isLost = error instanceof FaultAnswer && error.fault.code === 'window.no-answer';
  return (
    <TillContext value={till}>
      <NoticesProvider>
        <Desk />
        {isLost && <Lost words={till.words} />}
      </NoticesProvider>
    </TillContext>
  );
}

function Desk() {
  const { view, words } = useTill();
  // After a restart the window opens on what a cashier must decide next (I8).
  const [place, setPlace] = useState<Place>(() => {
    const urgent = mostUrgent(view.openCashOuts);
    if (urgent) return { name: 'cash-out', id: urgent.id };
    const counting = view.openPayouts.find(({ notesSinceMs }) => notesSinceMs !== undefined);
    return counting ? { name: 'payout', id: counting.id } : { name: 'home' };
  });
  const [draft, keep] = useState<Draft>();
  const drafts = useMemo(() => ({ draft, keep }), [draft]);
  const go = useCallback((next: Place) => setPlace(next), []);
  const navigation = useMemo(() => ({ place, go }), [place, go]);
  useArrowKeys();
  useDismissals();
  useEffect(() => {
    document.title = `Ventanilla · ${view.shopName} · ${view.tillId}`;
  }, [view.shopName, view.tillId]);

  return (
    <NavigationContext value={navigation}>
      <div className="desk" data-training={view.mode === 'training'}>
        <Header />
        <main className="main">
          <FaultArea words={words} />
          <DraftContext value={drafts}>
            <CurrentPlace place={place} />
          </DraftContext>
        </main>
        <Side />
        {view.mode === 'training' && <TrainingPanel />}
      </div>
      {view.mode === 'training' && <Watermark text={words.shell.training} />}
      <Announcer />
      <Scans />
    </NavigationContext>
  );
}

function CurrentPlace({ place }: Readonly<{ place: Place }>) {
  const { view } = useTill();
  switch (place.name) {
    case 'cash-out':
      return <CashOutScreen key={place.id} id={place.id} />;
    case 'payout':
      return <PayoutScreen key={place.id} id={place.id} />;
    case 'payouts':
      return <PayoutsScreen />;
    case 'find-payout':
      return <FindPayoutScreen asked={place} />;
    case 'today':
      return <TodayScreen selectedId={place.id} />;
    case 'cases':
      return <CasesScreen />;
    case 'case':
      return <CaseScreen key={place.id} id={place.id} />;
    case 'pairing':
      return <PairingScreen />;
    case 'devices':
      return <DevicesScreen />;
    case 'z-report':
      return <ZReportScreen report={place.report} />;
    default:
      break;
  }
  if (!view.shift) return <OpenShiftScreen />;
  switch (place.name) {
    case 'home':
      return <HomeScreen />;
    case 'new-payout':
      return <NewPayoutScreen shiftId={view.shift.id} />;
    case 'shift':
      return <ShiftScreen shift={view.shift} />;
    case 'drop':
      return <DropScreen />;
    case 'count':
      return <CountScreen />;
    case 'x-report':
      return <XReportScreen />;
    default:
      return null;
  }
}
