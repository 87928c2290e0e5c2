/** What is still open: at the side of every screen, on a shift's report, and before its count. */
import { useState } from 'react';
import type { OpenPayoutView } from '../../../src-main/core/contract/payout-contract.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { useNavigation } from '../navigation.ts';
import { PayoutPill } from './payout-pill.tsx';
import { byUrgency, faceOfOpen, toneOfFace } from './payout-tone.ts';
import { useMoment } from './use-moment.ts';
import { usePayoutMoney } from './use-payout-money.ts';

/** Beside the screen; the rest of many is one tap away. */
const MOST_BESIDE = 4;

export function PayoutRail() {
  const { view, words } = useTill();
  const { go } = useNavigation();
  const text = words.payouts;
  const open = byUrgency(view.openPayouts);
  if (open.length === 0) return null;
  const waiting = open.filter(({ needsPerson, notesSinceMs }) => needsPerson || notesSinceMs !== undefined).length;
  const shown = open.slice(0, Math.max(MOST_BESIDE, waiting));
  return (
    <section className="rail payout-rail" aria-label={text.open}>
      <h2 className="side-title">
        {text.open}
        <span className="side-count">{open.length}</span>
      </h2>
      <ul className="rail-list" data-many={open.length > 2 || view.openCashOuts.length > 2}>
        {shown.map((payout) => (
          <li key={payout.id}>
            <OpenPayoutCard payout={payout} />
          </li>
        ))}
        {shown.length < open.length && (
          <li>
            <Button tone="quiet" icon="list" onPress={() => go({ name: 'payouts' })}>
              {text.list}
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}

function OpenPayoutCard({ payout }: Readonly<{ payout: OpenPayoutView }>) {
  const { words } = useTill();
  const { place, go } = useNavigation();
  const showMoney = usePayoutMoney();
  const face = faceOfOpen(payout);
  const isCurrent = place.name === 'payout' && place.id === payout.id;
  return (
    <button
      type="button"
      className="open-card"
      data-id={payout.id}
      data-tone={payout.needsPerson ? 'danger' : toneOfFace(face)}
      aria-current={isCurrent ? 'true' : undefined}
      onClick={() => go({ name: 'payout', id: payout.id })}
    >
      <span className="open-card-amount">{showMoney(payout.amountMinor, payout.currency)}</span>
      <span className="open-card-time" data-countdown="false">
        {payout.beneficiaryName}
      </span>
      <PayoutPill face={face} />
      {payout.needsPerson && (
        <span className="open-card-case" title={words.payouts.needsPerson}>
          <Icon name="flag" />
        </span>
      )}
    </button>
  );
}

/** Lines that lead to their payout, as a report and the close show them. */
export function OpenPayoutLines({ payouts }: Readonly<{ payouts: readonly OpenPayoutView[] }>) {
  const { words } = useTill();
  const showMoment = useMoment();
  const { go } = useNavigation();
  const showMoney = usePayoutMoney();
  return (
    <ul className="payout-lines">
      {byUrgency(payouts).map((payout) => (
        <li key={payout.id}>
          <button type="button" className="today-row" onClick={() => go({ name: 'payout', id: payout.id })}>
            <span className="today-time">{showMoment(payout.requestedAtMs)}</span>
            <span className="today-amount">{showMoney(payout.amountMinor, payout.currency)}</span>
            <span className="today-reference">{payout.beneficiaryName}</span>
            {payout.needsPerson && (
              <span className="open-card-case" title={words.payouts.needsPerson}>
                <Icon name="flag" />
              </span>
            )}
            <PayoutPill face={faceOfOpen(payout)} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Before the count: said once, with a look at them, and no obstacle. */
export function OpenAtClose({ payouts }: Readonly<{ payouts: readonly OpenPayoutView[] }>) {
  const { words } = useTill();
  const text = words.payouts;
  const [isLooking, setLooking] = useState(false);
  if (payouts.length === 0) return null;
  const needsPerson = payouts.some((payout) => payout.needsPerson);
  return (
    <div className="callout open-at-close" data-tone={needsPerson ? 'doubt' : 'waiting'}>
      <Icon name="bank" />
      <p>
        <strong>{text.openAtClose(payouts.length)}</strong>
        <span>{text.openAtCloseText}</span>
      </p>
      <Button onPress={() => setLooking(true)}>{text.seeThem}</Button>
      <Sheet title={text.reportOpen} isOpen={isLooking} onClose={() => setLooking(false)}>
        <OpenPayoutLines payouts={payouts} />
        <div className="sheet-actions">
          <Button size="large" onPress={() => setLooking(false)}>
            {words.shell.close}
          </Button>
        </div>
      </Sheet>
    </div>
  );
}
